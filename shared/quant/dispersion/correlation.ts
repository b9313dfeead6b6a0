import type { IsoDate } from '../../dates.ts';
import { failure, type Failure } from '../../failure.ts';
import { assertThat, fail, ok, type Result } from '../../result.ts';

/** Values by day, days ascending and unique. */
export interface DatedSeries {
  readonly name: string;
  readonly dates: readonly IsoDate[];
  readonly values: readonly number[];
}

/** Symmetric, ones on the diagonal. `values` is row-major, names × names. */
export interface CorrelationMatrix {
  readonly names: readonly string[];
  readonly values: Float64Array;
  /** Observations that each pair rests on: the smallest over all pairs. */
  readonly observations: number;
}

/** How a series becomes observations: its levels, their differences, or log returns. */
export type Observed = 'levels' | 'changes' | 'logReturns';

/** Log returns or differences between neighbors; one observation fewer than values. */
export function observationsOf(values: readonly number[], observed: Observed): Float64Array {
  if (observed === 'levels') return Float64Array.from(values);
  const out = new Float64Array(Math.max(0, values.length - 1));
  for (let t = 1; t < values.length; t++) {
    const [before, after] = [values[t - 1]!, values[t]!];
    out[t - 1] = observed === 'changes' ? after - before : Math.log(after / before);
  }
  return out;
}

/**
 * The series on the days that all of them have. Returns are then taken between neighboring common
 * days, so that every name's return spans the same interval.
 *
 * @returns columns in the order of the input; empty columns where no day is common
 */
export function alignSeries(series: readonly DatedSeries[]): {
  readonly dates: readonly IsoDate[];
  readonly columns: readonly Float64Array[];
} {
  const [first, ...rest] = series;
  if (first === undefined) return { dates: [], columns: [] };
  const lookups = rest.map((one) => new Map(one.dates.map((date, i) => [date, one.values[i]!])));
  const kept = first.dates.flatMap((date, i) => (lookups.every((l) => l.has(date)) ? [i] : []));
  const dates = kept.map((i) => first.dates[i]!);
  const columns = [
    Float64Array.from(kept, (i) => first.values[i]!),
    ...lookups.map((lookup) => Float64Array.from(dates, (date) => lookup.get(date)!)),
  ];
  return { dates, columns };
}

/**
 * Correlation matrix of dated series.
 *
 * `pairs: 'common'` (the default) uses the days that every series has: positive semidefinite by
 * construction. `pairs: 'each'` uses for each pair the days that the two have; a name with a short
 * history then shortens only its own pairs, but the matrix can lose validity: see `nearestCorrelation`.
 *
 * @param input.mean  `sample` subtracts the means (Pearson); `zero` does not, as zero-mean volatility
 * @param input.minObservations  fewer common observations than this is a failure; default 20
 * Failures: `missing-prices` (too few common days), `invalid-input` (a series without variation).
 * Source: math §7 (ρ of price returns, and of IV Index series).
 * Proof:  test/unit/quant/correlation.test.ts, test/reference/quant/dispersion.test.ts
 */
export function correlationOfSeries(input: {
  readonly series: readonly DatedSeries[];
  readonly observed: Observed;
  readonly mean?: 'sample' | 'zero';
  readonly pairs?: 'common' | 'each';
  readonly minObservations?: number;
}): Result<CorrelationMatrix, Failure> {
  const { series, observed, mean = 'sample', pairs = 'common', minObservations = 20 } = input;
  const names = series.map((one) => one.name);
  const subject = `The correlation of ${names.length} series`;
  const tooFew = (have: number, who: string): Failure =>
    failure('missing-prices', who, {
      have,
      need: minObservations,
      asOf: series[0]?.dates.at(-1) ?? 'any day',
    });

  if (pairs === 'common') {
    const columns = alignSeries(series).columns.map((c) => observationsOf([...c], observed));
    const have = columns[0]?.length ?? 0;
    if (have < minObservations) return fail(tooFew(have, subject));
    return correlationMatrix({ names, columns, mean });
  }

  const n = names.length;
  const values = new Float64Array(n * n);
  let fewest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    values[i * n + i] = 1;
    for (let j = 0; j < i; j++) {
      const columns = alignSeries([series[i]!, series[j]!]).columns.map((c) =>
        observationsOf([...c], observed),
      );
      const have = columns[0]!.length;
      if (have < minObservations) return fail(tooFew(have, `${names[i]} with ${names[j]}`));
      const pair = correlationMatrix({ names: [names[i]!, names[j]!], columns, mean });
      if (!pair.ok) return pair;
      values[i * n + j] = values[j * n + i] = pair.value.values[1]!;
      fewest = Math.min(fewest, have);
    }
  }
  return ok({ names, values, observations: Number.isFinite(fewest) ? fewest : 0 });
}

