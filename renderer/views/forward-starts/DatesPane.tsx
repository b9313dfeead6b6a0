import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { DeskDate } from '../../../shared/contract/contracts.ts';
import { daysBetween } from '../../../shared/dates.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, daysToGo, weekdayName } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { dueDates } from '../../state/forward-starts.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const kindWords: Readonly<Record<DeskDate['kind'], string>> = {
  'option-expiry': 'option expiry',
  'first-fixing': 'first fixing',
  'second-fixing': 'second fixing',
  'observation-start': 'observations begin',
  'observation-end': 'observations end',
  'contract-option-expiry': 'right ends',
  're-assessment': 're-assessment',
  'ex-dividend': 'ex-dividend, expected',
};
const statusMarks = { due: '▲ due', coming: '○ coming', done: '✓ past' } as const;

const dateColumns = (asOf: string | null): readonly ColumnSpec<DeskDate>[] => [
  {
    key: 'date',
    header: 'Date',
    note: { what: 'day on which it happens' },
    value: (row) => row.date,
    text: (row) => `${weekdayName(row.date)} ${date(row.date)}`,
    sort: 'asc',
    width: 128,
  },
  {
    key: 'days',
    header: 'Days',
    note: { what: 'calendar days from the market’s day' },
    value: (row) => (asOf === null ? null : daysBetween(asOf, row.date)),
    text: (row) => (asOf === null ? '—' : daysToGo(daysBetween(asOf, row.date))),
    tones: { dim: () => true },
    width: 70,
  },
  {
    key: 'status',
    header: 'Status',
    note: { what: 'due: it has come and waits for a person' },
    align: 'left',
    value: (row) => row.status,
    text: (row) => statusMarks[row.status],
    tones: { warning: (row) => row.status === 'due', dim: (row) => row.status !== 'due' },
    width: 92,
  },
  {
    key: 'kind',
    header: 'What',
    note: { what: 'kind of date' },
    align: 'left',
    value: (row) => kindWords[row.kind],
    text: (row) => kindWords[row.kind],
    width: 150,
  },
  {
    key: 'underlying',
    header: 'Name',
    note: { what: 'underlying' },
    align: 'left',
    value: (row) => row.underlying,
    text: (row) => row.underlying,
    width: 84,
  },
  {
    key: 'subject',
    header: 'Of',
    note: { what: 'contract, or the name itself' },
    align: 'left',
    value: (row) => row.subject,
    text: (row) => row.subject,
    tones: { strong: () => true },
    width: 160,
  },
  {
    key: 'note',
    header: 'Remark',
    note: { what: 'what is held, or what is expected' },
    align: 'left',
    value: (row) => row.note,
    text: (row) => row.note,
    tones: { dim: () => true },
    grow: true,
    width: 240,
  },
];

const reaches = [
  { value: 'due', label: 'due' },
  { value: 'name', label: 'this name' },
  { value: 'all', label: 'all names' },
] as const;

/** Every date of the book: what is due first, then what comes. */
export function DatesPane(props: { readonly symbol: string }): ReactNode {
  const dates = useWorkstation((state) => state.deskDates);
  const { loadDeskDates } = useActions();
  return (
    <RemoteView
      remote={dates}
      what="the dates of the book"
      onRetry={() => void loadDeskDates()}
      isEmpty={(value) => value.dates.length === 0}
      empty={<p>No date lies ahead: nothing that ends or is fixed is held.</p>}
    >
      {(value) => <Dates asOf={value.asOf} dates={value.dates} symbol={props.symbol} />}
    </RemoteView>
  );
}

function Dates(props: {
  readonly asOf: string | null;
  readonly dates: readonly DeskDate[];
  readonly symbol: string;
}): ReactNode {
  const { asOf, dates, symbol } = props;
  const [reach, setReach] = useState<(typeof reaches)[number]['value']>('all');
  const { chooseContract, focus } = useActions();
  const columns = useMemo(() => dateColumns(asOf), [asOf]);
  const rows = useMemo(
    () =>
      reach === 'due'
        ? dueDates(dates)
        : reach === 'name'
          ? dates.filter((row) => row.underlying === symbol)
          : dates,
    [dates, reach, symbol],
  );
  return (
    <GridPane
      title={`${counted(rows.length, 'date')}, ${dueDates(dates).length} due`}
      tip="Expiries, fixings, observation periods, rights and expected dividends"
      name="forward-starts.dates"
      columns={columns}
      rows={rows}
      rowId={(row) => `${row.date} ${row.kind} ${row.subject}`}
      onSelect={(row) => {
        focus({ symbol: row.underlying });
        if (row.subject !== row.underlying) chooseContract(row.subject);
      }}
      emptyText={reach === 'due' ? 'Nothing is due' : 'No date lies ahead'}
      tools={<Segmented label="Dates shown" choices={reaches} value={reach} onChange={setReach} />}
      search
    />
  );
}

/** Keeps the dates read while the view is open, so that what is due can be told above it. */
export function useDeskDates(changes: number): void {
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const { loadDeskDates } = useActions();
  useEffect(() => {
    void loadDeskDates();
  }, [asOf, revision, changes, loadDeskDates]);
}
