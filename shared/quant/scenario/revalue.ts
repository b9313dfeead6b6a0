import { ok } from '../../result.ts';
import type { Revalue } from './operations.ts';
import { shockBook } from './shock-book.ts';
import { valueBook } from './value-book.ts';

/**
 * Full revaluation of a book under a shock.
 *
 * @returns the shocked valuation with each position's and the whole profit; no shock gives profit 0 exactly
 *
 * Failures: `invalid-input` where the shock is none.
 * Limits: profit counts positions valued both with and without the shock; the others are in `notValued`.
 * Source: math §12. Proof: test/unit/quant/scenario/revalue.test.ts, test/property/quant/scenario.test.ts
 */
export const revalue: Revalue = ({ book, shock }) => {
  const shocked = shockBook({ book, shock });
  if (!shocked.ok) return shocked;
  const before = valueBook(book);
  const after = valueBook(shocked.value.book);
  let [profit, baseValue] = [0, 0];
  const profits = after.positions.map(({ measures }, i) => {
    const base = before.positions[i]!.measures;
    if (measures === null || base === null) return null;
    profit += measures.value - base.value;
    baseValue += base.value;
    return measures.value - base.value;
  });
  const missing = before.notValued.filter(
    ({ positionId }) => !after.notValued.some((one) => one.positionId === positionId),
  );
  return ok({
    ...after,
    notValued: [...after.notValued, ...missing],
    notes: [...after.notes, ...shocked.value.notes],
    profit,
    baseValue,
    profits,
  });
};
