import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { packagePayoff, type PayoffPackage } from './forward-start-package.ts';
import { invalidForwardStart } from './forward-start-terms.ts';
import { evenMoves, zeroCrossings } from './payout-profile.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

export interface BreakEvenHistory {
  /** Stretches of the history that are as long as the period, each beginning a session later. */
  readonly windows: number;
  /** How many windows fit without sharing a day: the honest size of the sample. */
  readonly independentWindows: number;
  /** Past X = C(t+n)/C(t), ascending. */
  readonly moves: readonly number[];
  /** Realized volatility of each window, zero mean, ascending; annualized. */
  readonly vols: readonly Vol[];
  readonly newestVol: Vol;
  /** Share of windows whose payoff is above the price. */
  readonly earnedShare: number;
  /** In the payoff's unit. */
  readonly meanPayoff: number;
}

/**
 * What a contract would have paid over every past stretch as long as its own period.
 *
 * @param history.closes  adjusted, oldest first, > 0
 * @param history.sessions of the reference period, ≥ 1
 * @param history.price   undiscounted, in the payoff's unit
 * @param history.unit    F₁ that absolute payoffs are counted from
 * @param history.periodsPerYear sessions a year
 * Failures: `missing-prices` where there is no full window, `invalid-input` as of the payoff
 * Limits: windows overlap; `independentWindows` says how little they know.
 * Source: features H13. Proof: test/unit/quant/break-even-history.test.ts
 */
export function breakEvenHistory(history: {
  readonly closes: readonly number[];
  readonly sessions: number;
  readonly payoffs: PayoffPackage;
  readonly unit: number;
  readonly price: number;
  readonly periodsPerYear: number;
}): Result<BreakEvenHistory, Reasoned<'invalid-input' | 'missing-prices'>> {
  const { closes, sessions, payoffs, unit, price, periodsPerYear } = history;
  const windows = closes.length - sessions;
  if (sessions < 1) return invalidForwardStart('its period holds no session');
  if (windows < 1) {
    return fail(reasoned('missing-prices', { have: closes.length, need: sessions + 1 }));
  }
  const bad = closes.find((close) => !(close > 0));
  if (bad !== undefined) return invalidForwardStart(`a past close is ${bad}`);
  const moves: number[] = [];
  const vols: Vol[] = [];
  let [paid, earned, squares] = [0, 0, 0];
  const squared = closes.slice(1).map((close, i) => Math.log(close / closes[i]!) ** 2);
  for (let i = 0; i < sessions - 1; i++) squares += squared[i]!;
  for (let start = 0; start < windows; start++) {
    const move = closes[start + sessions]! / closes[start]!;
    squares += squared[start + sessions - 1]!;
    vols.push(Math.sqrt((Math.max(0, squares) * periodsPerYear) / sessions));
    squares -= squared[start]!;
    const payoff = packagePayoff({ payoffs, fixing: { firstFixing: unit }, secondFixing: unit * move });
    if (!payoff.ok) return payoff;
    moves.push(move);
    paid += payoff.value;
    if (payoff.value > price) earned += 1;
  }
  const newestVol = vols.at(-1)!;
  return ok({
    windows,
    independentWindows: Math.floor((closes.length - 1) / sessions),
    moves: moves.sort((a, b) => a - b),
    vols: vols.sort((a, b) => a - b),
    newestVol,
    earnedShare: earned / windows,
    meanPayoff: paid / windows,
  });
}

/** Moves searched for a break-even: from a tenth to five times the first fixing. */
const [lowestMove, highestMove, movesSearched] = [0.1, 5, 4901];

/** Moves X at which a package's payoff equals a price, ascending; none where it never does. */
export function breakEvenMoves(contract: {
  readonly payoffs: PayoffPackage;
  readonly unit: number;
  readonly price: number;
}): readonly number[] {
  const { payoffs, unit, price } = contract;
  const moves = evenMoves(lowestMove, highestMove, movesSearched);
  const gains = moves.map((move) => {
    const paid = packagePayoff({ payoffs, fixing: { firstFixing: unit }, secondFixing: unit * move });
    return paid.ok ? paid.value - price : -price;
  });
  return zeroCrossings(moves, gains);
}

/** Share of ascending values below a level. */
export function shareBelow(ascending: readonly number[], level: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < level) low = middle + 1;
    else high = middle;
  }
  return ascending.length === 0 ? 0 : low / ascending.length;
}
