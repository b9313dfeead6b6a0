import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basketShares } from '../../../shared/quant/basket/basket-shares.ts';
import { trackingBasket } from '../../../shared/quant/basket/basket.ts';
import { gramOf, nonNegativeLeastSquares } from '../../../shared/quant/math/nnls.ts';

const fixed = { seed: 42, numRuns: 60 };
const returns = (days: number) =>
  fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: days, maxLength: days });
const panel = fc
  .integer({ min: 4, max: 9 })
  .chain((names) =>
    fc.record({ index: returns(30), stocks: fc.array(returns(30), { minLength: names, maxLength: names }) }),
  );
const named = (stocks: readonly number[][]): Record<string, number[]> =>
  Object.fromEntries(stocks.map((s, i) => [`N${i}`, s]));

describe('nonNegativeLeastSquares', () => {
  test('meets the optimality conditions: no gradient within the support, none upwards outside it', () => {
    fc.assert(
      fc.property(panel, ({ index, stocks }) => {
        const sums = gramOf(stocks, index);
        const { support, weights } = nonNegativeLeastSquares(
          sums,
          stocks.map((_, i) => i),
        );
        stocks.forEach((_, i) => {
          let gradient = sums.cross[i]!;
          support.forEach((j, at) => (gradient -= sums.gram[i * sums.size + j]! * weights[at]!));
          const scale = 1e-9 * (Math.abs(sums.cross[i]!) + 1e-6);
          if (support.includes(i)) expect(Math.abs(gradient)).toBeLessThan(scale);
          else expect(gradient).toBeLessThan(scale);
        });
        expect(weights.every((w) => w > 0)).toBe(true);
      }),
      fixed,
    );
  });
});

describe('trackingBasket', () => {
  test('the swap search finds nearly always what enumeration proves, and never more', () => {
    let [missed, widest, runs] = [0, 0, 0];
    fc.assert(
      fc.property(panel, fc.integer({ min: 1, max: 4 }), ({ index, stocks }, maxNames) => {
        const input = { index, stocks: named(stocks), maxNames };
        const exact = trackingBasket(input);
        const searched = trackingBasket({ ...input, enumerateUpTo: 0 });
        expect(searched.ok).toBe(exact.ok);
        if (!exact.ok || !searched.ok) return;
        const gap = exact.value.rSquared - searched.value.rSquared;
        runs++;
        expect(gap).toBeGreaterThan(-1e-12);
        if (gap > 1e-9) missed++;
        widest = Math.max(widest, gap);
      }),
      fixed,
    );
    expect(missed / runs).toBeLessThanOrEqual(0.01);
    expect(widest).toBeLessThan(1e-4);
  });

  test('every rule that is on holds for what is returned', () => {
    fc.assert(
      fc.property(panel, fc.double({ min: 0.2, max: 0.9, noNaN: true }), ({ index, stocks }, share) => {
        const names = stocks.map((_, i) => `N${i}`);
        const indexWeights = Object.fromEntries(names.map((name) => [name, 1 / names.length]));
        const found = trackingBasket({
          index,
          stocks: named(stocks),
          maxNames: 5,
          indexWeights,
          maxNameShare: share,
          maxWeightOverlap: share,
          enumerateUpTo: 0,
        });
        if (!found.ok) return;
        expect(found.value.names.length / names.length).toBeLessThan(share);
        expect(found.value.facts.weightOverlap!).toBeLessThan(share);
      }),
      fixed,
    );
  });
});

describe('basketShares', () => {
  test('never spends more than the capital and stays within a lot of each target', () => {
    const target = fc.record({
      weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
      price: fc.double({ min: 1, max: 500, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(target, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 50 }),
        (list, lotSize) => {
          const capital = 1e6;
          const basket = basketShares({
            targets: list.map((t, i) => ({ symbol: `N${i}`, ...t })),
            capital,
            lotSize,
          });
          if (!basket.ok) return;
          expect(basket.value.invested).toBeLessThanOrEqual(capital * (1 + 1e-12));
          expect(basket.value.holdings.reduce((sum, h) => sum + h.weight, 0)).toBeCloseTo(1, 12);
          basket.value.holdings.forEach((h, i) => {
            expect(h.shares % lotSize).toBe(0);
            expect(Math.abs(h.value - h.targetWeight * capital)).toBeLessThan(
              list[i]!.price * lotSize + 1e-6,
            );
          });
        },
      ),
      fixed,
    );
  });
});
