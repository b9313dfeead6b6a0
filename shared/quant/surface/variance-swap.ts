import { daysPerYear } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Fraction, Variance, Vol, Years } from '../../units.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

/** One strike of an expiry, underlier currency; a side that is not quoted is 0 and 0. */
export interface StrikeQuote {
  readonly strike: number;
  readonly callBid: number;
  readonly callAsk: number;
  readonly putBid: number;
  readonly putAsk: number;
}
export interface ModelFreeExpiry {
  readonly forward: number;
  /** The highest strike at or below the forward. */
  readonly strikeAtForward: number;
  readonly variance: Variance;
  /** Strikes in the sum, the one at the forward counted once. */
  readonly strikesUsed: number;
}
export interface ModelFreeVol {
  readonly vol: Vol;
  readonly expiries: readonly ModelFreeExpiry[];
}
type VarianceFailure = Reasoned<'invalid-input' | 'too-few-quotes' | 'no-forward'>;

const mid = (bid: number, ask: number): number => (bid + ask) / 2;

/** The strike whose call and put are nearest in price; pairs with both bids go first. */
function parityPair(quotes: readonly StrikeQuote[]): StrikeQuote | null {
  let best: StrikeQuote | null = null;
  let smallest = Infinity;
  for (const needBid of [true, false]) {
    for (const quote of quotes) {
      if (needBid && (quote.callBid <= 0 || quote.putBid <= 0)) continue;
      if (quote.callAsk <= 0 || quote.putAsk <= 0) continue;
      const gap = Math.abs(mid(quote.callBid, quote.callAsk) - mid(quote.putBid, quote.putAsk));
      if (gap < smallest) [best, smallest] = [quote, gap];
    }
    if (best !== null) break;
  }
  return best;
}

/** Out-of-the-money prices by strike ascending: outwards from the strike at the forward until two bids in a row are zero. */
function strip(
  quotes: readonly StrikeQuote[],
  strikeAtForward: number,
): { readonly strikes: number[]; readonly prices: number[] } {
  const strikes: number[] = [];
  const prices: number[] = [];
  const center = quotes.findIndex((quote) => quote.strike === strikeAtForward);
  let zeros = 0;
  for (let i = center - 1; i >= 0 && zeros < 2; i -= 1) {
    const quote = quotes[i];
    if (quote === undefined) break;
    zeros = quote.putBid > 0 ? 0 : zeros + 1;
    if (quote.putBid <= 0) continue;
    strikes.unshift(quote.strike);
    prices.unshift(mid(quote.putBid, quote.putAsk));
  }
  const middle = quotes[center];
  if (middle !== undefined) {
    strikes.push(middle.strike);
    prices.push((mid(middle.callBid, middle.callAsk) + mid(middle.putBid, middle.putAsk)) / 2);
  }
  zeros = 0;
  for (let i = center + 1; i < quotes.length && zeros < 2; i += 1) {
    const quote = quotes[i];
    if (quote === undefined) break;
    zeros = quote.callBid > 0 ? 0 : zeros + 1;
    if (quote.callBid <= 0) continue;
    strikes.push(quote.strike);
    prices.push(mid(quote.callBid, quote.callAsk));
  }
  return { strikes, prices };
}

/**
 * Variance of one expiry by the exchange's sum over out-of-the-money options.
 *
 * @param expiry.timeToExpiry years, > 0
 * @param expiry.rate         decimal, continuously compounded
 * @param expiry.quotes       strikes ascending
 *
 * Limits: the wings end where two bids in a row are zero, so the sum is truncated, not extrapolated.
 * Source: math §5.6; Cboe, The CBOE Volatility Index: VIX (white paper).
 * Proof: test/reference/quant/variance-swap.test.ts
 */
export function modelFreeVariance(expiry: {
  readonly timeToExpiry: Years;
  readonly rate: Fraction;
  readonly quotes: readonly StrikeQuote[];
}): Result<ModelFreeExpiry, VarianceFailure> {
  const { timeToExpiry, rate, quotes } = expiry;
  if (!(timeToExpiry > 0 && Number.isFinite(timeToExpiry)))
    return fail(reasoned('invalid-input', { reason: `timeToExpiry is ${timeToExpiry}` }));
  if (!Number.isFinite(rate)) return fail(reasoned('invalid-input', { reason: `rate is ${rate}` }));
  const broken = quotes.findIndex(
    (quote, i) => !(quote.strike > (quotes[i - 1]?.strike ?? 0)) || !Number.isFinite(quote.strike),
  );
  if (broken >= 0)
    return fail(reasoned('invalid-input', { reason: `strike ${broken + 1} is not above the one before it` }));
  const pair = parityPair(quotes);
  if (pair === null) return fail(reasoned('no-forward', { reason: 'no strike has both a call and a put' }));
  const growth = Math.exp(rate * timeToExpiry);
  const forward = pair.strike + growth * (mid(pair.callBid, pair.callAsk) - mid(pair.putBid, pair.putAsk));
  const atForward = quotes.findLast((quote) => quote.strike <= forward);
  if (atForward === undefined)
    return fail(reasoned('no-forward', { reason: 'every strike is above the forward' }));
  const { strikes, prices } = strip(quotes, atForward.strike);
  const n = strikes.length;
  if (n < 3) return fail(reasoned('too-few-quotes', { have: n, need: 3 }));
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    const strike = strikes[i] ?? 0;
    const [below, above] = [strikes[i - 1] ?? strike, strikes[i + 1] ?? strike];
    const width = (above - below) / (i === 0 || i === n - 1 ? 1 : 2);
    sum += (width / (strike * strike)) * growth * (prices[i] ?? 0);
  }
  const offset = forward / atForward.strike - 1;
  const variance = (2 * sum - offset * offset) / timeToExpiry;
  return ok({ forward, strikeAtForward: atForward.strike, variance, strikesUsed: n });
}

