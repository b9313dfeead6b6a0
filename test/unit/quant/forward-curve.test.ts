import { describe, expect, it } from 'vitest';
import { blackPrice } from '../../../shared/quant/european/black.ts';
import { carriedForward, impliedForward } from '../../../shared/quant/chain/forward-curve.ts';
import type { ParityPair } from '../../../shared/quant/chain/forward-curve.ts';

const market = { forward: 4490, discountFactor: 0.985, timeToExpiry: 0.5 };
const pairsAt = (strikes: readonly number[], spread = 1): ParityPair[] =>
  strikes.map((strike) => {
    const price = (optionType: 'call' | 'put'): number =>
      blackPrice({ ...market, optionType, strike, vol: 0.2 });
    return { strike, callMark: price('call'), putMark: price('put'), paritySpread: spread };
  });
const strikes = Array.from({ length: 41 }, (_, i) => 4000 + 25 * i);
const found = (chain: Parameters<typeof impliedForward>[0]) => {
  const result = impliedForward(chain);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

describe('impliedForward', () => {
  it('recovers forward and discount factor of exact prices', () => {
    const result = found({ pairs: pairsAt(strikes), timeToExpiry: 0.5, discountFactor: 1 });
    expect(result.forward).toBeCloseTo(4490, 8);
    expect(result.discountFactor).toBeCloseTo(0.985, 10);
    expect(result.forwardStandardError).toBeLessThan(1e-6);
    expect(result.outlierStrikes).toEqual([]);
  });

  it('drops a stale pair and names its strike', () => {
    const pairs = pairsAt(strikes).map((pair) =>
      pair.strike === 4450 ? { ...pair, callMark: pair.callMark + 30 } : pair,
    );
    const result = found({ pairs, timeToExpiry: 0.5, discountFactor: 1 });
    expect(result.outlierStrikes).toEqual([4450]);
    expect(result.forward).toBeCloseTo(4490, 6);
  });

  it('trusts tight pairs over wide ones', () => {
    const pairs = pairsAt(strikes).map((pair, i) =>
      i % 2 === 0 ? { ...pair, callMark: pair.callMark + 2, paritySpread: 40 } : pair,
    );
    const result = found({ pairs, timeToExpiry: 0.5, discountFactor: 0.985, estimateDiscount: false });
    expect(Math.abs(result.forward - 4490)).toBeLessThan(0.02);
  });

  it('keeps the given discount factor when the quotes are too coarse to tell one', () => {
    const noise = [3, -3, 2, -2, 3, -3, 1];
    const pairs = pairsAt([4470, 4475, 4480, 4485, 4490, 4495, 4500]).map((pair, i) => ({
      ...pair,
      callMark: pair.callMark + noise[i]!,
    }));
    const result = found({ pairs, timeToExpiry: 0.5, discountFactor: 0.985 });
    expect(result.discountFactor).toBe(0.985);
    expect(result.discountStandardError).toBeNull();
    expect(result.forwardStandardError).toBeGreaterThan(0.5);
    expect(Math.abs(result.forward - 4490)).toBeLessThan(3 * result.forwardStandardError);
  });

  it('has no forward without a pair', () => {
    expect(impliedForward({ pairs: [], timeToExpiry: 0.5, discountFactor: 1 })).toMatchObject({
      ok: false,
      error: { code: 'no-forward' },
    });
    const oneSided = [{ strike: 100, callMark: 3, putMark: 0, paritySpread: 1 }];
    expect(impliedForward({ pairs: oneSided, timeToExpiry: 0.5, discountFactor: 1 }).ok).toBe(false);
  });
});

describe('carriedForward', () => {
  it('grows the spot and leaves out dividends after expiry or already paid', () => {
    const plain = carriedForward({ spot: 100, rate: 0.05, timeToExpiry: 1 });
    expect(plain).toBeCloseTo(100 * Math.exp(0.05), 12);
    const dividends = [
      { timeToExDate: -0.1, amount: 5 },
      { timeToExDate: 1.1, amount: 5 },
    ];
    expect(carriedForward({ spot: 100, rate: 0.05, timeToExpiry: 1, dividends })).toBe(plain);
  });
});
