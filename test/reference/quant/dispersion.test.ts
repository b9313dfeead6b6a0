// Source: reference/07_index_correlation.json, exact rationals and 30-digit values.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { correlationMatrix } from '../../../shared/quant/dispersion/correlation.ts';
import { indexCorrelation, portfolioVol } from '../../../shared/quant/dispersion/index-correlation.ts';

interface Case {
  readonly id: string;
  readonly inputs: {
    readonly weights: readonly string[];
    readonly vols: readonly string[];
    readonly corr: readonly (readonly string[])[];
  };
  readonly expected: {
    readonly portfolio_vol: number;
    readonly weighted_component_vol: number;
    readonly implied_correlation: number;
    readonly index_vol_used: number;
  };
  readonly tolerance: number;
}
interface Realized {
  readonly id: string;
  readonly inputs: {
    readonly returns: readonly (readonly number[])[];
    readonly weights: readonly number[];
    readonly N: number;
  };
  readonly expected: Readonly<
    Record<
      'zero' | 'sample',
      {
        readonly component_vols_ann: readonly number[];
        readonly index_vol_ann: number;
        readonly realized_index_correlation: number;
        readonly corr: readonly (readonly number[])[];
      }
    >
  >;
  readonly tolerance: number;
}

const file = new URL('../../../../shared/reference/07_index_correlation.json', import.meta.url);
const { cases, realized }: { cases: readonly Case[]; realized: readonly Realized[] } = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : (console.log('index correlation reference skipped: no reference files beside the checkout'),
    { cases: [], realized: [] });

/** The file gives numbers as decimals or as fractions `a/b`. */
function numberOf(text: string): number {
  const [over, under = '1'] = text.split('/');
  return Number(over) / Number(under);
}

describe.skipIf(cases.length === 0)('index correlation and portfolio volatility', () => {
  test.each(cases)('$id agrees with the exact fractions', ({ inputs, expected, tolerance }) => {
    const weights = inputs.weights.map(numberOf);
    const vols = inputs.vols.map(numberOf);
    const vol = portfolioVol({ weights, vols, correlations: inputs.corr.flat().map(numberOf) });
    expect(Math.abs((vol.ok ? vol.value : NaN) - expected.portfolio_vol)).toBeLessThan(tolerance);
    const found = indexCorrelation({ weights, vols, indexVol: expected.index_vol_used });
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    // The index volatility itself is rounded to a double: the quotient loses a few more digits.
    expect(Math.abs(found.value.correlation - expected.implied_correlation)).toBeLessThan(10 * tolerance);
    expect(Math.abs(found.value.weightedVol - expected.weighted_component_vol)).toBeLessThan(tolerance);
    const first = expected.weighted_component_vol / expected.index_vol_used;
    if (expected.index_vol_used === 0) expect(found.value.firstCoefficient).toBeNull();
    else expect(found.value.firstCoefficient).toBeCloseTo(first, 12);
  });
});

describe.skipIf(realized.length === 0)('realized index correlation', () => {
  const kinds = realized.flatMap((one) => (['zero', 'sample'] as const).map((mean) => ({ ...one, mean })));
  test.each(kinds)('$id with $mean mean', ({ inputs, expected, mean, tolerance }) => {
    const {
      component_vols_ann: vols,
      index_vol_ann: indexVol,
      realized_index_correlation,
      corr,
    } = expected[mean];
    const found = indexCorrelation({ weights: inputs.weights, vols, indexVol });
    expect(found.ok ? found.value.correlation : NaN).toBeCloseTo(realized_index_correlation, 11);
    const columns = inputs.weights.map((_, i) => inputs.returns.map((row) => row[i]!));
    const matrix = correlationMatrix({ names: inputs.weights.map(String), columns, mean });
    if (!matrix.ok) throw new Error(JSON.stringify(matrix.error));
    corr.flat().forEach((rho, i) => expect(Math.abs(matrix.value.values[i]! - rho)).toBeLessThan(tolerance));
    const vol = portfolioVol({ weights: inputs.weights, vols, correlations: matrix.value.values });
    expect(Math.abs((vol.ok ? vol.value : NaN) - indexVol)).toBeLessThan(tolerance);
  });
});
