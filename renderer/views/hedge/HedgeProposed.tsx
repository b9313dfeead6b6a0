import { useMemo, type ReactNode } from 'react';
import type { HedgeLeg, HedgeProposal } from '../../../shared/contract/hedge.ts';
import { Facts } from '../../components/Facts.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import {
  counted,
  date,
  decimal,
  integer,
  money,
  percent,
  seconds,
  signedMoney,
  signedPercent,
} from '../../format.ts';
import { mostCompared } from '../../state/compare.ts';
import { legColumns, legName } from './hedge-columns.ts';
import { relaxationOf } from './hedge-models.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const statuses = {
  optimal: 'optimal',
  feasible: 'feasible, not proven best',
  infeasible: 'infeasible',
} as const;

/** What was found: the package in numbers, its legs by side, and the reasons of the leg in front. */
export function HedgeProposed(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  return (
    <>
      <CaseBar proposal={proposal} />
      {proposal.status === 'infeasible' || proposal.legs.length === 0 ? (
        <Conflict proposal={proposal} />
      ) : (
        <>
          <Numbers proposal={proposal} />
          <Legs proposal={proposal} />
        </>
      )}
    </>
  );
}

function CaseBar(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  const cases = useWorkstation((state) => state.hedgeCases);
  const { showHedgeCase, openView, openReviewList, setCompared } = useActions();
  const kept = cases.flatMap((one) => (one.suggestionId === null ? [] : [one.suggestionId]));
  const shown = cases.find((one) => one.proposal === proposal);
  return (
    <div className="toolbar">
      <strong>
        {proposal.basket} v{integer(proposal.basketVersion)}
      </strong>
      <span className="dim">
        {date(proposal.asOf)}, expiry {date(proposal.expiry)}
      </span>
      {cases.length > 1 && (
        <Segmented
          label="Runs"
          choices={cases.map((one) => ({
            value: String(one.number),
            label: `Run ${integer(one.number)}${one.suggestionId === null ? ' ▲' : ''}`,
            tip: `${statuses[one.proposal.status]}, ${counted(one.proposal.legs.length, 'leg')}, net delta ${percent(one.proposal.netDeltaFraction, 2)} %, net premium ${money(one.proposal.netPremium)}`,
          }))}
          value={String(shown?.number ?? '')}
          onChange={(value) => showHedgeCase(Number(value))}
        />
      )}
      <span className="spacer" />
      {kept.length > 1 && (
        <button
          type="button"
          data-tip="The runs of this window that were kept, at most four, side by side in the review"
          onClick={() => {
            setCompared(kept.slice(-mostCompared));
            openReviewList('all');
            openView('review');
          }}
        >
          Side by side
        </button>
      )}
      {shown !== undefined && shown.suggestionId !== null && (
        <button
          type="button"
          className="primary"
          data-tip="Every run that finds something is kept as a draft"
          onClick={() => openView('review')}
        >
          Review draft {integer(shown.suggestionId)}
        </button>
      )}
    </div>
  );
}

function Numbers(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  const { currency } = proposal;
  return (
    <Facts
      label="The package"
      facts={[
        {
          label: 'Net delta',
          value: signedPercent(proposal.netDeltaFraction, 2),
          unit: '% of basket',
          tone: 'strong',
          tip: `${signedMoney(proposal.netDelta)} ${currency} of ${money(proposal.basketNotional)} ${currency}`,
        },
        {
          label: 'Net premium',
          value: signedMoney(proposal.netPremium),
          unit: currency,
          tone: 'strong',
          tip: `${money(proposal.premiumReceived)} received less ${money(proposal.premiumPaid)} paid, commission counted`,
        },
        {
          label: 'Coverage',
          value: percent(proposal.coverage, 1),
          unit: '%',
          tone: 'strong',
          tip: 'Puts × multiplier × index level over the basket’s value',
        },
        { label: 'Received', value: money(proposal.premiumReceived), unit: currency },
        { label: 'Paid', value: money(proposal.premiumPaid), unit: currency },
        { label: 'Basket', value: money(proposal.basketNotional), unit: currency },
        {
          label: proposal.index,
          value: decimal(proposal.indexLevel, 2),
          tip: `Index level; multiplier ${integer(proposal.indexMultiplier)}`,
        },
        {
          label: 'Solver',
          value: statuses[proposal.status],
          ...(proposal.status === 'optimal' ? {} : { tone: 'warning' as const }),
          tip: `${proposal.gap === null ? 'No gap was proven' : `Proven gap ${percent(proposal.gap, 3)} %`}; ${seconds(proposal.seconds)}`,
        },
      ]}
    />
  );
}

