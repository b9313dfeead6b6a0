import type { ReactNode } from 'react';
import type { RealizedVolTerms } from '../../../shared/contract/vol-contracts.ts';
import { DateField } from '../../components/DateField.tsx';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { money, volPercent } from '../../format.ts';
import { volTicketSize } from '../../state/contracts.ts';
import { dayInFront } from '../../state/desk.ts';
import { TicketRow } from '../parts/TicketRow.tsx';
import { estimatorWords } from './vol-contract-columns.ts';
import { sizeFacts } from './vol-contract-models.ts';
import { useActions, useWorkstation } from '../workstation.ts';

const monthsOf = { monthly: 1, quarterly: 3, annual: 12 } as const;
const kinds = ['monthly', 'quarterly', 'annual', 'custom'] as const;
const estimators = Object.keys(estimatorWords) as RealizedVolTerms['estimator'][];

/** A realized-volatility contract before it is entered. */
export function VolContractTicket(): ReactNode {
  const terms = useWorkstation((state) => state.volTicket);
  const names = useWorkstation((state) => (state.desk.value?.underliers ?? []).map((item) => item.symbol));
  const day = useWorkstation(dayInFront);
  const { changeVolTicket, closeTickets, enterRealizedVol } = useActions();
  if (terms === null) return null;
  const canEnter = terms.contractId.trim() !== '' && terms.quantity !== 0 && terms.startDate < terms.endDate;
  return (
    <Panel
      title="New vol contract"
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
                onChange={(event) => changeVolTicket({ contractId: event.target.value })}
              />
            </TicketRow>
            <TicketRow label="Underlying">
              <select
                aria-label="Underlying of the ticket"
                value={terms.underlying}
                onChange={(event) => changeVolTicket({ underlying: event.target.value })}
              >
                {names.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </TicketRow>
            <TicketRow label="Period">
              <select
                aria-label="Kind of period"
                value={terms.kind}
                onChange={(event) => {
                  const kind = kinds.find((item) => item === event.target.value) ?? 'custom';
                  changeVolTicket({ kind, ...(kind === 'custom' ? {} : { months: monthsOf[kind] }) });
                }}
              >
                {kinds.map((kind) => (
                  <option key={kind}>{kind}</option>
                ))}
              </select>
            </TicketRow>
            <TicketRow label="From" tip="The mark of this day, or of the session before it, is the base">
              <DateField
                label="Start of the period"
                from={day}
                value={terms.startDate}
                onChange={(startDate) => changeVolTicket({ startDate })}
              />
            </TicketRow>
            <TicketRow label="To" tip="The mark of this day is the last">
              <DateField
                label="End of the period"
                from={day}
                value={terms.endDate}
                onChange={(endDate) => changeVolTicket({ endDate })}
              />
            </TicketRow>
          </div>
          <EstimatorFields terms={terms} />
          <div className="ticket-section">
            <TicketRow label="Quantity" tip="Contracts; below zero sells">
              <NumberField
                label="Quantity"
                kind="decimal"
                digits={0}
                width={8}
                value={terms.quantity}
                unit={terms.quantity < 0 ? 'contracts, sold' : 'contracts, bought'}
                onChange={(quantity) => changeVolTicket({ quantity })}
              />
            </TicketRow>
            <TicketRow label="Trade vol" tip="Volatility agreed">
              <NumberField
                label="Trade volatility"
                kind="percent"
                digits={2}
                width={8}
                value={terms.tradeVol ?? Number.NaN}
                least={0}
                unit="%"
                onChange={(tradeVol) => changeVolTicket({ tradeVol })}
              />
            </TicketRow>
          </div>
          <div className="ticket-section ticket-quote">
            <Facts label="Size of the ticket" facts={sizeFacts(volTicketSize(terms))} />
            <div className="form-actions">
              <button
                type="button"
                className="primary"
                disabled={!canEnter}
                onClick={() => void enterRealizedVol()}
              >
                Enter contract
              </button>
              <span className="unit">
                {terms.tradeVol === null
                  ? 'without a trade volatility it has no profit'
                  : `at ${volPercent(terms.tradeVol)} %, ${money(terms.multiplier)} a contract and month`}
              </span>
            </div>
          </div>
        </div>
      </div>
    </Panel>
  );
}

function EstimatorFields(props: { readonly terms: RealizedVolTerms }): ReactNode {
  const { terms } = props;
  const { changeVolTicket } = useActions();
  return (
    <div className="ticket-section">
      <TicketRow label="Estimator" tip="Formula of realized volatility that settles the contract">
        <select
          aria-label="Estimator"
          value={terms.estimator}
          onChange={(event) => {
            const estimator = estimators.find((item) => item === event.target.value);
            if (estimator !== undefined) changeVolTicket({ estimator });
          }}
        >
          {estimators.map((estimator) => (
            <option key={estimator} value={estimator}>
              {estimatorWords[estimator]}
            </option>
          ))}
        </select>
      </TicketRow>
      <TicketRow label="Returns">
        <select
          aria-label="Returns"
          value={terms.returns}
          onChange={(event) =>
            changeVolTicket({ returns: event.target.value === 'simple' ? 'simple' : 'log' })
          }
        >
          <option value="log">logarithmic</option>
          <option value="simple">simple</option>
        </select>
      </TicketRow>
      <TicketRow label="Sessions a year" tip="Annualizes the variance; 245 to 262">
        <NumberField
          label="Sessions a year"
          kind="integer"
          width={5}
          value={terms.periodsPerYear}
          least={245}
          most={262}
          onChange={(periodsPerYear) => changeVolTicket({ periodsPerYear })}
        />
      </TicketRow>
      <TicketRow label="Multiplier" tip="Currency for 100 % of volatility and one month">
        <NumberField
          label="Multiplier"
          kind="decimal"
          digits={0}
          width={9}
          value={terms.multiplier}
          onChange={(multiplier) => changeVolTicket({ multiplier })}
        />
      </TicketRow>
      <TicketRow label="Months">
        <NumberField
          label="Months"
          kind="decimal"
          digits={0}
          width={5}
          value={terms.months}
          onChange={(months) => changeVolTicket({ months, kind: 'custom' })}
        />
      </TicketRow>
      <TicketRow label="Tick" tip="Smallest step of the volatility">
        <NumberField
          label="Tick"
          kind="percent"
          digits={2}
          width={5}
          value={terms.tick}
          least={0.000001}
          unit="%"
          onChange={(tick) => changeVolTicket({ tick })}
        />
      </TicketRow>
    </div>
  );
}
