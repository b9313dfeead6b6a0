import { holdsButterfly } from './smile-grids.ts';
import { basis, densityModes, smileVolAt, splineBasis, totalVarianceAt } from './smile-shape.ts';
import type { SmileShape } from './smile-shape.ts';
import type { VarianceQuotes } from './svi-calibration.ts';

/** Corrections finer than this share of the standard deviation are noise, not smile. */
const knotSpacing = 0.28;
const mostKnots = 26;
/** Stiffest first: the smoothest curve that serves is taken. */
const stiffnesses = [30, 3, 0.3, 0.03, 0.003, 0.0003];

/** Distinct knots over the quotes: even in asinh(k / deviation), so dense at the money and wide in the wings. */
export function correctionKnots(quotes: VarianceQuotes): readonly number[] {
  const { k, atmDeviation } = quotes;
  const [low, high] = [Math.asinh(k[0]! / atmDeviation), Math.asinh(k[k.length - 1]! / atmDeviation)];
  const intervals = Math.min(mostKnots, Math.floor(k.length / 1.5), Math.ceil((high - low) / knotSpacing));
  if (intervals < 4) return [];
  const step = (high - low) / intervals;
  // Two intervals of run-out on each side bring the correction to zero beyond the last quote, and three
  // more carry basis functions whose coefficients stay zero.
  return Array.from({ length: intervals + 11 }, (_, i) => atmDeviation * Math.sinh(low + (i - 5) * step));
}

/** In place: solves A·x = b for a symmetric positive definite A (rows × columns), x left in b. False if it is not. */
function solveInPlace(a: Float64Array, b: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      let sum = a[i * n + j]!;
      for (let p = 0; p < j; p += 1) sum -= a[i * n + p]! * a[j * n + p]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        a[i * n + i] = Math.sqrt(sum);
      } else a[i * n + j] = sum / a[j * n + j]!;
    }
  }
  for (let i = 0; i < n; i += 1) {
    let sum = b[i]!;
    for (let p = 0; p < i; p += 1) sum -= a[i * n + p]! * b[p]!;
    b[i] = sum / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = b[i]!;
    for (let p = i + 1; p < n; p += 1) sum -= a[p * n + i]! * b[p]!;
    b[i] = sum / a[i * n + i]!;
  }
  return true;
}

/** How far a curve is from the quotes: share within reach of the half-spread, and a bounded mean miss. */
export function scoreOf(
  shape: SmileShape,
  quotes: { readonly k: Float64Array; readonly vol: Float64Array; readonly half: Float64Array },
): { readonly inside: number; readonly miss: number } {
  let inside = 0;
  let miss = 0;
  const n = quotes.k.length;
  for (let i = 0; i < n; i += 1) {
    const distance = Math.abs(smileVolAt(shape, quotes.k[i]!) - quotes.vol[i]!) / quotes.half[i]!;
    if (distance <= 1) inside += 1;
    miss += Math.min(distance, 4);
  }
  return { inside: inside / n, miss: miss / n };
}

const withCorrection = (
  base: SmileShape,
  knots: readonly number[],
  free: Float64Array,
  share: number,
): SmileShape => ({
  ...base,
  knots,
  coefficients: [0, 0, 0, ...Array.from(free, (value) => share * value), 0, 0, 0],
});

/**
 * Adds to an arbitrage-free SVI the local correction that its five parameters cannot follow: a penalized
 * cubic spline in total variance, as stiff as serves, scaled back until no butterfly arbitrage is left.
 *
 * @param singleHump refuses a correction that gives the density more humps than the base has: for quotes
 *   without a spread, whose scatter must not be taken for shape
 * @returns the corrected curve, or the base where no correction helps; g ≥ `leastButterfly` on the grid
 */
export function correctLocally(
  base: SmileShape,
  quotes: VarianceQuotes & { readonly vol: Float64Array; readonly half: Float64Array },
  grid: Float64Array,
  leastButterfly: number,
  singleHump: boolean,
): SmileShape {
  const knots = correctionKnots(quotes);
  if (knots.length === 0) return base;
  const free = knots.length - 10;
  const normal = new Float64Array(free * free);
  const right = new Float64Array(free);
  const n = quotes.k.length;
  for (let i = 0; i < n; i += 1) {
    const first = splineBasis(knots, quotes.k[i]!);
    if (first < 0) continue;
    const residual = quotes.w[i]! - totalVarianceAt(base, quotes.k[i]!);
    const weight = quotes.weight[i]!;
    for (let p = 0; p < 4; p += 1) {
      const row = first + p - 3;
      if (row < 0 || row >= free) continue;
      right[row]! += weight * basis[p]! * residual;
      for (let q = 0; q < 4; q += 1) {
        const column = first + q - 3;
        if (column >= 0 && column < free) normal[row * free + column]! += weight * basis[p]! * basis[q]!;
      }
    }
  }
  // Second differences of the correction relative to the curve, so that a deep wing may bend as much.
  const scale = Array.from({ length: free }, (_, j) => 1 / totalVarianceAt(base, knots[j + 5]!));
  const penalty = new Float64Array(free * free);
  const at = (j: number): number => (j >= 0 && j < free ? 1 : 0);
  for (let j = -1; j <= free; j += 1) {
    const parts: readonly (readonly [number, number])[] = [
      [j - 1, 1],
      [j, -2],
      [j + 1, 1],
    ];
    for (const [p, up] of parts)
      for (const [q, uq] of parts)
        if (at(p) === 1 && at(q) === 1) penalty[p * free + q]! += up * uq * scale[p]! * scale[q]!;
  }
  let [traceNormal, tracePenalty] = [0, 0];
  for (let j = 0; j < free; j += 1) {
    traceNormal += normal[j * free + j]!;
    tracePenalty += penalty[j * free + j]!;
  }
  if (!(traceNormal > 0)) return base;

  const humps = singleHump ? Math.max(1, densityModes(base, grid)) : Infinity;
  const isAllowed = (shape: SmileShape): boolean =>
    holdsButterfly(shape, grid, leastButterfly) && (!singleHump || densityModes(shape, grid) <= humps);
  let best = base;
  let bestScore = scoreOf(base, quotes);
  for (const stiffness of stiffnesses) {
    if (bestScore.inside >= 0.98) break;
    const matrix = new Float64Array(free * free);
    const factor = (stiffness * traceNormal) / tracePenalty;
    for (let j = 0; j < matrix.length; j += 1) matrix[j] = normal[j]! + factor * penalty[j]!;
    for (let j = 0; j < free; j += 1) matrix[j * free + j]! += 1e-12 * traceNormal;
    const solution = Float64Array.from(right);
    if (!solveInPlace(matrix, solution, free)) continue;
    let low = 0;
    let high = 1;
    let candidate = withCorrection(base, knots, solution, 1);
    if (!isAllowed(candidate)) {
      for (let pass = 0; pass < 6; pass += 1) {
        const middle = (low + high) / 2;
        if (isAllowed(withCorrection(base, knots, solution, middle))) low = middle;
        else high = middle;
      }
      if (low < 0.1) continue;
      candidate = withCorrection(base, knots, solution, low);
    }
    const score = scoreOf(candidate, quotes);
    if (
      score.inside > bestScore.inside + 0.01 ||
      (score.inside >= bestScore.inside && score.miss < 0.97 * bestScore.miss)
    ) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}
