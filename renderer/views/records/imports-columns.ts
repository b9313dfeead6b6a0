import type { ImportBatch, ImportPreview, Rejection } from '../../../shared/contract/imports.ts';
import { instant, integer, none } from '../../format.ts';
import type { CellValue, ColumnSpec } from '../../grids/column.ts';

export const formatNames: Readonly<Record<ImportPreview['format'], string>> = {
  'cboe-quote-table': 'Cboe quote table',
  'nse-bhavcopy': 'NSE derivatives bhavcopy',
  'daily-prices': 'Daily prices',
  'index-weights': 'Index weights',
  positions: 'Positions',
  'forward-start-contracts': 'Forward-start contracts',
  'realized-vol-contracts': 'Realized-volatility contracts',
  'volatility-history': 'Volatility history',
  'orats-strikes': 'ORATS strikes',
  optionsdx: 'OptionsDX',
  deltaneutral: 'DeltaNeutral',
  'cboe-datashop': 'Cboe DataShop',
  ivolatility: 'iVolatility',
};

export const rejectionColumns: readonly ColumnSpec<Rejection>[] = [
  {
    key: 'line',
    header: 'Line',
    note: { what: 'line of the file, counted from 1', source: 'the file' },
    value: (row) => row.line,
    text: (row) => integer(row.line),
    width: 80,
  },
  {
    key: 'reason',
    header: 'Reason',
    note: { what: 'why the row is not taken' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason,
    width: 340,
  },
  {
    key: 'text',
    header: 'Row as it stands in the file',
    note: { what: 'the raw text, cut at 300 characters', source: 'the file' },
    align: 'left',
    value: (row) => row.text,
    text: (row) => row.text,
    tones: { mono: () => true },
    grow: true,
    width: 300,
  },
];

export type SampleRow = { readonly id: number; readonly cells: readonly CellValue[] };

export const sampleColumns = (columns: readonly string[]): ColumnSpec<SampleRow>[] =>
  columns.map((name, index) => ({
    key: `${index}.${name}`,
    header: name,
    note: { what: 'as it will be stored' },
    align: 'left',
    width: Math.max(90, Math.min(220, name.length * 8 + 40)),
    value: (row) => row.cells[index] ?? null,
    text: (row) => {
      const cell = row.cells[index] ?? null;
      return cell === null ? none : String(cell);
    },
  }));

const count = (
  key: 'accepted' | 'changed' | 'duplicates' | 'rejected',
  header: string,
  what: string,
): ColumnSpec<ImportBatch> => ({
  key,
  header,
  note: { what },
  value: (row) => row[key],
  text: (row) => integer(row[key]),
  tones: {
    dim: (row) => row[key] === 0,
    warning: (row) => key === 'rejected' && row.rejected > 0,
  },
  width: 76,
});

export const batchColumns: readonly ColumnSpec<ImportBatch>[] = [
  {
    key: 'batch',
    header: 'Batch',
    note: { what: 'number of the import; undo takes it back as one step' },
    value: (row) => row.batchId,
    text: (row) => integer(row.batchId),
    sort: 'desc',
    width: 70,
  },
  {
    key: 'state',
    header: 'State',
    note: { what: 'stored, or taken back' },
    align: 'left',
    value: (row) => (row.undoneAt === null ? 'stored' : 'undone'),
    text: (row) => (row.undoneAt === null ? 'stored' : 'undone'),
    tones: { warning: (row) => row.undoneAt !== null },
    width: 64,
  },
  {
    key: 'file',
    header: 'File',
    note: { what: 'name of the file as it was given' },
    align: 'left',
    value: (row) => row.fileName,
    text: (row) => row.fileName,
    width: 190,
  },
  {
    key: 'format',
    header: 'Format',
    note: { what: 'how the file was read' },
    align: 'left',
    value: (row) => formatNames[row.format],
    text: (row) => formatNames[row.format],
    width: 166,
  },
  count('accepted', 'Accepted', 'rows stored'),
  count('changed', 'Changed', 'rows that replaced another value'),
  count('duplicates', 'Duplicates', 'rows that were there already'),
  count('rejected', 'Rejected', 'rows not taken, each with a reason'),
  {
    key: 'importedAt',
    header: 'Imported',
    note: { what: 'when the rows were stored' },
    align: 'left',
    value: (row) => row.importedAt,
    text: (row) => instant(row.importedAt),
    width: 160,
  },
  {
    key: 'summary',
    header: 'Covers',
    note: { what: 'symbols, days and expiries in a line' },
    align: 'left',
    value: (row) => row.summary,
    text: (row) => row.summary,
    grow: true,
    width: 240,
  },
];
