import { expOfMinus, millsOrdinary } from '../european/ordinary-quotes.ts';
import {
  cellOf,
  cellWidth,
  lagrange,
  mostPanels,
  panelGrowth,
  volBarycentric,
  volNodes,
  volPoints,
} from './boundary-family.ts';
import type { BoundaryFamily, Layout } from './boundary-family.ts';

/** The first panel may reach this share of the distance to the boundary, in deviations. */
const deviationsAway = 0.7;
/** Beyond so many deviations a density is nothing. */
const farthest = 8;

/** What `premiumAt` writes: the premium of the put of strike 1 and its derivatives in level and volatility. */
const premium = { price: 0, delta: 0, gamma: 0, vega: 0 };

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
  const cell = cellOf(family, logVol);
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
function premiumAt(room: BoundaryAt, logLevel: number): void {
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

/** A European value, to which the right to exercise early is added. */
interface Unit {
  price: number;
  deltaSpot: number;
  gammaSpot: number;
  vegaPerVol: number;
  thetaPerYear: number;
}

/**
 * Adds the early-exercise premium to a European value, in place; where exercise is due the value is the
 * payoff's. Theta follows from the pricing equation.
 *
 * @param boundary set to the option's volatility
 * @param option.sign −1 put, +1 call; `carry` is rate less yield
 */
export function addPremium(
  unit: Unit,
  boundary: BoundaryAt,
  option: {
    readonly sign: number;
    readonly spot: number;
    readonly strike: number;
    readonly rate: number;
    readonly carry: number;
    readonly vol: number;
  },
): void {
  const { sign, spot, strike, rate, carry, vol } = option;
  const level = sign < 0 ? spot / strike : strike / spot;
  const logLevel = Math.log(level);
  if (logLevel <= boundary.logNow) {
    unit.price = sign * (spot - strike);
    unit.deltaSpot = sign;
    unit.gammaSpot = 0;
    unit.vegaPerVol = 0;
    unit.thetaPerYear = 0;
    return;
  }
  premiumAt(boundary, logLevel);
  const { price, delta, gamma, vega } = premium;
  const scale = sign < 0 ? strike : spot;
  unit.price = Math.max(unit.price + scale * price, sign * (spot - strike));
  unit.deltaSpot += sign < 0 ? delta : price - level * delta;
  unit.gammaSpot += sign < 0 ? gamma / strike : (level * level * gamma) / spot;
  unit.vegaPerVol += scale * vega;
  unit.thetaPerYear =
    rate * unit.price - carry * spot * unit.deltaSpot - 0.5 * vol * vol * spot * spot * unit.gammaSpot;
}
