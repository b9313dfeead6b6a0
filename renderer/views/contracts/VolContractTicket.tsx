import { useEffect, useMemo, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { RealizedVolTerms } from '../../../shared/contract/vol-contracts.ts';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { FailureLine } from '../../components/RemoteView.tsx';
import { volTicketSize } from '../../state/contracts.ts';
import { currencyOf, dayInFront } from '../../state/desk.ts';
import { TicketRow } from '../parts/TicketRow.tsx';
import { ConvexityChoice } from './ConvexityChoice.tsx';
import { TicketForm } from './TicketForm.tsx';
import { quoteFacts, sizeFacts } from './vol-contract-models.ts';
import { volContractSections } from './vol-ticket-sections.ts';
import { useActions, useWorkstation } from '../workstation.ts';

const noExpiries: OutputOf<'contracts.volSpec'>['expiries'] = [];

/** A realized-volatility contract before it is entered: its terms, and volatility against value both ways. */
export function VolContractTicket(): ReactNode {
  const terms = useWorkstation((state) => state.volTicket);
  const names = useWorkstation((state) =>
    (state.desk.value?.underliers ?? []).map((item) => item.symbol).join(' '),
  );
  const day = useWorkstation(dayInFront);
  const expiries = useWorkstation((state) => state.volSpec.value?.expiries ?? noExpiries);
  const { changeVolTicket, closeTickets, specVolTicket } = useActions();
  const currency = useWorkstation((state) => currencyOf(state, terms === null ? [] : [terms.underlying]));
  const sections = useMemo(
    () => volContractSections(names.split(' '), expiries, currency),
    [names, expiries, currency],
  );
  const [underlying, kind] = [terms?.underlying, terms?.kind];
  useEffect(() => void specVolTicket(), [underlying, kind, specVolTicket]);
  if (terms === null) return null;
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
          <TicketQuote terms={terms} currency={currency} />
        </div>
      </div>
    </Panel>
  );
}

function TicketQuote(props: { readonly terms: RealizedVolTerms; readonly currency: string }): ReactNode {
  const { terms, currency } = props;
  const quote = useWorkstation((state) => state.volQuote);
  const convexity = useWorkstation((state) => state.volConvexity);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const { changeVolTicket, quoteVolTicket, enterQuotedVol } = useActions();
  useEffect(() => void quoteVolTicket(), [terms, convexity, asOf, revision, quoteVolTicket]);
  const value = quote.status === 'failed' ? null : quote.value;
  const canEnter = quote.status === 'ready' && terms.contractId.trim() !== '' && terms.quantity !== 0;
  const isFair = terms.tradeVol === null;
  return (
    <div className="ticket-section ticket-quote">
      <TicketRow label="Trade vol" tip={'Volatility agreed\nType it and the value follows'}>
        <span className={isFair ? '' : 'basis'}>
          <NumberField
            label="Trade volatility"
            kind="percent"
            digits={2}
            width={8}
            least={0}
            unit="%"
            value={terms.tradeVol ?? value?.vol ?? Number.NaN}
            onChange={(tradeVol) => changeVolTicket({ tradeVol })}
          />
        </span>
      </TicketRow>
      <TicketRow
        label="Value of one"
        tip={'Multiplier × volatility × months\nType it and the volatility follows'}
      >
        <NumberField
          label="Value of one contract"
          kind="decimal"
          digits={2}
          width={11}
          least={0}
          unit={currency}
          value={value?.value ?? Number.NaN}
          onChange={(typed) => void quoteVolTicket(typed)}
        />
      </TicketRow>
      <TicketRow label="Rests on">
        <span>{isFair ? 'the fair volatility, to the tick' : 'what is typed'}</span>{' '}
        {!isFair && (
          <button type="button" className="quiet" onClick={() => changeVolTicket({ tradeVol: null })}>
            Back to fair
          </button>
        )}
      </TicketRow>
      <ConvexityChoice />
      {quote.status === 'failed' && <FailureLine error={quote.error} />}
      <Facts
        label="The ticket priced"
        facts={value === null ? sizeFacts(volTicketSize(terms)) : quoteFacts(value, currency)}
      />
      {value?.warnings.map((warning) => (
        <p className="dim" key={warning}>
          △ {warning}
        </p>
      ))}
      <div className="form-actions">
        <button type="button" className="primary" disabled={!canEnter} onClick={() => void enterQuotedVol()}>
          Enter contract
        </button>
        <span className="unit">agreed at the volatility shown</span>
      </div>
    </div>
  );
}
