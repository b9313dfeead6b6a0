import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Exposure } from '../../../shared/contract/exposure.ts';
import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import { createSliceChart } from '../../charts/slice-chart.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, decimal, signedMoney } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import { contractNameInFront, contractNames, exposureOfName } from '../../state/contracts.ts';
import { ContractActions } from './ContractActions.tsx';
import { sliceColumns } from './exposure-columns.ts';
import { contractsIn, exposureModel, sliceRows, type SliceRow } from './exposure-models.ts';
import { forwardStartColumns } from './forward-start-columns.ts';
import { ForwardStartTicket } from './ForwardStartTicket.tsx';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useMedia } from '../parts/use-media.ts';
import { useContractRevision } from './use-contract-revision.ts';
import { useActions, useWorkstation } from '../workstation.ts';

const sliceId = (row: SliceRow) => `${row.start} ${row.end}`;
const contractRowId = (row: ForwardStartValue) => row.terms.contractId;

/** Forward-start contracts on the axis of time, their vega and gamma by slice, and what flattens them. */
export function ForwardStarts(): ReactNode {
  return (
    <NeedsData>
      <ForwardStartBook />
    </NeedsData>
  );
}

function ForwardStartBook(): ReactNode {
  const [symbol, names] = useWorkstation((state) => [
    contractNameInFront(state),
    contractNames(state).join(' '),
  ]);
  const [asOf, revision, listed, hasTicket] = useWorkstation((state) => [
    state.asOf,
    state.desk.value?.dataRevision ?? 0,
    state.includesListed,
    state.forwardTicket !== null,
  ]);
  const changes = useContractRevision();
  const contracts = useWorkstation((state) => state.contracts);
  const { loadContracts, loadExposure, loadPositions } = useActions();
  const isKnown = contracts.value !== null;
  useEffect(() => {
    void loadContracts();
    void loadPositions();
  }, [asOf, revision, changes, loadContracts, loadPositions]);
  useEffect(() => {
    if (isKnown && symbol !== null) void loadExposure(symbol);
  }, [isKnown, symbol, asOf, revision, listed, changes, loadExposure]);
  const book = (
    <>
      <BookBar symbol={symbol} names={names === '' ? [] : names.split(' ')} />
      <RemoteView remote={contracts} what="the contracts" onRetry={() => void loadContracts()}>
        {(value) => <Book symbol={symbol} contracts={value.forwardStarts} />}
      </RemoteView>
    </>
  );
  if (!hasTicket) return book;
  return (
    <RememberedSplit
      name="forward-starts.ticket"
      direction="row"
      share={0.76}
      first={book}
      second={<ForwardStartTicket />}
    />
  );
}

