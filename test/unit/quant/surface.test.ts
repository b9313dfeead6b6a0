import { describe, expect, it } from 'vitest';
import { forwardVol, volAtMaturity } from '../../../shared/quant/surface/surface.ts';

describe('forwardVol', () => {
  it('is the volatility itself when the term structure is flat, to the last digits', () => {
    const result = forwardVol({ nearVol: 0.3, nearTime: 0.1, farVol: 0.3, farTime: 0.7 });
    expect(result.ok && result.value).toBeCloseTo(0.3, 14);
  });

  it('is zero, not an arbitrage, when both total variances are equal up to rounding', () => {
    const result = forwardVol({ nearVol: 0.3, nearTime: 0.1, farVol: 0.1, farTime: 0.9 });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value).toBeLessThan(1e-7);
  });

  it('reports negative-forward-variance with the two quotes', () => {
    expect(forwardVol({ nearVol: 0.5, nearTime: 0.5, farVol: 0.3, farTime: 1 })).toEqual({
      ok: false,
      error: {
        code: 'negative-forward-variance',
        detail: { nearVol: 0.5, nearTime: 0.5, farVol: 0.3, farTime: 1 },
      },
    });
  });

  it('refuses times out of order and numbers that are not finite', () => {
    for (const bad of [
      { nearVol: 0.2, nearTime: 1, farVol: 0.2, farTime: 1 },
      { nearVol: Number.NaN, nearTime: 0, farVol: 0.2, farTime: 1 },
      { nearVol: 0.2, nearTime: -1, farVol: 0.2, farTime: 1 },
    ])
      expect(forwardVol(bad)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});

describe('volAtMaturity', () => {
  const points = [
    { timeToExpiry: 0.1, vol: 0.3 },
    { timeToExpiry: 0.5, vol: 0.2 },
  ];
  it('is linear in total variance between expiries and exact on them', () => {
    expect(volAtMaturity(points, 0.1)).toBe(0.3);
    expect(volAtMaturity(points, 0.5)).toBe(0.2);
    expect(volAtMaturity(points, 0.3)).toBeCloseTo(Math.sqrt((0.009 + 0.02) / 2 / 0.3), 14);
  });

  it('is null outside the expiries', () => {
    expect(volAtMaturity(points, 0.05)).toBeNull();
    expect(volAtMaturity(points, 0.6)).toBeNull();
    expect(volAtMaturity([], 0.6)).toBeNull();
  });
});
