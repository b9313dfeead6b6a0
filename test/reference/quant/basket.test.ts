// Source: reference/08b_tracking_basket.json, exhaustive optima, winners re-solved with 40 digits.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { trackingBasket, type TrackingBasketInput } from '../../../shared/quant/basket/basket.ts';

interface Instance {
  readonly id: string;
  readonly method: 'nnls' | 'ols';
  readonly k_max: number;
  readonly index_size: number;
  readonly in_index: readonly boolean[];
  readonly index_weights: readonly number[];
  readonly implied_vols: readonly number[];
  readonly index_implied_vol: number;
  readonly rules: {
    readonly max_name_fraction?: number;
    readonly max_weight_overlap?: number;
    readonly min_vol_spread?: number;
    readonly max_realized_vol_diff?: number;
  };
  readonly returns: readonly (readonly number[])[];
  readonly index_returns: readonly number[];
  readonly result: {
    readonly status: 'optimal' | 'infeasible';
    readonly selected: readonly number[];
    readonly weights: readonly number[];
    readonly r2: number;
  };
}

const file = new URL('../../../../shared/reference/08b_tracking_basket.json', import.meta.url);
const instances: readonly Instance[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8')).instances
  : (console.log('tracking basket reference skipped: no reference files beside the checkout'), []);

/** As the file states them. */
const rSquaredTolerance = 1e-10;
const weightTolerance = 1e-8;

const symbolOf = (column: number): string => `S${column}`;

function inputOf(instance: Instance): TrackingBasketInput {
  const columns = instance.in_index.map((_, column) => column);
  const named = <T>(values: readonly T[], keep: (column: number) => boolean): Record<string, T> =>
    Object.fromEntries(columns.filter(keep).map((column) => [symbolOf(column), values[column]!]));
  const { rules } = instance;
  return {
    index: instance.index_returns,
    stocks: Object.fromEntries(columns.map((c) => [symbolOf(c), instance.returns.map((row) => row[c]!)])),
    method: instance.method,
    maxNames: instance.k_max,
    indexSize: instance.index_size,
    indexWeights: named(instance.index_weights, (column) => instance.in_index[column]!),
    vols: named(instance.implied_vols, () => true),
    indexVol: instance.index_implied_vol,
    maxNameShare: rules.max_name_fraction ?? null,
    maxWeightOverlap: rules.max_weight_overlap ?? null,
    minBasketVolSpread: rules.min_vol_spread ?? null,
    maxRealizedVolDifference: rules.max_realized_vol_diff ?? null,
  };
}

describe.skipIf(instances.length === 0)('trackingBasket against exhaustive search', () => {
  test.each(instances)('$id ($method) is solved by enumeration', (instance) => {
    const found = trackingBasket(inputOf(instance));
    if (instance.result.status === 'infeasible') {
      expect(found.ok ? null : found.error.code).toBe('infeasible');
      return;
    }
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    expect(found.value.names).toEqual(instance.result.selected.map(symbolOf));
    expect(Math.abs(found.value.rSquared - instance.result.r2)).toBeLessThan(rSquaredTolerance);
    found.value.names.forEach((name, i) => {
      expect(Math.abs(found.value.weights[name]! - instance.result.weights[i]!)).toBeLessThan(
        weightTolerance,
      );
    });
    expect(found.value.proof).toBe('enumerated');
  });

  test.each(instances)('$id ($method) is found by the swap search alone', (instance) => {
    const found = trackingBasket({ ...inputOf(instance), enumerateUpTo: 0 });
    if (instance.result.status === 'infeasible') expect(found.ok).toBe(false);
    else expect(found.ok ? found.value.rSquared : 0).toBeCloseTo(instance.result.r2, 10);
  });
});
