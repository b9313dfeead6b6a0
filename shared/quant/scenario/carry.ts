import { daysBetween, daysPerYear } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { Fraction, Years } from '../../units.ts';
import { forwardWithDividends } from '../american/dividends.ts';
import type { CashDividend } from '../american/dividends.ts';
import type { DatedDividend, ExpiryMarket, NameMarket } from './book.ts';

/** Dividends by time from a day. */
export const dividendsFrom = (asOf: IsoDate, dividends: readonly DatedDividend[]): readonly CashDividend[] =>
  dividends.map(({ exDate, amount }) => ({ timeToExDate: daysBetween(asOf, exDate) / daysPerYear, amount }));

/** Continuously compounded rate that an expiry's discount factor says. */
export const rateOf = ({ discountFactor, timeToExpiry }: ExpiryMarket): Fraction =>
  -Math.log(discountFactor) / timeToExpiry;

/** The yield that carries the spot to the forward, dividends and borrow spread evenly. */
export const impliedYield = (spot: number, expiry: ExpiryMarket): Fraction =>
  rateOf(expiry) - Math.log(expiry.forward / spot) / expiry.timeToExpiry;

const mostSteps = 50;

/**
 * What an expiry's forward says beside the known cash dividends, as a yield: borrow, and dividends not known.
 *
 * Limits: the forward of math §2 with these dividends; Newton on a decreasing convex function of the yield.
 * Proof: test/unit/quant/scenario/shock-market.test.ts
 */
export function borrowYield(asOf: IsoDate, name: NameMarket, expiry: ExpiryMarket): Fraction {
  const dividends = dividendsFrom(asOf, name.dividends);
  const { timeToExpiry, forward } = expiry;
  const rate = rateOf(expiry);
  const forwardAt = (dividendYield: number): number =>
    forwardWithDividends({ spot: name.spot, timeToExpiry, rate, dividendYield, dividends });
  let found = 0;
  for (let step = 0; step < mostSteps; step += 1) {
    const bump = 1e-6;
    const at = forwardAt(found);
    const slope = (forwardAt(found + bump) - at) / bump;
    const next = found - (at - forward) / slope;
    if (!Number.isFinite(next)) return found;
    if (Math.abs(next - found) < 1e-14) return next;
    found = next;
  }
  return found;
}

/** An expiry's carry after the spot, the date, rates and dividends have moved. */
export interface CarryMove {
  readonly asOfBefore: IsoDate;
  readonly asOfAfter: IsoDate;
  readonly spotAfter: number;
  readonly yearsPassed: Years;
  readonly rateShift: Fraction;
  readonly yieldShift: Fraction;
  readonly dividendChange: Fraction;
  /** After the move: not yet paid, changed amounts. */
  readonly dividendsAfter: readonly DatedDividend[];
}

/**
 * Forward and discount factor of an expiry after a move. Nothing moved gives both back to the bit.
 *
 * Source: math §2, §12. Proof: test/unit/quant/scenario/shock-market.test.ts
 */
export function carriedExpiry(
  name: NameMarket,
  expiry: ExpiryMarket,
  move: CarryMove,
): { readonly timeToExpiry: Years; readonly forward: number; readonly discountFactor: number } {
  const { spotAfter, yearsPassed, rateShift, yieldShift, dividendChange } = move;
  const timeToExpiry = expiry.timeToExpiry - yearsPassed;
  const rate = rateOf(expiry);
  const discountFactor = expiry.discountFactor * Math.exp(rate * yearsPassed - rateShift * timeToExpiry);
  const still = spotAfter === name.spot && yearsPassed === 0 && rateShift === 0 && yieldShift === 0;
  if (still && dividendChange === 0) return { timeToExpiry, forward: expiry.forward, discountFactor };
  if (name.dividendTreatment === 'cash' && name.dividends.length > 0) {
    const forward = forwardWithDividends({
      spot: spotAfter,
      timeToExpiry,
      rate: rate + rateShift,
      dividendYield: borrowYield(move.asOfBefore, name, expiry) + yieldShift,
      dividends: dividendsFrom(move.asOfAfter, move.dividendsAfter),
    });
    return { timeToExpiry, forward, discountFactor };
  }
  const carry = Math.log(expiry.forward / name.spot) / expiry.timeToExpiry;
  const growth = (rateShift - yieldShift) * timeToExpiry - carry * yearsPassed;
  let forward = expiry.forward * (spotAfter / name.spot) * Math.exp(growth);
  if (dividendChange !== 0) {
    // The known dividends are inside the yield; what changes of them is paid away on top.
    for (const { timeToExDate, amount } of dividendsFrom(move.asOfAfter, name.dividends)) {
      if (timeToExDate <= 0 || timeToExDate > timeToExpiry) continue;
      forward -= dividendChange * amount * Math.exp((rate + rateShift) * (timeToExpiry - timeToExDate));
    }
  }
  return { timeToExpiry, forward, discountFactor };
}
