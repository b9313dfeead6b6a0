import { useEffect, type ReactNode } from 'react';
import { useActions, useWorkstation } from '../workstation.ts';

/** Views whose own steps Ctrl Z takes back. */
const ownUndo: readonly string[] = ['review', 'scenarios'];

/** The edit that undo would take and the one that redo would bring, as buttons and by Ctrl/⌘ Z. */
export function UndoState(): ReactNode {
  const edits = useWorkstation((state) => state.edits.value);
  const [view, revision, lastEvent] = useWorkstation((state) => [
    state.view,
    state.desk.value?.dataRevision ?? 0,
    state.lastEvent?.event.type === 'edits.changed' ? state.lastEvent.count : 0,
  ]);
  const { loadEdits, undoEdit, redoEdit } = useActions();
  useEffect(() => void loadEdits(), [revision, lastEvent, loadEdits]);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const inField =
        event.target instanceof Element &&
        event.target.closest('input, select, textarea, dialog, [role="dialog"]') !== null;
      if (!(event.ctrlKey || event.metaKey) || event.altKey || inField || event.defaultPrevented) return;
      if (ownUndo.includes(view)) return;
      if (key === 'z' && !event.shiftKey) void undoEdit();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) void redoEdit();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, [view, undoEdit, redoEdit]);
  const { undo = null, redo = null } = edits ?? {};
  return (
    <span className="undo-state">
      <button
        type="button"
        className="quiet"
        disabled={undo === null}
        data-tip={undo === null ? 'Nothing to undo' : `Undo: ${undo.title} (Ctrl/⌘ Z)`}
        onClick={() => void undoEdit()}
      >
        ↶ {undo === null ? 'Undo' : shortened(undo.title)}
      </button>
      {redo !== null && (
        <button
          type="button"
          className="quiet"
          data-tip={`Redo: ${redo.title} (Ctrl/⌘ Shift Z)`}
          onClick={() => void redoEdit()}
        >
          ↷ {shortened(redo.title)}
        </button>
      )}
    </span>
  );
}

const longest = 28;
const shortened = (title: string): string =>
  title.length <= longest ? title : `${title.slice(0, longest - 1).trimEnd()}…`;
