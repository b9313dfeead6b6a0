import { useEffect, type ReactNode } from 'react';
import type { ReassessDifference, ReassessSchedule } from '../../../shared/contract/reassess.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date, integer, signedPercent } from '../../format.ts';
import { savedBasketInFront } from '../../state/hedge.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { changeColumns, runColumns } from './log-columns.ts';
import { ruleTitle, thresholdLabel } from './reassess-rules.ts';
import { prose } from '../../prose.ts';

/** Every look that was kept, what changed from one to the next, and when the next is due. */
export function ReassessLog(): ReactNode {
  const runs = useWorkstation((state) => state.reassessRuns);
  const chosen = useWorkstation((state) => state.reassessRunId);
  const difference = useWorkstation((state) => state.reassessDifference);
  const name = useWorkstation((state) => savedBasketInFront(state)?.name ?? null);
  const { loadReassessLog, chooseReassessRun } = useActions();
  useEffect(() => void loadReassessLog(), [name, loadReassessLog]);
  return (
    <RememberedSplit
      name="reassess.log"
      direction="column"
      share={0.45}
      first={
        <>
          <Schedule />
          <RemoteView
            remote={runs}
            what="the log"
            onRetry={() => void loadReassessLog()}
            isEmpty={(value) => value.runs.length === 0}
            empty={<p>No look was kept yet: keep the one of now, or wait for the next import.</p>}
          >
            {(value) => (
              <GridPane
                title={`Looks that were kept: ${counted(value.runs.length, 'run')}`}
                name="reassess.runs"
                columns={runColumns}
                rows={value.runs}
                rowId={(run) => String(run.runId)}
                selectedId={chosen === null ? null : String(chosen)}
                onSelect={(run) => void chooseReassessRun(run.runId)}
              />
            )}
          </RemoteView>
        </>
      }
      second={
        <RemoteView
          remote={difference}
          what="what changed"
          isEmpty={(value) => value === null}
          empty={<p>It is the first look: there is none before it.</p>}
        >
          {(value) => (value === null ? null : <Difference difference={value} />)}
        </RemoteView>
      }
    />
  );
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;

function Schedule(): ReactNode {
  const due = useWorkstation((state) => {
    const name = savedBasketInFront(state)?.name;
    return state.reassessDue.find((one) => one.basket === name) ?? null;
  });
  const { setReassessSchedule } = useActions();
  if (due === null) return null;
  const { schedule } = due;
  const change = (part: Partial<ReassessSchedule>) => void setReassessSchedule({ ...schedule, ...part });
  return (
    <div className="toolbar">
      <label>
        Look again
        <select
          aria-label="Schedule"
          value={schedule.kind}
          onChange={(event) => change({ kind: event.target.value as ReassessSchedule['kind'] })}
        >
          <option value="off">only on events</option>
          <option value="sessions">every so many sessions</option>
          <option value="weekly">every week</option>
        </select>
      </label>
      {schedule.kind === 'sessions' && (
        <NumberField
          label="Sessions between looks"
          kind="integer"
          unit="sessions"
          least={1}
          most={250}
          width={3}
          value={schedule.every}
          onChange={(every) => change({ every })}
        />
      )}
      {schedule.kind === 'weekly' && (
        <select
          aria-label="Weekday"
          value={schedule.weekday}
          onChange={(event) => change({ weekday: Number(event.target.value) })}
        >
          {weekdays.map((day, at) => (
            <option key={day} value={at + 1}>
              {day}
            </option>
          ))}
        </select>
      )}
      <span className={due.due ? 'warning' : 'dim'}>
        {due.due ? '△ ' : ''}
        {prose(due.sentence)}
      </span>
    </div>
  );
}

function Difference(props: { readonly difference: ReassessDifference }): ReactNode {
  const { difference } = props;
  const { before, after, nowFired, nowQuiet, legs, rules } = difference;
  const told = legs.filter((leg) => leg.change !== 'numbers').length;
  return (
    <Panel
      title={`Run ${integer(after.runId)} against run ${integer(before.runId)}: ${counted(told, 'leg')} decided or held otherwise`}
      tip="Legs of which only numbers moved stand too; those that are the same do not"
    >
      <div className="leg-why">
        {date(before.asOf)} → {date(after.asOf)}; net delta {signedPercent(before.netDeltaFraction, 2)} % →{' '}
        <strong>{signedPercent(after.netDeltaFraction, 2)} %</strong>
        {rules.length > 0 &&
          `; thresholds asked otherwise: ${rules.map((rule) => `${thresholdLabel(rule.name)} ${rule.before} → ${rule.after}`).join(', ')}`}
      </div>
      {nowFired.map((one) => (
        <div className="note-line" key={one.rule}>
          <span aria-hidden="true">▲</span>
          <span>
            {ruleTitle(one.rule)} fires now: {prose(one.reason)}
          </span>
        </div>
      ))}
      {nowQuiet.map((one) => (
        <p className="leg-why dim" key={one.rule}>
          ✓ {ruleTitle(one.rule)} fell quiet: {prose(one.reason)}
        </p>
      ))}
      <GridPane
        bare
        title="Legs that changed"
        name="reassess.changes"
        columns={changeColumns}
        rows={legs}
        rowId={(leg) => leg.leg}
        emptyText="Every leg is as it was."
      />
    </Panel>
  );
}
