import { describe, expect, test } from 'vitest';
import { basketShares } from '../../../shared/quant/basket/basket-shares.ts';
import { rankedMoves } from '../../../shared/quant/basket/basket-moves.ts';
import { trackingBasket, type TrackingBasketInput } from '../../../shared/quant/basket/basket.ts';
import { gramOf, leastSquaresOn, nonNegativeLeastSquares } from '../../../shared/quant/math/nnls.ts';
import { basketReturns, trackingFit } from '../../../shared/quant/math/regression.ts';

/** A market factor with names around it; the same on every run. */
function market(
  names: number,
  days: number,
  seed = 11,
): { index: number[]; stocks: Record<string, number[]> } {
  let state = seed;
  const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
  const factor = Array.from({ length: days }, () => 0.01 * normal());
  const stocks: Record<string, number[]> = {};
  const weights: number[] = [];
  for (let i = 0; i < names; i++) {
    const beta = 0.5 + uniform();
    stocks[`N${i}`] = factor.map((f) => beta * f + 0.012 * normal());
    weights.push(0.2 + uniform());
  }
  const total = weights.reduce((a, b) => a + b, 0);
  const columns = Object.values(stocks);
  const index = factor.map((_, t) =>
    columns.reduce((sum, column, i) => sum + (weights[i]! / total) * column[t]!, 0),
  );
  return { index, stocks };
}

