import { useEffect, type ReactNode } from 'react';
import { savedVersionInFront, type BasketPane } from '../../state/basket-desk.ts';
import { driftAlert } from './desk-models.ts';
import { ComparePane } from './ComparePane.tsx';
import { DriftPane } from './DriftPane.tsx';
import { FrontierPane } from './FrontierPane.tsx';
import { SavedPane } from './SavedPane.tsx';
import { TradesPane } from './TradesPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** What lies under the basket: kept versions, the frontier, two versions compared, trades, drift. */
export function BasketDesk(props: { readonly currency: string }): ReactNode {
  const pane = useWorkstation((state) => state.basketPane);
  const panes = {
    saved: () => <SavedPane />,
    frontier: () => <FrontierPane />,
    compare: () => <ComparePane />,
    trades: () => <TradesPane currency={props.currency} />,
    drift: () => <DriftPane />,
  } satisfies Record<BasketPane, () => ReactNode>;
  return panes[pane]();
}

/** Keeps the drift of the saved basket in front known, and says in the head when one of its rules broke. */
export function DriftLine(): ReactNode {
  const version = useWorkstation(savedVersionInFront);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const drift = useWorkstation((state) => state.basketDrift.value);
  const { loadBasketDrift, showBasketPane } = useActions();
  useEffect(() => void loadBasketDrift(), [version?.name, version?.version, asOf, revision, loadBasketDrift]);
  const alert = drift === null ? null : driftAlert(drift);
  if (alert === null) return null;
  const isBroken = alert.state === 'broken';
  return (
    <div className={isBroken ? 'failure-line' : 'note-line'} role={isBroken ? 'alert' : 'status'}>
      <span aria-hidden="true">{isBroken ? '▲' : '△'}</span>
      <span>{alert.sentence}</span>
      <button type="button" onClick={() => showBasketPane('drift')}>
        Show drift
      </button>
    </div>
  );
}
