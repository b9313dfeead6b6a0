import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Years } from '../../units.ts';
import { logBoundaryAt } from './american-boundary.ts';
import {
  boundaryOf,
  continuousGreeks,
  continuousPrice,
  exerciseKindOf,
  putMarketOf,
} from './american-continuous.ts';
import { extrapolatedGridValue, gridValue } from './american-grid.ts';
import type { GridOption, GridValue } from './american-grid.ts';
import { extrapolatedLatticeValue, latticeValue } from './american-lattice.ts';
import { exercisedBetween, latticeSuits } from './american-lattice-layout.ts';
import { valueWithoutVol } from './american-limits.ts';
import { faultOfTerms, faultOfVol, settleTerms } from './american-option.ts';
import type { InvalidOption, SettledTerms, StockOption } from './american-option.ts';
import { blackGreeks, spotGreeks } from '../european/black.ts';
import { presentValueOfDividends } from './dividends.ts';

export type { Accuracy, InvalidOption, StockOption, StockOptionTerms } from './american-option.ts';

/** Price and raw derivatives of an option on a spot. */
export interface AmericanGreeks {
  readonly price: number;
  readonly deltaSpot: number;
  readonly gammaSpot: number;
  readonly vegaPerVol: number;
  /** Calendar time passing, spot held. */
  readonly thetaPerYear: number;
}

/** A total deviation below this moves the value by less than its own share of the spot. */
const noDeviation = 1e-6;
/** The grid cannot resolve less; its value is then the one without volatility. */
const noGridDeviation = 1e-4;
/** Drift of so many deviations over the life leaves the noise no part in the decision to exercise. */
const mostDrifts = 60;
const gridSteps = { spaceSteps: 200, timeSteps: 80 };
const fastGridSteps = { spaceSteps: 150, timeSteps: 60 };
/** Spacings of the lattice: exercise at ex-dates alone, fast and exact, and at any time. */
const fastLattice = { spacing: 0.12, mostVariance: 1 };
const exactLattice = { spacing: 0.06, mostVariance: 1 };
const freeLattice = { spacing: 0.16, mostVariance: 0.8 };
const exactFreeLattice = { spacing: 0.08, mostVariance: 0.8 };
/** Beyond either of these finite differences lose more digits than the lattice. */
const mostGridDrifts = 2;
const mostGridDeviation = 1.5;
/** A grid price this share of the spot under the value without volatility is that value. */
const gridRounding = 1e-5;
/** Share of the volatility by which the grid is bumped for vega. */
const gridVegaBump = 0.01;

type Method = 'no volatility' | 'european' | 'boundary' | 'grid';

function methodFor(terms: SettledTerms, vol: number): Method {
  const deviation = vol * Math.sqrt(terms.timeToExpiry);
  const paying = terms.dividends.length > 0;
  if (deviation < noDeviation || terms.strike === 0) return 'no volatility';
  if (!terms.american && (!paying || terms.dividendModel === 'escrowed')) return 'european';
  if (paying) return deviation < noGridDeviation ? 'no volatility' : 'grid';
  const kind = exerciseKindOf(putMarketOf(terms, vol));
  if (kind === 'never') return 'european';
  const drifts = (Math.abs(terms.rate - terms.dividendYield) * Math.sqrt(terms.timeToExpiry)) / vol;
  if (drifts > mostDrifts) return 'no volatility';
  return kind === 'one boundary' ? 'boundary' : 'grid';
}

/** Closed-form price and greeks; the escrowed spot carries its dividends' worth. */
function european(terms: SettledTerms, vol: number): AmericanGreeks {
  const { sign, spot, strike, timeToExpiry, rate, dividendYield } = terms;
  const escrow = presentValueOfDividends({ dividends: terms.dividends, timeToExpiry, rate });
  const underlier = spot - escrow;
  const greeks = blackGreeks({
    optionType: sign > 0 ? 'call' : 'put',
    forward: underlier * Math.exp((rate - dividendYield) * timeToExpiry),
    strike,
    timeToExpiry,
    vol,
    discountFactor: Math.exp(-rate * timeToExpiry),
  });
  const { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear } = spotGreeks({
    greeks,
    spot: underlier,
    timeToExpiry,
    rate,
    dividendYield,
  });
  return { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear: thetaPerYear - rate * escrow * deltaSpot };
}

