import { addDays } from '../../dates.ts';
import { ok } from '../../result.ts';
import { revalueGrid } from './grid.ts';
import type { CurveRequest, GridRequest, ProfitCurve } from './operations.ts';
import type { CurveResult, GridColumns, GridResult } from './result.ts';

/** The grid whose columns are the dates of a curve: for callers that spread it over workers. */
export const curveGrid = ({ book, shock, axis, days, positionIds }: CurveRequest): GridRequest => ({
  book,
  shock,
  axisA: axis,
  axisB: { kind: 'days', values: days },
  ...(positionIds === undefined ? {} : { positionIds }),
});

/** One line a date from that grid. */
export function curveOf(request: CurveRequest, grid: GridResult): CurveResult {
  const { book, shock, axis, days } = request;
  const column = (all: Float64Array, at: number): Float64Array =>
    Float64Array.from(axis.values, (_, row) => all[row * days.length + at]!);
  const lineOf = (columns: GridColumns, at: number): GridColumns => ({
    profit: column(columns.profit, at),
    deltaDollar: column(columns.deltaDollar, at),
    gammaDollar1Pct: column(columns.gammaDollar1Pct, at),
    vegaPerVolPoint: column(columns.vegaPerVolPoint, at),
    thetaPerDay: column(columns.thetaPerDay, at),
  });
  const { baseValue, notValued, notes } = grid;
  return {
    values: axis.values,
    lines: days.map((forward, at) => {
      const daysForward = shock.daysForward + forward;
      return { daysForward, date: addDays(book.asOf, daysForward), columns: lineOf(grid.total, at) };
    }),
    baseValue,
    notValued,
    notes,
  };
}

/**
 * Profit and risk against one axis, a line for each number of days forward.
 *
 * Failures, limits: as `revalueGrid`.
 * Source: math §12, features J1. Proof: test/unit/quant/scenario/grid.test.ts
 */
export const profitCurve: ProfitCurve = (request) => {
  const grid = revalueGrid(curveGrid(request));
  return grid.ok ? ok(curveOf(request, grid.value)) : grid;
};
