import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blackGreeks, blackPrice } from '../../../shared/quant/european/black.ts';
import type { EuropeanOption } from '../../../shared/quant/european/black.ts';

const runs = { seed: 42, numRuns: 3000 };
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Options from a hundredth to a hundred times the strike, a day to ten years, 1 % to 300 %. */
const options: fc.Arbitrary<EuropeanOption> = fc.record({
  optionType: fc.constantFrom('call' as const, 'put' as const),
  forward: real(1, 1000),
  strike: real(1, 1000),
  timeToExpiry: real(0.003, 10),
  vol: real(0.01, 3),
  discountFactor: real(0.3, 1.1),
});
/** Below this doubles lose digits. */
const tiny = 1e-290;
/** Roundings of the larger of forward and strike. */
const rounding = (option: EuropeanOption): number => 1e-14 * Math.max(option.forward, option.strike);

describe('blackPrice', () => {
  test('keeps put–call parity', () => {
    fc.assert(
      fc.property(options, (option) => {
        const call = blackPrice({ ...option, optionType: 'call' });
        const put = blackPrice({ ...option, optionType: 'put' });
        const parity = option.discountFactor! * (option.forward - option.strike);
        expect(Math.abs(call - put - parity)).toBeLessThanOrEqual(rounding(option));
      }),
      runs,
    );
  });

  test('lies between intrinsic value and its maximum, and grows with volatility and time', () => {
    fc.assert(
      fc.property(options, (option) => {
        const price = blackPrice(option);
        const { forward, strike, discountFactor = 1 } = option;
        const sign = option.optionType === 'call' ? 1 : -1;
        const slack = rounding(option);
        expect(price).toBeGreaterThanOrEqual(discountFactor * Math.max(sign * (forward - strike), 0) - slack);
        expect(price).toBeLessThanOrEqual(discountFactor * (sign > 0 ? forward : strike) + slack);
        expect(blackPrice({ ...option, vol: option.vol * 1.01 })).toBeGreaterThanOrEqual(price - slack);
        const longer = { ...option, timeToExpiry: option.timeToExpiry * 1.01 };
        expect(blackPrice(longer)).toBeGreaterThanOrEqual(price - slack);
      }),
      runs,
    );
  });

  test('is monotone and convex in the strike', () => {
    fc.assert(
      fc.property(options, real(0.001, 0.2), (option, width) => {
        const at = (strike: number): number => blackPrice({ ...option, strike });
        const [low, middle, high] = [option.strike * (1 - width), option.strike, option.strike * (1 + width)];
        const sign = option.optionType === 'call' ? 1 : -1;
        const slack = 2 * rounding({ ...option, strike: high });
        expect(sign * (at(low) - at(middle))).toBeGreaterThanOrEqual(-slack);
        expect(at(low) + at(high) - 2 * at(middle)).toBeGreaterThanOrEqual(-slack);
      }),
      runs,
    );
  });

  test('scales with forward and strike, and mirrors call and put', () => {
    fc.assert(
      fc.property(options, real(0.01, 100), (option, scale) => {
        const price = blackPrice(option);
        const { forward, strike } = option;
        const scaled = blackPrice({ ...option, forward: forward * scale, strike: strike * scale });
        const deviations = Math.log(forward / strike) / (option.vol * Math.sqrt(option.timeToExpiry));
        // scaling rounds the forward and the strike, which moves ln(F/K) by a rounding of its own
        const allowed = 1e-14 * (1 + deviations * deviations) * price + rounding(option);
        expect(Math.abs(scaled - scale * price)).toBeLessThanOrEqual(scale * allowed);
        const mirrored = blackPrice({
          ...option,
          optionType: option.optionType === 'call' ? 'put' : 'call',
          forward: strike,
          strike: forward,
        });
        expect(Math.abs(mirrored - price)).toBeLessThanOrEqual(allowed);
      }),
      runs,
    );
  });
});

describe('blackGreeks', () => {
  test('satisfy the identities that tie them together', () => {
    fc.assert(
      fc.property(options, (option) => {
        const call = blackGreeks({ ...option, optionType: 'call' });
        const put = blackGreeks({ ...option, optionType: 'put' });
        const { forward, timeToExpiry, vol, discountFactor = 1 } = option;
        expect(call.deltaForward - put.deltaForward).toBeCloseTo(discountFactor, 13);
        expect(call.gammaForward).toBe(put.gammaForward);
        const vega = call.gammaForward * forward * forward * vol * timeToExpiry;
        expect(Math.abs(call.vegaPerVol - vega)).toBeLessThanOrEqual(1e-13 * vega + tiny);
        const theta = -0.5 * vol * vol * forward * forward * call.gammaForward;
        expect(Math.abs(call.thetaPerYear - theta)).toBeLessThanOrEqual(1e-13 * Math.abs(theta) + tiny);
      }),
      runs,
    );
  });
});
