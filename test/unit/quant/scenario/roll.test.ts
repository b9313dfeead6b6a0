import { describe, expect, test } from 'vitest';
import { daysPerYear } from '../../../../shared/dates.ts';
import type { ScenarioBook, ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { shockBook } from '../../../../shared/quant/scenario/shock-book.ts';
import { noShock, shockOf } from '../../../../shared/quant/scenario/shock.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { valueBook } from '../../../../shared/quant/scenario/value-book.ts';
import { asOf, forwardStart, madeBook, option, realizedVol } from '../../../support/scenario-book.ts';

const book = madeBook();
/** The at-the-money volatility, which contracts are valued at, stays. */
const to = (move: number): Pick<Shock, 'spot' | 'smileRule'> => ({
  spot: [{ kind: 'move', target: { kind: 'all' }, move }],
  smileRule: { kind: 'stickyDelta' },
});

function after(position: ScenarioPosition, parts: Partial<Shock>, of: ScenarioBook = book) {
  const shocked = shockBook({ book: { ...of, positions: [position] }, shock: shockOf(parts) });
  if (!shocked.ok) throw new Error(String(shocked.error.detail['reason']));
  const [held] = shocked.value.book.positions;
  return { held: held!, value: valueBook(shocked.value.book).total.value };
}

test('no shock gives the book itself back', () => {
  const shocked = shockBook({ book, shock: noShock });
  expect(shocked.ok && shocked.value.book).toEqual(book);
});

describe('an option whose expiry passes', () => {
  const put = option({
    positionId: 'x',
    symbol: 'IDX',
    strike: 4700,
    days: 18,
    optionType: 'put',
    quantity: -2,
  });

  test('settles in cash at the scenario’s spot', () => {
    const { held, value } = after(put, { ...to(-0.1), daysForward: 18 });
    expect(held).toMatchObject({ kind: 'settled', cash: -200 * (4700 - 4500), shares: 0 });
    expect(value).toBeCloseTo(-40_000, 8);
  });

  test('is alive the day before', () => {
    expect(after(put, { ...to(-0.1), daysForward: 17 }).held.kind).toBe('option');
  });

  test('expires worthless out of the money', () => {
    const { held, value } = after(put, { daysForward: 30 });
    expect(held).toMatchObject({ kind: 'settled', cash: 0, shares: 0 });
    expect(value).toBe(0);
  });

  test('delivers shares against the strike where delivery is physical', () => {
    const call = option({
      positionId: 'x',
      symbol: 'AAA',
      strike: 170,
      days: 18,
      optionType: 'call',
      quantity: -4,
    });
    const { held, value } = after(call, { ...to(0.1), daysForward: 20 });
    expect(held).toMatchObject({ cash: 400 * 170, shares: -400 });
    expect(value).toBeCloseTo(-400 * (198 - 170), 8);
  });
});

describe('a forward-start contract', () => {
  const held = forwardStart('x', 20, 60, 'relative', 1);

  test('is fixed at the scenario’s spot once its first date passes', () => {
    expect(after(held, { ...to(-0.08), daysForward: 20 }).held).toMatchObject({ fixedStrike: 4600 });
    expect(after(held, { ...to(-0.08), daysForward: 19 }).held).toMatchObject({ fixedStrike: null });
  });

  test('settles against the strike it had once its second date passes', () => {
    const fixed = { ...held, firstReferenceDate: '2026-02-20', fixedStrike: 5000 };
    const { held: done, value } = after(fixed, { ...to(-0.08), daysForward: 60 });
    expect(done.kind).toBe('settled');
    expect(value).toBeCloseTo(3e6 * (400 / 5000), 6);
  });

  test('fixed and settled on the way at one level pays nothing at the money', () => {
    expect(after(held, { ...to(-0.08), daysForward: 60 }).value).toBe(0);
  });
});

describe('a realized-volatility contract', () => {
  const held = realizedVol('x', 'IDX', -30, 60);
  const { observationsDone: done, observationsExpected: expected } = held.progress!;
  const size = -2 * 100_000 * 3;

  test('counts the sessions that pass, at the realized volatility assumed', () => {
    const flat = { daysForward: 14, realized: { move: 'jump', vol: 0.3 } } as const;
    const { held: later } = after(held, flat);
    if (later.kind !== 'realized-vol') throw new Error('not live');
    const passed = later.progress!.observationsDone - done;
    expect(passed).toBe(10);
    expect(later.sessionsLeft).toHaveLength(expected - done - passed);
    const variance = (done * 0.15 ** 2 + passed * 0.3 ** 2) / (done + passed);
    expect(later.progress!.realizedVol).toBeCloseTo(Math.sqrt(variance), 12);
  });

  test('takes a jump of the spot as part of one observation, today or once a session passes', () => {
    const jump = (252 * Math.log(0.9) ** 2) / expected;
    const before = after(held, {}).value / size;
    expect((after(held, to(-0.1)).value / size) ** 2).toBeCloseTo(before ** 2 + jump, 12);
    const passing = { ...to(0), daysForward: 7, realized: { move: 'jump', vol: 0.2 } } as const;
    const [still, moved] = [after(held, passing), after(held, { ...passing, ...to(-0.1) })].map(
      ({ value }) => (value / size) ** 2,
    );
    expect(moved! - still!).toBeCloseTo(jump, 10);
  });

  test('spreads a move over the sessions that pass, or ignores it', () => {
    const sessions = 10;
    const variance = (move: 'spread' | 'ignored', moved: boolean): number =>
      (after(held, { daysForward: 14, realized: { move, vol: 0.2 }, ...to(moved ? -0.1 : 0) }).value /
        size) **
      2;
    const each = Math.log(0.9) / sessions;
    expect(variance('spread', true) - variance('spread', false)).toBeCloseTo(
      (252 * sessions * each * each) / expected,
      10,
    );
    expect(variance('ignored', true)).toBeCloseTo(variance('ignored', false), 12);
  });

  test('that has not begun does not see a jump of today', () => {
    const later = realizedVol('x', 'IDX', 40, 130);
    expect(after(later, to(-0.1)).value).toBeCloseTo(after(later, {}).value, 8);
  });

  test('settles at its last observation, to the tick', () => {
    const { held: settled, value } = after(held, { daysForward: 60, realized: { move: 'jump', vol: 0.25 } });
    const vol = Math.sqrt((done * 0.15 ** 2 + (expected - done) * 0.25 ** 2) / expected);
    expect(settled.kind).toBe('settled');
    expect(value / size).toBeCloseTo(Math.round(vol / 0.0001) * 0.0001, 12);
  });

  test('realizing what is implied leaves the expected variance where it was', () => {
    const flat = {
      ...book,
      names: book.names.map((name) => ({ ...name, expiries: name.expiries.slice(3) })),
    };
    expect(after(held, { daysForward: 20 }, flat).value / size).toBeCloseTo(
      after(held, {}, flat).value / size,
      3,
    );
  });
});

test('a stock receives the dividends whose ex-date passes, changed as the shock says', () => {
  const stock = book.positions[0]!;
  const paid = (180 / 200) * 400;
  expect(after(stock, { daysForward: 29 }).held).toMatchObject({ dividendsReceived: 0 });
  expect(after(stock, { daysForward: 30 }).held).toMatchObject({ dividendsReceived: paid });
  expect(after(stock, { daysForward: 30, dividendChange: -0.5 }).held).toMatchObject({
    dividendsReceived: paid / 2,
  });
});

test('a future settles at the spot, and before that follows its forward', () => {
  const future = book.positions.find(({ kind }) => kind === 'future')!;
  expect(after(future, { ...to(0.02), daysForward: 46 }).value).toBeCloseTo(-50 * (5100 - 5010), 8);
  const forward = 5000 * Math.exp((0.02 * 36) / daysPerYear);
  expect(after(future, { daysForward: 10 }).value).toBeCloseTo(-50 * (forward - 5010), 6);
});

test('days are calendar days', () => {
  const shocked = shockBook({ book, shock: shockOf({ daysForward: 31 }) });
  expect(asOf).toBe('2026-03-02');
  expect(shocked.ok && shocked.value.book.asOf).toBe('2026-04-02');
});
