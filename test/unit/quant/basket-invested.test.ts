import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { investedWeights } from '../../../shared/quant/basket/basket-invested.ts';

const residual = (
  index: readonly number[],
  columns: readonly number[][],
  weights: readonly number[],
): number =>
  index.reduce((sum, y, t) => sum + (y - columns.reduce((v, c, i) => v + weights[i]! * c[t]!, 0)) ** 2, 0);

const series = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 40, maxLength: 40 });

describe('weights of a capital that is spent whole', () => {
  it('are the closed form for two names', () => {
    const a = Array.from({ length: 60 }, (_, t) => 0.02 * Math.sin(t));
    const b = Array.from({ length: 60 }, (_, t) => 0.02 * Math.cos(1.7 * t));
    const index = a.map((x, t) => 0.3 * x + 0.4 * b[t]! + 0.001 * Math.sin(5 * t));
    const spread = a.map((x, t) => x - b[t]!);
    const squares = spread.reduce((sum, d) => sum + d * d, 0);
    const exact = spread.reduce((sum, d, t) => sum + d * (index[t]! - b[t]!), 0) / squares;
    const [first, second] = investedWeights({ index, columns: [a, b], start: [0.3, 0.4] });
    expect(first).toBeCloseTo(exact, 4);
    expect(second).toBeCloseTo(1 - exact, 4);
  });

  it('sum to 1, are above 0, and never fit worse than scaling the free weights', () => {
    fc.assert(
      fc.property(
        series,
        fc.array(series, { minLength: 2, maxLength: 5 }),
        fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (noise, columns, free) => {
          const start = columns.map((_, i) => free[i]!);
          const index = noise.map((e, t) => 0.2 * e + columns.reduce((v, c, i) => v + start[i]! * c[t]!, 0));
          const weights = investedWeights({ index, columns, start });
          expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
          expect(Math.min(...weights)).toBeGreaterThan(0);
          const total = start.reduce((a, b) => a + b, 0);
          const scaled = start.map((weight) => weight / total);
          const [fitted, plain] = [residual(index, columns, weights), residual(index, columns, scaled)];
          expect(fitted).toBeLessThanOrEqual(plain + 1e-4 * plain + 1e-12);
        },
      ),
      { seed: 42, numRuns: 200 },
    );
  });
});
