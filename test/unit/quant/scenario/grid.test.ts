import { describe, expect, test } from 'vitest';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import { profitCurve } from '../../../../shared/quant/scenario/curve.ts';
import { gridParts, mergeGrids } from '../../../../shared/quant/scenario/grid-parts.ts';
import { nodeShocks, revalueGrid } from '../../../../shared/quant/scenario/grid.ts';
import type { GridRequest } from '../../../../shared/quant/scenario/operations.ts';
import type { GridResult } from '../../../../shared/quant/scenario/result.ts';
import { revalue } from '../../../../shared/quant/scenario/revalue.ts';
import { noShock, shockOf } from '../../../../shared/quant/scenario/shock.ts';
import type { ShockAxis } from '../../../../shared/quant/scenario/shock.ts';
import { madeBook, madeName, option } from '../../../support/scenario-book.ts';

const book = madeBook();
const all = { kind: 'all' } as const;
const measures = ['deltaDollar', 'gammaDollar1Pct', 'vegaPerVolPoint', 'thetaPerDay'] as const;
/** Sums of the same terms in another order, relative to the largest. */
const rounding = 1e-9;

function gridOf(request: GridRequest): GridResult {
  const found = revalueGrid(request);
  if (!found.ok) throw new Error(String(found.error.detail['reason']));
  return found.value;
}

function expectEveryNode(request: GridRequest, grid: GridResult): void {
  const scale = 1e6;
  for (const [node, shock] of nodeShocks(request).slice(0, -1).entries()) {
    const one = revalue({ book: request.book, shock });
    if (!one.ok) throw new Error(String(one.error.detail['reason']));
    expect(Math.abs(grid.total.profit[node]! - one.value.profit)).toBeLessThan(rounding * scale);
    for (const measure of measures)
      expect(Math.abs(grid.total[measure][node]! - one.value.total[measure])).toBeLessThan(rounding * scale);
  }
}

const spot: ShockAxis = { kind: 'byBeta', index: 'IDX', values: [-0.15, -0.05, 0, 0.08] };
const vol: ShockAxis = { kind: 'volTermWeighted', target: all, values: [-0.03, 0, 0.06] };
const pairs: readonly (readonly [string, ShockAxis, ShockAxis])[] = [
  ['spot × volatility', spot, vol],
  ['volatility × spot', vol, spot],
  [
    'days × correlation',
    { kind: 'days', values: [0, 1, 18, 50, 130] },
    {
      kind: 'correlation',
      index: 'IDX',
      moves: 'members',
      values: [-0.1, 0, 0.2],
    },
  ],
  [
    'tilt × rates',
    { kind: 'skewTilt', target: all, values: [-0.01, 0, 0.02] },
    { kind: 'rate', values: [-0.01, 0, 0.01] },
  ],
  [
    'yields × dividends',
    { kind: 'yield', values: [-0.01, 0.01] },
    { kind: 'dividends', values: [-1, 0, 0.5] },
  ],
  [
    'relative volatility × one name',
    { kind: 'volRelative', target: all, values: [-0.3, 0.3] },
    {
      kind: 'spot',
      target: { kind: 'names', symbols: ['BBB'] },
      values: [-0.2, 0, 0.1],
    },
  ],
];

describe.each(pairs)('a grid of %s', (_, axisA, axisB) => {
  test.each(['stickyStrike', 'stickyDelta'] as const)(
    'has the single revaluation at every node, %s',
    (kind) => {
      const request = { book, shock: shockOf({ smileRule: { kind } }), axisA, axisB };
      expectEveryNode(request, gridOf(request));
    },
  );
});

test('the node without a shock makes no profit, exactly', () => {
  const grid = gridOf({ book, shock: noShock, axisA: spot, axisB: vol });
  expect(grid.total.profit[2 * 3 + 1]).toBe(0);
});

test('a shock on top of the axes holds at every node', () => {
  const shock = shockOf({
    daysForward: 12,
    rateShift: 0.005,
    vol: [{ kind: 'skewTilt', target: all, change: 0.01 }],
  });
  const request = { book, shock, axisA: spot, axisB: vol };
  expectEveryNode(request, gridOf(request));
});

