import { minimize } from '../math/nelder-mead.ts';
import { butterflyAt } from './smile-shape.ts';
import type { SmileShape, SviParams } from './smile-shape.ts';

/** What a calibration fits: log-moneyness ascending, total variance, weight of its squared error. */
export interface VarianceQuotes {
  readonly k: Float64Array;
  readonly w: Float64Array;
  readonly weight: Float64Array;
  /** σ√T at the money: the natural unit of log-moneyness. */
  readonly atmDeviation: number;
}

/** ln of the smallest curvature radius searched, as a share of the deviation at the money: one hundredth. */
const smallestLogScale = -4.6;

/** Total variance grows no faster than 2|k| (Lee 2004). */
const leeBound = 2;

interface Inner {
  a: number;
  c: number;
  d: number;
  loss: number;
}

/**
 * Least squares in (a, c, d) for fixed m and σ under c ≥ |d|, c + |d| ≤ cap·σ: w = a + d·y + c·z. A cap of 2 is
 * Lee's bound on the slopes of the wings.
 */
function solveInner(quotes: VarianceQuotes, m: number, sigma: number, cap: number, out: Inner): void {
  const most = cap * sigma;
  const half = most / 2;
  const { k, w, weight } = quotes;
  const n = k.length;
  let [s, sy, sz, sw, syy, szz, syz, syw, szw, sww] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const y = (k[i]! - m) / sigma;
    const z = Math.sqrt(1 + y * y);
    const q = weight[i]!;
    const target = w[i]!;
    s += q;
    sy += q * y;
    sz += q * z;
    sw += q * target;
    syy += q * y * y;
    szz += q * z * z;
    syz += q * y * z;
    syw += q * y * target;
    szw += q * z * target;
    sww += q * target * target;
  }
  const [my, mz, mw] = [sy / s, sz / s, sw / s];
  const vyy = syy - s * my * my;
  const vzz = szz - s * mz * mz;
  const vyz = syz - s * my * mz;
  const vyw = syw - s * my * mw;
  const vzw = szw - s * mz * mw;
  const vww = Math.max(0, sww - s * mw * mw);
  out.loss = Infinity;
  const consider = (c: number, d: number): void => {
    const loss = vww - 2 * (d * vyw + c * vzw) + d * d * vyy + c * c * vzz + 2 * c * d * vyz;
    if (loss >= out.loss) return;
    const a = mw - d * my - c * mz;
    // The lowest total variance of the curve must stay above zero.
    if (!(a + Math.sqrt(Math.max(0, c * c - d * d)) > 0)) return;
    out.a = a;
    out.c = c;
    out.d = d;
    out.loss = loss;
  };
  const determinant = vyy * vzz - vyz * vyz;
  if (determinant > 1e-14 * vyy * vzz) {
    const d = (vyw * vzz - vzw * vyz) / determinant;
    const c = (vzw * vyy - vyw * vyz) / determinant;
    if (c >= Math.abs(d) && c + Math.abs(d) <= most) consider(c, d);
  }
  if (out.loss < Infinity) return;
  // Outside: the best point on each edge of the diamond (0,0) (h,h) (2h,0) (h,−h), 2h = cap·σ.
  for (const sign of [1, -1]) {
    const up = vzz + 2 * sign * vyz + vyy;
    const t = up > 0 ? Math.min(half, Math.max(0, (vzw + sign * vyw) / up)) : 0;
    consider(t, sign * t);
    const down = vzz - 2 * sign * vyz + vyy;
    const fixed = most * (vyy - sign * vyz);
    const u = down > 0 ? Math.min(most, Math.max(half, (vzw - sign * vyw + fixed) / down)) : half;
    consider(u, sign * (most - u));
  }
  consider(0, 0);
}

const paramsOf = (inner: Inner, m: number, sigma: number): SviParams => ({
  a: inner.a,
  b: inner.c / sigma,
  rho: inner.c > 0 ? inner.d / inner.c : 0,
  m,
  sigma,
});

/**
 * Raw SVI by quasi-explicit calibration: the linear three solved exactly under Lee's bound, the other two
 * searched from the best of a grid of starts, or from a previous answer.
 *
 * Source: Zeliade Systems (2009), Quasi-explicit calibration of Gatheral's SVI model.
 * Proof: test/unit/quant/smile.test.ts (recovers its own parameters)
 */
export function calibrateSvi(
  quotes: VarianceQuotes,
  from: SviParams | null,
): { params: SviParams; loss: number } {
  const { k, atmDeviation } = quotes;
  const n = k.length;
  const [low, high] = [k[0]!, k[n - 1]!];
  const width = Math.max(high - low, atmDeviation);
  const inner: Inner = { a: 0, c: 0, d: 0, loss: Infinity };
  const bounds = {
    sigmaLow: Math.log(atmDeviation) + smallestLogScale,
    sigmaHigh: Math.log(20 * Math.max(atmDeviation, width)),
  };
  const lossAt = (m: number, logSigma: number): number => {
    if (m < low - width || m > high + width || logSigma < bounds.sigmaLow || logSigma > bounds.sigmaHigh)
      return Infinity;
    solveInner(quotes, m, Math.exp(logSigma), leeBound, inner);
    return inner.loss;
  };
  const starts: { m: number; logSigma: number; loss: number }[] = [];
  if (from !== null) {
    const logSigma = Math.log(from.sigma);
    starts.push({ m: from.m, logSigma, loss: lossAt(from.m, logSigma) });
  } else {
    for (const share of [-1.5, -0.5, 0, 0.5, 1.5]) {
      for (const scale of [0.1, 0.4, 1.2, 3.5]) {
        const m = share * atmDeviation;
        const logSigma = Math.log(scale * atmDeviation);
        starts.push({ m, logSigma, loss: lossAt(m, logSigma) });
      }
    }
    starts.sort((a, b) => a.loss - b.loss);
    starts.splice(3);
  }
  let best = { m: 0, logSigma: Math.log(atmDeviation), loss: Infinity };
  for (const start of starts) {
    const found = minimize({
      of: (point) => lossAt(point[0]!, point[1]!),
      start: [start.m, start.logSigma],
      steps: [0.3 * atmDeviation, 0.4],
      maxEvaluations: 120,
      tolerance: 1e-7,
    });
    if (found.value < best.loss) best = { m: found.point[0]!, logSigma: found.point[1]!, loss: found.value };
  }
  const sigma = Math.exp(best.logSigma);
  solveInner(quotes, best.m, sigma, leeBound, inner);
  return { params: paramsOf(inner, best.m, sigma), loss: inner.loss };
}

