import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blackGreeks, blackPrice } from '../../../shared/quant/european/black.ts';
import { impliedVol } from '../../../shared/quant/european/implied-vol.ts';

const runs = { seed: 42, numRuns: 20_000 };
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const quotes = fc.record({
  optionType: fc.constantFrom('call' as const, 'put' as const),
  logForward: real(-9, 9),
  /** Distance from the money in total deviations, and the deviation's logarithm: 1e-7 … 12. */
  deviations: real(-30, 30),
  logDeviation: real(-16, 2.5),
  timeToExpiry: real(1e-4, 40),
  discountFactor: real(0.2, 1.2),
});

/** Roundings of price and volatility that a round trip may take. */
const places = 24 * Number.EPSILON;

describe('impliedVol', () => {
  test('gives the volatility back to the accuracy that the price determines', () => {
    let inverted = 0;
    fc.assert(
      fc.property(
        quotes,
        ({ optionType, logForward, deviations, logDeviation, timeToExpiry, discountFactor }) => {
          const forward = Math.exp(logForward);
          const deviation = Math.exp(logDeviation);
          const strike = forward * Math.exp(deviations * deviation);
          const vol = deviation / Math.sqrt(timeToExpiry);
          const option = { optionType, forward, strike, timeToExpiry, vol, discountFactor };
          fc.pre(strike > 1e-300 && strike < 1e300);
          const { price, vegaPerVol } = blackGreeks(option);
          const sign = optionType === 'call' ? 1 : -1;
          const maximum = discountFactor * (sign > 0 ? forward : strike);
          fc.pre(price > 1e-280 && price < maximum);
          const found = impliedVol({ ...option, price });
          // the price's own rounding, that of the strike (seen through ln F/K), and that of σ√T
          const priceShare = (price + discountFactor * Math.abs(forward - strike)) / (vol * vegaPerVol);
          const strikeShare = 1 / deviation + Math.abs(deviations);
          const allowed = places * (1 + priceShare + strikeShare);
          if (!(allowed < 0.01)) return;
          expect(found.ok, JSON.stringify(found)).toBe(true);
          if (!found.ok) return;
          expect(Math.abs(found.value / vol - 1)).toBeLessThanOrEqual(allowed);
          inverted++;
        },
      ),
      runs,
    );
    expect(inverted).toBeGreaterThan(runs.numRuns / 3);
  });

  test('grows with the price', () => {
    fc.assert(
      fc.property(
        real(60, 160),
        real(0.01, 3),
        real(1e-6, 0.999),
        real(1e-6, 0.999),
        (strike, time, a, b) => {
          const quote = { optionType: 'call', forward: 100, strike, timeToExpiry: time } as const;
          const intrinsic = Math.max(100 - strike, 0);
          const volAt = (share: number): number => {
            const found = impliedVol({ ...quote, price: intrinsic + share * (100 - intrinsic) });
            return found.ok ? found.value : Number.NaN;
          };
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(volAt(low)).toBeLessThanOrEqual(volAt(high) * (1 + places));
        },
      ),
      { ...runs, numRuns: 3000 },
    );
  });

  test('never gives NaN: any numbers at all end in a volatility or a reason', () => {
    const any = fc.double();
    const types = fc.constantFrom('call' as const, 'put' as const);
    fc.assert(
      fc.property(
        types,
        any,
        any,
        any,
        any,
        any,
        (optionType, forward, strike, timeToExpiry, price, discountFactor) => {
          const found = impliedVol({ optionType, forward, strike, timeToExpiry, price, discountFactor });
          if (found.ok) expect(found.value).toBeGreaterThanOrEqual(0);
          else expect(found.error.detail).toBeDefined();
        },
      ),
      runs,
    );
  });

  test('reprices what it inverted, in the wings of real expiries too', () => {
    fc.assert(
      fc.property(real(40, 250), real(0.003, 3), real(0.02, 2), (strike, timeToExpiry, vol) => {
        const option = {
          optionType: strike > 100 ? 'call' : 'put',
          forward: 100,
          strike,
          timeToExpiry,
          vol,
        } as const;
        const price = blackPrice(option);
        fc.pre(price > 1e-250);
        const found = impliedVol({ ...option, price });
        if (!found.ok) throw new Error(found.error.code);
        const deviations = Math.log(100 / strike) / (vol * Math.sqrt(timeToExpiry));
        const back = blackPrice({ ...option, vol: found.value });
        expect(Math.abs(back / price - 1)).toBeLessThanOrEqual(places * (1 + deviations * deviations));
      }),
      { ...runs, numRuns: 5000 },
    );
  });
});
