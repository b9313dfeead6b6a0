import { useState, type ReactNode } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { TicketRow } from '../parts/TicketRow.tsx';

/** Asks for a name that nobody has yet, and where wished for a note. */
export function NameDialog(props: {
  readonly title: string;
  readonly confirm: string;
  readonly name: string;
  readonly note?: string;
  readonly withNote?: boolean;
  /** Names that are in use; case and spaces at the ends do not tell them apart. */
  readonly taken: readonly string[];
  readonly onName: (name: string, note: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { title, confirm, taken, onName, onClose } = props;
  const [name, setName] = useState(props.name);
  const [note, setNote] = useState(props.note ?? '');
  const isTaken = taken.some((one) => one.trim().toLowerCase() === name.trim().toLowerCase());
  return (
    <Dialog
      title={title}
      confirm={confirm}
      canConfirm={name.trim() !== '' && !isTaken}
      onConfirm={() => {
        onName(name.trim(), note.trim());
        onClose();
      }}
      onClose={onClose}
    >
      <TicketRow label="Name">
        <input
          aria-label="Name"
          autoFocus
          maxLength={120}
          size={34}
          value={name}
          aria-invalid={isTaken}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        {isTaken && <span className="error">There is one of this name.</span>}
      </TicketRow>
      {props.withNote === true && (
        <TicketRow label="Note">
          <input
            aria-label="Note"
            size={34}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </TicketRow>
      )}
    </Dialog>
  );
}