/**
 * Constant-maturity model-free volatility from two expiries, the exchange's method.
 *
 * @param request.expiries  the near and the next one
 * @param request.targetDays default 30
 * @param request.yearDays   days of a year, default 365
 * @returns annualized, decimal
 *
 * Limits: outside the two expiries the straight line in total variance is extended; a negative result is
 * refused.
 * Source: math §5.6. Proof: test/reference/quant/variance-swap.test.ts (61.22 and 13.69 of the white papers)
 */
export function modelFreeVol(request: {
  readonly expiries: readonly {
    readonly timeToExpiry: Years;
    readonly rate: Fraction;
    readonly quotes: readonly StrikeQuote[];
  }[];
  readonly targetDays?: number;
  readonly yearDays?: number;
}): Result<ModelFreeVol, VarianceFailure> {
  const { expiries, targetDays = 30, yearDays = daysPerYear } = request;
  const [near, next] = expiries;
  if (near === undefined || next === undefined || expiries.length !== 2)
    return fail(reasoned('invalid-input', { reason: `two expiries are needed; got ${expiries.length}` }));
  if (!(targetDays > 0 && yearDays > 0))
    return fail(reasoned('invalid-input', { reason: `targetDays is ${targetDays}, yearDays ${yearDays}` }));
  if (!(next.timeToExpiry > near.timeToExpiry))
    return fail(reasoned('invalid-input', { reason: 'the second expiry is not after the first' }));
  const first = modelFreeVariance(near);
  if (!first.ok) return first;
  const second = modelFreeVariance(next);
  if (!second.ok) return second;
  const target = targetDays / yearDays;
  const share = (next.timeToExpiry - target) / (next.timeToExpiry - near.timeToExpiry);
  const total =
    near.timeToExpiry * first.value.variance * share +
    next.timeToExpiry * second.value.variance * (1 - share);
  if (!(total >= 0))
    return fail(reasoned('invalid-input', { reason: 'the variance at the target is negative' }));
  return ok({ vol: Math.sqrt(total / target), expiries: [first.value, second.value] });
}

export interface StripLeg {
  readonly side: 'put' | 'call';
  readonly strike: number;
  /** Options per unit of variance notional times 2/T, before the closing strikes. */
  readonly weight: number;
}

/**
 * Weights of the options that replicate the log payoff 2/T·[(S − S*)/S* − ln(S/S*)] by straight lines
 * between strikes.
 *
 * @param strip.boundary    S*, the strike shared by puts and calls
 * @param strip.putStrikes  boundary first, descending; the last one only closes the last slope
 * @param strip.callStrikes boundary first, ascending; likewise
 * Source: Demeterfi, Derman, Kamal & Zou (1999), appendix A.
 * Proof: test/reference/quant/variance-swap.test.ts (their table 1)
 */
export function logPayoffWeights(strip: {
  readonly boundary: number;
  readonly timeToExpiry: Years;
  readonly putStrikes: readonly number[];
  readonly callStrikes: readonly number[];
}): readonly StripLeg[] {
  const { boundary, timeToExpiry } = strip;
  const payoff = (price: number): number =>
    (2 / timeToExpiry) * ((price - boundary) / boundary - Math.log(price / boundary));
  const legs: StripLeg[] = [];
  for (const side of ['put', 'call'] as const) {
    const strikes = side === 'put' ? strip.putStrikes : strip.callStrikes;
    let held = 0;
    for (let i = 0; i + 1 < strikes.length; i += 1) {
      const [strike, further] = [strikes[i] ?? boundary, strikes[i + 1] ?? boundary];
      const weight = Math.abs((payoff(further) - payoff(strike)) / (further - strike)) - held;
      held += weight;
      legs.push({ side, strike, weight });
    }
  }
  return legs;
}

/**
 * Fair variance of a swap from the cost of its replicating strip.
 *
 * @param swap.stripCost premium of the strip of {@link logPayoffWeights}, paid today
 * Source: Demeterfi, Derman, Kamal & Zou (1999), equation 29. Proof: as above (table 1: 20.467 %)
 */
export function fairVarianceOfStrip(swap: {
  readonly spot: number;
  readonly boundary: number;
  readonly rate: Fraction;
  readonly timeToExpiry: Years;
  readonly stripCost: number;
}): Variance {
  const { spot, boundary, rate, timeToExpiry, stripCost } = swap;
  const growth = Math.exp(rate * timeToExpiry);
  const carried = rate * timeToExpiry - ((spot / boundary) * growth - 1) - Math.log(boundary / spot);
  return (2 / timeToExpiry) * carried + growth * stripCost;
}
