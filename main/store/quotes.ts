import type { OptionType } from '../../shared/units.ts';
import type { ReadableDb } from './db.ts';
import { dateOfDay, dayOfDate } from './days.ts';
import type { Cell, FutureQuote, OptionQuoteColumns, QuoteExclusion } from './rows.ts';
import type { QuoteReader } from './types.ts';

type OptionRow = [
  expiryDay: number,
  root: string,
  strike: number,
  optionType: OptionType,
  batchId: number,
  sourceLine: number,
  bid: Cell,
  ask: Cell,
  bidSize: Cell,
  askSize: Cell,
  last: Cell,
  settle: Cell,
  close: Cell,
  volume: Cell,
  openInterest: Cell,
  multiplier: number,
  vendorVol: Cell,
  settlement: 'AM' | 'PM' | null,
  exercise: 'european' | 'american' | null,
  adjusted: number,
];

/** Rows of one key stand together, oldest batch first: the last of each is the one that is read. */
export function createQuoteReader(db: ReadableDb): QuoteReader {
  const idOf = db.prepare('SELECT underlier_id FROM underlier WHERE symbol = ?').pluck();
  const options = db
    .prepare(
      `SELECT expiry_day, root, strike, option_type, batch_id, source_line, bid, ask, bid_size, ask_size,
              last, settle, close, volume, open_interest, multiplier, vendor_vol, settlement, exercise, adjusted
       FROM option_quote CROSS JOIN import_batch USING (batch_id)
       WHERE underlier_id = ? AND trade_day = ? AND undone_at IS NULL
       ORDER BY expiry_day, root, strike, option_type, batch_id`,
    )
    .raw();
  const futures = db.prepare(
    `SELECT expiry_day AS expiryDay, batch_id AS batchId, contract, bid, ask, last, settle, close, volume,
            open_interest AS openInterest, multiplier
     FROM future_quote CROSS JOIN import_batch USING (batch_id)
     WHERE underlier_id = ? AND trade_day = ? AND undone_at IS NULL ORDER BY expiry_day, batch_id`,
  );
  const spot = db.prepare(
    `SELECT spot, underlier_mark.quoted_at AS quotedAt, source, batch_id AS batchId, file_name AS fileName
     FROM underlier_mark JOIN import_batch USING (batch_id)
     WHERE underlier_id = ? AND trade_day = ? AND undone_at IS NULL ORDER BY batch_id DESC LIMIT 1`,
  );
  const marketDays = db
    .prepare(
      `SELECT day FROM import_coverage JOIN import_batch USING (batch_id)
       WHERE row_kind = 'option-quote' AND undone_at IS NULL
       UNION
       SELECT trade_day FROM vol_history JOIN import_batch USING (batch_id) WHERE undone_at IS NULL
       ORDER BY 1 DESC`,
    )
    .pluck();
  const chainDays = db
    .prepare(
      `SELECT DISTINCT day FROM import_coverage JOIN import_batch USING (batch_id)
       WHERE row_kind = 'option-quote' AND underlier_id = ? AND undone_at IS NULL ORDER BY day DESC`,
    )
    .pluck();
  const newestQuotedAt = db
    .prepare('SELECT max(quoted_at) FROM import_batch WHERE undone_at IS NULL')
    .pluck();
  const batchesOf = db
    .prepare(
      `SELECT DISTINCT batch_id FROM import_coverage JOIN import_batch USING (batch_id)
       WHERE underlier_id = ? AND day = ? AND row_kind IN ('option-quote', 'future-quote', 'daily-price')
         AND undone_at IS NULL ORDER BY batch_id`,
    )
    .pluck();
  const allBatches = db
    .prepare(
      `SELECT DISTINCT day, batch_id FROM import_coverage JOIN import_batch USING (batch_id)
       WHERE underlier_id = ? AND row_kind IN ('option-quote', 'future-quote', 'daily-price')
         AND undone_at IS NULL ORDER BY day, batch_id`,
    )
    .raw();
  const exclusionColumns = `exclusion_id AS exclusionId, underlier AS symbol, contract, trade_date AS tradeDate,
    reason, excluded_at AS excludedAt, excluded_by AS excludedBy`;
  const allExclusions = db.prepare(
    `SELECT ${exclusionColumns} FROM quote_exclusion
     WHERE underlier = ? AND lifted_at IS NULL ORDER BY exclusion_id`,
  );
  const exclusion = db.prepare(
    `SELECT ${exclusionColumns} FROM quote_exclusion WHERE exclusion_id = ? AND lifted_at IS NULL`,
  );
  const exclusions = db.prepare(
    `SELECT ${exclusionColumns} FROM quote_exclusion
     WHERE underlier = ? AND (trade_date IS NULL OR trade_date = ?) AND lifted_at IS NULL ORDER BY exclusion_id`,
  );

  return {
    marketDates: () => (marketDays.all() as number[]).map(dateOfDay),
    chainDates: (symbol) => {
      const id = idOf.get(symbol);
      return id === undefined ? [] : (chainDays.all(id) as number[]).map(dateOfDay);
    },
    chain: (symbol, date) => {
      const id = idOf.get(symbol);
      const rows = id === undefined ? [] : (options.all(id, dayOfDate(date)) as OptionRow[]);
      return columnsOf(symbol, date, rows.filter(isNewest));
    },
    futures: (symbol, date) => {
      const id = idOf.get(symbol);
      if (id === undefined) return [];
      type Row = Omit<FutureQuote, 'symbol' | 'tradeDate' | 'expiryDate'> & { readonly expiryDay: number };
      return (futures.all(id, dayOfDate(date)) as Row[])
        .filter((row, at, all) => all[at + 1]?.expiryDay !== row.expiryDay)
        .map(({ expiryDay, ...quote }) => ({
          symbol,
          tradeDate: date,
          expiryDate: dateOfDay(expiryDay),
          ...quote,
        }));
    },
    spot: (symbol, date) => {
      const id = idOf.get(symbol);
      if (id === undefined) return null;
      type Row = {
        readonly spot: number;
        readonly quotedAt: string | null;
        readonly source: string;
        readonly batchId: number;
        readonly fileName: string;
      };
      const row = spot.get(id, dayOfDate(date)) as Row | undefined;
      return row === undefined ? null : { ...row, tradeDate: date };
    },
    newestQuotedAt: () => newestQuotedAt.get() as string | null,
    exclusions: (symbol, date) => exclusions.all(symbol, date) as QuoteExclusion[],
    batchesOf: (symbol, date) => {
      const id = idOf.get(symbol);
      return id === undefined ? [] : (batchesOf.all(id, dayOfDate(date)) as number[]);
    },
    batchesByDay: (symbol) => {
      const id = idOf.get(symbol);
      const found = new Map<string, number[]>();
      for (const [day, batch] of (id === undefined ? [] : allBatches.all(id)) as [number, number][]) {
        const date = dateOfDay(day);
        const batches = found.get(date);
        if (batches === undefined) found.set(date, [batch]);
        else batches.push(batch);
      }
      return found;
    },
    allExclusions: (symbol) => allExclusions.all(symbol) as QuoteExclusion[],
    exclusion: (exclusionId) => (exclusion.get(exclusionId) as QuoteExclusion | undefined) ?? null,
  };
}

