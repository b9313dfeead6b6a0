import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, decimal, signedMoney } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import { useContractRevision } from '../contracts/use-contract-revision.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { LadderNotes } from './LadderPane.tsx';
import { payoutModel } from './payout-models.ts';

/** The payoff of any mix of the contracts of a name against F₂ ÷ F₁; ticks choose the mix. */
export function PayoutPane(props: {
  readonly contracts: readonly ForwardStartValue[];
  readonly symbol: string;
}): ReactNode {
  const { contracts, symbol } = props;
  const open = useMemo(() => contracts.filter((item) => item.state !== 'settled'), [contracts]);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [withTicket, setWithTicket] = useState(true);
  const ticket = useWorkstation((state) => state.forwardTicket);
  const payout = useWorkstation((state) => state.payout);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const changes = useContractRevision();
  const currency = useWorkstation((state) => currencyOf(state, [symbol]));
  const { loadPayout } = useActions();
  const ids = useMemo(
    () => open.map((item) => item.terms.contractId).filter((id) => !left.has(id)),
    [open, left],
  );
  const isDrawn = withTicket && ticket !== null;
  useEffect(() => {
    void loadPayout(ids, isDrawn);
  }, [ids, isDrawn, ticket, asOf, revision, changes, loadPayout]);
  const toggle = (id: string) =>
    setLeft((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <div className="side-by-side">
      <fieldset className="mix" aria-label="Contracts in the mix">
        <legend>
          {counted(ids.length, 'contract')} of {open.length}{' '}
          <button type="button" className="quiet" onClick={() => setLeft(new Set())}>
            All
          </button>
          <button
            type="button"
            className="quiet"
            onClick={() => setLeft(new Set(open.map((item) => item.terms.contractId)))}
          >
            None
          </button>
        </legend>
        {ticket !== null && (
          <label>
            <input
              type="checkbox"
              checked={withTicket}
              onChange={(event) => setWithTicket(event.target.checked)}
            />
            <span className="edited">the ticket</span>
          </label>
        )}
        {open.map(({ terms }) => (
          <label
            key={terms.contractId}
            data-tip={`First fixing ${terms.firstReferenceDate}, second ${terms.secondReferenceDate}`}
          >
            <input
              type="checkbox"
              checked={!left.has(terms.contractId)}
              onChange={() => toggle(terms.contractId)}
            />
            <span className={terms.quantity < 0 ? 'loss' : ''}>{decimal(terms.quantity, 0)} ×</span>{' '}
            {terms.contractId}
          </label>
        ))}
      </fieldset>
      <RemoteView
        remote={payout}
        what="the payoffs"
        onRetry={() => void loadPayout(ids, isDrawn)}
        isEmpty={(value) => value.contracts.length === 0}
        empty={<p>No contract is in the mix: tick one, or open a ticket.</p>}
      >
        {(value) => (
          <>
            <LadderNotes exposure={value} />
            <Drawn
              profile={value}
              title={`${symbol}: payoff of ${counted(value.contracts.length, 'contract')} against F₂ ÷ F₁`}
              currency={currency}
            />
            <div className="pane-foot dim">
              At F₂ = F₁ {signedMoney(value.net[(value.net.length - 1) / 2] ?? null)} {currency} net.{' '}
              {value.contracts.some((item) => item.note.startsWith('X from the forward')) &&
                'Absolute contracts not fixed yet count from the forward to their first fixing.'}
            </div>
          </>
        )}
      </RemoteView>
    </div>
  );
}

function Drawn(props: {
  readonly profile: Parameters<typeof payoutModel>[0];
  readonly title: string;
  readonly currency: string;
}): ReactNode {
  const { profile, title, currency } = props;
  const model = useMemo(() => payoutModel(profile, currency), [profile, currency]);
  return (
    <ChartPane
      title={title}
      tip="Every contract at its own second reference time, against the move from its own first fixing"
      create={(container) => createLineChart(container)}
      model={model}
    />
  );
}
