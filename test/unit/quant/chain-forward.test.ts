import { describe, expect, it } from 'vitest';
import { yearsToExpiry } from '../../../shared/calendar.ts';
import type { ChainInput } from '../../../shared/quant/chain/chain-input.ts';
import { futuresCurve } from '../../../shared/quant/chain/futures-curve.ts';

const asOf = '2026-03-27';
const timeOf = (expiry: string): number =>
  yearsToExpiry({ calendar: 'NSE', asOf, quotedAt: null, expiry, settlement: 'PM' });
const input: ChainInput = {
  symbol: 'NIFTY',
  asOf,
  quotedAt: null,
  spot: 1000,
  exercise: 'european',
  mark: 'mid',
  calendar: 'NSE',
  futures: ['2026-05-26', '2026-03-30', '2026-04-28'].map((expiry) => ({
    expiry,
    price: 1000 * Math.exp(0.06 * timeOf(expiry)),
  })),
  rates: null,
  expiries: [],
};

describe('the futures curve', () => {
  it('is log-linear between futures and from the spot', () => {
    const curve = futuresCurve(input);
    for (const expiry of ['2026-03-29', '2026-04-07', '2026-05-05']) {
      const point = curve.at(timeOf(expiry));
      expect(point!.forward).toBeCloseTo(1000 * Math.exp(0.06 * timeOf(expiry)), 9);
    }
    expect(curve.at(timeOf('2026-05-05'))!.note).toBe(
      'Between 2026-04-28 and the future of 2026-05-26, log-linear.',
    );
  });

  it('is carried on at the futures’ own carry beyond the last', () => {
    const curve = futuresCurve(input);
    expect(curve.carry).toBeCloseTo(0.06, 10);
    const point = curve.at(timeOf('2026-12-29'));
    expect(point!.forward).toBeCloseTo(1000 * Math.exp(0.06 * timeOf('2026-12-29')), 8);
    expect(point!.note).toContain('6.00% a year');
  });

  it('has no carry when the futures are too near each other or the result is absurd', () => {
    const near = futuresCurve({ ...input, futures: [{ expiry: '2026-03-30', price: 1001 }] });
    expect(near.carry).toBeNull();
    expect(near.at(0.5)).toBeNull();
    const absurd = futuresCurve({ ...input, futures: [{ expiry: '2026-05-26', price: 1500 }] });
    expect(absurd.carry).toBeNull();
  });

  it('is empty without futures', () => {
    expect(futuresCurve({ ...input, futures: [] }).at(0.1)).toBeNull();
  });
});
