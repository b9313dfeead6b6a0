import { describe, expect, test, vi } from 'vitest';
import { loadHighs } from '../../../main/compute/highs.ts';
import type { LpModel } from '../../../shared/quant/hedge/lp-model.ts';

const knapsack: LpModel = {
  sense: 'maximize',
  columns: [3, 3, 3].map((upper) => ({ lower: 0, upper, integer: true })),
  rows: [{ lower: -Infinity, upper: 10, columns: [0, 1, 2], values: [4, 3, 2.5] }],
  costs: Float64Array.from([7, 5, 4]),
  absoluteGap: 1e-9,
  relativeGap: 0,
  timeLimitSeconds: 10,
  start: null,
};

describe('loadHighs', () => {
  test('solves to whole numbers, with the proof, without a word on the console', async () => {
    const log = vi.spyOn(console, 'log');
    const solve = await loadHighs();
    const solution = solve(knapsack);
    expect(solution.status).toBe('optimal');
    expect([...solution.values!].map(Math.round)).toEqual([1, 2, 0]);
    expect(solution.bound).toBeCloseTo(17, 9);
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  test('is loaded once and answers the same twice', async () => {
    expect(await loadHighs()).toBe(await loadHighs());
    const solve = await loadHighs();
    const [once, twice] = [solve(knapsack), solve(knapsack)];
    expect({ ...twice, seconds: 0 }).toEqual({ ...once, seconds: 0 });
  });

  test('tells infeasible from unsolved', async () => {
    const solve = await loadHighs();
    const row = knapsack.rows[0]!;
    expect(solve({ ...knapsack, rows: [{ ...row, lower: 40, upper: 50 }] })).toMatchObject({
      status: 'infeasible',
      values: null,
      bound: null,
    });
  });

  test('judges a model without columns by its rows', async () => {
    const solve = await loadHighs();
    const empty = { ...knapsack, columns: [], costs: new Float64Array(0) };
    expect(solve({ ...empty, rows: [{ lower: 1, upper: 2, columns: [], values: [] }] }).status).toBe(
      'infeasible',
    );
    expect(solve({ ...empty, rows: [] }).status).toBe('optimal');
  });

  test('starts from a given point, and keeps it where the time ends at once', async () => {
    const solve = await loadHighs();
    const started = solve({ ...knapsack, start: Float64Array.from([1, 1, 1]), timeLimitSeconds: 0 });
    expect(started).toMatchObject({ status: 'feasible', bound: null });
    expect([...started.values!]).toEqual([1, 1, 1]);
  });
});
