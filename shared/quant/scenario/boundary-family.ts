import { solvePutBoundary } from '../american/american-boundary.ts';
import type { CollocationScheme, PutMarket } from '../american/american-boundary.ts';
import { exerciseKindOf, schemeOf } from '../american/american-continuous.ts';
import { gaussLegendreNodes } from '../math/numeric.ts';

/**
 * Early-exercise premiums of many options of one expiry. The boundary of a put of strike 1 depends on rate,
 * yield, time and volatility, not on spot or strike: it is solved at a few volatilities, interpolated between
 * them, and serves every strike and every spot of a grid.
 *
 * Source: math §4, §12; Andersen, Lake and Offengenden (2016) for boundary and premium.
 * Proof:  test/unit/quant/scenario/boundary-family.test.ts (against `americanGreeks`)
 */
export interface BoundaryFamily {
  /** Of the equivalent put, its volatility aside. */
  readonly rate: number;
  readonly dividendYield: number;
  readonly timeToExpiry: number;
  readonly cells: Map<number, Cell>;
}

/** Boundaries over one interval of ln σ. */
export interface Cell {
  readonly middle: number;
  readonly logStart: number;
  readonly layout: Layout;
  /** ln²(B/B(0+)) at the Chebyshev times (rows) and volatilities (columns). */
  readonly squares: Float64Array;
  /** Its slope in ln σ. */
  readonly slopes: Float64Array;
}

/** Width of a cell in ln σ, and boundaries solved in it: the interpolation is then finer than the boundary. */
export const cellWidth = 0.25;
export const volNodes = 6;
/** Panels of the premium integral shrink toward now by this factor; the narrowest is a millionth of the life. */
export const panelGrowth = 4;
export const mostPanels = 10;
export const volPoints = Float64Array.from(
  { length: volNodes },
  (_, j) => -Math.cos((j * Math.PI) / (volNodes - 1)),
);
const barycentric = (count: number): Float64Array =>
  Float64Array.from(
    { length: count },
    (_, j) => (j % 2 === 0 ? 1 : -1) * (j === 0 || j === count - 1 ? 0.5 : 1),
  );
export const volBarycentric = barycentric(volNodes);

/** Row m: slope at node m of the polynomial through the nodes. */
const volSlopes = ((): Float64Array => {
  const matrix = new Float64Array(volNodes * volNodes);
  for (let m = 0; m < volNodes; m++) {
    let sum = 0;
    for (let k = 0; k < volNodes; k++) {
      if (k === m) continue;
      const entry = volBarycentric[k]! / volBarycentric[m]! / (volPoints[m]! - volPoints[k]!);
      matrix[m * volNodes + k] = entry;
      sum += entry;
    }
    matrix[m * volNodes + m] = -sum;
  }
  return matrix;
})();

export function lagrange(points: Float64Array, weights: Float64Array, at: number, into: Float64Array): void {
  let sum = 0;
  for (let j = 0; j < points.length; j++) {
    const distance = at - points[j]!;
    if (distance === 0) {
      into.fill(0);
      into[j] = 1;
      return;
    }
    into[j] = weights[j]! / distance;
    sum += into[j]!;
  }
  for (let j = 0; j < points.length; j++) into[j]! /= sum;
}

/**
 * Quadrature of the premium integral over u = T·sin²θ, panels in θ. Panel p < mostPanels runs from 0 to
 * end/4^p; panel mostPanels + p from end/4^p to end/4^(p−1).
 */
export interface Layout {
  readonly scheme: CollocationScheme;
  /** Chebyshev points of √τ. */
  readonly size: number;
  readonly points: number;
  readonly sines: Float64Array;
  /** 2·weight·sinθ·cosθ */
  readonly measures: Float64Array;
  /** point × Chebyshev point: Lagrange weights of the boundary's squares at the time left. */
  readonly interpolation: Float64Array;
}

const layouts = new Map<number, Layout>();

function layoutOf(scheme: CollocationScheme): Layout {
  const key = scheme.intervals * 1024 + scheme.premiumPoints;
  const known = layouts.get(key);
  if (known !== undefined) return known;
  const { intervals, premiumPoints } = scheme;
  const size = intervals + 1;
  const rootTimes = Float64Array.from({ length: size }, (_, j) => -Math.cos((j * Math.PI) / intervals));
  const weights = barycentric(size);
  const rule = gaussLegendreNodes(premiumPoints);
  const panels = 2 * mostPanels;
  const sines = new Float64Array(panels * premiumPoints);
  const measures = new Float64Array(panels * premiumPoints);
  const interpolation = new Float64Array(panels * premiumPoints * size);
  const end = 0.5 * Math.PI;
  for (let panel = 0; panel < panels; panel++) {
    const level = panel % mostPanels;
    const low = panel < mostPanels ? 0 : end / panelGrowth ** level;
    const high = panel < mostPanels ? end / panelGrowth ** level : end / panelGrowth ** (level - 1);
    if (panel === mostPanels) continue;
    const half = 0.5 * (high - low);
    for (let k = 0; k < premiumPoints; k++) {
      const at = panel * premiumPoints + k;
      const angle = low + half * (1 + rule.nodes[k]!);
      const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
      sines[at] = sine;
      measures[at] = 2 * half * rule.weights[k]! * sine * cosine;
      lagrange(rootTimes, weights, 2 * cosine - 1, interpolation.subarray(at * size, (at + 1) * size));
    }
  }
  const made = { scheme, size, points: premiumPoints, sines, measures, interpolation };
  layouts.set(key, made);
  return made;
}

