import { useEffect, useState, type ReactNode } from 'react';
import type { Suggestion } from '../../../shared/contract/hedge.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { printSheet } from '../hedge/print-sheet.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { DriftSummary } from './ReviewDrift.tsx';

type Format = InputOf<'suggestion.export'>['format'];

const formats: readonly { readonly format: Format; readonly label: string; readonly tip: string }[] = [
  { format: 'baskettrader', label: 'BasketTrader CSV', tip: 'Orders for IBKR’s BasketTrader' },
  { format: 'fix', label: 'FIX list', tip: 'FIX 4.4: NewOrderList (E), as text for staging' },
  {
    format: 'fix-multileg',
    label: 'FIX multileg',
    tip: 'FIX 4.4: NewOrderMultileg (AB), one order of all legs',
  },
  { format: 'sheet', label: 'Trade sheet', tip: 'A page to print' },
];

/** From its approval on the ticket can be written again, the same bytes every time. */
const exportable: readonly Suggestion['state'][] = ['approved', 'exported', 'part-filled', 'filled'];

/** Tickets of what was approved; the first export shows how prices moved since the review. */
export function ReviewExport(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const { state } = suggestion;
  const [asked, setAsked] = useState<Format | null>(null);
  const [isCancelling, setCancelling] = useState(false);
  const { exportSuggestion, tell } = useActions();
  const canExport = exportable.includes(state);
  const send = async (format: Format) => {
    setAsked(null);
    const made = await exportSuggestion(format);
    if (format === 'sheet' && made !== null && !printSheet(made.text))
      tell('failed', 'The window for the sheet was not allowed to open: open the saved file to print it.');
  };
  if (isCancelling) return <CancelLine suggestion={suggestion} onDone={() => setCancelling(false)} />;
  return (
    <>
      {formats.map(({ format, label, tip }, place) => (
        <button
          key={format}
          type="button"
          className={place === 0 && state === 'approved' ? 'primary' : ''}
          disabled={!canExport}
          data-tip={
            canExport
              ? `${tip}; the same bytes every time`
              : `It is ${state}: only an approved suggestion can be exported`
          }
          onClick={() => (state === 'approved' ? setAsked(format) : void send(format))}
        >
          {place === 0 ? `Export ${label}` : label}
        </button>
      ))}
      {(state === 'exported' || state === 'part-filled') && (
        <button
          type="button"
          data-tip="Withdraws what is open; its fills stay"
          onClick={() => setCancelling(true)}
        >
          Cancel the rest …
        </button>
      )}
      {asked !== null && (
        <ExportDialog
          suggestion={suggestion}
          onConfirm={() => void send(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function ExportDialog(props: {
  readonly suggestion: Suggestion;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { suggestionId, proposal } = props.suggestion;
  const drift = useWorkstation((state) => state.drift);
  const { loadDrift } = useActions();
  useEffect(() => void loadDrift(suggestionId), [suggestionId, loadDrift]);
  const missed = drift.value?.legs.filter((leg) => leg.limitTrades === false).length ?? 0;
  return (
    <Dialog
      title={`Export suggestion ${suggestionId} as it was reviewed`}
      confirm={missed === 0 ? 'Export' : 'Export all the same'}
      canConfirm={drift.status === 'ready' || drift.status === 'failed'}
      onConfirm={props.onConfirm}
      onClose={props.onClose}
    >
      <RemoteView remote={drift} what="the newest quotes">
        {(value) => <DriftSummary drift={value} currency={proposal.currency} />}
      </RemoteView>
      <p className="dim">
        The ticket holds the reviewed legs and limits; what moved since does not change it. The tab “Prices”
        shows every leg.
      </p>
    </Dialog>
  );
}

function CancelLine(props: { readonly suggestion: Suggestion; readonly onDone: () => void }): ReactNode {
  const { suggestion, onDone } = props;
  const [reason, setReason] = useState('');
  const { cancelSuggestion } = useActions();
  const said = reason.trim();
  return (
    <form
      className="leg-actions"
      onSubmit={(event) => {
        event.preventDefault();
        if (said === '') return;
        onDone();
        void cancelSuggestion(suggestion.suggestionId, said);
      }}
    >
      <input
        type="text"
        className="names"
        autoFocus
        maxLength={500}
        aria-label="Reason to cancel the rest"
        placeholder="Why is what is open cancelled?"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onDone();
        }}
      />
      <button type="submit" className="primary" disabled={said === ''}>
        Cancel the rest
      </button>
      <button type="button" onClick={onDone}>
        Back <kbd>Esc</kbd>
      </button>
    </form>
  );
}
