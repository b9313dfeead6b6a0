import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { AuditEntry } from '../../../shared/contract/desk.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, instantSeconds, integer } from '../../format.ts';
import { auditColumns } from './audit-columns.ts';
import { detailLines, entriesOf, type OutcomeChoice } from './audit-models.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const rowId = (row: AuditEntry) => String(row.id);
const outcomes = [
  { value: 'all', label: 'All' },
  { value: 'done', label: 'Done' },
  { value: 'refused', label: '▲ Refused', tip: 'What the desk would not do, and why' },
] as const;
const typingPause = 200;

/** Everything that was changed or refused, newest first; searched in the desk, not only in what is shown. */
export function Audit(): ReactNode {
  const audit = useWorkstation((state) => state.audit);
  // Every announcement of the desk comes with an entry.
  const changes = useWorkstation((state) => state.lastEvent?.count ?? 0);
  const kept = useWorkstation((state) => state.auditSearch);
  const { loadAudit, searchAudit } = useActions();
  const [outcome, setOutcome] = useState<OutcomeChoice>('all');
  const [withWindow, setWithWindow] = useState(false);
  const [typed, setTyped] = useState(kept);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => void loadAudit(), [changes, loadAudit]);
  useEffect(() => {
    if (typed === kept) return;
    const pause = setTimeout(() => void searchAudit(typed), typingPause);
    return () => clearTimeout(pause);
  }, [typed, kept, searchAudit]);
  const entries = useMemo(
    () => entriesOf(audit.value?.entries ?? [], outcome, withWindow),
    [audit.value, outcome, withWindow],
  );
  const inFront = entries.find((entry) => entry.id === chosen) ?? entries[0] ?? null;
  return (
    <RemoteView remote={audit} what="the audit" onRetry={() => void loadAudit()}>
      {(value) => (
        <RememberedSplit
          name="audit"
          direction="column"
          share={0.78}
          first={
            <GridPane
              title={`Audit: ${counted(entries.length, 'entry', 'entries')}${
                value.total > value.entries.length ? `, the newest of ${integer(value.total)}` : ''
              }`}
              name="audit"
              columns={auditColumns}
              rows={entries}
              rowId={rowId}
              selectedId={inFront === null ? null : String(inFront.id)}
              onSelect={(row) => setChosen(row.id)}
              emptyText={kept === '' ? 'Nothing was changed yet' : `Nothing holds "${kept}"`}
              tools={
                <>
                  <label
                    className="dim tool-label"
                    data-tip="Also the entries of where the window was left: panes, columns, the name in front"
                  >
                    <input
                      type="checkbox"
                      checked={withWindow}
                      onChange={(event) => setWithWindow(event.target.checked)}
                    />
                    window settings
                  </label>
                  <Segmented label="Outcome" choices={outcomes} value={outcome} onChange={setOutcome} />
                  <input
                    className="search"
                    type="search"
                    placeholder="Search all entries"
                    aria-label="Search all entries"
                    value={typed}
                    onChange={(event) => setTyped(event.target.value)}
                  />
                </>
              }
            />
          }
          second={<EntryDetail entry={inFront} />}
        />
      )}
    </RemoteView>
  );
}

function EntryDetail(props: { readonly entry: AuditEntry | null }): ReactNode {
  const { entry } = props;
  if (entry === null)
    return (
      <div className="state">
        <p>No entry to read.</p>
      </div>
    );
  const lines = detailLines(entry.detail);
  return (
    <Panel title={`Entry ${integer(entry.id)}: ${entry.command}, ${entry.outcome}`}>
      <div className="scroll entry-detail">
        <p>
          <strong>{entry.subject}</strong>{' '}
          <span className="dim">
            by {entry.actor}, {instantSeconds(entry.at)}
          </span>
        </p>
        {lines === null ? (
          <p className={entry.outcome === 'refused' ? 'error' : ''}>{entry.detail}</p>
        ) : (
          <dl>
            {lines.map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </Panel>
  );
}
