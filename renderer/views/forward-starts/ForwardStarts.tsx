import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { DeskDate } from '../../../shared/contract/contracts.ts';
import type { Exposure } from '../../../shared/contract/exposure.ts';
import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date } from '../../format.ts';
import { contractNameInFront, contractNames } from '../../state/contracts.ts';
import { currencyOf } from '../../state/desk.ts';
import { dueDates } from '../../state/forward-starts.ts';
import { useContractRevision } from '../contracts/use-contract-revision.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useMedia } from '../parts/use-media.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { AcrossPane } from './AcrossPane.tsx';
import { BookBar, lenses, type Lens } from './BookBar.tsx';
import { DatesPane, useDeskDates } from './DatesPane.tsx';
import { sliceColumns } from './exposure-columns.ts';
import { sliceRows, type SliceRow } from './exposure-models.ts';
import { forwardStartColumns } from './forward-start-columns.ts';
import { ForwardStartActions } from './ForwardStartActions.tsx';
import { ForwardStartTicket } from './ForwardStartTicket.tsx';
import { LadderPane } from './LadderPane.tsx';
import { PayoutPane } from './PayoutPane.tsx';
import { PremiumPane } from './PremiumPane.tsx';
import { RichPane } from './RichPane.tsx';
import { TargetPane } from './TargetPane.tsx';

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
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const hasTicket = useWorkstation((state) => state.forwardTicket !== null);
  const rememberedLens = useWorkstation((state) => state.preferences['forward-starts.lens']);
  const lens = lenses.find(({ value }) => value === rememberedLens)?.value ?? 'ladder';
  const changes = useContractRevision();
  const contracts = useWorkstation((state) => state.contracts);
  const { loadContracts, loadPositions, remember, focus } = useActions();
  useEffect(() => {
    void loadContracts();
    void loadPositions();
  }, [asOf, revision, changes, loadContracts, loadPositions]);
  useDeskDates(changes);
  const onLens = (next: Lens) => remember('forward-starts.lens', next);
  const book = (
    <>
      <BookBar symbol={symbol} names={names === '' ? [] : names.split(' ')} lens={lens} onLens={onLens} />
      <DueLine />
      {contracts.value !== null && symbol !== null && <ExposureKeeper symbol={symbol} changes={changes} />}
      <RemoteView remote={contracts} what="the contracts" onRetry={() => void loadContracts()}>
        {(value) =>
          lens === 'across' ? (
            <AcrossPane
              onOpen={(name) => {
                focus({ symbol: name });
                onLens('ladder');
              }}
            />
          ) : (
            <Book symbol={symbol} contracts={value.forwardStarts} lens={lens} />
          )
        }
      </RemoteView>
    </>
  );
  if (!hasTicket) return book;
  return (
    <RememberedSplit
      name="forward-starts.ticket"
      direction="row"
      share={0.74}
      first={book}
      second={<ForwardStartTicket />}
    />
  );
}

/** Asks for the ladder whenever something it rests on changes; apart, so that a step of the date draws nothing else. */
function ExposureKeeper(props: { readonly symbol: string; readonly changes: number }): ReactNode {
  const { symbol, changes } = props;
  const [asOf, revision, listed, day] = useWorkstation((state) => [
    state.asOf,
    state.desk.value?.dataRevision ?? 0,
    state.includesListed,
    state.ladderDay,
  ]);
  const rule = useWorkstation((state) => state.vegaRule);
  const { loadExposure } = useActions();
  useEffect(() => {
    void loadExposure(symbol);
  }, [symbol, asOf, revision, listed, day, rule, changes, loadExposure]);
  return null;
}

const dueWords: Partial<Readonly<Record<DeskDate['kind'], string>>> = {
  'first-fixing': 'fixing',
  'second-fixing': 'settlement',
  'observation-end': 'settlement',
  'contract-option-expiry': 'right to use or let go',
  'option-expiry': 'listed options past their expiry',
};

