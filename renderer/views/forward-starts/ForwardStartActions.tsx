import { useState, type ReactNode } from 'react';
import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import { ContractActions } from '../contracts/ContractActions.tsx';
import { FixingDialog } from './FixingDialog.tsx';
import { ExerciseDialog, MarkDialog } from './LifeDialogs.tsx';
import { RollDialog } from './RollDialog.tsx';

type Question = 'fix' | 'exercise' | 'mark' | 'roll';

/** What can be done to a forward-start contract at this point of its life. A person confirms each. */
export function ForwardStartActions(props: { readonly contract: ForwardStartValue | null }): ReactNode {
  const { contract } = props;
  const [asked, setAsked] = useState<Question | null>(null);
  const close = () => setAsked(null);
  if (contract === null) return <span className="dim">choose a row to fix, roll, settle or remove</span>;
  const { state, terms } = contract;
  const isFixed = state === 'live' || state === 'settling';
  return (
    <>
      {state === 'fixing-due' && (
        <button
          type="button"
          className="primary"
          data-tip="Confirm the level that fixes the strike, from the stored prices"
          onClick={() => setAsked('fix')}
        >
          Fix strike…
        </button>
      )}
      {state === 'exercise-due' && (
        <button type="button" className="primary" onClick={() => setAsked('exercise')}>
          Use the right…
        </button>
      )}
      {isFixed && (
        <button
          type="button"
          className="quiet"
          data-tip="See the fixings so far, or enter it again with a reason"
          onClick={() => setAsked('fix')}
        >
          Fixing…
        </button>
      )}
      {state === 'anticipatory' && terms.option === null && (
        <button
          type="button"
          className="quiet"
          data-tip="Leave it before its strike is fixed and enter the next one"
          onClick={() => setAsked('roll')}
        >
          Roll…
        </button>
      )}
      {state !== 'settled' && (
        <button
          type="button"
          className="quiet"
          data-tip="Carry and discount factor by hand"
          onClick={() => setAsked('mark')}
        >
          Factors…
        </button>
      )}
      <ContractActions contract={contract} kind="forward-start" />
      {asked === 'fix' && <FixingDialog contract={contract} onClose={close} />}
      {asked === 'exercise' && <ExerciseDialog contract={contract} onClose={close} />}
      {asked === 'mark' && <MarkDialog contract={contract} onClose={close} />}
      {asked === 'roll' && <RollDialog contract={contract} onClose={close} />}
    </>
  );
}
