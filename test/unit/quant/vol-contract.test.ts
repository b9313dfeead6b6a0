import { describe, expect, test } from 'vitest';
import { realizedVolFromMarks, rootMeanSquare } from '../../../shared/quant/history/realized-vol.ts';
import {
  breakEvenRemainingVol,
  contractValue,
  markVolContract,
  roundToTick,
  volContractProfit,
} from '../../../shared/quant/contracts/vol-contract.ts';
import {
  observeVolContract,
  settlementVol,
} from '../../../shared/quant/contracts/vol-contract-observations.ts';
import type {
  ContractEstimator,
  SessionPrice,
} from '../../../shared/quant/contracts/vol-contract-observations.ts';

describe('contractValue', () => {
  test('gives the published values of monthly, quarterly and annual contracts', () => {
    const financial = { multiplier: 100_000, tick: 0.0001 };
    const farm = { multiplier: 10_000, tick: 0.0005 };
    expect(contractValue({ ...financial, vol: 0.1122, months: 3 })).toEqual({ value: 33_660, tickValue: 30 });
    expect(contractValue({ ...financial, vol: 0.1122, months: 1 })).toEqual({ value: 11_220, tickValue: 10 });
    expect(contractValue({ ...farm, vol: 0.2, months: 1 }).tickValue).toBe(5);
    expect(contractValue({ ...farm, vol: 0.2, months: 3 }).tickValue).toBe(15);
    expect(contractValue({ ...farm, tick: 0.0001, vol: 0.2, months: 12 }).tickValue).toBe(12);
  });

  test('counts profit in money and in ticks', () => {
    const sold = {
      multiplier: 100_000,
      months: 3,
      tick: 0.0001,
      quantity: -2,
      tradeVol: 0.1122,
      vol: 0.1135,
    };
    expect(volContractProfit(sold)).toEqual({ profit: -780, profitTicks: -26 });
  });
});

describe('markVolContract', () => {
  test('combines 10 % done and 15 % to come into 12.75 %, not 12.5 %', () => {
    const progress = { observationsDone: 45, observationsExpected: 90, realizedVol: 0.1 };
    const mark = markVolContract({ progress, remainingVol: 0.15 });
    expect(mark.fairVol).toBeCloseTo(0.12747548783981963, 15);
    expect(mark.lockedInVariance).toBeCloseTo(0.005, 15);
    expect(mark.floorVol).toBeCloseTo(Math.sqrt(0.005), 15);
    expect(mark.convexityAdjustment).toBe(0);
    const strip = rootMeanSquare({
      parts: [
        { vol: 0.1, weight: 1 },
        { vol: 0.15, weight: 1 },
      ],
    });
    expect(strip.ok && strip.value).toBeCloseTo(mark.fairVol, 15);
  });

  test('is the forward volatility before the period and the realized one at its end', () => {
    const before = { observationsDone: 0, observationsExpected: 63, realizedVol: 0 };
    expect(markVolContract({ progress: before, remainingVol: 0.22 })).toMatchObject({
      fairVol: 0.22,
      perRemainingVol: 1,
    });
    const after = { observationsDone: 63, observationsExpected: 63, realizedVol: 0.18 };
    const mark = markVolContract({ progress: after, remainingVol: 0.5, convexity: 'secondOrder' });
    expect(mark).toMatchObject({ fairVol: 0.18, perRemainingVol: 0, convexityAdjustment: 0 });
  });

  test('has the slope to the remaining volatility that a difference gives', () => {
    const progress = { observationsDone: 20, observationsExpected: 63, realizedVol: 0.3 };
    const at = (remainingVol: number): number => markVolContract({ progress, remainingVol }).fairVol;
    const slope = (at(0.20001) - at(0.19999)) / 2e-5;
    expect(markVolContract({ progress, remainingVol: 0.2 }).perRemainingVol).toBeCloseTo(slope, 9);
  });

  test('takes off the convexity that finitely many normal returns have: E√(χ²/n) ≈ 1 − 1/(4n)', () => {
    const progress = { observationsDone: 0, observationsExpected: 63, realizedVol: 0 };
    const mark = markVolContract({ progress, remainingVol: 0.2, convexity: 'secondOrder' });
    expect(mark.fairVol).toBeCloseTo(0.2 * (1 - 1 / 252), 12);
    // Γ(32)/Γ(31.5)·√(2/63), mpmath
    expect(mark.fairVol).toBeCloseTo(0.2 * 0.99603977507240815, 5);
    const uncertain = markVolContract({
      progress,
      remainingVol: 0.2,
      convexity: 'secondOrder',
      volUncertainty: 0.2,
    });
    expect(uncertain.fairVol).toBeLessThan(mark.fairVol);
  });
});

describe('breakEvenRemainingVol', () => {
  const progress = { observationsDone: 21, observationsExpected: 63, realizedVol: 0.1 };
  test('is undone by marking with it', () => {
    const rest = breakEvenRemainingVol({ progress, settlementVol: 0.1122 });
    expect(markVolContract({ progress, remainingVol: rest ?? Number.NaN }).fairVol).toBeCloseTo(0.1122, 15);
  });
  test('is none where the part done is above the level already, or nothing is left', () => {
    const wild = { ...progress, realizedVol: 0.5 };
    expect(breakEvenRemainingVol({ progress: wild, settlementVol: 0.1122 })).toBeNull();
    expect(
      breakEvenRemainingVol({ progress: { ...progress, observationsDone: 63 }, settlementVol: 0.2 }),
    ).toBeNull();
  });
});

