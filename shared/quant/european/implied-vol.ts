import type { Failure } from '../../failure.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { OptionType, Vol, Years } from '../../units.ts';
import { normalizedImpliedDeviation } from './implied-deviation.ts';
import { logRatio } from './normalized-black.ts';
import { notOrdinary, ordinaryVols } from './ordinary-vols.ts';
import type { ImpliedVolTable } from './ordinary-vols.ts';

export type ImpliedVolCode = 'price-below-intrinsic' | 'price-above-maximum' | 'invalid-input';

/** Why a price has no volatility, with the numbers that say so. */
export interface NoImpliedVol {
  readonly code: ImpliedVolCode;
  readonly detail: Failure['detail'];
}

/** Codes written by `impliedVols`, row by row. */
export const impliedVolReasons = {
  none: 0,
  belowIntrinsic: 1,
  aboveMaximum: 2,
  invalidInput: 3,
} as const;

/** A price this many roundings of forward or strike under its intrinsic value counts as equal to it. */
const intrinsicRoundings = 2;

const outcome = { vol: 0 };
/** One quote as a table, so that alone and in columns it takes the same path. */
const single = {
  count: 1,
  optionTypes: new Int8Array(1),
  strikes: new Float64Array(1),
  prices: new Float64Array(1),
  outVols: new Float64Array(1),
  outReasons: new Uint8Array(1),
};

/**
 * Positional kernel: writes the volatility to `outcome` and returns a reason, 0 when there is one.
 */
function solve(
  sign: number,
  forward: number,
  strike: number,
  timeToExpiry: number,
  price: number,
  discountFactor: number,
): number {
  outcome.vol = 0;
  const usable =
    forward > 0 &&
    forward < Infinity &&
    strike > 0 &&
    strike < Infinity &&
    timeToExpiry > 0 &&
    timeToExpiry < Infinity;
  if (
    !usable ||
    !(discountFactor > 0 && discountFactor < Infinity) ||
    !(price > -Infinity && price < Infinity)
  )
    return impliedVolReasons.invalidInput;
  const undiscounted = price / discountFactor;
  const highest = sign > 0 ? forward : strike;
  const gap = sign * (forward - strike);
  let timeValue = undiscounted;
  if (gap > 0) {
    if (price === discountFactor * gap) return impliedVolReasons.none;
    // what the subtraction of forward and strike lost, so that only the price's own rounding remains
    const larger = highest;
    const smaller = sign > 0 ? strike : forward;
    const lost = larger - gap - smaller;
    timeValue = undiscounted - gap - lost;
  }
  if (timeValue <= 0) {
    const slack = gap > 0 ? intrinsicRoundings * Number.EPSILON * highest : 0;
    return timeValue >= -slack ? impliedVolReasons.none : impliedVolReasons.belowIntrinsic;
  }
  if (undiscounted >= highest) return impliedVolReasons.aboveMaximum;
  const lowest = forward < strike ? forward : strike; // the out-of-the-money option's highest price
  if (timeValue >= lowest) return impliedVolReasons.aboveMaximum;
  const x = -Math.abs(logRatio(forward, strike));
  const beta = timeValue / Math.sqrt(forward) / Math.sqrt(strike);
  const vol = normalizedImpliedDeviation(beta, x) / Math.sqrt(timeToExpiry);
  if (vol === Infinity) return impliedVolReasons.aboveMaximum;
  outcome.vol = vol;
  return impliedVolReasons.none;
}

/**
 * Black (1976) volatility of a European option's price, to the accuracy that the price determines.
 *
 * @param quote.price           premium today, in underlier currency
 * @param quote.discountFactor  to the payment date; 1 when left out
 * @param quote.timeToExpiry    years, above 0
 *
 * Limits: a price equal to the discounted intrinsic value gives 0. An in-the-money price is reduced to
 *         its time value first, so it carries the digits that remain there.
 * Failures: `price-below-intrinsic`; `price-above-maximum`, at the bound too, where no finite
 *           volatility exists; `invalid-input` for a forward, strike, time or discount factor that is
 *           not above 0, or a number that is not finite.
 * Source: math §3; Jäckel (2015), Let's Be Rational.
 * Proof:  test/reference/quant/implied-vol.test.ts (295 exact inverses), test/property/quant/implied-vol.test.ts
 */
