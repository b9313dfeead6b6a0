import { useEffect, useState, type ReactNode } from 'react';
import type { HedgeLeg, HedgeProposal } from '../../../shared/contract/hedge.ts';
import { Facts, type Fact } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import {
  counted,
  date,
  decimal,
  instant,
  integer,
  money,
  none,
  price,
  signedDecimal,
  signedPercent,
  volPercent,
} from '../../format.ts';
import { legName } from '../hedge/hedge-columns.ts';
import { useActions, useWorkstation } from '../workstation.ts';

type Mode = 'reading' | 'rejecting' | 'editing';

/** The leg under review, large: order, quote, reasons, and what can be done with it, by mouse or by key. */
export function ReviewLeg(props: {
  readonly proposal: HedgeProposal;
  readonly leg: HedgeLeg;
  readonly isOpen: boolean;
}): ReactNode {
  const { proposal, leg, isOpen } = props;
  const [mode, setMode] = useState<Mode>('reading');
  const { stepReviewLeg, decideLeg, undoReview } = useActions();
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const inField =
        event.target instanceof Element &&
        event.target.closest('input, select, textarea, [role="dialog"]') !== null;
      if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === 'j') stepReviewLeg(1);
      else if (key === 'k') stepReviewLeg(-1);
      else if (!isOpen) return;
      else if (key === 'a') void decideLeg('accepted', null);
      else if (key === 'r') setMode('rejecting');
      else if (key === 'e') setMode('editing');
      else if (key === 'u') void undoReview();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, [isOpen, stepReviewLeg, decideLeg, undoReview]);
  const at = proposal.legs.findIndex((item) => item.legId === leg.legId) + 1;
  return (
    <Panel
      title={`Leg ${integer(at)} of ${integer(proposal.legs.length)}`}
      tools={
        <>
          <button type="button" className="quiet" onClick={() => stepReviewLeg(-1)}>
            Previous <kbd>K</kbd>
          </button>
          <button type="button" className="quiet" onClick={() => stepReviewLeg(1)}>
            Next <kbd>J</kbd>
          </button>
        </>
      }
    >
      <div className="scroll">
        <div className="leg-large">
          <Order proposal={proposal} leg={leg} />
          {isOpen && <Actions leg={leg} mode={mode} onMode={setMode} currency={proposal.currency} />}
          <LegFacts proposal={proposal} leg={leg} />
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
    </Panel>
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
      </p>
      <p className={`decision-${leg.decision}`}>
        <strong>{decisionTexts[leg.decision]}</strong>
        {leg.decisionReason !== null && `: ${leg.decisionReason}`}
      </p>
      {leg.flags.length > 0 && (
        <p className="warning">
          <span aria-hidden="true">△</span> {leg.flags.join(', ')}
        </p>
      )}
    </div>
  );
}

function Actions(props: {
  readonly leg: HedgeLeg;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly currency: string;
}): ReactNode {
  const { leg, mode, onMode, currency } = props;
  const trail = useWorkstation((state) => state.reviewTrail.length);
  const { decideLeg, undoReview } = useActions();
  if (mode === 'rejecting') return <RejectLine leg={leg} onDone={() => onMode('reading')} />;
  if (mode === 'editing') return <EditLine leg={leg} currency={currency} onDone={() => onMode('reading')} />;
  return (
    <div className="leg-actions" role="group" aria-label="Decide on the leg">
      <button
        type="button"
        className={leg.decision === 'undecided' ? 'primary' : ''}
        aria-pressed={leg.decision === 'accepted'}
        onClick={() => void decideLeg('accepted', null)}
      >
        Accept <kbd>A</kbd>
      </button>
      <button type="button" aria-pressed={leg.decision === 'rejected'} onClick={() => onMode('rejecting')}>
        Reject … <kbd>R</kbd>
      </button>
      <button type="button" onClick={() => onMode('editing')}>
        Edit … <kbd>E</kbd>
      </button>
      <button
        type="button"
        disabled={trail === 0}
        data-tip={trail === 0 ? 'Nothing was changed in this window yet' : 'Takes the last change back'}
        onClick={() => void undoReview()}
      >
        Undo <kbd>U</kbd>
      </button>
    </div>
  );
}

