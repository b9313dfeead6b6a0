import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { LogMoneyness, Vol, Years } from '../units.ts';
import { reasoned } from './reasoned.ts';
import type { Reasoned } from './reasoned.ts';
import { totalVarianceAt } from './smile-shape.ts';
import type { SmileShape } from './smile-shape.ts';

/**
 * Volatility between two expiries: σ²τ = σ(t₂)²t₂ − σ(t₁)²t₁.
 *
 * @param term.nearTime ≥ 0 and before farTime, years
 * @returns the forward volatility; negative-forward-variance with the two quotes where the far total
 *   variance is the lower; invalid-input for times out of order
 * Source: math §10. Proof: test/unit/quant/surface.test.ts, test/reference/quant/surface.test.ts
 */
export function forwardVol(term: {
  readonly nearVol: Vol;
  readonly nearTime: Years;
  readonly farVol: Vol;
  readonly farTime: Years;
}): Result<Vol, Reasoned<'negative-forward-variance' | 'invalid-input'>> {
  const { nearVol, nearTime, farVol, farTime } = term;
  for (const [name, value] of Object.entries({ nearVol, nearTime, farVol, farTime })) {
    if (!(Number.isFinite(value) && value >= 0))
      return fail(reasoned('invalid-input', { reason: `${name} is ${value}` }));
  }
  if (!(farTime > nearTime))
    return fail(
      reasoned('invalid-input', { reason: `farTime ${farTime} is not after nearTime ${nearTime}` }),
    );
  const far = farVol * farVol * farTime;
  const variance = far - nearVol * nearVol * nearTime;
  // Two equal total variances may differ by their last digits.
  if (variance < -4 * Number.EPSILON * far)
    return fail(reasoned('negative-forward-variance', { nearVol, nearTime, farVol, farTime }));
  return ok(Math.sqrt(Math.max(0, variance) / (farTime - nearTime)));
}

/** One maturity's volatility. */
export interface TermPoint {
  readonly timeToExpiry: Years;
  readonly vol: Vol;
}

/**
 * Constant-maturity volatility: linear in total variance between the points either side; null outside
 * the first and last.
 *
 * @param points timeToExpiry ascending
 * Source: math §5.4. Proof: test/unit/quant/surface.test.ts
 */
export function volAtMaturity(points: readonly TermPoint[], maturity: Years): Vol | null {
  const after = points.findIndex((point) => point.timeToExpiry >= maturity);
  const far = points[after];
  if (far === undefined) return null;
  if (far.timeToExpiry === maturity) return far.vol;
  const near = points[after - 1];
  if (near === undefined) return null;
  const share = (maturity - near.timeToExpiry) / (far.timeToExpiry - near.timeToExpiry);
  const total = (1 - share) * near.vol ** 2 * near.timeToExpiry + share * far.vol ** 2 * far.timeToExpiry;
  return Math.sqrt(Math.max(0, total) / maturity);
}

/** Where a later expiry has less total variance than an earlier one. */
export interface CalendarBreach {
  /** Positions in the list given. */
  readonly near: number;
  readonly far: number;
  readonly logMoneyness: LogMoneyness;
  /** w(near) − w(far), above zero. */
  readonly varianceExcess: number;
}

/** A breach smaller than this share of total variance is within the quotes' own spread. */
const calendarTolerance = 0.005;
/** Further out than this many deviations of the nearer expiry, quotes are too coarse to tell. */
const calendarReach = 3;

/**
 * Calendar check of neighboring expiries: ∂w/∂T ≥ 0 at equal log-moneyness, on 41 points over the strikes
 * that both quote, up to three deviations of the nearer one. The worst point of each pair.
 *
 * @param smiles timeToExpiry ascending, with the outermost quotes' log-moneyness
 * Source: math §5.2; Gatheral & Jacquier (2014), lemma 2.1. Proof: test/unit/quant/surface.test.ts
 */
export function calendarBreaches(
  smiles: readonly {
    readonly shape: SmileShape;
    readonly lowest: LogMoneyness;
    readonly highest: LogMoneyness;
  }[],
): readonly CalendarBreach[] {
  const breaches: CalendarBreach[] = [];
  for (let i = 0; i + 1 < smiles.length; i += 1) {
    const [near, far] = [smiles[i]!, smiles[i + 1]!];
    const reach = calendarReach * Math.sqrt(Math.max(0, totalVarianceAt(near.shape, 0)));
    const low = Math.max(near.lowest, far.lowest, -reach);
    const high = Math.min(near.highest, far.highest, reach);
    let worst: CalendarBreach | null = null;
    const points = high > low ? 40 : -1;
    for (let j = 0; j <= points; j += 1) {
      const k = low + ((high - low) * j) / points;
      const before = totalVarianceAt(near.shape, k);
      const varianceExcess = before - totalVarianceAt(far.shape, k);
      if (varianceExcess > calendarTolerance * before && varianceExcess > (worst?.varianceExcess ?? 0))
        worst = { near: i, far: i + 1, logMoneyness: k, varianceExcess };
    }
    if (worst !== null) breaches.push(worst);
  }
  return breaches;
}
