import { useMemo, type ReactNode } from 'react';
import { Facts } from '../../components/Facts.tsx';
import { Panel } from '../../components/Panel.tsx';
import { money, volPercent } from '../../format.ts';
import { volTicketSize } from '../../state/contracts.ts';
import { dayInFront } from '../../state/desk.ts';
import { TicketForm } from './TicketForm.tsx';
import { sizeFacts } from './vol-contract-models.ts';
import { volContractSections } from './vol-ticket-sections.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** A realized-volatility contract before it is entered. */
export function VolContractTicket(): ReactNode {
  const terms = useWorkstation((state) => state.volTicket);
  const names = useWorkstation((state) =>
    (state.desk.value?.underliers ?? []).map((item) => item.symbol).join(' '),
  );
  const day = useWorkstation(dayInFront);
  const { changeVolTicket, closeTickets, enterRealizedVol } = useActions();
  const sections = useMemo(() => volContractSections(names.split(' ')), [names]);
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
          <TicketForm sections={sections} terms={terms} day={day} onChange={changeVolTicket} />
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
