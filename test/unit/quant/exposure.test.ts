import { describe, expect, test } from 'vitest';
import { blackGreeks } from '../../../shared/quant/european/black.ts';
import {
  forwardStartItem,
  listedOptionItem,
  termAdjustedVega,
  varianceNotional,
  volContractItem,
} from '../../../shared/quant/contracts/exposure-items.ts';
import { bookExposure, vegaBySlice } from '../../../shared/quant/contracts/exposure.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';
import { hedgeNumbers, straddleOfPeriod } from '../../../shared/quant/contracts/hedge-numbers.ts';
import type { HedgeContract } from '../../../shared/quant/contracts/hedge-numbers.ts';
import { cutIntoSlices, priceSlices } from '../../../shared/quant/contracts/slices.ts';
import type { PricedSlice } from '../../../shared/quant/contracts/slices.ts';
import { markVolContract } from '../../../shared/quant/contracts/vol-contract.ts';

const asOf = '2026-01-01';
/** A term structure that rises: 20 % at once, a little more each year. */
const volAt = (time: number): number => 0.2 + 0.02 * time;

const slicesOf = (
  periods: readonly { readonly start: string; readonly end: string }[],
  horizon?: string,
): readonly PricedSlice[] => priceSlices({ slices: cutIntoSlices({ asOf, periods, horizon }), volAt });

const quarters = [
  { start: '2025-10-01', end: '2026-04-01' },
  { start: '2026-04-01', end: '2026-07-01' },
  { start: '2026-07-01', end: '2026-10-01' },
];

describe('cutIntoSlices', () => {
  test('cuts at the reference dates ahead, with gaps and overlaps named', () => {
    const slices = cutIntoSlices({
      asOf,
      periods: [
        { start: '2025-06-01', end: '2025-12-01' },
        { start: '2025-12-01', end: '2026-03-01' },
        { start: '2026-02-01', end: '2026-05-01' },
        { start: '2026-08-01', end: '2026-11-01' },
      ],
      horizon: '2027-01-01',
    });
    expect(slices.map(({ start, end, kind }) => `${start} ${end} ${kind}`)).toEqual([
      '2026-01-01 2026-02-01 slice',
      '2026-02-01 2026-03-01 overlap',
      '2026-03-01 2026-05-01 slice',
      '2026-05-01 2026-08-01 gap',
      '2026-08-01 2026-11-01 slice',
      '2026-11-01 2027-01-01 gap',
    ]);
    expect(slices[1]).toMatchObject({ startTime: 31 / 365, endTime: 59 / 365 });
  });

  test('counts two contracts of one period once, and is empty where nothing lies ahead', () => {
    const twice = cutIntoSlices({ asOf, periods: [quarters[1]!, quarters[1]!] });
    expect(twice.map(({ kind }) => kind)).toEqual(['gap', 'slice']);
    expect(cutIntoSlices({ asOf, periods: [{ start: '2025-01-01', end: '2026-01-01' }] })).toEqual([]);
  });
});

describe('priceSlices', () => {
  test('gives forward volatilities that add up to the whole variance', () => {
    const slices = slicesOf(quarters);
    const last = slices.at(-1)!.endTime;
    const variance = slices.reduce((sum, s) => sum + s.forwardVol! ** 2 * (s.endTime - s.startTime), 0);
    expect(variance).toBeCloseTo(volAt(last) ** 2 * last, 14);
  });

  test('says which slice has no volatility, or a negative variance', () => {
    const slices = cutIntoSlices({ asOf, periods: quarters });
    const short = priceSlices({ slices, volAt: (time) => (time > 0.6 ? null : 0.2) });
    expect(short.map(({ reason }) => reason?.code ?? null)).toEqual([null, null, 'missing-vols']);
    expect(short[2]?.reason?.detail).toEqual({ term: 273, asOf });
    const falling = priceSlices({ slices, volAt: (time) => (time < 0.3 ? 0.4 : 0.2) });
    expect(falling[1]?.reason?.code).toBe('negative-forward-variance');
  });
});

