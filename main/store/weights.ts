import type { ReadableDb } from './db.ts';
import { dateOfDay, dayOfDate } from './days.ts';
import type { IndexComponent, IndexComposition } from './rows.ts';
import type { WeightReader } from './types.ts';

/** A composition is whole: the newest live batch of an index and day is read, never a mixture. */
export function createWeightReader(db: ReadableDb): WeightReader {
  const idOf = db.prepare('SELECT underlier_id FROM underlier WHERE symbol = ?').pluck();
  const indices = db
    .prepare(
      `SELECT DISTINCT symbol FROM import_coverage JOIN import_batch USING (batch_id)
       JOIN underlier USING (underlier_id)
       WHERE row_kind = 'index-weight' AND undone_at IS NULL ORDER BY symbol`,
    )
    .pluck();
  const days = db
    .prepare(
      `SELECT DISTINCT day FROM import_coverage JOIN import_batch USING (batch_id)
       WHERE row_kind = 'index-weight' AND underlier_id = ? AND undone_at IS NULL ORDER BY day DESC`,
    )
    .pluck();
  const newest = db.prepare(
    `SELECT day, max(batch_id) AS batchId FROM import_coverage JOIN import_batch USING (batch_id)
     WHERE row_kind = 'index-weight' AND underlier_id = ? AND day <= ? AND undone_at IS NULL
     GROUP BY day ORDER BY day DESC LIMIT 1`,
  );
  const components = db.prepare(
    `SELECT symbol, weight_fraction AS weightFraction, shares, sector, method
     FROM index_weight JOIN underlier USING (underlier_id)
     WHERE index_id = ? AND as_of_day = ? AND batch_id = ?
     ORDER BY weight_fraction DESC, symbol`,
  );

  const composition = (index: string, day: number): IndexComposition | null => {
    const id = idOf.get(index);
    if (id === undefined) return null;
    const layer = newest.get(id, day) as { readonly day: number; readonly batchId: number } | undefined;
    if (layer === undefined) return null;
    return {
      index,
      asOf: dateOfDay(layer.day),
      batchId: layer.batchId,
      components: components.all(id, layer.day, layer.batchId) as IndexComponent[],
    };
  };
  const dates: WeightReader['dates'] = (index) => {
    const id = idOf.get(index);
    return id === undefined ? [] : (days.all(id) as number[]).map(dateOfDay);
  };

  return {
    indices: () => indices.all() as string[],
    dates,
    asOf: (index, date) => composition(index, dayOfDate(date)),
    oldest: (index) => {
      const first = dates(index).at(-1);
      return first === undefined ? null : composition(index, dayOfDate(first));
    },
  };
}
