import { describe, expect, test } from 'vitest';
import type { CorrelationMatrix } from '../../../shared/quant/dispersion/correlation.ts';
import { dispersionMeasures, type DispersionComponent } from '../../../shared/quant/dispersion/dispersion.ts';
import { indexCorrelation, portfolioVol } from '../../../shared/quant/dispersion/index-correlation.ts';

/**
 * A published table of ten indices, 30 days, in per cent: EGAR Technology, "How to Read Dispersion
 * Numbers", section 2.2. The row printed as "WtdCompHV / HV" is CorrWtdCompHV over HV, the third coefficient.
 */
const published = {
  names: ['CAC', 'DAX', 'DJX', 'MSH', 'NDX', 'OEX', 'OSX', 'SOX', 'SPX', 'TX60'],
  indexVol: [38.56, 44.94, 30.39, 43.23, 40.51, 32.25, 40.48, 58.26, 30.32, 21.7],
  historicalVol: [27.1, 42.06, 21.5, 36.84, 31.96, 23.34, 35.66, 46.8, 22.12, 13.79],
  impliedCorrelation: [81.96, 65.17, 68.5, 54.17, 60.87, 66.4, 93.9, 75.75, 58.49, 53.46],
  weightedVol: [42.38, 54.67, 36.39, 58.01, 51.47, 39.34, 41.68, 66.17, 39.51, 29.24],
  firstCoefficient: [1.1, 1.22, 1.2, 1.34, 1.27, 1.22, 1.03, 1.14, 1.3, 1.35],
  histCorrVol: [29.82, 45.98, 26.46, 42.46, 37.81, 28.1, 38.27, 56.29, 26.78, 15.66],
  histCorrCoefficient: [0.77, 1.02, 0.87, 0.98, 0.93, 0.87, 0.95, 0.97, 0.88, 0.72],
  corrVol: [8.37, 20.06, 19.74, 25.1, 21.27, 21.23, 17.31, 32.35, 18.42, 8.08],
  secondCoefficient: [0.22, 0.45, 0.65, 0.58, 0.53, 0.66, 0.43, 0.56, 0.61, 0.37],
  spread: [-30.19, -24.88, -10.65, -18.13, -19.24, -11.02, -23.17, -25.91, -11.89, -13.62],
  corrHistoricalVol: [25.16, 39.82, 20.61, 35.7, 30.86, 22.53, 34.18, 44.25, 21.67, 12.32],
  thirdCoefficient: [0.93, 0.95, 0.96, 0.97, 0.97, 0.97, 0.96, 0.95, 0.98, 0.85],
};

const matrixOf = (names: readonly string[], rho: number): CorrelationMatrix => ({
  names,
  values: Float64Array.from({ length: names.length ** 2 }, (_, k) =>
    Math.floor(k / names.length) === k % names.length ? 1 : rho,
  ),
  observations: 100,
});

const component = (
  symbol: string,
  weight: number,
  vol: number | null,
  historicalVol: number | null,
): DispersionComponent => ({
  symbol,
  weight,
  vol,
  historicalVol,
});

/**
 * A one-component "index" whose theoretical volatility is the printed one: its ratios go through the
 * same code as any index's.
 */
const ratiosOf = (k: number): ReturnType<typeof dispersionMeasures>['measures'] =>
  dispersionMeasures({
    components: [component('ALL', 1, published.corrVol[k]! / 100, published.corrHistoricalVol[k]! / 100)],
    indexVol: published.indexVol[k]! / 100,
    indexHistoricalVol: published.historicalVol[k]! / 100,
    priceCorrelations: matrixOf(['ALL'], 1),
    volCorrelations: matrixOf(['ALL'], 1),
  }).measures;

