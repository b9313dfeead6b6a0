import { assertThat } from '../../result.ts';

/** The sums that a least-squares fit needs: Gram matrix row-major, names × names. */
export interface Gram {
  readonly size: number;
  /** XᵀX. */
  readonly gram: Float64Array;
  /** Xᵀy. */
  readonly cross: Float64Array;
  /** yᵀy. */
  readonly targetSquares: number;
}

/** Sums of the columns and the target, all equally long. */
export function gramOf(columns: readonly ArrayLike<number>[], target: ArrayLike<number>): Gram {
  const size = columns.length;
  const gram = new Float64Array(size * size);
  const cross = new Float64Array(size);
  assertThat(
    columns.every((column) => column.length === target.length),
    'columns and target are equally long',
  );
  for (let i = 0; i < size; i++) {
    cross[i] = product(columns[i]!, target);
    for (let j = 0; j <= i; j++) gram[i * size + j] = gram[j * size + i] = product(columns[i]!, columns[j]!);
  }
  return { size, gram, cross, targetSquares: product(target, target) };
}

/**
 * Least squares on some of the columns, no intercept: weights in their order, and the sum of squared
 * residuals. Null where the columns depend on each other.
 */
export function leastSquaresOn(
  sums: Gram,
  columns: readonly number[],
): { readonly weights: Float64Array; readonly residualSquares: number } | null {
  const factor = new GrowingFactor(sums, columns.length);
  for (const column of columns) if (!factor.push(column)) return null;
  return { weights: factor.weights(), residualSquares: factor.residualSquares };
}

/**
 * Non-negative least squares on some of the columns, no intercept (Lawson–Hanson active set on the
 * normal equations).
 *
 * @returns `support`: the columns with a weight above 0, ascending; `weights` in their order
 * Limits: works on the Gram matrix, so relative accuracy is about 1e-16 × its condition number.
 * Source: Lawson, Hanson (1974), Solving Least Squares Problems, ch. 23; math §8.
 * Proof:  test/unit/quant/basket.test.ts, test/property/quant/basket.test.ts (optimality conditions)
 */
export function nonNegativeLeastSquares(
  sums: Gram,
  columns: readonly number[],
): { readonly support: readonly number[]; readonly weights: Float64Array; readonly residualSquares: number } {
  const { size, gram, cross } = sums;
  const weights = new Map<number, number>();
  const blocked = new Set<number>();
  const largest = columns.reduce((most, column) => Math.max(most, Math.abs(cross[column]!)), 0);
  const tolerance = 1e-13 * largest;
  for (let round = 0; round < 10 * columns.length + 10; round++) {
    let best = -1;
    let steepest = tolerance;
    for (const column of columns) {
      if (weights.has(column) || blocked.has(column)) continue;
      let gradient = cross[column]!;
      for (const [other, weight] of weights) gradient -= gram[column * size + other]! * weight;
      if (gradient > steepest) [best, steepest] = [column, gradient];
    }
    if (best < 0) break;
    weights.set(best, 0);
    if (!settle(sums, weights, best)) {
      weights.delete(best);
      blocked.add(best);
    } else {
      blocked.clear();
    }
  }
  const support = [...weights.keys()].sort((a, b) => a - b);
  const fit = leastSquaresOn(sums, support);
  return {
    support,
    weights: fit?.weights ?? Float64Array.from(support, (column) => weights.get(column)!),
    residualSquares: fit?.residualSquares ?? sums.targetSquares,
  };
}

/** Moves to the least-squares point of the support, dropping names that would turn negative. */
function settle(sums: Gram, weights: Map<number, number>, entered: number): boolean {
  while (weights.size > 0) {
    const passive = [...weights.keys()];
    const fit = leastSquaresOn(sums, passive);
    if (fit === null) return false;
    if (fit.weights.every((weight) => weight > 0)) {
      passive.forEach((column, i) => weights.set(column, fit.weights[i]!));
      return true;
    }
    let step = 1;
    passive.forEach((column, i) => {
      const from = weights.get(column)!;
      if (fit.weights[i]! <= 0) step = Math.min(step, from / (from - fit.weights[i]!));
    });
    if (!Number.isFinite(step)) step = 0;
    passive.forEach((column, i) => {
      const from = weights.get(column)!;
      const moved = from + step * (fit.weights[i]! - from);
      if (fit.weights[i]! <= 0 && moved <= 1e-15) weights.delete(column);
      else weights.set(column, moved);
    });
    if (!weights.has(entered)) return false;
  }
  return true;
}

/** Cholesky factor of a Gram submatrix that grows and shrinks at its end: the fit of nested name sets. */
export class GrowingFactor {
  readonly columns: number[] = [];
  private readonly sums: Gram;
  private readonly capacity: number;
  private readonly lower: Float64Array;
  private readonly forward: Float64Array;
  private readonly residuals: number[] = [];

  constructor(sums: Gram, capacity: number) {
    this.sums = sums;
    this.capacity = capacity;
    this.lower = new Float64Array(capacity * capacity);
    this.forward = new Float64Array(capacity);
  }

  get residualSquares(): number {
    return this.residuals.at(-1) ?? this.sums.targetSquares;
  }

  /** False, and nothing changed, where the column depends on those already in. */
  push(column: number): boolean {
    const { capacity, lower, forward, columns } = this;
    const { size, gram, cross } = this.sums;
    const k = columns.length;
    const row = k * capacity;
    let pivot = gram[column * size + column]!;
    let inner = cross[column]!;
    for (let i = 0; i < k; i++) {
      let value = gram[column * size + columns[i]!]!;
      const above = i * capacity;
      for (let j = 0; j < i; j++) value -= lower[above + j]! * lower[row + j]!;
      value /= lower[above + i]!;
      lower[row + i] = value;
      pivot -= value * value;
      inner -= value * forward[i]!;
    }
    if (!(pivot > 1e-12 * gram[column * size + column]!)) return false;
    const diagonal = Math.sqrt(pivot);
    lower[row + k] = diagonal;
    const along = inner / diagonal;
    forward[k] = along;
    this.residuals.push(this.residualSquares - along * along);
    columns.push(column);
    return true;
  }

  pop(): void {
    this.columns.pop();
    this.residuals.pop();
  }

  /** Inverse of the Gram submatrix, row-major, in the order of the columns. */
  inverse(): Float64Array {
    const { capacity, lower, columns } = this;
    const k = columns.length;
    const out = new Float64Array(k * k);
    const solved = new Float64Array(k);
    for (let unit = 0; unit < k; unit++) {
      for (let i = 0; i < k; i++) {
        let value = i === unit ? 1 : 0;
        for (let j = unit; j < i; j++) value -= lower[i * capacity + j]! * solved[j]!;
        solved[i] = i < unit ? 0 : value / lower[i * capacity + i]!;
      }
      for (let i = k - 1; i >= 0; i--) {
        let value = solved[i]!;
        for (let j = i + 1; j < k; j++) value -= lower[j * capacity + i]! * out[j * k + unit]!;
        out[i * k + unit] = value / lower[i * capacity + i]!;
      }
    }
    return out;
  }

  /** Least-squares weights of the columns in, in their order. */
  weights(): Float64Array {
    const { capacity, lower, forward, columns } = this;
    const k = columns.length;
    const out = new Float64Array(k);
    for (let i = k - 1; i >= 0; i--) {
      let value = forward[i]!;
      for (let j = i + 1; j < k; j++) value -= lower[j * capacity + i]! * out[j]!;
      out[i] = value / lower[i * capacity + i]!;
    }
    return out;
  }
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
