import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Years } from '../../units.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

/** One strike with both sides; a two-sided quote, or marks alone (bid and ask null). */
export interface ParityPair {
  readonly strike: number;
  readonly callMark: number;
  readonly putMark: number;
  /** Width of the synthetic forward: call spread plus put spread; null where only marks are known. */
  readonly paritySpread: number | null;
}
export interface ImpliedForward {
  readonly forward: number;
  /** One standard deviation of the forward, underlier currency. */
  readonly forwardStandardError: number;
  readonly discountFactor: number;
  /** Null where the discount factor was given, not estimated. */
  readonly discountStandardError: number | null;
  readonly pairsUsed: number;
  readonly outlierStrikes: readonly number[];
}

/** Pairs nearest the money that always take part. */
const fewestPairs = 8;
const mostPairs = 60;
/** Half width of the strikes used, in standard deviations read off the pair at the money. */
const reachInDeviations = 1.5;
/** A rate may be off by half a point and still be worth more than an assumption. */
const worstRateError = 0.005;
const plausibleRates = { lowest: -0.03, highest: 0.15 } as const;
/** Marks without a spread count as if quoted this share of the pair's premium wide. */
const spreadOfMarks = 0.02;

interface Line {
  readonly forward: number;
  readonly discountFactor: number;
  readonly forwardError: number;
  readonly discountError: number | null;
  readonly residuals: Float64Array;
}

/** Weighted least squares of call − put on strike; with the slope given, of the level alone. */
function fitLine(
  strikes: readonly number[],
  gaps: readonly number[],
  weights: readonly number[],
  discountFactor: number | null,
): Line | null {
  const n = strikes.length;
  let [w, wx, wy] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    w += weights[i]!;
    wx += weights[i]! * strikes[i]!;
    wy += weights[i]! * gaps[i]!;
  }
  const [meanX, meanY] = [wx / w, wy / w];
  let [xx, xy] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    const dx = strikes[i]! - meanX;
    xx += weights[i]! * dx * dx;
    xy += weights[i]! * dx * (gaps[i]! - meanY);
  }
  const slope = discountFactor ?? (xx > 0 ? -xy / xx : 0);
  if (!(slope > 0)) return null;
  const forward = meanX + meanY / slope;
  const residuals = new Float64Array(n);
  let chi = 0;
  for (let i = 0; i < n; i += 1) {
    const residual = gaps[i]! - slope * (forward - strikes[i]!);
    residuals[i] = residual;
    chi += weights[i]! * residual * residual;
  }
  const unknowns = discountFactor === null ? 2 : 1;
  // One pair, or two for a line, leave no residual to judge by: the spread itself stands in.
  const scale = n > unknowns ? chi / (n - unknowns) : 1;
  const discountVariance = discountFactor === null ? scale / xx : 0;
  const offset = forward - meanX;
  const forwardVariance = (scale / w + offset * offset * discountVariance) / (slope * slope);
  return {
    forward,
    discountFactor: slope,
    forwardError: Math.sqrt(forwardVariance),
    discountError: discountFactor === null ? Math.sqrt(discountVariance) : null,
    residuals,
  };
}

function medianOf(values: readonly number[]): number {
  const ascending = Float64Array.from(values).sort();
  const half = ascending.length >> 1;
  const high = ascending[half] ?? 0;
  return ascending.length % 2 === 1 ? high : (high + (ascending[half - 1] ?? high)) / 2;
}

/** Fits, drops what lies far off both by the others' scatter and by its own spread, and fits again. */
function trimmedFit(
  pairs: readonly ParityPair[],
  spreads: readonly number[],
  discountFactor: number | null,
): { readonly line: Line; readonly kept: readonly number[] } | null {
  let kept = pairs.map((_, i) => i);
  for (let pass = 0; ; pass += 1) {
    const line = fitLine(
      kept.map((i) => pairs[i]!.strike),
      kept.map((i) => pairs[i]!.callMark - pairs[i]!.putMark),
      kept.map((i) => 1 / (spreads[i]! * spreads[i]!)),
      discountFactor,
    );
    if (line === null) return null;
    if (pass === 5) return { line, kept };
    const sizes = [...line.residuals].map(Math.abs);
    const typical = 1.4826 * medianOf(sizes);
    const next = kept.filter((i, at) => sizes[at]! <= Math.max(4 * typical, 0.5 * spreads[i]!));
    if (next.length === kept.length || next.length < Math.max(3, kept.length / 2)) return { line, kept };
    kept = next;
  }
}

/** Forward of one pair: strike + (call − put) / discount factor. */
export const forwardOfPair = (pair: ParityPair, discountFactor: number): number =>
  pair.strike + (pair.callMark - pair.putMark) / discountFactor;

