import loadRuntime from 'highs';
import { expect, it } from 'vitest';
import { lpText } from '../../../bench/cbc.ts';
import { loadHighs } from '../../../main/compute/highs.ts';
import type { LpModel } from '../../../shared/quant/hedge/lp-model.ts';

it('the model that a native solver is timed on reads as the one we solve', async () => {
  const model: LpModel = {
    sense: 'maximize',
    columns: [
      { lower: 0, upper: 7, integer: true },
      { lower: 0, upper: Infinity, integer: true },
      { lower: -Infinity, upper: 2.5, integer: false },
    ],
    rows: [
      { lower: -Infinity, upper: 17.5, columns: [0, 1], values: [3, 2.25] },
      { lower: -4, upper: 6, columns: [1, 2], values: [1, -1.5] },
      { lower: 3, upper: 3, columns: [0, 2], values: [1, 1] },
    ],
    costs: Float64Array.from([2, 1.75, -0.5]),
    absoluteGap: 0,
    relativeGap: 0,
    timeLimitSeconds: 5,
    start: null,
  };
  const ours = (await loadHighs())(model);
  const read = (await loadRuntime()).solve(lpText(model));
  expect(read.Status).toBe('Optimal');
  expect(read.ObjectiveValue).toBeCloseTo(ours.bound ?? Number.NaN, 9);
  expect(read.Columns['x0']).toMatchObject({ Primal: ours.values?.[0] });
});
