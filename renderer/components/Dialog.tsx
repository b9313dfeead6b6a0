import { useEffect, useRef, type ReactNode } from 'react';

/** A question that must be answered before anything else: keyboard stays inside, Esc leaves it. */
export function Dialog(props: {
  readonly title: string;
  readonly confirm: string;
  readonly canConfirm: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What leaving is called; `Cancel` where nothing was done yet. */
  readonly dismiss?: string;
  /** Room for a table. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { title, confirm, canConfirm, onConfirm, onClose, children } = props;
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog
      ref={box}
      className={props.wide === true ? 'dialog wide' : 'dialog'}
      aria-label={title}
      onClose={onClose}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (canConfirm) onConfirm();
        }}
      >
        <h2>{title}</h2>
        <div className="dialog-body">{children}</div>
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {props.dismiss ?? 'Cancel'}
          </button>
          <button type="submit" className="primary" disabled={!canConfirm}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
