import type { ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** What a view needs before it can show anything: a desk that holds data. */
export function NeedsData(props: { readonly children: ReactNode }): ReactNode {
  const desk = useWorkstation((state) => state.desk);
  const { loadDesk } = useActions();
  return (
    <RemoteView
      remote={desk}
      what="the desk"
      onRetry={() => void loadDesk()}
      isEmpty={(info) => info.isEmpty}
      empty={<Welcome />}
    >
      {() => props.children}
    </RemoteView>
  );
}

/** An empty desk: one sentence, one action, and the demo market. */
export function Welcome(): ReactNode {
  const jobs = useWorkstation((state) => state.jobs.length);
  const { openView, openDemoMarket } = useActions();
  return (
    <div className="welcome">
      <p>This desk is empty: import option chains, daily prices and index weights to begin.</p>
      <div className="actions">
        <button type="button" className="primary" onClick={() => openView('imports')}>
          Import files
        </button>
        <button type="button" disabled={jobs > 0} onClick={() => void openDemoMarket()}>
          Open the demo market
        </button>
      </div>
    </div>
  );
}
