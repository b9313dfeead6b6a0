import { describe, expect, it } from 'vitest';
import { ivIndex } from '../../../shared/quant/surface/iv-index.ts';
import type { IndexExpiry } from '../../../shared/quant/surface/iv-index.ts';

const expiry = (
  days: number,
  vol: number,
  strikes: readonly number[] = [90, 95, 100, 105, 110, 115],
): IndexExpiry => ({
  timeToExpiry: days / 365,
  forward: 101,
  options: strikes.flatMap((strike) => [
    { strike, vol, vega: 1 },
    { strike, vol, vega: 1 },
  ]),
});

describe('the implied-volatility index', () => {
  it('uses sixteen options and interpolates linearly in total variance', () => {
    const [row] = ivIndex({ expiries: [expiry(20, 0.3), expiry(50, 0.2)], terms: [30] });
    const total = (2 / 3) * 0.09 * 20 + (1 / 3) * 0.04 * 50;
    expect(row).toMatchObject({ termDays: 30, optionsUsed: 16, note: null });
    expect(row!.vol).toBeCloseTo(Math.sqrt(total / 30), 14);
  });

  it('weighs by vega and takes the four strikes nearest the forward', () => {
    const far = expiry(50, 0.2);
    const near: IndexExpiry = {
      timeToExpiry: 30 / 365,
      forward: 101,
      options: [
        { strike: 60, vol: 9, vega: 100 },
        { strike: 95, vol: 0.2, vega: 3 },
        { strike: 100, vol: 0.4, vega: 1 },
        { strike: 105, vol: 0.2, vega: 0 },
        { strike: 107, vol: 0.2, vega: 2 },
        { strike: 108, vol: 0.3, vega: 2 },
      ],
    };
    const [row] = ivIndex({ expiries: [far, near], terms: [30] });
    expect(row!.vol).toBeCloseTo((3 * 0.2 + 0.4 + 2 * 0.2 + 2 * 0.3) / 8, 14);
    expect(row).toMatchObject({ optionsUsed: 12, note: '12 of 16 options.' });
  });

  it('lets one expiry within a quarter of the term stand alone, and says so', () => {
    const rows = ivIndex({ expiries: [expiry(33, 0.25)], terms: [30, 60] });
    expect(rows[0]).toMatchObject({ vol: 0.25, optionsUsed: 8 });
    expect(rows[0]!.note).toContain('33 days away');
    expect(rows[1]).toMatchObject({ vol: null, optionsUsed: 0, note: 'The last expiry is 33 days away.' });
  });

  it('takes an expiry exactly on the term as it is', () => {
    const [row] = ivIndex({ expiries: [expiry(30, 0.21), expiry(60, 0.5)], terms: [30] });
    expect(row!.vol).toBeCloseTo(0.21, 12);
  });

  it('has no value without options, and ignores expired expiries', () => {
    const rows = ivIndex({ expiries: [expiry(-1, 0.2), { ...expiry(40, 0.2), options: [] }] });
    expect(rows.map((row) => row.termDays)).toEqual([30, 60, 90, 120, 150, 180]);
    for (const row of rows) expect(row).toMatchObject({ vol: null, note: 'No expiry has a usable option.' });
  });
});
