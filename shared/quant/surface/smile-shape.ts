import { normCdf } from '../math/normal.ts';
import type { LogMoneyness, TotalVariance, Vol, Years } from '../../units.ts';

/** Raw SVI: w(k) = a + b(ρ(k − m) + √((k − m)² + σ²)). */
export interface SviParams {
  readonly a: number;
  readonly b: number;
  readonly rho: number;
  readonly m: number;
  readonly sigma: number;
}

/**
 * Total variance beyond a point in parabolas, joined without a kink, that end level: so that volatility stays
 * bounded where nothing is quoted. Columns run outward: up for a right wing, down for a left one.
 */
export interface Wing {
  /** Where each parabola begins, the level end last. */
  readonly k: readonly number[];
  /** There: total variance, and its first and second derivative outward. */
  readonly w: readonly number[];
  readonly slope: readonly number[];
  readonly curvature: readonly number[];
}

/**
 * A fitted smile as plain data: SVI in total variance, plus a cubic spline correction that is zero outside
 * its knots. The first and last three coefficients are zero, so it leaves without a kink.
 */
export interface SmileShape extends SviParams {
  readonly forward: number;
  readonly timeToExpiry: Years;
  /** Log-moneyness ascending, distinct; empty where SVI stands alone. Four more than coefficients. */
  readonly knots: readonly number[];
  readonly coefficients: readonly number[];
  /** Beyond its last quotes; absent: the straight wings of SVI. */
  readonly wings?: { readonly left: Wing | null; readonly right: Wing | null };
  /** Curves of earlier expiries that this one is held above, where its own quotes leave it below; absent: none. */
  readonly floors?: readonly SmileShape[];
  /** Over this much of ln w either side a floor is joined smoothly; 0: with a kink. */
  readonly floorBlend?: number;
}

/** Where `evaluate` writes: w, ∂w/∂k, ∂²w/∂k². Read it before the next call. */
export const evaluated = { w: 0, slope: 0, curvature: 0 };
/** Where `splineBasis` writes: four values, four first and four second derivatives. */
export const basis = new Float64Array(12);

/** Index of the first of the four cubic basis functions that live at k, or −1 outside the knots. */
export function splineBasis(t: readonly number[], k: number): number {
  const last = t.length - 4;
  if (last < 4 || !(k >= t[3]! && k < t[last]!)) return -1;
  let low = 3;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (t[middle]! <= k) low = middle;
    else high = middle;
  }
  const i = low;
  // Cox–de Boor, degree by degree; the lower degrees give the derivatives.
  const l1 = (k - t[i]!) / (t[i + 1]! - t[i]!);
  const h = t[i + 1]! - t[i]!;
  const n10 = 1 - l1;
  const n11 = l1;
  const a0 = (k - t[i - 1]!) / (t[i + 1]! - t[i - 1]!);
  const a1 = (k - t[i]!) / (t[i + 2]! - t[i]!);
  const n20 = (1 - a0) * n10;
  const n21 = a0 * n10 + (1 - a1) * n11;
  const n22 = a1 * n11;
  const s0 = t[i + 1]! - t[i - 2]!;
  const s1 = t[i + 2]! - t[i - 1]!;
  const s2 = t[i + 3]! - t[i]!;
  const b0 = (k - t[i - 2]!) / s0;
  const b1 = (k - t[i - 1]!) / s1;
  const b2 = (k - t[i]!) / s2;
  basis[0] = (1 - b0) * n20;
  basis[1] = b0 * n20 + (1 - b1) * n21;
  basis[2] = b1 * n21 + (1 - b2) * n22;
  basis[3] = b2 * n22;
  basis[4] = (-3 * n20) / s0;
  basis[5] = (3 * n20) / s0 - (3 * n21) / s1;
  basis[6] = (3 * n21) / s1 - (3 * n22) / s2;
  basis[7] = (3 * n22) / s2;
  const q0 = t[i + 1]! - t[i - 1]!;
  const q1 = t[i + 2]! - t[i]!;
  const d20 = (-2 * n10) / q0;
  const d21 = (2 * n10) / q0 - (2 * n11) / q1;
  const d22 = (2 * n11) / q1;
  basis[8] = (-3 * d20) / s0;
  basis[9] = (3 * d20) / s0 - (3 * d21) / s1;
  basis[10] = (3 * d21) / s1 - (3 * d22) / s2;
  basis[11] = (3 * d22) / s2;
  return h > 0 ? i - 3 : -1;
}

/** Writes total variance and its two derivatives in log-moneyness to `evaluated`. */
export function evaluate(shape: SmileShape, k: LogMoneyness): void {
  const wing = wingAt(shape, k);
  if (wing === null) evaluateBody(shape, k);
  else evaluateWing(wing, k);
  if (shape.floors === undefined) return;
  for (const floor of shape.floors) {
    const { w, slope, curvature } = evaluated;
    evaluate(floor, k);
    raise(w, slope, curvature, shape.floorBlend ?? 0);
  }
}

function wingAt({ wings }: SmileShape, k: LogMoneyness): Wing | null {
  if (wings === undefined) return null;
  if (wings.right !== null && k > wings.right.k[0]!) return wings.right;
  return wings.left !== null && k < wings.left.k[0]! ? wings.left : null;
}

