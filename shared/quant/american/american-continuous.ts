/**
 * American options under a continuous yield, by the boundary integral. A call is a put with spot and
 * strike, and rate and yield, exchanged (McDonald and Schroder 1998).
 *
 * Source: Andersen, Lake and Offengenden (2016), J. Computational Finance 20(1). math §4.
 * Proof:  test/reference/quant/american.test.ts
 */
import { solvePutBoundary } from './american-boundary.ts';
import type { CollocationScheme, PutBoundary, PutMarket } from './american-boundary.ts';
import { logBoundaryAt } from './american-boundary.ts';
import type { Accuracy, SettledTerms } from './american-option.ts';
import { earlyExercisePremium } from './american-premium.ts';
import { blackGreeks } from '../european/black.ts';

const schemes: Readonly<Record<Accuracy | 'long', CollocationScheme>> = {
  fast: { intervals: 7, quadrature: 8, passes: 3, premiumPoints: 10 },
  standard: { intervals: 12, quadrature: 12, passes: 6, premiumPoints: 16 },
  long: { intervals: 28, quadrature: 28, passes: 8, premiumPoints: 32 },
};
/** Beyond either of these the boundary needs more points. */
const largeDeviation = 0.9;
const largeCarry = 0.4;
/** Share of the volatility by which it is bumped for vega. */
const vegaBump = 1e-3;

export type ExerciseKind = 'never' | 'one boundary' | 'two boundaries';

/** Price and derivatives in the spot, in the terms of the option itself. */
export interface ContinuousValue {
  readonly price: number;
  readonly deltaSpot: number;
  readonly gammaSpot: number;
  readonly vegaPerVol: number;
  readonly thetaPerYear: number;
}

/** The market of the equivalent put of strike 1. */
export function putMarketOf(terms: SettledTerms, vol: number): PutMarket {
  const { sign, rate, dividendYield, timeToExpiry } = terms;
  return sign < 0
    ? { rate, dividendYield, vol, timeToExpiry }
    : { rate: dividendYield, dividendYield: rate, vol, timeToExpiry };
}

/** Exercise of a put earns r·K − q·S: where that can be positive decides its region. */
export function exerciseKindOf(market: PutMarket): ExerciseKind {
  const { rate, dividendYield } = market;
  if (rate > 0 || (rate === 0 && dividendYield < 0)) return 'one boundary';
  return rate < 0 && dividendYield < rate ? 'two boundaries' : 'never';
}

export function boundaryOf(market: PutMarket, accuracy: Accuracy): PutBoundary {
  return solvePutBoundary(market, schemeOf(market, accuracy));
}

/** How finely a market's boundary and premium are resolved for an accuracy. */
export function schemeOf(market: PutMarket, accuracy: Accuracy): CollocationScheme {
  const { rate, dividendYield, vol, timeToExpiry } = market;
  const long =
    vol * Math.sqrt(timeToExpiry) > largeDeviation ||
    Math.max(Math.abs(rate), Math.abs(dividendYield)) * timeToExpiry > largeCarry;
  if (!long) return schemes[accuracy];
  return accuracy === 'fast' ? schemes.standard : schemes.long;
}

/** Price alone, for a market with one boundary. */
export function continuousPrice(terms: SettledTerms, vol: number): number {
  const { sign, spot, strike, accuracy } = terms;
  const market = putMarketOf(terms, vol);
  const [unit, level] = sign < 0 ? [strike, spot / strike] : [spot, strike / spot];
  const boundary = boundaryOf(market, accuracy);
  const logLevel = Math.log(level);
  if (logLevel <= logBoundaryAt(boundary, 1)) return sign * (spot - strike);
  const { premiumPoints } = schemeOf(market, accuracy);
  const premium = earlyExercisePremium(boundary, logLevel, premiumPoints, false).price;
  return unit * Math.max(europeanPut(market, level).price + premium, 1 - level);
}

const europeanPut = (market: PutMarket, level: number) =>
  blackGreeks({
    optionType: 'put',
    forward: level * Math.exp((market.rate - market.dividendYield) * market.timeToExpiry),
    strike: 1,
    timeToExpiry: market.timeToExpiry,
    vol: market.vol,
    discountFactor: Math.exp(-market.rate * market.timeToExpiry),
  });

/** Price and greeks, for a market with one boundary. */
export function continuousGreeks(terms: SettledTerms, vol: number): ContinuousValue {
  const { sign, spot, strike, rate, dividendYield, accuracy } = terms;
  const market = putMarketOf(terms, vol);
  const [unit, level] = sign < 0 ? [strike, spot / strike] : [spot, strike / spot];
  const boundary = boundaryOf(market, accuracy);
  const logLevel = Math.log(level);
  if (logLevel <= logBoundaryAt(boundary, 1))
    return { price: sign * (spot - strike), deltaSpot: sign, gammaSpot: 0, vegaPerVol: 0, thetaPerYear: 0 };
  const { premiumPoints } = schemeOf(market, accuracy);
  const european = europeanPut(market, level);
  const carry = Math.exp((market.rate - market.dividendYield) * market.timeToExpiry);
  const premium = earlyExercisePremium(boundary, logLevel, premiumPoints, true);
  const value = european.price + premium.price;
  const slope = european.deltaForward * carry + premium.delta;
  const curvature = european.gammaForward * carry * carry + premium.gamma;
  const price = unit * Math.max(value, 1 - level);
  const deltaSpot = sign < 0 ? slope : value - level * slope;
  const gammaSpot = sign < 0 ? curvature / strike : (level * level * curvature) / spot;
  const bumped = (vol_: number): number => {
    const moved = { ...market, vol: vol_ };
    const at = boundaryOf(moved, accuracy);
    return logLevel <= logBoundaryAt(at, 1)
      ? 1 - level - europeanPut(moved, level).price
      : earlyExercisePremium(at, logLevel, premiumPoints, false).price;
  };
  const bump = vegaBump * vol;
  const premiumVega = (bumped(vol + bump) - bumped(vol - bump)) / (2 * bump);
  return {
    price,
    deltaSpot,
    gammaSpot,
    vegaPerVol: unit * (european.vegaPerVol + premiumVega),
    thetaPerYear:
      rate * price - (rate - dividendYield) * spot * deltaSpot - 0.5 * vol * vol * spot * spot * gammaSpot,
  };
}
