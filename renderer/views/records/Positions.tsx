import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Position } from '../../../shared/contract/contracts.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date } from '../../format.ts';
import { currencyOf, symbolInFront } from '../../state/desk.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { positionColumnsFor, positionSumColumns } from './positions-columns.ts';
import { sumFacts, sumOf, sumsByName, type PositionSum } from './positions-models.ts';
import { useActions, useWorkstation } from '../workstation.ts';

const rowId = (row: Position) => String(row.positionId);
const sumId = (row: PositionSum) => row.symbol;

/** What is held, valued on the day, and what it adds up to. */
export function Positions(): ReactNode {
  return (
    <NeedsData>
      <HeldPositions />
    </NeedsData>
  );
}

function HeldPositions(): ReactNode {
  const positions = useWorkstation((state) => state.positions);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const { loadPositions, openView } = useActions();
  useEffect(() => void loadPositions(), [asOf, revision, loadPositions]);
  return (
    <RemoteView
      remote={positions}
      what="the positions"
      onRetry={() => void loadPositions()}
      isEmpty={(value) => value.positions.length === 0}
      empty={
        <>
          <p>No positions are on the desk: import a statement of a broker or the positions template.</p>
          <button type="button" className="primary" onClick={() => openView('imports')}>
            Import positions
          </button>
        </>
      }
    >
      {(value) => <PositionTables rows={value.positions} day={value.asOf} />}
    </RemoteView>
  );
}

function PositionTables(props: {
  readonly rows: readonly Position[];
  readonly day: string | null;
}): ReactNode {
  const { rows, day } = props;
  const symbol = useWorkstation(symbolInFront);
  const { focus, openView } = useActions();
  const [marked, setMarked] = useState<readonly Position[]>([]);
  const currency = useWorkstation((state) =>
    currencyOf(
      state,
      rows.map((row) => row.symbol),
    ),
  );
  const columns = useMemo(() => positionColumnsFor(rows, currency), [rows, currency]);
  const sumColumns = useMemo(() => positionSumColumns(currency), [currency]);
  const byName = useMemo(() => sumsByName(rows), [rows]);
  const total = useMemo(() => sumOf('All names', rows, true), [rows]);
  const selection = useMemo(() => (marked.length < 2 ? null : sumOf('Marked', marked, true)), [marked]);
  const choose = (row: { readonly symbol: string }) => focus({ symbol: row.symbol });
  const open = (row: { readonly symbol: string }) => {
    choose(row);
    openView('chain');
  };
  const books = [...new Set(rows.map((row) => row.book))];
  return (
    <>
      <Facts
        label="Net of all positions"
        facts={[{ label: 'Net of', value: counted(rows.length, 'position') }, ...sumFacts(total, currency)]}
      />
      <Facts
        label="Sum of the marked rows"
        facts={
          selection === null
            ? [{ label: 'Marked', value: 'no rows; draw over rows to add them up', tone: 'dim' }]
            : [
                { label: 'Marked', value: counted(selection.count, 'position') },
                ...sumFacts(selection, currency),
              ]
        }
      />
      <RememberedSplit
        name="positions"
        direction="column"
        share={0.62}
        first={
          <GridPane
            title={`Positions on ${date(day)}${books.length === 1 ? `, ${books[0]}` : ''}`}
            name="positions"
            columns={columns}
            rows={rows}
            rowId={rowId}
            onSelect={choose}
            onOpen={open}
            onRange={setMarked}
            search
            fit
          />
        }
        second={
          <GridPane
            title={`By name: ${counted(byName.length, 'name')}`}
            name="positions.byName"
            columns={sumColumns}
            rows={byName}
            rowId={sumId}
            selectedId={symbol}
            onSelect={choose}
            onOpen={open}
            fit
          />
        }
      />
    </>
  );
}