/** Drift of so many deviations over the life leaves the noise no part in the decision to exercise. */
const mostDrifts = 60;
const leastDeviation = 1e-6;

/** Twelve decimals: what the last digits of a forward leave in a rate must not part what is one family. */
const rounded = (value: number): number => Number(value.toFixed(12));

/** Rate and yield of the equivalent put, by which families are told apart beside their time. */
export const familyTerms = (
  sign: number,
  market: { readonly rate: number; readonly dividendYield: number },
): { readonly rate: number; readonly dividendYield: number } =>
  sign < 0
    ? { rate: rounded(market.rate), dividendYield: rounded(market.dividendYield) }
    : { rate: rounded(market.dividendYield), dividendYield: rounded(market.rate) };

/** `never`: exercise before expiry does not pay. `other`: two boundaries, for the general pricer. */
export type Exercising = BoundaryFamily | 'never' | 'other';

/**
 * The family of one expiry's puts or calls; null where exercise before expiry never pays, `other` where it has
 * two boundaries.
 *
 * @param sign −1 for puts, +1 for calls, whose equivalent put has rate and yield exchanged
 */
export function boundaryFamily(
  sign: number,
  market: { readonly rate: number; readonly dividendYield: number; readonly timeToExpiry: number },
): Exercising {
  const { timeToExpiry } = market;
  const { rate, dividendYield } = familyTerms(sign, market);
  const kind = exerciseKindOf({ rate, dividendYield, vol: 1, timeToExpiry });
  if (kind === 'never') return 'never';
  if (kind === 'two boundaries') return 'other';
  return { rate, dividendYield, timeToExpiry, cells: new Map() };
}

/** Whether the boundary method serves a volatility; the general pricer does where not. */
export function servesVol(family: BoundaryFamily, vol: number): boolean {
  const root = Math.sqrt(family.timeToExpiry);
  const lowest = Math.exp((Math.floor(Math.log(vol) / cellWidth) - 0.5) * cellWidth);
  if (!(vol * root >= leastDeviation)) return false;
  return (Math.abs(family.rate - family.dividendYield) * root) / lowest <= mostDrifts;
}

/** Solved boundaries are few: they may be finer than those of `americanGreeks` that each serve one option. */
const finer = (scheme: CollocationScheme): CollocationScheme => ({
  intervals: scheme.intervals + 2,
  quadrature: scheme.quadrature + 4,
  passes: scheme.passes + 2,
  premiumPoints: scheme.premiumPoints + 2,
});

/** The cell of a volatility, solved when first asked for. */
export function cellOf(family: BoundaryFamily, logVol: number): Cell {
  const index = Math.floor(logVol / cellWidth);
  const known = family.cells.get(index);
  if (known !== undefined) return known;
  const made = solvedCell(family, index);
  family.cells.set(index, made);
  return made;
}

function solvedCell(family: BoundaryFamily, index: number): Cell {
  const { rate, dividendYield, timeToExpiry } = family;
  const middle = (index + 0.5) * cellWidth;
  const half = 0.5 * cellWidth;
  const marketAt = (logVol: number): PutMarket => ({
    rate,
    dividendYield,
    timeToExpiry,
    vol: Math.exp(logVol),
  });
  const layout = layoutOf(finer(schemeOf(marketAt(middle + half), 'fast')));
  const { size } = layout;
  const squares = new Float64Array(size * volNodes);
  const slopes = new Float64Array(size * volNodes);
  let logStart = 0;
  for (let m = 0; m < volNodes; m++) {
    const solved = solvePutBoundary(marketAt(middle + half * volPoints[m]!), layout.scheme);
    ({ logStart } = solved);
    for (let j = 0; j < size; j++) squares[j * volNodes + m] = solved.squares[j]!;
  }
  for (let j = 0; j < size; j++)
    for (let m = 0; m < volNodes; m++) {
      let slope = 0;
      for (let k = 0; k < volNodes; k++) slope += volSlopes[m * volNodes + k]! * squares[j * volNodes + k]!;
      slopes[j * volNodes + m] = slope / half;
    }
  return { middle, logStart, layout, squares, slopes };
}
