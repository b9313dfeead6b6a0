import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { highestValue, valueWithoutVol } from './american-limits.ts';
import { faultOfTerms, settleTerms } from './american-option.ts';
import type { SettledTerms, StockOptionTerms } from './american-option.ts';
import { settledPrice } from './american.ts';
import { forwardWithDividends } from './dividends.ts';
import { impliedVol } from '../european/implied-vol.ts';
import type { NoImpliedVol } from '../european/implied-vol.ts';

/** Widest volatility that is searched. */
const highestVol = 64;
const roughTolerance = 1e-4;
/** A last step of this share of the volatility leaves an error a hundred times smaller. */
const fineTolerance = 1e-6;
/** Share of the start by which the first slope is measured. */
const firstBump = 0.01;
const mostSteps = 80;
const startWithoutEuropean = 0.3;
/** A price this share of the strike under the value without volatility counts as equal to it. */
const priceRounding = 1e-14;

/**
 * Volatility at which `americanPrice` gives the price, with the same dividends and exercise.
 *
 * @param quote.price premium today, underlier currency
 *
 * Limits: a price equal to the value without volatility gives 0: that holds for every volatility at
 *         which the option is due for exercise.
 * Failures: `price-below-intrinsic` under the value without volatility; `price-above-maximum` at or over
 *           the spot (call) or the strike (put), or a volatility above 6400 %; `invalid-input`.
 * Source: math §4. Secant steps in a bracket on a rough price, then on the exact one, both read as European
 *         volatilities where that is possible.
 * Proof:  test/property/quant/american.test.ts (round trip)
 */
export function americanImpliedVol(
  quote: StockOptionTerms & { readonly price: number },
): Result<Vol, NoImpliedVol> {
  const fault =
    faultOfTerms(quote) ??
    (quote.timeToExpiry > 0 ? null : `the time to expiry is ${quote.timeToExpiry} and must be above 0`) ??
    (quote.strike > 0 ? null : `the strike is ${quote.strike} and must be above 0`) ??
    (Number.isFinite(quote.price) ? null : `the price is ${quote.price} and must be a finite number`);
  if (fault !== null) return fail({ code: 'invalid-input', detail: { reason: fault } });
  const terms = settleTerms(quote);
  const { price } = quote;
  const intrinsic = valueWithoutVol(terms);
  const slack = priceRounding * terms.strike;
  if (price < intrinsic - slack) return fail({ code: 'price-below-intrinsic', detail: { price, intrinsic } });
  if (price <= intrinsic + slack) return ok(0);
  const maximum = highestValue(terms);
  if (price >= maximum) return fail({ code: 'price-above-maximum', detail: { price, maximum } });
  const found = search(terms, price);
  if (found !== null) return ok(found.vol);
  const highest = settledPrice(terms, highestVol);
  return fail({
    code: 'price-above-maximum',
    detail: { price, maximum: Number.isFinite(highest) ? highest : maximum },
  });
}

/** A scale of prices on which the one sought is 0; null for a price that has no place on it. */
type Scale = (price: number) => number | null;

/** On the scale of European volatilities the search is nearly along a straight line; not every price has one. */
function search(terms: SettledTerms, price: number): Found | null {
  const europeanVol = europeanVolOf(terms);
  const european = europeanVol(price);
  const plain: Scale = (value) => value - price;
  if (european === null) return inStages(terms, plain, startWithoutEuropean, null);
  const start = Math.min(european, highestVol);
  const straight: Scale = (value) => {
    const vol = europeanVol(value);
    return vol === null ? null : vol - european;
  };
  return inStages(terms, straight, start, 1) ?? inStages(terms, plain, start, null);
}

/** First on rough prices where exact ones are dearer, then on those asked for. */
function inStages(terms: SettledTerms, scale: Scale, start: number, slope: number | null): Found | null {
  if (terms.accuracy === 'fast') return solve(terms, scale, start, slope, fineTolerance);
  const rough = solve({ ...terms, accuracy: 'fast' }, scale, start, slope, roughTolerance);
  if (rough === null) return null;
  return solve(terms, scale, rough.vol, rough.slope > 0 ? rough.slope : null, fineTolerance);
}

/** The European volatility of a price, above 0: where early exercise adds little, already the answer. */
function europeanVolOf(terms: SettledTerms): (price: number) => number | null {
  const { sign, strike, timeToExpiry, rate } = terms;
  const forward = forwardWithDividends(terms);
  if (!(forward > 0)) return () => null;
  const quote = {
    optionType: sign > 0 ? 'call' : 'put',
    forward,
    strike,
    timeToExpiry,
    discountFactor: Math.exp(-rate * timeToExpiry),
  } as const;
  return (price) => {
    const european = impliedVol({ ...quote, price });
    return european.ok && european.value > 0 ? european.value : null;
  };
}

interface Found {
  readonly vol: number;
  readonly slope: number;
}

/**
 * Secant steps kept inside a bracket; null when even the highest volatility is not enough, or when a price
 * on the way has no place on the scale.
 */
function solve(
  terms: SettledTerms,
  scale: Scale,
  start: number,
  startSlope: number | null,
  tolerance: number,
): Found | null {
  const miss = (vol: number): number | null => {
    const price = settledPrice(terms, vol);
    return Number.isFinite(price) ? scale(price) : null;
  };
  let low = 0;
  let high = Infinity;
  let vol = start;
  let value = miss(vol);
  if (value === null) return null;
  const bumped = startSlope === null ? miss(vol * (1 + firstBump)) : null;
  let slope = startSlope ?? ((bumped ?? value) - value) / (vol * firstBump);
  for (let step = 0; step < mostSteps; step++) {
    if (value > 0) high = Math.min(high, vol);
    else low = Math.max(low, vol);
    let next = vol - value / slope;
    if (slope > 0 && next > low && next < high) {
      if (Math.abs(next - vol) <= tolerance * vol) return { vol: next, slope };
    } else {
      if (low >= highestVol) return null;
      next = high < Infinity ? 0.5 * (low + high) : Math.min(2 * vol, highestVol);
      if (high < Infinity && high - low <= Number.EPSILON * high) break;
    }
    const nextValue = miss(next);
    if (nextValue === null) return null;
    slope = (nextValue - value) / (next - vol);
    vol = next;
    value = nextValue;
  }
  return { vol, slope };
}
