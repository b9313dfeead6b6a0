import type { AuditEntry } from '../../../shared/contract/desk.ts';
import { instantSeconds, integer } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

const source = 'the append-only audit of the desk file';

export const auditColumns: readonly ColumnSpec<AuditEntry>[] = [
  {
    key: 'id',
    header: 'No.',
    note: { what: 'number of the entry; none is ever changed or taken away', source },
    value: (row) => row.id,
    text: (row) => integer(row.id),
    tones: { dim: () => true },
    sort: 'desc',
    width: 64,
  },
  {
    key: 'at',
    header: 'Time',
    unit: 'UTC',
    note: { what: 'when it was done', source },
    align: 'left',
    value: (row) => row.at,
    text: (row) => instantSeconds(row.at),
    width: 148,
  },
  {
    key: 'actor',
    header: 'Who',
    note: { what: 'who asked for it: the user of the computer, or the program', source },
    align: 'left',
    value: (row) => row.actor,
    text: (row) => row.actor,
    width: 110,
  },
  {
    key: 'command',
    header: 'Command',
    note: { what: 'what was asked of the desk', source },
    align: 'left',
    value: (row) => row.command,
    text: (row) => row.command,
    tones: { strong: () => true },
    width: 190,
  },
  {
    key: 'subject',
    header: 'Subject',
    note: { what: 'what it was done to', source },
    align: 'left',
    value: (row) => row.subject,
    text: (row) => row.subject,
    width: 250,
  },
  {
    key: 'outcome',
    header: 'Outcome',
    note: { what: 'done, or refused with its reason in the detail', source },
    align: 'left',
    value: (row) => row.outcome,
    text: (row) => (row.outcome === 'refused' ? '▲ refused' : 'done'),
    tones: { error: (row) => row.outcome === 'refused', dim: (row) => row.outcome === 'done' },
    width: 84,
  },
  {
    key: 'detail',
    header: 'Detail',
    note: { what: 'the change itself, or why it was refused; all of it below', source },
    align: 'left',
    value: (row) => row.detail,
    text: (row) => row.detail,
    tones: { error: (row) => row.outcome === 'refused' },
    grow: true,
    width: 260,
  },
];
