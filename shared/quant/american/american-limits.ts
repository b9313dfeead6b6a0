import type { SettledTerms } from './american-option.ts';
import { presentValueOfDividends } from './dividends.ts';

/**
 * Value of an option on an underlier that does not move but for its carry and its dividends: the best
 * discounted payoff among all moments of exercise. The limit of every model as the volatility goes to 0.
 *
 * Between ex-dates the discounted payoff is ±(Y·e^(−qt) + c − K·e^(−rt)), so its best moment is an end
 * of the stretch or the one point where its slope vanishes.
 */
export function valueWithoutVol(terms: SettledTerms): number {
  const { sign, spot, strike, timeToExpiry, rate, dividendYield, american } = terms;
  const escrowed = terms.dividendModel === 'escrowed';
  let escrow = 0;
  if (escrowed)
    for (const { timeToExDate, amount } of terms.dividends) escrow += amount * Math.exp(-rate * timeToExDate);
  let moving = spot - escrow; // Y, in today's money
  let best = 0;
  const consider = (time: number): void => {
    const payoff = moving * Math.exp(-dividendYield * time) + escrow - strike * Math.exp(-rate * time);
    best = Math.max(best, sign * payoff);
  };
  let from = 0;
  const stops = [...terms.dividends, { timeToExDate: timeToExpiry, amount: 0 }];
  for (const { timeToExDate: to, amount } of stops) {
    if (american) {
      consider(from);
      consider(to);
      const turn = Math.log((rate * strike) / (dividendYield * moving)) / (rate - dividendYield);
      if (turn > from && turn < to) consider(turn);
    }
    const paid = amount * Math.exp(-rate * to);
    if (escrowed) escrow -= paid;
    else moving = Math.max(moving - paid * Math.exp(dividendYield * to), 0);
    from = to;
  }
  consider(timeToExpiry);
  return best;
}

/** A price that no volatility reaches: the spot for a call, the strike for a put, or less when European. */
export function highestValue(terms: SettledTerms): number {
  const { sign, spot, strike, timeToExpiry, rate, dividendYield, american, dividends } = terms;
  const discount = Math.exp(-rate * timeToExpiry);
  if (sign < 0) return strike * (american ? Math.max(1, discount) : discount);
  const held = Math.exp(-dividendYield * timeToExpiry);
  if (american) return spot * Math.max(1, held);
  // in the spot-jump model a stock too low to pay keeps what it has, so the bound is not lowered
  const escrowed = terms.dividendModel === 'escrowed';
  const escrow = escrowed ? presentValueOfDividends({ dividends, timeToExpiry, rate }) : 0;
  return (spot - escrow) * held;
}