describe('observeVolContract', () => {
  const sessions = Array.from({ length: 31 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);
  const closes = new Map<string, SessionPrice>(
    sessions.map((date, i) => [date, { close: 100 * 1.01 ** (i % 2) }]),
  );
  const terms = { estimator: 'zeroMean', returns: 'log', periodsPerYear: 252 } as const;

  test('runs from the base session’s close: ±1 % every day is 15.80 %', () => {
    const table = observeVolContract({ terms, sessions, prices: closes, asOf: '2026-03-31' });
    expect(table).toMatchObject({ observationsDone: 30, observationsExpected: 30, warnings: [] });
    expect(table.rows[0]).toMatchObject({ mark: 100, return: null, squared: null, runningVol: null });
    expect(table.rows[1]?.return).toBeCloseTo(Math.log(1.01), 15);
    expect(table.rows[30]?.runningVol).toBeCloseTo(0.157957, 6);
    expect(settlementVol(table, 0.0001)).toEqual({ ok: true, value: 0.158 });
  });

  test('tells sessions still to come from sessions missing, and settles with neither', () => {
    const inside = observeVolContract({ terms, sessions, prices: closes, asOf: '2026-03-11' });
    expect(inside).toMatchObject({ observationsDone: 10, observationsExpected: 30 });
    expect(inside.rows.at(-1)?.status).toBe('expected');
    const early = settlementVol(inside, 0.0001);
    expect(early.ok ? '' : early.error).toMatchObject({ code: 'invalid-input' });

    const holed = new Map(closes);
    holed.delete('2026-03-05');
    const table = observeVolContract({ terms, sessions, prices: holed, asOf: '2026-03-31' });
    expect(table.realized).toEqual({
      ok: false,
      error: { code: 'missing-session', detail: { date: '2026-03-05' } },
    });
    expect(table.rows[4]?.status).toBe('missing');
    expect(table.rows[5]).toMatchObject({ status: 'ok', return: null, runningVol: null });
    expect(table.warnings).toEqual(['1 session has no price.']);
    expect(settlementVol(table, 0.0001)).toEqual(table.realized);
  });

  test('warns of fewer than 20 observations', () => {
    const table = observeVolContract({
      terms,
      sessions: sessions.slice(0, 20),
      prices: closes,
      asOf: '2026-03-31',
    });
    expect(table.warnings).toEqual(['Only 19 observations in the period: fewer than 20 say little.']);
  });

  test('offers every estimator of the terms, and misses a bar without its range', () => {
    const bars = new Map<string, SessionPrice>(
      sessions.map((date, i) => {
        const open = 100 + (i % 5);
        return [
          date,
          { open, high: open * 1.012, low: open * 0.991, close: open * (i % 2 === 0 ? 1.004 : 0.996) },
        ];
      }),
    );
    const estimators: readonly ContractEstimator[] = [
      'zeroMean',
      'sampleMean',
      'highLow',
      'parkinson',
      'garmanKlass',
      'rogersSatchell',
      'yangZhang',
    ];
    for (const estimator of estimators) {
      const all = observeVolContract({
        terms: { ...terms, estimator },
        sessions,
        prices: bars,
        asOf: '2026-03-31',
      });
      expect(all.realized.ok && all.realized.value?.observations, estimator).toBe(30);
      const squares = all.rows.flatMap(({ squared }) => (squared === null ? [] : [squared]));
      const vol = all.realized.ok ? (all.realized.value?.vol ?? 0) : 0;
      if (estimator === 'yangZhang') expect(squares).toEqual([]);
      else if (estimator !== 'sampleMean')
        expect(Math.sqrt((252 * squares.reduce((a, b) => a + b, 0)) / 30)).toBeCloseTo(vol, 13);
    }
    const table = observeVolContract({
      terms: { ...terms, estimator: 'highLow' },
      sessions,
      prices: closes,
      asOf: '2026-03-31',
    });
    expect(table.rows[1]?.status).toBe('missing');
  });

  test('shows a month up and a month down: nothing by sample mean, almost 16 % by zero mean', () => {
    const up = Array.from({ length: 22 }, (_, i) => 100 * 1.01 ** i);
    const both = [...up, ...up.slice(0, -1).reverse()];
    const sample = realizedVolFromMarks({ estimator: 'sampleMean', marks: up });
    const zero = realizedVolFromMarks({ estimator: 'zeroMean', marks: both });
    expect(sample.ok && sample.value.vol).toBeCloseTo(0, 12);
    expect(zero.ok && zero.value.vol).toBeCloseTo(0.157957, 6);
  });
});

describe('roundToTick', () => {
  test('rounds to the nearest tick, halves up', () => {
    expect(roundToTick(0.157957, 0.0001)).toBe(0.158);
    expect(roundToTick(0.11225, 0.0001)).toBe(0.1123);
    expect(roundToTick(0.123456, 0)).toBe(0.123456);
  });
});