function weightedLoss(quotes: VarianceQuotes, p: SviParams): number {
  let loss = 0;
  for (let i = 0; i < quotes.k.length; i += 1) {
    const x = quotes.k[i]! - p.m;
    const error = p.a + p.b * (p.rho * x + Math.sqrt(x * x + p.sigma * p.sigma)) - quotes.w[i]!;
    loss += quotes.weight[i]! * error * error;
  }
  return loss;
}

/** Points of the grid that the penalty of a repair looks at: every so many. */
const repairStride = 4;
/** A repair aims this far above zero, so that the points it skips hold too. */
const repairMargin = 0.002;

/**
 * SVI pulled back from butterfly arbitrage: m, σ and a tighter bound on the wings searched with a penalty on
 * negative g, the linear three solved for each. The caller still checks the result.
 *
 * @param penaltyScale weight of the penalty in units of the unrepaired loss
 */
export function repairSvi(
  quotes: VarianceQuotes,
  from: SviParams,
  grid: Float64Array,
  penaltyScale: number,
): { params: SviParams; loss: number } {
  const inner: Inner = { a: 0, c: 0, d: 0, loss: Infinity };
  const scale = Math.max(weightedLoss(quotes, from), 1e-12) * penaltyScale;
  const { atmDeviation } = quotes;
  const lossAt = (point: Float64Array): number => {
    const [m, logSigma, tightness] = [point[0]!, point[1]!, point[2]!];
    const sigma = Math.exp(logSigma);
    if (!(sigma > 0 && sigma < 1e3) || tightness < 0) return Infinity;
    solveInner(quotes, m, sigma, leeBound * Math.exp(-tightness), inner);
    if (inner.loss === Infinity) return Infinity;
    const shape: SmileShape = {
      ...paramsOf(inner, m, sigma),
      forward: 1,
      timeToExpiry: 1,
      knots: [],
      coefficients: [],
    };
    let penalty = 0;
    for (let i = 0; i < grid.length; i += repairStride) {
      const g = butterflyAt(shape, grid[i]!);
      if (g < repairMargin) penalty += g === -Infinity ? 1e6 : repairMargin - g;
    }
    return inner.loss + scale * penalty;
  };
  let best: { point: Float64Array; value: number } | null = null;
  const starts: readonly (readonly [number, number])[] = [
    [from.m, Math.log(from.sigma)],
    [0, Math.log(atmDeviation)],
    [0, Math.log(3 * atmDeviation)],
  ];
  for (const [m, logSigma] of starts) {
    const found = minimize({
      of: lossAt,
      start: [m, logSigma, 0.05],
      steps: [0.4 * atmDeviation, 0.4, 0.3],
      maxEvaluations: 220,
      tolerance: 1e-6,
    });
    if (best === null || found.value < best.value) best = found;
  }
  const point = best!.point;
  const sigma = Math.exp(point[1]!);
  solveInner(quotes, point[0]!, sigma, leeBound * Math.exp(-point[2]!), inner);
  return { params: paramsOf(inner, point[0]!, sigma), loss: inner.loss };
}

/**
 * SSVI slice, three parameters, free of butterfly arbitrage by construction, written as raw SVI:
 * w = θ/2·(1 + ρφk + √((φk + ρ)² + 1 − ρ²)) with θφ(1 + |ρ|) < 4 and θφ²(1 + |ρ|) ≤ 4.
 *
 * Source: Gatheral & Jacquier (2014), theorem 4.2.
 */
export function calibrateSsviSlice(quotes: VarianceQuotes): { params: SviParams; loss: number } {
  const paramsAt = (point: Float64Array): SviParams => {
    const theta = Math.exp(point[0]!);
    const rho = 0.999 * Math.tanh(point[1]!);
    const most = Math.min(3.999 / (theta * (1 + Math.abs(rho))), 2 / Math.sqrt(theta * (1 + Math.abs(rho))));
    const phi = most / (1 + Math.exp(-point[2]!));
    return {
      a: (theta / 2) * (1 - rho * rho),
      b: (theta * phi) / 2,
      rho,
      m: -rho / phi,
      sigma: Math.sqrt(1 - rho * rho) / phi,
    };
  };
  let best: { params: SviParams; loss: number } | null = null;
  for (const skew of [-0.6, 0.3]) {
    const found = minimize({
      of: (point) => weightedLoss(quotes, paramsAt(point)),
      start: [2 * Math.log(quotes.atmDeviation), skew, -1],
      steps: [0.2, 0.4, 1],
      maxEvaluations: 250,
      tolerance: 1e-8,
    });
    if (best === null || found.value < best.loss) best = { params: paramsAt(found.point), loss: found.value };
  }
  return best!;
}
