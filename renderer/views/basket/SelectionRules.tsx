import type { ReactNode } from 'react';
import { NumberField } from '../../components/NumberField.tsx';
import { Switched } from './RuleParts.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** The rules of the search: how many, how close, how volatile, how unlike the index. */
export function SelectionRules(): ReactNode {
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
