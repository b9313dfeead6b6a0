import loadRuntime, { type Highs, type ModelData } from 'highs';
import type { LpModel, LpSolution, SolveLp } from '../../shared/quant/hedge/lp-model.ts';

/** Rows are scaled so that 1 is one contract's effect: a violation this small is rounding. */
const feasibilityTolerance = 1e-9;

let loaded: Promise<SolveLp> | null = null;

/**
 * HiGHS as a solver of our models. The WebAssembly module is read once a process; solving blocks its
 * thread, so it belongs in a worker.
 *
 * Limits: one thread; the same model gives the same answer, save where the time limit ends it.
 * Proof:  test/reference/quant/hedge.test.ts, test/unit/compute/highs.test.ts
 */
export function loadHighs(): Promise<SolveLp> {
  loaded ??= loadRuntime().then((highs) => (model) => solveWith(highs, model));
  return loaded;
}

function solveWith(highs: Highs, lp: LpModel): LpSolution {
  // HiGHS calls a model without columns empty and does not judge its rows.
  if (lp.columns.length === 0) {
    const holds = lp.rows.every((row) => row.lower <= 0 && row.upper >= 0);
    return holds
      ? { status: 'optimal', values: new Float64Array(0), bound: 0, seconds: 0 }
      : { status: 'infeasible', values: null, bound: null, seconds: 0 };
  }
  return highs.withModel(dataOf(highs, lp), (model): LpSolution => {
    model.options.set({
      output_flag: false,
      log_to_console: false,
      random_seed: 0,
      time_limit: lp.timeLimitSeconds,
      mip_rel_gap: lp.relativeGap,
      mip_abs_gap: lp.absoluteGap,
      mip_feasibility_tolerance: feasibilityTolerance,
      primal_feasibility_tolerance: feasibilityTolerance,
    });
    if (lp.start !== null) model.setSolution({ colValue: lp.start });
    const { modelStatus } = model.run();
    const seconds = model.getRunTime();
    const { optimal, infeasible, unboundedOrInfeasible } = highs.constants.modelStatus;
    if (modelStatus === infeasible || modelStatus === unboundedOrInfeasible) {
      return { status: 'infeasible', values: null, bound: null, seconds };
    }
    const hasPoint = Number(model.info.get('primal_solution_status')) === 2;
    if (!hasPoint) return { status: 'unsolved', values: null, bound: null, seconds };
    const bound = Number(model.info.get('mip_dual_bound'));
    const { colValue, colDual } = model.getSolution();
    return {
      status: modelStatus === optimal ? 'optimal' : 'feasible',
      values: Float64Array.from(colValue),
      ...(lp.columns.some(({ integer }) => integer) ? {} : { reducedCosts: Float64Array.from(colDual) }),
      bound: Number.isFinite(bound) ? bound : null,
      seconds,
    };
  });
}

function dataOf(highs: Highs, lp: LpModel): ModelData {
  const { objectiveSense, variableType } = highs.constants;
  const starts = new Int32Array(lp.rows.length + 1);
  lp.rows.forEach((row, i) => (starts[i + 1] = starts[i]! + row.columns.length));
  return {
    numCols: lp.columns.length,
    numRows: lp.rows.length,
    sense: lp.sense === 'minimize' ? objectiveSense.minimize : objectiveSense.maximize,
    colCost: lp.costs,
    colLower: lp.columns.map((column) => column.lower),
    colUpper: lp.columns.map((column) => column.upper),
    rowLower: lp.rows.map((row) => row.lower),
    rowUpper: lp.rows.map((row) => row.upper),
    matrix: {
      format: 'csr',
      numRows: lp.rows.length,
      numCols: lp.columns.length,
      starts,
      indices: Int32Array.from(lp.rows.flatMap((row) => row.columns)),
      values: Float64Array.from(lp.rows.flatMap((row) => row.values)),
    },
    integrality: lp.columns.map((column) =>
      column.integer ? variableType.integer : variableType.continuous,
    ),
  };
}
