import { failure, type Failure } from '../../failure.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { Fraction } from '../../units.ts';
import { conflictOf, type HedgeConflict } from './conflict.ts';
import { solveContested } from './contested.ts';
import { fewCandidates, solveFromKernel } from './kernel.ts';
import type { LpSolution, SolveLp } from './lp-model.ts';
import {
  hedgeProblem,
  type HedgeInput,
  type HedgeObjective,
  type HedgeProblem,
  type ObjectiveTolerances,
} from './problem.ts';
import { buildProgramme, constraintsOf, type HedgeConstraintName, type Holds } from './programme.ts';
import { breachesOf, hedgeTotals, type HedgeTotals } from './totals.ts';

export interface HedgeSolution extends HedgeTotals {
  /** `optimal`: every stage proven within its gap. `feasible`: the time ended first. */
  readonly status: 'optimal' | 'feasible' | 'infeasible';
  /** Largest proven distance to the optimum over the stages: of the notional for net delta, else relative. Null where nothing was proven. */
  readonly gap: Fraction | null;
  /** Contracts by id, above 0 only. */
  readonly contracts: Readonly<Record<string, number>>;
  /** For an infeasible hedge: the smallest set in conflict. Empty otherwise. */
  readonly conflict: readonly HedgeConflict[];
  /** The solver's own clock, all stages; the search for a conflict not counted. */
  readonly seconds: number;
}

/** Every objective in its order held to the last digit: what programs expect. */
export const exactTolerances: ObjectiveTolerances = { netDelta: 0, credit: 0, score: 0 };

/**
 * What a desk means by "first this, then that": a net delta within 0.5 % of the basket notional of the
 * smallest possible is as good, and 1 % of credit or score may be given for the next objective. Held
 * exactly, a net delta near 0 is met by one odd combination, and nothing is left for the objectives after it.
 */
export const deskTolerances: ObjectiveTolerances = { netDelta: 0.005, credit: 0.01, score: 0.01 };

/** Defaults of `provenWithin`: finer than the difference between any two hedges of few candidates, and close enough among many. */
const exactly = 1e-9;
const closely = 1e-6;

/**
 * Chooses whole numbers of calls to sell and index puts to buy (math §9).
 *
 * The objectives are optimized in turn; each earlier one is held within its tolerance, which defaults
 * to exact. Every solution is checked in exact contracts afterwards: where the solver's own tolerance
 * let a limit slip, that limit is moved inwards by the slip and the stage solved again.
 *
 * A call sold of a name counts its delta × spot × that name's beta.
 *
 * Failures: `invalid-input`, `basket-without-shares`; `no-convergence` where the time ended before any
 *   feasible hedge was found. An infeasible hedge is a value: `status` and `conflict`.
 * Source: math §9. Proof: test/reference/quant/hedge.test.ts (exhaustive optima)
 */
export function solveHedge(input: HedgeInput, solve: SolveLp): Result<HedgeSolution, Failure> {
  const made = hedgeProblem(input);
  if (!made.ok) return made;
  const problem = made.value;
  const { tolerances = exactTolerances, timeLimitSeconds = 1.5 } = input;
  const objectives = [...new Set(input.objective)];
  const holds: { -readonly [Key in keyof Holds]: Holds[Key] } = {};
  let counts: Float64Array | null = null;
  let proven = true;
  let widest = 0;
  let seconds = 0;
  for (const [stage, objective] of objectives.entries()) {
    const isLast = stage === objectives.length - 1;
    const run = optimize(problem, objective, holds, counts, {
      slackFraction: isLast ? 0 : tolerances[objective],
      // What earlier stages left is shared by those to come.
      timeLimitSeconds: Math.max(0.05, (timeLimitSeconds - seconds) / (objectives.length - stage)),
      solve,
    });
    seconds += run.seconds;
    if (run.status === 'infeasible' && counts === null) {
      return ok({
        status: 'infeasible',
        gap: null,
        seconds,
        contracts: {},
        conflict: conflictOf(problem, solve),
        ...hedgeTotals(problem, new Float64Array(problem.ids.length)),
      });
    }
    if (run.counts === null) {
      if (counts === null) {
        const reason = `within ${timeLimitSeconds} seconds no hedge that meets the limits was found, nor proven impossible; loosen the net delta limit or allow more time`;
        return fail(failure('no-convergence', 'The hedge', { reason }));
      }
      proven = false;
      break;
    }
    counts = run.counts;
    proven &&= run.status === 'optimal';
    widest = Math.max(widest, run.gap);
    hold(problem, objective, counts, run.gap, tolerances[objective], holds);
  }
  const chosen = counts ?? new Float64Array(problem.ids.length);
  return ok({
    status: proven ? 'optimal' : 'feasible',
    gap: Number.isFinite(widest) ? widest : null,
    seconds,
    contracts: Object.fromEntries(problem.ids.flatMap((id, j) => (chosen[j]! > 0 ? [[id, chosen[j]!]] : []))),
    conflict: [],
    ...hedgeTotals(problem, chosen),
  });
}

