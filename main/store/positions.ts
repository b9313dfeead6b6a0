import type { ReadableDb } from './db.ts';
import { dateOfDay } from './days.ts';
import type { StoredPosition } from './rows.ts';

type Row = Omit<StoredPosition, 'expiryDate' | 'adjusted'> & {
  readonly expiryDay: number | null;
  readonly adjusted: number;
};

export interface PositionReader {
  readonly list: () => readonly StoredPosition[];
  /** The newest live batch that has one of the books; null where none has. */
  readonly batchOf: (books: readonly string[]) => number | null;
}

/** A book is whole: the newest live batch that has it is the book, so that closed positions go. */
export function createPositionReader(db: ReadableDb): PositionReader {
  const rows = db.prepare(
    `WITH newest AS (
       SELECT book, max(batch_id) AS batch_id FROM position JOIN import_batch USING (batch_id)
       WHERE undone_at IS NULL GROUP BY book)
     SELECT position_id AS positionId, book, symbol, instrument, contract, option_type AS optionType,
            expiry_day AS expiryDay, root, strike, quantity, multiplier, cost_price AS costPrice, adjusted
     FROM position JOIN newest USING (book, batch_id) JOIN underlier USING (underlier_id)
     ORDER BY book, symbol, instrument DESC, expiry_day, strike, option_type`,
  );
  const newest = db
    .prepare(
      `SELECT max(batch_id) FROM position JOIN import_batch USING (batch_id)
       WHERE undone_at IS NULL AND book = ?`,
    )
    .pluck();
  return {
    batchOf: (books) =>
      books.reduce<number | null>((found, book) => {
        const batch = newest.get(book) as number | null;
        return batch === null ? found : Math.max(batch, found ?? batch);
      }, null),
    list: () =>
      (rows.all() as Row[]).map(({ expiryDay, adjusted, ...row }) => ({
        ...row,
        expiryDate: expiryDay === null ? null : dateOfDay(expiryDay),
        adjusted: adjusted === 1,
      })),
  };
}
