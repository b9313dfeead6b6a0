import { useState, type ReactNode } from 'react';
import type { Suggestion } from '../../../shared/contract/hedge.ts';
import { counted, date, instant, integer } from '../../format.ts';
import { obstaclesOf } from '../hedge/hedge-models.ts';
import { shortHash } from './review-columns.ts';
import { printSheet } from '../hedge/print-sheet.ts';
import { useActions } from '../workstation.ts';

type Mode = 'reading' | 'rejecting' | 'overriding';

/** What is under review, its state and hash, and the decisions on the whole: approve, reject, export. */
export function ReviewHead(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const { proposal, state, hash } = suggestion;
  const { tell } = useActions();
  const copy = async () => {
    await navigator.clipboard.writeText(hash);
    tell('done', 'The hash is copied.');
  };
  return (
    <div className="review-head">
      <strong>Suggestion {integer(suggestion.suggestionId)}</strong>
      <span className={`state-tag state-${state}`}>{state}</span>
      <span
        data-tip={`As of ${date(proposal.asOf)}; made ${instant(suggestion.createdAt)} with version ${suggestion.version}`}
      >
        {proposal.basket} v{integer(proposal.basketVersion)}, expiry {date(proposal.expiry)}
      </span>
      <button
        type="button"
        className="quiet mono"
        data-tip={`SHA-256 of inputs, legs, decisions, settings and version\n${hash}\nA click copies it`}
        aria-label="Copy the hash"
        onClick={() => void copy()}
      >
        #{shortHash(hash)}
      </button>
      {suggestion.approvedAt !== null && (
        <span className="dim">
          approved {instant(suggestion.approvedAt)}
          {suggestion.approvedBy === null ? '' : ` by ${suggestion.approvedBy}`}
        </span>
      )}
      <span className="spacer" />
      {state === 'draft' || state === 'reviewed' ? (
        <Decide suggestion={suggestion} />
      ) : (
        <Export suggestion={suggestion} />
      )}
    </div>
  );
}

function Decide(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const [mode, setMode] = useState<Mode>('reading');
  const [reason, setReason] = useState('');
  const { approveSuggestion, rejectSuggestion } = useActions();
  const { undecided, accepted, broken } = obstaclesOf(suggestion);
  const leave = () => {
    setMode('reading');
    setReason('');
  };
  if (mode !== 'reading')
    return (
      <form
        className="leg-actions"
        onSubmit={(event) => {
          event.preventDefault();
          const said = reason.trim();
          if (said === '') return;
          leave();
          if (mode === 'rejecting') void rejectSuggestion(said);
          else void approveSuggestion({ overrideReason: said, acceptUndecided: false });
        }}
      >
        <input
          type="text"
          className="names"
          autoFocus
          maxLength={500}
          aria-label={mode === 'rejecting' ? 'Reason to reject the suggestion' : 'Reason to override'}
          placeholder={
            mode === 'rejecting' ? 'Why is all of it rejected?' : `Why in spite of: ${broken[0] ?? ''}`
          }
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            leave();
          }}
        />
        <button type="submit" className="primary" disabled={reason.trim() === ''}>
          {mode === 'rejecting'
            ? 'Reject the suggestion'
            : `Override and approve: freezes ${counted(accepted, 'leg')}`}
        </button>
        <button type="button" onClick={leave}>
          Back <kbd>Esc</kbd>
        </button>
      </form>
    );
  const why =
    undecided > 0
      ? `${counted(undecided, 'leg')} undecided`
      : accepted === 0
        ? 'no leg is accepted'
        : broken.length > 0
          ? broken.join('\n')
          : null;
  return (
    <>
      {why !== null && (
        <span className="warning clip" data-tip={why}>
          △ {undecided > 0 || accepted === 0 ? why : `${counted(broken.length, 'limit or check')} in the way`}
        </span>
      )}
      {undecided > 0 && broken.length === 0 && (
        <button
          type="button"
          data-tip="Takes every undecided leg as accepted and approves; the hash is then that of the decisions"
          onClick={() => void approveSuggestion({ overrideReason: null, acceptUndecided: true })}
        >
          Accept {integer(undecided)}, approve
        </button>
      )}
      {undecided === 0 && accepted > 0 && broken.length > 0 && (
        <button type="button" onClick={() => setMode('overriding')}>
          Override …
        </button>
      )}
      <button
        type="button"
        className="primary"
        disabled={why !== null}
        data-tip={
          why === null
            ? `Nothing of it can be changed afterwards\n${suggestion.hash}`
            : `Cannot be approved: ${why}`
        }
        onClick={() => void approveSuggestion({ overrideReason: null, acceptUndecided: false })}
      >
        Approve: freezes {counted(accepted, 'leg')} with hash {shortHash(suggestion.hash)}
      </button>
      <button type="button" onClick={() => setMode('rejecting')}>
        Reject all …
      </button>
    </>
  );
}

/** From its approval on the ticket can be written again, the same bytes every time. */
const exportable: readonly Suggestion['state'][] = ['approved', 'exported', 'part-filled', 'filled'];

function Export(props: { readonly suggestion: Suggestion }): ReactNode {
  const { state } = props.suggestion;
  const { exportSuggestion, tell } = useActions();
  const canExport = exportable.includes(state);
  const tip = canExport
    ? { 'data-tip': 'The same bytes every time' }
    : { 'data-tip': `It is ${state}: only an approved suggestion can be exported` };
  const print = async () => {
    const sheet = await exportSuggestion('sheet');
    if (sheet !== null && !printSheet(sheet.text))
      tell('failed', 'The window for the sheet was not allowed to open: open the saved file to print it.');
  };
  return (
    <>
      <button
        type="button"
        className={state === 'approved' ? 'primary' : ''}
        disabled={!canExport}
        {...tip}
        onClick={() => void exportSuggestion('baskettrader')}
      >
        Export BasketTrader CSV
      </button>
      <button type="button" disabled={!canExport} {...tip} onClick={() => void exportSuggestion('fix')}>
        FIX
      </button>
      <button type="button" disabled={!canExport} {...tip} onClick={() => void print()}>
        Trade sheet
      </button>
    </>
  );
}