describe('the published table', () => {
  const columns = published.names.map((name, k) => ({ name, k }));
  /** Printed with two decimals, from parts printed with two decimals. */
  const printed = 0.0051;

  test.each(columns)('$name: second coefficient and spread follow from their parts', ({ k }) => {
    const { secondCoefficient, corrWeightedVolSpread } = ratiosOf(k);
    expect(Math.abs(secondCoefficient! - published.secondCoefficient[k]!)).toBeLessThan(printed);
    expect(Math.abs(corrWeightedVolSpread! - published.spread[k]! / 100)).toBeLessThan(0.000151);
  });

  // TX60 is printed as 0.85 where its own parts give 0.89.
  test.each(columns.filter(({ name }) => name !== 'TX60'))(
    '$name: third coefficient follows from its parts',
    ({ k }) => {
      expect(Math.abs(ratiosOf(k).thirdCoefficient! - published.thirdCoefficient[k]!)).toBeLessThan(printed);
    },
  );

  test.each(columns)('$name: first and mixed coefficients follow from their parts', ({ k }) => {
    const one = (vol: number): ReturnType<typeof dispersionMeasures>['measures'] =>
      dispersionMeasures({
        components: [component('ALL', 1, vol / 100, null)],
        indexVol: published.indexVol[k]! / 100,
        indexHistoricalVol: null,
        priceCorrelations: matrixOf(['ALL'], 1),
        volCorrelations: null,
      }).measures;
    expect(
      Math.abs(one(published.weightedVol[k]!).firstCoefficient! - published.firstCoefficient[k]!),
    ).toBeLessThan(printed);
    expect(
      Math.abs(one(published.histCorrVol[k]!).histCorrCoefficient! - published.histCorrCoefficient[k]!),
    ).toBeLessThan(printed);
  });

  test.each(columns)(
    '$name: its correlation fits its volatilities for a believable number of names',
    ({ k }) => {
      // σ_I² = W² + (IC − 1) · pairs gives the pairs, and W² − pairs the own variance: with the weighted
      // volatility that is an effective number of names W² / own, which must lie between 1 and the index size.
      const [indexVol, weighted, correlation] = [
        published.indexVol[k]!,
        published.weightedVol[k]!,
        published.impliedCorrelation[k]! / 100,
      ];
      const pairs = (weighted ** 2 - indexVol ** 2) / (1 - correlation);
      const effective = weighted ** 2 / (weighted ** 2 - pairs);
      expect(effective).toBeGreaterThan(3);
      expect(effective).toBeLessThan(120);
      // And that many equal names give the printed correlation back.
      const n = Math.round(effective);
      const even = indexCorrelation({
        weights: Array(n).fill(1 / n),
        vols: Array(n).fill(weighted / 100),
        indexVol: indexVol / 100,
      });
      expect(even.ok ? even.value.correlation : NaN).toBeCloseTo(correlation, 1);
    },
  );
});

