import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { priceAfterFixing, priceBeforeFixing } from './forward-start.ts';
import { fixedLevels } from './forward-start-settlement.ts';
import { invalidForwardStart } from './forward-start-terms.ts';
import type {
  AfterFixing,
  BeforeFixing,
  ForwardStartFailure,
  ForwardStartPayoff,
} from './forward-start-terms.ts';
import { impliedVol } from '../european/implied-vol.ts';
import { inverseCentralMass } from '../math/normal.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

export type ForwardStartVolFailure = Reasoned<
  'invalid-input' | 'price-below-intrinsic' | 'price-above-maximum' | 'no-convergence'
>;
type VolResult = Result<Vol, ForwardStartVolFailure>;

/** Deviations beyond these leave a linear payoff at its bound, and a squared one near the largest double. */
const largestDeviation = { 1: 80, 2: 20 } as const;

/**
 * Volatility of the slice that a price before the fixing implies. Closed form for a linear contract at the
 * money forward (R = m); the exact inverse of Black for other linear contracts; log of the second moment for
 * the squared straddle; safeguarded Newton for squared calls and puts and for a strike offset.
 *
 * @param contract.price per 1.00 of payoff, discounted, as `priceBeforeFixing` gives it
 * Failures: `price-below-intrinsic` under the value at vol 0, `price-above-maximum` at or over the limit of
 *   high volatility, `invalid-input` for a slice of no length or any input `priceBeforeFixing` refuses
 * Source: math §10. Proof: test/reference/quant/forward-start.test.ts, test/property/quant/forward-start.test.ts
 */
export function impliedVolBeforeFixing(contract: {
  readonly payoff: ForwardStartPayoff;
  readonly market: Omit<BeforeFixing, 'vol'>;
  readonly price: number;
}): VolResult {
  const { payoff, market, price } = contract;
  const { strikeMultiplier: m = 1, strikeOffset: b = 0, power, family } = payoff;
  const tau = market.timeToEnd - market.timeToStart;
  const priceAt = (vol: Vol): ReturnType<typeof priceBeforeFixing> =>
    priceBeforeFixing({ payoff, market: { ...market, vol } });
  const atZero = priceAt(0);
  if (!atZero.ok) return atZero;
  if (!(tau > 0)) return invalidForwardStart('the slice between the reference times has no length');
  if (b !== 0 || m === 0) return solveVol({ priceAt, price, tau, power });

  const { carryFactor = 1, discountFactor = 1, forward = 1, volToStart = 0 } = market;
  const growth = power === 2 ? Math.exp(volToStart * volToStart * market.timeToStart) : 1;
  const level = family === 'absolute' ? forward ** power * growth : 1;
  const perStrike = family === 'relative' && payoff.normalizedBy === 'strike' ? m ** -power : 1;
  const scale = discountFactor * level * perStrike;
  return unitImpliedVol({ payoff, price, scale, mean: carryFactor, strike: m, tau, priceAt });
}

/**
 * Volatility of the time left that a price inside the reference period implies.
 * As `impliedVolBeforeFixing`, on the forward and the fixed strike.
 *
 * Source: math §10. Proof: test/property/quant/forward-start.test.ts
 */
export function impliedVolAfterFixing(contract: {
  readonly payoff: ForwardStartPayoff;
  readonly market: Omit<AfterFixing, 'vol'>;
  readonly price: number;
}): VolResult {
  const { payoff, market, price } = contract;
  const priceAt = (vol: Vol): ReturnType<typeof priceAfterFixing> =>
    priceAfterFixing({ payoff, market: { ...market, vol } });
  const atZero = priceAt(0);
  if (!atZero.ok) return atZero;
  const levels = fixedLevels(payoff, market);
  if (!levels.ok) return levels;
  const { strike, unit } = levels.value;
  const tau = market.timeToEnd;
  if (!(tau > 0)) return invalidForwardStart('no time is left to the second reference time');
  if (!(strike > 0)) return solveVol({ priceAt, price, tau, power: payoff.power });
  const scale = market.discountFactor ?? 1;
  return unitImpliedVol({
    payoff,
    price,
    scale,
    mean: market.forward / unit,
    strike: strike / unit,
    tau,
    priceAt,
  });
}

type PriceAt = (
  vol: Vol,
) => Result<{ readonly price: number; readonly vegaPerVol: number }, ForwardStartFailure>;