function isExtreme({ vol, timeToExpiry, rate, dividendYield }: GridOption): boolean {
  const root = Math.sqrt(timeToExpiry);
  const drifts = (Math.abs(rate - dividendYield) * root) / vol;
  return vol * root > mostGridDeviation || drifts > mostGridDrifts;
}

function discreteValue(option: GridOption, accuracy: SettledTerms['accuracy'], reachVol: number): GridValue {
  const fast = accuracy === 'fast';
  if (!exercisedBetween(option)) {
    const size = { ...(fast ? fastLattice : exactLattice), reachVol };
    if (latticeSuits(option, size)) return latticeValue(option, size);
  } else if (fast || isExtreme(option)) {
    const size = { ...(fast ? freeLattice : exactFreeLattice), reachVol };
    if (latticeSuits(option, size)) return extrapolatedLatticeValue(option, size);
  }
  return fast
    ? gridValue(option, { ...fastGridSteps, reachVol })
    : extrapolatedGridValue(option, { ...gridSteps, reachVol });
}

function onGrid(terms: SettledTerms, vol: number, reachVol: number): GridValue {
  const value = discreteValue({ ...terms, vol }, terms.accuracy, reachVol);
  const least = valueWithoutVol(terms);
  const short = least - value.price;
  return short > 0 && short < gridRounding * terms.spot ? { ...value, price: least } : value;
}

/** The best of exercise on the path without noise and of holding to expiry. */
function withoutNoise(terms: SettledTerms, vol: number): number {
  const fixed = valueWithoutVol(terms);
  const noisy = vol * Math.sqrt(terms.timeToExpiry) >= noDeviation && terms.strike > 0;
  return noisy && terms.dividends.length === 0 ? Math.max(fixed, european(terms, vol).price) : fixed;
}

/** Price of terms already checked; the volatility is not below 0. */
export function settledPrice(terms: SettledTerms, vol: number): number {
  switch (methodFor(terms, vol)) {
    case 'no volatility':
      return withoutNoise(terms, vol);
    case 'european':
      return european(terms, vol).price;
    case 'boundary':
      return continuousPrice(terms, vol);
    case 'grid':
      return onGrid(terms, vol, vol).price;
  }
}

const faultOf = (option: StockOption): string | null => faultOfTerms(option) ?? faultOfVol(option.vol);

const refuse = (reason: string): { readonly ok: false; readonly error: InvalidOption } =>
  fail({ code: 'invalid-input', detail: { reason } });

/** Extreme terms, each within its bounds, may together leave the range of the method. */
const noFiniteValue = ({ vol, timeToExpiry }: StockOption): string =>
  `no finite value is found at a volatility of ${vol} over ${timeToExpiry} years`;

/**
 * Price of an American option, or of a European one on a stock that pays cash dividends.
 *
 * @param option.accuracy 'standard' is within 1e-7 of the spot under a continuous yield and a few 1e-7
 *                        with cash dividends; 'fast' within 1e-6 and 5e-6
 *
 * Limits: no volatility or no time left gives the best discounted payoff on the path without noise.
 *         Where exercise is never worth it, the European price; where rates are so negative that it has
 *         two boundaries, finite differences; with cash dividends a lattice or finite differences.
 * Failures: `invalid-input`, with the value that is wrong.
 * Source: math §4; Andersen, Lake and Offengenden (2016).
 * Proof:  test/reference/quant/american.test.ts (380 continuous and 71 cash-dividend cases)
 */
export function americanPrice(option: StockOption): Result<number, InvalidOption> {
  const fault = faultOf(option);
  if (fault !== null) return refuse(fault);
  const price = settledPrice(settleTerms(option), option.vol);
  return Number.isFinite(price) ? ok(price) : refuse(noFiniteValue(option));
}

/**
 * Price, delta, gamma, vega and theta of an American option, or of a European one with cash dividends.
 *
 * Limits: as `americanPrice`; where the option is to be exercised now delta is ±1 and the rest is 0.
 *         Without volatility the derivatives are those of the payoff on the path without noise.
 * Failures: `invalid-input`, with the value that is wrong.
 * Source: math §4. Vega is a difference of prices; theta follows from the pricing equation.
 * Proof:  test/reference/quant/american.test.ts (109 cases of greeks)
 */
export function americanGreeks(option: StockOption): Result<AmericanGreeks, InvalidOption> {
  const fault = faultOf(option);
  if (fault !== null) return refuse(fault);
  const greeks = settledGreeks(settleTerms(option), option.vol);
  return Object.values(greeks).every(Number.isFinite) ? ok(greeks) : refuse(noFiniteValue(option));
}