function RejectLine(props: { readonly leg: HedgeLeg; readonly onDone: () => void }): ReactNode {
  const { decideLeg } = useActions();
  const [reason, setReason] = useState('');
  const said = reason.trim();
  const send = () => {
    if (said === '') return;
    props.onDone();
    void decideLeg('rejected', said);
  };
  return (
    <form
      className="leg-actions"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <input
        type="text"
        className="names"
        aria-label="Reason to reject the leg"
        placeholder="Why is it rejected?"
        autoFocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          props.onDone();
        }}
      />
      <button
        type="submit"
        className="primary"
        disabled={said === ''}
        {...(said === '' ? { 'data-tip': 'A rejected leg needs a reason' } : {})}
      >
        Reject the leg
      </button>
      <button type="button" onClick={props.onDone}>
        Back <kbd>Esc</kbd>
      </button>
    </form>
  );
}

function EditLine(props: {
  readonly leg: HedgeLeg;
  readonly currency: string;
  readonly onDone: () => void;
}): ReactNode {
  const { leg } = props;
  const { editLeg } = useActions();
  const [quantity, setQuantity] = useState(leg.quantity);
  const [limit, setLimit] = useState(leg.price);
  return (
    <div
      className="leg-actions"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        props.onDone();
      }}
    >
      <NumberField
        label="Quantity"
        kind="integer"
        unit="contracts"
        least={0}
        width={5}
        autoFocus
        value={quantity}
        onChange={setQuantity}
      />
      <span>at</span>
      <NumberField
        label="Limit price"
        kind="decimal"
        digits={2}
        unit={props.currency}
        least={0}
        width={7}
        value={limit}
        onChange={setLimit}
      />
      <button
        type="button"
        className="primary"
        onClick={() => {
          props.onDone();
          if (quantity !== leg.quantity || limit !== leg.price) void editLeg(quantity, limit);
        }}
      >
        Take over
      </button>
      <button type="button" onClick={props.onDone}>
        Back <kbd>Esc</kbd>
      </button>
    </div>
  );
}

function LegFacts(props: { readonly proposal: HedgeProposal; readonly leg: HedgeLeg }): ReactNode {
  const { proposal, leg } = props;
  const { quote } = leg;
  const sign = leg.side === 'sell' ? -1 : 1;
  const units = sign * leg.quantity * leg.multiplier;
  const of = `× ${integer(leg.quantity)} contracts × ${integer(leg.multiplier)}`;
  const facts: readonly Fact[] = [
    { label: 'Bid', value: quote.bid === null ? none : price(quote.bid), tip: quote.source },
    { label: 'Ask', value: quote.ask === null ? none : price(quote.ask), tip: quote.source },
    { label: 'Mark', value: quote.mark === null ? none : price(quote.mark) },
    {
      label: 'IV',
      value: volPercent(quote.vol),
      unit: '%',
      tip: quote.vol === null ? 'The quote has no implied volatility' : 'Implied volatility at the mark',
    },
    { label: 'Open interest', value: integer(leg.openInterest), unit: 'contracts' },
    { label: 'Quoted', value: instant(quote.quotedAt), tip: quote.source },
    {
      label: 'Δ',
      value: signedDecimal(leg.delta, 3),
      tip: 'Of one option, long, per unit of the underlying',
    },
    {
      label: 'Vega',
      value: money(leg.vegaPerVolPoint * units),
      unit: 'per vol pt',
      tip: `Of the leg in ${proposal.currency}: ${decimal(leg.vegaPerVolPoint, 4)} ${of}`,
    },
    {
      label: 'Theta',
      value: money(leg.thetaPerDay * units),
      unit: 'per day',
      tip: `Of the leg in ${proposal.currency}: ${decimal(leg.thetaPerDay, 4)} ${of}`,
    },
    {
      label: 'Skew premium',
      value: signedPercent(leg.skewPremium, 1),
      unit: '%',
      tip: 'What its volatility stands above at the money',
    },
    { label: 'IV ÷ HV', value: decimal(leg.impliedToHistorical, 2) },
    {
      label: 'Score',
      value: leg.score === null ? none : `${signedDecimal(leg.score, 2)}, rank ${integer(leg.rank)}`,
      tip: leg.score === null ? 'Puts have no score' : 'The two sets balanced; rank among all candidates',
    },
  ];
  return <Facts label="The leg in numbers" facts={facts} />;
}
