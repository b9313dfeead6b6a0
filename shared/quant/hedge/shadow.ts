import type { Fraction } from '../../units.ts';
import { inPercent, inWhole } from '../words.ts';
import type { SolveLp } from './lp-model.ts';
import { hedgeProblem, type HedgeInput, type HedgeObjective } from './problem.ts';
import type { HedgeConstraintName } from './programme.ts';
import { breachesOf } from './totals.ts';
import { solveHedge, type HedgeSolution } from './solve.ts';

/** What one step more of a limit would buy. */
export interface ConstraintShadow {
  readonly constraint: HedgeConstraintName;
  /** The limit as it is and one step looser, in its own unit. */
  readonly from: number;
  readonly to: number;
  /** Change of each total once solved again; money, fraction of the notional, score. */
  readonly netPremium: number;
  readonly netDeltaFraction: Fraction;
  readonly score: number;
  readonly coverage: Fraction;
  /** False: the time ended before a proof; null numbers are never given. */
  readonly proven: boolean;
  readonly sentence: string;
}

/** Steps a person would turn a limit by. */
const steps = { netDeltaLimit: 0.01, coverage: 0.05, maxCoverage: 0.1, overwrite: 0.05, creditShare: 0.001 };
const secondsEach = 2;
/** Below this share of the notional a difference is rounding. */
const nothing = 1e-7;
/** The least that a net delta is written with. */
const leastShown = 1e-4;

interface Step {
  readonly constraint: HedgeConstraintName;
  readonly from: number;
  readonly to: number;
  readonly change: Partial<HedgeInput>;
  readonly words: string;
}

/** One step looser of every limit that is set; those that cannot be loosened are left out. */
function stepsOf(input: HedgeInput, notional: number): readonly Step[] {
  const found: Step[] = [];
  const {
    netDeltaLimit,
    coverage = 1,
    maxCoverage,
    minCredit = 0,
    overwrite = 1,
    maxLegs,
    maxPutLegs,
  } = input;
  if (netDeltaLimit !== null && netDeltaLimit !== undefined) {
    const to = netDeltaLimit + steps.netDeltaLimit;
    found.push({
      constraint: 'netDeltaLimit',
      from: netDeltaLimit,
      to,
      change: { netDeltaLimit: to },
      words: `Net delta within ${inPercent(to)} instead of ${inPercent(netDeltaLimit)}`,
    });
  }
  if (coverage > 0) {
    const to = Math.max(0, coverage - steps.coverage);
    const words = `${inPercent(to, 0)} of the basket protected instead of ${inPercent(coverage, 0)}`;
    found.push({ constraint: 'coverage', from: coverage, to, change: { coverage: to }, words });
  }
  if (maxCoverage !== null && maxCoverage !== undefined) {
    const to = maxCoverage + steps.maxCoverage;
    const words = `At most ${inPercent(to, 0)} of the basket protected instead of ${inPercent(maxCoverage, 0)}`;
    found.push({ constraint: 'maxCoverage', from: maxCoverage, to, change: { maxCoverage: to }, words });
  }
  if (minCredit !== null) {
    const to = minCredit - steps.creditShare * notional;
    const words = `A net premium of at least ${inWhole(to)} instead of ${inWhole(minCredit)}`;
    found.push({ constraint: 'minCredit', from: minCredit, to, change: { minCredit: to }, words });
  }
  if (overwrite < 1) {
    const to = Math.min(1, overwrite + steps.overwrite);
    const words = `Calls on ${inPercent(to, 0)} of each holding instead of ${inPercent(overwrite, 0)}`;
    found.push({ constraint: 'overwrite', from: overwrite, to, change: { overwrite: to }, words });
  }
  if (maxLegs !== null && maxLegs !== undefined) {
    const words = `${inWhole(maxLegs + 1)} legs instead of ${inWhole(maxLegs)}`;
    found.push({
      constraint: 'maxLegs',
      from: maxLegs,
      to: maxLegs + 1,
      change: { maxLegs: maxLegs + 1 },
      words,
    });
  }
  if (maxPutLegs !== null && maxPutLegs !== undefined) {
    const to = maxPutLegs + 1;
    const words = `${inWhole(to)} different puts instead of ${inWhole(maxPutLegs)}`;
    found.push({ constraint: 'maxPutLegs', from: maxPutLegs, to, change: { maxPutLegs: to }, words });
  }
  return found;
}

/** How the first objective that moved changed, in words; null where none did. */
function gainOf(objectives: readonly HedgeObjective[], was: HedgeSolution, is: HedgeSolution): string | null {
  const { basketNotional } = was;
  for (const objective of objectives) {
    if (objective === 'netDelta') {
      const change = Math.abs(is.netDeltaFraction) - Math.abs(was.netDeltaFraction);
      if (change < -nothing)
        return `a net delta ${-change < leastShown ? 'less than ' : ''}${inPercent(Math.max(-change, leastShown), 2)} of the basket nearer to none`;
    } else if (objective === 'credit') {
      const change = is.netPremium - was.netPremium;
      if (change > nothing * basketNotional) return `${inWhole(change)} more net premium`;
    } else {
      const change = is.score - was.score;
      if (change > nothing * Math.abs(was.score) + nothing) {
        return `${inPercent(change / Math.max(nothing, Math.abs(was.score)))} more collected score`;
      }
    }
  }
  return null;
}

/**
 * What one step looser of each limit would buy: the programme solved again with that limit alone moved, the
 * whole order of objectives as it was asked. Where nothing is gained the limit does not bind.
 *
 * @param found  the solution with the limits as they are
 * @returns one entry a limit that can be loosened; empty for an infeasible hedge
 * Source: features F7; math §9. Proof: test/unit/quant/hedge-shadow.test.ts
 */
export function constraintShadows(
  input: HedgeInput,
  found: HedgeSolution,
  solve: SolveLp,
): readonly ConstraintShadow[] {
  const made = hedgeProblem(input);
  if (!made.ok || found.status === 'infeasible') return [];
  return stepsOf(input, found.basketNotional).flatMap((step): ConstraintShadow[] => {
    const looser = { ...input, ...step.change, timeLimitSeconds: secondsEach };
    const again = solveHedge(looser, solve);
    if (!again.ok || again.value.status === 'infeasible') return [];
    const problem = hedgeProblem(looser);
    if (!problem.ok || breachesOf(problem.value, countsIn(problem.value.ids, again.value)).length > 0)
      return [];
    const gain = gainOf(input.objective, found, again.value);
    return [
      {
        constraint: step.constraint,
        from: step.from,
        to: step.to,
        netPremium: again.value.netPremium - found.netPremium,
        netDeltaFraction: again.value.netDeltaFraction - found.netDeltaFraction,
        score: again.value.score - found.score,
        coverage: again.value.coverage - found.coverage,
        proven: again.value.status === 'optimal',
        sentence:
          gain === null
            ? `${step.words} would buy nothing: it does not bind.`
            : `${step.words} would buy ${gain}.`,
      },
    ];
  });
}

const countsIn = (ids: readonly string[], { contracts }: HedgeSolution): Float64Array =>
  Float64Array.from(ids, (id) => contracts[id] ?? 0);
