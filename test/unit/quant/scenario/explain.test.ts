import { describe, expect, test } from 'vitest';
import type { ScenarioBook, ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { explain } from '../../../../shared/quant/scenario/explain.ts';
import type { ExplainParts, Explanation } from '../../../../shared/quant/scenario/result.ts';
import { shockBook } from '../../../../shared/quant/scenario/shock-book.ts';
import { shockOf } from '../../../../shared/quant/scenario/shock.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { valueBook } from '../../../../shared/quant/scenario/value-book.ts';
import { forwardStart, madeBook, option } from '../../../support/scenario-book.ts';

const book = madeBook();
const all = { kind: 'all' } as const;
const partNames = [
  'delta',
  'gamma',
  'vega',
  'theta',
  'vanna',
  'volga',
  'carry',
  'trades',
  'fixings',
  'residual',
] as const;

function later(parts: Partial<Shock>, of: ScenarioBook = book): ScenarioBook {
  const shocked = shockBook({ book: of, shock: shockOf(parts) });
  if (!shocked.ok) throw new Error(String(shocked.error.detail['reason']));
  return shocked.value.book;
}
const holding = (...positions: ScenarioPosition[]): ScenarioBook => ({ ...book, positions });

function expectExact(found: Explanation): void {
  const sum = (parts: ExplainParts): number => partNames.reduce((total, name) => total + parts[name], 0);
  for (const parts of [
    found.total,
    ...found.positions,
    ...found.byName,
    ...found.byFamily,
    ...found.byBook,
  ]) {
    expect(sum(parts)).toBe(parts.total);
    expect(partNames.every((name) => Number.isInteger(parts[name]))).toBe(true);
  }
  for (const one of [...found.positions, { ...found, vega: found.total.vega }])
    expect(one.vegaBySlice.reduce((total, { vega }) => total + vega, one.vegaSmile)).toBe(one.vega);
  for (const groups of [found.positions, found.byName, found.byFamily, found.byBook])
    for (const name of [...partNames, 'total'] as const)
      expect(groups.reduce((total, group) => total + group[name], 0)).toBe(found.total[name]);
}

describe('the parts and the residual are the total to the cent, at every level', () => {
  test.each<[string, Partial<Shock>]>([
    ['nothing', {}],
    [
      'a crash',
      {
        spot: [{ kind: 'byBeta', index: 'IDX', move: -0.2 }],
        vol: [{ kind: 'termWeighted', target: all, change: 0.3 }],
      },
    ],
    ['a day', { daysForward: 1, spot: [{ kind: 'move', target: all, move: 0.01 }] }],
    ['expiries and fixings on the way', { daysForward: 65, rateShift: 0.004, dividendChange: 0.2 }],
    ['all settled', { daysForward: 200, spot: [{ kind: 'move', target: all, move: 0.05 }] }],
  ])('%s', (_, parts) => {
    const to = later(parts);
    const found = explain({ from: book, to, trades: 'value' });
    expectExact(found);
    expect(found.notValued).toEqual([]);
    expect(found.positions).toHaveLength(book.positions.length);
    const cents = (of: ScenarioBook): number =>
      valueBook(of).positions.reduce((sum, { measures }) => sum + Math.round(measures!.value * 100), 0);
    expect(Math.abs(found.total.total - (cents(to) - cents(book)))).toBeLessThanOrEqual(
      book.positions.length,
    );
  });
});

test('a small move leaves next to nothing unexplained', () => {
  const to = later({
    daysForward: 1,
    spot: [{ kind: 'byBeta', index: 'IDX', move: -0.004 }],
    vol: [{ kind: 'parallel', target: all, change: 0.002 }],
    rateShift: 1e-4,
    // What is realized is what was implied: fixings are the move alone.
    realized: { move: 'ignored', vol: null },
  });
  const { total, positions } = explain({ from: book, to, trades: 'value' });
  const size = positions.reduce(
    (sum, one) => sum + Math.abs(one.delta) + Math.abs(one.vega) + Math.abs(one.theta),
    0,
  );
  expect(Math.abs(total.residual)).toBeLessThan(0.005 * size);
});

test('each cause lands in its own part', () => {
  const put = option({
    positionId: 'x',
    symbol: 'IDX',
    strike: 4900,
    days: 81,
    optionType: 'put',
    quantity: 10,
  });
  const partsOf = (parts: Partial<Shock>): ExplainParts =>
    explain({ from: holding(put), to: later(parts, holding(put)), trades: 'value' }).total;
  const bySpot = partsOf({ spot: [{ kind: 'move', target: all, move: -0.01 }] });
  expect(bySpot.delta).toBeGreaterThan(0);
  expect(bySpot.gamma).toBeGreaterThan(0);
  expect([bySpot.vega, bySpot.theta, bySpot.carry, bySpot.trades]).toEqual([0, 0, 0, 0]);
  const byVol = partsOf({ vol: [{ kind: 'parallel', target: all, change: 0.01 }] });
  expect(byVol.vega).toBeGreaterThan(0);
  expect([byVol.delta, byVol.gamma, byVol.theta, byVol.carry]).toEqual([0, 0, 0, 0]);
  const byTime = partsOf({ daysForward: 1 });
  expect(byTime.theta).toBeLessThan(0);
  expect([byTime.delta, byTime.gamma, byTime.vega]).toEqual([0, 0, 0]);
  const byRate = partsOf({ rateShift: 0.01 });
  expect(byRate.carry).toBeLessThan(0);
  expect(Math.abs(byRate.residual)).toBeLessThanOrEqual(1);
});

test('vega falls into the slice whose forward volatility moved', () => {
  const contracts = holding(
    forwardStart('near', 20, 46, 'relative', 1),
    forwardStart('far', 46, 81, 'relative', 1),
  );
  const to = later(
    { vol: [{ kind: 'slice', target: all, fromDays: 46, toDays: 81, change: 0.02 }] },
    contracts,
  );
  const found = explain({ from: contracts, to, trades: 'value' });
  const [near, far] = ['near', 'far'].map((id) =>
    found.positions.find(({ positionId }) => positionId === id)!,
  );
  expect(near!.vega).toBe(0);
  const moved = found.vegaBySlice.filter(({ vega }) => vega !== 0);
  expect(moved).toEqual([{ start: '2026-04-17', end: '2026-05-22', vega: far!.vega - far!.vegaSmile }]);
  expect(Math.abs(far!.vegaSmile)).toBeLessThan(0.01 * far!.vega);
});

describe('trades', () => {
  const held = option({
    positionId: 'x',
    symbol: 'IDX',
    strike: 4900,
    days: 81,
    optionType: 'put',
    quantity: 10,
  });
  const other = option({
    positionId: 'y',
    symbol: 'IDX',
    strike: 5300,
    days: 81,
    optionType: 'call',
    quantity: -5,
  });
  const valueOf = (position: ScenarioPosition): number => valueBook(holding(position)).total.value;

  test('between base and branch what was added or removed counts with its value', () => {
    const found = explain({ from: holding(held), to: holding(other), trades: 'value' });
    expectExact(found);
    expect(found.total.trades).toBe(found.total.total);
    expect(found.positions.find(({ positionId }) => positionId === 'y')!.trades).toBe(
      Math.round(valueOf(other) * 100),
    );
  });

  test('between two dates they count with value less money paid, and the rest of the position is explained', () => {
    const to = later({ daysForward: 1, spot: [{ kind: 'move', target: all, move: -0.01 }] }, holding(held));
    const more: ScenarioBook = { ...to, positions: [{ ...to.positions[0]!, quantity: 14 }] };
    const unit = valueBook(to).total.value / 10;
    const paid = 4 * unit - 123.45;
    const trades = [{ positionId: 'x', quantity: 4, paid, date: to.asOf }];
    const found = explain({ from: holding(held), to: more, trades });
    expectExact(found);
    expect(found.total.trades).toBe(12_345);
    const alone = explain({ from: holding(held), to, trades: [] });
    expect(found.total.delta).toBe(alone.total.delta);
    expect(found.total.gamma).toBe(alone.total.gamma);
  });

  test('a change of size without a trade counts with its value and says so', () => {
    const found = explain({ from: holding(), to: holding(other), trades: [] });
    expect(found.positions[0]!.note).toContain('No trade is given');
  });

  test('the same id on another contract is a trade, not a move of the market', () => {
    const found = explain({ from: holding(held), to: holding({ ...held, strike: 5000 }), trades: 'value' });
    expect(found.total.trades).toBe(found.total.total);
  });
});

describe('between two dates', () => {
  const market = later({ daysForward: 31, spot: [{ kind: 'move', target: all, move: 0.02 }] });

  test('dividends paid out of the book are carry', () => {
    const stock = book.positions[0]!;
    const found = explain({ from: holding(stock), to: { ...market, positions: [stock] }, trades: [] });
    expectExact(found);
    expect(found.total).toMatchObject({ delta: 400 * 360, carry: 400 * 90, residual: 0, total: 400 * 450 });
  });

  test('a future counts from the settlement it was marked against', () => {
    const future = book.positions.find(({ kind }) => kind === 'future')!;
    if (future.kind !== 'future') throw new Error('no future');
    const rolled = market.positions.find(({ positionId }) => positionId === future.positionId)!;
    const remarked = { ...rolled, referencePrice: 5090 } as ScenarioPosition;
    const found = explain({ from: holding(future), to: { ...market, positions: [remarked] }, trades: [] });
    const whole = explain({ from: holding(future), to: { ...market, positions: [rolled] }, trades: [] });
    expect(found.total).toEqual(whole.total);
    expect(found.total.total).toBeLessThan(-400_000);
  });
});

test('fixings are what observations and strikes bring beyond what was expected', () => {
  const vol = book.positions.filter(({ positionId }) => positionId === 'p12');
  const quiet = later({ daysForward: 14, realized: { move: 'ignored', vol: null } }, holding(...vol));
  expect(explain({ from: holding(...vol), to: quiet, trades: 'value' }).total.fixings).toBe(0);
  const wild = later({ daysForward: 14, realized: { move: 'ignored', vol: 0.6 } }, holding(...vol));
  expect(explain({ from: holding(...vol), to: wild, trades: 'value' }).total.fixings).toBeLessThan(0);
});

test('what has no value in either book is listed and in no sum', () => {
  const stranger = { ...book.positions[0]!, positionId: 'q', symbol: 'QQQ', label: 'QQQ' };
  const from = { ...book, positions: [...book.positions, stranger] };
  const found = explain({ from, to: later({}, from), trades: 'value' });
  expect(found.notValued.map(({ positionId }) => positionId)).toEqual(['q', 'q']);
  expect(found.total.total).toBe(0);
});
