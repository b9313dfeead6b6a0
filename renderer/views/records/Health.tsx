import { useMemo, useState, type ReactNode } from 'react';
import type { HealthFinding } from '../../../shared/contract/desk.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, integer } from '../../format.ts';
import { Backups } from './Backups.tsx';
import { healthColumns } from './health-columns.ts';
import { countsBySeverity, placeOf, severityMarks, severityWords, type Severity } from './health-models.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const rowId = (row: HealthFinding) => `${row.severity} ${row.subject} ${row.rule}`;

/** What to know before trusting the day: errors first, each with the place to put it right. */
export function Health(): ReactNode {
  return (
    <NeedsData>
      <RememberedSplit
        name="health"
        direction="column"
        share={0.7}
        first={<Findings />}
        second={<Backups />}
      />
    </NeedsData>
  );
}

function Findings(): ReactNode {
  // The window reads it itself whenever the day or the data change.
  const health = useWorkstation((state) => state.health);
  const [shown, setShown] = useState<'all' | Severity>('all');
  const { loadHealth, focus, openView } = useActions();
  const findings = useMemo(() => health.value?.findings ?? [], [health.value]);
  const counts = useMemo(() => countsBySeverity(findings), [findings]);
  const rows = useMemo(
    () => (shown === 'all' ? findings : findings.filter((finding) => finding.severity === shown)),
    [findings, shown],
  );
  const go = (finding: HealthFinding) => {
    const place = placeOf(finding);
    if (place.isName) focus({ symbol: finding.subject });
    if (place.view === 'basket') focus({ basket: finding.subject });
    openView(place.view);
  };
  return (
    <RemoteView
      remote={health}
      what="the quality of the data"
      onRetry={() => void loadHealth()}
      isEmpty={(value) => value.findings.length === 0}
      empty={<p>Nothing was found wrong with the data of this day.</p>}
    >
      {(value) => (
        <>
          <div className="counts" aria-label="Findings by severity">
            {counts.map((count) => (
              <div key={count.severity}>
                <b className={count.findings === 0 ? 'dim' : count.severity}>
                  {severityMarks[count.severity]} {integer(count.findings)}
                </b>
                <small>{severityWords[count.severity][count.findings === 1 ? 0 : 1]}</small>
              </div>
            ))}
          </div>
          <GridPane
            title={`Data quality on ${date(value.asOf)}: ${counted(rows.length, 'finding')}`}
            tip="Enter, a double click or the last column opens the place"
            name="health"
            columns={healthColumns}
            rows={rows}
            rowId={rowId}
            onOpen={go}
            onCellClick={(row, key) => {
              if (key === 'place') go(row);
            }}
            search
            tools={
              <>
                <Segmented
                  label="Severity"
                  value={shown}
                  onChange={setShown}
                  choices={[
                    { value: 'all', label: 'All' },
                    { value: 'error', label: '▲ Errors' },
                    { value: 'warning', label: '△ Warnings' },
                    { value: 'note', label: '○ Notes' },
                  ]}
                />
                <button
                  type="button"
                  className="quiet"
                  data-tip="Looks at all data of the day again"
                  onClick={() => void loadHealth()}
                >
                  Check again
                </button>
              </>
            }
          />
        </>
      )}
    </RemoteView>
  );
}
