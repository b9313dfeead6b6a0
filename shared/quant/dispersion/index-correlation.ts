import { fail, ok, type Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { correlationFault, quadraticForm } from './correlation.ts';
import { reasoned, type Reasoned } from '../reasoned.ts';

type Invalid = Reasoned<'invalid-input'>;

export interface IndexCorrelation {
  /** 1 is 100 %. Above 1 or below −1 is possible and is never clamped. */
  readonly correlation: number;
  /** Σ w σ. */
  readonly weightedVol: Vol;
  /** Σ w σ over the index volatility: the first volatility level coefficient; null where that is 0. */
  readonly firstCoefficient: number | null;
}

/**
 * The one correlation between all pairs that reconciles component volatilities with the index's:
 * (σ_I² − Σ w²σ²) / ((Σ wσ)² − Σ w²σ²), implied or historical volatilities alike.
 *
 * @param input.weights  as they stand, not normalized here; negative ones are allowed
 * @param input.vols  decimal, ≥ 0, in the order of the weights
 * Failures: `invalid-input` where lengths differ, a number is bad, or no pair carries volatility
 *   (a single name, or all others without weight).
 * Source: math §7.
 * Proof:  test/reference/quant/dispersion.test.ts (exact fractions), test/property/quant/dispersion.test.ts
 */
export function indexCorrelation(input: {
  readonly weights: readonly number[];
  readonly vols: readonly Vol[];
  readonly indexVol: Vol;
}): Result<IndexCorrelation, Invalid> {
  const { weights, vols, indexVol } = input;
  const fault = weightsFault(weights, vols);
  if (fault !== null) return invalid(fault);
  if (!Number.isFinite(indexVol) || indexVol < 0)
    return invalid('the index volatility is negative or not a number');
  const parts = varianceParts(weights, vols);
  const correlation = correlationOfParts(parts, indexVol);
  if (correlation === null) return invalid('no pair of names carries volatility');
  const { weightedVol } = parts;
  return ok({ correlation, weightedVol, firstCoefficient: indexVol > 0 ? weightedVol / indexVol : null });
}

/**
 * Volatility of a weighted portfolio: √(xᵀρx) with x = wσ.
 *
 * @param input.correlations  row-major, names × names; symmetric with ones on the diagonal
 * Failures: `invalid-input` where shapes differ, the matrix is no correlation matrix, or the variance
 *   comes out negative beyond rounding (a matrix put together from pairs that contradict each other).
 * Source: math §7.
 * Proof:  test/reference/quant/dispersion.test.ts
 */
export function portfolioVol(input: {
  readonly weights: readonly number[];
  readonly vols: readonly Vol[];
  readonly correlations: ArrayLike<number>;
}): Result<Vol, Invalid> {
  const { weights, vols, correlations } = input;
  const fault = weightsFault(weights, vols) ?? correlationFault(correlations, weights.length);
  if (fault !== null) return invalid(fault);
  const exposures = weights.map((weight, i) => weight * vols[i]!);
  const variance = quadraticForm(exposures, correlations);
  const scale = exposures.reduce((sum, x) => sum + Math.abs(x), 0) ** 2;
  if (variance < -1e-12 * scale) return invalid('the correlations contradict each other: negative variance');
  return ok(Math.sqrt(Math.max(0, variance)));
}

export interface VarianceParts {
  readonly weightedVol: Vol;
  readonly ownVariance: number;
  readonly pairVariance: number;
}

/** The correlation that reconciles the parts with an index volatility; null where no pair carries volatility. */
export const correlationOfParts = (
  { ownVariance, pairVariance }: VarianceParts,
  indexVol: Vol,
): number | null =>
  Math.abs(pairVariance) <= 1e-14 * ownVariance ? null : (indexVol * indexVol - ownVariance) / pairVariance;

/** Σ wσ, Σ w²σ², and 2 Σ_{i<j} w_i w_j σ_i σ_j = (Σ wσ)² − Σ w²σ². */
export function varianceParts(weights: readonly number[], vols: readonly Vol[]): VarianceParts {
  let weightedVol = 0;
  let ownVariance = 0;
  for (let i = 0; i < weights.length; i++) {
    const exposure = weights[i]! * vols[i]!;
    weightedVol += exposure;
    ownVariance += exposure * exposure;
  }
  return { weightedVol, ownVariance, pairVariance: weightedVol * weightedVol - ownVariance };
}

function weightsFault(weights: readonly number[], vols: readonly number[]): string | null {
  if (weights.length === 0) return 'there are no weights';
  if (weights.length !== vols.length) return `${weights.length} weights but ${vols.length} volatilities`;
  if (!weights.every(Number.isFinite)) return 'a weight is not a number';
  if (!vols.every((vol) => Number.isFinite(vol) && vol >= 0))
    return 'a volatility is negative or not a number';
  return null;
}

const invalid = (reason: string): { readonly ok: false; readonly error: Invalid } =>
  fail(reasoned('invalid-input', { reason }));
