import type { Fraction } from '../../units.ts';
import type { HedgeConstraintName } from './programme.ts';
import type { HedgeProblem } from './problem.ts';

/** What a set of contracts comes to, with the basket and what is held already. Money in account currency. */
export interface HedgeTotals {
  readonly netDelta: number;
  /** Of the basket notional. */
  readonly netDeltaFraction: Fraction;
  readonly netPremium: number;
  readonly premiumReceived: number;
  readonly premiumPaid: number;
  /** Σ multiplier × contracts × bid × score. */
  readonly score: number;
  /** Protected notional over basket notional. */
  readonly coverage: Fraction;
  readonly legs: number;
  readonly basketNotional: number;
}

/** Totals of contract counts in the problem's order, 0 for none. */
export function hedgeTotals(problem: HedgeProblem, counts: ArrayLike<number>): HedgeTotals {
  const beside = problem.input.besidePremium;
  let [netDelta, score, legs] = [problem.baseDelta, 0, beside?.legs ?? 0];
  let [premiumReceived, premiumPaid] = [beside?.received ?? 0, beside?.paid ?? 0];
  let protection = problem.baseProtection;
  for (let j = 0; j < problem.ids.length; j++) {
    const n = counts[j]!;
    if (n === 0) continue;
    legs++;
    netDelta += n * problem.deltaPer[j]!;
    score += n * problem.scorePer[j]!;
    protection += n * problem.protectionPer[j]!;
    const cash = n * problem.cashPer[j]!;
    if (j < problem.callCount) premiumReceived += cash;
    else premiumPaid -= cash;
  }
  return {
    netDelta,
    netDeltaFraction: netDelta / problem.notional,
    netPremium: premiumReceived - premiumPaid,
    premiumReceived,
    premiumPaid,
    score,
    coverage: protection / problem.notional,
    legs,
    basketNotional: problem.notional,
  };
}

export interface Breach {
  readonly constraint: HedgeConstraintName;
  /** How far beyond the limit, in the constraint's own unit: money, contracts or legs. */
  readonly by: number;
}

/** Sums of money are exact to about this fraction of the notional; a breach within it is rounding. */
const rounding = 1e-12;

/** The limits that whole contracts do not meet. */
export function breachesOf(problem: HedgeProblem, counts: ArrayLike<number>): readonly Breach[] {
  const { input, notional } = problem;
  const totals = hedgeTotals(problem, counts);
  const breaches: Breach[] = [];
  const check = (constraint: HedgeConstraintName, by: number, allowed: number): void => {
    if (by > allowed) breaches.push({ constraint, by });
  };
  const sold = soldByHolding(problem, counts);
  problem.capacity.forEach((most, i) => check('overwrite', sold[i]! - most, 0));
  problem.limit.forEach((most, j) => check('limits', most === null ? 0 : counts[j]! - most, 0));
  if (input.maxCoverage !== null && input.maxCoverage !== undefined) {
    check('maxCoverage', (totals.coverage - input.maxCoverage) * notional, rounding * notional);
  }
  check('coverage', (problem.coverage - totals.coverage) * notional, rounding * notional);
  if (input.minCredit !== null)
    check('minCredit', (input.minCredit ?? 0) - totals.netPremium, rounding * notional);
  if (input.netDeltaLimit !== null && input.netDeltaLimit !== undefined) {
    check('netDeltaLimit', Math.abs(totals.netDelta) - input.netDeltaLimit * notional, rounding * notional);
  }
  if (input.maxLegs !== null && input.maxLegs !== undefined) check('maxLegs', totals.legs - input.maxLegs, 0);
  if (input.maxPutLegs !== null && input.maxPutLegs !== undefined)
    check('maxPutLegs', putLegs(problem, counts) - input.maxPutLegs, 0);
  if (input.oneStrikePerName === true) {
    const strikes = strikesByHolding(problem, counts);
    check('oneStrikePerName', Math.max(0, ...strikes) - 1, 0);
  }
  return breaches;
}

/** Different puts. */
export function putLegs(problem: HedgeProblem, counts: ArrayLike<number>): number {
  let legs = 0;
  for (let j = problem.callCount; j < problem.ids.length; j++) if (counts[j]! > 0) legs++;
  return legs;
}

/** Contracts sold on each holding of the basket. */
export function soldByHolding(problem: HedgeProblem, counts: ArrayLike<number>): readonly number[] {
  const sold = problem.capacity.map(() => 0);
  for (let j = 0; j < problem.callCount; j++) sold[problem.holding[j]!]! += counts[j]!;
  return sold;
}

/** Different calls sold on each holding. */
export function strikesByHolding(problem: HedgeProblem, counts: ArrayLike<number>): readonly number[] {
  const strikes = problem.capacity.map(() => 0);
  for (let j = 0; j < problem.callCount; j++) if (counts[j]! > 0) strikes[problem.holding[j]!]!++;
  return strikes;
}
