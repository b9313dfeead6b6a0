import { addDays, daysBetween, type IsoDate } from '../../dates.ts';

export interface DatedDividend {
  readonly exDate: IsoDate;
  /** Per share, underlier currency. */
  readonly amount: number;
}

/** A payer silent for this many of its usual intervals is taken to have stopped. */
const mostIntervals = 1.5;

/**
 * The next dividend after a day, expected from past ones: the last amount, the median interval after the
 * last ex-date. Null with fewer than two, or where it should have come long ago.
 *
 * @param request.past  ex-dates ascending, all on or before `asOf`
 * Limits: a special dividend counts as an ordinary one; nothing announced is known.
 * Source: math §9 needs a next dividend; the desk has past ones only.
 * Proof: test/unit/quant/hedge-reassess.test.ts
 */
export function expectedDividend(request: {
  readonly past: readonly DatedDividend[];
  readonly asOf: IsoDate;
}): DatedDividend | null {
  const { past, asOf } = request;
  const last = past.at(-1);
  if (last === undefined || past.length < 2) return null;
  const intervals = past
    .slice(1)
    .map(({ exDate }, at) => daysBetween(past[at]?.exDate ?? exDate, exDate))
    .sort((a, b) => a - b);
  const interval = intervals[intervals.length >> 1] ?? 0;
  if (interval <= 0 || daysBetween(last.exDate, asOf) > mostIntervals * interval) return null;
  const expected = addDays(last.exDate, interval);
  return { exDate: expected > asOf ? expected : addDays(asOf, 1), amount: last.amount };
}
