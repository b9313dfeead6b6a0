import { describe, expect, test } from 'vitest';
import { smoothedStep, smoothKink } from '../../../shared/quant/american/american-kink.ts';
import { americanGreeks, americanPrice } from '../../../shared/quant/american/american.ts';
import type { StockOption } from '../../../shared/quant/american/american.ts';

const call: StockOption = {
  optionType: 'call',
  spot: 100,
  strike: 100,
  timeToExpiry: 1,
  vol: 0.25,
  rate: 0.05,
  dividends: [{ timeToExDate: 0.5, amount: 2 }],
};
const priceOf = (option: StockOption): number => {
  const found = americanPrice(option);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};

describe('smoothKink', () => {
  const smoothed = (kink: number): Float64Array => {
    const values = Float64Array.from({ length: 24 }, (_, j) => Math.max(j - kink, 0));
    smoothKink(values, kink, 1, 1, 0, 0);
    return values;
  };

  test('makes the sum over the nodes the integral, wherever the kink lies', () => {
    for (const kink of [10, 10.1, 10.25, 10.5, 10.9]) {
      const values = smoothed(kink);
      // the sum of a smooth line is its integral and the end's share (Euler and Maclaurin)
      const last = 23 - kink;
      const sum = values.reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(last ** 2 / 2 + last / 2 + 1 / 12, 12);
      const moment = values.reduce((total, value, j) => total + value * (j - kink), 0);
      expect(moment).toBeCloseTo(last ** 3 / 3 + last ** 2 / 2 + last / 6, 11);
    }
  });

  test('changes three nodes on either side and no other', () => {
    const values = new Float64Array(24);
    smoothKink(values, 10.4, 1, 1, 0.1, 0.01);
    for (const [j, value] of values.entries())
      if (Math.abs(j - 10.4) >= 3) expect(value).toBe(0);
      else expect(value).not.toBe(0);
  });

  test('mirrors with its direction', () => {
    const [right, left] = [new Float64Array(21), new Float64Array(21)];
    smoothKink(right, 10, 1, 1, 0.3, 0.2);
    smoothKink(left, 10, -1, 1, 0.3, 0.2);
    for (let j = 0; j <= 20; j++) expect(left[j]).toBeCloseTo(right[20 - j]!, 15);
  });
});

describe('smoothedStep', () => {
  test('is 0 and 1 from three cells on, and in the mean half a cell off nowhere', () => {
    expect([smoothedStep(-3), smoothedStep(3), smoothedStep(0)]).toEqual([0, 1, 0.5]);
    for (const place of [0, 0.2, 0.5, 0.8]) {
      let sum = 0;
      for (let j = -10; j <= 10; j++) sum += smoothedStep(place - j);
      // nodes from −10 to the place, the one at the end counted half
      expect(sum).toBeCloseTo(10.5 + place, 12);
    }
  });
});

describe('cash dividends at fast accuracy', () => {
  const fast = (change: Partial<StockOption> = {}): StockOption => ({ ...call, ...change, accuracy: 'fast' });

  test('do not depend on what was priced before', () => {
    const other = fast({ optionType: 'put', strike: 140, vol: 0.6, timeToExpiry: 3 });
    const first = priceOf(fast());
    priceOf(other);
    expect(priceOf(fast())).toBe(first);
    const put = priceOf(other);
    priceOf(fast({ strike: 60, timeToExpiry: 0.1, dividends: [{ timeToExDate: 0.05, amount: 1 }] }));
    expect(priceOf(other)).toBe(put);
  });

  test('on the day of expiry fall before the payoff, but after the last exercise', () => {
    const last = { dividends: [{ timeToExDate: 1, amount: 3 }] };
    for (const optionType of ['call', 'put'] as const) {
      const european = priceOf(fast({ ...last, optionType, exercise: 'european' }));
      const moved = priceOf({ ...call, optionType, dividends: [], strike: 103, exercise: 'european' });
      expect(Math.abs(european - moved)).toBeLessThan(1e-4);
    }
    // the holder of a call exercises before the ex-date: as if there were none
    expect(Math.abs(priceOf(fast(last)) - priceOf({ ...call, dividends: [] }))).toBeLessThan(1e-4);
  });

  test('have greeks close to the exact ones', () => {
    for (const dividendModel of ['spotJump', 'escrowed'] as const)
      for (const optionType of ['call', 'put'] as const)
        for (const strike of [85, 100, 115]) {
          const option = { optionType, strike, dividendModel };
          const rough = americanGreeks(fast(option));
          const exact = americanGreeks({ ...call, ...option });
          if (!rough.ok || !exact.ok) throw new Error('valid terms');
          expect(Math.abs(rough.value.deltaSpot - exact.value.deltaSpot)).toBeLessThan(5e-4);
          expect(Math.abs(rough.value.gammaSpot / exact.value.gammaSpot - 1)).toBeLessThan(0.02);
          expect(Math.abs(rough.value.vegaPerVol / exact.value.vegaPerVol - 1)).toBeLessThan(0.01);
        }
  });

  test('so large that they reach over the whole grid still have a price', () => {
    const huge = fast({ vol: 0.002, dividends: [{ timeToExDate: 0.5, amount: 60 }] });
    expect(priceOf(huge)).toBeGreaterThan(0);
  });
});
