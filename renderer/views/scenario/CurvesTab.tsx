import { useEffect, useMemo, type ReactNode } from 'react';
import { addDays } from '../../../shared/dates.ts';
import { createLineChart, type LineModel } from '../../charts/line-chart.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date } from '../../format.ts';
import { scenarioRevision } from '../../state/scenario.ts';
import { gridMeasures, scenarioChoices } from '../../state/scenario-choices.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { AxisField } from './AxisField.tsx';
import { measureWords } from './axis-words.ts';
import { curveModel } from './grid-models.ts';
import { curveDays, sessionsAfter } from './shock-models.ts';
import { useScenarioCurrency } from './use-scenario-currency.ts';

const measureChoices = gridMeasures.map((value) => ({ value, label: measureWords[value].label }));
const farthest = 252;

/** Profit against one shock on several dates; the slider steps trading days. */
export function CurvesTab(): ReactNode {
  const curve = useWorkstation((state) => state.scenarioCurve);
  const axis = useWorkstation((state) => state.curveAxis);
  const { axisCurve, sessionsAhead, measure } = useWorkstation(scenarioChoices);
  const revision = useWorkstation(scenarioRevision);
  const day = useWorkstation((state) => state.scenarioOpen.value?.head.date ?? null);
  const forward = useWorkstation((state) => state.scenarioOpen.value?.shock?.daysForward ?? 0);
  const currency = useScenarioCurrency();
  const { loadScenarioCurve, cancelScenarioCurve, chooseScenarioView } = useActions();
  const sessions = useMemo(
    () => (day === null ? [] : sessionsAfter(day, currency, farthest)),
    [day, currency],
  );
  useEffect(() => {
    if (revision !== '' && sessions.length > 0) void loadScenarioCurve(curveDays(sessions, sessionsAhead));
  }, [revision, sessions, sessionsAhead, axisCurve, loadScenarioCurve]);
  const model = useMemo(
    () =>
      curve.value === null || axis === null
        ? null
        : curveModel({ curve: curve.value, axis, measure, currency }),
    [curve.value, axis, measure, currency],
  );
  const last = sessions[Math.min(sessionsAhead, sessions.length - 1)];
  return (
    <>
      <div className="toolbar">
        <AxisField
          label="Against"
          value={axisCurve}
          onChange={(next) => chooseScenarioView({ axisCurve: next })}
        />
      </div>
      <div className="toolbar">
        <label className="date-slider">
          Up to
          <input
            type="range"
            aria-label="Last date"
            data-tip="Steps trading days; arrow keys step one"
            min={1}
            max={sessions.length - 1}
            value={Math.min(sessionsAhead, sessions.length - 1)}
            onChange={(event) => chooseScenarioView({ sessionsAhead: Number(event.target.value) })}
          />
          <b>{last === undefined ? '' : date(addDays(last.date, forward))}</b>
          <span>
            {counted(Math.min(sessionsAhead, sessions.length - 1), 'session')}
            {forward > 0 && `, after the ${counted(forward, 'day')} of the shock`}
          </span>
        </label>
      </div>
      <RemoteView
        remote={curve}
        what="the curves"
        onCancel={cancelScenarioCurve}
        onRetry={() => sessions.length > 0 && void loadScenarioCurve(curveDays(sessions, sessionsAhead))}
      >
        {() => (
          <ChartPane<LineModel>
            title={`${measureWords[measure].label} by date, ${measureWords[measure].unit(currency)}`}
            tip="Each line reprices the book in full on its date; the thick one is the date of the slider"
            create={createLineChart}
            model={model}
            tools={
              <Segmented
                label="Measure"
                choices={measureChoices}
                value={measure}
                onChange={(next) => chooseScenarioView({ measure: next })}
              />
            }
          />
        )}
      </RemoteView>
    </>
  );
}
