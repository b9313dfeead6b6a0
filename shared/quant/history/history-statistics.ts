import type { Fraction } from '../../units.ts';

export type HistoryRange = '3 months' | '6 months' | '1 year' | '2 years' | 'all';

/** Where a value stands in the newest part of its history. */
export interface RangeStatistics {
  readonly range: HistoryRange;
  /** Days of the range that have the measure. */
  readonly days: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Share of those days below the value, ties counted half, 0 to 1; null without a value. */
  readonly percentile: Fraction | null;
  /** (value − mean) / sample standard deviation; null where history does not vary. */
  readonly zScore: number | null;
}

const ranges: readonly { readonly range: HistoryRange; readonly sessions: number }[] = [
  { range: '3 months', sessions: 63 },
  { range: '6 months', sessions: 126 },
  { range: '1 year', sessions: 252 },
  { range: '2 years', sessions: 504 },
  { range: 'all', sessions: Infinity },
];

/** Sessions of a range; Infinity for all. */
export const rangeSessions = (range: HistoryRange): number =>
  ranges.find((known) => known.range === range)?.sessions ?? Infinity;

/**
 * A value against its own past over 3 months to all of it, a session a row, oldest first.
 *
 * Limits: a range is the newest sessions stored, however far back the calendar puts them; a range
 * with no day has nulls. Source: math §7, Timing. Proof: test/unit/quant/history-statistics.test.ts
 */
export function historyStatistics(
  value: number | null,
  history: readonly (number | null)[],
): readonly RangeStatistics[] {
  return ranges.map(({ range, sessions }) => {
    const known = history
      .slice(-Math.min(sessions, Math.max(1, history.length)))
      .filter((past) => past !== null);
    const days = known.length;
    if (days === 0) {
      return { range, days, min: null, max: null, mean: null, percentile: null, zScore: null };
    }
    const mean = known.reduce((sum, past) => sum + past, 0) / days;
    const squares = known.reduce((sum, past) => sum + (past - mean) ** 2, 0);
    const deviation = days > 1 ? Math.sqrt(squares / (days - 1)) : 0;
    const below = known.reduce(
      (count, past) => count + (value === null || past > value ? 0 : past < value ? 1 : 0.5),
      0,
    );
    return {
      range,
      days,
      min: known.reduce((a, b) => Math.min(a, b)),
      max: known.reduce((a, b) => Math.max(a, b)),
      mean,
      percentile: value === null ? null : below / days,
      zScore: value === null || !(deviation > 0) ? null : (value - mean) / deviation,
    };
  });
}
