import { useEffect, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { scenarioRevision } from '../../state/scenario.ts';
import { ExplainTable } from '../profit/ExplainTable.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { useScenarioCurrency } from './use-scenario-currency.ts';

/** Where the difference between the frozen book and the session under its shock comes from. */
export function ExplainTab(): ReactNode {
  const remote = useWorkstation((state) => state.scenarioExplained);
  const revision = useWorkstation(scenarioRevision);
  const currency = useScenarioCurrency();
  const { loadScenarioExplained } = useActions();
  useEffect(() => {
    if (revision !== '') void loadScenarioExplained();
  }, [revision, loadScenarioExplained]);
  return (
    <RemoteView remote={remote} what="the explanation" onRetry={() => void loadScenarioExplained()}>
      {(value) => (
        <ExplainTable
          name="scenarios.explain"
          title="From the frozen book to this scenario"
          explained={value}
          currency={currency}
        />
      )}
    </RemoteView>
  );
}
