import { describe, expect, it } from 'vitest';
import { boundedFit, type WeightBounds } from '../../../shared/quant/math/bounded-fit.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { trackingBasket } from '../../../shared/quant/basket/basket.ts';
import { gramOf, nonNegativeLeastSquares } from '../../../shared/quant/math/nnls.ts';

/** A repeatable panel: a market, names that follow it, an index of some of them. */
function panel(names: number, days: number, seed: number) {
  let state = seed;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const market = Array.from({ length: days }, () => 0.02 * draw());
  const columns = Array.from({ length: names }, () => market.map((m) => m + 0.03 * draw()));
  const index = market.map(
    (_, t) =>
      columns.slice(0, 4).reduce((sum, c, i) => sum + [0.5, 0.3, 0.15, 0.05][i]! * c[t]!, 0) + 0.004 * draw(),
  );
  return gramOf(columns, index);
}
const open = (names: number): WeightBounds => ({
  lower: new Float64Array(names),
  upper: new Float64Array(names).fill(Infinity),
  groups: [],
});
const all = (names: number): number[] => Array.from({ length: names }, (_, i) => i);

describe('boundedFit', () => {
  it('without caps is the non-negative fit', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const sums = panel(9, 40, seed);
      const plain = nonNegativeLeastSquares(sums, all(9));
      const found = boundedFit({ sums, columns: all(9), bounds: open(9) });
      expect(found?.support).toEqual(plain.support);
      plain.weights.forEach((weight, i) => expect(found?.weights[i]).toBeCloseTo(weight, 10));
      expect(found?.residualSquares).toBeCloseTo(plain.residualSquares, 12);
    }
  });

  it('keeps every bound, and no small exchange of weight within them fits better', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const n = 8;
      const sums = panel(n, 60, seed);
      const bounds: WeightBounds = {
        lower: new Float64Array(n).fill(0.02),
        upper: new Float64Array(n).fill(0.3),
        groups: [{ members: new Set([0, 1]), min: 0.1, max: 0.45 }],
      };
      const found = boundedFit({ sums, columns: all(n), bounds, total: 1 });
      if (found === null) throw new Error('the bounds can be kept');
      const w = [...found.weights];
      expect(w).toHaveLength(n);
      expect(w.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      for (const weight of w) {
        expect(weight).toBeGreaterThan(0.02 - 1e-9);
        expect(weight).toBeLessThan(0.3 + 1e-9);
      }
      expect(w[0]! + w[1]!).toBeLessThan(0.45 + 1e-9);
      const cost = (x: readonly number[]): number =>
        sums.targetSquares +
        x.reduce(
          (sum, xi, i) =>
            sum - 2 * xi * sums.cross[i]! + x.reduce((s, xj, j) => s + xi * xj * sums.gram[i * n + j]!, 0),
          0,
        );
      expect(found.residualSquares).toBeCloseTo(cost(w), 12);
      const step = 1e-5;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const moved = w.map((x, c) => x + (c === i ? step : 0) - (c === j ? step : 0));
          const allowed = moved.every((x) => x >= 0.02 && x <= 0.3) && moved[0]! + moved[1]! <= 0.45;
          if (i !== j && allowed) expect(cost(moved)).toBeGreaterThan(cost(w) - 1e-12);
        }
      }
    }
  });

  it('has no answer where the caps cannot add up, or a name is there twice', () => {
    const sums = panel(5, 40, 3);
    const capped = { ...open(5), upper: new Float64Array(5).fill(0.15) };
    expect(boundedFit({ sums, columns: all(5), bounds: capped, total: 1 })).toBeNull();
    expect(boundedFit({ sums, columns: all(5), bounds: capped })).not.toBeNull();
    const twice = gramOf(
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      [1, 2, 4],
    );
    expect(boundedFit({ sums: twice, columns: [0, 1], bounds: open(2) })).toBeNull();
  });
});

describe('a tracking basket under weight bounds', () => {
  const days = 80;
  const wave = (seed: number): number[] =>
    Array.from({ length: days }, (_, t) => 0.01 * Math.sin(seed * t * t + t) + 0.006 * Math.cos(0.7 * t));
  const stocks = Object.fromEntries(
    ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((s, i) => [s, wave(1.3 + i)]),
  );
  const index = Array.from({ length: days }, (_, t) =>
    Object.values(stocks).reduce(
      (sum, c, i) => sum + [0.4, 0.25, 0.15, 0.1, 0.05, 0.03, 0.01, 0.01][i]! * c[t]!,
      0,
    ),
  );
  const sectors = { A: 'Banks', B: 'Banks', C: 'Oil', D: 'Oil', E: 'Cars', F: 'Cars', G: 'Cars', H: 'Cars' };

  it('keeps the caps of names and sectors, with weights that sum to 1', () => {
    const found = trackingBasket({
      index,
      stocks,
      maxNames: 6,
      nameBounds: { min: 0.05, max: 0.3 },
      boundsBySymbol: { B: { max: 0.2 } },
      sectors,
      sectorBounds: { Banks: { max: 0.45 } },
    });
    if (!found.ok) throw new Error('the bounds can be kept');
    const { weights, names, rSquared } = found.value;
    expect(Object.values(weights).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    for (const name of names) {
      expect(weights[name]).toBeGreaterThan(0.05 - 1e-9);
      expect(weights[name]).toBeLessThan((name === 'B' ? 0.2 : 0.3) + 1e-9);
    }
    expect((weights['A'] ?? 0) + (weights['B'] ?? 0)).toBeLessThan(0.45 + 1e-9);
    const free = trackingBasket({ index, stocks, maxNames: 6 });
    expect(free.ok && free.value.rSquared).toBeGreaterThan(rSquared);
  });

  it('says where the caps of so few names cannot add up, and which bound makes no sense', () => {
    const few = trackingBasket({ index, stocks, maxNames: 3, nameBounds: { max: 0.3 } });
    expect(few.ok ? '' : sentenceOf(few.error)).toMatch(/weight bounds with maxNames 3/);
    const wrong = trackingBasket({ index, stocks, nameBounds: { min: 0.4, max: 0.3 } });
    expect(wrong.ok ? '' : sentenceOf(wrong.error)).toMatch(/between 0 and 1/);
    const nowhere = trackingBasket({ index, stocks, sectors, sectorBounds: { Ships: { max: 0.1 } } });
    expect(nowhere.ok ? '' : sentenceOf(nowhere.error)).toMatch(/sector Ships/);
  });
});
