import type { LpColumn, LpModel, LpRow } from './lp-model.ts';
import { wholeContracts, type HedgeObjective, type HedgeProblem } from './problem.ts';

/** The constraint groups of math §9, named as the inputs that set them. */
export type HedgeConstraintName =
  | 'overwrite'
  | 'limits'
  | 'coverage'
  | 'maxCoverage'
  | 'minCredit'
  | 'netDeltaLimit'
  | 'maxLegs'
  | 'maxPutLegs'
  | 'oneStrikePerName';

/** What to optimize: an objective, or how little of one constraint would do. */
export type HedgeGoal = HedgeObjective | { readonly relax: HedgeConstraintName } | 'feasible';

/** Earlier objectives to hold: bounds on net delta (either sign), credit and score, money. */
export interface Holds {
  readonly netDelta?: number;
  readonly credit?: number;
  readonly score?: number;
}

export interface Programme {
  readonly model: LpModel;
  /** Objective of the model × unit = money of net delta, credit, score; or the relaxed constraint's own unit. */
  readonly unit: number;
}

/** The constraints that the input switches on. */
export function constraintsOf({ input, limit }: HedgeProblem): readonly HedgeConstraintName[] {
  const on: HedgeConstraintName[] = ['overwrite'];
  if (limit.some((most) => most !== null)) on.push('limits');
  on.push('coverage');
  if (input.maxCoverage !== null && input.maxCoverage !== undefined) on.push('maxCoverage');
  if (input.minCredit !== null) on.push('minCredit');
  if (input.netDeltaLimit !== null && input.netDeltaLimit !== undefined) on.push('netDeltaLimit');
  if (input.maxLegs !== null && input.maxLegs !== undefined) on.push('maxLegs');
  if (input.maxPutLegs !== null && input.maxPutLegs !== undefined) on.push('maxPutLegs');
  if (input.oneStrikePerName === true) on.push('oneStrikePerName');
  return on;
}

/**
 * The mixed-integer programme of a hedge: x contracts of each call sold, y of each put bought, with a
 * binary beside a contract where legs or strikes are counted.
 *
 * Rows in money are divided by their largest coefficient, so that the solver's tolerance means a
 * fraction of one contract's effect. `tighten` moves the named limits inwards (see `solveHedge`).
 *
 * Source: math §9. Proof: test/reference/quant/hedge.test.ts (exhaustive optima)
 */
