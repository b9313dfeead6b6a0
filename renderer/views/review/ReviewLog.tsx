import { useMemo, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { instantSeconds } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useWorkstation } from '../workstation.ts';
import { shortHash } from './review-columns.ts';

type Event = OutputOf<'suggestion.trail'>['events'][number] & { readonly place: number };

const columns: readonly ColumnSpec<Event>[] = [
  {
    key: 'at',
    header: 'When',
    unit: 'UTC',
    note: { what: 'when it was done' },
    align: 'left',
    value: (row) => row.place,
    text: (row) => instantSeconds(row.at),
    sort: 'desc',
    width: 142,
  },
  {
    key: 'actor',
    header: 'Who',
    note: { what: 'who did it' },
    align: 'left',
    value: (row) => row.actor,
    text: (row) => row.actor,
    width: 72,
  },
  {
    key: 'kind',
    header: 'Did',
    note: { what: 'saved, decided, edited, replaced, noted, undone, redone, approved, exported, filled …' },
    align: 'left',
    value: (row) => row.kind,
    text: (row) => row.kind,
    tones: { strong: () => true },
    width: 72,
  },
  {
    key: 'sentence',
    header: 'What',
    note: { what: 'what it did' },
    align: 'left',
    value: (row) => row.sentence,
    text: (row) => row.sentence,
    reason: (row) => (row.sentence === '' ? null : row.sentence),
    tones: { said: () => true },
    grow: true,
    width: 160,
  },
  {
    key: 'hash',
    header: 'Hash',
    note: { what: 'SHA-256 of the snapshot after it' },
    align: 'left',
    value: (row) => row.hash,
    text: (row) => shortHash(row.hash),
    reason: (row) => row.hash,
    tones: { mono: () => true, said: () => true },
    width: 78,
  },
];

/** Everything that was done to the suggestion, newest first. */
export function ReviewLog(): ReactNode {
  const trail = useWorkstation((state) => state.reviewTrail);
  const rows = useMemo(() => (trail?.events ?? []).map((event, place) => ({ ...event, place })), [trail]);
  return (
    <GridPane
      bare
      title="What was done"
      name="review.log"
      columns={columns}
      rows={rows}
      rowId={(row) => String(row.place)}
    />
  );
}