describe('vegaBySlice', () => {
  const time = 0.6;
  const price = (slices: readonly PricedSlice[]): number => {
    const variance = slices.reduce((sum, { startTime, endTime, forwardVol }) => {
      return sum + forwardVol! ** 2 * Math.max(0, Math.min(endTime, time) - startTime);
    }, 0);
    const vol = Math.sqrt(variance / time);
    return blackGreeks({ optionType: 'call', forward: 100, strike: 105, timeToExpiry: time, vol }).price;
  };
  const bumped = (slices: readonly PricedSlice[], j: number, by: number): readonly PricedSlice[] =>
    slices.map((slice, i) => (i === j ? { ...slice, forwardVol: slice.forwardVol! + by } : slice));

  test('is what bumping each slice’s volatility does to an option that ends inside a slice', () => {
    const slices = slicesOf(quarters);
    const variance = slices.reduce((sum, { startTime, endTime, forwardVol }) => {
      return sum + forwardVol! ** 2 * Math.max(0, Math.min(endTime, time) - startTime);
    }, 0);
    const vol = Math.sqrt(variance / time);
    const { vegaPerVol } = blackGreeks({
      optionType: 'call',
      forward: 100,
      strike: 105,
      timeToExpiry: time,
      vol,
    });
    const { vegas } = vegaBySlice(slices, { startTime: 0, endTime: time, vegaPerVol });
    for (const [j, vega] of vegas.entries()) {
      const slope = (price(bumped(slices, j, 1e-5)) - price(bumped(slices, j, -1e-5))) / 2e-5;
      expect(vega).toBeCloseTo(slope, 6);
    }
    expect(vegas.every((vega) => vega > 0)).toBe(true);
  });

  test('falls back to time where a volatility is missing, and says so', () => {
    const slices = slicesOf(quarters).map((slice, j) => (j === 1 ? { ...slice, forwardVol: null } : slice));
    const end = slices[1]!.endTime;
    const { vegas, spreadByTime } = vegaBySlice(slices, { startTime: 0, endTime: end, vegaPerVol: 10 });
    expect(spreadByTime).toBe(true);
    expect(vegas[0]! + vegas[1]!).toBeCloseTo(10, 12);
    expect(vegas[0]).toBeCloseTo((10 * slices[0]!.endTime) / end, 12);
  });
});

describe('bookExposure', () => {
  const slices = slicesOf(quarters);
  const [near, second] = [slices[0]!, slices[1]!];
  const relative = { optionType: 'call', family: 'relative', power: 1 } as const;
  const live = priceAfterFixing({
    payoff: relative,
    market: { fixedStrike: 98, forward: 101, timeToEnd: near.endTime, vol: near.forwardVol! },
  });
  const ahead = priceBeforeFixing({
    payoff: relative,
    market: { timeToStart: second.startTime, timeToEnd: second.endTime, vol: second.forwardVol! },
  });
  if (!live.ok || !ahead.ok) throw new Error('priced');
  const liveItem = forwardStartItem({
    contractId: 'live',
    price: live.value,
    scale: 1e6,
    forward: 101,
    timeToStart: 0,
    timeToEnd: near.endTime,
  });
  const aheadItem = forwardStartItem({
    contractId: 'ahead',
    price: ahead.value,
    scale: -2e6,
    forward: 101,
    timeToStart: second.startTime,
    timeToEnd: second.endTime,
  });
  const expiry = 0.6;
  const greeks = blackGreeks({
    optionType: 'put',
    forward: 101,
    strike: 95,
    timeToExpiry: expiry,
    vol: volAt(expiry),
  });
  const option = listedOptionItem({
    contractId: 'put',
    vegaPerVol: greeks.vegaPerVol,
    gammaSpot: greeks.gammaForward,
    spot: 101,
    scale: 500,
    timeToExpiry: expiry,
  });

  test('puts a relative contract ahead into its own slice alone, without gamma', () => {
    const book = bookExposure({ slices, items: [aheadItem] });
    expect(book.slices.map(({ vegaPerVolPoint }) => vegaPerVolPoint === 0)).toEqual([true, false, true]);
    expect(book.slices[1]?.vegaPerVolPoint).toBeCloseTo(-2e4 * ahead.value.vegaPerVol, 9);
    expect(book.totals.gammaDollar1Pct).toBe(0);
    expect(book.nearTerm).toEqual([]);
  });

  test('keeps the near-term relation for a live contract and, on matching volatilities, for a listed option', () => {
    // The option's own volatility is that of the slices together.
    const variance = slices.reduce(
      (sum, s) => sum + s.forwardVol! ** 2 * Math.max(0, Math.min(s.endTime, expiry) - s.startTime),
      0,
    );
    const vol = Math.sqrt(variance / expiry);
    const matched = blackGreeks({ optionType: 'put', forward: 101, strike: 95, timeToExpiry: expiry, vol });
    const matchedItem = listedOptionItem({
      contractId: 'put',
      vegaPerVol: matched.vegaPerVol,
      gammaSpot: matched.gammaForward,
      spot: 101,
      scale: 500,
      timeToExpiry: expiry,
    });
    const book = bookExposure({ slices, items: [liveItem, matchedItem] });
    expect(book.nearTerm.map(({ contractId }) => contractId)).toEqual(['live', 'put']);
    for (const row of book.nearTerm) {
      expect(row.nearTermVegaPerVolPoint).toBeGreaterThan(1);
      expect(Math.abs(row.difference)).toBeLessThan(1e-10 * row.nearTermVegaPerVolPoint);
    }
  });

  test('keeps it for a realized-volatility contract inside its period as well', () => {
    const progress = { observationsDone: 20, observationsExpected: 83, realizedVol: 0.25 };
    const mark = markVolContract({ progress, remainingVol: near.forwardVol! });
    const item = volContractItem({
      contractId: 'Q',
      mark,
      progress,
      scale: 3e5,
      timeToStart: 0,
      timeToEnd: near.endTime,
      begun: true,
    });
    const [row] = bookExposure({ slices, items: [item] }).nearTerm;
    expect(row?.nearTermVegaPerVolPoint).toBeGreaterThan(1000);
    expect(Math.abs(row?.difference ?? 1)).toBeLessThan(1e-9);
  });

  test('adds positions up, slice by slice', () => {
    const book = bookExposure({ slices, items: [liveItem, aheadItem, option] });
    const rows = book.slices.flatMap(({ byContract }) => byContract);
    const sum = rows.reduce((total, row) => total + row.vegaPerVolPoint, 0);
    expect(book.totals.vegaPerVolPoint).toBeCloseTo(sum, 8);
    expect(book.slices[0]?.gammaDollar1Pct).toBeCloseTo(
      (1e6 * live.value.gammaForward + 500 * greeks.gammaForward) * 101 ** 2 * 0.01,
      6,
    );
  });

  test('evens out the term structure by √(term/T), and converts to a variance swap’s notional', () => {
    expect(termAdjustedVega(100, 0.5, 0.125)).toBe(50);
    expect(termAdjustedVega(100, 0, 0.125)).toBe(0);
    expect(varianceNotional(1e6, 0.25)).toBe(2e6);
    expect(varianceNotional(1e6, 0)).toBeNull();
  });
});

