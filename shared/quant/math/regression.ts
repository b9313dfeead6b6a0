import { sessionsPerYear } from '../../dates.ts';
import { assertThat, fail, ok, type Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { reasoned, type Reasoned } from '../reasoned.ts';

/** How well returns of a basket (or a stock) follow an index. */
export interface TrackingFit {
  /** 1 − Σ(index − basket)² / Σ(index − mean index)²: of the basket as it is held, not of a new fit. */
  readonly rSquared: number;
  /** Squared correlation: the r² of the best line through the points. */
  readonly correlationSquared: number;
  /** Slope of basket returns on index returns. */
  readonly beta: number;
  /** Intercept of that line, per year, decimal. */
  readonly alphaPerYear: number;
  /** Standard deviation of basket less index, annualized, decimal. */
  readonly trackingError: Vol;
  /** Standard deviation of what the line leaves, annualized, decimal. */
  readonly residualVol: Vol;
  readonly observations: number;
}

/**
 * Regression report of basket returns against index returns, in sample or in a holdout alike.
 *
 * @param input.periodsPerYear  252 for daily returns (the default), 52 for weekly
 * Failures: `invalid-input` with fewer than three observations or an index that does not vary.
 * Source: math §8.
 * Proof:  test/unit/quant/basket.test.ts
 */
export function trackingFit(input: {
  readonly index: ArrayLike<number>;
  readonly basket: ArrayLike<number>;
  readonly periodsPerYear?: number;
}): Result<TrackingFit, Reasoned<'invalid-input'>> {
  const { index, basket, periodsPerYear = sessionsPerYear } = input;
  assertThat(index.length === basket.length, 'index and basket returns are equally long');
  const n = index.length;
  if (n < 3) return fail(reasoned('invalid-input', { reason: `${n} returns are too few for a regression` }));
  const [meanIndex, meanBasket] = [meanOf(index), meanOf(basket)];
  let [indexSquares, basketSquares, cross, residualSquares, differenceSquares] = [0, 0, 0, 0, 0];
  for (let t = 0; t < n; t++) {
    const [x, y] = [index[t]! - meanIndex, basket[t]! - meanBasket];
    indexSquares += x * x;
    basketSquares += y * y;
    cross += x * y;
    residualSquares += (index[t]! - basket[t]!) ** 2;
    differenceSquares += (y - x) ** 2;
  }
  if (!(indexSquares > 0) || !Number.isFinite(residualSquares)) {
    return fail(reasoned('invalid-input', { reason: 'the index returns do not vary' }));
  }
  const beta = cross / indexSquares;
  const line = Math.max(0, basketSquares - beta * cross);
  return ok({
    rSquared: 1 - residualSquares / indexSquares,
    correlationSquared: basketSquares > 0 ? (cross * cross) / (indexSquares * basketSquares) : 0,
    beta,
    alphaPerYear: (meanBasket - beta * meanIndex) * periodsPerYear,
    trackingError: Math.sqrt((differenceSquares / (n - 1)) * periodsPerYear),
    residualVol: Math.sqrt((line / (n - 2)) * periodsPerYear),
    observations: n,
  });
}

/** Returns of a basket held at constant weights: Σ weight × column, period by period. */
export function basketReturns(
  columns: readonly ArrayLike<number>[],
  weights: readonly number[],
): Float64Array {
  assertThat(columns.length === weights.length, 'one weight for each column');
  const out = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, i) => {
    for (let t = 0; t < out.length; t++) out[t]! += weights[i]! * column[t]!;
  });
  return out;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += values[t]!;
  return sum / values.length;
}
