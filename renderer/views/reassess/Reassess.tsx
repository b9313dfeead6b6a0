import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { HedgeReassessment } from '../../../shared/contract/reassess.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, integer, money, percent, signedMoney, signedPercent } from '../../format.ts';
import { savedBasketInFront } from '../../state/hedge.ts';
import { reassessLegInFront } from '../../state/reassess.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { reassessColumns } from './reassess-columns.ts';
import { ReassessLog } from './ReassessLog.tsx';
import { ReassessOrders } from './ReassessOrders.tsx';
import { ReassessRules } from './ReassessRules.tsx';
import { RollBuilder } from './RollBuilder.tsx';
import { useCurrency } from './use-currency.ts';
import { prose } from '../../prose.ts';

/** What to do with each leg of the hedge that is on: the rules with their reasons, the legs, the roll builder. */
export function Reassess(): ReactNode {
  return (
    <NeedsData>
      <ReassessBench />
    </NeedsData>
  );
}

type Shown = 'now' | 'log';

function ReassessBench(): ReactNode {
  const baskets = useWorkstation((state) => state.baskets);
  const name = useWorkstation((state) => savedBasketInFront(state)?.name ?? null);
  const asOf = useWorkstation((state) => state.asOf);
  const revision = useWorkstation((state) => state.desk.value?.dataRevision ?? null);
  // An approval or a fill changes what is on.
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'suggestions.changed' ? state.lastEvent.count : 0,
  );
  const [shown, setShown] = useState<Shown>('now');
  const { loadBaskets, loadReassess, openView } = useActions();
  useEffect(() => void loadBaskets(), [loadBaskets]);
  useEffect(() => {
    if (name !== null) void loadReassess();
  }, [name, asOf, revision, announced, loadReassess]);
  return (
    <RemoteView
      remote={baskets}
      what="the saved baskets"
      onRetry={() => void loadBaskets()}
      isEmpty={(value) => value.baskets.length === 0}
      empty={
        <>
          <p>No basket is saved: a hedge that is on belongs to one.</p>
          <button type="button" className="primary" onClick={() => openView('basket')}>
            Build a basket
          </button>
        </>
      }
    >
      {() => (
        <>
          <Head shown={shown} onShow={setShown} />
          <RememberedSplit
            name="reassess"
            direction="row"
            share={0.3}
            first={<ReassessRules />}
            second={shown === 'now' ? <Found /> : <ReassessLog />}
          />
        </>
      )}
    </RemoteView>
  );
}