describe('dispersionMeasures', () => {
  const components = [
    component('A', 0.5, 0.3, 0.25),
    component('B', 0.3, 0.2, 0.22),
    component('C', 0.2, 0.4, 0.5),
  ];
  const names = ['A', 'B', 'C'];
  const full = {
    components,
    indexVol: 0.2,
    indexHistoricalVol: 0.18,
    priceCorrelations: matrixOf(names, 0.4),
    volCorrelations: matrixOf(names, 0.1),
  };

  test('computes every measure where everything is there', () => {
    const { measures, reasons, coverage, identityResidual } = dispersionMeasures(full);
    expect(reasons).toEqual({});
    expect(measures.weightedVol).toBeCloseTo(0.29, 14);
    expect(measures.firstCoefficient).toBeCloseTo(1.45, 14);
    expect(measures.weightedHistoricalVol).toBeCloseTo(0.291, 14);
    expect(measures.impliedToHistorical).toBeCloseTo(0.2 / 0.18, 14);
    const own = 0.15 ** 2 + 0.06 ** 2 + 0.08 ** 2;
    expect(measures.impliedCorrelation).toBeCloseTo((0.04 - own) / (0.29 ** 2 - own), 13);
    expect(measures.corrWeightedVol).toBeCloseTo(Math.sqrt(own + 0.1 * (0.29 ** 2 - own)), 13);
    expect(measures.histCorrWeightedVol).toBeCloseTo(Math.sqrt(own + 0.4 * (0.29 ** 2 - own)), 13);
    expect(measures.corrWeightedVolSpread).toBeCloseTo(measures.corrWeightedVol! - 0.2, 14);
    expect(Math.abs(identityResidual!)).toBeLessThan(1e-15);
    expect(coverage).toMatchObject({ names: 3, of: 3, missing: [], badge: 'complete' });
    expect(coverage.effectiveNames).toBeCloseTo(1 / (0.25 + 0.09 + 0.04), 13);
  });

  test('variance contributions sum to 1 and follow size and volatility', () => {
    const contributions = dispersionMeasures(full).varianceContributions!;
    expect([...contributions.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    expect(contributions.get('A')!).toBeGreaterThan(contributions.get('C')!);
    expect(contributions.get('C')!).toBeGreaterThan(contributions.get('B')!);
  });

  test('renormalizes over the names that have a volatility, and says which are missing', () => {
    const partial = dispersionMeasures({
      ...full,
      components: [...components.slice(0, 2), component('C', 0.2, null, 0.5)],
    });
    expect(partial.coverage).toMatchObject({ names: 2, of: 3, missing: ['C'], badge: 'partial' });
    expect(partial.coverage.weight).toBeCloseTo(0.8, 14);
    expect(partial.measures.weightedVol).toBeCloseTo((0.5 * 0.3 + 0.3 * 0.2) / 0.8, 14);
    expect(partial.weightUsed.historical).toBeCloseTo(1, 14);
  });

  test('never clamps a correlation above 1, and says what it means', () => {
    const rich = dispersionMeasures({ ...full, indexVol: 0.32 });
    expect(rich.measures.impliedCorrelation).toBeGreaterThan(1);
    expect(rich.measures.firstCoefficient).toBeLessThan(1);
    expect(rich.impliedCorrelationNote).toMatch(/^Above 100 %/);
  });

  test('says why each measure is blank', () => {
    const bare = dispersionMeasures({
      components: components.map((c) => ({ ...c, historicalVol: null })),
      indexVol: 0.2,
      indexHistoricalVol: null,
      priceCorrelations: null,
      volCorrelations: null,
    });
    expect(bare.measures.impliedCorrelation).not.toBeNull();
    const blank = Object.entries(bare.measures)
      .filter(([, value]) => value === null)
      .map(([key]) => key);
    expect(blank.length).toBeGreaterThan(8);
    expect(Object.keys(bare.reasons).sort()).toEqual(blank.sort());
    expect(bare.reasons.secondCoefficient).toMatch(/too little history/);
    expect(bare.reasons.realizedCorrelation).toMatch(/index has no historical volatility/);
  });

  test('an index without covered names has nothing but reasons', () => {
    const none = dispersionMeasures({
      ...full,
      components: components.map((c) => ({ ...c, vol: null, historicalVol: null })),
    });
    expect(none.coverage).toMatchObject({ badge: 'none', names: 0, effectiveNames: 0, weight: 0 });
    expect(none.measures.weightedVol).toBeNull();
    expect(none.reasons.impliedCorrelation).toMatch(/No component/);
  });

  test('a single name has no correlation', () => {
    const single = dispersionMeasures({ ...full, components: [component('A', 1, 0.3, 0.3)] });
    expect(single.measures.impliedCorrelation).toBeNull();
    expect(single.reasons.impliedCorrelation).toMatch(/No pair of names/);
  });
});

describe('portfolioVol', () => {
  test('refuses correlations that are none', () => {
    const ask = (correlations: readonly number[]): string | number | undefined => {
      const result = portfolioVol({ weights: [0.5, 0.5], vols: [0.2, 0.3], correlations });
      return result.ok ? undefined : result.error.detail['reason'];
    };
    expect(ask([1, 0.5, 0.5, 1])).toBeUndefined();
    expect(ask([1, 0.5, 0.4, 1])).toMatch(/symmetric/);
    expect(ask([1, 1.2, 1.2, 1])).toMatch(/beyond 1/);
    expect(ask([0.9, 0.5, 0.5, 1])).toMatch(/diagonal/);
    expect(ask([1, 0.5])).toMatch(/2 × 2/);
  });

  test('refuses pairs that contradict each other', () => {
    const correlations = [1, -0.9, -0.9, -0.9, 1, -0.9, -0.9, -0.9, 1];
    const result = portfolioVol({
      weights: [1, 1, 1].map((w) => w / 3),
      vols: [0.2, 0.2, 0.2],
      correlations,
    });
    expect(result.ok ? '' : result.error.detail['reason']).toMatch(/contradict/);
  });
});
