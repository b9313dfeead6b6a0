import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import type { StagedFeed, StagedTable, TextColumn } from '../../../feeds/staged-feed.ts';
import { textAt } from '../../../feeds/staged-feed.ts';

type Cell = string | number | null;
const sampleRows = 20;
/** Columns that say nothing to a person who checks a file. */
const hidden = new Set(['line', 'rows']);

const isTextColumn = (column: unknown): column is TextColumn =>
  typeof column === 'object' && column !== null && 'codes' in column;

const cellOf = (column: unknown, row: number): Cell => {
  if (isTextColumn(column)) return textAt(column, row);
  if (!ArrayBuffer.isView(column)) return null;
  const value = (column as Float64Array)[row];
  return value === undefined || Number.isNaN(value) ? null : value;
};

function tableSample(table: StagedTable): ImportPreview['sample'] {
  const rows = Array.from({ length: Math.min(sampleRows, table.rows) }, (_, row) => row);
  const columns = Object.entries(table)
    .filter(([key, column]) => !hidden.has(key) && rows.some((row) => cellOf(column, row) !== null))
    .map(([key, column]) => ({ key, column: column as unknown }));
  return {
    columns: columns.map(({ key }) => key),
    rows: rows.map((row) => columns.map(({ column }) => cellOf(column, row))),
  };
}

function recordSample(records: readonly object[]): ImportPreview['sample'] {
  const columns = Object.keys(records[0] ?? {}).filter((key) => !hidden.has(key));
  const rows = records.slice(0, sampleRows).map((record) => {
    const cells = new Map<string, unknown>(Object.entries(record));
    return columns.map((key): Cell => {
      const value = cells.get(key);
      return typeof value === 'string' || typeof value === 'number' ? value : null;
    });
  });
  return { columns, rows };
}

/** The first rows of a staged file as they will be stored, of its largest table. */
export function sampleOf(feed: StagedFeed): ImportPreview['sample'] {
  const { forwardStartContracts, realizedVolContracts, ...columnar } = feed.tables;
  const records = forwardStartContracts ?? realizedVolContracts;
  if (records !== undefined && records.length > 0) return recordSample(records);
  const tables = Object.values(columnar).filter((table) => table !== undefined);
  const largest = tables.reduce<StagedTable | null>(
    (best, table) => (best === null || table.rows > best.rows ? table : best),
    null,
  );
  return largest === null ? { columns: [], rows: [] } : tableSample(largest);
}
