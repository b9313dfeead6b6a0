import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlationMatrix } from '../../../shared/quant/dispersion/correlation.ts';
import { dispersionMeasures } from '../../../shared/quant/dispersion/dispersion.ts';
import {
  indexCorrelation,
  portfolioVol,
  varianceParts,
} from '../../../shared/quant/dispersion/index-correlation.ts';
import { smallestEigenvalue } from '../../../shared/quant/dispersion/nearest-correlation.ts';

const fixed = { seed: 42, numRuns: 200 };
const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const sleeve = fc.integer({ min: 2, max: 12 }).chain((n) =>
  fc.record({
    raw: fc.array(positive(0.01, 1), { minLength: n, maxLength: n }),
    vols: fc.array(positive(0.05, 1.5), { minLength: n, maxLength: n }),
    columns: fc.array(fc.array(positive(-0.05, 0.05), { minLength: 25, maxLength: 25 }), {
      minLength: n,
      maxLength: n,
    }),
    indexVol: positive(0.03, 1.5),
  }),
);
const normalized = (raw: readonly number[]): number[] => {
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((w) => w / total);
};

describe('index correlation', () => {
  test('σ_I² = W² + 2 (IC − 1) Σ w w σ σ, for any index volatility', () => {
    fc.assert(
      fc.property(sleeve, ({ raw, vols, indexVol }) => {
        const weights = normalized(raw);
        const result = indexCorrelation({ weights, vols, indexVol });
        if (!result.ok) throw new Error('weights are positive');
        const { weightedVol, pairVariance } = varianceParts(weights, vols);
        const rebuilt = weightedVol ** 2 + (result.value.correlation - 1) * pairVariance;
        expect(Math.abs(rebuilt - indexVol ** 2)).toBeLessThan(
          1e-9 * Math.max(indexVol ** 2, weightedVol ** 2),
        );
      }),
      fixed,
    );
  });

  test('it is 1 exactly where the index volatility is the weighted volatility', () => {
    fc.assert(
      fc.property(sleeve, ({ raw, vols }) => {
        const weights = normalized(raw);
        const { weightedVol } = varianceParts(weights, vols);
        const result = indexCorrelation({ weights, vols, indexVol: weightedVol });
        expect(result.ok ? result.value.correlation : NaN).toBeCloseTo(1, 8);
        const above = indexCorrelation({ weights, vols, indexVol: weightedVol * 1.01 });
        expect(above.ok ? above.value.correlation : NaN).toBeGreaterThan(1);
      }),
      fixed,
    );
  });

  test('the pairs by quadratic form are the pairs by double loop', () => {
    fc.assert(
      fc.property(sleeve, ({ raw, vols }) => {
        const weights = normalized(raw);
        let pairs = 0;
        for (let i = 0; i < weights.length; i++) {
          for (let j = i + 1; j < weights.length; j++)
            pairs += 2 * weights[i]! * weights[j]! * vols[i]! * vols[j]!;
        }
        expect(varianceParts(weights, vols).pairVariance).toBeCloseTo(pairs, 12);
      }),
      fixed,
    );
  });
});

describe('theoretical volatilities', () => {
  test('with any correlations of real series: corrWeightedVol ≤ weightedVol, second ≤ first coefficient', () => {
    fc.assert(
      fc.property(sleeve, ({ raw, vols, columns, indexVol }) => {
        const names = raw.map((_, i) => `N${i}`);
        const matrix = correlationMatrix({ names, columns });
        if (!matrix.ok) return;
        const weights = normalized(raw);
        expect(smallestEigenvalue(matrix.value)).toBeGreaterThan(-1e-9);
        const { measures, varianceContributions } = dispersionMeasures({
          components: names.map((symbol, i) => ({
            symbol,
            weight: weights[i]!,
            vol: vols[i]!,
            historicalVol: null,
          })),
          indexVol,
          indexHistoricalVol: null,
          priceCorrelations: matrix.value,
          volCorrelations: matrix.value,
        });
        expect(measures.corrWeightedVol!).toBeLessThanOrEqual(measures.weightedVol! * (1 + 1e-12));
        expect(measures.secondCoefficient!).toBeLessThanOrEqual(measures.firstCoefficient! * (1 + 1e-12));
        const shares = [...(varianceContributions ?? new Map([['', 1]])).values()];
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }),
      fixed,
    );
  });

  test('one correlation for all pairs, put into the portfolio formula, gives the index volatility back', () => {
    fc.assert(
      fc.property(sleeve, positive(0, 1), ({ raw, vols }, rho) => {
        const weights = normalized(raw);
        const n = weights.length;
        const correlations = Array.from({ length: n * n }, (_, k) => (Math.floor(k / n) === k % n ? 1 : rho));
        const vol = portfolioVol({ weights, vols, correlations });
        if (!vol.ok) throw new Error('valid matrix');
        const back = indexCorrelation({ weights, vols, indexVol: vol.value });
        expect(back.ok ? back.value.correlation : NaN).toBeCloseTo(rho, 7);
      }),
      fixed,
    );
  });
});