const solved = (
  input: TrackingBasketInput,
): Extract<ReturnType<typeof trackingBasket>, { ok: true }>['value'] => {
  const result = trackingBasket(input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const conflictOf = (input: TrackingBasketInput): string => {
  const result = trackingBasket(input);
  return result.ok ? '' : String(result.error.detail['conflict'] ?? result.error.detail['reason']);
};

describe('nonNegativeLeastSquares', () => {
  test('finds exact weights and drops a name that would be negative', () => {
    const [a, b, c] = [
      [1, 2, 3, 4],
      [2, 1, 0, 1],
      [1, 1, 1, 2],
    ];
    const target = a.map((x, t) => 0.5 * x + 2 * b[t]!);
    const exact = nonNegativeLeastSquares(gramOf([a, b, c], target), [0, 1, 2]);
    expect(exact.support).toEqual([0, 1]);
    expect(exact.weights[0]).toBeCloseTo(0.5, 12);
    expect(exact.weights[1]).toBeCloseTo(2, 12);
    const opposed = gramOf(
      [a, b],
      a.map((x, t) => x - b[t]!),
    );
    expect(nonNegativeLeastSquares(opposed, [0, 1]).support).toEqual([0]);
    expect(leastSquaresOn(opposed, [0, 1])!.weights[1]).toBeCloseTo(-1, 12);
  });
  test('nothing fits a target that all names oppose', () => {
    const sums = gramOf([[1, 1, 2]], [-1, -1, -2]);
    expect(nonNegativeLeastSquares(sums, [0])).toMatchObject({ support: [], residualSquares: 6 });
  });
});

describe('rankedMoves', () => {
  test('predicts the residual of every swap and addition', () => {
    const { index, stocks } = market(9, 60);
    const sums = gramOf(Object.values(stocks), index);
    const columns = [0, 3, 5, 7];
    const moves = rankedMoves({
      sums,
      columns,
      outside: [1, 2, 4, 6, 8],
      removals: [null, ...columns],
      maxNames: 5,
    })!;
    expect(moves).toHaveLength(25);
    for (const { out, coming, residualSquares } of moves) {
      const refit = leastSquaresOn(sums, [...columns.filter((column) => column !== out), coming])!;
      expect(Math.abs(residualSquares / refit.residualSquares - 1)).toBeLessThan(1e-10);
    }
    const full = rankedMoves({ sums, columns, outside: [1], removals: [null, 0], maxNames: 4 })!;
    expect(full.map(({ out }) => out)).toEqual([0]);
  });
});

describe('trackingFit', () => {
  const index = [0.01, -0.02, 0.015, 0.005, -0.01];
  test('a basket equal to the index tracks it perfectly', () => {
    const fit = trackingFit({ index, basket: index });
    if (!fit.ok) throw new Error('fit');
    expect(fit.value).toMatchObject({ rSquared: 1, observations: 5 });
    expect(fit.value.beta).toBeCloseTo(1, 14);
    expect(fit.value.trackingError).toBe(0);
    expect(fit.value.alphaPerYear).toBeCloseTo(0, 14);
  });
  test('twice the index plus one basis point a day has beta 2 and its alpha', () => {
    const fit = trackingFit({ index, basket: index.map((r) => 2 * r + 0.0001) });
    if (!fit.ok) throw new Error('fit');
    expect(fit.value.beta).toBeCloseTo(2, 12);
    expect(fit.value.alphaPerYear).toBeCloseTo(0.0252, 12);
    expect(fit.value.correlationSquared).toBeCloseTo(1, 12);
    expect(fit.value.residualVol).toBeLessThan(1e-8);
    expect(fit.value.rSquared).toBeLessThan(0.2);
    const mean = index.reduce((a, b) => a + b, 0) / 5;
    const deviation = Math.sqrt(index.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 4);
    expect(fit.value.trackingError).toBeCloseTo(deviation * Math.sqrt(252), 12);
  });
  test('refuses too few returns and a flat index', () => {
    expect(trackingFit({ index: [1, 2], basket: [1, 2] }).ok).toBe(false);
    expect(trackingFit({ index: [0, 0, 0], basket: [1, 2, 3] }).ok).toBe(false);
  });
});

describe('trackingBasket', () => {
  const { index, stocks } = market(12, 120);

  test('its r² is that of its own weights, and it is no worse than any set it logged', () => {
    const basket = solved({ index, stocks, maxNames: 4 });
    const returns = basketReturns(
      basket.names.map((name) => stocks[name]!),
      basket.names.map((name) => basket.weights[name]!),
    );
    const fit = trackingFit({ index, basket: returns });
    expect(fit.ok && fit.value.rSquared).toBeCloseTo(basket.rSquared, 12);
    expect(basket.names).toHaveLength(4);
    expect(Math.max(...basket.swaps.map((swap) => swap.rSquared))).toBeCloseTo(basket.rSquared, 12);
    expect(basket.proof).toBe('enumerated');
  });

  test('the swap log, played from nothing, ends at the basket', () => {
    for (const enumerateUpTo of [0, 200_000]) {
      const basket = solved({ index, stocks, maxNames: 5, enumerateUpTo });
      const held = new Set<string>();
      for (const swap of basket.swaps) {
        if (swap.out !== null) expect(held.delete(swap.out)).toBe(true);
        if (swap.in !== null) held.add(swap.in);
      }
      expect([...held].sort()).toEqual([...basket.names].sort());
    }
  });

  test('is the same on every run', () => {
    const once = JSON.stringify(solved({ index, stocks, maxNames: 5, enumerateUpTo: 0 }));
    expect(JSON.stringify(solved({ index, stocks, maxNames: 5, enumerateUpTo: 0 }))).toBe(once);
  });

  test('locked names are in with weight, excluded ones are out', () => {
    const free = solved({ index, stocks, maxNames: 4 });
    const [first] = free.names;
    const other = Object.keys(stocks).find((name) => !free.names.includes(name))!;
    const bound = solved({ index, stocks, maxNames: 4, lock: [other], exclude: [first!] });
    expect(bound.names).toContain(other);
    expect(bound.weights[other]).toBeGreaterThan(0);
    expect(bound.names).not.toContain(first);
    expect(bound.rSquared).toBeLessThan(free.rSquared);
    expect(bound.leftOut).toContainEqual({ symbol: first, reason: 'excluded by hand' });
  });

  test('each name meets the volatility differential, or a share of them does', () => {
    const vols = Object.fromEntries(Object.keys(stocks).map((name, i) => [name, 0.2 + 0.01 * i]));
    const every = solved({ index, stocks, maxNames: 4, vols, indexVol: 0.2, minVolDifferential: 0.05 });
    expect(every.names.every((name) => vols[name]! >= 0.25 - 1e-12)).toBe(true);
    expect(every.facts.differentialShare).toBe(1);
    const half = solved({
      index,
      stocks,
      maxNames: 4,
      vols,
      indexVol: 0.2,
      minVolDifferential: 0.05,
      volDifferentialShare: 0.5,
    });
    expect(half.facts.differentialShare).toBeGreaterThanOrEqual(0.5);
    expect(half.rSquared).toBeGreaterThanOrEqual(every.rSquared);
  });

  test('shares of the index are strictly below their limits', () => {
    const indexWeights = Object.fromEntries(
      Object.keys(stocks)
        .slice(0, 10)
        .map((name) => [name, 0.1]),
    );
    const basket = solved({
      index,
      stocks,
      maxNames: 8,
      indexWeights,
      maxNameShare: 0.5,
      maxWeightOverlap: 0.4,
    });
    const inside = basket.names.filter((name) => name in indexWeights);
    expect(inside.length / 10).toBeLessThan(0.5);
    expect(basket.facts.weightOverlap).toBeLessThan(0.4);
    expect(basket.facts.nameShare).toBe(inside.length / 10);
  });

  test('infeasible names the rules that stand against each other', () => {
    expect(conflictOf({ index, stocks, maxNames: 2, minR2: 0.999 })).toBe('minR2 0.999 with maxNames 2');
    const vols = Object.fromEntries(Object.keys(stocks).map((name) => [name, 0.2]));
    expect(conflictOf({ index, stocks, maxNames: 4, vols, indexVol: 0.2, minVolDifferential: 0.05 })).toBe(
      'minVolDifferential 0.05',
    );
    const mirrored = { ...stocks, M: index.map((r) => -r) };
    expect(conflictOf({ index, stocks: mirrored, maxNames: 3, lock: ['M'] })).toMatch(/^lock M/);
  });

  test('says what is wrong with its input', () => {
    expect(conflictOf({ index, stocks: {} })).toBe('there are no stocks');
    expect(conflictOf({ index, stocks: { A: [0.1] } })).toMatch(/A has 1 returns but the index 120/);
    expect(conflictOf({ index, stocks, minVolDifferential: 0.05 })).toMatch(/need volatilities/);
    expect(conflictOf({ index, stocks, maxWeightOverlap: 0.5 })).toMatch(/needs index weights/);
    expect(conflictOf({ index, stocks, lock: ['X'] })).toMatch(/X is locked in but has no returns/);
    expect(conflictOf({ index: index.map(() => 0), stocks })).toMatch(/do not vary/);
  });

  test('fifty names over five hundred days are searched', () => {
    const large = market(50, 500, 5);
    const basket = solved({ ...large, maxNames: 20, minR2: 0.8 });
    expect(basket.proof).toBe('searched');
    expect(basket.names).toHaveLength(20);
  });
});

describe('basketShares', () => {
  const targets = [
    { symbol: 'A', weight: 2, price: 30 },
    { symbol: 'B', weight: 1, price: 400 },
    { symbol: 'C', weight: 1, price: 7 },
  ];
  test('buys whole lots within the capital, near the weights', () => {
    const basket = basketShares({ targets, capital: 1_000_000, lotSize: 100 });
    if (!basket.ok) throw new Error('shares');
    expect(basket.value.holdings.map(({ shares }) => shares)).toEqual([16700, 600, 35700]);
    expect(basket.value.invested + basket.value.cash).toBe(1_000_000);
    expect(basket.value.cash).toBeGreaterThanOrEqual(0);
    expect(basket.value.holdings[0]).toMatchObject({ targetWeight: 0.5, value: 501_000 });
  });
  test('says so where the capital buys nothing, or a price is missing', () => {
    const poor = basketShares({ targets, capital: 100, lotSize: 100 });
    expect(poor.ok ? null : poor.error.code).toBe('basket-without-shares');
    const unpriced = basketShares({ targets: [{ symbol: 'A', weight: 1, price: 0 }], capital: 100 });
    expect(unpriced.ok ? null : unpriced.error).toMatchObject({ code: 'invalid-input', subject: 'A' });
  });
});
