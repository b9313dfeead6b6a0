import type { LpModel, LpSolution, SolveLp } from './lp-model.ts';
import type { HedgeProblem } from './problem.ts';

/** Below this many candidates the whole programme is quick enough. */
export const fewCandidates = 150;
/** Kept by each measure on each name, and among the puts. */
const bestOfEach = 3;

/**
 * Solves a programme that counts legs. With a binary beside each of a thousand candidates the solver
 * spends its time before it finds anything good; so it first looks among few: those that the programme
 * without whole numbers uses, and the best few of each name by premium, score, delta and premium for
 * delta. What is found there starts the search among all, whose proof covers all.
 *
 * Source: kernel search, Angelelli, Mansini, Speranza (2010), Computers & Operations Research 37.
 * Proof:  test/unit/quant/hedge-solve.test.ts (a leg limit on thirty names)
 */
export function solveFromKernel(problem: HedgeProblem, model: LpModel, solve: SolveLp): LpSolution {
  const countsLegs = model.columns.length > problem.ids.length + problem.callCount;
  if (!countsLegs || problem.ids.length < fewCandidates || model.start !== null) return solve(model);
  const relaxed = solve({
    ...model,
    columns: model.columns.map((column) => ({ ...column, integer: false })),
  });
  // Without whole numbers everything is easier: what is impossible there is impossible.
  if (relaxed.status === 'infeasible') return relaxed;
  const kept = kernelOf(problem, relaxed.values);
  const among = solve({
    ...model,
    columns: model.columns.map((column, j) =>
      j < problem.ids.length && !kept.has(j) ? { ...column, upper: Math.max(0, column.lower) } : column,
    ),
    timeLimitSeconds: 0.4 * model.timeLimitSeconds,
  });
  const used = relaxed.seconds + among.seconds;
  const rest = {
    ...model,
    timeLimitSeconds: Math.max(0.05, model.timeLimitSeconds - used),
    start: among.values,
  };
  const whole = solve(rest);
  return { ...whole, seconds: used + whole.seconds };
}

function kernelOf(problem: HedgeProblem, relaxed: Float64Array | null): ReadonlySet<number> {
  const { cashPer, scorePer, deltaPer, protectionPer, callCount } = problem;
  const kept = new Set<number>();
  const groups = new Map<number, number[]>();
  problem.ids.forEach((_, j) => {
    if (relaxed !== null && relaxed[j]! > 1e-7) kept.add(j);
    const group = groups.get(problem.holding[j]!);
    if (group === undefined) groups.set(problem.holding[j]!, [j]);
    else group.push(j);
  });
  const forCalls = [
    (j: number): number => cashPer[j]!,
    (j: number): number => scorePer[j]!,
    (j: number): number => -deltaPer[j]!,
    (j: number): number => -cashPer[j]! / deltaPer[j]!,
  ];
  const forPuts = [
    (j: number): number => cashPer[j]! / protectionPer[j]!,
    (j: number): number => -deltaPer[j]!,
    (j: number): number => deltaPer[j]! / cashPer[j]!,
  ];
  for (const group of groups.values()) {
    for (const measure of group[0]! < callCount ? forCalls : forPuts) {
      for (const j of group.toSorted((a, b) => measure(b) - measure(a) || a - b).slice(0, bestOfEach))
        kept.add(j);
    }
  }
  return kept;
}
