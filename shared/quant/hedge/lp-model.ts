/** A mixed-integer linear programme in sparse rows. Infinite bounds are ±Infinity. */
export interface LpModel {
  readonly sense: 'minimize' | 'maximize';
  readonly columns: readonly LpColumn[];
  readonly rows: readonly LpRow[];
  /** One a column. */
  readonly costs: Float64Array;
  /** Stop once the incumbent is proven within this of the optimum, in the objective's own unit. */
  readonly absoluteGap: number;
  /** Or within this share of the incumbent's value; 0 for none. */
  readonly relativeGap: number;
  readonly timeLimitSeconds: number;
  /** A feasible point to start from, one value a column. */
  readonly start: Float64Array | null;
}

export interface LpColumn {
  readonly lower: number;
  readonly upper: number;
  readonly integer: boolean;
}

/** lower ≤ Σ values × columns ≤ upper. */
export interface LpRow {
  readonly lower: number;
  readonly upper: number;
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

export interface LpSolution {
  /** `unsolved`: a limit was reached, or the solver gave up, before any feasible point was found. */
  readonly status: 'optimal' | 'feasible' | 'infeasible' | 'unsolved';
  /** One a column; null without a feasible point. */
  readonly values: Float64Array | null;
  /** No solution is better than this; null where nothing was proven. */
  readonly bound: number | null;
  /** Of a programme without whole numbers, one a column; absent otherwise. */
  readonly reducedCosts?: Float64Array;
  /** The solver's own clock. */
  readonly seconds: number;
}

export type SolveLp = (model: LpModel) => LpSolution;
