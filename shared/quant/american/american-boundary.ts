/**
 * Early-exercise boundary of an American put by spectral collocation.
 *
 * Normalized: strike 1, boundary as a function of the time left τ. H(√τ) = ln²(B(τ)/B(0+)) is smooth
 * and is carried by its values at Chebyshev points of √τ. Each pass evaluates the integral equation at
 * every node by Gauss–Legendre quadrature after u = τ·cos²θ, which removes the square roots at both ends.
 *
 * Source: Andersen, Lake and Offengenden (2016), J. Computational Finance 20(1); start from QD+ of
 *         Li (2010), Review of Derivatives Research 13. math §4.
 * Proof:  test/reference/quant/american.test.ts (boundary and 380 prices)
 */
import { millsRatio, normCdfAbsolute, normPdf, sqrtTwoPi } from '../math/normal.ts';
import { approximateLogBoundaries } from './american-start.ts';
import { gaussLegendreNodes } from '../math/numeric.ts';

/** How finely the boundary and the integrals are resolved. */
export interface CollocationScheme {
  /** Chebyshev intervals of √τ. */
  readonly intervals: number;
  /** Gauss–Legendre points of each integral of the fixed point. */
  readonly quadrature: number;
  /** Passes of the fixed point. */
  readonly passes: number;
  /** Gauss–Legendre points of each panel of the premium integral. */
  readonly premiumPoints: number;
}

/** A put of strike 1. */
export interface PutMarket {
  readonly rate: number;
  readonly dividendYield: number;
  readonly vol: number;
  readonly timeToExpiry: number;
}

/** The boundary of a put of strike 1, as ln B at Chebyshev points of √τ. */
export interface PutBoundary {
  readonly market: PutMarket;
  /** ln B(0+). */
  readonly logStart: number;
  /** ln²(B/B(0+)) at the points, τ ascending, the first being τ = 0. */
  readonly squares: Float64Array;
}

interface Layout {
  readonly points: Float64Array;
  readonly barycentric: Float64Array;
  readonly sines: Float64Array;
  readonly cosines: Float64Array;
  readonly weights: Float64Array;
  /** node × quadrature × point: Lagrange weights of H at the quadrature times. */
  readonly interpolation: Float64Array;
  readonly growthRate: Float64Array;
  readonly growthYield: Float64Array;
  readonly logBoundary: Float64Array;
}

/** Deviations of drift over the life above which smooth pasting is no longer a stable iteration. */
const drifts = 0.5;

const layouts = new Map<number, Layout>();

function layoutOf(intervals: number, quadrature: number): Layout {
  const key = intervals * 1024 + quadrature;
  const known = layouts.get(key);
  if (known !== undefined) return known;
  const points = Float64Array.from({ length: intervals + 1 }, (_, j) => -Math.cos((j * Math.PI) / intervals));
  const barycentric = Float64Array.from(
    { length: intervals + 1 },
    (_, j) => (j % 2 === 0 ? 1 : -1) * (j === 0 || j === intervals ? 0.5 : 1),
  );
  const rule = gaussLegendreNodes(quadrature);
  const angles = rule.nodes.map((y) => 0.25 * Math.PI * (1 + y));
  const interpolation = new Float64Array(intervals * quadrature * (intervals + 1));
  for (let i = 1; i <= intervals; i++)
    for (let k = 0; k < quadrature; k++) {
      const at = (1 + points[i]!) * Math.cos(angles[k]!) - 1;
      const offset = ((i - 1) * quadrature + k) * (intervals + 1);
      lagrangeWeights(points, barycentric, at, interpolation.subarray(offset, offset + intervals + 1));
    }
  const layout: Layout = {
    points,
    barycentric,
    sines: angles.map(Math.sin),
    cosines: angles.map(Math.cos),
    weights: rule.weights.map((w) => 0.25 * Math.PI * w),
    interpolation,
    growthRate: new Float64Array(intervals * quadrature),
    growthYield: new Float64Array(intervals * quadrature),
    logBoundary: new Float64Array(intervals + 1),
  };
  layouts.set(key, layout);
  return layout;
}

