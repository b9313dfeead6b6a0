import { useState, type ReactNode } from 'react';
import type { HedgeLeg } from '../../../shared/contract/hedge.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

export type LegMode = 'reading' | 'rejecting' | 'editing' | 'noting';

/** What can be done with the leg in front, each with its key. */
export function LegActions(props: {
  readonly leg: HedgeLeg;
  readonly mode: LegMode;
  readonly onMode: (mode: LegMode) => void;
  readonly currency: string;
}): ReactNode {
  const { leg, mode, onMode } = props;
  const { decideLeg, noteLeg, openReviewPane } = useActions();
  const done = () => onMode('reading');
  if (mode === 'rejecting')
    return (
      <TextLine
        label="Reason to reject the leg"
        placeholder="Why is it rejected?"
        button="Reject the leg"
        missing="A rejected leg needs a reason"
        onSend={(reason) => void decideLeg('rejected', reason)}
        onDone={done}
      />
    );
  if (mode === 'noting')
    return (
      <TextLine
        label="Note on the leg"
        placeholder="What is to be known about it? Empty takes the note away."
        button="Keep the note"
        start={leg.note ?? ''}
        onSend={(note) => void noteLeg(note)}
        onDone={done}
      />
    );
  if (mode === 'editing') return <EditLine leg={leg} currency={props.currency} onDone={done} />;
  return (
    <div className="leg-actions" role="group" aria-label="Decide on the leg">
      <button
        type="button"
        className={leg.decision === 'undecided' ? 'primary' : ''}
        aria-pressed={leg.decision === 'accepted'}
        onClick={() => void decideLeg('accepted', null)}
      >
        Accept <kbd>A</kbd>
      </button>
      <button type="button" aria-pressed={leg.decision === 'rejected'} onClick={() => onMode('rejecting')}>
        Reject <kbd>R</kbd>
      </button>
      <button type="button" onClick={() => onMode('editing')}>
        Edit <kbd>E</kbd>
      </button>
      <button
        type="button"
        data-tip="Another contract of the same name, from the chain"
        onClick={() => openReviewPane('replace')}
      >
        Replace <kbd>C</kbd>
      </button>
      <button type="button" onClick={() => onMode('noting')}>
        Note <kbd>N</kbd>
      </button>
    </div>
  );
}

/** Undo and redo of the review, saying what they would do. */
export function UndoRedo(): ReactNode {
  const trail = useWorkstation((state) => state.reviewTrail);
  const { undoReview, redoReview } = useActions();
  const [undo, redo] = [trail?.undo ?? null, trail?.redo ?? null];
  return (
    <>
      <button
        type="button"
        className="quiet"
        disabled={undo === null}
        data-tip={undo === null ? 'Nothing was changed yet' : `Takes back: ${undo}\nU or Ctrl/⌘ Z`}
        onClick={() => void undoReview()}
      >
        Undo <kbd>U</kbd>
      </button>
      <button
        type="button"
        className="quiet"
        disabled={redo === null}
        data-tip={redo === null ? 'Nothing was taken back' : `Makes again: ${redo}\nCtrl/⌘ Shift Z`}
        onClick={() => void redoReview()}
      >
        Redo
      </button>
    </>
  );
}

function TextLine(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly button: string;
  /** Why an empty text cannot be sent; absent: it can. */
  readonly missing?: string;
  readonly start?: string;
  readonly onSend: (text: string) => void;
  readonly onDone: () => void;
}): ReactNode {
  const [text, setText] = useState(props.start ?? '');
  const said = text.trim();
  const isMissing = props.missing !== undefined && said === '';
  return (
    <form
      className="leg-actions"
      onSubmit={(event) => {
        event.preventDefault();
        if (isMissing) return;
        props.onDone();
        props.onSend(said);
      }}
    >
      <input
        type="text"
        className="names"
        aria-label={props.label}
        placeholder={props.placeholder}
        autoFocus
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          props.onDone();
        }}
      />
      <button
        type="submit"
        className="primary"
        disabled={isMissing}
        {...(isMissing ? { 'data-tip': props.missing } : {})}
      >
        {props.button}
      </button>
      <button type="button" onClick={props.onDone}>
        Back <kbd>Esc</kbd>
      </button>
    </form>
  );
}

function EditLine(props: {
  readonly leg: HedgeLeg;
  readonly currency: string;
  readonly onDone: () => void;
}): ReactNode {
  const { leg } = props;
  const { editLeg } = useActions();
  const [quantity, setQuantity] = useState(leg.quantity);
  const [limit, setLimit] = useState(leg.price);
  return (
    <form
      className="leg-actions"
      onSubmit={(event) => {
        event.preventDefault();
        props.onDone();
        if (quantity !== leg.quantity || limit !== leg.price) void editLeg(quantity, limit);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        props.onDone();
      }}
    >
      <NumberField
        label="Quantity"
        kind="integer"
        unit="contracts"
        least={0}
        width={5}
        autoFocus
        value={quantity}
        onChange={setQuantity}
      />
      <span>at</span>
      <NumberField
        label="Limit price"
        kind="decimal"
        digits={2}
        unit={props.currency}
        least={0}
        width={7}
        value={limit}
        onChange={setLimit}
      />
      <button type="submit" className="primary">
        Take over
      </button>
      <button type="button" onClick={props.onDone}>
        Back <kbd>Esc</kbd>
      </button>
    </form>
  );
}
