import { expect, test } from 'vitest';
import { daysPerYear } from '../../../../shared/dates.ts';
import { shockMarket } from '../../../../shared/quant/scenario/shock-market.ts';
import { shockOf } from '../../../../shared/quant/scenario/shock.ts';
import { atmVolOf } from '../../../../shared/quant/scenario/smile-layers.ts';
import { termWeight } from '../../../../shared/quant/scenario/vol-shock.ts';
import type { VolShock } from '../../../../shared/quant/scenario/shock.ts';
import { madeBook } from '../../../support/scenario-book.ts';

const book = madeBook();
const all = { kind: 'all' } as const;

function indexExpiries(vol: readonly VolShock[]) {
  const shocked = shockMarket({ book, shock: shockOf({ vol }) });
  if (!shocked.ok) throw new Error(String(shocked.error.detail['reason']));
  return shocked.value.names.find(({ symbol }) => symbol === 'IDX')!.expiries;
}

test('VR(T) is 1 at 30 days, a half at 120, and no more than a day’s for less than a day', () => {
  expect(termWeight(30 / daysPerYear)).toBeCloseTo(1, 14);
  expect(termWeight(120 / daysPerYear)).toBeCloseTo(0.5, 14);
  expect(termWeight(0)).toBeCloseTo(Math.sqrt(30), 14);
});

test('a term-weighted change moves every maturity by its weight', () => {
  const [was, is] = [indexExpiries([]), indexExpiries([{ kind: 'termWeighted', target: all, change: 0.06 }])];
  for (const [i, expiry] of is.entries())
    expect(atmVolOf(expiry)! - atmVolOf(was[i]!)!).toBeCloseTo(
      0.06 * Math.sqrt(30 / (expiry.timeToExpiry * daysPerYear)),
      12,
    );
});

test('shocks reach only their targets', () => {
  const onNames: readonly VolShock[] = [
    { kind: 'parallel', target: { kind: 'members', index: 'IDX' }, change: 0.1 },
    { kind: 'parallel', target: { kind: 'names', symbols: ['AAA'] }, change: 0.1 },
  ];
  for (const [i, expiry] of indexExpiries(onNames).entries())
    expect(atmVolOf(expiry)).toBe(atmVolOf(indexExpiries([])[i]!));
});

test('a slice changes forward volatility inside it and leaves the total before it alone', () => {
  // From the second expiry to the third: 46 to 81 days.
  const change = 0.03;
  const [was, is] = [
    indexExpiries([]),
    indexExpiries([{ kind: 'slice', target: all, fromDays: 46, toDays: 81, change }]),
  ];
  const total = (expiries: typeof was, i: number): number =>
    atmVolOf(expiries[i]!)! ** 2 * expiries[i]!.timeToExpiry;
  expect(total(is, 0)).toBeCloseTo(total(was, 0), 14);
  expect(total(is, 1)).toBeCloseTo(total(was, 1), 14);
  const length = (81 - 46) / daysPerYear;
  const forward = (expiries: typeof was): number =>
    Math.sqrt((total(expiries, 2) - total(expiries, 1)) / length);
  expect(forward(is)).toBeCloseTo(forward(was) + change, 12);
  expect(total(is, 3) - total(is, 2)).toBeCloseTo(total(was, 3) - total(was, 2), 12);
});

test('a moved surface adds its own change at its nodes and is flat beyond', () => {
  const was = indexExpiries([]);
  const times = was.map(({ timeToExpiry }) => timeToExpiry);
  const changes = times.flatMap((_, row) => [0.01 * (row + 1), 0.02 * (row + 1), 0.04 * (row + 1)]);
  const is = indexExpiries([
    { kind: 'surface', symbol: 'IDX', times, standardMoneyness: [-0.1, 0, 0.1], changes },
  ]);
  for (const [i, expiry] of is.entries())
    expect(atmVolOf(expiry)! - atmVolOf(was[i]!)!).toBeCloseTo(0.02 * (i + 1), 12);
});
