import { describe, expect, test } from 'vitest';
import { daysPerYear } from '../../../../shared/dates.ts';
import { americanGreeks } from '../../../../shared/quant/american/american.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../../../shared/quant/contracts/forward-start.ts';
import { blackPrice } from '../../../../shared/quant/european/black.ts';
import { flatSmile } from '../../../../shared/quant/scenario/book.ts';
import type { NameMarket, ScenarioBook, ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { dividendsFrom, impliedYield, rateOf } from '../../../../shared/quant/scenario/carry.ts';
import type { Revaluation } from '../../../../shared/quant/scenario/result.ts';
import { revalue } from '../../../../shared/quant/scenario/revalue.ts';
import { noShock, shockOf } from '../../../../shared/quant/scenario/shock.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { volAtStrike } from '../../../../shared/quant/scenario/smile-layers.ts';
import { termCurve } from '../../../../shared/quant/scenario/term-curve.ts';
import { valueBook } from '../../../../shared/quant/scenario/value-book.ts';
import {
  asOf,
  expiryKey,
  forwardStart,
  madeBook,
  madeName,
  option,
  realizedVol,
} from '../../../support/scenario-book.ts';

const book = madeBook();
const all = { kind: 'all' } as const;

function revalued(parts: Partial<Shock>, of: ScenarioBook = book): Revaluation {
  const found = revalue({ book: of, shock: shockOf(parts) });
  if (!found.ok) throw new Error(String(found.error.detail['reason']));
  return found.value;
}
const holding = (...positions: ScenarioPosition[]): ScenarioBook => ({ ...book, positions });
const measuresOf = (position: ScenarioPosition, of: ScenarioBook = book) =>
  valueBook({ ...of, positions: [position] }).positions[0]!.measures!;
const named = (symbol: string) => book.names.find((name) => name.symbol === symbol)!;

/** A name at one volatility, whatever the strike and the term. */
const flattened = (name: NameMarket): NameMarket => ({
  ...name,
  expiries: name.expiries.map((expiry) => ({ ...expiry, smile: flatSmile({ ...expiry, vol: 0.25 }) })),
});

test('no shock makes no profit, exactly, and values everything', () => {
  const found = revalue({ book, shock: noShock });
  expect(found.ok && found.value.profit).toBe(0);
  expect(found.ok && found.value.notValued).toEqual([]);
  expect(found.ok && found.value.positions.every(({ measures }) => measures !== null)).toBe(true);
});

describe('what is held is priced as its own pricer prices it', () => {
  test('a European option by Black on its forward, at the smile or at its own mark', () => {
    const { forward, discountFactor, timeToExpiry, ...expiry } = named('IDX').expiries[1]!;
    const held = option({
      positionId: 'x',
      symbol: 'IDX',
      strike: 4700,
      days: 46,
      optionType: 'put',
      quantity: -3,
    });
    const priced = (vol: number): number =>
      -300 * blackPrice({ optionType: 'put', forward, strike: 4700, timeToExpiry, vol, discountFactor });
    const smile = volAtStrike({ ...expiry, forward, discountFactor, timeToExpiry }, 4700)!;
    expect(measuresOf(held).value).toBeCloseTo(priced(smile), 8);
    expect(measuresOf({ ...held, vol: 0.2345 }).value).toBeCloseTo(priced(0.2345), 8);
  });

  test('an American option within 1e-6 of the spot of the converged price', () => {
    const expiry = named('BBB').expiries[3]!;
    for (const strike of [80, 95, 120]) {
      const held = option({
        positionId: 'x',
        symbol: 'BBB',
        strike,
        days: 172,
        optionType: 'put',
        quantity: 1,
      });
      const direct = americanGreeks({
        optionType: 'put',
        spot: 95,
        strike,
        timeToExpiry: expiry.timeToExpiry,
        rate: rateOf(expiry),
        dividendYield: impliedYield(95, expiry),
        vol: volAtStrike(expiry, strike)!,
      });
      if (!direct.ok) throw new Error('not priced');
      expect(Math.abs(measuresOf(held).value - 100 * direct.value.price)).toBeLessThan(100 * 95 * 1e-6);
    }
  });

  test('an American option on a stock with cash dividends by the general pricer', () => {
    const cash = madeName({
      symbol: 'AAA',
      spot: 180,
      vol: 0.3,
      exercise: 'american',
      dividendTreatment: 'cash',
      dividendYield: 0.03,
      dividends: [{ exDate: '2026-04-10', amount: 3 }],
    });
    const held = option({
      positionId: 'x',
      symbol: 'AAA',
      strike: 150,
      days: 46,
      optionType: 'call',
      quantity: 1,
    });
    const [measures, spread] = [cash, { ...cash, dividendTreatment: 'yield' as const }].map(
      (name) => measuresOf(held, { ...book, names: [name] }).value,
    );
    const { timeToExpiry } = cash.expiries[1]!;
    const [paid] = dividendsFrom(asOf, cash.dividends);
    expect(paid!.timeToExDate).toBeLessThan(timeToExpiry);
    expect(measures).toBeGreaterThanOrEqual(100 * (180 - 150));
    expect(Math.abs(measures! - spread!)).toBeGreaterThan(1);
  });

  test('forward-start contracts before and after their fixing by the term structure', () => {
    const curve = termCurve(asOf, named('IDX'));
    const [t1, t2] = [60 / daysPerYear, 120 / daysPerYear];
    const held = forwardStart('x', 60, 120, 'relative', 1);
    const vol = Math.sqrt((curve.volAt(t2)! ** 2 * t2 - curve.volAt(t1)! ** 2 * t1) / (t2 - t1));
    const before = priceBeforeFixing({
      payoff: held.payoff,
      market: {
        timeToStart: t1,
        timeToEnd: t2,
        vol,
        carryFactor: curve.forwardAt(t2) / curve.forwardAt(t1),
        discountFactor: curve.discountAt(t2),
      },
    });
    expect(measuresOf(held).value).toBeCloseTo(3e6 * (before.ok ? before.value.price : Number.NaN), 6);
    const after = priceAfterFixing({
      payoff: held.payoff,
      market: {
        fixedStrike: 4900,
        forward: curve.forwardAt(t2),
        timeToEnd: t2,
        vol: curve.volAt(t2)!,
        discountFactor: curve.discountAt(t2),
      },
    });
    const fixed = { ...held, firstReferenceDate: '2026-02-20', fixedStrike: 4900 };
    expect(measuresOf(fixed).value).toBeCloseTo(3e6 * (after.ok ? after.value.price : Number.NaN), 6);
  });

  test('realized volatility before, inside and at the end of its period', () => {
    const curve = termCurve(asOf, named('IDX'));
    const inside = realizedVol('x', 'IDX', -30, 60);
    const { observationsDone: done, observationsExpected: expected } = inside.progress!;
    const fair = Math.sqrt(
      (done / expected) * 0.15 ** 2 + (1 - done / expected) * curve.volAt(60 / daysPerYear)! ** 2,
    );
    expect(measuresOf(inside).value).toBeCloseTo(-600_000 * fair, 6);
    const over = realizedVol('x', 'IDX', -90, -1);
    expect(measuresOf(over).value).toBeCloseTo(-600_000 * 0.15, 8);
  });
});

describe('greeks in money are differences of full revaluations', () => {
  test.each(book.positions.map((position) => [position.label, position] as const))('%s', (_, position) => {
    const measures = measuresOf(position);
    const one = holding(position);
    const bump = 1e-3;
    // The volatility a position is valued at is held: a strike's for options, the money's for contracts.
    const smileRule = { kind: position.kind === 'option' ? 'stickyStrike' : 'stickyDelta' } as const;
    const bySpot = (move: number): number =>
      revalued({ spot: [{ kind: 'move', target: all, move }], smileRule }, one).profit;
    const [up, down] = [bySpot(bump), bySpot(-bump)];
    const scale = Math.max(1, Math.abs(measures.value), Math.abs(measures.deltaDollar));
    expect(Math.abs((up - down) / (2 * bump) - measures.deltaDollar)).toBeLessThan(2e-4 * scale);
    // Γ·S²/100, from the second difference in the relative move.
    const gamma = (up + down) / (bump * bump) / 100;
    const gammaScale = Math.max(1, Math.abs(measures.gammaDollar1Pct));
    // A realized-volatility contract moves with the logarithm, whose own curvature is of third order here.
    expect(Math.abs(gamma - measures.gammaDollar1Pct)).toBeLessThan(2e-3 * gammaScale + 1e-6 * scale);
    const byVol = (change: number): number =>
      revalued({ vol: [{ kind: 'parallel', target: all, change }] }, one).profit;
    if (position.kind === 'option') {
      const vega = (byVol(bump) - byVol(-bump)) / (2 * bump) / 100;
      expect(Math.abs(vega - measures.vegaPerVolPoint)).toBeLessThan(
        1e-3 * Math.max(1, Math.abs(measures.vegaPerVolPoint)),
      );
    }
    // Theta is a limit; a day is long for it. The volatility is held in a flat term structure alone.
    const day = revalued({ daysForward: 1, smileRule }, { ...one, names: book.names.map(flattened) }).profit;
    const flatTheta = measuresOf(position, { ...book, names: book.names.map(flattened) }).thetaPerDay;
    expect(Math.abs(day - flatTheta)).toBeLessThan(0.1 * Math.max(5, Math.abs(flatTheta)) + 2e-5 * scale);
  });
});

test('the difference between an option’s own mark and the smile is kept through a shock', () => {
  const shock = { vol: [{ kind: 'parallel', target: all, change: 0.02 }] } as const;
  const held = option({
    positionId: 'x',
    symbol: 'IDX',
    strike: 5200,
    days: 81,
    optionType: 'call',
    quantity: 1,
  });
  const expiry = named('IDX').expiries.find(({ key }) => key === expiryKey(81))!;
  const own = volAtStrike(expiry, 5200)! + 0.004;
  const [marked, atOwn] = [
    { ...held, vol: own },
    { ...held, vol: own + 0.02 },
  ];
  const after = revalued(shock, holding(marked)).total.value;
  expect(after).toBeCloseTo(measuresOf(atOwn).value, 8);
});

describe('what has no value is listed with its reason and is in no total', () => {
  const held = option({
    positionId: 'x',
    symbol: 'IDX',
    strike: 5000,
    days: 46,
    optionType: 'put',
    quantity: 1,
  });
  const reasonsOf = (position: ScenarioPosition, of: ScenarioBook = book): readonly string[] =>
    valueBook({ ...of, positions: [position] }).notValued.map(({ reason }) => reason);

  test('a name without a market', () => {
    expect(reasonsOf({ ...held, symbol: 'QQQ' })).toEqual([
      'QQQ has no market in this book: no spot, no chain.',
    ]);
  });

  test('an expiry that is not in the market, or has no smile', () => {
    expect(reasonsOf({ ...held, expiryKey: '2027-01-15:X' })).toEqual([
      'IDX has no expiry 2027-01-15:X in the frozen market.',
    ]);
    const names = book.names.map((name) => ({
      ...name,
      expiries: name.expiries.map((expiry) => ({ ...expiry, smile: null, smileReason: 'Too few quotes.' })),
    }));
    expect(reasonsOf(held, { ...book, names })).toEqual(['Too few quotes.']);
    // Its own mark is enough, and moves with the shock.
    const marked = { ...book, names, positions: [{ ...held, vol: 0.2 }] };
    const moved = revalued({ vol: [{ kind: 'parallel', target: all, change: 0.01 }] }, marked);
    expect(moved.notValued).toEqual([]);
    expect(moved.profit).toBeGreaterThan(0);
  });

  test('contracts whose end is due, or whose observations are not whole', () => {
    expect(reasonsOf(forwardStart('x', -90, -2, 'relative', 1))).toEqual([
      'forward start x ended on 2026-02-28: confirm the final level.',
    ]);
    const broken = {
      ...realizedVol('x', 'IDX', -30, 60),
      progress: null,
      progressReason: 'A session is missing.',
    };
    expect(reasonsOf(broken)).toEqual(['A session is missing.']);
  });

  test('and a revaluation keeps it out of profit and base', () => {
    const found = revalued({}, holding({ ...held, symbol: 'QQQ' }, held));
    expect(found.notValued).toHaveLength(1);
    expect(found.profits[0]).toBeNull();
    expect(found.baseValue).toBe(found.total.value);
  });
});

test('totals add up over names, over index and names, and over families', () => {
  const { total, byName, byRole, byFamily } = valueBook(book);
  for (const groups of [byName, byRole, byFamily])
    for (const member of [
      'value',
      'deltaDollar',
      'gammaDollar1Pct',
      'vegaPerVolPoint',
      'thetaPerDay',
    ] as const)
      expect(groups.reduce((sum, group) => sum + group[member], 0)).toBeCloseTo(total[member], 6);
  expect(byRole.map(({ group }) => group).sort()).toEqual(['index', 'names']);
});
