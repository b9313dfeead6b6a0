import type { ReactNode } from 'react';
import type { ForwardStartTerms } from '../../../shared/contract/forward-starts.ts';
import { DateField } from '../../components/DateField.tsx';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { FailureLine } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { signedMoney, volPercent, volPoints } from '../../format.ts';
import type { ForwardTicket, QuoteBasis } from '../../state/contracts.ts';
import { currencyOf, dayInFront } from '../../state/desk.ts';
import { unitOf, unitPriceText } from './forward-start-columns.ts';
import { TicketRow } from '../parts/TicketRow.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const basisWords: Readonly<Record<QuoteBasis['by'], string>> = {
  market: 'at the market volatility',
  vol: 'from the volatility typed',
  price: 'from the price typed',
};

/** A forward-start contract before it is entered: its terms, and price against volatility both ways. */
export function ForwardStartTicket(): ReactNode {
  const ticket = useWorkstation((state) => state.forwardTicket);
  const names = useWorkstation((state) => (state.desk.value?.underliers ?? []).map((item) => item.symbol));
  const day = useWorkstation(dayInFront);
  const currency = useWorkstation((state) =>
    currencyOf(state, ticket === null ? [] : [ticket.terms.underlying]),
  );
  const { changeForwardTicket, closeTickets } = useActions();
  if (ticket === null) return null;
  const { terms } = ticket;
  return (
    <Panel
      title="New forward start"
      tools={
        <button type="button" className="quiet" onClick={closeTickets}>
          Close
        </button>
      }
    >
      <div className="scroll">
        <div className="ticket">
          <div className="ticket-section">
            <TicketRow label="Name" tip="Name of the contract on the book">
              <input
                type="text"
                aria-label="Name of the contract"
                value={terms.contractId}
                maxLength={60}
                onChange={(event) => changeForwardTicket({ contractId: event.target.value })}
              />
            </TicketRow>
            <TicketRow label="Underlying">
              <select
                aria-label="Underlying of the ticket"
                value={terms.underlying}
                onChange={(event) => changeForwardTicket({ underlying: event.target.value })}
              >
                {names.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </TicketRow>
            <TicketRow label="First fixing" tip="First reference date: the strike is fixed">
              <DateField
                label="First reference date"
                from={day}
                value={terms.firstReferenceDate}
                onChange={(firstReferenceDate) => changeForwardTicket({ firstReferenceDate })}
              />
            </TicketRow>
            <TicketRow label="Second fixing" tip="Second reference date: the payoff is known">
              <DateField
                label="Second reference date"
                from={day}
                value={terms.secondReferenceDate}
                onChange={(secondReferenceDate) => changeForwardTicket({ secondReferenceDate })}
              />
            </TicketRow>
          </div>
          <PayoffFields terms={terms} />
          <div className="ticket-section">
            <TicketRow
              label="Amount"
              tip="Relative: currency paid per 1.00 of payoff; absolute: units of the underlying"
            >
              <NumberField
                label="Amount"
                kind="decimal"
                digits={0}
                width={12}
                value={terms.amount}
                unit={terms.family === 'relative' ? currency : 'units'}
                onChange={(amount) => changeForwardTicket({ amount })}
              />
            </TicketRow>
            <TicketRow label="Quantity" tip="Contracts; below zero sells">
              <NumberField
                label="Quantity"
                kind="decimal"
                digits={0}
                width={8}
                value={terms.quantity}
                unit={terms.quantity < 0 ? 'contracts, sold' : 'contracts, bought'}
                onChange={(quantity) => changeForwardTicket({ quantity })}
              />
            </TicketRow>
            <TicketRow label="Premium" tip="Paid now, or with the payoff at the end">
              <Segmented
                label="Premium"
                choices={[
                  { value: 'deferred', label: 'deferred' },
                  { value: 'paid', label: 'paid' },
                ]}
                value={terms.premium}
                onChange={(premium) => changeForwardTicket({ premium })}
              />
            </TicketRow>
          </div>
          <TicketPrice ticket={ticket} />
        </div>
      </div>
    </Panel>
  );
}

function PayoffFields(props: { readonly terms: ForwardStartTerms }): ReactNode {
  const { terms } = props;
  const { changeForwardTicket } = useActions();
  return (
    <div className="ticket-section">
      <TicketRow label="Type" tip={'X = F₂ ÷ F₁\ncall (X − 1)⁺, put (1 − X)⁺, straddle their sum'}>
        <Segmented
          label="Type"
          choices={[
            { value: 'call', label: 'call' },
            { value: 'put', label: 'put' },
            { value: 'straddle', label: 'straddle' },
          ]}
          value={terms.optionType}
          onChange={(optionType) => changeForwardTicket({ optionType })}
        />
      </TicketRow>
      <TicketRow
        label="Pays in"
        tip="Relative: per cent of the first fixing; absolute: points of the underlying"
      >
        <Segmented
          label="Family"
          choices={[
            { value: 'relative', label: 'relative, %' },
            { value: 'absolute', label: 'absolute, points' },
          ]}
          value={terms.family}
          onChange={(family) => changeForwardTicket({ family })}
        />
      </TicketRow>
      <TicketRow label="Power" tip="Quadratic pays the square: its value goes with variance">
        <Segmented
          label="Power"
          choices={[
            { value: '1', label: 'linear' },
            { value: '2', label: 'quadratic' },
          ]}
          value={terms.power === 2 ? '2' : '1'}
          onChange={(power) => changeForwardTicket({ power: power === '2' ? 2 : 1 })}
        />
      </TicketRow>
      <TicketRow label="Strike" tip="Forward skew: strike = multiplier × first fixing + offset">
        <NumberField
          label="Strike multiplier"
          kind="percent"
          digits={0}
          width={6}
          value={terms.strikeMultiplier}
          least={0.0001}
          unit="% F₁ +"
          onChange={(strikeMultiplier) => changeForwardTicket({ strikeMultiplier })}
        />{' '}
        <NumberField
          label="Strike offset"
          kind="decimal"
          digits={0}
          width={6}
          value={terms.strikeOffset}
          unit="points"
          onChange={(strikeOffset) => changeForwardTicket({ strikeOffset })}
        />
      </TicketRow>
    </div>
  );
}

function TicketPrice(props: { readonly ticket: ForwardTicket }): ReactNode {
  const { terms, basis } = props.ticket;
  const quote = useWorkstation((state) => state.quote);
  const currency = useWorkstation((state) => currencyOf(state, [terms.underlying]));
  const { quoteTicket, enterForwardStart } = useActions();
  const value = quote.value;
  const scale = terms.family === 'relative' ? 'percent' : 'decimal';
  const typed = (by: QuoteBasis['by']) => (basis.by === by ? 'basis' : '');
  const canEnter =
    quote.status === 'ready' && terms.contractId.trim() !== '' && terms.quantity !== 0 && terms.amount > 0;
  return (
    <div className="ticket-section ticket-quote">
      <TicketRow
        label="Volatility"
        tip={'Type a volatility and the price follows\nForward volatility of the period'}
      >
        <span className={typed('vol')}>
          <NumberField
            label="Volatility"
            kind="percent"
            digits={2}
            width={8}
            value={value?.vol ?? Number.NaN}
            least={0.0001}
            unit="%"
            onChange={(vol) => void quoteTicket({ by: 'vol', vol })}
          />
        </span>
      </TicketRow>
      <TicketRow
        label="Price"
        tip={
          "Type a price and the volatility follows\nPer unit, in the payoff's own unit, as agreed: of a deferred premium what is paid at the end"
        }
      >
        <span className={typed('price')}>
          <NumberField
            label="Price"
            kind={scale}
            digits={4}
            width={10}
            value={value?.price ?? Number.NaN}
            least={0}
            unit={unitOf(terms.family)}
            onChange={(price) => void quoteTicket({ by: 'price', price })}
          />
        </span>
      </TicketRow>
      <TicketRow label="Rests on">
        <span>{basisWords[basis.by]}</span>{' '}
        {basis.by !== 'market' && (
          <button type="button" className="quiet" onClick={() => void quoteTicket({ by: 'market' })}>
            Back to market
          </button>
        )}
      </TicketRow>
      {quote.status === 'failed' && <FailureLine error={quote.error} />}
      {value !== null && (
        <Facts
          label="The ticket priced"
          facts={[
            { label: 'Market vol', value: volPercent(value.marketVol), unit: '%', tip: value.note },
            {
              label: 'Market price',
              value: unitPriceText(terms.family, value.marketPrice),
              unit: unitOf(terms.family),
              tip: value.note,
            },
            {
              label: 'Vol − market',
              value: value.marketVol === null ? '—' : volPoints(value.vol - value.marketVol),
              unit: 'vol pts',
              tip: 'What the ticket pays in volatility above the market',
            },
            {
              label: 'Value',
              value: signedMoney(value.value),
              unit: currency,
              tone: 'strong',
              tip: 'Value today; a deferred price counts with the discount factor\n= quantity × amount × price',
            },
            {
              label: 'Vega',
              value: signedMoney(value.vegaPerVolPoint),
              unit: 'per vol pt',
              tip: 'Change of value for one volatility point of its period',
            },
            {
              label: 'Gamma',
              value: signedMoney(value.gammaDollar1Pct),
              unit: 'per 1 %',
              tip: 'Zero for a relative contract before its fixing',
            },
          ]}
        />
      )}
      <div className="form-actions">
        <button
          type="button"
          className="primary"
          disabled={!canEnter}
          onClick={() => void enterForwardStart()}
        >
          Enter contract
        </button>
        <span className="unit">
          agreed at the price shown, {terms.premium === 'deferred' ? 'paid at the end' : 'paid now'}
        </span>
      </div>
    </div>
  );
}
