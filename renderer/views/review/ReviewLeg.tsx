import { useState, type ReactNode } from 'react';
import type { HedgeLeg, HedgeProposal } from '../../../shared/contract/hedge.ts';
import { Facts } from '../../components/Facts.tsx';
import { counted, date, integer, money, price } from '../../format.ts';
import { legName } from '../hedge/hedge-columns.ts';
import { useActions } from '../workstation.ts';
import { LegActions, type LegMode } from './LegActions.tsx';
import { legFacts } from './leg-facts.ts';
import { useKeys } from './use-keys.ts';

/** The leg under review, large: order, quote, reasons, and what can be done with it, by mouse or by key. */
export function ReviewLeg(props: {
  readonly proposal: HedgeProposal;
  readonly leg: HedgeLeg;
  readonly isOpen: boolean;
}): ReactNode {
  const { proposal, leg, isOpen } = props;
  const [mode, setMode] = useState<LegMode>('reading');
  const { decideLeg, openReviewPane } = useActions();
  useKeys(
    isOpen
      ? {
          a: () => void decideLeg('accepted', null),
          r: () => setMode('rejecting'),
          e: () => setMode('editing'),
          n: () => setMode('noting'),
          c: () => openReviewPane('replace'),
        }
      : {},
  );
  return (
    <div className="scroll">
      <div className="leg-large">
        <Order proposal={proposal} leg={leg} />
        {isOpen && <LegActions leg={leg} mode={mode} onMode={setMode} currency={proposal.currency} />}
        <Facts label="The leg in numbers" facts={legFacts(leg, proposal.currency)} />
        <div>
          <p className="dim">Why it is proposed</p>
          <ul className="reasons">
            {leg.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

const decisionTexts = {
  undecided: '○ undecided',
  accepted: '✓ accepted',
  rejected: '✕ rejected',
} as const;

function Order(props: { readonly proposal: HedgeProposal; readonly leg: HedgeLeg }): ReactNode {
  const { proposal, leg } = props;
  const isSold = leg.side === 'sell';
  const amount = leg.quantity * leg.multiplier * leg.price;
  return (
    <div>
      <p className="leg-order">
        {isSold ? 'Sell' : 'Buy'} {integer(leg.quantity)} × {legName(leg)} at{' '}
        <span className={isSold ? 'bid' : 'ask'}>{price(leg.price)}</span> <small>{proposal.currency}</small>
      </p>
      <p>
        {date(leg.expiry)}; {counted(leg.multiplier, 'unit')} a contract; {isSold ? 'receives' : 'pays'}{' '}
        {money(amount)} {proposal.currency}
        {leg.effect === 'close' && <strong>; closes what is held</strong>}
      </p>
      <p className={`decision-${leg.decision}`}>
        <strong>{decisionTexts[leg.decision]}</strong>
        {leg.decisionReason !== null && `: ${leg.decisionReason}`}
      </p>
      {leg.note !== undefined && <p className="leg-note">✎ {leg.note}</p>}
      {leg.flags.length > 0 && (
        <p className="warning">
          <span aria-hidden="true">△</span> {leg.flags.join(', ')}
        </p>
      )}
    </div>
  );
}