function evaluateWing(wing: Wing, k: LogMoneyness): void {
  const from = wing.k[0]!;
  const distance = Math.abs(k - from);
  let low = 0;
  let high = wing.k.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (Math.abs(wing.k[middle]! - from) <= distance) low = middle;
    else high = middle;
  }
  const x = Math.abs(k - wing.k[low]!);
  const curvature = wing.curvature[low]!;
  const slope = wing.slope[low]! + curvature * x;
  evaluated.w = wing.w[low]! + wing.slope[low]! * x + (curvature * x * x) / 2;
  evaluated.slope = k > from ? slope : -slope;
  evaluated.curvature = curvature;
}

function evaluateBody(shape: SmileShape, k: LogMoneyness): void {
  const x = k - shape.m;
  const root = Math.sqrt(x * x + shape.sigma * shape.sigma);
  let w = shape.a + shape.b * (shape.rho * x + root);
  let slope = shape.b === 0 ? 0 : shape.b * (shape.rho + x / root);
  let curvature = shape.b === 0 ? 0 : (shape.b * shape.sigma * shape.sigma) / (root * root * root);
  if (shape.knots.length > 0) {
    const first = splineBasis(shape.knots, k);
    if (first >= 0) {
      for (let j = 0; j < 4; j += 1) {
        const c = shape.coefficients[first + j]!;
        w += c * basis[j]!;
        slope += c * basis[4 + j]!;
        curvature += c * basis[8 + j]!;
      }
    }
  }
  evaluated.w = w;
  evaluated.slope = slope;
  evaluated.curvature = curvature;
}

/**
 * Leaves in `evaluated`, which holds a floor, the higher of it and a curve: ln w joined by a parabola where
 * the two are within `blend` of each other, and so never below either.
 */
function raise(w: number, slope: number, curvature: number, blend: number): void {
  const distance = w > 0 ? Math.log(evaluated.w / w) : Infinity;
  if (distance >= blend) return;
  if (distance <= -blend) {
    evaluated.w = w;
    evaluated.slope = slope;
    evaluated.curvature = curvature;
    return;
  }
  const [logSlope, floorLogSlope] = [slope / w, evaluated.slope / evaluated.w];
  const logCurvature = curvature / w - logSlope * logSlope;
  const floorLogCurvature = evaluated.curvature / evaluated.w - floorLogSlope * floorLogSlope;
  const share = (distance + blend) / (2 * blend);
  const gap = floorLogSlope - logSlope;
  const joinedSlope = logSlope + share * gap;
  const joinedCurvature =
    logCurvature + (gap * gap) / (2 * blend) + share * (floorLogCurvature - logCurvature);
  evaluated.w = w * Math.exp(share * share * blend);
  evaluated.slope = evaluated.w * joinedSlope;
  evaluated.curvature = evaluated.w * (joinedCurvature + joinedSlope * joinedSlope);
}

/** Total variance of a smile at a log-moneyness. */
export function totalVarianceAt(shape: SmileShape, k: LogMoneyness): TotalVariance {
  evaluate(shape, k);
  return evaluated.w;
}

/** Volatility of a smile at a log-moneyness. */
export const smileVolAt = (shape: SmileShape, k: LogMoneyness): Vol =>
  Math.sqrt(Math.max(0, totalVarianceAt(shape, k)) / shape.timeToExpiry);

/** Volatility of a smile at a strike, underlier currency. */
export const smileVol = (shape: SmileShape, strike: number): Vol =>
  smileVolAt(shape, Math.log(strike / shape.forward));

/**
 * Durrleman's g: the risk-neutral density up to a positive factor. Below zero is butterfly arbitrage.
 * −Infinity where total variance is not above zero.
 *
 * Source: Gatheral & Jacquier (2014), Arbitrage-free SVI volatility surfaces, lemma 2.2.
 * Proof: test/unit/quant/smile.test.ts (against the second difference of prices)
 */
export function butterflyAt(shape: SmileShape, k: LogMoneyness): number {
  evaluate(shape, k);
  const { w, slope, curvature } = evaluated;
  if (!(w > 0)) return -Infinity;
  const lead = 1 - (k * slope) / (2 * w);
  return lead * lead - ((slope * slope) / 4) * (1 / w + 0.25) + curvature / 2;
}

/** Risk-neutral density of ln(price at expiry / forward), per unit of log-moneyness. */
export function densityAt(shape: SmileShape, k: LogMoneyness): number {
  const g = butterflyAt(shape, k);
  const { w } = evaluated;
  if (!(w > 0)) return 0;
  const root = Math.sqrt(w);
  const d2 = -k / root - root / 2;
  return (g * Math.exp(-0.5 * d2 * d2)) / Math.sqrt(2 * Math.PI * w);
}

/** N(d₁) at a log-moneyness: the forward delta of a call, undiscounted. */
export function callDeltaAt(shape: SmileShape, k: LogMoneyness): number {
  const root = Math.sqrt(Math.max(totalVarianceAt(shape, k), 1e-300));
  return normCdf(-k / root + root / 2);
}

/** A dip shallower than this share of the highest density is no second mode. */
const modeProminence = 0.02;

/** How many separate humps the density has over a grid, ascending. */
export function densityModes(shape: SmileShape, grid: Float64Array): number {
  const density = Float64Array.from(grid, (k) => densityAt(shape, k));
  const least = modeProminence * Math.max(...density);
  let modes = 0;
  let rising = true;
  let extreme = 0;
  for (const value of density) {
    if (rising ? value > extreme : value < extreme) extreme = value;
    else if (Math.abs(value - extreme) > least) {
      if (rising) modes += 1;
      rising = !rising;
      extreme = value;
    }
  }
  return rising && extreme > least ? modes + 1 : modes;
}
