import type { TrackingBasketInput } from '../../shared/quant/basket/basket.ts';

/** Sets of rules that random universes are searched under. */
export const ruleSets = [
  'the number of names alone',
  'the share of the index',
  'the overlap of weights',
  'the volatility differential',
  'bounds on every weight',
] as const;

/** Repeatable draws. */
export function drawsFrom(seed: number): { readonly uniform: () => number; readonly normal: () => number } {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** A market, names that follow it more or less, an index of all of them, and one of the sets of rules. */
export function randomUniverse(
  { uniform, normal }: ReturnType<typeof drawsFrom>,
  rules: (typeof ruleSets)[number],
  mostNames = 12,
): TrackingBasketInput {
  const names = 4 + Math.floor(uniform() * (mostNames - 3));
  const days = 40 + Math.floor(uniform() * 60);
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
  switch (rules) {
    case 'the number of names alone':
      return base;
    case 'the share of the index':
      return { ...base, maxNameShare: 0.7 };
    case 'the overlap of weights':
      return { ...base, maxWeightOverlap: 0.6 };
    case 'the volatility differential':
      return {
        ...base,
        vols: bySymbol(() => 0.15 + 0.3 * uniform()),
        indexVol: 0.15,
        minVolDifferential: 0.1,
        volDifferentialShare: 0.6,
      };
    case 'bounds on every weight':
      return { ...base, maxNames: Math.max(3, base.maxNames), nameBounds: { min: 0.05, max: 0.45 } };
  }
}
