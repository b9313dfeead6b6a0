import { inDecimals, inPercent, inWhole } from '../words.ts';
import { solveFromKernel } from './kernel.ts';
import type { LpSolution, SolveLp } from './lp-model.ts';
import type { HedgeProblem } from './problem.ts';
import { buildProgramme, constraintsOf, type HedgeConstraintName, type HedgeGoal } from './programme.ts';

export interface HedgeConflict {
  readonly constraint: HedgeConstraintName;
  readonly sentence: string;
  /** The least that would do, all else kept, in the input's own unit; null where this one alone cannot. */
  readonly relaxTo: number | null;
}

/** Relaxed in money; the others in legs or as a multiple. */
const inMoney: ReadonlySet<HedgeConstraintName> = new Set([
  'coverage',
  'maxCoverage',
  'minCredit',
  'netDeltaLimit',
]);

/** One question of feasibility takes milliseconds; this only guards against an odd one. */
const secondsEach = 0.5;
const secondsInAll = 3;
/** A value that would do is worth a longer look. */
const secondsForValue = 1.5;

/** Calls beyond the shares held would be uncovered: that is never eased. */
const premise = {
  solution: { status: 'infeasible', values: null, bound: null, seconds: 0 },
  unit: 1,
} as const;

/**
 * A smallest set of constraints that cannot be met together, each with the value that would do if it
 * alone gave way.
 *
 * A deletion filter finds one set that loses its conflict with any member removed; smaller sets are
 * then tried, save those within a set that was met, so that no set with fewer members is in conflict. A
 * question the solver could not answer in its time counts as met: what is named is always a conflict.
 *
 * Source: math §9. Proof: test/property/quant/hedge.test.ts (each value, put in, makes the hedge feasible)
 */
export function conflictOf(problem: HedgeProblem, solve: SolveLp): readonly HedgeConflict[] {
  const all = constraintsOf(problem);
  const ask = (
    goal: HedgeGoal,
    constraints: readonly HedgeConstraintName[],
  ): { solution: LpSolution; unit: number } => {
    const { model, unit } = buildProgramme(problem, {
      goal,
      constraints: new Set(constraints),
      absoluteGap: typeof goal === 'object' && inMoney.has(goal.relax) ? 1e-6 * problem.notional : 1e-6,
      timeLimitSeconds: typeof goal === 'object' ? secondsForValue : secondsEach,
    });
    return { solution: solveFromKernel(problem, model, solve), unit };
  };
  const met: (readonly HedgeConstraintName[])[] = [];
  let seconds = 0;
  const clashes = (set: readonly HedgeConstraintName[]): boolean => {
    if (seconds > secondsInAll || met.some((wider) => set.every((name) => wider.includes(name))))
      return false;
    const { solution } = ask('feasible', set);
    seconds += solution.seconds;
    if (solution.values !== null) met.push(set);
    return solution.status === 'infeasible';
  };

  let conflict = all;
  for (const name of all) {
    const without = conflict.filter((other) => other !== name);
    if (clashes(without)) conflict = without;
  }
  const smaller = subsetsBelow(all, conflict.length).find(clashes);
  return (smaller ?? conflict).map((constraint) => {
    const isPremise = constraint === 'overwrite' && problem.overwrite >= 1;
    const { solution, unit } = isPremise ? premise : ask({ relax: constraint }, all);
    const relaxTo = solution.values === null ? null : leastOf(problem, constraint, solution, unit);
    return { constraint, relaxTo, sentence: sentenceOf(problem, constraint, relaxTo, solution.status) };
  });
}

/** Sets with fewer than `size` members, the smallest first. */
function subsetsBelow<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const sets: T[][] = [[]];
  for (const item of items) sets.push(...sets.map((set) => [...set, item]));
  return sets.filter((set) => set.length > 0 && set.length < size).sort((a, b) => a.length - b.length);
}

function leastOf(
  problem: HedgeProblem,
  constraint: HedgeConstraintName,
  { values }: Pick<LpSolution, 'values'>,
  unit: number,
): number | null {
  const counts = values!.slice(0, problem.ids.length).map(Math.round);
  const sum = (per: Float64Array): number => counts.reduce((total, n, j) => total + n * per[j]!, 0);
  switch (constraint) {
    case 'coverage':
    case 'maxCoverage':
      return (sum(problem.protectionPer) + problem.baseProtection) / problem.notional;
    case 'minCredit':
      return sum(problem.cashPer);
    case 'netDeltaLimit':
      return Math.abs(problem.baseDelta + sum(problem.deltaPer)) / problem.notional;
    case 'maxLegs':
      return counts.filter((n) => n > 0).length;
    case 'maxPutLegs':
      return counts.slice(problem.callCount).filter((n) => n > 0).length;
    case 'overwrite': {
      const used = problem.input.basket.map((h, i) => {
        const sold = counts.reduce(
          (total, n, j) => total + (problem.holding[j] === i ? n : 0),
          h.shortCalls ?? 0,
        );
        return sold === 0 || h.shares === 0 ? 0 : (sold * problem.multipliers[i]!) / h.shares;
      });
      return Math.max(...used);
    }
    case 'limits':
      return (
        unit *
        Math.max(...counts.map((n, j) => (n === 0 || problem.limit[j] == null ? 0 : n / problem.limit[j])))
      );
    case 'oneStrikePerName':
      return null;
  }
}

function sentenceOf(
  problem: HedgeProblem,
  constraint: HedgeConstraintName,
  relaxTo: number | null,
  status: LpSolution['status'],
): string {
  const { input } = problem;
  const never = status === 'infeasible' ? 'easing it alone is not enough' : 'no value was found in time';
  const would = (value: string): string => (relaxTo === null ? never : `${value} would do, all else kept`);
  switch (constraint) {
    case 'coverage':
      return `Puts must protect ${inPercent(problem.coverage)} of the basket: ${would(inPercent(relaxTo ?? 0, 2))}.`;
    case 'maxCoverage':
      return `Puts may protect at most ${inPercent(input.maxCoverage ?? 0)} of the basket: ${would(inPercent(relaxTo ?? 0, 2))}.`;
    case 'minCredit':
      return `Premium received less premium paid must be at least ${inWhole(input.minCredit ?? 0)}: ${would(inWhole(Math.floor(relaxTo ?? 0)))}.`;
    case 'netDeltaLimit':
      return `Net delta must stay within ${inPercent(input.netDeltaLimit ?? 0, 2)} of the basket: ${would(inPercent(relaxTo ?? 0, 2))}.`;
    case 'maxLegs':
      return `At most ${inWhole(input.maxLegs ?? 0)} legs: ${would(inWhole(relaxTo ?? 0))}.`;
    case 'maxPutLegs':
      return `At most ${inWhole(input.maxPutLegs ?? 0)} different puts: ${would(inWhole(relaxTo ?? 0))}.`;
    case 'overwrite':
      return `Calls may be sold on ${inPercent(problem.overwrite)} of each holding: ${problem.overwrite >= 1 ? 'more would be uncovered' : would(inPercent(relaxTo ?? 0))}.`;
    case 'limits':
      return `Contracts are limited one by one: ${would(`${inDecimals(relaxTo ?? 0)} times the limits`)}.`;
    case 'oneStrikePerName':
      return `Only one strike may be sold on each name: ${status === 'infeasible' || status === 'unsolved' ? never : 'allowing more would do, all else kept'}.`;
  }
}
