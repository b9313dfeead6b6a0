import { useEffect, useMemo, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import type { ScanRow } from '../../../shared/contract/chain.ts';
import { counted } from '../../format.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { leftOutColumns, scanColumnsFor } from './scan-columns.ts';
import { useActions, useWorkstation } from '../workstation.ts';

const rowId = (row: ScanRow) => row.symbol;

/** All names, or those of an index, in one table; a row moves every linked pane. */
export function Scan(): ReactNode {
  return (
    <NeedsData>
      <ScanTable />
    </NeedsData>
  );
}

function ScanTable(): ReactNode {
  const scan = useWorkstation((state) => state.scan);
  const [asOf, revision, index, symbol, standing] = useWorkstation((state) => [
    state.asOf,
    state.desk.value?.dataRevision ?? 0,
    state.scanIndex,
    state.symbol,
    state.scanStanding,
  ]);
  const indices = useWorkstation((state) =>
    (state.desk.value?.underliers ?? [])
      .filter((item) => item.weightDates.length > 0)
      .map((item) => item.symbol),
  );
  const { loadScan, focus, openView } = useActions();
  useEffect(() => void loadScan(), [asOf, revision, loadScan]);
  const rows = useMemo(() => scan.value?.rows ?? [], [scan.value]);
  const known = useMemo(() => rows.filter((row) => row.iv30 !== null || row.hv20 !== null), [rows]);
  const leftOut = useMemo(() => rows.filter((row) => row.iv30 === null && row.hv20 === null), [rows]);
  const columns = useMemo(() => scanColumnsFor(rows, standing), [rows, standing]);
  const choose = (row: ScanRow) => focus({ symbol: row.symbol });
  const table = (
    <GridPane
      title={`Scan: ${counted(known.length, 'name')}`}
      name="scan"
      columns={columns}
      rows={known}
      rowId={rowId}
      selectedId={symbol}
      onSelect={choose}
      onOpen={(row) => {
        choose(row);
        openView('chain');
      }}
      search
      tools={
        <>
          <label
            className="tool-label dim"
            data-tip="Percentile and rank of each measure among the stored days of its own name; reading all of them takes a while the first time"
          >
            <input
              type="checkbox"
              checked={standing}
              onChange={(event) => void loadScan({ standing: event.target.checked })}
            />
            Against own history
          </label>
          <label className="tool-label dim">
            Names of{' '}
            <select
              aria-label="Names of"
              value={index ?? ''}
              onChange={(event) =>
                void loadScan({ index: event.target.value === '' ? null : event.target.value })
              }
            >
              <option value="">the whole desk</option>
              {indices.map((item) => (
                <option key={item} value={item}>
                  {item}
                </option>
              ))}
            </select>
          </label>
        </>
      }
    />
  );
  return (
    <RemoteView
      remote={scan}
      what="all names"
      onRetry={() => void loadScan()}
      isEmpty={(value) => value.rows.length === 0}
      empty={<p>No name on the desk has a chain or prices on this day.</p>}
    >
      {() =>
        leftOut.length === 0 ? (
          table
        ) : (
          <RememberedSplit
            name="scan"
            direction="column"
            share={0.85}
            first={table}
            second={
              <GridPane
                title={`Without volatility: ${counted(leftOut.length, 'name')}`}
                name="scan.leftOut"
                columns={leftOutColumns}
                rows={leftOut}
                rowId={rowId}
              />
            }
          />
        )
      }
    </RemoteView>
  );
}
