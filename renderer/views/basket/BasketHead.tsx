import { useState, type ReactNode } from 'react';
import type { BasketResult } from '../../../shared/contract/basket.ts';
import { Checklist } from '../../components/Checklist.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Facts } from '../../components/Facts.tsx';
import { counted, decimal, integer, money, none, percent } from '../../format.ts';
import { indexInFront, unmetRules } from '../../state/basket.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** The basket in front in one line: which it is, how well it tracks, and saving it. */
export function BasketHead(props: { readonly currency: string }): ReactNode {
  const result = useWorkstation((state) => state.basketResult.value);
  const shown = useWorkstation((state) => state.basketShown);
  if (result === null) return null;
  const { inSample, holdout } = result;
  return (
    <div className="toolbar">
      <Facts
        label="The basket in front"
        facts={[
          {
            label: shown === null ? 'Not saved' : 'Saved',
            value: shown === null ? result.index : `${shown.name} ${integer(shown.version)}`,
            tone: shown === null ? 'warning' : 'strong',
            tip: shown === null ? 'Built, not saved: save it as a version to hedge it' : 'Name and version',
          },
          {
            label: 'r²',
            value: decimal(inSample.rSquared, 4),
            tone: 'strong',
            tip: 'Share of the index’s variance explained in sample, whole lots included',
          },
          {
            label: 'holdout',
            value: holdout === null ? none : decimal(holdout.rSquared, 4),
            tone: holdout === null ? 'dim' : 'strong',
            tip:
              holdout === null
                ? 'No holdout was set: name its first day among the rules.'
                : 'r² over the days that took no part in the fit',
          },
          {
            label: 'Tracking error',
            value: percent(inSample.trackingError, 2),
            unit: '% a year',
            tip: 'Standard deviation of the return difference in sample',
          },
          { label: 'Value', value: money(result.notional), unit: props.currency },
        ]}
      />
      <span className="push" />
      <SaveBasket result={result} />
    </div>
  );
}

function SaveBasket(props: { readonly result: BasketResult }): ReactNode {
  const [basket, shown] = useWorkstation((state) => [state.basket, state.basketShown]);
  const index = useWorkstation(indexInFront);
  const { saveBasket, openView } = useActions();
  const [name, setName] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const isOfIndex = useWorkstation(
    (state) =>
      state.baskets.value?.baskets.some((item) => item.name === basket && item.result.index === index) ??
      false,
  );
  const typed = (name ?? (isOfIndex ? basket : null) ?? `${index ?? ''} basket`).trim();
  const unmet = unmetRules(props.result);
  const save = () => {
    if (typed === '') return;
    if (unmet.length > 0) setIsAsking(true);
    else void saveBasket(typed);
  };
  const isSaved = shown?.name === typed;
  return (
    <>
      <input
        type="text"
        className="search"
        aria-label="Name of the basket"
        value={name ?? typed}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      <button
        type="button"
        className={shown === null ? 'primary' : ''}
        disabled={typed === '' || isSaved}
        data-tip={
          isSaved
            ? 'What is shown is saved under this name'
            : unmet.length > 0
              ? `A new version; ${counted(unmet.length, 'rule')} not met: a reason is asked for`
              : 'A new version under this name; earlier versions stay'
        }
        onClick={save}
      >
        {unmet.length > 0 ? '▲ Save version' : 'Save version'}
      </button>
      {!isSaved && (
        <button
          type="button"
          className="quiet"
          data-tip="Save a version with a few words beside it"
          onClick={() => setIsAsking(true)}
        >
          Note
        </button>
      )}
      {shown !== null && (
        <button type="button" className="primary" onClick={() => openView('hedge')}>
          Hedge it
        </button>
      )}
      {isAsking && (
        <SaveDialog
          name={typed}
          unmet={unmet}
          onClose={() => setIsAsking(false)}
          onSave={(words) => {
            setIsAsking(false);
            void saveBasket(typed, words);
          }}
        />
      )}
    </>
  );
}

/** Words that a version keeps: a note, and the reason where rules are not met. */
function SaveDialog(props: {
  readonly name: string;
  readonly unmet: BasketResult['checks'];
  readonly onClose: () => void;
  readonly onSave: (words: { readonly note?: string; readonly acceptance?: string }) => void;
}): ReactNode {
  const { name, unmet } = props;
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const needsReason = unmet.length > 0;
  return (
    <Dialog
      title={needsReason ? `${name} does not meet ${counted(unmet.length, 'rule')}` : `Save ${name}`}
      confirm={needsReason ? 'Accept and save' : 'Save version'}
      canConfirm={!needsReason || reason.trim() !== ''}
      onConfirm={() =>
        props.onSave({
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...(needsReason ? { acceptance: reason.trim() } : {}),
        })
      }
      onClose={props.onClose}
    >
      {needsReason && (
        <>
          <Checklist
            label="Rules not met"
            items={unmet.map((check) => ({
              id: check.rule,
              state: 'failed',
              text: `${check.rule}: ${check.limit}`,
              detail: check.value,
            }))}
          />
          <label>
            Why it is accepted; the reason is kept with the version and in the audit
            <input
              type="text"
              autoFocus
              value={reason}
              maxLength={400}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        </>
      )}
      <label>
        Note, if any
        <input
          type="text"
          autoFocus={!needsReason}
          value={note}
          maxLength={400}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
    </Dialog>
  );
}
