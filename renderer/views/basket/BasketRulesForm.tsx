import { useEffect, type ReactNode } from 'react';
import { Panel } from '../../components/Panel.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted } from '../../format.ts';
import { indexInFront } from '../../state/basket.ts';
import { NamesField } from './RuleParts.tsx';
import { SelectionRules } from './SelectionRules.tsx';
import { WeightRules } from './WeightRules.tsx';
import { Money, Window } from './WindowAndSize.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** The rules as sentences with their numbers in place; a rule with a box can be switched off. */
export function BasketRulesForm(props: { readonly currency: string }): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const isBuilding = useWorkstation((state) => state.basketResult.status === 'loading');
  const index = useWorkstation(indexInFront);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const { buildBasket, cancelBasket, loadBasketUniverse } = useActions();
  useEffect(() => void loadBasketUniverse(), [index, asOf, revision, loadBasketUniverse]);
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
        {!typedIn && <ByHand />}
        <WeightRules />
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
  const universe = useWorkstation((state) => state.basketUniverse.value);
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
          onChange={(event) =>
            changeBasketRules({
              index: event.target.value,
              lock: [],
              exclude: [],
              boundsBySymbol: undefined,
              sectorBounds: undefined,
              lotSizes: undefined,
            })
          }
        >
          {indices.map((item) => (
            <option key={item}>{item}</option>
          ))}
        </select>
        {universe !== null && universe.index === index && (
          <span className="dim" data-tip={universe.note}>
            {counted(universe.names.length, 'name')}
          </span>
        )}
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

function ByHand(): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  return (
    <fieldset>
      <legend>By hand</legend>
      <div
        className="sentence"
        data-tip="These names are in, with a weight above 0; they may stand outside the index"
      >
        must have
        <NamesField
          label="Names to keep"
          names={rules.lock ?? []}
          onChange={(lock) =>
            changeBasketRules({
              lock,
              exclude: (rules.exclude ?? []).filter((symbol) => !lock.includes(symbol)),
            })
          }
        />
      </div>
      <div className="sentence" data-tip="These names are not in, whatever they would bring">
        must not have
        <NamesField
          label="Names to leave out"
          names={rules.exclude ?? []}
          onChange={(exclude) =>
            changeBasketRules({
              exclude,
              lock: (rules.lock ?? []).filter((symbol) => !exclude.includes(symbol)),
            })
          }
        />
      </div>
    </fieldset>
  );
}
