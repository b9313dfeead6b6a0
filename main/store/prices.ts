import type { ReadableDb } from './db.ts';
import { dateOfDay, dayOfDate } from './days.ts';
import type { Cell, DailyPriceColumns } from './rows.ts';
import type { PriceReader } from './types.ts';

type PriceRow = [
  day: number,
  open: Cell,
  high: Cell,
  low: Cell,
  close: number,
  adjustedClose: Cell,
  volume: Cell,
  dividend: Cell,
  splitRatio: Cell,
];

/** Read newest first, the newest batch of a day first; turned around at the end. */
export function createPriceReader(db: ReadableDb): PriceReader {
  const idOf = db.prepare('SELECT underlier_id FROM underlier WHERE symbol = ?').pluck();
  const rows = db
    .prepare(
      `SELECT trade_day, open, high, low, close, adjusted_close, volume, dividend, split_ratio
       FROM daily_price CROSS JOIN import_batch USING (batch_id)
       WHERE underlier_id = ? AND trade_day <= ? AND undone_at IS NULL ORDER BY trade_day DESC, batch_id DESC`,
    )
    .raw();
  const newest = db
    .prepare(
      `SELECT max(trade_day) FROM daily_price JOIN import_batch USING (batch_id) WHERE undone_at IS NULL`,
    )
    .pluck();

  const upTo: PriceReader['upTo'] = (symbol, to, limit = Infinity) => {
    const found: PriceRow[] = [];
    const id = idOf.get(symbol);
    if (id !== undefined && limit > 0) {
      for (const row of rows.iterate(id, dayOfDate(to)) as IterableIterator<PriceRow>) {
        if (found.at(-1)?.[0] === row[0]) continue;
        if (found.length >= limit) break;
        found.push(row);
      }
    }
    return columnsOf(symbol, found.reverse());
  };

  return {
    upTo,
    closeOn: (symbol, date) => {
      const column = upTo(symbol, date, 1);
      const [day, close] = [column.date[0], column.close[0]];
      return day === undefined || close === undefined ? null : { date: day, close };
    },
    newestDate: () => {
      const day = newest.get() as number | null;
      return day === null ? null : dateOfDay(day);
    },
  };
}

const columnsOf = (symbol: string, rows: readonly PriceRow[]): DailyPriceColumns => ({
  symbol,
  rows: rows.length,
  date: rows.map((row) => dateOfDay(row[0])),
  open: rows.map((row) => row[1]),
  high: rows.map((row) => row[2]),
  low: rows.map((row) => row[3]),
  close: rows.map((row) => row[4]),
  adjustedClose: rows.map((row) => row[5]),
  volume: rows.map((row) => row[6]),
  dividend: rows.map((row) => row[7]),
  splitRatio: rows.map((row) => row[8]),
});
