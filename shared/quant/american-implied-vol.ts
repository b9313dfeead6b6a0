import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Vol } from '../units.ts';
import { highestValue, valueWithoutVol } from './american-limits.ts';
import { faultOfTerms, settleTerms } from './american-option.ts';
import type { SettledTerms, StockOptionTerms } from './american-option.ts';
import { settledPrice } from './american.ts';
import { forwardWithDividends } from './dividends.ts';
import { impliedVol } from './implied-vol.ts';
import type { NoImpliedVol } from './implied-vol.ts';

/** Widest volatility that is searched. */
const highestVol = 64;
const roughTolerance = 1e-4;
const fineTolerance = 1e-9;
const mostSteps = 60;
const mostFineSteps = 6;
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
 * Source: math §4. Secant steps in a bracket on a rough price, then on the exact one.
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
  const rough = roughVol({ ...terms, accuracy: 'fast' }, price, startingVol(terms, price));
  if (rough === null)
    return fail({
      code: 'price-above-maximum',
      detail: { price, maximum: settledPrice(terms, highestVol) },
    });
  return ok(refined(terms, price, rough.vol, rough.slope));
}

/** The European volatility of the price: where early exercise adds little, already close. */
function startingVol(terms: SettledTerms, price: number): number {
  const { sign, strike, timeToExpiry, rate } = terms;
  const forward = forwardWithDividends(terms);
  if (!(forward > 0)) return 0.3;
  const european = impliedVol({
    optionType: sign > 0 ? 'call' : 'put',
    forward,
    strike,
    timeToExpiry,
    price,
    discountFactor: Math.exp(-rate * timeToExpiry),
  });
  return european.ok && european.value > 0 ? Math.min(european.value, highestVol) : 0.3;
}

/** Secant steps kept inside a bracket; the slope comes along. */
function roughVol(
  terms: SettledTerms,
  price: number,
  start: number,
): { readonly vol: number; readonly slope: number } | null {
  const miss = (vol: number): number => settledPrice(terms, vol) - price;
  let low = 0;
  let high = Infinity;
  let vol = start;
  let value = miss(vol);
  let before = vol * 1.01;
  let beforeValue = miss(before);
  for (let step = 0; step < mostSteps; step++) {
    if (value > 0) high = Math.min(high, vol);
    else low = Math.max(low, vol);
    const slope = (value - beforeValue) / (vol - before);
    let next = vol - value / slope;
    const inside = next > low && next < high;
    if (!inside || !(slope > 0)) next = high < Infinity ? 0.5 * (low + high) : 2 * vol;
    if (low >= highestVol) return null;
    if (slope > 0 && Math.abs(next - vol) < roughTolerance * vol && inside) return { vol: next, slope };
    if (high - low < 1e-12 * high) return { vol: next, slope: slope > 0 ? slope : Infinity };
    before = vol;
    beforeValue = value;
    vol = Math.min(next, highestVol);
    value = miss(vol);
  }
  return { vol, slope: Infinity };
}

/** The last digits, on the exact price: few steps with the slope at hand, then secants. */
function refined(terms: SettledTerms, price: number, start: number, startSlope: number): number {
  let vol = start;
  let slope = startSlope;
  let value = settledPrice(terms, vol) - price;
  for (let step = 0; step < mostFineSteps; step++) {
    const change = -value / slope;
    if (!(Math.abs(change) > fineTolerance * vol)) return vol + (Number.isFinite(change) ? change : 0);
    if (Math.abs(change) > 0.5 * vol) return vol;
    const next = vol + change;
    const nextValue = settledPrice(terms, next) - price;
    const secant = (nextValue - value) / change;
    if (secant > 0.2 * slope && secant < 5 * slope) slope = secant;
    vol = next;
    value = nextValue;
  }
  return vol;
}
