import { useMemo, type ReactNode } from 'react';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { FailureLine } from '../../components/RemoteView.tsx';
import { decimal, signedMoney, volPercent, volPoints } from '../../format.ts';
import type { ForwardTicket, QuoteBasis } from '../../state/forward-starts.ts';
import { currencyOf, dayInFront } from '../../state/desk.ts';
import { unitOf, unitPriceText } from './forward-start-columns.ts';
import { TicketForm } from '../contracts/TicketForm.tsx';
import { TicketRow } from '../parts/TicketRow.tsx';
import { forwardStartSections } from './ticket-sections.ts';
import { useActions, useWorkstation } from '../workstation.ts';

const basisWords: Readonly<Record<QuoteBasis['by'], string>> = {
  market: 'at the market volatility',
  vol: 'from the volatility typed',
  price: 'from the price typed',
};

/** A forward-start contract before it is entered: its terms, and price against volatility both ways. */
export function ForwardStartTicket(): ReactNode {
  const ticket = useWorkstation((state) => state.forwardTicket);
  const names = useWorkstation((state) =>
    (state.desk.value?.underliers ?? []).map((item) => item.symbol).join(' '),
  );
  const day = useWorkstation(dayInFront);
  const currency = useWorkstation((state) =>
    currencyOf(state, ticket === null ? [] : [ticket.terms.underlying]),
  );
  const { changeForwardTicket, closeTickets } = useActions();
  const sections = useMemo(() => forwardStartSections(names.split(' '), currency), [names, currency]);
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
          <TicketForm sections={sections} terms={terms} day={day} onChange={changeForwardTicket} />
          <TicketPrice ticket={ticket} />
        </div>
      </div>
    </Panel>
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
            {
              label: 'Carry R',
              value: decimal(value.carryFactor, 4),
              tip: 'Forward over spot across the period: from the market, or by hand',
            },
            {
              label: 'Per 1 % of R',
              value: signedMoney(value.carryPer1Pct),
              unit: currency,
              tip: 'Change of value when the carry factor rises by 0.01\nA call less a put at the same strike is D (R − m): carry alone',
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
