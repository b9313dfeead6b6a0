import type { Failure } from '../../failure.ts';
import { ok, type Result } from '../../result.ts';
import type { Fraction } from '../../units.ts';
import { constraintReadings, type ConstraintReading } from './explain.ts';
import { hedgeProblem, type HedgeInput, type HedgeProblem } from './problem.ts';
import { hedgeTotals, type HedgeTotals } from './totals.ts';

/** A leg as a reviewer left it: quantity 0 where rejected. Price per unit; score null counts as 0. */
export interface ReviewedLeg {
  readonly id: string;
  readonly side: 'sell' | 'buy';
  readonly symbol: string;
  readonly quantity: number;
  readonly price: number;
  readonly delta: number;
  readonly strike: number;
  readonly score: number | null;
}

/** The limits of the request that a hedge is checked against again. */
export type ReviewLimits = Pick<
  HedgeInput,
  | 'basket'
  | 'indexLevel'
  | 'multiplier'
  | 'indexMultiplier'
  | 'overwrite'
  | 'coverage'
  | 'coverageBy'
  | 'maxCoverage'
  | 'minCredit'
  | 'netDeltaLimit'
  | 'oneStrikePerName'
  | 'maxLegs'
  | 'maxPutLegs'
  | 'existingNetDelta'
  | 'existingProtection'
  | 'besidePremium'
>;

export interface HedgeReview {
  readonly totals: HedgeTotals;
  readonly constraints: readonly ConstraintReading[];
}

/**
 * Totals and every constraint of a hand-edited set of legs: what is shown when a leg is rejected, or
 * its quantity or price changed. Calls sold and index puts bought, as the programme counts them.
 *
 * Failures: those of `hedgeProblem`. Source: math §9. Proof: test/unit/quant/hedge-review.test.ts
 */
export function reviewHedge(
  limits: ReviewLimits,
  legs: readonly ReviewedLeg[],
): Result<HedgeReview, Failure> {
  const calls = legs.filter(({ side }) => side === 'sell');
  const puts = legs.filter(({ side }) => side === 'buy');
  const made = hedgeProblem({
    ...limits,
    objective: ['netDelta'],
    calls: calls.map((leg) => ({
      id: leg.id,
      symbol: leg.symbol,
      bid: leg.price,
      delta: leg.delta,
      score: leg.score ?? 0,
    })),
    puts: puts.map((leg) => ({ id: leg.id, ask: leg.price, delta: leg.delta, strike: leg.strike })),
  });
  if (!made.ok) return made;
  const counts = Float64Array.from([...calls, ...puts], ({ quantity }) => quantity);
  return ok({ totals: hedgeTotals(made.value, counts), constraints: constraintReadings(made.value, counts) });
}

/** Contracts by id as an array in the problem's order. */
export const countsOf = (problem: HedgeProblem, contracts: Readonly<Record<string, number>>): Float64Array =>
  Float64Array.from(problem.ids, (id) => contracts[id] ?? 0);

/** A position for the exposures before and after: stock or options. Greeks per unit of one long contract. */
export interface ExposurePosition {
  /** Units held: shares, or contracts × multiplier; negative when sold. */
  readonly units: number;
  readonly underlyingPrice: number;
  readonly beta: number;
  readonly delta: number;
  readonly gammaDollar1Pct: number;
  readonly vegaPerVolPoint: number;
  readonly thetaPerDay: number;
  /** Received (+) or paid (−) a unit when the position is opened; 0 for what is held already. */
  readonly premium: number;
}

/** Money in account currency. */
export interface ExposureTotals {
  /** Σ units × delta × price × beta. */
  readonly deltaDollar: number;
  /** Of the basket notional. */
  readonly deltaFraction: Fraction;
  readonly gammaDollar1Pct: number;
  readonly vegaPerVolPoint: number;
  readonly thetaPerDay: number;
  readonly premium: number;
}

/** Sums of positions: the basket alone before, with the legs after. Source: features F14. */
export function exposureTotals(positions: readonly ExposurePosition[], notional: number): ExposureTotals {
  const total = (per: (position: ExposurePosition) => number): number =>
    positions.reduce((sum, position) => sum + position.units * per(position), 0);
  const deltaDollar = total((p) => p.delta * p.underlyingPrice * p.beta);
  return {
    deltaDollar,
    deltaFraction: notional > 0 ? deltaDollar / notional : 0,
    gammaDollar1Pct: total((p) => p.gammaDollar1Pct),
    vegaPerVolPoint: total((p) => p.vegaPerVolPoint),
    thetaPerDay: total((p) => p.thetaPerDay),
    // Selling has negative units and brings money in.
    premium: positions.reduce((sum, p) => sum + Math.abs(p.units) * p.premium, 0),
  };
}