function lagrangeWeights(
  points: Float64Array,
  barycentric: Float64Array,
  at: number,
  into: Float64Array,
): void {
  let sum = 0;
  for (let j = 0; j < points.length; j++) {
    const distance = at - points[j]!;
    if (distance === 0) {
      into.fill(0);
      into[j] = 1;
      return;
    }
    into[j] = barycentric[j]! / distance;
    sum += into[j]!;
  }
  for (let j = 0; j < points.length; j++) into[j]! /= sum;
}

/** ln B at the time left τ ≤ timeToExpiry, given √(τ/timeToExpiry). */
export function logBoundaryAt(boundary: PutBoundary, rootShare: number): number {
  const { squares } = boundary;
  const layout = pointsOf(squares.length - 1);
  const at = 2 * rootShare - 1;
  let top = 0;
  let bottom = 0;
  for (let j = 0; j < squares.length; j++) {
    const distance = at - layout.points[j]!;
    if (distance === 0) return boundary.logStart - Math.sqrt(squares[j]!);
    const weight = layout.barycentric[j]! / distance;
    top += weight * squares[j]!;
    bottom += weight;
  }
  return boundary.logStart - Math.sqrt(Math.max(top / bottom, 0));
}

const pointsOf = (intervals: number): Layout => layoutOf(intervals, 1);

/**
 * Solves the boundary. Needs a put that has one: rate > 0, or rate = 0 with a negative yield.
 *
 * Limits: all numbers finite, vol·√timeToExpiry not below about 1e-6.
 */
export function solvePutBoundary(market: PutMarket, scheme: CollocationScheme): PutBoundary {
  const { rate, dividendYield, timeToExpiry } = market;
  const { intervals, quadrature } = scheme;
  const layout = layoutOf(intervals, quadrature);
  const logStart = dividendYield > rate ? Math.log(rate / dividendYield) : 0;
  const squares = new Float64Array(intervals + 1);
  const { logBoundary } = layout;
  logBoundary[0] = logStart;
  const times = layout.points.map((point) => timeToExpiry * (0.5 * (1 + point)) ** 2);
  approximateLogBoundaries(market, logStart, times, logBoundary);
  for (let i = 1; i <= intervals; i++) {
    const tau = times[i]!;
    for (let k = 0; k < quadrature; k++) {
      const since = tau * layout.sines[k]! * layout.sines[k]!;
      layout.growthRate[(i - 1) * quadrature + k] = Math.exp(-rate * since);
      layout.growthYield[(i - 1) * quadrature + k] =
        dividendYield === 0 ? 1 : Math.exp(-dividendYield * since);
    }
  }
  const drifting = (Math.abs(rate - dividendYield) * Math.sqrt(timeToExpiry)) / market.vol > drifts;
  const pass = drifting ? nextByValue : nextBySlope;
  const passes = drifting ? 2 * scheme.passes : scheme.passes;
  for (let count = 0; count < passes; count++) {
    for (let j = 0; j <= intervals; j++) squares[j] = (logBoundary[j]! - logStart) ** 2;
    for (let i = 1; i <= intervals; i++) logBoundary[i] = pass(market, layout, squares, logStart, i);
  }
  for (let j = 0; j <= intervals; j++) squares[j] = (logBoundary[j]! - logStart) ** 2;
  return { market, logStart, squares };
}

