import { availableParallelism } from 'node:os';
import { failure } from '../../shared/failure.ts';
import { curveGrid, curveOf } from '../../shared/quant/scenario/curve.ts';
import { gridParts, mergeGrids } from '../../shared/quant/scenario/grid-parts.ts';
import type { CurveRequest, GridRequest } from '../../shared/quant/scenario/operations.ts';
import type { CurveResult, GridResult } from '../../shared/quant/scenario/result.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ComputePool, RunOptions } from './pool.ts';

const mostParts = 4;

/**
 * A grid of full revaluations over the pool's workers, one part a core, added up.
 *
 * @param options.onProgress of all parts together
 * @returns `invalid-input` where the shock is none; `cancelled` when the signal aborts, all parts with it
 */
export async function runScenarioGrid(
  pool: ComputePool,
  request: GridRequest,
  options: RunOptions & { readonly parts?: number } = {},
): Promise<Result<GridResult>> {
  const { signal, onProgress, parts = Math.min(mostParts, availableParallelism()) } = options;
  const requests = gridParts(request, parts);
  const done = requests.map(() => 0);
  const total = requests.reduce((sum, { book }) => sum + book.positions.length, 0);
  const outcomes = await Promise.all(
    requests.map((part, i) =>
      pool.run('scenarioGrid', part, {
        ...(signal === undefined ? {} : { signal }),
        onProgress: (progress) => {
          done[i] = progress.done;
          onProgress?.({ ...progress, done: done.reduce((sum, one) => sum + one, 0), total });
        },
      }),
    ),
  );
  const grids: GridResult[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome;
    if (!outcome.value.ok) {
      const { code, detail } = outcome.value.error;
      return fail(failure(code, 'The scenario', detail));
    }
    grids.push(outcome.value.value);
  }
  return ok(mergeGrids(grids));
}

/** Profit curves by date over the pool's workers. */
export async function runProfitCurve(
  pool: ComputePool,
  request: CurveRequest,
  options: RunOptions = {},
): Promise<Result<CurveResult>> {
  const grid = await runScenarioGrid(pool, curveGrid(request), options);
  return grid.ok ? ok(curveOf(request, grid.value)) : grid;
}