export function buildProgramme(
  problem: HedgeProblem,
  options: {
    readonly goal: HedgeGoal;
    readonly constraints: ReadonlySet<HedgeConstraintName>;
    readonly holds?: Holds;
    readonly tighten?: Readonly<Partial<Record<HedgeConstraintName, number>>>;
    /** Money for the three objectives; the relaxed constraint's own unit otherwise. */
    readonly absoluteGap: number;
    readonly relativeGap?: number;
    readonly timeLimitSeconds: number;
    readonly start?: Float64Array | null;
  },
): Programme {
  const { goal, constraints, holds = {}, tighten = {} } = options;
  const { input, callCount, notional } = problem;
  const relaxed = typeof goal === 'object' ? goal.relax : null;
  const has = (name: HedgeConstraintName): boolean => constraints.has(name) && relaxed !== name;
  const count = problem.ids.length;
  const columns: LpColumn[] = problem.ids.map((id, j) => contractColumn(problem, id, j, has));
  const rows: LpRow[] = [];
  const contracts = Array.from({ length: count }, (_, j) => j);
  const add = (lower: number, upper: number, on: readonly number[], values: readonly number[]): void => {
    rows.push({ lower, upper, columns: on, values });
  };
  const addColumn = (lower: number, upper: number, integer: boolean): number =>
    columns.push({ lower, upper, integer }) - 1;

  const calls = contracts.slice(0, callCount);
  const puts = contracts.slice(callCount);
  const byHolding = new Map<number, number[]>();
  for (const j of calls)
    byHolding.set(problem.holding[j]!, [...(byHolding.get(problem.holding[j]!) ?? []), j]);

  let scale = -1;
  if (relaxed === 'overwrite' || relaxed === 'limits')
    scale = addColumn(0, relaxed === 'overwrite' ? 1 : Infinity, false);
  for (const [holding, on] of byHolding) {
    const ones = on.map(() => 1);
    if (has('overwrite')) add(-Infinity, problem.capacity[holding]!, on, ones);
    if (relaxed === 'overwrite') {
      const { shares, shortCalls = 0 } = input.basket[holding]!;
      add(-Infinity, -shortCalls, [...on, scale], [...ones, -shares / problem.multipliers[holding]!]);
    }
  }
  if (relaxed === 'limits') {
    for (const j of contracts) {
      const most = problem.limit[j];
      if (most !== null && most !== undefined) add(-Infinity, 0, [j, scale], [1, -most]);
    }
  }

  const protect = normalized(puts, problem.protectionPer);
  const needed =
    (problem.coverage * notional + (tighten.coverage ?? 0) - problem.baseProtection) / protect.unit;
  if (has('coverage') && needed > 0) add(needed, Infinity, puts, protect.values);
  if (has('maxCoverage')) {
    const most = (input.maxCoverage ?? 0) * notional - (tighten.maxCoverage ?? 0) - problem.baseProtection;
    add(-Infinity, most / protect.unit, puts, protect.values);
  }
  const cash = normalized(contracts, problem.cashPer);
  if (has('minCredit')) {
    add(((input.minCredit ?? 0) + (tighten.minCredit ?? 0)) / cash.unit, Infinity, contracts, cash.values);
  }
  if (holds.credit !== undefined) add(holds.credit / cash.unit, Infinity, contracts, cash.values);
  const score = normalized(contracts, problem.scorePer);
  if (holds.score !== undefined) add(holds.score / score.unit, Infinity, contracts, score.values);

  const delta = normalized(contracts, problem.deltaPer);
  const base = problem.baseDelta / delta.unit;
  const limits = [Infinity];
  if (has('netDeltaLimit')) limits.push((input.netDeltaLimit ?? 0) * notional - (tighten.netDeltaLimit ?? 0));
  if (holds.netDelta !== undefined) limits.push(holds.netDelta);
  const most = Math.min(...limits) / delta.unit;
  if (Number.isFinite(most)) add(-most - base, most - base, contracts, delta.values);

  const countsLegs = has('maxLegs') || relaxed === 'maxLegs';
  const countsPuts = has('maxPutLegs') || relaxed === 'maxPutLegs';
  const used: number[] = [];
  if (countsLegs || countsPuts || has('oneStrikePerName')) {
    for (const j of contracts) {
      const counted = countsLegs || (j >= callCount ? countsPuts : has('oneStrikePerName'));
      if (!counted) continue;
      const binary = addColumn(0, 1, true);
      used[j] = binary;
      const { upper } = columns[j]!;
      add(-Infinity, 0, [j, binary], [1, -upper]);
    }
    const legs = used.filter((binary) => binary !== undefined);
    if (has('maxLegs'))
      add(
        -Infinity,
        input.maxLegs!,
        legs,
        legs.map(() => 1),
      );
    const putsUsed = puts.flatMap((j) => used[j] ?? []);
    if (has('maxPutLegs'))
      add(
        -Infinity,
        input.maxPutLegs!,
        putsUsed,
        putsUsed.map(() => 1),
      );
    if (has('oneStrikePerName')) {
      for (const on of byHolding.values())
        if (on.length > 1)
          add(
            -Infinity,
            1,
            on.map((j) => used[j]!),
            on.map(() => 1),
          );
    }
  }

  let sense: LpModel['sense'] = 'maximize';
  let unit = 1;
  const costs: number[] = [];
  const put = (on: readonly number[], values: readonly number[]): void =>
    on.forEach((j, i) => (costs[j] = values[i]!));
  if (goal === 'netDelta' || relaxed === 'netDeltaLimit') {
    const size = addColumn(0, Infinity, false);
    add(-Infinity, -base, [...contracts, size], [...delta.values, -1]);
    add(-base, Infinity, [...contracts, size], [...delta.values, 1]);
    [sense, unit] = ['minimize', delta.unit];
    put([size], [1]);
  } else if (goal === 'credit' || relaxed === 'minCredit') {
    unit = cash.unit;
    put(contracts, cash.values);
  } else if (goal === 'score') {
    unit = score.unit;
    put(contracts, score.values);
  } else if (relaxed === 'coverage' || relaxed === 'maxCoverage') {
    sense = relaxed === 'coverage' ? 'maximize' : 'minimize';
    unit = protect.unit;
    put(puts, protect.values);
  } else if (relaxed === 'maxLegs') {
    sense = 'minimize';
    const legs = used.filter((binary) => binary !== undefined);
    put(
      legs,
      legs.map(() => 1),
    );
  } else if (relaxed === 'maxPutLegs') {
    sense = 'minimize';
    const legs = puts.flatMap((j) => used[j] ?? []);
    put(
      legs,
      legs.map(() => 1),
    );
  } else if (scale >= 0) {
    sense = 'minimize';
    put([scale], [1]);
  }
  const model: LpModel = {
    sense,
    columns,
    rows,
    costs: Float64Array.from(columns, (_, j) => costs[j] ?? 0),
    absoluteGap: options.absoluteGap / unit,
    relativeGap: options.relativeGap ?? 0,
    timeLimitSeconds: options.timeLimitSeconds,
    start:
      options.start == null ? null : startFor(problem, options.start, columns.length, used, goal, delta.unit),
  };
  return { model, unit };
}

