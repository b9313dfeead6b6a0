/**
 * Finite differences for what has no boundary integral: cash dividends, and rates so negative that
 * exercise has two boundaries.
 *
 * Log of the underlier on a grid that is densest at the strike, Crank–Nicolson in the time left with
 * implicit half steps after every event (Rannacher), the exercise right by policy iteration in every
 * step, dividends by cubic interpolation across the ex-date.
 *
 * Source: Rannacher (1984), Numer. Math. 43; Forsyth and Vetzal (2002), SIAM J. Sci. Comput. 23. math §4.
 * Proof:  test/reference/quant/american.test.ts (71 cash-dividend cases)
 */
import type { CashDividend, DividendModel } from './dividends.ts';
import { createGridSolver } from './american-grid-step.ts';
import type { GridSolver } from './american-grid-step.ts';

export interface GridOption {
  /** +1 call, −1 put. */
  readonly sign: number;
  readonly spot: number;
  readonly strike: number;
  readonly timeToExpiry: number;
  readonly vol: number;
  readonly rate: number;
  readonly dividendYield: number;
  /** Within the life of the option, ex-dates ascending. */
  readonly dividends: readonly CashDividend[];
  readonly dividendModel: DividendModel;
  readonly american: boolean;
}

export interface GridSize {
  readonly spaceSteps: number;
  readonly timeSteps: number;
  /** The volatility that sets the grid's reach, so that a bumped option stays on the same grid. */
  readonly reachVol: number;
}

export interface GridValue {
  readonly price: number;
  readonly deltaSpot: number;
  readonly gammaSpot: number;
  readonly thetaPerYear: number;
}

/** Standard deviations of the underlier that the grid reaches beyond spot and strike. */
const reachInDeviations = 6.5;
/** How much denser the grid is at the strike than at its ends, roughly. */
const concentration = 3;
/** Time steps are finest after an event: step k ends at this power of its share. */
const grading = 1.6;
const fewestStepsPerSegment = 10;

/** Two grids, the second twice as fine, extrapolated: the error of one falls with the square of its step. */
export function extrapolatedGridValue(option: GridOption, size: GridSize): GridValue {
  const coarse = gridValue(option, size);
  const fine = gridValue(option, { ...size, spaceSteps: 2 * size.spaceSteps, timeSteps: 2 * size.timeSteps });
  const limit = (name: keyof GridValue): number => fine[name] + (fine[name] - coarse[name]) / 3;
  return {
    price: limit('price'),
    deltaSpot: limit('deltaSpot'),
    gammaSpot: limit('gammaSpot'),
    thetaPerYear: limit('thetaPerYear'),
  };
}

/** Told of the spot where exercise begins, with so much time left; ex-dates as the moment before. */
type BoundaryRecord = (left: number, spot: number) => void;

/** Value and greeks at the spot. The escrowed underlier is the spot less what its dividends are worth. */
export function gridValue(option: GridOption, size: GridSize, record?: BoundaryRecord): GridValue {
  return readAt(option, solvedGrid(option, [option.spot], size, record), option.spot);
}

/** Values at many spots from one solve, whose grid reaches them all; the option's own spot is not used. */
export function gridRow(
  option: Omit<GridOption, 'spot'>,
  spots: readonly number[],
  size: GridSize,
): readonly GridValue[] {
  const first = { ...option, spot: spots[0]! };
  const solver = solvedGrid(first, spots, size);
  return spots.map((spot) => readAt(first, solver, spot));
}

const escrowOf = (option: GridOption): number =>
  option.dividendModel === 'escrowed' ? escrowAt(option, option.timeToExpiry, option.timeToExpiry) : 0;

/** The grid with the whole life left. */
function solvedGrid(
  option: GridOption,
  spots: readonly number[],
  size: GridSize,
  record?: BoundaryRecord,
): GridSolver {
  const { strike, timeToExpiry, sign } = option;
  const escrowed = option.dividendModel === 'escrowed';
  const escrow = escrowOf(option);
  const solver = createSolver(option, Math.min(...spots) - escrow, Math.max(...spots) - escrow, size);
  solver.setPayoff(strike, sign);
  const events = option.dividends.map((dividend) => timeToExpiry - dividend.timeToExDate);
  const stops = [...new Set([...events.filter((tau) => tau > 0 && tau < timeToExpiry), timeToExpiry])];
  stops.sort((a, b) => a - b);
  const atExpiry = option.dividends.filter((dividend) => dividend.timeToExDate === timeToExpiry);
  if (!escrowed) for (const dividend of atExpiry) payDividend(option, solver, dividend, 0);
  let from = 0;
  for (const to of stops) {
    march(option, solver, from, to, size, record);
    if (!escrowed)
      for (const dividend of option.dividends)
        if (timeToExpiry - dividend.timeToExDate === to) payDividend(option, solver, dividend, to);
    from = to;
  }
  return solver;
}

