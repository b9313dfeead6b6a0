import type { Database } from 'better-sqlite3';
import { backupDesk } from './backup.ts';
import { schemaVersionOf } from './desk-file.ts';
import type { DeskReader } from './types.ts';

/** Kinds of `import_coverage` and the name each is counted under. */
const countedKinds = {
  'option-quote': 'optionQuotes',
  'future-quote': 'futureQuotes',
  'daily-price': 'dailyPrices',
  'index-weight': 'indexWeights',
  'implied-vol': 'impliedVols',
} as const;

/** Tables where batches overlap are counted by their key. */
const keysOf: Readonly<Record<keyof typeof countedKinds, readonly [table: string, key: string]>> = {
  'option-quote': ['option_quote', 'underlier_id, trade_day, expiry_day, root, strike, option_type'],
  'future-quote': ['future_quote', 'underlier_id, trade_day, expiry_day'],
  'daily-price': ['daily_price', 'underlier_id, trade_day'],
  'index-weight': ['index_weight', 'index_id, as_of_day, underlier_id'],
  'implied-vol': ['vol_history', 'underlier_id, term_days, trade_day'],
};

export function createDeskReader(db: Database, file: string): DeskReader {
  const revision = db.prepare(`SELECT value FROM desk_meta WHERE key = 'data_revision'`).pluck();
  const rowsByKind = db
    .prepare(
      `SELECT row_kind, sum(row_count) FROM import_coverage JOIN import_batch USING (batch_id)
       WHERE undone_at IS NULL GROUP BY row_kind`,
    )
    .raw();
  const overlaps = db
    .prepare('SELECT 1 FROM import_batch WHERE undone_at IS NULL AND changed + duplicates > 0 LIMIT 1')
    .pluck();
  const own = db.prepare(
    `SELECT
       (SELECT count(*) FROM import_batch WHERE undone_at IS NULL) AS batches,
       (SELECT count(DISTINCT name) FROM basket) AS baskets,
       (SELECT count(*) FROM suggestion) AS suggestions,
       (SELECT count(*) FROM position WHERE (book, batch_id) IN (
          SELECT book, max(batch_id) FROM position JOIN import_batch USING (batch_id)
          WHERE undone_at IS NULL GROUP BY book)) AS positions,
       (SELECT count(DISTINCT contract_id) FROM forward_start_contract LEFT JOIN import_batch USING (batch_id)
          WHERE undone_at IS NULL) AS forwardStartContracts,
       (SELECT count(DISTINCT contract_id) FROM realized_vol_contract LEFT JOIN import_batch USING (batch_id)
          WHERE undone_at IS NULL) AS realizedVolContracts`,
  );
  const demo = db
    .prepare(`SELECT 1 FROM import_batch WHERE origin = 'demo' AND undone_at IS NULL LIMIT 1`)
    .pluck();

  const dataRevision = (): number => revision.get() as number;
  let known: { readonly revision: number; readonly rows: Readonly<Record<string, number>> } | null = null;
  const marketRows = (): Readonly<Record<string, number>> => {
    const at = dataRevision();
    if (known?.revision === at) return known.rows;
    const rows = countRows();
    // Inside a transaction the revision may yet be rolled back: keep nothing under it.
    if (!db.inTransaction) known = { revision: at, rows };
    return rows;
  };
  const countRows = (): Record<string, number> => {
    const exact = overlaps.get() === undefined;
    const sums = new Map(rowsByKind.all() as [string, number][]);
    const rows: Record<string, number> = {};
    for (const kind of Object.keys(countedKinds) as (keyof typeof countedKinds)[]) {
      const [table, key] = keysOf[kind];
      rows[countedKinds[kind]] =
        exact || !sums.has(kind)
          ? (sums.get(kind) ?? 0)
          : (db
              .prepare(
                `SELECT count(*) FROM (SELECT DISTINCT ${key} FROM ${table} CROSS JOIN import_batch USING (batch_id)
                 WHERE undone_at IS NULL)`,
              )
              .pluck()
              .get() as number);
    }
    return rows;
  };
  const counts = (): Readonly<Record<string, number>> => ({
    ...marketRows(),
    ...(own.get() as Record<string, number>),
  });

  return {
    file,
    schemaVersion: () => schemaVersionOf(db),
    dataRevision,
    counts,
    isEmpty: () => Object.values(counts()).every((count) => count === 0),
    isDemo: () => demo.get() !== undefined,
    integrityProblems: () =>
      (db.pragma('integrity_check(20)') as { readonly integrity_check: string }[])
        .map((row) => row.integrity_check)
        .filter((line) => line !== 'ok'),
    backupTo: (target) => backupDesk(db, target),
  };
}