/**
 * Forward of an expiry, and its discount factor where the quotes determine one, from put–call parity.
 *
 * @param chain.pairs          strikes ascending, prices in underlier currency, discounted
 * @param chain.discountFactor used where the pairs do not determine one to half a point of rate
 * @param chain.estimateDiscount false keeps the given discount factor (American or one-sided chains)
 * @returns least squares weighted by 1/spread² over the pairs near the money, outliers trimmed; or
 *   no-forward with the reason
 *
 * Limits: European exercise. The errors are those of the regression: quotes wrong by a common amount
 * (a stale spot) do not show in them.
 * Source: math §2.1. Proof: test/reference/quant/forward-curve.test.ts, test/unit/quant/forward-curve.test.ts
 */
export function impliedForward(chain: {
  readonly pairs: readonly ParityPair[];
  readonly timeToExpiry: Years;
  readonly discountFactor: number;
  readonly estimateDiscount?: boolean;
}): Result<ImpliedForward, Reasoned<'no-forward'>> {
  const { timeToExpiry, discountFactor } = chain;
  const pairs = chain.pairs.filter((pair) => pair.callMark > 0 && pair.putMark > 0);
  const [first] = pairs;
  if (first === undefined)
    return fail(reasoned('no-forward', { reason: 'no strike has both a call and a put' }));
  let center = first;
  for (const pair of pairs) {
    if (Math.abs(pair.callMark - pair.putMark) < Math.abs(center.callMark - center.putMark)) center = pair;
  }
  const rough = forwardOfPair(center, discountFactor);
  if (!(rough > 0)) return fail(reasoned('no-forward', { reason: 'parity gives a forward below zero' }));
  // Straddle ≈ 0.8 · forward · deviation.
  const deviation = (center.callMark + center.putMark) / (0.8 * rough);
  const byDistance = [...pairs].sort(
    (a, b) => Math.abs(a.strike - rough) - Math.abs(b.strike - rough) || a.strike - b.strike,
  );
  const near = byDistance
    .filter(
      (pair, i) =>
        i < fewestPairs ||
        (i < mostPairs && Math.abs(Math.log(pair.strike / rough)) <= reachInDeviations * deviation),
    )
    .sort((a, b) => a.strike - b.strike);
  const floor = 1e-6 * rough;
  const spreads = near.map((pair) =>
    Math.max(floor, pair.paritySpread ?? spreadOfMarks * (pair.callMark + pair.putMark)),
  );
  const outliersOf = (kept: readonly number[]): readonly number[] => {
    const set = new Set(kept);
    return near.filter((_, i) => !set.has(i)).map((pair) => pair.strike);
  };

  if (chain.estimateDiscount !== false && near.length >= 5) {
    const free = trimmedFit(near, spreads, null);
    const error = free?.line.discountError ?? null;
    if (free !== null && error !== null && timeToExpiry > 0) {
      const rate = -Math.log(free.line.discountFactor) / timeToExpiry;
      const rateError = error / (free.line.discountFactor * timeToExpiry);
      const plausible = rate >= plausibleRates.lowest && rate <= plausibleRates.highest;
      if (plausible && rateError <= worstRateError && free.kept.length >= 5)
        return ok({
          forward: free.line.forward,
          forwardStandardError: free.line.forwardError,
          discountFactor: free.line.discountFactor,
          discountStandardError: error,
          pairsUsed: free.kept.length,
          outlierStrikes: outliersOf(free.kept),
        });
    }
  }
  const held = trimmedFit(near, spreads, discountFactor);
  if (held === null || !(held.line.forward > 0))
    return fail(reasoned('no-forward', { reason: 'the call and put prices contradict each other' }));
  return ok({
    forward: held.line.forward,
    forwardStandardError: held.line.forwardError,
    discountFactor,
    discountStandardError: null,
    pairsUsed: held.kept.length,
    outlierStrikes: outliersOf(held.kept),
  });
}

/** A cash dividend: years to the ex-date and the amount per share. */
export interface CashDividend {
  readonly timeToExDate: Years;
  readonly amount: number;
}

/**
 * Forward of a stock: spot grown at the rate, less the dividends up to expiry grown from their ex-dates.
 * Source: math §2.2. Proof: test/reference/quant/forward-curve.test.ts
 */
export function carriedForward(stock: {
  readonly spot: number;
  readonly rate: number;
  readonly timeToExpiry: Years;
  readonly dividends?: readonly CashDividend[];
}): number {
  const { spot, rate, timeToExpiry, dividends = [] } = stock;
  let forward = spot * Math.exp(rate * timeToExpiry);
  for (const { timeToExDate, amount } of dividends) {
    if (timeToExDate > 0 && timeToExDate <= timeToExpiry)
      forward -= amount * Math.exp(rate * (timeToExpiry - timeToExDate));
  }
  return forward;
}