/** One pass of the smooth-pasting fixed point (FP-A of the paper) at node i: ln of B = top/bottom. */
function nextBySlope(
  market: PutMarket,
  layout: Layout,
  squares: Float64Array,
  logStart: number,
  i: number,
): number {
  const { rate, dividendYield } = market;
  const { sines, cosines, weights, interpolation, growthRate, growthYield } = layout;
  const count = sines.length;
  const size = squares.length;
  const logB = layout.logBoundary[i]!;
  const root = 0.5 * (1 + layout.points[i]!) * Math.sqrt(market.timeToExpiry);
  const tau = root * root;
  const drift = rate - dividendYield;
  const s = market.vol * root;
  let topSum = 0;
  let bottomSum = 0;
  let massSum = 0;
  let cell = (i - 1) * count;
  let offset = cell * size;
  for (let k = 0; k < count; k++, cell++) {
    let square = 0;
    for (let j = 1; j < size; j++) square += interpolation[offset + j]! * squares[j]!;
    offset += size;
    const sine = sines[k]!;
    const deviation = s * sine;
    const logRatio = logB - logStart + (square > 0 ? Math.sqrt(square) : 0);
    const dMinus = (logRatio + drift * tau * sine * sine) / deviation - 0.5 * deviation;
    const measure = weights[k]! * cosines[k]!;
    topSum += measure * growthRate[cell]! * Math.exp(-0.5 * dMinus * dMinus);
    if (dividendYield !== 0) {
      const dPlus = dMinus + deviation;
      const density = measure * growthYield[cell]! * Math.exp(-0.5 * dPlus * dPlus);
      bottomSum += density;
      const tail = density * millsRatio(Math.abs(dPlus));
      massSum += sine * (dPlus < 0 ? tail : measure * growthYield[cell]! * sqrtTwoPi - tail);
    }
  }
  const d0 = (logB + drift * tau) / s - 0.5 * s;
  const top = Math.exp(-rate * tau) * normPdf(d0) + (2 * rate * tau * topSum) / sqrtTwoPi;
  const bottom =
    Math.exp(-dividendYield * tau) * (normPdf(d0 + s) + s * normCdfAbsolute(d0 + s)) +
    (2 * dividendYield * tau * (bottomSum + s * massSum)) / sqrtTwoPi;
  const ratio = top / bottom;
  if (!(ratio > 0 && ratio < Infinity)) return logB;
  return Math.min(Math.max(Math.log(ratio), logB - 2), logStart);
}

/** The same by value matching (FP-B): slower to converge, and stable where drift outweighs noise. */
function nextByValue(
  market: PutMarket,
  layout: Layout,
  squares: Float64Array,
  logStart: number,
  i: number,
): number {
  const { rate, dividendYield } = market;
  const { sines, cosines, weights, interpolation, growthRate, growthYield } = layout;
  const count = sines.length;
  const size = squares.length;
  const logB = layout.logBoundary[i]!;
  const root = 0.5 * (1 + layout.points[i]!) * Math.sqrt(market.timeToExpiry);
  const tau = root * root;
  const drift = rate - dividendYield;
  const s = market.vol * root;
  let topSum = 0;
  let bottomSum = 0;
  let cell = (i - 1) * count;
  let offset = cell * size;
  for (let k = 0; k < count; k++, cell++) {
    let square = 0;
    for (let j = 1; j < size; j++) square += interpolation[offset + j]! * squares[j]!;
    offset += size;
    const sine = sines[k]!;
    const deviation = s * sine;
    const logRatio = logB - logStart + (square > 0 ? Math.sqrt(square) : 0);
    const dMinus = (logRatio + drift * tau * sine * sine) / deviation - 0.5 * deviation;
    const measure = weights[k]! * cosines[k]! * sine;
    topSum += measure * growthRate[cell]! * normCdfAbsolute(dMinus);
    if (dividendYield !== 0) bottomSum += measure * growthYield[cell]! * normCdfAbsolute(dMinus + deviation);
  }
  const d0 = (logB + drift * tau) / s - 0.5 * s;
  const top = Math.exp(-rate * tau) * normCdfAbsolute(d0) + 2 * rate * tau * topSum;
  const bottom =
    Math.exp(-dividendYield * tau) * normCdfAbsolute(d0 + s) + 2 * dividendYield * tau * bottomSum;
  const ratio = top / bottom;
  if (!(ratio > 0 && ratio < Infinity)) return logB;
  return Math.min(Math.max(Math.log(ratio), logB - 2), logStart);
}
