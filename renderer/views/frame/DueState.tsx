import { useEffect, type ReactNode } from 'react';
import { counted } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** What makes another look at a hedge due, or done. */
const causes: ReadonlySet<string> = new Set([
  'reassessments.changed',
  'suggestions.changed',
  'baskets.changed',
]);

/** Hedges that are to be looked at again; nothing where none is. */
export function DueState(): ReactNode {
  const due = useWorkstation((state) => state.reassessDue.filter((one) => one.due));
  const revision = useWorkstation((state) => state.desk.value?.dataRevision ?? null);
  const announced = useWorkstation((state) =>
    state.lastEvent !== null && causes.has(state.lastEvent.event.type) ? state.lastEvent.count : 0,
  );
  const { loadReassessDue, focus, openView } = useActions();
  useEffect(() => {
    if (revision !== null) void loadReassessDue();
  }, [revision, announced, loadReassessDue]);
  const [first] = due;
  if (first === undefined) return null;
  return (
    <button
      type="button"
      className="quiet warning"
      data-tip={due.map((one) => `${one.basket}: ${one.sentence}`).join('\n')}
      onClick={() => {
        focus({ basket: first.basket });
        openView('reassess');
      }}
    >
      <span aria-hidden="true">△</span> re-assess{' '}
      {due.length === 1 ? first.basket : counted(due.length, 'hedge')}
    </button>
  );
}
