import { useEffect, useState, type ReactNode } from 'react';
import type { Report, ReportSection, ReportTable } from '../../../shared/contract/pnl.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { printSheet } from '../hedge/print-sheet.ts';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { cellText, headingText, isNumberKind, reportPage } from './report-page.ts';

const sections: readonly { readonly value: ReportSection; readonly label: string }[] = [
  { value: 'book', label: 'The book' },
  { value: 'risk', label: 'Risk' },
  { value: 'explain', label: 'Profit and loss explained' },
  { value: 'stresses', label: 'Stresses' },
  { value: 'scenarios', label: 'Scenarios' },
  { value: 'history', label: 'Value and risk by day' },
  { value: 'premium', label: 'Premium of the hedge cycle' },
  { value: 'contracts', label: 'Contracts' },
  { value: 'not-valued', label: 'Not valued' },
  { value: 'quality', label: 'Data quality' },
];
const usualSections: readonly ReportSection[] = [
  'book',
  'risk',
  'explain',
  'stresses',
  'not-valued',
  'quality',
];

interface Wished {
  readonly title: string;
  readonly sections: readonly ReportSection[];
}

/** Sections chosen at the left, the report as it will be printed at the right. */
export function ReportPane(): ReactNode {
  const kept = useWorkstation((state) => state.preferences['report']);
  const report = useWorkstation((state) => state.report);
  const sessions = useWorkstation((state) => state.scenarios.value?.sessions ?? null);
  const { remember, buildReport, cancelReport, loadScenarios, tell, saveText } = useActions();
  const wished = wishedFrom(kept);
  const [scenarioIds, setScenarioIds] = useState<readonly number[]>([]);
  useEffect(() => void loadScenarios(), [loadScenarios]);
  const set = (change: Partial<Wished>) => remember('report', { ...wished, ...change });
  const build = () => void buildReport({ ...wished, scenarioIds });
  const print = (made: Report) => {
    if (!printSheet(reportPage(made)))
      tell('failed', 'The window for the report was not allowed to open: save it as a page and print that.');
  };
  const made = report.value;
  return (
    <RememberedSplit
      name="profit.report"
      direction="row"
      share={0.22}
      first={
        <Panel title="Report">
          <div className="sentences">
            <fieldset>
              <legend>Title</legend>
              <input
                aria-label="Title of the report"
                maxLength={200}
                value={wished.title}
                onChange={(event) => set({ title: event.target.value })}
              />
            </fieldset>
            <fieldset>
              <legend>Sections</legend>
              {sections.map((one) => (
                <label key={one.value} className="sentence">
                  <input
                    type="checkbox"
                    checked={wished.sections.includes(one.value)}
                    onChange={(event) =>
                      set({
                        // In the order of the list, whatever the order of the clicks.
                        sections: sections
                          .map(({ value }) => value)
                          .filter((value) =>
                            value === one.value ? event.target.checked : wished.sections.includes(value),
                          ),
                      })
                    }
                  />
                  {one.label}
                </label>
              ))}
            </fieldset>
            {wished.sections.includes('scenarios') && (
              <fieldset>
                <legend>Scenarios in it</legend>
                {(sessions ?? []).length === 0 && <span className="dim">There is none.</span>}
                {(sessions ?? []).map((one) => (
                  <label key={one.scenarioId} className="sentence">
                    <input
                      type="checkbox"
                      checked={scenarioIds.includes(one.scenarioId)}
                      onChange={(event) =>
                        setScenarioIds(
                          event.target.checked
                            ? [...scenarioIds, one.scenarioId]
                            : scenarioIds.filter((id) => id !== one.scenarioId),
                        )
                      }
                    />
                    {one.name}
                  </label>
                ))}
              </fieldset>
            )}
          </div>
          <div className="form-actions">
            <button
              type="button"
              className={made === null ? 'primary' : ''}
              disabled={
                wished.sections.length === 0 || wished.title.trim() === '' || report.status === 'loading'
              }
              onClick={build}
            >
              Build the report
            </button>
            <button
              type="button"
              className={made === null ? '' : 'primary'}
              disabled={made === null}
              data-tip="Opens the report in a window of its own and offers to print it; the system's dialog also makes a PDF"
              onClick={() => made !== null && print(made)}
            >
              Print or PDF
            </button>
            <button
              type="button"
              className="quiet"
              disabled={made === null}
              onClick={() => made !== null && void saveText('report.html', 'text/html', reportPage(made))}
            >
              Save as a page
            </button>
          </div>
        </Panel>
      }
      second={
        report.status === 'idle' ? (
          <div className="state">
            <p>Choose what the report should say and build it; it is shown here before it is printed.</p>
          </div>
        ) : (
          <RemoteView remote={report} what="the report" onCancel={cancelReport} onRetry={build}>
            {(value) => <Preview report={value} />}
          </RemoteView>
        )
      }
    />
  );
}

function Preview(props: { readonly report: Report }): ReactNode {
  const { report } = props;
  return (
    <article className="report-page" aria-label="The report">
      <header>
        <h1>{report.title}</h1>
        <p>{report.asOfLine}</p>
        <p>{report.qualityLine}</p>
      </header>
      {report.sections.map((section) => (
        <section key={section.section}>
          <h2>{section.heading}</h2>
          {section.notes.map((note) => (
            <p key={note} className="dim">
              {note}
            </p>
          ))}
          {section.tables.map((table) => (
            <PreviewTable key={table.title} table={table} />
          ))}
        </section>
      ))}
    </article>
  );
}

function PreviewTable(props: { readonly table: ReportTable }): ReactNode {
  const { columns, rows, title, totals } = props.table;
  return (
    <>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.heading} className={isNumberKind(column.kind) ? 'n' : ''}>
                {headingText(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at} className={totals && at === rows.length - 1 ? 'sum' : ''}>
              {columns.map((column, place) => {
                const cell = row[place];
                const isLoss = typeof cell === 'number' && cell < 0;
                return (
                  <td
                    key={column.heading}
                    className={`${isNumberKind(column.kind) ? 'n' : ''} ${isLoss ? 'loss' : ''}`}
                  >
                    {cellText(cell, column.kind)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function wishedFrom(kept: unknown): Wished {
  const usual: Wished = { title: 'Book report', sections: usualSections };
  if (typeof kept !== 'object' || kept === null) return usual;
  const { title, sections: chosen } = kept as Readonly<Record<string, unknown>>;
  return {
    title: typeof title === 'string' ? title : usual.title,
    sections: Array.isArray(chosen)
      ? sections.map((one) => one.value).filter((value) => chosen.includes(value))
      : usual.sections,
  };
}