/** The basket, what is looked at, and net delta and notional as facts. */
function Head(props: { readonly shown: Shown; readonly onShow: (shown: Shown) => void }): ReactNode {
  const names = useWorkstation((state) => [
    ...new Set((state.baskets.value?.baskets ?? []).map((item) => item.name)),
  ]);
  const name = useWorkstation((state) => savedBasketInFront(state)?.name ?? '');
  const found = useWorkstation((state) => state.reassess.value);
  const { focus, keepReassessRun } = useActions();
  return (
    <div className="toolbar">
      <label>
        Hedge of
        <select aria-label="Basket" value={name} onChange={(event) => focus({ basket: event.target.value })}>
          {names.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {found !== null && found.basket === name && <HeldFacts found={found} />}
      <span className="spacer" />
      <button
        type="button"
        className="quiet"
        disabled={found === null}
        data-tip="Keeps this look in the log; imports and openings of the desk are kept by themselves"
        onClick={() => void keepReassessRun()}
      >
        Keep in the log
      </button>
      <Segmented<Shown>
        label="What is shown"
        choices={[
          { value: 'now', label: 'Now' },
          {
            value: 'log',
            label: 'Log',
            tip: 'Looks that were kept, what changed between them, the schedule',
          },
        ]}
        value={props.shown}
        onChange={props.onShow}
      />
    </div>
  );
}

function HeldFacts(props: { readonly found: HedgeReassessment }): ReactNode {
  const { found } = props;
  const limit = useWorkstation((state) => state.reassessRules.netDeltaLimit);
  const share = found.netDeltaFraction;
  const isOver = share !== null && limit !== null && Math.abs(share) > limit;
  const due = found.actions.filter((leg) => leg.action !== 'keep').length;
  return (
    <Facts
      label="The hedge that is on"
      facts={[
        {
          label: 'Net delta',
          value: signedPercent(share, 2),
          unit: '% of basket',
          tone: isOver ? 'warning' : 'strong',
          tip:
            share === null
              ? 'Some option has no delta today'
              : `${signedMoney(found.netDelta)} of ${money(found.notional)}${limit === null ? '' : `; at most ${percent(limit, 2)} % either way`}`,
        },
        {
          label: 'Net delta',
          value: signedMoney(found.netDelta),
          tip: 'Stocks and options, account currency',
        },
        { label: 'Notional', value: money(found.notional), tip: 'Shares × price of the basket’s names' },
        {
          label: 'Looked at',
          value:
            found.source === 'positions' || found.suggestionId === null
              ? 'positions'
              : `suggestion ${integer(found.suggestionId)}`,
          tip:
            found.source === 'positions'
              ? 'Options held on the names and the index, from imported positions'
              : 'No position holds an option: the legs of the newest approved suggestion',
        },
        {
          label: 'Traded',
          value: date(found.tradeDate),
          tip:
            found.tradeDate === null
              ? 'No suggestion of this basket was approved'
              : 'Day of the newest approved suggestion',
        },
        {
          label: 'Due',
          value: due === 0 ? 'nothing' : counted(due, 'leg'),
          tone: due === 0 ? 'dim' : 'warning',
          tip: 'Legs that some rule fired on',
        },
      ]}
    />
  );
}

function Found(): ReactNode {
  const reassess = useWorkstation((state) => state.reassess);
  const { loadReassess, cancelReassess } = useActions();
  // A basket without a hedge is no failure.
  if (reassess.status === 'failed' && reassess.value === null && reassess.error.code === 'not-found')
    return <NothingHeld sentence={prose(sentenceOf(reassess.error))} />;
  return (
    <RemoteView
      remote={reassess}
      what="the hedge that is on"
      onCancel={cancelReassess}
      onRetry={() => void loadReassess()}
    >
      {(found) => (
        <RememberedSplit
          name="reassess.legs"
          direction="column"
          share={0.5}
          first={<Legs found={found} />}
          second={
            <RememberedSplit
              name="reassess.roll"
              direction="row"
              share={0.7}
              first={<RollBuilder found={found} />}
              second={<ReassessOrders found={found} />}
            />
          }
        />
      )}
    </RemoteView>
  );
}

function NothingHeld(props: { readonly sentence: string }): ReactNode {
  const { openView } = useActions();
  return (
    <div className="state">
      <p>{props.sentence}</p>
      <div className="leg-actions">
        <button type="button" className="primary" onClick={() => openView('hedge')}>
          Suggest a hedge
        </button>
        <button type="button" onClick={() => openView('imports')}>
          Import positions
        </button>
      </div>
    </div>
  );
}

function Legs(props: { readonly found: HedgeReassessment }): ReactNode {
  const { found } = props;
  const inFront = useWorkstation((state) => reassessLegInFront(state)?.leg ?? null);
  const currency = useCurrency();
  const columns = useMemo(() => reassessColumns(currency), [currency]);
  const { chooseReassessLeg, focus } = useActions();
  return (
    <>
      {found.warnings.map((warning) => (
        <div className="note-line" key={warning}>
          <span aria-hidden="true">△</span>
          <span>{warning}</span>
        </div>
      ))}
      <GridPane
        title={`Legs held: ${counted(found.actions.length, 'option')}`}
        name="reassess.legs"
        columns={columns}
        rows={found.actions}
        rowId={(leg) => leg.leg}
        selectedId={inFront}
        onSelect={(leg) => {
          chooseReassessLeg(leg.leg);
          focus({ symbol: leg.symbol, strike: leg.strike });
        }}
      />
    </>
  );
}
