import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extrapolatedGridValue } from '../../../shared/quant/american/american-grid.ts';
import { americanImpliedVol } from '../../../shared/quant/american/american-implied-vol.ts';
import { exercisedBetween, latticeSuits } from '../../../shared/quant/american/american-lattice-layout.ts';
import { extrapolatedLatticeValue, latticeValue } from '../../../shared/quant/american/american-lattice.ts';
import { americanPrice } from '../../../shared/quant/american/american.ts';
import type { StockOption } from '../../../shared/quant/american/american.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const spot = 100;
const terms = fc
  .record({
    optionType: fc.constantFrom('call' as const, 'put' as const),
    timeToExpiry: real(0.02, 2),
    vol: real(0.08, 0.7),
    rate: real(0, 0.08),
    deviations: real(-2, 2),
    dividendModel: fc.constantFrom('spotJump' as const, 'escrowed' as const),
    dividendYield: fc.constantFrom(0, 0, 0.03),
    dividends: fc.array(fc.record({ share: real(0.02, 0.98), amount: real(0.1, 3) }), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ deviations, dividends, ...rest }) => ({
    ...rest,
    spot,
    strike: spot * Math.exp(deviations * rest.vol * Math.sqrt(rest.timeToExpiry)),
    dividends: dividends
      .map(({ share, amount }) => ({ timeToExDate: share * rest.timeToExpiry, amount }))
      .sort((a, b) => a.timeToExDate - b.timeToExDate),
  }));

const gridOf = ({ optionType, ...rest }: StockOption, american: boolean) => ({
  ...rest,
  sign: optionType === 'call' ? 1 : -1,
  dividendYield: rest.dividendYield ?? 0,
  dividends: rest.dividends ?? [],
  dividendModel: rest.dividendModel ?? ('spotJump' as const),
  american,
});
const finest = (vol: number) => ({ spaceSteps: 400, timeSteps: 160, reachVol: vol });
const size = (vol: number, spacing: number) => ({
  spacing,
  mostVariance: spacing > 0.12 ? 0.8 : 1,
  reachVol: vol,
});

/** Shares of the spot, against finite differences of 400 × 160 and 800 × 320 extrapolated. */
const atExDatesTolerance = 2e-5;
const atAnyTimeTolerance = 3e-5;

describe('the lattice for cash dividends', () => {
  test('agrees with finite differences where exercise is due at ex-dates alone', () => {
    let checked = 0;
    fc.assert(
      fc.property(terms, fc.boolean(), (option, european) => {
        const grid = gridOf(option, !european);
        fc.pre(!exercisedBetween(grid));
        expect(latticeSuits(grid, size(option.vol, 0.12))).toBe(true);
        const lattice = latticeValue(grid, size(option.vol, 0.12));
        const exact = extrapolatedGridValue(grid, finest(option.vol));
        expect(Math.abs(lattice.price - exact.price) / spot).toBeLessThan(atExDatesTolerance);
        checked += 1;
      }),
      { seed: 42, numRuns: 60 },
    );
    expect(checked).toBe(60);
  });

  test('agrees with finite differences where exercise is due at any time', () => {
    fc.assert(
      fc.property(terms, (option) => {
        const grid = gridOf(option, true);
        fc.pre(exercisedBetween(grid));
        const lattice = extrapolatedLatticeValue(grid, size(option.vol, 0.16));
        const exact = extrapolatedGridValue(grid, finest(option.vol));
        expect(Math.abs(lattice.price - exact.price) / spot).toBeLessThan(atAnyTimeTolerance);
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  test('gives the volatility of a fast price back', () => {
    fc.assert(
      fc.property(terms, (option) => {
        const fast: StockOption = { ...option, accuracy: 'fast' };
        const price = americanPrice(fast);
        if (!price.ok) throw new Error('valid terms');
        const sign = option.optionType === 'call' ? 1 : -1;
        fc.pre(price.value > sign * (spot - option.strike) + 0.02 && price.value > 0.01);
        const found = americanImpliedVol({ ...fast, price: price.value });
        if (!found.ok) throw new Error(found.error.code);
        const back = americanPrice({ ...fast, vol: found.value });
        expect(back.ok && Math.abs(back.value - price.value) / spot).toBeLessThan(1e-6);
      }),
      { seed: 42, numRuns: 200 },
    );
  });
});
