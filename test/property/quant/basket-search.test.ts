import { describe, expect, test } from 'vitest';
import { trackingBasket, type TrackingBasketInput } from '../../../shared/quant/basket/basket.ts';

/** Repeatable draws. */
function drawsFrom(seed: number): { readonly uniform: () => number; readonly normal: () => number } {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

const { uniform, normal } = drawsFrom(12345);

/** A market, names that follow it more or less, an index of all of them, and one of four sets of rules. */
function instance(kind: number): TrackingBasketInput {
  const [names, days] = [4 + Math.floor(uniform() * 9), 40 + Math.floor(uniform() * 60)];
  const market = Array.from({ length: days }, () => 0.01 * normal());
  const columns = Array.from({ length: names }, () => {
    const [beta, own] = [0.5 + uniform(), 0.005 + 0.015 * uniform()];
    return market.map((m) => beta * m + own * normal());
  });
  const shares = columns.map(uniform);
  const sum = shares.reduce((a, b) => a + b, 0);
  const index = market.map((_, t) =>
    columns.reduce((total, c, i) => total + (shares[i]! / sum) * c[t]!, 0.001 * normal()),
  );
  const bySymbol = <Value>(of: (i: number) => Value): Record<string, Value> =>
    Object.fromEntries(columns.map((_, i) => [`N${i}`, of(i)]));
  const base = {
    index,
    stocks: bySymbol((i) => columns[i]!),
    maxNames: 1 + Math.floor(uniform() * Math.min(8, names)),
    indexWeights: bySymbol((i) => shares[i]! / sum),
  };
  if (kind === 1) return { ...base, maxNameShare: 0.7 };
  if (kind === 2) return { ...base, maxWeightOverlap: 0.6 };
  if (kind === 3) {
    const vols = bySymbol(() => 0.15 + 0.3 * uniform());
    return { ...base, vols, indexVol: 0.15, minVolDifferential: 0.1, volDifferentialShare: 0.6 };
  }
  return base;
}

describe('the search without enumeration', () => {
  test.each([
    [0, 'the number of names alone'],
    [1, 'the share of the index'],
    [2, 'the overlap of weights'],
    [3, 'the volatility differential'],
  ])('finds the proven best under rules %i: %s', (kind) => {
    let [missed, widest, met] = [0, 0, 0];
    for (let run = 0; run < 60; run++) {
      const input = instance(kind);
      const exact = trackingBasket(input);
      const searched = trackingBasket({ ...input, enumerateUpTo: 0 });
      expect(searched.ok).toBe(exact.ok);
      if (!exact.ok || !searched.ok) continue;
      met++;
      const gap = exact.value.rSquared - searched.value.rSquared;
      expect(gap).toBeGreaterThan(-1e-12);
      if (gap > 1e-9) missed++;
      widest = Math.max(widest, gap);
    }
    expect(met).toBeGreaterThan(40);
    expect(missed / met).toBeLessThanOrEqual(0.01);
    expect(widest).toBeLessThan(1e-4);
  });
});
