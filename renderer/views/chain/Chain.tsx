import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Chain as ChainValue, ChainExpiry } from '../../../shared/contract/chain.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { date, integer } from '../../format.ts';
import { expiryInFront } from '../../state/chain.ts';
import { symbolInFront } from '../../state/desk.ts';
import { chainColumns } from './chain-columns.ts';
import { chainTable, legAt, rowIdOf, type ChainRow } from './chain-rows.ts';
import { ChainHeader } from './ChainHeader.tsx';
import { ChainMenu, type ChainSpot, type MenuQuote } from './ChainMenu.tsx';
import { ChainSmile } from './ChainSmile.tsx';
import { ChainTools } from './ChainTools.tsx';
import { ExcludeQuote } from './ExcludeQuote.tsx';
import { ExpiryTabs } from './ExpiryTabs.tsx';
import { PickedLegs } from './PickedLegs.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** Calls, strike, puts of the name in front, with its smile beside it. */
export function Chain(): ReactNode {
  return (
    <NeedsData>
      <ChainOfName />
    </NeedsData>
  );
}

function ChainOfName(): ReactNode {
  const symbol = useWorkstation(symbolInFront);
  const chain = useWorkstation((state) => state.chain);
  const [asOf, expiryKey, mark, stacked, revision] = useWorkstation((state) => [
    state.asOf,
    state.expiryKey,
    state.chainChoices.mark,
    state.chainChoices.stacked,
    state.desk.value?.dataRevision ?? 0,
  ]);
  const overlays = useWorkstation((state) => state.overlays.join(' '));
  const { loadChain } = useActions();
  useEffect(() => {
    if (symbol !== null) void loadChain(symbol);
  }, [symbol, asOf, expiryKey, mark, stacked, overlays, revision, loadChain]);
  if (symbol === null)
    return (
      <div className="state">
        <p>No name on the desk has a chain: import one.</p>
      </div>
    );
  return (
    <RemoteView
      remote={chain}
      what={`the chain of ${symbol}`}
      onRetry={() => void loadChain(symbol)}
      remedies={<OtherDays symbol={symbol} />}
      isEmpty={(value) => value.expiries.length === 0}
      empty={<p>{symbol} has no option chain on this day. Choose another day or name, or import one.</p>}
    >
      {(value) => <ChainPanes chain={value} />}
    </RemoteView>
  );
}

/** The days on which the name has a chain, where it has none on the day in front. */
function OtherDays(props: { readonly symbol: string }): ReactNode {
  const days = useWorkstation(
    (state) => state.desk.value?.underliers.find((item) => item.symbol === props.symbol)?.chainDates ?? [],
  );
  const { focus } = useActions();
  return (
    <div className="panel-tools">
      {days.slice(0, 5).map((day) => (
        <button key={day} type="button" onClick={() => focus({ asOf: day, expiryKey: null })}>
          Show {date(day)}
        </button>
      ))}
    </div>
  );
}

function ChainPanes(props: { readonly chain: ChainValue }): ReactNode {
  const { chain } = props;
  const expiryKey = useWorkstation((state) => state.expiryKey);
  const front = expiryInFront(chain, expiryKey);
  return (
    <>
      <ChainHeader chain={chain} expiry={front} />
      <ExpiryTabs chain={chain} front={front} />
      {front !== null && (
        <RememberedSplit
          name="chain"
          direction="row"
          share={window.innerWidth < 1400 ? 0.7 : 0.66}
          first={<ChainGrid chain={chain} front={front} />}
          second={<ChainSmile chain={chain} front={front} />}
        />
      )}
    </>
  );
}

function ChainGrid(props: { readonly chain: ChainValue; readonly front: ChainExpiry }): ReactNode {
  const { chain, front } = props;
  const choices = useWorkstation((state) => state.chainChoices);
  const strike = useWorkstation((state) => state.strike);
  const { focus, pickLeg } = useActions();
  const { stacked, strikeWindow, columnSet } = choices;
  const narrow = window.innerWidth < 1400;
  const shown = useMemo(() => (stacked ? chain.expiries : [front]), [stacked, chain, front]);
  const table = useMemo(() => chainTable(shown, strikeWindow, front.key), [shown, strikeWindow, front.key]);
  const columns = useMemo(
    () =>
      chainColumns({
        set: columnSet,
        currency: chain.currency,
        stacked,
        held: table.held,
        suggested: table.suggested,
        narrow,
        highestPrice: table.highestPrice,
      }),
    [columnSet, chain.currency, stacked, table.held, table.suggested, narrow, table.highestPrice],
  );
  const [recenter, setRecenter] = useState(0);
  const token = `${chain.underlying} ${chain.asOf} ${front.key} ${stacked} ${JSON.stringify(strikeWindow)} ${recenter}`;
  const center = useMemo(
    () => (table.centerId === null ? null : { id: table.centerId, token }),
    [table.centerId, token],
  );
  const [spot, setSpot] = useState<ChainSpot | null>(null);
  const [excluding, setExcluding] = useState<MenuQuote | null>(null);
  const choose = (row: ChainRow) => focus({ expiryKey: row.expiry.key, strike: row.strike });
  return (
    <>
      <ChainTools chain={chain} front={front} onCenter={() => setRecenter(recenter + 1)} />
      <PickedLegs />
      <GridPane
        title={stacked ? 'Every expiry' : `${date(front.expiry)} ${front.root}`}
        tip={front.forwardNote}
        name={`chain.${columnSet}${stacked ? '.stacked' : ''}`}
        columns={columns}
        rows={table.rows}
        rowId={(row) => row.id}
        rowClass={(row) => (row.isAtTheMoney ? 'atm' : '')}
        emptyText="Reading this expiry …"
        selectedId={strike === null ? null : rowIdOf(front.key, strike)}
        center={center}
        fit
        onSelect={choose}
        onCellClick={(row, columnKey, alt) => {
          const [optionType, field] = columnKey.split('.');
          if (!alt || (optionType !== 'call' && optionType !== 'put')) return;
          if (field !== 'bid' && field !== 'ask') return;
          const leg = legAt(chain, row, optionType, field === 'bid' ? 'sell' : 'buy');
          if (leg !== null) pickLeg(leg);
        }}
        onMenu={(row, columnKey, at) => setSpot({ row, columnKey, at })}
        tools={
          <span className="dim">
            {integer(table.rows.length)} of {integer(table.total)} strikes
          </span>
        }
      />
      {spot !== null && (
        <ChainMenu chain={chain} spot={spot} onExclude={setExcluding} onClose={() => setSpot(null)} />
      )}
      {excluding !== null && (
        <ExcludeQuote chain={chain} quote={excluding} onClose={() => setExcluding(null)} />
      )}
    </>
  );
}
