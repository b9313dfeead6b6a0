import type { Years } from '../../units.ts';

/** A cash dividend: whoever holds the stock up to the ex-date receives the amount. */
export interface CashDividend {
  /** Years from now. */
  readonly timeToExDate: Years;
  /** Underlier currency per share, ≥ 0. */
  readonly amount: number;
}

/**
 * How the spot moves under cash dividends. `spotJump`: lognormal between ex-dates, falling by the
 * amount at each. `escrowed`: the spot less the present value of the dividends still to come is
 * lognormal. The two need different volatilities for the same price; say which one was used.
 */
export type DividendModel = 'spotJump' | 'escrowed';

/** The dividends that fall within a life, ex-dates ascending: after now, up to and with the end. */
export function dividendsWithin(
  dividends: readonly CashDividend[],
  timeToExpiry: Years,
): readonly CashDividend[] {
  return dividends
    .filter(({ timeToExDate, amount }) => timeToExDate > 0 && timeToExDate <= timeToExpiry && amount > 0)
    .sort((a, b) => a.timeToExDate - b.timeToExDate);
}

/** Present value of the dividends up to and with `timeToExpiry`, at a flat continuous rate. */
export function presentValueOfDividends(schedule: {
  readonly dividends: readonly CashDividend[];
  readonly timeToExpiry: Years;
  readonly rate: number;
}): number {
  return dividendsWithin(schedule.dividends, schedule.timeToExpiry).reduce(
    (sum, { timeToExDate, amount }) => sum + amount * Math.exp(-schedule.rate * timeToExDate),
    0,
  );
}

/**
 * Forward of a stock with cash dividends: what the spot less the dividends' worth grows to.
 *
 * @param stock.rate, stock.dividendYield decimal, continuously compounded
 *
 * Limits: not positive when the dividends are worth more than the spot.
 * Source: math §2. A dividend reinvests at the rate and, where there is a yield as well, is scaled by it
 *         from its ex-date on, as in the spot-jump model.
 * Proof:  test/unit/quant/dividends.test.ts
 */
export function forwardWithDividends(stock: {
  readonly spot: number;
  readonly timeToExpiry: Years;
  readonly rate: number;
  readonly dividendYield?: number;
  readonly dividends?: readonly CashDividend[];
}): number {
  const carry = stock.rate - (stock.dividendYield ?? 0);
  return dividendsWithin(stock.dividends ?? [], stock.timeToExpiry).reduce(
    (forward, { timeToExDate, amount }) =>
      forward - amount * Math.exp(carry * (stock.timeToExpiry - timeToExDate)),
    stock.spot * Math.exp(carry * stock.timeToExpiry),
  );
}
