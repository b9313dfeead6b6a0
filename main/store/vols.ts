import type { ReadableDb } from './db.ts';
import { dateOfDay, dayOfDate } from './days.ts';
import type { TermVol } from './rows.ts';
import type { VolReader } from './types.ts';

export function createVolReader(db: ReadableDb): VolReader {
  const idOf = db.prepare('SELECT underlier_id FROM underlier WHERE symbol = ?').pluck();
  const history = db
    .prepare(
      `SELECT trade_day, vol FROM vol_history CROSS JOIN import_batch USING (batch_id)
       WHERE underlier_id = ? AND term_days = ? AND trade_day <= ? AND undone_at IS NULL
       ORDER BY trade_day, batch_id`,
    )
    .raw();
  const terms = db
    .prepare(
      `SELECT DISTINCT term_days FROM vol_history JOIN import_batch USING (batch_id)
       WHERE underlier_id = ? AND undone_at IS NULL ORDER BY term_days`,
    )
    .pluck();
  const onDay = db
    .prepare(
      `SELECT vol FROM vol_history JOIN import_batch USING (batch_id)
       WHERE underlier_id = ? AND term_days = ? AND trade_day = ? AND undone_at IS NULL
       ORDER BY batch_id DESC LIMIT 1`,
    )
    .pluck();

  const termsOf = (symbol: string): number[] => {
    const id = idOf.get(symbol);
    return id === undefined ? [] : (terms.all(id) as number[]);
  };

  return {
    terms: termsOf,
    history: (symbol, termDays, to) => {
      const id = idOf.get(symbol);
      const rows =
        id === undefined ? [] : (history.all(id, termDays, dayOfDate(to)) as [day: number, vol: number][]);
      const newest = rows.filter((row, at) => rows[at + 1]?.[0] !== row[0]);
      return {
        symbol,
        termDays,
        rows: newest.length,
        date: newest.map((row) => dateOfDay(row[0])),
        vol: newest.map((row) => row[1]),
      };
    },
    on: (symbol, date) => {
      const id = idOf.get(symbol);
      const day = dayOfDate(date);
      return termsOf(symbol).flatMap((termDays): TermVol[] => {
        const vol = onDay.get(id, termDays, day) as number | undefined;
        return vol === undefined ? [] : [{ termDays, vol }];
      });
    },
  };
}
