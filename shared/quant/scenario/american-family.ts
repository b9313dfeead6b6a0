import { solvePutBoundary } from '../american/american-boundary.ts';
import type { CollocationScheme, PutMarket } from '../american/american-boundary.ts';
import { exerciseKindOf, schemeOf } from '../american/american-continuous.ts';
import { expOfMinus, millsOrdinary } from '../european/ordinary-quotes.ts';
import { gaussLegendreNodes } from '../math/numeric.ts';

/**
 * Early-exercise premiums of many options of one expiry. The boundary of a put of strike 1 depends on rate,
 * yield, time and volatility, not on spot or strike: it is solved at a few volatilities, interpolated between
 * them, and serves every strike and every spot of a grid.
 *
 * Source: math §4, §12; Andersen, Lake and Offengenden (2016) for boundary and premium.
 * Proof:  test/unit/quant/scenario/american-family.test.ts (against `americanGreeks`)
 */
export interface BoundaryFamily {
  /** Of the equivalent put, its volatility aside. */
  readonly rate: number;
  readonly dividendYield: number;
  readonly timeToExpiry: number;
  readonly cells: Map<number, Cell>;
}

/** Boundaries over one interval of ln σ. */
interface Cell {
  readonly middle: number;
  readonly logStart: number;
  readonly layout: Layout;
  /** ln²(B/B(0+)) at the Chebyshev times (rows) and volatilities (columns). */
  readonly squares: Float64Array;
  /** Its slope in ln σ. */
  readonly slopes: Float64Array;
}

/** Width of a cell in ln σ, and boundaries solved in it: the interpolation is then finer than the boundary. */
const cellWidth = 0.25;
const volNodes = 6;
/** Panels of the premium integral shrink toward now by this factor; the narrowest is a millionth of the life. */
const panelGrowth = 4;
const mostPanels = 10;
/** The first panel may reach this share of the distance to the boundary, in deviations. */
const deviationsAway = 0.7;
/** Beyond so many deviations a density is nothing. */
const farthest = 8;

const volPoints = Float64Array.from(
  { length: volNodes },
  (_, j) => -Math.cos((j * Math.PI) / (volNodes - 1)),
);
const barycentric = (count: number): Float64Array =>
  Float64Array.from(
    { length: count },
    (_, j) => (j % 2 === 0 ? 1 : -1) * (j === 0 || j === count - 1 ? 0.5 : 1),
  );
const volBarycentric = barycentric(volNodes);

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