describe('American options on a stock with cash dividends', () => {
  const cash = madeName({
    symbol: 'AAA',
    spot: 180,
    vol: 0.3,
    exercise: 'american',
    dividendTreatment: 'cash',
    dividends: [{ exDate: '2026-04-10', amount: 3 }],
  });
  const held = (days: number): ScenarioBook => ({
    ...book,
    names: [cash],
    indexes: [],
    positions: [
      option({ positionId: 'x', symbol: 'AAA', strike: 185, days, optionType: 'call', quantity: 2 }),
      option({ positionId: 'y', symbol: 'AAA', strike: 175, days, optionType: 'put', quantity: -1 }),
    ],
  });
  const axisA: ShockAxis = { kind: 'spot', target: all, values: [-0.1, -0.03, 0, 0.06] };
  const shares = 300;

  test('take one solve for a row of spots, within 3e-5 of the spot of one for each', () => {
    const axisB: ShockAxis = { kind: 'volParallel', target: all, values: [-0.03, 0, 0.05] };
    const request: GridRequest = { book: held(46), shock: noShock, axisA, axisB };
    const grid = gridOf(request);
    for (const [node, shock] of nodeShocks(request).slice(0, -1).entries()) {
      const one = revalue({ book: request.book, shock });
      if (!one.ok) throw new Error('not valued');
      const { profit, total } = one.value;
      expect(Math.abs(grid.total.profit[node]! - profit)).toBeLessThan(2 * shares * 180 * 3e-5);
      expect(Math.abs(grid.total.deltaDollar[node]! - total.deltaDollar)).toBeLessThan(shares * 180 * 1e-3);
      expect(Math.abs(grid.total.vegaPerVolPoint[node]! - total.vegaPerVolPoint)).toBeLessThan(0.5);
    }
    expect(grid.total.profit[2 * 3 + 1]).toBe(0);
  });

  test('share boundaries like any other where no ex-date is left in their life', () => {
    const request: GridRequest = {
      book: held(18),
      shock: noShock,
      axisA,
      axisB: { kind: 'days', values: [0, 10, 30] },
    };
    expectEveryNode(request, gridOf(request));
  });
});

describe('groups and selections', () => {
  const request = { book, shock: noShock, axisA: spot, axisB: vol };
  const grid = gridOf(request);

  test('add up to the total at every node', () => {
    for (const groups of [grid.byName, grid.byRole, grid.byFamily])
      for (let node = 0; node < 12; node++)
        expect(groups.reduce((sum, group) => sum + group.profit[node]!, 0)).toBeCloseTo(
          grid.total.profit[node]!,
          6,
        );
    expect(grid.byFamily.map(({ group }) => group).sort()).toEqual([
      'cash',
      'forward-start',
      'future',
      'listed-option',
      'realized-vol',
      'stock',
    ]);
  });

  test('a selection is the grid of a book that holds it alone', () => {
    const ids = ['p4', 'p9', 'p12'];
    const positions = book.positions.filter(({ positionId }) => ids.includes(positionId));
    const selected = gridOf({ ...request, positionIds: ids });
    expect(selected.total).toEqual(gridOf({ ...request, book: { ...book, positions } }).total);
  });

  test('parts added up are the whole, however many', () => {
    for (const parts of [1, 2, 3, 40]) {
      const merged = mergeGrids(gridParts(request, parts).map(gridOf));
      expect(merged.valuations).toBe(grid.valuations);
      expect(merged.baseValue).toBeCloseTo(grid.baseValue, 6);
      for (let node = 0; node < 12; node++)
        for (const measure of [...measures, 'profit'] as const)
          expect(merged.total[measure][node]).toBeCloseTo(grid.total[measure][node]!, 6);
    }
  });

  test('an empty book is a grid of nothing', () => {
    const empty = gridParts({ ...request, book: { ...book, positions: [] } }, 2).map(gridOf);
    expect(Array.from(mergeGrids(empty).total.profit)).toEqual(new Array(12).fill(0));
  });
});

test('a position that one node cannot value is out of all nodes, with its reason', () => {
  const stranger = { ...book.positions[0]!, positionId: 'q', symbol: 'QQQ', label: 'QQQ' };
  const positions = [...book.positions, stranger];
  const request = { book: { ...book, positions }, shock: noShock, axisA: spot, axisB: vol };
  const grid = gridOf(request);
  expect(grid.notValued).toEqual([
    { positionId: 'q', label: 'QQQ', reason: 'QQQ has no market in this book: no spot, no chain.' },
  ]);
  expect(grid.total).toEqual(gridOf({ ...request, book }).total);
});

test('what is no shock at some node is refused with its reason', () => {
  const found = revalueGrid({
    book,
    shock: noShock,
    axisA: { kind: 'spot', target: all, values: [-1.1, 0] },
    axisB: vol,
  });
  expect(!found.ok && found.error.detail['reason']).toContain('fall to 0');
  const empty = revalueGrid({ book, shock: noShock, axisA: { kind: 'days', values: [] }, axisB: vol });
  expect(!empty.ok && empty.error.detail['reason']).toBe('an axis has no values');
});

test('progress is told to the last position', () => {
  const told: number[] = [];
  revalueGrid(
    { book, shock: noShock, axisA: spot, axisB: vol },
    { onProgress: (done, total) => told.push(done / total) },
  );
  expect(told).toHaveLength(book.positions.length);
  expect(told.at(-1)).toBe(1);
});

test('a curve has a line a date, each the row of revaluations at that date', () => {
  const curve = profitCurve({ book, shock: shockOf({ daysForward: 1 }), axis: spot, days: [0, 20] });
  if (!curve.ok) throw new Error('no curve');
  expect(curve.value.lines.map(({ daysForward, date }) => [daysForward, date])).toEqual([
    [1, '2026-03-03'],
    [21, '2026-03-23'],
  ]);
  for (const { daysForward, columns } of curve.value.lines)
    for (const [i, move] of spot.values.entries()) {
      const one = revalue({
        book,
        shock: shockOf({ daysForward, spot: [{ kind: 'byBeta', index: 'IDX', move }] }),
      });
      expect(columns.profit[i]).toBeCloseTo(one.ok ? one.value.profit : Number.NaN, 4);
    }
});
