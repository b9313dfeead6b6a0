import { useEffect, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { scenarioIdInFront } from '../../state/scenario.ts';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { BranchTree } from './BranchTree.tsx';
import { Differences } from './Differences.tsx';
import { ScenarioDesk } from './ScenarioDesk.tsx';
import { ShockForm } from './ShockForm.tsx';

/** What-if sessions on a frozen copy of the book: branches, shocks, and what they come to. */
export function Scenarios(): ReactNode {
  return (
    <NeedsData>
      <Sessions />
    </NeedsData>
  );
}

function Sessions(): ReactNode {
  const scenarioId = useWorkstation(scenarioIdInFront);
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'scenarios.changed' ? state.lastEvent.count : 0,
  );
  const open = useWorkstation((state) => state.scenarioOpen);
  const { loadScenarios, loadScenario, undoScenario, redoScenario } = useActions();
  useEffect(() => void loadScenarios(), [announced, loadScenarios]);
  useEffect(() => void loadScenario(), [scenarioId, announced, loadScenario]);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const inField =
        event.target instanceof Element &&
        event.target.closest('input, select, textarea, dialog, [role="dialog"]') !== null;
      if (!(event.ctrlKey || event.metaKey) || event.altKey || inField || event.defaultPrevented) return;
      if (key === 'z' && !event.shiftKey) void undoScenario();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) void redoScenario();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, [undoScenario, redoScenario]);
  if (scenarioId === null)
    return (
      <RememberedSplit
        name="scenarios"
        direction="row"
        share={0.25}
        first={<BranchTree />}
        second={<NoSession />}
      />
    );
  return (
    <RememberedSplit
      name="scenarios"
      direction="row"
      share={0.265}
      first={
        <RememberedSplit
          name="scenarios.tree"
          direction="column"
          share={0.17}
          first={<BranchTree />}
          second={
            <RememberedSplit
              name="scenarios.form"
              direction="column"
              share={0.7}
              first={<ShockForm />}
              second={<Differences />}
            />
          }
        />
      }
      second={
        <RemoteView remote={open} what="the scenario" onRetry={() => void loadScenario()}>
          {(value) => <ScenarioDesk open={value} />}
        </RemoteView>
      }
    />
  );
}

function NoSession(): ReactNode {
  return (
    <div className="welcome">
      <p>
        No scenario yet: “New from book” freezes positions, quotes and surfaces as they stand, and whatever
        you do to the copy leaves the live book alone.
      </p>
    </div>
  );
}