/** Correlation matrix of equally long columns of observations. Failure: `invalid-input`. */
export function correlationMatrix(input: {
  readonly names: readonly string[];
  readonly columns: readonly ArrayLike<number>[];
  readonly mean?: 'sample' | 'zero';
}): Result<CorrelationMatrix, Failure> {
  const { names, columns, mean = 'sample' } = input;
  const n = names.length;
  const length = columns[0]?.length ?? 0;
  assertThat(columns.length === n, 'one column for each name');
  assertThat(
    columns.every((c) => c.length === length),
    'columns are equally long',
  );
  const units: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const column = Float64Array.from(columns[i]!);
    const center = mean === 'sample' ? column.reduce((a, b) => a + b, 0) / length : 0;
    const centered = column.map((x) => x - center);
    const norm = Math.sqrt(dot(centered, centered));
    const scale = column.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    if (!(norm > 1e-12 * scale * Math.sqrt(length)) || !Number.isFinite(norm)) {
      return fail(failure('invalid-input', names[i]!, { reason: 'the series does not vary, or has a gap' }));
    }
    units.push(centered.map((x) => x / norm));
  }
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    values[i * n + i] = 1;
    for (let j = 0; j < i; j++) {
      const rho = Math.max(-1, Math.min(1, dot(units[i]!, units[j]!)));
      values[i * n + j] = values[j * n + i] = rho;
    }
  }
  return ok({ names, values, observations: length });
}

/** The rows and columns of the given names, in their order; null where one is not in the matrix. */
export function subMatrix(matrix: CorrelationMatrix, names: readonly string[]): CorrelationMatrix | null {
  const at = new Map(matrix.names.map((name, i) => [name, i]));
  const rows = names.map((name) => at.get(name));
  if (rows.some((row) => row === undefined)) return null;
  const [n, all] = [names.length, matrix.names.length];
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) values[i * n + j] = matrix.values[rows[i]! * all + rows[j]!]!;
  }
  return { names, values, observations: matrix.observations };
}

/** xᵀ M x of a row-major square matrix. */
export function quadraticForm(x: ArrayLike<number>, matrix: ArrayLike<number>): number {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) row += matrix[i * n + j]! * x[j]!;
    sum += x[i]! * row;
  }
  return sum;
}

/** What, if anything, keeps a matrix from being a correlation matrix; null where it is one. */
export function correlationFault(values: ArrayLike<number>, size: number, tolerance = 1e-9): string | null {
  if (values.length !== size * size) return `needs ${size} × ${size} correlations`;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const value = values[i * size + j]!;
      if (!Number.isFinite(value)) return 'a correlation is not a number';
      if (i === j && Math.abs(value - 1) > tolerance) return 'the diagonal must be 1';
      if (Math.abs(value) > 1 + tolerance) return 'a correlation is beyond 1 or −1';
      if (Math.abs(value - values[j * size + i]!) > tolerance) return 'the matrix is not symmetric';
    }
  }
  return null;
}

/** Average correlation off the diagonal, plain; null for fewer than two names. */
export function averageCorrelation(matrix: CorrelationMatrix): number | null {
  const n = matrix.names.length;
  if (n < 2) return null;
  return (matrix.values.reduce((a, b) => a + b, 0) - n) / (n * (n - 1));
}

/** Average off the diagonal, pairs by the product of their weights; null where no pair has weight. */
export function weightedAverageCorrelation(
  matrix: CorrelationMatrix,
  weights: readonly number[],
): number | null {
  const [total, squares] = weights.reduce(([sum, own], w) => [sum + w, own + w * w], [0, 0]);
  const pairs = total * total - squares;
  return pairs > 0 ? (quadraticForm(weights, matrix.values) - squares) / pairs : null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
