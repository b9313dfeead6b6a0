import type { HealthFinding } from '../../../shared/contract/desk.ts';
import { integer } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { placeOf, severityMarks, severityRank } from './health-models.ts';

export const healthColumns: readonly ColumnSpec<HealthFinding>[] = [
  {
    key: 'severity',
    header: 'Severity',
    note: { what: 'error: a number would be wrong; warning: a number may be weak; note: good to know' },
    align: 'left',
    value: (row) => severityRank[row.severity],
    text: (row) => `${severityMarks[row.severity]} ${row.severity}`,
    tones: {
      error: (row) => row.severity === 'error',
      warning: (row) => row.severity === 'warning',
      dim: (row) => row.severity === 'note',
    },
    width: 92,
  },
  {
    key: 'subject',
    header: 'Subject',
    note: { what: 'name or file that the finding is about' },
    align: 'left',
    value: (row) => row.subject,
    text: (row) => row.subject,
    tones: { strong: () => true },
    width: 110,
  },
  {
    key: 'rule',
    header: 'Finding',
    note: { what: 'rule that found it' },
    align: 'left',
    value: (row) => row.rule,
    text: (row) => row.rule,
    width: 180,
  },
  {
    key: 'count',
    header: 'Count',
    note: { what: 'rows, quotes or days that it counts' },
    value: (row) => row.count,
    text: (row) => integer(row.count),
    width: 70,
  },
  {
    key: 'sentence',
    header: 'What it means and what to do',
    note: { what: 'the fact, what the desk does about it, and the next step' },
    align: 'left',
    value: (row) => row.sentence,
    text: (row) => row.sentence,
    grow: true,
    width: 420,
  },
  {
    key: 'place',
    header: 'Opens',
    note: { what: 'where it can be seen or put right; a click goes there' },
    align: 'left',
    value: (row) => placeOf(row).label,
    text: (row) => `${placeOf(row).label} ›`,
    tones: { link: () => true },
    width: 130,
  },
];
