import { describe, expect, it } from 'vitest';
import {
  dispersionIndexLevel,
  listedCorrelation,
} from '../../../shared/quant/dispersion/dispersion-neighbors.ts';
import { indexCorrelation } from '../../../shared/quant/dispersion/index-correlation.ts';

const components = Array.from({ length: 60 }, (_, i) => ({
  symbol: `N${i}`,
  weight: (60 - i) / 1830,
  vol: 0.2 + (i % 7) / 50,
}));

describe('listedCorrelation', () => {
  it('takes the largest fifty, their weights brought to sum 1', () => {
    const found = listedCorrelation({ components: components.toReversed(), indexVol: 0.15 });
    if (!found.ok) throw new Error('a number');
    const fifty = components.slice(0, 50);
    const sum = fifty.reduce((total, { weight }) => total + weight, 0);
    const direct = indexCorrelation({
      weights: fifty.map(({ weight }) => weight / sum),
      vols: fifty.map(({ vol }) => vol),
      indexVol: 0.15,
    });
    expect(found.value.correlation).toBeCloseTo(direct.ok ? direct.value.correlation : Number.NaN, 13);
    expect(found.value.names).toHaveLength(50);
    expect(found.value.weightUsed).toBeCloseTo(sum, 13);
  });

  it('comes back with the one correlation that made the index volatility', () => {
    const [own, weighted] = components.reduce(
      ([squares, linear], { weight, vol }) => [squares + (weight * vol) ** 2, linear + weight * vol],
      [0, 0],
    );
    const indexVol = Math.sqrt(own + 0.37 * (weighted ** 2 - own));
    const found = listedCorrelation({ components, indexVol, largest: 60 });
    expect(found.ok && found.value.correlation).toBeCloseTo(0.37, 12);
  });

  it('names who is missing, and refuses without the index', () => {
    const gap = components.map((one, i) => (i === 3 ? { ...one, vol: null } : one));
    const found = listedCorrelation({ components: gap, indexVol: 0.15 });
    expect(found.ok && found.value.missing).toEqual(['N3']);
    expect(found.ok && found.value.names).toHaveLength(49);
    expect(listedCorrelation({ components, indexVol: null }).ok).toBe(false);
  });
});

describe('dispersionIndexLevel', () => {
  it('is the spread of names that move apart, and nothing where they are one', () => {
    // Two names of 30 % at equal weight: uncorrelated, index variance is half theirs.
    const pair = ['A', 'B'].map((symbol) => ({ symbol, weight: 0.5, vol: 0.3 }));
    const apart = dispersionIndexLevel({ components: pair, indexVol: 0.3 / Math.SQRT2 });
    expect(apart.ok && apart.value.level).toBeCloseTo(0.3 / Math.SQRT2, 12);
    const together = dispersionIndexLevel({ components: pair, indexVol: 0.3 });
    expect(together.ok && together.value.level).toBe(0);
  });

  it('has no level where the index carries more variance than its names', () => {
    const found = dispersionIndexLevel({ components, indexVol: 0.5 });
    expect(found.ok ? '' : found.error.detail['reason']).toMatch(/more variance/);
    expect(dispersionIndexLevel({ components: [], indexVol: 0.2 }).ok).toBe(false);
  });
});
