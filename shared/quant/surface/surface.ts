import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol, Years } from '../../units.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

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