function BookBar(props: { readonly symbol: string | null; readonly names: readonly string[] }): ReactNode {
  const { symbol, names } = props;
  const [listed, hasTicket] = useWorkstation((state) => [state.includesListed, state.forwardTicket !== null]);
  const exposure = useWorkstation((state) => exposureOfName(state, symbol));
  const { focus, includeListed, openForwardTicket } = useActions();
  return (
    <div className="toolbar">
      <label>
        Underlying{' '}
        <select
          aria-label="Underlying"
          value={symbol ?? ''}
          onChange={(event) => focus({ symbol: event.target.value })}
        >
          {(symbol === null || names.includes(symbol) ? names : [symbol, ...names]).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label data-tip="Stacks the listed options held of this name on its contracts">
        <input type="checkbox" checked={listed} onChange={(event) => includeListed(event.target.checked)} />
        Listed options held
      </label>
      {exposure !== null && (
        <Facts
          label="Exposure in total"
          facts={[
            { label: 'Spot', value: decimal(exposure.spot, 2), tip: 'Price of the underlying on the day' },
            {
              label: 'Vega',
              value: signedMoney(exposure.totals.vegaPerVolPoint),
              unit: 'per vol pt',
              tone: 'strong',
              tip: 'Change of value when the volatility of every slice moves one point\n= Σ vega by slice\nUnit: currency per vol pt',
            },
            {
              label: 'Gamma',
              value: signedMoney(exposure.totals.gammaDollar1Pct),
              unit: 'per 1 %',
              tone: 'strong',
              tip: 'Change of the dollar delta when the underlying moves 1 %\nOnly fixed contracts and listed options have any\nUnit: currency',
            },
          ]}
        />
      )}
      <span className="spacer" />
      <button type="button" className="primary" disabled={hasTicket} onClick={openForwardTicket}>
        New contract
      </button>
    </div>
  );
}

type Lower = 'slices' | 'contracts';
const lowerChoices = [
  { value: 'slices', label: 'Slices and hedges' },
  { value: 'contracts', label: 'Contracts' },
] as const;

function Book(props: {
  readonly symbol: string | null;
  readonly contracts: readonly ForwardStartValue[];
}): ReactNode {
  const { symbol, contracts } = props;
  const exposure = useWorkstation((state) => state.exposure);
  const contractId = useWorkstation((state) => state.contractId);
  const { loadExposure, openForwardTicket } = useActions();
  // A slice stays lit until another contract is chosen.
  const [kept, setKept] = useState<{ readonly row: SliceRow; readonly beside: string | null } | null>(null);
  const slice = kept !== null && kept.beside === contractId ? kept.row : null;
  const [lower, setLower] = useState<Lower>('slices');
  // On a low window the two tables share one place, so that the chart stays readable.
  const isTall = useMedia('(min-height: 900px)');
  const own = useMemo(
    () => contracts.filter((contract) => contract.terms.underlying === symbol),
    [contracts, symbol],
  );
  if (symbol === null)
    return (
      <div className="state">
        <p>No name is on the desk: import a chain.</p>
      </div>
    );
  const tabs = isTall ? null : (
    <Segmented label="Table" choices={lowerChoices} value={lower} onChange={setLower} />
  );
  const chart = (
    <RemoteView
      remote={exposure}
      what={`the exposure of ${symbol}`}
      onRetry={() => void loadExposure(symbol)}
      isEmpty={(value) => value.underlyings.every((item) => item.slices.length === 0)}
      empty={
        <>
          <p>{symbol} has no running contract: enter one, or import the contracts template.</p>
          <button type="button" className="primary" onClick={openForwardTicket}>
            New contract
          </button>
        </>
      }
    >
      {(value) => {
        const shown = value.underlyings[0];
        return shown === undefined ? null : <ExposureChart exposure={shown} slice={slice} />;
      }}
    </RemoteView>
  );
  const slices = (
    <SliceTable
      exposure={exposure.value?.underlyings[0] ?? null}
      slice={slice}
      onSlice={(row) => setKept({ row, beside: contractId })}
      tabs={tabs}
    />
  );
  const table = <ContractTable rows={own} symbol={symbol} tabs={tabs} />;
  if (!isTall)
    return (
      <RememberedSplit
        name="forward-starts.low"
        direction="column"
        share={0.62}
        first={chart}
        second={lower === 'slices' ? slices : table}
      />
    );
  return (
    <RememberedSplit
      name="forward-starts"
      direction="column"
      share={0.48}
      first={chart}
      second={
        <RememberedSplit
          name="forward-starts.tables"
          direction="column"
          share={0.55}
          first={slices}
          second={table}
        />
      }
    />
  );
}

function ExposureChart(props: { readonly exposure: Exposure; readonly slice: SliceRow | null }): ReactNode {
  const { exposure, slice } = props;
  const contractId = useWorkstation((state) => state.contractId);
  const currency = useWorkstation((state) => currencyOf(state, [exposure.underlying]));
  const { chooseContract } = useActions();
  const [hovered, setHovered] = useState<readonly string[]>([]);
  const lit = useMemo(() => {
    if (hovered.length > 0) return hovered;
    if (slice !== null) return contractsIn(exposure, slice);
    return exposure.contracts.filter((item) => item.contractId === contractId).map((item) => item.contractId);
  }, [hovered, slice, contractId, exposure]);
  const model = useMemo(() => exposureModel(exposure, lit, currency), [exposure, lit, currency]);
  return (
    <>
      {exposure.notIncluded.length > 0 && (
        <div className="notes" aria-label="Not included">
          {exposure.notIncluded.map((item) => (
            <div className="note-line" key={item.subject}>
              <span aria-hidden="true">△</span>
              <span>
                <strong>{item.subject}</strong> is not included: {item.reason}
              </span>
            </div>
          ))}
        </div>
      )}
      <ChartPane
        title={`${exposure.underlying}: contracts, vega and gamma by slice`}
        tip="Contracts on their reference periods; under each slice what they add to vega and gamma. A hovered bar lights its contracts; a click keeps one."
        create={(container) =>
          createSliceChart(container, {
            onHover: (ids) => setHovered((before) => (same(before, ids) ? before : ids)),
            onPick: (ids) => chooseContract(ids[0] ?? null),
          })
        }
        model={model}
      />
    </>
  );
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);

function SliceTable(props: {
  readonly exposure: Exposure | null;
  readonly slice: SliceRow | null;
  readonly onSlice: (slice: SliceRow) => void;
  readonly tabs: ReactNode;
}): ReactNode {
  const { exposure, slice, onSlice, tabs } = props;
  const currency = useWorkstation((state) =>
    currencyOf(state, exposure === null ? [] : [exposure.underlying]),
  );
  const columns = useMemo(() => sliceColumns(currency), [currency]);
  const rows = useMemo(() => (exposure === null ? [] : sliceRows(exposure)), [exposure]);
  return (
    <GridPane
      title={`Slices and hedge numbers: ${counted(rows.length, 'slice')}`}
      tip="Contracts of the slice's own 1,000,000 relative straddle that bring its vega, and in the near slice its gamma, to zero"
      name="forward-starts.slices"
      columns={columns}
      rows={rows}
      rowId={sliceId}
      selectedId={slice === null ? null : sliceId(slice)}
      onSelect={onSlice}
      emptyText="No slice: the name has no running contract"
      tools={tabs}
      fit
    />
  );
}

function ContractTable(props: {
  readonly rows: readonly ForwardStartValue[];
  readonly symbol: string;
  readonly tabs: ReactNode;
}): ReactNode {
  const { rows, symbol, tabs } = props;
  const contractId = useWorkstation((state) => state.contractId);
  const { chooseContract } = useActions();
  const currency = useWorkstation((state) => currencyOf(state, [symbol]));
  const columns = useMemo(() => forwardStartColumns(currency), [currency]);
  const chosen = rows.find((row) => row.terms.contractId === contractId) ?? null;
  return (
    <GridPane
      title={`Forward starts of ${symbol}: ${counted(rows.length, 'contract')}`}
      name="forward-starts.contracts"
      columns={columns}
      rows={rows}
      rowId={contractRowId}
      selectedId={contractId}
      onSelect={(row) => chooseContract(row.terms.contractId)}
      emptyText="No forward-start contract in this name"
      tools={
        <>
          <ContractActions contract={chosen} kind="forward-start" />
          {tabs}
        </>
      }
    />
  );
}