const valueOf = (problem: HedgeProblem, objective: HedgeObjective, counts: Float64Array): number => {
  const totals = hedgeTotals(problem, counts);
  if (objective === 'netDelta') return Math.abs(totals.netDelta);
  return objective === 'credit' ? totals.netPremium : totals.score;
};

/** What a distance to the optimum is measured against. */
const scaleOf = (problem: HedgeProblem, objective: HedgeObjective, value: number): number =>
  objective === 'netDelta' ? problem.notional : Math.max(Math.abs(value), exactly * problem.notional);

/** Constraints that the programme without whole numbers leaves out: its bound stays a bound. */
const needsBinaries: ReadonlySet<HedgeConstraintName> = new Set(['oneStrikePerName', 'maxPutLegs']);

/** Optimizes one objective; the counts are whole and meet every limit. */
function optimize(
  problem: HedgeProblem,
  objective: HedgeObjective,
  holds: Holds,
  start: Float64Array | null,
  options: { readonly slackFraction: Fraction; readonly timeLimitSeconds: number; readonly solve: SolveLp },
): {
  readonly status: LpSolution['status'];
  readonly counts: Float64Array | null;
  readonly gap: number;
  readonly seconds: number;
} {
  const constraints = new Set(constraintsOf(problem));
  const tighten: Partial<Record<HedgeConstraintName, number>> = {};
  const startValue = start === null ? 0 : valueOf(problem, objective, start);
  const scale = scaleOf(problem, objective, startValue);
  const within = problem.input.provenWithin ?? (problem.ids.length > fewCandidates ? closely : exactly);
  const half = objective === 'netDelta' ? options.slackFraction / 2 : 0;
  const near = Math.max(half, within);
  const awayFrom = (counts: Float64Array, bound: number): number => {
    const value = valueOf(problem, objective, counts);
    return Math.max(0, objective === 'netDelta' ? value - Math.max(0, bound) : bound - value);
  };
  let seconds = 0;
  let begin = start;
  // A limit on all legs ties the names together: then no name is settled by itself.
  if (problem.ids.length >= fewCandidates && !constraints.has('maxLegs')) {
    const withoutBinaries = new Set([...constraints].filter((name) => !needsBinaries.has(name)));
    const found = solveContested({
      problem,
      solve: options.solve,
      build: (of, relaxed) =>
        buildProgramme(of, {
          goal: objective,
          constraints: relaxed ? withoutBinaries : constraints,
          holds,
          absoluteGap: (near * scale) / 2,
          relativeGap: objective === 'netDelta' ? 0 : within / 2,
          timeLimitSeconds: options.timeLimitSeconds / 2,
        }),
      accept: (counts, bound) =>
        breachesOf(problem, counts).length === 0 &&
        awayFrom(counts, bound) <= near * scaleOf(problem, objective, valueOf(problem, objective, counts)),
    });
    if (found !== null) {
      seconds += found.seconds;
      const { counts, bound } = found;
      if (breachesOf(problem, counts).length === 0) {
        const size = scaleOf(problem, objective, valueOf(problem, objective, counts));
        const gap = awayFrom(counts, bound) / size;
        if (gap <= near) return { status: 'optimal', counts, gap: gap <= exactly ? 0 : gap, seconds };
        begin ??= counts;
      }
    }
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    const { model, unit } = buildProgramme(problem, {
      goal: objective,
      constraints,
      holds,
      tighten,
      absoluteGap: Math.max(half, within) * scale,
      relativeGap: objective === 'netDelta' ? 0 : within,
      timeLimitSeconds: Math.max(0.05, options.timeLimitSeconds - seconds),
      start: begin,
    });
    const solution = solveFromKernel(problem, model, options.solve);
    seconds += solution.seconds;
    if (solution.values === null) return { status: solution.status, counts: null, gap: 0, seconds };
    const counts = solution.values.slice(0, problem.ids.length).map(Math.round);
    const breaches = breachesOf(problem, counts);
    if (breaches.length === 0) {
      const value = valueOf(problem, objective, counts);
      const missing = solution.status === 'optimal' ? 0 : Infinity;
      const away = solution.bound === null ? missing : awayFrom(counts, solution.bound * unit);
      const gap = away / scaleOf(problem, objective, value);
      return { status: solution.status, counts, gap: gap <= exactly ? 0 : gap, seconds };
    }
    for (const { constraint, by } of breaches) tighten[constraint] = (tighten[constraint] ?? 0) + 2 * by;
  }
  return { status: 'unsolved', counts: null, gap: 0, seconds };
}

/** Bounds the objective for the stages after it. */
function hold(
  problem: HedgeProblem,
  objective: HedgeObjective,
  counts: Float64Array,
  gap: Fraction,
  tolerance: Fraction,
  holds: { -readonly [Key in keyof Holds]: Holds[Key] },
): void {
  const value = valueOf(problem, objective, counts);
  const rounding = exactly * problem.notional;
  if (objective === 'netDelta')
    holds.netDelta = value + Math.max(0, tolerance - gap) * problem.notional + rounding;
  else holds[objective] = value - Math.max(0, tolerance - gap) * Math.abs(value) - rounding;
}
