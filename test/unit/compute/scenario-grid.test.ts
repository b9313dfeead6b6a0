import { afterAll, describe, expect, test } from 'vitest';
import { createComputePool } from '../../../main/compute/pool.ts';
import { runProfitCurve, runScenarioGrid } from '../../../main/compute/scenario-grid.ts';
import { profitCurve } from '../../../shared/quant/scenario/curve.ts';
import { revalueGrid } from '../../../shared/quant/scenario/grid.ts';
import { noShock } from '../../../shared/quant/scenario/shock.ts';
import { madeBook } from '../../support/scenario-book.ts';

const worker = new URL('../../../main/compute/worker.ts', import.meta.url);
const pool = createComputePool({ worker, size: 2 });
afterAll(() => pool.close());

const book = madeBook();
const all = { kind: 'all' } as const;
const request = {
  book,
  shock: noShock,
  axisA: { kind: 'spot', target: all, values: [-0.1, 0, 0.1] },
  axisB: { kind: 'volParallel', target: all, values: [-0.02, 0, 0.05] },
} as const;

describe('a grid over the workers', () => {
  test('is the grid of one thread, with the lanes in place of the core’s kernel', async () => {
    const [spread, direct] = [await runScenarioGrid(pool, request, { parts: 2 }), revalueGrid(request)];
    if (!spread.ok || !direct.ok) throw new Error('no grid');
    expect(spread.value.valuations).toBe(direct.value.valuations);
    for (let node = 0; node < 9; node++)
      expect(spread.value.total.profit[node]).toBeCloseTo(direct.value.total.profit[node]!, 6);
  });

  test('tells progress of all parts together', async () => {
    const told: number[] = [];
    await runScenarioGrid(pool, request, {
      parts: 2,
      onProgress: ({ done, total }) => {
        told.push(done);
        expect(total).toBe(book.positions.length);
      },
    });
    expect(told.length).toBeGreaterThan(0);
  });

  test('is refused with its reason where a node is no shock', async () => {
    const axisA = { kind: 'spot', target: all, values: [-1] } as const;
    const refused = await runScenarioGrid(pool, { ...request, axisA }, { parts: 2 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input', subject: 'The scenario' } });
  });

  test('is cancelled with all its parts', async () => {
    const controller = new AbortController();
    const running = runScenarioGrid(pool, request, { parts: 2, signal: controller.signal });
    controller.abort();
    expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});

test('curves by date come over the workers too', async () => {
  const wanted = { book, shock: noShock, axis: request.axisA, days: [0, 20] };
  const [spread, direct] = [await runProfitCurve(pool, wanted), profitCurve(wanted)];
  if (!spread.ok || !direct.ok) throw new Error('no curve');
  for (const [i, line] of direct.value.lines.entries())
    for (const [at, profit] of line.columns.profit.entries())
      expect(spread.value.lines[i]!.columns.profit[at]).toBeCloseTo(profit, 6);
});
