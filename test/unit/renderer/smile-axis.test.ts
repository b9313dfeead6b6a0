import { describe, expect, test } from 'vitest';
import { axisValue, curveOn, nearestStrike, strikesInWindow } from '../../../renderer/state/smile-axis.ts';

const skew = {
  atmVol: 0.2,
  riskReversal25: null,
  butterfly25: null,
  riskReversal10: null,
  butterfly10: null,
  skew90110: null,
  slope: null,
  riskReversal25OverAtm: null,
  skew90110OverAtm: null,
  skew90110RootTime: null,
  slopeRootTime: null,
};
const expiry = { forward: 100, timeToExpiry: 0.25, skew };

describe('smile axis', () => {
  test('moneyness is strike over forward', () => {
    expect(axisValue({ axis: 'forward-moneyness', expiry, strike: 90, vol: 0.2 })).toBeCloseTo(0.9, 12);
  });

  test('standardized moneyness counts deviations of the at-the-money volatility', () => {
    const strike = 100 * Math.exp(0.2 * Math.sqrt(0.25));
    expect(axisValue({ axis: 'standardized', expiry, strike, vol: 0.35 })).toBeCloseTo(1, 12);
  });

  test('delta at the money is a little over one half and falls with the strike', () => {
    const at = (strike: number) => axisValue({ axis: 'delta', expiry, strike, vol: 0.2 }) ?? 0;
    expect(at(100)).toBeCloseTo(0.5199388, 6); // N(0.05)
    expect(at(90)).toBeGreaterThan(at(100));
    expect(at(110)).toBeLessThan(at(100));
  });

  test('an axis that needs a forward or a volatility is blank without it', () => {
    const blind = { ...expiry, forward: null };
    expect(axisValue({ axis: 'delta', expiry: blind, strike: 90, vol: 0.2 })).toBeNull();
    expect(axisValue({ axis: 'delta', expiry, strike: 90, vol: null })).toBeNull();
    expect(axisValue({ axis: 'strike', expiry: blind, strike: 90, vol: null })).toBe(90);
  });

  test('the curve stays ascending on an axis that turns strikes around', () => {
    const fit = { curve: { logMoneyness: [-0.2, 0, 0.2], vol: [0.25, 0.2, 0.18], density: [0, 1, 0] } };
    const curve = curveOn('delta', { ...expiry, fit } as never);
    expect(curve.x).toEqual([...curve.x].sort((a, b) => a - b));
    expect(curve.vol).toEqual([0.18, 0.2, 0.25]);
  });
});

describe('strike window', () => {
  const strikes = [50, 80, 90, 95, 100, 105, 110, 120, 150];
  const pick = (window: { by: 'all' | 'count' | 'sigma'; size: number }) => {
    const { from, to } = strikesInWindow({ strikes, window, forward: 101, vol: 0.2, timeToExpiry: 0.25 });
    return strikes.slice(from, to);
  };

  test('by count it takes the nearest strikes and stays full at the edge', () => {
    expect(pick({ by: 'count', size: 3 })).toEqual([95, 100, 105]);
    const edge = {
      strikes,
      window: { by: 'count' as const, size: 3 },
      forward: 160,
      vol: 0.2,
      timeToExpiry: 1,
    };
    expect(strikesInWindow(edge)).toEqual({ from: 6, to: 9 });
  });

  test('by deviations it keeps what lies within n σ√T of the forward', () => {
    expect(pick({ by: 'sigma', size: 1 })).toEqual([95, 100, 105, 110]);
    expect(pick({ by: 'all', size: 0 })).toEqual(strikes);
  });

  test('the nearest strike is the at-the-money row', () => {
    expect(nearestStrike(strikes, 103.1)).toBe(5);
  });
});
