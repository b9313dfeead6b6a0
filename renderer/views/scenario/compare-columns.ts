import type { ScenarioDifference } from '../../../shared/contract/scenario-run.ts';
import type { ColumnSpec } from '../../grids/column.ts';

export type DifferenceRow = ScenarioDifference & { readonly id: string };

const marks = { added: '+ added', removed: '− removed', changed: '± changed' } as const;

/** A difference a line: what it is, how the first has it, how the other. */
export const differenceColumns = (
  names: ReadonlyMap<number, string>,
  first: string,
): readonly ColumnSpec<DifferenceRow>[] => [
  {
    key: 'scenario',
    header: 'Scenario',
    note: { what: 'the one that differs' },
    align: 'left',
    value: (row) => names.get(row.scenarioId) ?? '',
    text: (row) => names.get(row.scenarioId) ?? '',
    tones: { strong: () => true },
    width: 170,
  },
  {
    key: 'kind',
    header: 'Of the',
    note: { what: 'position, market, date, shock or frozen book' },
    align: 'left',
    value: (row) => row.kind,
    text: (row) => row.kind,
    tones: { dim: () => true },
    width: 76,
  },
  {
    key: 'what',
    header: 'What',
    note: { what: 'seen from the first' },
    align: 'left',
    value: (row) => row.what,
    text: (row) => marks[row.what],
    tones: { strong: () => true },
    width: 92,
  },
  {
    key: 'subject',
    header: 'Subject',
    note: { what: 'position or input' },
    align: 'left',
    value: (row) => row.subject,
    text: (row) => row.subject,
    width: 210,
  },
  {
    key: 'first',
    header: first === '' ? 'First' : first,
    note: { what: 'as the first scenario has it' },
    align: 'left',
    value: (row) => row.first,
    text: (row) => row.first ?? '—',
    reason: (row) => row.first ?? 'It has none.',
    width: 150,
  },
  {
    key: 'other',
    header: 'There',
    note: { what: 'as the other scenario has it' },
    align: 'left',
    value: (row) => row.other,
    text: (row) => row.other ?? '—',
    reason: (row) => row.other ?? 'It has none.',
    grow: true,
    width: 150,
  },
];
