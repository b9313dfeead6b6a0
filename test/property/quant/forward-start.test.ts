import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  impliedVolAfterFixing,
  impliedVolBeforeFixing,
} from '../../../shared/quant/contracts/forward-start-implied-vol.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';

const runs = { seed: 42, numRuns: 400 };
const payoff = fc.record({
  optionType: fc.constantFrom('call' as const, 'put' as const, 'straddle' as const),
  family: fc.constantFrom('relative' as const, 'absolute' as const),
  power: fc.constantFrom(1 as const, 2 as const),
  strikeMultiplier: fc.double({ min: 0.7, max: 1.4, noNaN: true }),
  normalizedBy: fc.constantFrom('firstFixing' as const, 'strike' as const),
});
const slice = fc.record({
  timeToStart: fc.double({ min: 0, max: 2, noNaN: true }),
  length: fc.double({ min: 0.02, max: 2, noNaN: true }),
  vol: fc.double({ min: 0.05, max: 1.5, noNaN: true }),
  volToStart: fc.double({ min: 0.05, max: 1, noNaN: true }),
  forward: fc.double({ min: 1, max: 5000, noNaN: true }),
  carryFactor: fc.double({ min: 0.95, max: 1.05, noNaN: true }),
  discountFactor: fc.double({ min: 0.8, max: 1, noNaN: true }),
});
/** A repricing error this small is the price's own rounding. */
const rounding = 1e-13;

describe('forward-start contracts', () => {
  test('implied volatility before the fixing gives the price back', () => {
    fc.assert(
      fc.property(payoff, slice, (terms, { length, vol, ...rest }) => {
        const market = { ...rest, timeToEnd: rest.timeToStart + length };
        const price = priceBeforeFixing({ payoff: terms, market: { ...market, vol } });
        if (!price.ok) throw new Error(JSON.stringify(price.error));
        fc.pre(price.value.price > 1e-12);
        const implied = impliedVolBeforeFixing({ payoff: terms, market, price: price.value.price });
        if (!implied.ok) throw new Error(JSON.stringify(implied.error));
        const again = priceBeforeFixing({ payoff: terms, market: { ...market, vol: implied.value } });
        expect(again.ok && Math.abs(again.value.price / price.value.price - 1)).toBeLessThan(rounding);
      }),
      runs,
    );
  });

  test('implied volatility inside the reference period gives the price back', () => {
    fc.assert(
      fc.property(payoff, slice, fc.double({ min: 0.8, max: 1.25, noNaN: true }), (terms, s, move) => {
        const market = {
          firstFixing: s.forward,
          forward: s.forward * move,
          timeToEnd: s.length,
          discountFactor: s.discountFactor,
        };
        const price = priceAfterFixing({ payoff: terms, market: { ...market, vol: s.vol } });
        if (!price.ok) throw new Error(JSON.stringify(price.error));
        fc.pre(price.value.price > 1e-12 && price.value.vegaPerVol > 1e-12 * price.value.price);
        const implied = impliedVolAfterFixing({ payoff: terms, market, price: price.value.price });
        if (!implied.ok) throw new Error(JSON.stringify(implied.error));
        const again = priceAfterFixing({ payoff: terms, market: { ...market, vol: implied.value } });
        expect(again.ok && Math.abs(again.value.price / price.value.price - 1)).toBeLessThan(rounding);
      }),
      runs,
    );
  });

  test('a strike offset is found again from its price', () => {
    fc.assert(
      fc.property(
        payoff,
        slice,
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (terms, { length, vol, ...rest }, share) => {
          const market = { ...rest, timeToEnd: rest.timeToStart + length };
          const offset = { ...terms, strikeOffset: share * rest.forward };
          const price = priceBeforeFixing({ payoff: offset, market: { ...market, vol } });
          if (!price.ok) throw new Error(JSON.stringify(price.error));
          fc.pre(price.value.price > 1e-10);
          const implied = impliedVolBeforeFixing({ payoff: offset, market, price: price.value.price });
          if (!implied.ok) throw new Error(JSON.stringify(implied.error));
          const again = priceBeforeFixing({ payoff: offset, market: { ...market, vol: implied.value } });
          expect(again.ok && Math.abs(again.value.price / price.value.price - 1)).toBeLessThan(1e-11);
        },
      ),
      { seed: 42, numRuns: 25 },
    );
  });

  test('call less put is the forward less the strike, and the straddle is their sum', () => {
    fc.assert(
      fc.property(slice, fc.double({ min: 0.7, max: 1.4, noNaN: true }), (s, strikeMultiplier) => {
        const market = { ...s, timeToEnd: s.timeToStart + s.length };
        const price = (optionType: 'call' | 'put' | 'straddle', power: 1 | 2): number => {
          const got = priceBeforeFixing({
            payoff: { optionType, family: 'relative', power, strikeMultiplier },
            market,
          });
          if (!got.ok) throw new Error(JSON.stringify(got.error));
          return got.value.price;
        };
        const parity = s.discountFactor * (s.carryFactor - strikeMultiplier);
        expect(Math.abs(price('call', 1) - price('put', 1) - parity)).toBeLessThan(1e-14);
        for (const power of [1, 2] as const) {
          const together = price('call', power) + price('put', power);
          expect(Math.abs(together / price('straddle', power) - 1)).toBeLessThan(1e-12);
        }
      }),
      runs,
    );
  });
});
