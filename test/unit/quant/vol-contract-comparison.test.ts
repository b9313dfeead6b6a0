import { describe, expect, test } from 'vitest';
import { compareEstimators } from '../../../shared/quant/contracts/vol-contract-comparison.ts';
import type { SessionPrice } from '../../../shared/quant/contracts/vol-contract-observations.ts';

const sessions = Array.from({ length: 25 }, (_, i) => `2026-05-${String(i + 1).padStart(2, '0')}`);
const bars = new Map<string, SessionPrice>(
  sessions.map((date, i) => {
    const open = 100 * Math.exp(0.004 * Math.sin(i));
    const close = open * Math.exp(0.006 * Math.cos(2.3 * i));
    return [date, { open, close, high: Math.max(open, close) * 1.003, low: Math.min(open, close) * 0.996 }];
  }),
);
const contract = {
  terms: { estimator: 'zeroMean', returns: 'log', periodsPerYear: 252 } as const,
  size: { multiplier: 100_000, months: 3, tick: 0.0001 },
  quantity: -2,
  sessions,
  asOf: '2026-05-25',
};

describe('compareEstimators', () => {
  test('sets each formula against the one agreed, in ticks and money', () => {
    const rows = compareEstimators({ ...contract, prices: bars });
    expect(rows.map(({ estimator }) => estimator)).toEqual([
      'zeroMean',
      'sampleMean',
      'highLow',
      'parkinson',
      'garmanKlass',
      'rogersSatchell',
    ]);
    const by = new Map(rows.map((row) => [row.estimator, row]));
    expect(by.get('zeroMean')).toMatchObject({ differenceTicks: 0, failure: null });
    expect((by.get('highLow')?.vol ?? 0) / (by.get('parkinson')?.vol ?? 1)).toBeCloseTo(
      Math.sqrt(4 * Math.LN2),
      12,
    );
    const [agreed, range] = [by.get('zeroMean')!, by.get('parkinson')!];
    const ticks = Math.round((range.vol! - agreed.vol!) / 0.0001);
    expect(Math.abs(range.differenceTicks! - ticks)).toBeLessThanOrEqual(1);
    expect(range.difference).toBe(-2 * 30 * range.differenceTicks!);
  });

  test('names the session whose range is not there', () => {
    const prices = new Map(bars);
    prices.set('2026-05-09', { close: bars.get('2026-05-09')!.close });
    const rows = compareEstimators({ ...contract, prices });
    const park = rows.find(({ estimator }) => estimator === 'parkinson');
    expect(park).toMatchObject({ vol: null, differenceTicks: null });
    expect(park?.failure).toEqual({ code: 'missing-session', detail: { date: '2026-05-09' } });
    expect(rows.find(({ estimator }) => estimator === 'sampleMean')?.vol).not.toBeNull();
  });
});
