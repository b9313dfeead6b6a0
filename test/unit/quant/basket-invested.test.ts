import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { investedResidualSquares, investedSums } from '../../../shared/quant/basket/basket-invested.ts';
import { trackingBasket } from '../../../shared/quant/basket/basket.ts';
import { gramOf, nonNegativeLeastSquares } from '../../../shared/quant/math/nnls.ts';

const residual = (
  index: readonly number[],
  columns: readonly (readonly number[])[],
  weights: ArrayLike<number>,
): number =>
  index.reduce((sum, y, t) => sum + (y - columns.reduce((v, c, i) => v + weights[i]! * c[t]!, 0)) ** 2, 0);

const series = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 40, maxLength: 40 });
const named = (columns: readonly (readonly number[])[]): Record<string, readonly number[]> =>
  Object.fromEntries(columns.map((column, i) => [`N${i}`, column]));

/** The fit that sums to 1, from the sums of a free one. */
function investedFit(index: readonly number[], columns: readonly (readonly number[])[]) {
  const fit = nonNegativeLeastSquares(
    investedSums(gramOf(columns, index)),
    columns.map((_, i) => i),
  );
  const total = fit.weights.reduce((a, b) => a + b, 0);
  const weights = new Float64Array(columns.length);
  fit.support.forEach((column, i) => (weights[column] = fit.weights[i]! / total));
  return { weights, residualSquares: investedResidualSquares(fit.residualSquares) };
}

describe('weights of a capital that is spent whole', () => {
  it('are the closed form for two names', () => {
    const a = Array.from({ length: 60 }, (_, t) => 0.02 * Math.sin(t));
    const b = Array.from({ length: 60 }, (_, t) => 0.02 * Math.cos(1.7 * t));
    const index = a.map((x, t) => 0.3 * x + 0.4 * b[t]! + 0.001 * Math.sin(5 * t));
    const spread = a.map((x, t) => x - b[t]!);
    const squares = spread.reduce((sum, d) => sum + d * d, 0);
    const exact = spread.reduce((sum, d, t) => sum + d * (index[t]! - b[t]!), 0) / squares;
    const { weights, residualSquares } = investedFit(index, [a, b]);
    expect(weights[0]).toBeCloseTo(exact, 8);
    expect(weights[1]).toBeCloseTo(1 - exact, 8);
    expect(residualSquares / residual(index, [a, b], weights)).toBeCloseTo(1, 8);
  });

  it('have no better neighbor on the simplex, and state their residual', () => {
    fc.assert(
      fc.property(series, fc.array(series, { minLength: 2, maxLength: 6 }), (index, columns) => {
        const { weights, residualSquares } = investedFit(index, columns);
        expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        const least = residual(index, columns, weights);
        expect(Math.abs(residualSquares - least)).toBeLessThan(1e-8 * least + 1e-11);
        for (let into = 0; into < columns.length; into++) {
          for (const step of [1e-3, 0.05, 0.5]) {
            const moved = weights.map((w, i) => w * (1 - step) + (i === into ? step : 0));
            expect(residual(index, columns, moved)).toBeGreaterThan(least * (1 - 1e-9) - 1e-11);
          }
        }
      }),
      { seed: 42, numRuns: 100 },
    );
  });

  it('find an index that is one of the names, and one that is exactly a mix of all of them', () => {
    const wave = (speed: number) => Array.from({ length: 50 }, (_, t) => 0.01 * Math.sin(speed * t + speed));
    const columns = [wave(0.7), wave(1.3), wave(2.9)];
    const one = trackingBasket({ index: columns[1]!, stocks: named(columns), invested: true });
    expect(one.ok && one.value.names).toEqual(['N1']);
    expect(one.ok && one.value.rSquared).toBeCloseTo(1, 8);
    const mix = columns[0]!.map((_, t) =>
      columns.reduce((sum, c, i) => sum + [0.5, 0.3, 0.2][i]! * c[t]!, 0),
    );
    const all = trackingBasket({ index: mix, stocks: named(columns), invested: true });
    if (!all.ok) throw new Error('a basket');
    expect(all.value.rSquared).toBeCloseTo(1, 8);
    expect(all.value.weights['N0']).toBeCloseTo(0.5, 4);
    expect(all.value.weights['N2']).toBeCloseTo(0.2, 4);
  });

  it('are what the names are chosen by: a set that only leaves cash could track is not taken', () => {
    // B follows the index best alone, but at half the weight; A follows it less well at full weight.
    const market = Array.from({ length: 80 }, (_, t) => 0.01 * Math.sin(t) + 0.004 * Math.cos(3.1 * t));
    const own = Array.from({ length: 80 }, (_, t) => 0.004 * Math.sin(2.3 * t));
    const stocks = { A: market.map((m, t) => m + own[t]!), B: market.map((m, t) => 2 * m + 0.5 * own[t]!) };
    const free = trackingBasket({ index: market, stocks, maxNames: 1 });
    const invested = trackingBasket({ index: market, stocks, maxNames: 1, invested: true });
    expect(free.ok && free.value.names).toEqual(['B']);
    expect(invested.ok && invested.value.names).toEqual(['A']);
    expect(invested.ok && invested.value.weights['A']).toBe(1);
  });
});
