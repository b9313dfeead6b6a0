import { describe, expect, test } from 'vitest';
import { addDays, yearsBetween } from '../../../shared/dates.ts';
import { vegaFactor } from '../../../shared/quant/contracts/adjusted-vega.ts';
import { agedTerm, type TermCurves } from '../../../shared/quant/contracts/aged-term.ts';
import { calendarPeriods } from '../../../shared/quant/contracts/calendar-periods.ts';
import { pairedSpread } from '../../../shared/quant/contracts/proxy-basis.ts';

describe('vegaFactor', () => {
  const slice = (from: number, to: number) => ({ startTime: from / 365, endTime: to / 365 });

  test('is the root of the term over the time to the middle of the slice', () => {
    expect(vegaFactor({ kind: 'root-time', termDays: 30 }, slice(0, 60))).toBeCloseTo(1, 15);
    expect(vegaFactor({ kind: 'root-time', termDays: 30 }, slice(90, 150))).toBeCloseTo(0.5, 15);
    expect(vegaFactor({ kind: 'raw' }, slice(90, 150))).toBe(1);
  });

  test('counts nothing nearer than a day', () => {
    const factor = vegaFactor({ kind: 'root-time', termDays: 30 }, { startTime: 0, endTime: 1e-9 });
    expect(factor).toBeCloseTo(Math.sqrt(30), 12);
  });

  test('reads a curve by hand straight between its points and flat outside, in any order', () => {
    const rule = {
      kind: 'curve',
      points: [
        { days: 120, factor: 0.5 },
        { days: 30, factor: 1 },
      ],
    } as const;
    expect(vegaFactor(rule, slice(10, 20))).toBe(1);
    expect(vegaFactor(rule, slice(70, 80))).toBeCloseTo(0.75, 12);
    expect(vegaFactor(rule, slice(300, 400))).toBe(0.5);
  });
});

describe('agedTerm', () => {
  const curves: TermCurves = {
    volAt: (time) => 0.3 - 0.1 * Math.exp(-time),
    forwardAt: (time) => 100 * Math.exp(0.03 * time),
    discountAt: (time) => Math.exp(-0.05 * time),
  };

  test('keeps the variance, the forward and the discount factor between two dates', () => {
    const aged = agedTerm(curves, 0.4);
    const total = (one: TermCurves, time: number) => (one.volAt(time) ?? 0) ** 2 * time;
    const [own, was] = [total(aged, 0.5), total(curves, 0.9) - total(curves, 0.4)];
    expect(own).toBeCloseTo(was, 14);
    expect(aged.forwardAt(0.5)).toBe(curves.forwardAt(0.9));
    expect(aged.discountAt(0.5)).toBeCloseTo(Math.exp(-0.025), 14);
    expect(agedTerm(curves, 0)).toBe(curves);
  });

  test('has no volatility where variance falls after the day', () => {
    const falling: TermCurves = { ...curves, volAt: (time) => (time > 0.5 ? 0.1 : 0.4) };
    expect(agedTerm(falling, 0.5).volAt(0.1)).toBeNull();
  });
});

describe('calendarPeriods', () => {
  test('begins on the day and is contiguous to the end of the month or quarter that holds the last', () => {
    const months = calendarPeriods('2026-11-20', '2027-01-15', 'months');
    expect(months.map(({ start, end }) => `${start}/${end}`)).toEqual([
      '2026-11-20/2026-12-01',
      '2026-12-01/2027-01-01',
      '2027-01-01/2027-02-01',
    ]);
    const quarters = calendarPeriods('2026-11-20', '2027-04-02', 'quarters');
    expect(quarters.map(({ end }) => end)).toEqual(['2027-01-01', '2027-04-01', '2027-07-01']);
    expect(calendarPeriods('2026-11-20', '2026-11-20', 'months')).toEqual([]);
  });

  test('covers every day once over years', () => {
    const periods = calendarPeriods('2024-02-29', '2031-01-01', 'quarters');
    for (const [at, { start, end }] of periods.entries()) {
      expect(yearsBetween(start, end)).toBeGreaterThan(0);
      if (at > 0) expect(start).toBe(periods[at - 1]!.end);
      expect(addDays(end, -1) >= start).toBe(true);
    }
  });
});

describe('pairedSpread', () => {
  test('gives mean and deviation of the spread and the correlation of changes', () => {
    const own = [0.2, 0.21, 0.19, 0.22, 0.2];
    const together = pairedSpread(own.map((vol) => ({ own: vol, proxy: vol + 0.01 })));
    expect(together?.mean).toBeCloseTo(0.01, 15);
    expect(together?.standardDeviation).toBeCloseTo(0, 12);
    expect(together?.correlation).toBeCloseTo(1, 12);
    const against = pairedSpread(own.map((vol) => ({ own: vol, proxy: 0.4 - vol })));
    expect(against?.correlation).toBeCloseTo(-1, 12);
  });

  test('says nothing of two days, and has no correlation where nothing moves', () => {
    expect(pairedSpread([{ own: 0.2, proxy: 0.2 }])).toBeNull();
    const still = pairedSpread([0.2, 0.2, 0.2].map((own) => ({ own, proxy: 0.21 })));
    expect(still).toMatchObject({ standardDeviation: 0, correlation: null });
  });
});
