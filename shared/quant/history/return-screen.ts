import type { IsoDate } from '../../dates.ts';

const splitRatios = [1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50, 100];
/** A split leaves the day's own move in the ratio; a few per cent of it are allowed for. */
const splitTolerance = 0.04;
const leastSplit = (splitRatios[0] ?? 1) * (1 - splitTolerance);

/** The split that a jump between two closes looks like, in words, or null. */
export function splitLike(previous: number, close: number): string | null {
  const ratio = previous > close ? previous / close : close / previous;
  if (ratio < leastSplit) return null;
  const nearest = splitRatios.find((candidate) => Math.abs(ratio / candidate - 1) <= splitTolerance);
  if (nearest === undefined) return null;
  return previous > close ? `${nearest}-for-1 split` : `1-for-${nearest} reverse split`;
}

/**
 * Days whose return, from the close before, cannot be used: a session lies between that has no close, or the
 * jump looks like an unadjusted split.
 *
 * Limits: dates ascending, closes > 0; `sessions` ascending, those of the exchange over the dates.
 * Source: math §6. Proof: test/unit/quant/return-screen.test.ts (against `realizedReport`)
 */
export function unusableReturns(series: {
  readonly dates: readonly IsoDate[];
  readonly closes: readonly number[];
  readonly sessions: readonly IsoDate[];
}): readonly IsoDate[] {
  const { dates, closes, sessions } = series;
  const found: IsoDate[] = [];
  let at = 0;
  for (let t = 1; t < dates.length; t++) {
    const [previous, date] = [dates[t - 1]!, dates[t]!];
    while (at < sessions.length && sessions[at]! <= previous) at++;
    const between = sessions[at];
    const isGap = between !== undefined && between < date;
    if (isGap || splitLike(closes[t - 1]!, closes[t]!) !== null) found.push(date);
  }
  return found;
}