describe('hedgeNumbers', () => {
  const slices = slicesOf(quarters);
  const contracts = slices.map((slice, j): HedgeContract => {
    const made = straddleOfPeriod({
      contract: `S${j}`,
      startTime: slice.startTime,
      endTime: slice.endTime,
      vol: slice.forwardVol!,
      amount: 1e5,
    });
    if (!made.ok) throw new Error('straddle');
    return made.value;
  });
  const time = slices.at(-1)!.endTime;
  const variance = slices.reduce((sum, s) => sum + s.forwardVol! ** 2 * (s.endTime - s.startTime), 0);
  const greeks = blackGreeks({
    optionType: 'call',
    forward: 4000,
    strike: 4100,
    timeToExpiry: time,
    vol: Math.sqrt(variance / time),
  });
  const exposure = bookExposure({
    slices,
    items: [
      listedOptionItem({
        contractId: 'call',
        vegaPerVol: greeks.vegaPerVol,
        gammaSpot: greeks.gammaForward,
        spot: 4000,
        scale: 1000,
        timeToExpiry: time,
      }),
    ],
  });

  test('flatten every slice, and in the near term gamma by the same number as vega', () => {
    const solved = hedgeNumbers({ slices, exposure, contracts });
    if (!solved.ok) throw new Error('solved');
    const { numbers, leftVegaPerVolPoint } = solved.value;
    numbers.forEach(({ byVega }, j) => {
      const left = exposure.slices[j]!.vegaPerVolPoint + byVega * contracts[j]!.vegaPerVolPoint;
      expect(Math.abs(left)).toBeLessThan(1e-9);
    });
    expect(numbers[0]?.byGamma).toBeCloseTo(numbers[0]!.byVega, 8);
    expect(numbers.slice(1).map(({ byGamma }) => byGamma)).toEqual([null, null]);
    for (const [j, left] of leftVegaPerVolPoint.entries()) {
      expect(numbers[j]?.whole).toBe(Math.round(numbers[j]!.byVega));
      expect(Math.abs(left)).toBeLessThanOrEqual(0.5 * contracts[j]!.vegaPerVolPoint + 1e-9);
    }
  });

  test('reach a chosen profile with contracts that span more than one slice', () => {
    const long = straddleOfPeriod({
      contract: 'L',
      startTime: slices[1]!.startTime,
      endTime: slices[2]!.endTime,
      vol: Math.sqrt(
        (slices[1]!.forwardVol! ** 2 * (slices[1]!.endTime - slices[1]!.startTime) +
          slices[2]!.forwardVol! ** 2 * (slices[2]!.endTime - slices[2]!.startTime)) /
          (slices[2]!.endTime - slices[1]!.startTime),
      ),
      amount: 1e5,
    });
    if (!long.ok) throw new Error('straddle');
    const target = [100, -50, 25];
    const solved = hedgeNumbers({
      slices,
      exposure,
      contracts: [contracts[0]!, contracts[1]!, long.value],
      targetVegaPerVolPoint: target,
    });
    if (!solved.ok) throw new Error('solved');
    const used = [contracts[0]!, contracts[1]!, long.value];
    slices.forEach((_, j) => {
      const reached = used.reduce((sum, contract, i) => {
        const { vegas } = vegaBySlice(slices, { ...contract, vegaPerVol: contract.vegaPerVolPoint });
        return sum + solved.value.numbers[i]!.byVega * vegas[j]!;
      }, exposure.slices[j]!.vegaPerVolPoint);
      expect(reached).toBeCloseTo(target[j]!, 8);
    });
  });

  test('refuse contracts that act alike, and none at all', () => {
    const twice = hedgeNumbers({ slices, exposure, contracts: [contracts[0]!, contracts[0]!] });
    expect(twice.ok ? '' : twice.error.detail['reason']).toMatch(/act on the same slices/);
    expect(hedgeNumbers({ slices, exposure, contracts: [] }).ok).toBe(false);
  });
});
