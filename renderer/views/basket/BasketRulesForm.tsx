import { useState, type ReactNode } from 'react';
import { DateField } from '../../components/DateField.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { indexInFront } from '../../state/basket.ts';
import { namesFrom } from './basket-models.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** The rules as sentences with their numbers in place; a rule with a box can be switched off. */
export function BasketRulesForm(props: { readonly currency: string }): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const isBuilding = useWorkstation((state) => state.basketResult.status === 'loading');
  const index = useWorkstation(indexInFront);
  const { buildBasket, cancelBasket } = useActions();
  const typedIn = rules.names !== undefined;
  return (
    <Panel title="Rules" tip="What a basket must be; math: non-negative least squares and a search by swaps">
      <form
        className="scroll sentences"
        onSubmit={(event) => {
          event.preventDefault();
          void buildBasket();
        }}
      >
        <WhatToTrack />
        {!typedIn && <SelectionRules />}
        <Window />
        <Money currency={props.currency} />
        <button type="submit" hidden />
      </form>
      <div className="form-actions">
        {isBuilding ? (
          <button type="button" onClick={cancelBasket}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            className="primary"
            disabled={index === null || rules.names?.length === 0}
            onClick={() => void buildBasket()}
          >
            {typedIn ? 'Fit these names' : 'Build basket'}
          </button>
        )}
      </div>
    </Panel>
  );
}

function WhatToTrack(): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const index = useWorkstation(indexInFront);
  const indices = useWorkstation((state) =>
    (state.desk.value?.underliers ?? [])
      .filter((item) => item.weightDates.length > 0)
      .map((item) => item.symbol),
  );
  const { changeBasketRules } = useActions();
  const typedIn = rules.names !== undefined;
  return (
    <fieldset>
      <legend>What</legend>
      <div className="sentence">
        Track
        <select
          aria-label="Index"
          value={index ?? ''}
          onChange={(event) => changeBasketRules({ index: event.target.value, lock: [], exclude: [] })}
        >
          {indices.map((item) => (
            <option key={item}>{item}</option>
          ))}
        </select>
        with
        <Segmented
          label="How names are chosen"
          choices={[
            { value: 'search', label: 'chosen names', tip: 'A search by swaps under the rules below' },
            { value: 'typed', label: 'names typed in', tip: 'Exactly these; only the fit is computed' },
          ]}
          value={typedIn ? 'typed' : 'search'}
          onChange={(value) => changeBasketRules({ names: value === 'typed' ? [] : undefined })}
        />
      </div>
      {typedIn && (
        <div className="sentence">
          <NamesField
            label="Names of the basket"
            names={rules.names ?? []}
            onChange={(names) => changeBasketRules({ names })}
          />
        </div>
      )}
    </fieldset>
  );
}

function SelectionRules(): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  return (
    <>
      <fieldset>
        <legend>Fit</legend>
        <Switched
          label="limit the number of names"
          on={rules.maxNames !== null}
          onSwitch={(on) => changeBasketRules({ maxNames: on ? 20 : null })}
        >
          at most
          <NumberField
            label="Most names"
            kind="integer"
            least={1}
            most={500}
            width={3}
            value={rules.maxNames ?? 20}
            disabled={rules.maxNames === null}
            onChange={(maxNames) => changeBasketRules({ maxNames })}
          />
          names
        </Switched>
        <Switched
          label="ask for a least r²"
          on={rules.minRSquared !== null}
          onSwitch={(on) => changeBasketRules({ minRSquared: on ? 0.8 : null })}
          tip="Off: r² is made as large as the other rules allow"
        >
          r² of at least
          <NumberField
            label="Least r²"
            kind="decimal"
            digits={3}
            least={0}
            most={1}
            width={5}
            value={rules.minRSquared ?? 0.8}
            disabled={rules.minRSquared === null}
            onChange={(minRSquared) => changeBasketRules({ minRSquared })}
          />
          in sample
        </Switched>
      </fieldset>
      <VolatilityRule />
      <fieldset>
        <legend>Not substantially identical to the index</legend>
        <Switched
          label="limit the share of the index’s names"
          on={rules.maxIndexShare !== null}
          onSwitch={(on) => changeBasketRules({ maxIndexShare: on ? 0.7 : null })}
          tip="Selected names over the names of the index, strictly below"
        >
          fewer than
          <NumberField
            label="Share of the index by name"
            kind="percent"
            unit="%"
            least={0}
            most={1}
            width={4}
            value={rules.maxIndexShare ?? 0.7}
            disabled={rules.maxIndexShare === null}
            onChange={(maxIndexShare) => changeBasketRules({ maxIndexShare })}
          />
          of the index’s names
        </Switched>
        <Switched
          label="limit the weight overlap"
          on={rules.maxWeightOverlap !== null && rules.maxWeightOverlap !== undefined}
          onSwitch={(on) => changeBasketRules({ maxWeightOverlap: on ? 0.7 : null })}
          tip="Σ min(basket weight, index weight), strictly below"
        >
          weight overlap below
          <NumberField
            label="Weight overlap"
            kind="percent"
            unit="%"
            least={0}
            most={1}
            width={4}
            value={rules.maxWeightOverlap ?? 0.7}
            disabled={rules.maxWeightOverlap === null}
            onChange={(maxWeightOverlap) => changeBasketRules({ maxWeightOverlap })}
          />
        </Switched>
      </fieldset>
      <fieldset>
        <legend>By hand</legend>
        <div className="sentence">
          keep
          <NamesField
            label="Names to keep"
            names={rules.lock ?? []}
            onChange={(lock) => changeBasketRules({ lock })}
          />
        </div>
        <div className="sentence">
          leave out
          <NamesField
            label="Names to leave out"
            names={rules.exclude ?? []}
            onChange={(exclude) => changeBasketRules({ exclude })}
          />
        </div>
      </fieldset>
    </>
  );
}