export function impliedVol(quote: {
  readonly optionType: OptionType;
  readonly forward: number;
  readonly strike: number;
  readonly timeToExpiry: Years;
  readonly price: number;
  readonly discountFactor?: number;
}): Result<Vol, NoImpliedVol> {
  const { forward, strike, timeToExpiry, price, discountFactor = 1 } = quote;
  const sign = quote.optionType === 'call' ? 1 : -1;
  single.optionTypes[0] = sign;
  single.strikes[0] = strike;
  single.prices[0] = price;
  impliedVols({ ...single, forwards: forward, times: timeToExpiry, discountFactors: discountFactor });
  const reason = single.outReasons[0]!;
  if (reason === impliedVolReasons.none) return ok(single.outVols[0]!);
  if (reason === impliedVolReasons.belowIntrinsic) {
    const intrinsic = discountFactor * Math.max(sign * (forward - strike), 0);
    return fail({ code: 'price-below-intrinsic', detail: { price, intrinsic } });
  }
  if (reason === impliedVolReasons.aboveMaximum) {
    const maximum = discountFactor * (sign > 0 ? forward : strike);
    return fail({ code: 'price-above-maximum', detail: { price, maximum } });
  }
  return fail({ code: 'invalid-input', detail: { reason: invalidReason(quote) } });
}

function invalidReason(quote: {
  readonly forward: number;
  readonly strike: number;
  readonly timeToExpiry: number;
  readonly price: number;
  readonly discountFactor?: number;
}): string {
  const positive = (value: number): boolean => value > 0 && value < Infinity;
  if (!positive(quote.forward)) return `the forward is ${quote.forward} and must be above 0`;
  if (!positive(quote.strike)) return `the strike is ${quote.strike} and must be above 0`;
  if (!positive(quote.timeToExpiry)) return `the time to expiry is ${quote.timeToExpiry} and must be above 0`;
  if (!positive(quote.discountFactor ?? 1))
    return `the discount factor is ${quote.discountFactor} and must be above 0`;
  return `the price is ${quote.price} and must be a finite number`;
}

/**
 * Implied volatilities of many quotes, column by column, without allocating.
 *
 * @param table.optionTypes +1 for a call, −1 for a put
 * @param table.outVols     receives the volatility, or NaN in a row that has a reason
 * @param table.outReasons  receives a code of `impliedVolReasons`; 0 where there is a volatility
 *
 * Source: math §3.
 * Proof:  test/unit/quant/implied-vol.test.ts (equals impliedVol row by row)
 */
export function impliedVols(table: ImpliedVolTable): void {
  ordinaryVols(table);
  finishVols(table);
}

/** Solves the rows that `ordinaryVols`, or the lanes in its place, left as not ordinary. */
export function finishVols(table: ImpliedVolTable): void {
  const { count, optionTypes, forwards, strikes, times, prices, discountFactors, outVols, outReasons } =
    table;
  for (let row = 0; row < count; row++) {
    if (outReasons[row] !== notOrdinary) continue;
    const reason = solve(
      optionTypes[row]!,
      typeof forwards === 'number' ? forwards : forwards[row]!,
      strikes[row]!,
      typeof times === 'number' ? times : times[row]!,
      prices[row]!,
      typeof discountFactors === 'number' ? discountFactors : discountFactors[row]!,
    );
    outReasons[row] = reason;
    outVols[row] = reason === impliedVolReasons.none ? outcome.vol : Number.NaN;
  }
}