function lagrange(points: Float64Array, weights: Float64Array, at: number, into: Float64Array): void {
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
interface Layout {
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

/**
 * The family of one expiry's puts or calls; null where exercise before expiry never pays, `other` where it has
 * two boundaries.
 *
 * @param sign −1 for puts, +1 for calls, whose equivalent put has rate and yield exchanged
 */
export function boundaryFamily(
  sign: number,
  market: { readonly rate: number; readonly dividendYield: number; readonly timeToExpiry: number },
): BoundaryFamily | 'never' | 'other' {
  const { timeToExpiry } = market;
  const [rate, dividendYield] =
    sign < 0 ? [market.rate, market.dividendYield] : [market.dividendYield, market.rate];
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
  const layout = layoutOf(schemeOf(marketAt(middle + half), 'fast'));
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

/** Where `premiumAt` writes: the premium of the put of strike 1 and its derivatives in level and volatility. */
export const premium = { price: 0, delta: 0, gamma: 0, vega: 0 };

/** One volatility's boundary, ready for many spots. */
export interface BoundaryAt {
  vol: number;
  /** ln B with the whole life left: exercise is due at or below. */
  logNow: number;
}

interface Prepared extends BoundaryAt {
  family: BoundaryFamily | null;
  layout: Layout | null;
  logStart: number;
  readonly square: Float64Array;
  readonly squareSlope: Float64Array;
  /** Per panel, whether its points below are those of this volatility. */
  readonly ready: Uint8Array;
  readonly logB: Float64Array;
  readonly logBPerVol: Float64Array;
  /** n(d+) over n(d−) times the level: B·e^((q−r)u). */
  readonly ratio: Float64Array;
  /** Measure times rate or yield, discounted by each. */
  readonly income: Float64Array;
  readonly payout: Float64Array;
  readonly times: Float64Array;
}

const mostPoints = 2 * mostPanels * 32;

/** Room for one boundary; used again for the next. */
export const boundaryRoom = (): BoundaryAt => {
  const made: Prepared = {
    vol: 0,
    logNow: 0,
    family: null,
    layout: null,
    logStart: 0,
    square: new Float64Array(32),
    squareSlope: new Float64Array(32),
    ready: new Uint8Array(2 * mostPanels),
    logB: new Float64Array(mostPoints),
    logBPerVol: new Float64Array(mostPoints),
    ratio: new Float64Array(mostPoints),
    income: new Float64Array(mostPoints),
    payout: new Float64Array(mostPoints),
    times: new Float64Array(mostPoints),
  };
  return made;
};

const volWeights = new Float64Array(volNodes);

/** Makes room hold the boundary of a volatility that `servesVol` allows. */
export function setBoundary(room: BoundaryAt, family: BoundaryFamily, vol: number): void {
  const prepared = room as Prepared;
  if (prepared.family === family && prepared.vol === vol) return;
  const logVol = Math.log(vol);
  const index = Math.floor(logVol / cellWidth);
  let cell = family.cells.get(index);
  if (cell === undefined) family.cells.set(index, (cell = solvedCell(family, index)));
  lagrange(volPoints, volBarycentric, (logVol - cell.middle) / (0.5 * cellWidth), volWeights);
  const { size } = cell.layout;
  for (let j = 0; j < size; j++) {
    let [square, slope] = [0, 0];
    for (let m = 0; m < volNodes; m++) {
      square += volWeights[m]! * cell.squares[j * volNodes + m]!;
      slope += volWeights[m]! * cell.slopes[j * volNodes + m]!;
    }
    prepared.square[j] = square;
    prepared.squareSlope[j] = slope / vol;
  }
  prepared.family = family;
  prepared.vol = vol;
  prepared.layout = cell.layout;
  prepared.logStart = cell.logStart;
  prepared.logNow = cell.logStart - Math.sqrt(Math.max(0, prepared.square[size - 1]!));
  prepared.ready.fill(0);
}

function preparePanel(prepared: Prepared, panel: number): void {
  const { layout, family, logStart, square, squareSlope } = prepared;
  const { size, points, sines, measures, interpolation } = layout!;
  const { rate, dividendYield, timeToExpiry } = family!;
  const { logB, logBPerVol, ratio, income, payout, times } = prepared;
  const first = panel * points;
  for (let at = first; at < first + points; at++) {
    let [sum, slope] = [0, 0];
    const offset = at * size;
    for (let j = 0; j < size; j++) {
      sum += interpolation[offset + j]! * square[j]!;
      slope += interpolation[offset + j]! * squareSlope[j]!;
    }
    const root = sum > 0 ? Math.sqrt(sum) : 0;
    logB[at] = logStart - root;
    logBPerVol[at] = root > 0 ? (-0.5 * slope) / root : 0;
    const time = timeToExpiry * sines[at]! * sines[at]!;
    const discounted = timeToExpiry * measures[at]! * Math.exp(-rate * time);
    times[at] = time;
    ratio[at] = Math.exp(logB[at]! + (dividendYield - rate) * time);
    income[at] = rate * discounted;
    payout[at] =
      dividendYield === 0
        ? 0
        : timeToExpiry * measures[at]! * dividendYield * Math.exp(-dividendYield * time);
  }
  prepared.ready[panel] = 1;
}

/** Writes to `premium` the early-exercise premium at the level e^logLevel, above the boundary now. */
export function premiumAt(room: BoundaryAt, logLevel: number): void {
  const prepared = room as Prepared;
  const { family, vol, ready } = prepared;
  const deviation = vol * Math.sqrt(family!.timeToExpiry);
  const distance = (logLevel - prepared.logNow) / deviation;
  premium.price = 0;
  premium.delta = 0;
  premium.gamma = 0;
  premium.vega = 0;
  const reach = Math.max(deviationsAway * distance, 0);
  let level = 0;
  for (let high = 0.5 * Math.PI; high > reach && level < mostPanels - 1; high /= panelGrowth) level += 1;
  if (ready[level] === 0) preparePanel(prepared, level);
  addPanel(prepared, level, logLevel, deviation);
  for (let outer = level; outer > 0; outer -= 1) {
    const panel = mostPanels + outer;
    if (ready[panel] === 0) preparePanel(prepared, panel);
    addPanel(prepared, panel, logLevel, deviation);
  }
}

const inverseSqrtTwoPi = 0.3989422804014327;

function addPanel(prepared: Prepared, panel: number, logLevel: number, deviation: number): void {
  const { logB, logBPerVol, ratio, income, payout, times } = prepared;
  const { points, sines } = prepared.layout!;
  const { rate, dividendYield } = prepared.family!;
  const drift = rate - dividendYield;
  const perVol = 1 / prepared.vol;
  const spot = Math.exp(logLevel);
  const perSpot = 1 / spot;
  let [price, delta, gamma, vega] = [0, 0, 0, 0];
  const first = panel * points;
  for (let at = first; at < first + points; at++) {
    const s = deviation * sines[at]!;
    const inverse = 1 / s;
    const distance = (logLevel - logB[at]! + drift * times[at]!) * inverse;
    const dMinus = distance - 0.5 * s;
    if (dMinus > farthest) continue;
    const dPlus = dMinus + s;
    const earned = income[at]!;
    const paid = payout[at]!;
    if (dMinus < -farthest) {
      price += earned - paid * spot;
      delta -= paid;
      continue;
    }
    const density = inverseSqrtTwoPi * expOfMinus(0.5 * dMinus * dMinus);
    const tail = density * millsOrdinary(dMinus < 0 ? -dMinus : dMinus);
    const massMinus = dMinus < 0 ? 1 - tail : tail;
    // ∂d−/∂σ and ∂d+/∂σ, the boundary moving too
    const common = -logBPerVol[at]! * inverse - distance * perVol;
    const bend = 0.5 * s * perVol;
    const slope = density * inverse * perSpot;
    price += earned * massMinus;
    delta -= earned * slope;
    gamma += earned * slope * perSpot * (1 + dMinus * inverse);
    vega -= earned * density * (common - bend);
    if (paid === 0) continue;
    const densityPlus = density * ratio[at]! * perSpot;
    const tailPlus = dPlus > farthest ? 0 : densityPlus * millsOrdinary(dPlus < 0 ? -dPlus : dPlus);
    const massPlus = dPlus < 0 ? 1 - tailPlus : tailPlus;
    const slopePlus = densityPlus * inverse;
    price -= paid * spot * massPlus;
    delta += paid * (slopePlus - massPlus);
    gamma += paid * slopePlus * perSpot * (1 - dPlus * inverse);
    vega += paid * spot * densityPlus * (common + bend);
  }
  premium.price += price;
  premium.delta += delta;
  premium.gamma += gamma;
  premium.vega += vega;
}