function VolatilityRule(): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  const on = rules.minVolDifferential !== null && rules.minVolDifferential !== undefined;
  return (
    <fieldset>
      <legend>Volatility of the names</legend>
      <Switched
        label="ask for a volatility differential"
        on={on}
        onSwitch={(next) => changeBasketRules({ minVolDifferential: next ? 0.05 : null })}
      >
        <select
          aria-label="Kind of volatility"
          value={rules.volDifferentialKind}
          onChange={(event) =>
            changeBasketRules({
              volDifferentialKind: event.target.value === 'implied' ? 'implied' : 'historical',
            })
          }
        >
          <option value="historical">realized</option>
          <option value="implied">implied</option>
        </select>
        σ over
        <NumberField
          label="Term of the volatility"
          kind="integer"
          unit="days"
          least={2}
          most={400}
          width={3}
          value={rules.termDays ?? 60}
          onChange={(termDays) => changeBasketRules({ termDays })}
        />
        at least
        <NumberField
          label="Least volatility differential"
          kind="points"
          unit="vol pts"
          width={4}
          value={rules.minVolDifferential ?? 0.05}
          disabled={!on}
          onChange={(minVolDifferential) => changeBasketRules({ minVolDifferential })}
        />
        above the index’s, for
        <NumberField
          label="Share of names that meet it"
          kind="percent"
          unit="%"
          least={0}
          most={1}
          width={4}
          value={rules.volDifferentialShare ?? 1}
          disabled={!on}
          onChange={(volDifferentialShare) => changeBasketRules({ volDifferentialShare })}
        />
        of the names
      </Switched>
    </fieldset>
  );
}

function Window(): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  const day = (key: 'from' | 'holdoutFrom', label: string, blank: string) => (
    <DateField
      label={label}
      value={rules[key] ?? ''}
      from={null}
      blank={blank}
      onChange={(value) => changeBasketRules({ [key]: value === '' ? undefined : value })}
    />
  );
  return (
    <fieldset>
      <legend>Estimation window; blank: all prices up to the day in front</legend>
      <div className="sentence">
        <Segmented
          label="Frequency of returns"
          choices={[
            { value: 'daily', label: 'daily' },
            { value: 'weekly', label: 'weekly' },
          ]}
          value={rules.frequency ?? 'daily'}
          onChange={(frequency) => changeBasketRules({ frequency })}
        />
        returns from {day('from', 'First day of the window', 'the first day')}
      </div>
      <div className="sentence" data-tip="The holdout takes no part in the fit; it runs to the day in front">
        holdout from {day('holdoutFrom', 'First day of the holdout', 'none')}
      </div>
    </fieldset>
  );
}

function Money(props: { readonly currency: string }): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  return (
    <fieldset>
      <legend>Size</legend>
      <div className="sentence">
        for
        <NumberField
          label="Capital"
          kind="integer"
          unit={props.currency}
          least={1}
          width={12}
          value={rules.capital ?? 0}
          onChange={(capital) => changeBasketRules({ capital })}
        />
        in lots of
        <NumberField
          label="Lot size"
          kind="integer"
          unit="shares"
          least={1}
          width={4}
          value={rules.lotSize ?? 1}
          onChange={(lotSize) => changeBasketRules({ lotSize })}
        />
      </div>
    </fieldset>
  );
}

function Switched(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly tip?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div
      className={`sentence ${props.on ? '' : 'off'}`}
      {...(props.tip === undefined ? {} : { 'data-tip': props.tip })}
    >
      <input
        type="checkbox"
        aria-label={props.label}
        checked={props.on}
        onChange={(event) => props.onSwitch(event.target.checked)}
      />
      {props.children}
    </div>
  );
}

/** Names as people type them; taken on Enter or on leaving. */
function NamesField(props: {
  readonly label: string;
  readonly names: readonly string[];
  readonly onChange: (names: string[]) => void;
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null) props.onChange(namesFrom(typed));
    setTyped(null);
  };
  return (
    <input
      type="text"
      className="names"
      aria-label={props.label}
      placeholder="none"
      value={typed ?? props.names.join(' ')}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        commit();
      }}
    />
  );
}
