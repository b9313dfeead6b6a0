import { useEffect, useState, type ReactNode } from 'react';
import type { ScenarioRow } from '../../../shared/contract/scenario.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { counted } from '../../format.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { AddPosition } from './AddPosition.tsx';
import { scenarioPositionColumns } from './position-columns.ts';

/** The session's book: choose rows to change or remove, add below. */
export function PositionsTab(): ReactNode {
  const open = useWorkstation((state) => state.scenarioOpen.value);
  const { focus, loadScenarioMarket } = useActions();
  const scenarioId = open?.head.scenarioId ?? null;
  useEffect(() => void loadScenarioMarket(), [scenarioId, loadScenarioMarket]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (open === null) return null;
  const rows = open.rows.filter((row) => chosen.includes(row.positionId));
  return (
    <>
      <GridPane
        title={`Book of the scenario: ${counted(open.rows.length, 'position')}`}
        tip="A click chooses a row, drawing over rows several; what differs from the frozen book is outlined"
        name="scenarios.positions"
        columns={scenarioPositionColumns}
        rows={open.rows}
        rowId={(row) => row.positionId}
        rowClass={(row) => (row.change === 'same' ? '' : `outlined outlined-${row.change}`)}
        selectedId={chosen.length === 1 ? (chosen[0] ?? null) : null}
        onSelect={(row) => {
          setChosen([row.positionId]);
          focus({ symbol: row.symbol });
        }}
        onRange={(marked) => marked.length > 1 && setChosen(marked.map((row) => row.positionId))}
        search
      />
      <Chosen rows={rows} />
      <AddPosition />
    </>
  );
}

/** What can be done with the rows that are chosen. */
function Chosen(props: { readonly rows: readonly ScenarioRow[] }): ReactNode {
  const { rows } = props;
  const { editScenario } = useActions();
  const [only] = rows;
  const there = rows.filter((row) => row.change !== 'removed');
  const changed = rows.filter((row) => row.change !== 'same');
  return (
    <div className="toolbar" role="group" aria-label="Chosen positions">
      <span className={rows.length === 0 ? 'dim' : 'strong'}>
        {only === undefined
          ? 'Choose a row to change it, or draw over several'
          : rows.length === 1
            ? only.label
            : counted(rows.length, 'position')}
      </span>
      {only !== undefined && rows.length === 1 && only.change !== 'removed' && (
        <label>
          Quantity
          <NumberField
            label="Quantity of the position"
            kind="decimal"
            digits={0}
            width={9}
            value={only.quantity}
            onChange={(quantity) =>
              void editScenario([{ kind: 'change', positionId: only.positionId, quantity }])
            }
          />
        </label>
      )}
      <button
        type="button"
        disabled={there.length === 0}
        onClick={() =>
          void editScenario(there.map((row) => ({ kind: 'remove' as const, positionId: row.positionId })))
        }
      >
        Remove{there.length > 1 ? ` ${counted(there.length, 'position')}` : ''}
      </button>
      <button
        type="button"
        disabled={changed.length === 0}
        data-tip="As it is in the frozen book"
        onClick={() =>
          void editScenario(changed.map((row) => ({ kind: 'restore' as const, positionId: row.positionId })))
        }
      >
        Put back
      </button>
    </div>
  );
}