/** What has come and waits for a person; a click brings the contract to the front. */
function DueLine(): ReactNode {
  const dates = useWorkstation((state) => state.deskDates.value?.dates ?? null);
  const { chooseContract, focus } = useActions();
  const due = useMemo(() => dueDates(dates ?? []), [dates]);
  if (due.length === 0) return null;
  return (
    <div className="note-line due-line" role="status">
      <span aria-hidden="true">▲</span>
      <span>
        {counted(due.length, 'date')} due:{' '}
        {due.slice(0, 5).map((item) => (
          <button
            type="button"
            className="quiet"
            key={`${item.kind} ${item.subject} ${item.date}`}
            data-tip={`${item.note}, since ${date(item.date)}`}
            onClick={() => {
              focus({ symbol: item.underlying });
              if (item.subject !== item.underlying) chooseContract(item.subject);
            }}
          >
            {item.subject} <span className="dim">{dueWords[item.kind] ?? item.kind}</span>
          </button>
        ))}
        {due.length > 5 && <span className="dim"> and {due.length - 5} more, under Dates</span>}
      </span>
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
  readonly lens: Lens;
}): ReactNode {
  const { symbol, contracts, lens } = props;
  const contractId = useWorkstation((state) => state.contractId);
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
  if (lens === 'target') return <TargetPane symbol={symbol} />;
  const isLadder = lens === 'ladder';
  const tabs =
    isTall || !isLadder ? null : (
      <Segmented label="Table" choices={lowerChoices} value={lower} onChange={setLower} />
    );
  const upper =
    lens === 'payout' ? (
      <PayoutPane contracts={own} symbol={symbol} />
    ) : lens === 'rich' ? (
      <RichPane contracts={own} />
    ) : lens === 'dates' ? (
      <DatesPane symbol={symbol} />
    ) : (
      <OfExposure symbol={symbol}>
        {(shown) =>
          isLadder ? <LadderPane exposure={shown} slice={slice} /> : <PremiumPane exposure={shown} />
        }
      </OfExposure>
    );
  const slices = (
    <SliceTable slice={slice} onSlice={(row) => setKept({ row, beside: contractId })} tabs={tabs} />
  );
  const table = <ContractTable rows={own} symbol={symbol} tabs={tabs} />;
  if (!isLadder)
    return (
      <RememberedSplit
        name={`forward-starts.${isTall ? 'beside' : 'beside-low'}`}
        direction="column"
        share={isTall ? 0.66 : 0.62}
        first={upper}
        second={table}
      />
    );
  if (!isTall)
    return (
      <RememberedSplit
        name="forward-starts.low"
        direction="column"
        share={0.62}
        first={upper}
        second={lower === 'slices' ? slices : table}
      />
    );
  return (
    <RememberedSplit
      name="forward-starts"
      direction="column"
      share={0.48}
      first={upper}
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

function OfExposure(props: {
  readonly symbol: string;
  readonly children: (exposure: Exposure) => ReactNode;
}): ReactNode {
  const { symbol, children } = props;
  const exposure = useWorkstation((state) => state.exposure);
  const { loadExposure, openForwardTicket } = useActions();
  return (
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
        return shown === undefined ? null : children(shown);
      }}
    </RemoteView>
  );
}

function SliceTable(props: {
  readonly slice: SliceRow | null;
  readonly onSlice: (slice: SliceRow) => void;
  readonly tabs: ReactNode;
}): ReactNode {
  const { slice, onSlice, tabs } = props;
  const exposure = useWorkstation((state) => state.exposure.value?.underlyings[0] ?? null);
  const currency = useWorkstation((state) =>
    currencyOf(state, exposure === null ? [] : [exposure.underlying]),
  );
  const isAdjusted = useWorkstation((state) => state.vegaRule.kind !== 'raw');
  const columns = useMemo(() => sliceColumns(currency, isAdjusted), [currency, isAdjusted]);
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
          <ForwardStartActions contract={chosen} />
          {tabs}
        </>
      }
    />
  );
}