function Legs(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  const chosen = useWorkstation((state) => state.hedgeLegId);
  const { chooseHedgeLeg, focus } = useActions();
  const calls = useMemo(() => proposal.legs.filter((leg) => leg.side === 'sell'), [proposal]);
  const puts = useMemo(() => proposal.legs.filter((leg) => leg.side === 'buy'), [proposal]);
  const callColumns = useMemo(() => legColumns('sell', proposal.currency), [proposal.currency]);
  const putColumns = useMemo(() => legColumns('buy', proposal.currency), [proposal.currency]);
  const leg = proposal.legs.find((item) => item.legId === chosen) ?? proposal.legs[0];
  const choose = (item: HedgeLeg) => {
    chooseHedgeLeg(item.legId);
    focus({ symbol: item.symbol, strike: item.strike });
  };
  const contracts = (legs: readonly HedgeLeg[]) =>
    counted(
      legs.reduce((sum, item) => sum + item.quantity, 0),
      'contract',
    );
  return (
    <RememberedSplit
      name="hedge.legs"
      direction="column"
      share={0.78}
      first={
        <RememberedSplit
          name="hedge.sides"
          direction="column"
          share={0.68}
          first={
            <GridPane
              title={`Calls sold: ${contracts(calls)} on ${counted(calls.length, 'strike')}`}
              name="hedge.calls"
              columns={callColumns}
              rows={calls}
              rowId={(item) => item.legId}
              selectedId={leg?.legId ?? null}
              onSelect={choose}
            />
          }
          second={
            <GridPane
              title={`Puts bought: ${contracts(puts)}`}
              name="hedge.puts"
              columns={putColumns}
              rows={puts}
              rowId={(item) => item.legId}
              selectedId={leg?.legId ?? null}
              onSelect={choose}
            />
          }
        />
      }
      second={leg === undefined ? null : <Reasons leg={leg} />}
    />
  );
}

/** Every reason of a leg, and what is to be known about its quote. */
function Reasons(props: { readonly leg: HedgeLeg }): ReactNode {
  const { leg } = props;
  const excluded = useWorkstation((state) => state.hedgeRequest.excludeContracts);
  const { changeHedgeRequest, runHedge } = useActions();
  const leaveOut = () => {
    changeHedgeRequest({ excludeContracts: [...excluded, leg.contract] });
    void runHedge();
  };
  return (
    <Panel
      title={`Why ${leg.side === 'sell' ? 'sell' : 'buy'} ${integer(leg.quantity)} ${legName(leg)}`}
      tools={
        <>
          {leg.flags.map((flag) => (
            <span key={flag} className="tag tag-warning">
              △ {flag}
            </span>
          ))}
          <button
            type="button"
            className="quiet"
            data-tip="Suggests again without this contract"
            onClick={leaveOut}
          >
            Leave out
          </button>
        </>
      }
    >
      <ul className="reasons scroll">
        {leg.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </Panel>
  );
}

/** The smallest set of constraints in conflict, each with what would do and a button that does it. */
function Conflict(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  const { changeHedgeRequest, runHedge } = useActions();
  const { conflict } = proposal;
  return (
    <Panel title="No hedge keeps to all of this">
      <div className="scroll">
        <div className="conflict" role="alert">
          <h3>
            <span className="error" aria-hidden="true">
              ▲{' '}
            </span>
            {conflict.length === 0
              ? 'Nothing was found that keeps to the limits.'
              : `${counted(conflict.length, 'limit')} cannot be met together:`}
          </h3>
          <ul>
            {conflict.map((item) => {
              const relax = relaxationOf(item);
              return (
                <li key={item.constraint}>
                  <span>{item.sentence}</span>
                  {relax !== null && (
                    <button
                      type="button"
                      data-tip="Changes this limit and runs again"
                      onClick={() => {
                        changeHedgeRequest(relax.change);
                        void runHedge();
                      }}
                    >
                      {relax.label}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
          <p className="dim">
            {counted(proposal.candidateCounts.calls, 'call')} and{' '}
            {counted(proposal.candidateCounts.puts, 'put')} passed the filters. Each number above is what
            would do with all else kept.
          </p>
        </div>
      </div>
    </Panel>
  );
}
