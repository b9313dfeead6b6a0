import { useState, type ReactNode } from 'react';
import type { Suggestion } from '../../../shared/contract/hedge.ts';
import { counted, integer } from '../../format.ts';
import { obstaclesOf } from '../hedge/hedge-models.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { shortHash } from './review-columns.ts';

type Mode = 'reading' | 'rejecting' | 'overriding';

/** The decisions on the whole of a draft: approve, override with a reason, reject with a reason. */
export function ReviewDecide(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const [mode, setMode] = useState<Mode>('reading');
  const [reason, setReason] = useState('');
  const { approveSuggestion, rejectSuggestion } = useActions();
  const needsSecond = useWorkstation((state) => state.needsSecondPerson);
  const savedBy = useWorkstation((state) => state.reviewTrail?.events[0]?.actor ?? null);
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
      <SecondPerson savedBy={savedBy} isNeeded={needsSecond} />
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
        Approve: freezes {counted(accepted, 'leg')} #{shortHash(suggestion.hash)}
      </button>
      <button type="button" onClick={() => setMode('rejecting')}>
        Reject all …
      </button>
    </>
  );
}

/** Whether another person must approve than who saved, and who that was; kept with the desk. */
function SecondPerson(props: { readonly savedBy: string | null; readonly isNeeded: boolean }): ReactNode {
  const { savedBy, isNeeded } = props;
  const { setSecondPerson } = useActions();
  const who = savedBy === null ? 'who saved it' : savedBy;
  return (
    <label
      className="tool-label dim"
      data-tip={
        isNeeded
          ? `Saved by ${who}: another person signs it, from their own login`
          : 'Ask for a second person: who saved a suggestion cannot approve it'
      }
    >
      <input
        type="checkbox"
        checked={isNeeded}
        onChange={(event) => void setSecondPerson(event.target.checked)}
      />
      two persons{isNeeded && savedBy !== null ? `, not ${savedBy}` : ''}
    </label>
  );
}
