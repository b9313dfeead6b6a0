import { describe, expect, test } from 'vitest';
import {
  breakEvenHistory,
  breakEvenMoves,
  shareBelow,
} from '../../../shared/quant/contracts/break-even-history.ts';
import type { PayoffPackage } from '../../../shared/quant/contracts/forward-start-package.ts';
import { evenMoves, payoutProfile, zeroCrossings } from '../../../shared/quant/contracts/payout-profile.ts';

const straddle: PayoffPackage = [{ optionType: 'straddle', family: 'relative', power: 1 }];

describe('breakEvenHistory', () => {
  test('counts every window, what it paid, and how many share no day', () => {
    const closes = [100, 110, 100, 110, 100, 110, 100];
    const past = breakEvenHistory({
      closes,
      sessions: 1,
      payoffs: straddle,
      unit: 1,
      price: 0.095,
      periodsPerYear: 252,
    });
    if (!past.ok) throw new Error('no history');
    expect(past.value.windows).toBe(6);
    expect(past.value.independentWindows).toBe(6);
    // Up 10 % three times, down 9.09 % three times.
    expect(past.value.earnedShare).toBe(0.5);
    expect(past.value.meanPayoff).toBeCloseTo((0.1 + 10 / 110) / 2, 14);
    expect(past.value.moves[0]).toBeCloseTo(100 / 110, 15);
    expect(past.value.newestVol).toBeCloseTo(Math.abs(Math.log(1.1)) * Math.sqrt(252), 12);
  });

  test('has the realized volatility of each window, whatever window came before', () => {
    const closes = Array.from({ length: 40 }, (_, i) => 100 * Math.exp(0.02 * Math.sin(i * i)));
    const sessions = 7;
    const past = breakEvenHistory({
      closes,
      sessions,
      payoffs: straddle,
      unit: 1,
      price: 0.01,
      periodsPerYear: 250,
    });
    const direct = closes
      .slice(0, closes.length - sessions)
      .map((_, start) => {
        let sum = 0;
        for (let i = start; i < start + sessions; i++) sum += Math.log(closes[i + 1]! / closes[i]!) ** 2;
        return Math.sqrt((sum * 250) / sessions);
      })
      .sort((a, b) => a - b);
    expect(past.ok).toBe(true);
    if (past.ok) past.value.vols.forEach((vol, i) => expect(vol).toBeCloseTo(direct[i]!, 12));
  });

  test('refuses a history shorter than the period and a close that is no price', () => {
    const ask = (closes: readonly number[]) =>
      breakEvenHistory({ closes, sessions: 3, payoffs: straddle, unit: 1, price: 0, periodsPerYear: 252 });
    expect(ask([1, 2, 3])).toMatchObject({ ok: false, error: { code: 'missing-prices' } });
    expect(ask([1, 2, 3, 0])).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});

describe('breakEvenMoves', () => {
  test('are the price away from the strike on both sides of a straddle, on one of a call', () => {
    const moves = breakEvenMoves({ payoffs: straddle, unit: 1, price: 0.0686 });
    expect(moves).toHaveLength(2);
    expect(moves[0]).toBeCloseTo(0.9314, 12);
    expect(moves[1]).toBeCloseTo(1.0686, 12);
    const call: PayoffPackage = [{ optionType: 'call', family: 'absolute', power: 1 }];
    expect(breakEvenMoves({ payoffs: call, unit: 5000, price: 250 })).toEqual([expect.closeTo(1.05, 12)]);
  });
});

describe('shareBelow', () => {
  test('counts what lies strictly below', () => {
    expect(shareBelow([1, 2, 2, 3], 2)).toBe(0.25);
    expect(shareBelow([1, 2, 2, 3], 9)).toBe(1);
    expect(shareBelow([], 1)).toBe(0);
  });
});

describe('payoutProfile', () => {
  test('pays an absolute call from its own first fixing and counts what is sold as owed', () => {
    const call: PayoffPackage = [{ optionType: 'call', family: 'absolute', power: 1 }];
    const paid = payoutProfile({ payoffs: call, scale: -20, firstFixing: 5000 }, [0.9, 1, 1.1]);
    expect(paid.ok ? paid.value.map((value) => value + 0) : null).toEqual([0, 0, expect.closeTo(-10_000, 6)]);
  });

  test('finds where a line crosses zero, once at a point on it', () => {
    expect(evenMoves(0, 1, 3)).toEqual([0, 0.5, 1]);
    expect(zeroCrossings([0, 1, 2, 3], [-1, 1, 0, -2])).toEqual([0.5, 2]);
    expect(zeroCrossings([0, 1, 2], [1, 0, 1])).toEqual([]);
  });
});
