import type { LpSolution, SolveLp } from './lp-model.ts';
import type { HedgeProblem } from './problem.ts';
import type { Programme } from './programme.ts';

/** Names whose strike is left open, beside those the relaxation splits; more where that does not do. */
const openNames = [12, 48, 160];
/** Calls kept on an open name, and puts kept. */
const callsKept = 4;
const putsKept = 24;
/** A relaxed count this near a whole number is whole. */
const wholeWithin = 1e-6;

export interface ContestedAnswer {
  /** In the problem's order; they meet every limit that the programme was built with. */
  readonly counts: Float64Array;
  /** No solution is better than this, in the objective's money: the relaxation's own optimum. */
  readonly bound: number;
  readonly seconds: number;
}

/**
 * A hedge over very many candidates, without searching all of them. The programme without whole numbers
 * settles most names: it sells a whole number of one call on them, and says by its reduced costs how much
 * any other would lose. Those names are fixed as one block; a small programme in whole numbers chooses on
 * the few that are contested, and among the puts. What the relaxation reached bounds how far that can be
 * from the best there is.
 *
 * @param parts.build    the programme of a problem; `relaxed` leaves out what only binaries can say
 * @param parts.accept   whether a solution is near enough to the bound
 * @returns null where the relaxation or every small programme is without a solution
 * Source: reduced-cost fixing; core problems, Balas and Zemel (1980), Operations Research 28.
 * Proof:  test/unit/quant/hedge-contested.test.ts (whole programmes and exhaustive optima)
 */
export function solveContested(parts: {
  readonly problem: HedgeProblem;
  readonly build: (problem: HedgeProblem, relaxed: boolean) => Programme;
  readonly solve: SolveLp;
  readonly accept: (counts: Float64Array, bound: number) => boolean;
}): ContestedAnswer | null {
  const { problem, build, solve, accept } = parts;
  const { model, unit } = build(problem, true);
  const relaxed = solve({
    ...model,
    columns: model.columns.map((column) => ({ ...column, integer: false })),
  });
  const { values, reducedCosts } = relaxed;
  if (values === null || reducedCosts === undefined || relaxed.status !== 'optimal') return null;
  const bound = unit * model.costs.reduce((sum, cost, j) => sum + cost * values[j]!, 0);
  const names = namesOf(problem, values, reducedCosts);
  const puts = putsByRegret(problem, values, reducedCosts);
  let seconds = relaxed.seconds;
  let best: ContestedAnswer | null = null;
  for (const size of openNames) {
    const open = names.filter(({ isSplit }, at) => isSplit || at < size);
    const kept = [...open.flatMap(({ columns }) => columns), ...puts];
    const { small, expand } = withBlock(problem, kept, new Set(open.map(({ holding }) => holding)), values);
    const found: LpSolution = solve(build(small, false).model);
    seconds += found.seconds;
    if (found.values !== null) {
      const answer = { counts: expand(found.values), bound, seconds };
      if (accept(answer.counts, bound)) return answer;
      best = answer;
    }
    if (size >= names.length) break;
  }
  return best;
}

interface OpenName {
  readonly holding: number;
  /** The calls worth choosing among, best first. */
  readonly columns: readonly number[];
  readonly isSplit: boolean;
  /** What the next best choice would lose. */
  readonly regret: number;
}

/** Names by how much is lost if the relaxation's choice is wrong, the least first. */
function namesOf(problem: HedgeProblem, values: Float64Array, costs: Float64Array): readonly OpenName[] {
  const byHolding = new Map<number, number[]>();
  for (let j = 0; j < problem.callCount; j++) {
    const own = byHolding.get(problem.holding[j]!);
    if (own === undefined) byHolding.set(problem.holding[j]!, [j]);
    else own.push(j);
  }
  return [...byHolding]
    .map(([holding, columns]): OpenName => {
      const used = columns.filter((j) => values[j]! > wholeWithin);
      const isSplit =
        used.length > 1 || used.some((j) => Math.abs(values[j]! - Math.round(values[j]!)) > wholeWithin);
      const others = columns
        .filter((j) => !used.includes(j))
        .sort((a, b) => Math.abs(costs[a]!) - Math.abs(costs[b]!));
      const regret = others.length === 0 ? Infinity : Math.abs(costs[others[0]!]!);
      return {
        holding,
        columns: [...used, ...others].slice(0, Math.max(callsKept, used.length)),
        isSplit,
        regret,
      };
    })
    .sort((a, b) => a.regret - b.regret || a.holding - b.holding);
}

function putsByRegret(
  { callCount, ids }: HedgeProblem,
  values: Float64Array,
  costs: Float64Array,
): readonly number[] {
  const all = ids.map((_, j) => j).slice(callCount);
  const rank = (j: number): number => (values[j]! > wholeWithin ? -1 : Math.abs(costs[j]!));
  return all.sort((a, b) => rank(a) - rank(b) || a - b).slice(0, putsKept);
}

/** The problem on the kept candidates, everything else on the settled names as one block that is there once. */
function withBlock(
  problem: HedgeProblem,
  kept: readonly number[],
  open: ReadonlySet<number>,
  values: Float64Array,
): { readonly small: HedgeProblem; readonly expand: (found: Float64Array) => Float64Array } {
  const { callCount, input } = problem;
  const fixed = new Float64Array(problem.ids.length);
  for (let j = 0; j < callCount; j++) {
    if (!open.has(problem.holding[j]!)) fixed[j] = Math.round(values[j]!);
  }
  const sumOf = (per: Float64Array): number => fixed.reduce((sum, n, j) => sum + n * per[j]!, 0);
  const calls = kept.filter((j) => j < callCount).sort((a, b) => a - b);
  const puts = kept.filter((j) => j >= callCount).sort((a, b) => a - b);
  const order = [...calls, ...puts];
  const block = 'settled names';
  const picked = (per: Float64Array): Float64Array =>
    Float64Array.from([sumOf(per), ...order.map((j) => per[j]!)]);
  const small: HedgeProblem = {
    ...problem,
    input: { ...input, locked: { ...lockedAmong(problem, order), [block]: 1 } },
    ids: [block, ...order.map((j) => problem.ids[j]!)],
    callCount: calls.length + 1,
    deltaPer: picked(problem.deltaPer),
    cashPer: picked(problem.cashPer),
    scorePer: picked(problem.scorePer),
    protectionPer: picked(problem.protectionPer),
    limit: [null, ...order.map((j) => problem.limit[j] ?? null)],
    holding: [problem.capacity.length, ...order.map((j) => problem.holding[j]!)],
    capacity: [...problem.capacity, 1],
    multipliers: [...problem.multipliers, 1],
  };
  return {
    small,
    expand: (found) => {
      const counts = Float64Array.from(fixed);
      order.forEach((j, at) => (counts[j] = Math.round(found[at + 1]!)));
      return counts;
    },
  };
}

const lockedAmong = ({ input, ids }: HedgeProblem, order: readonly number[]): Record<string, number> =>
  Object.fromEntries(
    order.flatMap((j) => {
      const count = input.locked?.[ids[j]!];
      return count === undefined ? [] : [[ids[j]!, count]];
    }),
  );