/** Bounds of one contract's count: fixed by hand, else by its limit and the shares behind it. */
function contractColumn(
  problem: HedgeProblem,
  id: string,
  j: number,
  has: (name: HedgeConstraintName) => boolean,
): LpColumn {
  const fixed = problem.input.locked?.[id];
  if (fixed !== undefined) return { lower: fixed, upper: fixed, integer: true };
  const holding = problem.holding[j]!;
  // A constraint that is left out still needs some end: three times what it allows, or the coverage needs.
  const most =
    holding < 0
      ? 3 * Math.ceil((problem.coverage * problem.notional) / problem.protectionPer[j]!)
      : has('overwrite')
        ? problem.capacity[holding]!
        : wholeContracts((3 * problem.input.basket[holding]!.shares) / problem.multipliers[holding]!);
  const limit = problem.limit[j] ?? null;
  if (limit === null) return { lower: 0, upper: most, integer: true };
  return {
    lower: 0,
    upper: has('limits') ? Math.min(limit, Math.max(most, holding < 0 ? limit : 0)) : Math.max(most, limit),
    integer: true,
  };
}

/** Coefficients over the largest of them. */
function normalized(
  on: readonly number[],
  per: Float64Array,
): { readonly values: readonly number[]; readonly unit: number } {
  const largest = on.reduce((most, j) => Math.max(most, Math.abs(per[j]!)), 0);
  const unit = largest > 0 ? largest : 1;
  return { values: on.map((j) => per[j]! / unit), unit };
}

function startFor(
  problem: HedgeProblem,
  counts: Float64Array,
  width: number,
  used: readonly number[],
  goal: HedgeGoal,
  deltaUnit: number,
): Float64Array {
  const out = new Float64Array(width);
  let net = problem.baseDelta;
  counts.forEach((n, j) => {
    out[j] = n;
    net += n * problem.deltaPer[j]!;
    const binary = used[j];
    if (binary !== undefined && n > 0) out[binary] = 1;
  });
  if (goal === 'netDelta') out[width - 1] = Math.abs(net) / deltaUnit;
  return out;
}
