import { useEffect, useMemo, type ReactNode } from 'react';
import { createHeatMap, type HeatMapModel } from '../../charts/heat-map.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { integer } from '../../format.ts';
import { scenarioRevision } from '../../state/scenario.ts';
import { gridMeasures, scenarioChoices } from '../../state/scenario-choices.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { AxisField } from './AxisField.tsx';
import { measureWords } from './axis-words.ts';
import { gridModel, gridParts } from './grid-models.ts';
import { useScenarioCurrency } from './use-scenario-currency.ts';

const measureChoices = gridMeasures.map((value) => ({ value, label: measureWords[value].label }));

/** Two shocks against each other on top of the one in force, every node a full revaluation. */
export function GridTab(): ReactNode {
  const grid = useWorkstation((state) => state.scenarioGrid);
  const axes = useWorkstation((state) => state.gridAxes);
  const { axisA, axisB, measure, part } = useWorkstation(scenarioChoices);
  const revision = useWorkstation(scenarioRevision);
  const currency = useScenarioCurrency();
  const { loadScenarioGrid, cancelScenarioGrid, chooseScenarioView } = useActions();
  useEffect(() => {
    if (revision !== '') void loadScenarioGrid();
  }, [revision, axisA, axisB, loadScenarioGrid]);
  const model = useMemo(
    () =>
      grid.value === null || axes === null
        ? null
        : gridModel({ grid: grid.value, axes, measure, part, currency }),
    [grid.value, axes, measure, part, currency],
  );
  const parts = grid.value === null ? [] : gridParts(grid.value);
  return (
    <>
      <div className="toolbar">
        <AxisField label="Down" value={axisA} onChange={(next) => chooseScenarioView({ axisA: next })} />
        <AxisField label="Across" value={axisB} onChange={(next) => chooseScenarioView({ axisB: next })} />
        <button
          type="button"
          className="quiet"
          data-tip="Change the two over"
          onClick={() => chooseScenarioView({ axisA: axisB, axisB: axisA })}
        >
          ⇄
        </button>
      </div>
      <RemoteView
        remote={grid}
        what="the grid"
        onCancel={cancelScenarioGrid}
        onRetry={() => void loadScenarioGrid()}
      >
        {(value) => (
          <ChartPane<HeatMapModel>
            title={`${measureWords[measure].label}, ${measureWords[measure].unit(currency)}`}
            tip="Every node reprices the book in full; arrows walk the nodes, Ctrl/⌘ with the wheel enlarges them"
            create={createHeatMap}
            model={model}
            empty="The grid was cancelled."
            tools={
              <>
                <span className="dim">{integer(value.valuations)} valuations</span>
                <select
                  aria-label="Part of the book"
                  value={parts.some((one) => one.key === part) ? part : 'all'}
                  onChange={(event) => chooseScenarioView({ part: event.target.value })}
                >
                  {parts.map((one) => (
                    <option key={one.key} value={one.key}>
                      {one.label}
                    </option>
                  ))}
                </select>
                <Segmented
                  label="Measure"
                  choices={measureChoices}
                  value={measure}
                  onChange={(next) => chooseScenarioView({ measure: next })}
                />
              </>
            }
          />
        )}
      </RemoteView>
    </>
  );
}
