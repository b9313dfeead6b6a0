import { describe, expect, test } from 'vitest';
import { daysPerYear } from '../../../../shared/dates.ts';
import { forwardWithDividends } from '../../../../shared/quant/american/dividends.ts';
import type { NameMarket, ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import { borrowYield, dividendsFrom, impliedYield, rateOf } from '../../../../shared/quant/scenario/carry.ts';
import { shockMarket } from '../../../../shared/quant/scenario/shock-market.ts';
import { noShock, shockOf } from '../../../../shared/quant/scenario/shock.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { termCurve } from '../../../../shared/quant/scenario/term-curve.ts';
import { asOf, expiryKey, madeBook, madeName } from '../../../support/scenario-book.ts';

const book = madeBook();
const all = { kind: 'all' } as const;

function market(parts: Partial<Shock>, of: ScenarioBook = book) {
  const shocked = shockMarket({ book: of, shock: shockOf(parts) });
  if (!shocked.ok) throw new Error(String(shocked.error.detail['reason']));
  return shocked.value;
}
const nameIn = (parts: Partial<Shock>, symbol: string, of: ScenarioBook = book): NameMarket =>
  market(parts, of).names.find((name) => name.symbol === symbol)!;
const refusal = (parts: Partial<Shock>): string => {
  const shocked = shockMarket({ book, shock: shockOf(parts) });
  return shocked.ok ? 'none' : String(shocked.error.detail['reason']);
};

test('no shock leaves the market as it was to the last bit', () => {
  const shocked = shockMarket({ book, shock: noShock });
  expect(shocked.ok && shocked.value.names).toEqual(book.names);
});

describe('the spot', () => {
  test('moves by beta, with its own part on top, and the index by the move itself', () => {
    const spot = [{ kind: 'byBeta', index: 'IDX', move: -0.1, own: { BBB: 0.02 } }] as const;
    expect(nameIn({ spot }, 'IDX').spot).toBeCloseTo(4500, 10);
    expect(nameIn({ spot }, 'AAA').spot).toBeCloseTo(180 * (1 - 0.11), 10);
    expect(nameIn({ spot }, 'BBB').spot).toBeCloseTo(95 * (1 - 0.13 + 0.02), 10);
  });

  test('several moves compound, and one name or the members alone can move', () => {
    const spot = [
      { kind: 'move', target: { kind: 'members', index: 'IDX' }, move: 0.1 },
      { kind: 'move', target: { kind: 'names', symbols: ['AAA'] }, move: 0.1 },
    ] as const;
    expect(nameIn({ spot }, 'AAA').spot).toBeCloseTo(180 * 1.21, 10);
    expect(nameIn({ spot }, 'CCC').spot).toBeCloseTo(42 * 1.1, 10);
    expect(nameIn({ spot }, 'IDX').spot).toBe(5000);
  });

  test('names without a beta stay where they are, and are named', () => {
    const stranger = madeName({ symbol: 'ZZZ', spot: 10, vol: 0.4 });
    const moved = market(
      { spot: [{ kind: 'byBeta', index: 'IDX', move: -0.1 }] },
      { ...book, names: [...book.names, stranger] },
    );
    expect(moved.names.at(-1)!.spot).toBe(10);
    expect(moved.notes).toEqual(['ZZZ: no beta to the index that moves, so no move.']);
  });
});

describe('forwards and discount factors', () => {
  const yields = (name: NameMarket) =>
    name.expiries.map((expiry) => [rateOf(expiry), impliedYield(name.spot, expiry)]);

  test('keep rate and yield when the spot moves and days pass', () => {
    const was = nameIn({}, 'AAA');
    const is = nameIn({ spot: [{ kind: 'move', target: all, move: 0.07 }], daysForward: 10 }, 'AAA');
    expect(is.expiries).toHaveLength(was.expiries.length);
    for (const [i, [rate, dividendYield]] of yields(is).entries()) {
      expect(rate).toBeCloseTo(yields(was)[i]![0]!, 12);
      expect(dividendYield).toBeCloseTo(yields(was)[i]![1]!, 12);
    }
  });

  test('take shifts of rates and yields', () => {
    const was = nameIn({}, 'IDX');
    const is = nameIn({ rateShift: 0.01, yieldShift: -0.003 }, 'IDX');
    for (const [i, [rate, dividendYield]] of yields(is).entries()) {
      expect(rate).toBeCloseTo(yields(was)[i]![0]! + 0.01, 12);
      expect(dividendYield).toBeCloseTo(yields(was)[i]![1]! - 0.003, 12);
    }
  });

  test('fall by the forward value of what the dividends gain', () => {
    const [was, is] = [nameIn({}, 'AAA'), nameIn({ dividendChange: 0.5 }, 'AAA')];
    for (const [i, expiry] of is.expiries.entries()) {
      const { timeToExpiry, forward } = was.expiries[i]!;
      const [paid] = dividendsFrom(asOf, was.dividends);
      const within = paid!.timeToExDate <= timeToExpiry;
      const more = within ? 0.5 * paid!.amount * Math.exp(0.03 * (timeToExpiry - paid!.timeToExDate)) : 0;
      expect(expiry.forward).toBeCloseTo(forward - more, 9);
    }
    expect(is.dividends[0]!.amount).toBeCloseTo(1.5 * was.dividends[0]!.amount, 12);
  });

  test('with cash dividends: the known ones as cash, the rest of the forward as a yield', () => {
    const cash = madeName({
      symbol: 'AAA',
      spot: 180,
      vol: 0.3,
      exercise: 'american',
      dividendTreatment: 'cash',
      dividends: [
        { exDate: '2026-03-12', amount: 1.2 },
        { exDate: '2026-06-12', amount: 1.3 },
      ],
    });
    const withCash = { ...book, names: [cash], indexes: [], positions: [] };
    for (const expiry of cash.expiries) {
      const dividends = dividendsFrom(asOf, cash.dividends);
      const terms = { spot: 180, timeToExpiry: expiry.timeToExpiry, rate: rateOf(expiry), dividends };
      const dividendYield = borrowYield(asOf, cash, expiry);
      expect(forwardWithDividends({ ...terms, dividendYield })).toBeCloseTo(expiry.forward, 9);
    }
    // Once the first dividend is paid, it weighs on no forward any more.
    const later = nameIn({ daysForward: 11 }, 'AAA', withCash);
    expect(later.dividends).toEqual([cash.dividends[1]]);
    const [was, is] = [cash, later].map((name) => name.expiries.find(({ key }) => key === expiryKey(46))!);
    const carry = rateOf(was!) - borrowYield(asOf, cash, was!);
    expect(is!.forward).toBeCloseTo(180 * Math.exp(carry * is!.timeToExpiry), 9);
  });
});

test('expiries that the days pass are gone from the market', () => {
  expect(nameIn({ daysForward: 18 }, 'IDX').expiries.map(({ key }) => key)).toEqual(
    [46, 81, 172].map(expiryKey),
  );
  expect(nameIn({ daysForward: 17 }, 'IDX').expiries).toHaveLength(4);
});

test('a term curve gives expiries their own numbers and is linear in total variance between', () => {
  const name = nameIn({}, 'IDX');
  const curve = termCurve(asOf, name);
  const [near, far] = [name.expiries[1]!, name.expiries[2]!];
  expect(curve.forwardAt(near.timeToExpiry)).toBeCloseTo(near.forward, 9);
  expect(curve.discountAt(far.timeToExpiry)).toBeCloseTo(far.discountFactor, 12);
  const middle = (near.timeToExpiry + far.timeToExpiry) / 2;
  const total = (time: number): number => curve.volAt(time)! ** 2 * time;
  expect(total(middle)).toBeCloseTo((total(near.timeToExpiry) + total(far.timeToExpiry)) / 2, 12);
  expect(curve.volAt(3)).toBe(curve.volAt(172 / daysPerYear));
});

test('what is no shock is refused with its reason', () => {
  expect(refusal({ daysForward: -1 })).toContain('whole number');
  expect(refusal({ daysForward: 1.5 })).toContain('whole number');
  expect(refusal({ spot: [{ kind: 'move', target: all, move: -1 }] })).toContain('fall to 0');
  expect(refusal({ rateShift: Number.NaN })).toContain('rateShift');
  expect(refusal({ vol: [{ kind: 'relative', target: all, change: -1 }] })).toContain('of itself');
  expect(refusal({ vol: [{ kind: 'slice', target: all, fromDays: 30, toDays: 30, change: 0.1 }] })).toContain(
    'slice',
  );
  expect(
    refusal({
      vol: [{ kind: 'surface', symbol: 'IDX', times: [0.1], standardMoneyness: [0, 1], changes: [0] }],
    }),
  ).toContain('2 cells');
  expect(
    refusal({ correlation: [{ index: 'NDX', change: { kind: 'add', correlation: 0.1 }, moves: 'index' }] }),
  ).toContain('NDX has no members');
  expect(
    refusal({ correlation: [{ index: 'IDX', change: { kind: 'level', correlation: -1 }, moves: 'index' }] }),
  ).toContain('without variance');
});