function readAt(option: GridOption, solver: GridSolver, spot: number): GridValue {
  const { strike, vol, rate, dividendYield, sign } = option;
  const escrow = escrowOf(option);
  const underlier = spot - escrow;
  const { value, slope, curvature } = solver.at(Math.log(underlier));
  const delta = slope / underlier;
  const gamma = (curvature - slope) / (underlier * underlier);
  const intrinsic = sign * (spot - strike);
  if (option.american && value <= intrinsic + 1e-12 * strike)
    return { price: intrinsic, deltaSpot: sign, gammaSpot: 0, thetaPerYear: 0 };
  const drift = (rate - dividendYield) * underlier * delta;
  return {
    price: value,
    deltaSpot: delta,
    gammaSpot: gamma,
    thetaPerYear:
      rate * value - drift - 0.5 * vol * vol * underlier * underlier * gamma - rate * escrow * delta,
  };
}

function createSolver(option: GridOption, from: number, to: number, size: GridSize): GridSolver {
  const { strike, timeToExpiry, vol, rate, dividendYield } = option;
  const deviation = size.reachVol * Math.sqrt(timeToExpiry);
  const drift = (rate - dividendYield - 0.5 * size.reachVol * size.reachVol) * timeToExpiry;
  const reach = reachInDeviations * deviation + Math.abs(drift);
  const center = Math.log(strike);
  const paid = option.dividends.reduce((sum, dividend) => sum + dividend.amount, 0);
  const lowest = Math.max(from - paid, 0.2 * from);
  return createGridSolver({
    center,
    low: Math.min(Math.log(lowest), center) - reach,
    high: Math.max(Math.log(to), center, Math.log(strike + paid)) + reach,
    steps: size.spaceSteps,
    concentration,
    variance: vol * vol,
    rate,
    dividendYield,
  });
}

/**
 * What the dividends still to come are worth with `left` years to expiry, in the stretch that begins
 * at `from`: a dividend counts from its ex-date backwards, not at the ex-date seen from after it.
 */
function escrowAt(option: GridOption, from: number, left: number): number {
  const { timeToExpiry, rate } = option;
  let sum = 0;
  for (const { timeToExDate, amount } of option.dividends)
    if (timeToExpiry - timeToExDate <= from)
      sum += amount * Math.exp(-rate * (timeToExDate - timeToExpiry + left));
  return sum;
}

function march(
  option: GridOption,
  solver: GridSolver,
  from: number,
  to: number,
  size: GridSize,
  record?: BoundaryRecord,
): void {
  const { timeToExpiry, sign, strike, american } = option;
  const escrowed = option.dividendModel === 'escrowed';
  const length = to - from;
  const share = Math.sqrt(length / timeToExpiry);
  const count = Math.max(Math.ceil(size.timeSteps * share), fewestStepsPerSegment);
  const escrowWith = (left: number): number => (escrowed ? escrowAt(option, from, left) : 0);
  const exerciseAt = (left: number): void => solver.setObstacle(strike - escrowWith(left), sign);
  const tell = (left: number, crossing: boolean): void => {
    const edge = record === undefined ? null : solver.edge(sign, crossing);
    if (edge !== null) record?.(left, edge + escrowWith(left));
  };
  const step = (left: number, right: number, theta: number): void => {
    if (american) exerciseAt(right);
    solver.step(right - left, theta, american);
  };
  if (american) {
    exerciseAt(from);
    if (from > 0) tell(from, true);
    solver.project();
  }
  let left = from;
  for (let k = 1; k <= count; k++) {
    const right = k === count ? to : from + length * (k / count) ** grading;
    if (k <= 2) {
      const middle = 0.5 * (left + right);
      step(left, middle, 1);
      step(middle, right, 1);
    } else {
      step(left, right, 0.5);
    }
    if (american) tell(right, false);
    left = right;
  }
}

/** Value just before an ex-date is the value after it of the underlier less the dividend. */
function payDividend(option: GridOption, solver: GridSolver, dividend: CashDividend, tau: number): void {
  const { sign, strike, rate, american } = option;
  const worthless =
    sign > 0 ? 0 : strike * (american ? Math.max(1, Math.exp(-rate * tau)) : Math.exp(-rate * tau));
  solver.shift(dividend.amount, worthless);
}
