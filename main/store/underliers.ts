import { isIndexSymbol } from '../../shared/option-roots.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import { dateOfDay } from './days.ts';
import type { Underlier, UnderlierHoldings, UnderlierKind } from './rows.ts';
import type { UnderlierReader } from './types.ts';

interface UnderlierRow {
  readonly underlier_id: number;
  readonly symbol: string;
  readonly name: string;
  readonly kind: UnderlierKind;
  readonly currency: string;
}

const live = 'JOIN import_batch USING (batch_id) WHERE undone_at IS NULL';

/** Where an index has a composition, or a name that every exchange knows it by, it is an index, whatever was known when its symbol first came. */
export function createUnderlierReader(db: ReadableDb, dataRevision: () => number): UnderlierReader {
  const all = db.prepare('SELECT * FROM underlier ORDER BY symbol');
  const one = db.prepare('SELECT * FROM underlier WHERE symbol = ?');
  const chainDays = db.prepare(
    `SELECT DISTINCT underlier_id, day FROM import_coverage ${live} AND row_kind = 'option-quote'
     ORDER BY underlier_id, day DESC`,
  );
  const weightDays = db.prepare(
    `SELECT DISTINCT underlier_id, day FROM import_coverage ${live} AND row_kind = 'index-weight'
     ORDER BY underlier_id, day DESC`,
  );
  const prices = db.prepare(
    `SELECT underlier_id, count(DISTINCT trade_day), min(trade_day), max(trade_day)
     FROM daily_price ${live} GROUP BY underlier_id`,
  );
  const others = db.prepare(
    `SELECT underlier_id FROM import_coverage ${live}
     UNION SELECT underlier_id FROM index_weight ${live}
     UNION SELECT underlier_id FROM position ${live}`,
  );
  const isIndex = db
    .prepare(
      `SELECT 1 FROM import_coverage ${live} AND row_kind = 'index-weight' AND underlier_id = ? LIMIT 1`,
    )
    .pluck();

  const shaped = (row: UnderlierRow, hasWeights: boolean): Underlier => ({
    symbol: row.symbol,
    name: row.name,
    kind: hasWeights || isIndexSymbol(row.symbol) ? 'index' : row.kind,
    currency: row.currency,
  });
  const daysByUnderlier = (rows: readonly unknown[]): Map<number, string[]> => {
    const found = new Map<number, string[]>();
    for (const [id, day] of rows as readonly [number, number][]) {
      const dates = found.get(id);
      if (dates === undefined) found.set(id, [dateOfDay(day)]);
      else dates.push(dateOfDay(day));
    }
    return found;
  };

  let known: { readonly revision: number; readonly holdings: readonly UnderlierHoldings[] } | null = null;
  const holdings = (): readonly UnderlierHoldings[] => {
    const revision = dataRevision();
    if (known?.revision === revision) return known.holdings;
    const chains = daysByUnderlier(chainDays.raw().all());
    const weights = daysByUnderlier(weightDays.raw().all());
    const priced = new Map(
      (prices.raw().all() as [number, number, number, number][]).map((row) => [row[0], row]),
    );
    const present = new Set(others.pluck().all() as number[]);
    const found = (all.all() as UnderlierRow[])
      .filter((row) => present.has(row.underlier_id) || priced.has(row.underlier_id))
      .map((row): UnderlierHoldings => {
        const price = priced.get(row.underlier_id);
        const weightDates = weights.get(row.underlier_id) ?? [];
        return {
          ...shaped(row, weightDates.length > 0),
          chainDates: chains.get(row.underlier_id) ?? [],
          priceCount: price?.[1] ?? 0,
          firstPriceDate: price === undefined ? null : dateOfDay(price[2]),
          lastPriceDate: price === undefined ? null : dateOfDay(price[3]),
          weightDates,
        };
      });
    // Inside a transaction the revision may yet be rolled back: keep nothing under it.
    if (!db.inTransaction) known = { revision, holdings: found };
    return found;
  };

  return {
    list: () => holdings(),
    find: (symbol) => {
      const row = one.get(symbol) as UnderlierRow | undefined;
      return row === undefined ? null : shaped(row, isIndex.get(row.underlier_id) !== undefined);
    },
    holdings,
  };
}

/** Gives a symbol the long name that a file states, where none was known. */
export function createUnderlierNamer(db: WritableDb): (symbol: string, name: string) => void {
  const rename = db.prepare('UPDATE underlier SET name = ? WHERE symbol = ? AND name = symbol');
  return (symbol, name) => void rename.run(name, symbol);
}

/** The id of each symbol, made where it is new; a known currency replaces the one assumed before. */
export function createUnderlierWriter(
  db: WritableDb,
): (symbols: readonly string[], currency: string | null) => Map<string, number> {
  const find = db.prepare('SELECT underlier_id FROM underlier WHERE symbol = ?').pluck();
  const insert = db.prepare(
    `INSERT INTO underlier (symbol, name, kind, currency) VALUES (?, ?, 'unknown', ?)`,
  );
  const correct = db.prepare('UPDATE underlier SET currency = ? WHERE underlier_id = ? AND currency <> ?');
  return (symbols, currency) => {
    const ids = new Map<string, number>();
    for (const symbol of symbols) {
      const found = find.get(symbol) as number | undefined;
      if (found === undefined) {
        ids.set(symbol, Number(insert.run(symbol, symbol, currency ?? 'USD').lastInsertRowid));
        continue;
      }
      ids.set(symbol, found);
      if (currency !== null) correct.run(currency, found, currency);
    }
    return ids;
  };
}
