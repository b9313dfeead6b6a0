import { useEffect, type ReactNode } from 'react';
import { counted, integer } from '../../format.ts';
import type { Job } from '../../state/jobs.ts';
import { DueState } from './DueState.tsx';
import { UndoState } from './UndoState.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { prose } from '../../prose.ts';

const noticeTime = 8000;

/** Jobs with progress and cancel, the last thing that happened, the data-quality count, undo. */
export function StatusLine(): ReactNode {
  const jobs = useWorkstation((state) => state.jobs);
  const notice = useWorkstation((state) => state.notice);
  const findings = useWorkstation((state) => state.health.value?.findings ?? []);
  const desk = useWorkstation((state) => state.desk.value);
  const { dismissNotice, openView } = useActions();
  useEffect(() => {
    if (notice === null || notice.tone === 'failed') return;
    const timer = setTimeout(dismissNotice, noticeTime);
    return () => clearTimeout(timer);
  }, [notice, dismissNotice]);
  const counts = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [counts('error'), counts('warning')];
  // What just happened comes before the second job: its button must be in reach.
  const shownJobs = jobs.slice(0, notice === null ? 2 : 1);
  return (
    <footer className="status-line" aria-label="Status">
      <div className="status-jobs" role="status">
        {shownJobs.map((job) => (
          <JobLine key={job.id} job={job} />
        ))}
        {jobs.length > shownJobs.length && (
          <span className="dim">and {jobs.length - shownJobs.length} more</span>
        )}
        {jobs.length === 0 && notice === null && <span className="dim">Ready</span>}
        {notice !== null && (
          <span
            className={`notice notice-${notice.tone}`}
            role={notice.tone === 'failed' ? 'alert' : 'status'}
          >
            <span aria-hidden="true">{notice.tone === 'failed' ? '▲' : '✓'}</span> {prose(notice.sentence)}
            {notice.action !== null && (
              <button
                type="button"
                className="quiet"
                onClick={() => {
                  notice.action?.run();
                  dismissNotice();
                }}
              >
                {notice.action.label}
              </button>
            )}
            <button type="button" className="quiet" aria-label="Dismiss" onClick={dismissNotice}>
              ×
            </button>
          </span>
        )}
      </div>
      <span className="spacer" />
      <DueState />
      <UndoState />
      {desk !== null && (
        <span className="dim" data-tip="Grows with every change of stored market data">
          data revision {integer(desk.dataRevision)}
        </span>
      )}
      <button
        type="button"
        className={`quiet ${errors > 0 ? 'error' : warnings > 0 ? 'warning' : ''}`}
        data-tip="Data quality: opens the health center"
        onClick={() => openView('health')}
      >
        {errors > 0 || warnings > 0
          ? `${errors > 0 ? `▲ ${counted(errors, 'error')} ` : ''}${warnings > 0 ? `△ ${counted(warnings, 'warning')}` : ''}`
          : 'data quality: no findings'}
      </button>
    </footer>
  );
}

function JobLine(props: { readonly job: Job }): ReactNode {
  const { label, progress, cancel } = props.job;
  return (
    <span className="job">
      <span>{label}</span>
      {progress !== null && <span className="dim">{progress.label}</span>}
      {progress !== null && progress.total !== null ? (
        <>
          <progress value={progress.done} max={progress.total} aria-label={label} />
          <span className="dim">
            {integer(progress.done)} / {integer(progress.total)}
          </span>
        </>
      ) : (
        <progress aria-label={label} />
      )}
      {cancel !== null && (
        <button type="button" className="quiet" onClick={cancel}>
          Cancel
        </button>
      )}
    </span>
  );
}