/** The price is scale·E[f(X − strike)], X lognormal about mean. */
function unitImpliedVol(task: {
  readonly payoff: ForwardStartPayoff;
  readonly price: number;
  readonly scale: number;
  readonly mean: number;
  readonly strike: number;
  readonly tau: number;
  readonly priceAt: PriceAt;
}): VolResult {
  const { payoff, price, scale, mean, strike, tau, priceAt } = task;
  const { optionType, power } = payoff;
  if (!Number.isFinite(price)) return invalidForwardStart(`price is ${price}`);
  if (power === 2 && optionType === 'straddle') {
    const excess = price / scale - (mean - strike) ** 2;
    if (excess < -4 * Number.EPSILON * (price / scale))
      return belowIntrinsic(price, scale * (mean - strike) ** 2);
    return ok(Math.sqrt(Math.log1p(Math.max(excess, 0) / (mean * mean)) / tau));
  }
  if (power === 2) return solveVol({ priceAt, price, tau, power });

  const sides = optionType === 'straddle' ? 2 : 1;
  if (mean === strike) {
    const mass = price / (scale * strike * sides);
    if (mass < 0) return belowIntrinsic(price, 0);
    if (mass >= 1) return aboveMaximum(price, scale * strike * sides);
    return ok((2 * inverseCentralMass(mass)) / Math.sqrt(tau));
  }
  if (optionType !== 'straddle') {
    return impliedVol({
      optionType,
      forward: mean,
      strike,
      timeToExpiry: tau,
      price,
      discountFactor: scale,
    });
  }
  // A straddle is its intrinsic value and twice the option out of the money.
  const intrinsic = Math.abs(mean - strike);
  const half = 0.5 * (price / scale - intrinsic);
  if (half < -4 * Number.EPSILON * (price / scale)) return belowIntrinsic(price, scale * intrinsic);
  if (half >= Math.min(mean, strike)) return aboveMaximum(price, scale * (mean + strike));
  return impliedVol({
    optionType: mean > strike ? 'put' : 'call',
    forward: mean,
    strike,
    timeToExpiry: tau,
    price: Math.max(half, 0),
  });
}

const belowIntrinsic = (price: number, intrinsic: number): VolResult =>
  fail(reasoned('price-below-intrinsic', { price, intrinsic }));
const aboveMaximum = (price: number, maximum: number): VolResult =>
  fail(reasoned('price-above-maximum', { price, maximum }));

/**
 * Newton on ln(price) in a shrinking bracket: convex payoffs rise with volatility, so a step that leaves the
 * bracket is replaced by its middle (geometric while the bracket spans decades).
 */
export function solveVol(task: {
  readonly priceAt: PriceAt;
  readonly price: number;
  readonly tau: number;
  readonly power: 1 | 2;
}): VolResult {
  const { priceAt, price, tau, power } = task;
  if (!Number.isFinite(price)) return invalidForwardStart(`price is ${price}`);
  const lowest = priceAt(0);
  if (!lowest.ok) return lowest;
  if (price < lowest.value.price) return belowIntrinsic(price, lowest.value.price);
  if (price === lowest.value.price) return ok(0);
  const ceiling = largestDeviation[power] / Math.sqrt(tau);
  const highest = priceAt(ceiling);
  if (!highest.ok) return highest;
  if (price >= highest.value.price) return aboveMaximum(price, highest.value.price);
  let low = 0;
  let high = ceiling;
  let vol = Math.min(0.2, 0.5 * ceiling);
  for (let iteration = 0; iteration < 200; iteration++) {
    const at = priceAt(vol);
    if (!at.ok) return at;
    if (at.value.price === price) return ok(vol);
    if (at.value.price < price) low = vol;
    else high = vol;
    const newton =
      at.value.price > 0 && at.value.vegaPerVol > 0
        ? vol - (Math.log(at.value.price / price) * at.value.price) / at.value.vegaPerVol
        : Number.NaN;
    const middle = high > 4 * low && low > 0 ? Math.sqrt(low * high) : 0.5 * (low + high);
    const next = newton > low && newton < high ? newton : middle;
    if (Math.abs(next - vol) <= 2 * Number.EPSILON * vol || high - low <= 2 * Number.EPSILON * high) {
      return ok(next);
    }
    vol = next;
  }
  return fail(reasoned('no-convergence', { reason: `price ${price} between vols ${low} and ${high}` }));
}
