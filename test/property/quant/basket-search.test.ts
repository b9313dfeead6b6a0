import { describe, expect, test } from 'vitest';
import { trackingBasket } from '../../../shared/quant/basket/basket.ts';
import { drawsFrom, randomUniverse, ruleSets } from '../../support/basket-universe.ts';

// `npm run bench -- basket` runs a thousand universes of up to 14 names; here a seeded part of them.
const draws = drawsFrom(12345);
const cases = ruleSets.flatMap((rules) => [
  // Under bounds weights sum to 1 either way, and each fit costs more.
  ...(rules === 'bounds on every weight' ? [] : [{ rules, weights: 'left free', invested: false, runs: 40 }]),
  { rules, weights: 'that sum to 1', invested: true, runs: rules === 'bounds on every weight' ? 20 : 40 },
]);

describe('the search without enumeration', () => {
  test.each(cases)('finds the proven best under $rules, weights $weights', ({ rules, invested, runs }) => {
    let [missed, widest, met] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const input = { ...randomUniverse(draws, rules), invested };
      const exact = trackingBasket(input);
      const searched = trackingBasket({ ...input, enumerateUpTo: 0 });
      expect(searched.ok).toBe(exact.ok);
      if (!exact.ok || !searched.ok) continue;
      expect(exact.value.proof).toBe('enumerated');
      met++;
      const gap = exact.value.rSquared - searched.value.rSquared;
      expect(gap).toBeGreaterThan(-1e-9);
      if (gap > 1e-9) missed++;
      widest = Math.max(widest, gap);
    }
    expect(met).toBeGreaterThan(runs / 2);
    expect(missed / met).toBeLessThanOrEqual(0.01);
    expect(widest).toBeLessThan(1e-4);
  });
});
