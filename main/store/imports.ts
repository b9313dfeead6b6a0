import { assertThat } from '../../shared/result.ts';
import type { StagedFeed, TextColumn } from '../feeds/staged-feed.ts';
import type { WritableDb } from './db.ts';
import { createContractInsert } from './contracts.ts';
import { stagedRowsOf, type StagedRows } from './staged-rows.ts';
import type { BatchReader, ImportWriter } from './types.ts';
import { createUnderlierNamer, createUnderlierWriter } from './underliers.ts';

/** Rows in one INSERT; measured fastest, see bench/. */
const rowsPerStatement = 50;

type Bound = number | string | null;

const wordAt = (column: TextColumn | undefined, row: number): string | null =>
  column?.dictionary[column.codes[row] ?? -1] ?? null;

/** Writes staged files as batches, and takes batches back and forth. */
export function createImportWriter(
  db: WritableDb,
  read: BatchReader,
  dataRevision: () => number,
): (stamp: { readonly now: string; readonly actor: string }) => ImportWriter {
  const insertBatch = db.prepare(
    `INSERT INTO import_batch (file_name, sha256, bytes, format, origin, imported_at, imported_by, summary,
       quoted_at, accepted, changed, duplicates, rejected)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertRejection = db.prepare(
    'INSERT INTO import_rejection (batch_id, position, line, reason, text) VALUES (?, ?, ?, ?, ?)',
  );
  const insertCoverage = db.prepare(
    'INSERT INTO import_coverage (batch_id, row_kind, underlier_id, day, row_count) VALUES (?, ?, ?, ?, ?)',
  );
  const undo = db.prepare('UPDATE import_batch SET undone_at = ? WHERE batch_id = ? AND undone_at IS NULL');
  const redo = db.prepare(
    'UPDATE import_batch SET undone_at = NULL WHERE batch_id = ? AND undone_at IS NOT NULL',
  );
  const growRevision = db.prepare(`UPDATE desk_meta SET value = value + 1 WHERE key = 'data_revision'`);
  const underlierIds = createUnderlierWriter(db);
  const nameUnderlier = createUnderlierNamer(db);
  const insertContract = createContractInsert(db);

  const writeTable = (table: StagedRows, batchId: number, currency: string | null): void => {
    const names = table.symbols.flatMap(({ text }) => usedTexts(text));
    const idOf = underlierIds([...new Set(names)], currency);
    const ids = table.symbols.map(({ text }) =>
      Int32Array.from(text.dictionary, (symbol) => idOf.get(symbol) ?? -1),
    );
    const readers: readonly ((row: number) => Bound)[] = [
      ...table.symbols.map(
        ({ text }, at) =>
          (row: number) =>
            ids[at]?.[text.codes[row] as number] as number,
      ),
      ...table.keys.map((key) => key.value),
      () => batchId,
      (row) => table.line[row] as number,
      ...table.values.map((value) => value.value),
    ];
    const columns = [
      ...table.symbols.map(({ name }) => name),
      ...table.keys.map(({ name }) => name),
      'batch_id',
      'source_line',
      ...table.values.map(({ name }) => name),
    ];
    insertRows(db, { table: table.table, columns, readers, order: table.order });
    writeCoverage(table, batchId, ids[0] as Int32Array);
  };

  const writeCoverage = (table: StagedRows, batchId: number, ids: Int32Array): void => {
    const rowsOf = new Map<string, { id: number; day: number; count: number }>();
    const codes = table.symbols[0]?.text.codes as Int32Array;
    for (let row = 0; row < table.rows; row++) {
      const id = ids[codes[row] as number] as number;
      const day = table.coverageDay?.(row) ?? 0;
      const key = `${id}|${day}`;
      const entry = rowsOf.get(key);
      if (entry === undefined) rowsOf.set(key, { id, day, count: 1 });
      else entry.count++;
    }
    for (const { id, day, count } of rowsOf.values()) insertCoverage.run(batchId, table.kind, id, day, count);
  };

  return ({ now, actor }) => {
    const found = (batchId: number) => {
      const batch = read.find(batchId);
      assertThat(batch !== null, `batch ${batchId} was just written`);
      return batch;
    };
    return {
      commit: ({ feed, classification, origin }) => {
        const standing =
          classification.dataRevision === dataRevision() ? classification : read.classify(feed);
        const { lastInsertRowid } = insertBatch.run(
          feed.fileName,
          feed.sha256,
          feed.bytes,
          feed.format,
          origin,
          now,
          actor,
          feed.summary,
          feed.quotedAt,
          standing.accepted,
          standing.changed,
          standing.duplicates + feed.duplicates,
          feed.rejected,
        );
        const batchId = Number(lastInsertRowid);
        for (const table of stagedRowsOf(feed)) writeTable(table, batchId, currencyOf(feed));
        const marks = feed.tables.underlierMarks;
        for (let row = 0; row < (marks?.rows ?? 0); row += 1) {
          const [symbol, name] = [wordAt(marks?.symbol, row), wordAt(marks?.name, row)];
          if (symbol !== null && name !== null) nameUnderlier(symbol, name);
        }
        for (const { line: _line, ...terms } of feed.tables.forwardStartContracts ?? []) {
          insertContract({ kind: 'forward-start', terms }, now, batchId);
        }
        for (const { line: _line, ...terms } of feed.tables.realizedVolContracts ?? []) {
          insertContract({ kind: 'realized-vol', terms }, now, batchId);
        }
        feed.rejections.forEach(({ line, reason, text }, position) => {
          insertRejection.run(batchId, position, line, reason, text);
        });
        growRevision.run();
        return found(batchId);
      },
      undo: (batchId) => {
        if (undo.run(now, batchId).changes === 0) return null;
        growRevision.run();
        return found(batchId);
      },
      redo: (batchId) => {
        if (redo.run(batchId).changes === 0) return null;
        growRevision.run();
        return found(batchId);
      },
    };
  };
}

interface Rows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly readers: readonly ((row: number) => Bound)[];
  readonly order: Uint32Array;
}

function insertRows(db: WritableDb, { table, columns, readers, order }: Rows): void {
  const one = `(${columns.map(() => '?').join(', ')})`;
  const prepare = (rows: number) =>
    db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => one).join(', ')}`,
    );
  const whole = prepare(rowsPerStatement);
  const width = readers.length;
  const bound = new Array<Bound>(rowsPerStatement * width);
  const fill = (from: number, to: number): void => {
    for (let at = from, slot = 0; at < to; at++) {
      const row = order[at] as number;
      for (let column = 0; column < width; column++)
        bound[slot++] = (readers[column] as (typeof readers)[number])(row);
    }
  };
  let at = 0;
  for (; at + rowsPerStatement <= order.length; at += rowsPerStatement) {
    fill(at, at + rowsPerStatement);
    whole.run(bound);
  }
  const left = order.length - at;
  if (left > 0) {
    fill(at, order.length);
    prepare(left).run(bound.slice(0, left * width));
  }
}

/** The texts that rows use: a dictionary may hold more. */
function usedTexts(column: { readonly dictionary: readonly string[]; readonly codes: Int32Array }): string[] {
  const used = new Uint8Array(column.dictionary.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  return column.dictionary.filter((_, code) => used[code] === 1);
}

/** The currency that a format implies; null where it may be any. */
function currencyOf(feed: StagedFeed): string | null {
  if (feed.format === 'nse-bhavcopy') return 'INR';
  return feed.tables.optionQuotes === undefined ? null : 'USD';
}