function isNewest(row: OptionRow, at: number, rows: readonly OptionRow[]): boolean {
  const next = rows[at + 1];
  return (
    next === undefined || next[2] !== row[2] || next[3] !== row[3] || next[0] !== row[0] || next[1] !== row[1]
  );
}

function columnsOf(symbol: string, tradeDate: string, rows: readonly OptionRow[]): OptionQuoteColumns {
  return {
    symbol,
    tradeDate,
    rows: rows.length,
    expiryDate: rows.map((row) => dateOfDay(row[0])),
    root: rows.map((row) => row[1]),
    strike: rows.map((row) => row[2]),
    optionType: rows.map((row) => row[3]),
    batchId: rows.map((row) => row[4]),
    sourceLine: rows.map((row) => row[5]),
    bid: rows.map((row) => row[6]),
    ask: rows.map((row) => row[7]),
    bidSize: rows.map((row) => row[8]),
    askSize: rows.map((row) => row[9]),
    last: rows.map((row) => row[10]),
    settle: rows.map((row) => row[11]),
    close: rows.map((row) => row[12]),
    volume: rows.map((row) => row[13]),
    openInterest: rows.map((row) => row[14]),
    multiplier: rows.map((row) => row[15]),
    vendorVol: rows.map((row) => row[16]),
    settlement: rows.map((row) => row[17]),
    exercise: rows.map((row) => row[18]),
    adjusted: rows.map((row) => row[19] === 1),
  };
}
