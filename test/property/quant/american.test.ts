import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { americanImpliedVol } from '../../../shared/quant/american/american-implied-vol.ts';
import { americanGreeks, americanPrice } from '../../../shared/quant/american/american.ts';
import type { StockOption } from '../../../shared/quant/american/american.ts';

const runs = { seed: 42, numRuns: 1000 };
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const options: fc.Arbitrary<StockOption> = fc.record({
  optionType: fc.constantFrom('call' as const, 'put' as const),
  spot: fc.constant(100),
  strike: real(50, 200),
  timeToExpiry: real(0.005, 5),
  vol: real(0.04, 1.2),
  rate: real(0, 0.12),
  dividendYield: real(0, 0.12),
});
/** Share of the spot that the engine promises, doubled for a comparison of two prices. */
const slack = 100 * 4e-7;

const priceOf = (option: StockOption): number => {
  const found = americanPrice(option);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};

describe('americanPrice', () => {
  test('is worth at least exercise now and the European option, and at most its bound', () => {
    fc.assert(
      fc.property(options, (option) => {
        const price = priceOf(option);
        const sign = option.optionType === 'call' ? 1 : -1;
        expect(price).toBeGreaterThanOrEqual(sign * (option.spot - option.strike) - 1e-12);
        expect(price).toBeGreaterThanOrEqual(priceOf({ ...option, exercise: 'european' }) - slack);
        expect(price).toBeLessThanOrEqual((sign > 0 ? option.spot : option.strike) + slack);
      }),
      runs,
    );
  });

  test('grows with time and volatility, and is monotone and convex in the strike', () => {
    fc.assert(
      fc.property(options, (option) => {
        const at = (change: Partial<StockOption>): number => priceOf({ ...option, ...change });
        const price = at({});
        const sign = option.optionType === 'call' ? 1 : -1;
        expect(at({ timeToExpiry: option.timeToExpiry * 1.05 })).toBeGreaterThanOrEqual(price - slack);
        expect(at({ vol: option.vol * 1.05 })).toBeGreaterThanOrEqual(price - slack);
        const [low, high] = [at({ strike: option.strike * 0.97 }), at({ strike: option.strike * 1.03 })];
        expect(sign * (low - price)).toBeGreaterThanOrEqual(-slack);
        expect(low + high - 2 * price).toBeGreaterThanOrEqual(-2 * slack);
      }),
      runs,
    );
  });

  test('mirrors calls and puts when spot and strike, rate and yield are exchanged', () => {
    fc.assert(
      fc.property(options, (option) => {
        const mirrored: StockOption = {
          ...option,
          optionType: option.optionType === 'call' ? 'put' : 'call',
          spot: option.strike,
          strike: option.spot,
          rate: option.dividendYield!,
          dividendYield: option.rate,
        };
        expect(Math.abs(priceOf(mirrored) - priceOf(option))).toBeLessThan(1e-11 * option.strike);
      }),
      runs,
    );
  });

  test('satisfies the pricing equation with its greeks, in the continuation region', () => {
    fc.assert(
      fc.property(options, (option) => {
        const found = americanGreeks(option);
        if (!found.ok) throw new Error('valid terms');
        const { deltaSpot, gammaSpot } = found.value;
        const sign = option.optionType === 'call' ? 1 : -1;
        fc.pre(found.value.price > sign * (option.spot - option.strike) + 1e-3);
        expect(sign * deltaSpot).toBeGreaterThanOrEqual(-1e-6);
        expect(sign * deltaSpot).toBeLessThanOrEqual(1 + 1e-6);
        expect(gammaSpot).toBeGreaterThanOrEqual(-1e-6);
        const h = 1e-3 * option.timeToExpiry;
        const sooner = priceOf({ ...option, timeToExpiry: option.timeToExpiry - h });
        const later = priceOf({ ...option, timeToExpiry: option.timeToExpiry + h });
        const theta = (sooner - later) / (2 * h);
        const scale = 100 * Math.max(option.vol / Math.sqrt(option.timeToExpiry), 0.1);
        expect(Math.abs(found.value.thetaPerYear - theta)).toBeLessThan(1e-3 * scale);
      }),
      runs,
    );
  });
});

describe('americanImpliedVol', () => {
  test('gives the volatility back wherever vega is above 1 % of its value at the money', () => {
    let inverted = 0;
    fc.assert(
      fc.property(options, (option) => {
        const found = americanGreeks(option);
        if (!found.ok) throw new Error('valid terms');
        const atTheMoney = option.spot * Math.sqrt(option.timeToExpiry / (2 * Math.PI));
        fc.pre(found.value.vegaPerVol > 0.01 * atTheMoney);
        const back = americanImpliedVol({ ...option, price: found.value.price });
        if (!back.ok) throw new Error(back.error.code);
        // 1e-4 of a volatility point
        expect(Math.abs(back.value - option.vol)).toBeLessThan(1e-6);
        inverted++;
      }),
      { ...runs, numRuns: 500 },
    );
    expect(inverted).toBeGreaterThanOrEqual(300);
  });

  test('reprices any price between the value without volatility and the maximum', () => {
    let repriced = 0;
    const negative = fc.constantFrom(0, -0.01);
    fc.assert(
      fc.property(options, fc.integer({ min: 0, max: 100 }), negative, (terms, percent, shift) => {
        const { vol: _, ...rest } = terms;
        const option = { ...rest, rate: terms.rate + shift };
        const sign = option.optionType === 'call' ? 1 : -1;
        const intrinsic = Math.max(sign * (option.spot - option.strike), 0);
        const maximum = sign > 0 ? option.spot : option.strike;
        const price = intrinsic + 0.9 * (percent / 100) ** 3 * (maximum - intrinsic);
        const found = americanImpliedVol({ ...option, price });
        if (!found.ok) {
          expect(found.error.code).toBe('price-below-intrinsic');
          return;
        }
        if (found.value === 0) return;
        expect(Math.abs(priceOf({ ...option, vol: found.value }) - price)).toBeLessThan(slack);
        repriced++;
      }),
      { ...runs, numRuns: 500 },
    );
    expect(repriced).toBeGreaterThan(200);
  });
});
