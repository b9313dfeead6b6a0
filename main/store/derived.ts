import type { WritableDb } from './db.ts';
import { failureOfStoreError } from './sqlite-failures.ts';
import type { DerivedDays } from './types.ts';

/** Computed days and what they were computed from. Nothing of the desk's own: losing them costs time only. */
export function createDerivedDays(db: WritableDb, file: string): DerivedDays {
  const all = db
    .prepare('SELECT trade_date, inputs, value FROM derived_day WHERE kind = ? AND underlier = ?')
    .raw();
  const one = db
    .prepare('SELECT inputs, value FROM derived_day WHERE kind = ? AND underlier = ? AND trade_date = ?')
    .raw();
  const put = db.prepare(
    `INSERT INTO derived_day (kind, underlier, trade_date, inputs, value) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, underlier, trade_date) DO UPDATE SET inputs = excluded.inputs, value = excluded.value`,
  );
  const putAll = db.transaction(
    (kind: string, symbol: string, days: Parameters<DerivedDays['keep']>[2]): void => {
      for (const { date, inputs, value } of days) put.run(kind, symbol, date, inputs, JSON.stringify(value));
    },
  );
  return {
    find: (kind, symbol) =>
      new Map(
        (all.all(kind, symbol) as [string, string, string][]).map(([date, inputs, value]) => [
          date,
          { inputs, value: JSON.parse(value) as unknown },
        ]),
      ),
    on: (kind, symbol, date) => {
      const row = one.get(kind, symbol, date) as [string, string] | undefined;
      return row === undefined ? null : { inputs: row[0], value: JSON.parse(row[1]) as unknown };
    },
    keep: (kind, symbol, days) => {
      try {
        putAll.immediate(kind, symbol, days);
      } catch (error) {
        // A desk that cannot be written now is computed again next time.
        if (failureOfStoreError(error, file) === null) throw error;
      }
    },
  };
}