function settledGreeks(terms: SettledTerms, vol: number): AmericanGreeks {
  switch (methodFor(terms, vol)) {
    case 'no volatility':
      return greeksWithoutVol(terms);
    case 'european':
      return european(terms, vol);
    case 'boundary':
      return continuousGreeks(terms, vol);
    case 'grid': {
      const bump = gridVegaBump * vol;
      const up = onGrid(terms, vol + bump, vol).price;
      const down = onGrid(terms, vol - bump, vol).price;
      return { ...onGrid(terms, vol, vol), vegaPerVol: (up - down) / (2 * bump) };
    }
  }
}

/** Differences of the value without noise: it is piecewise smooth in spot and time. */
function greeksWithoutVol(terms: SettledTerms): AmericanGreeks {
  const price = valueWithoutVol(terms);
  const bump = 1e-5 * terms.spot;
  const moved = (spot: number): number => valueWithoutVol({ ...terms, spot });
  const deltaSpot = (moved(terms.spot + bump) - moved(terms.spot - bump)) / (2 * bump);
  const passed = Math.min(1e-5, 0.5 * terms.timeToExpiry);
  const later = valueWithoutVol({
    ...terms,
    timeToExpiry: terms.timeToExpiry - passed,
    dividends: terms.dividends.map((dividend) => ({
      ...dividend,
      timeToExDate: dividend.timeToExDate - passed,
    })),
  });
  return {
    price,
    deltaSpot,
    gammaSpot: 0,
    vegaPerVol: 0,
    thetaPerYear: passed > 0 ? (later - price) / passed : 0,
  };
}

/** The early-exercise boundary at a time left to expiry. */
export interface BoundaryPoint {
  readonly timeToExpiry: Years;
  /** Exercise is due at or beyond it: above for a call, below for a put. */
  readonly spot: number;
}

function gridBoundary(terms: SettledTerms, vol: number): readonly BoundaryPoint[] {
  const points: BoundaryPoint[] = [];
  const size = { spaceSteps: 2 * gridSteps.spaceSteps, timeSteps: 2 * gridSteps.timeSteps, reachVol: vol };
  gridValue({ ...terms, vol }, size, (left, spot) => points.push({ timeToExpiry: left, spot }));
  return points;
}

/**
 * Early-exercise boundary of an American option: under a continuous yield at evenly spaced times left;
 * with cash dividends at the grid's own times, those alone at which exercise is due at some spot, an
 * ex-date standing for the moment before it.
 *
 * @param request.points how many without cash dividends, the first at expiry itself; 25 when left out
 * @returns points by time left ascending; none where exercise before expiry is never worth it
 *
 * Failures: `invalid-input`, also for rates so negative that exercise has two boundaries.
 * Source: math §4; Andersen, Lake and Offengenden (2016).
 * Proof:  test/unit/quant/american.test.ts (expiry limit, perpetual limit, smooth fit),
 *         test/reference/quant/american.test.ts (critical spots before ex-dates)
 */
export function exerciseBoundary(
  request: StockOption & { readonly points?: number },
): Result<readonly BoundaryPoint[], InvalidOption> {
  const fault = faultOf(request);
  if (fault !== null) return refuse(fault);
  const terms = settleTerms(request);
  const { sign, strike, timeToExpiry, accuracy } = terms;
  if (!terms.american) return ok([]);
  if (request.vol * Math.sqrt(timeToExpiry) < noDeviation || strike === 0)
    return refuse('an exercise boundary needs a strike, a volatility and time above 0');
  if (terms.dividends.length > 0) return ok(gridBoundary(terms, request.vol));
  const market = putMarketOf(terms, request.vol);
  const kind = exerciseKindOf(market);
  if (kind === 'two boundaries') return refuse('with these rates exercise has two boundaries');
  if (kind === 'never') return ok([]);
  const boundary = boundaryOf(market, accuracy);
  const count = request.points ?? 25;
  return ok(
    Array.from({ length: count }, (_, index) => {
      const share = count > 1 ? index / (count - 1) : 1;
      const level = Math.exp(logBoundaryAt(boundary, Math.sqrt(share)));
      return { timeToExpiry: timeToExpiry * share, spot: sign < 0 ? strike * level : strike / level };
    }).filter(({ spot }) => Number.isFinite(spot)),
  );
}
