import type { Fraction } from '../../units.ts';
import { GrowingFactor, type Gram } from './nnls.ts';

/** Limits on weights, by column of the Gram matrix. */
export interface WeightBounds {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** Of the sum of the members' weights, as far as they are in the fit. */
  readonly groups: readonly {
    readonly members: ReadonlySet<number>;
    readonly min: Fraction;
    readonly max: Fraction;
  }[];
}

export interface BoundedFit {
  /** Columns with a weight above 0, ascending; `weights` in their order. */
  readonly support: readonly number[];
  readonly weights: Float64Array;
  readonly residualSquares: number;
}

/** Σ coefficients·w ≥ bound, or = bound. */
interface Constraint {
  readonly coefficients: Float64Array;
  readonly bound: number;
  readonly equality: boolean;
}

/** Room for rounding in sums of bounds. */
const slack = 1e-9;
/** Weights this small are none. */
const nothing = 1e-12;

/**
 * Least squares on some of the columns under bounds, no intercept (dual active set).
 *
 * @param input.total  what the weights sum to; absent: whatever fits
 * @returns null where the columns depend on each other or no weights keep the bounds
 * Limits: weights and sums keep their bounds to 1e-9; a group's minimum counts only where one of its
 *   members is among the columns.
 * Source: Goldfarb & Idnani (1983), Mathematical Programming 27; math §8.
 * Proof:  test/unit/quant/bounded-fit.test.ts (optimality conditions, Lawson–Hanson as the case without caps)
 */
export function boundedFit(input: {
  readonly sums: Gram;
  readonly columns: readonly number[];
  readonly bounds: WeightBounds;
  readonly total?: number;
}): BoundedFit | null {
  const { sums, bounds, total } = input;
  const columns = [...input.columns].sort((a, b) => a - b);
  const k = columns.length;
  const factor = new GrowingFactor(sums, k);
  if (k === 0 || !columns.every((column) => factor.push(column))) return null;
  const weights = minimize(factor.inverse(), factor.weights(), constraintsOf(columns, bounds, total));
  if (weights === null) return null;
  const kept = columns.flatMap((_, i) => (weights[i]! > nothing ? [i] : []));
  const { size, gram, cross, targetSquares } = sums;
  let residualSquares = targetSquares;
  for (const i of kept) {
    residualSquares -= 2 * weights[i]! * cross[columns[i]!]!;
    for (const j of kept) {
      residualSquares += weights[i]! * weights[j]! * gram[columns[i]! * size + columns[j]!]!;
    }
  }
  return {
    support: kept.map((i) => columns[i]!),
    weights: Float64Array.from(kept, (i) => weights[i]!),
    residualSquares: Math.max(0, residualSquares),
  };
}

/**
 * How much the bounds of some columns lack for weights that sum to 1: 0 where such weights exist.
 *
 * Limits: groups must not share members; a group counts only where one of its members is among the columns.
 * Proof:  test/unit/quant/bounded-fit.test.ts (a fit that sums to 1 exists exactly where this is 0)
 */
export function boundsShortfall(bounds: WeightBounds, columns: readonly number[]): number {
  let [least, most, short] = [0, 0, 0];
  const grouped = new Set<number>();
  for (const { members, min, max } of bounds.groups) {
    let [low, high, any] = [0, 0, false];
    for (const column of columns) {
      if (!members.has(column)) continue;
      grouped.add(column);
      any = true;
      low += Math.max(0, bounds.lower[column]!);
      high += bounds.upper[column]!;
    }
    if (!any) continue;
    short += Math.max(0, low - max - slack) + Math.max(0, min - high - slack);
    least += Math.max(low, min);
    most += Math.min(high, max);
  }
  for (const column of columns) {
    if (grouped.has(column)) continue;
    least += Math.max(0, bounds.lower[column]!);
    most += bounds.upper[column]!;
  }
  return short + Math.max(0, least - 1 - slack) + Math.max(0, 1 - most - slack);
}

function constraintsOf(
  columns: readonly number[],
  bounds: WeightBounds,
  total: number | undefined,
): readonly Constraint[] {
  const k = columns.length;
  const constraints: Constraint[] = [];
  const add = (of: (i: number) => number, bound: number, equality = false): void => {
    constraints.push({ coefficients: Float64Array.from({ length: k }, (_, i) => of(i)), bound, equality });
  };
  if (total !== undefined) add(() => 1, total, true);
  columns.forEach((column, at) => {
    add((i) => (i === at ? 1 : 0), Math.max(0, bounds.lower[column]!));
    if (Number.isFinite(bounds.upper[column]!)) add((i) => (i === at ? -1 : 0), -bounds.upper[column]!);
  });
  for (const { members, min, max } of bounds.groups) {
    if (!columns.some((column) => members.has(column))) continue;
    const inside = (i: number): number => (members.has(columns[i]!) ? 1 : 0);
    if (min > 0) add(inside, min);
    if (Number.isFinite(max)) add((i) => -inside(i), -max);
  }
  return constraints;
}

/** The constrained minimum from the free one; `inverse` is of the quadratic form, row-major. */
function minimize(
  inverse: Float64Array,
  free: Float64Array,
  given: readonly Constraint[],
): Float64Array | null {
  const k = free.length;
  const w = Float64Array.from(free);
  const slackOf = ({ coefficients, bound }: Constraint): number => dot(coefficients, w) - bound;
  // An equality missed from above is taken in from its other side; once in, it never leaves.
  const constraints = given.map((one) =>
    one.equality && slackOf(one) > 0
      ? { ...one, coefficients: one.coefficients.map((x) => -x), bound: -one.bound }
      : one,
  );
  const active: { readonly of: Constraint; readonly along: Float64Array; multiplier: number }[] = [];
  for (let round = 0; round < 50 * (constraints.length + 1); round++) {
    const entering = mostViolated(constraints, slackOf, new Set(active.map((one) => one.of)));
    if (entering === null) return w;
    const along = times(inverse, entering.coefficients);
    let multiplier = 0;
    for (;;) {
      const shares = solve(
        active.map((a) => active.map((b) => dot(a.of.coefficients, b.along))),
        active.map((a) => dot(a.of.coefficients, along)),
      );
      if (shares === null) return null;
      const direction = Float64Array.from(along);
      active.forEach((one, i) => {
        for (let c = 0; c < k; c++) direction[c]! -= shares[i]! * one.along[c]!;
      });
      let [partial, leaving] = [Infinity, -1];
      active.forEach((one, i) => {
        if (one.of.equality || !(shares[i]! > 1e-14)) return;
        const step = one.multiplier / shares[i]!;
        if (step < partial) [partial, leaving] = [step, i];
      });
      const rise = dot(direction, entering.coefficients);
      const movable = rise > 1e-12 * dot(along, entering.coefficients);
      const full = movable ? -slackOf(entering) / rise : Infinity;
      const step = Math.min(partial, full);
      if (!Number.isFinite(step)) return null;
      if (movable) for (let c = 0; c < k; c++) w[c]! += step * direction[c]!;
      active.forEach((one, i) => (one.multiplier -= step * shares[i]!));
      multiplier += step;
      if (full <= partial) {
        active.push({ of: entering, along, multiplier });
        break;
      }
      active.splice(leaving, 1);
    }
  }
  return null;
}

function mostViolated(
  constraints: readonly Constraint[],
  slackOf: (constraint: Constraint) => number,
  active: ReadonlySet<Constraint>,
): Constraint | null {
  let worst: Constraint | null = null;
  let least = -1e-10;
  for (const constraint of constraints) {
    if (active.has(constraint)) continue;
    if (constraint.equality) return constraint;
    const slack = slackOf(constraint);
    if (slack < least) [worst, least] = [constraint, slack];
  }
  return worst;
}

/** Gaussian elimination with pivoting; null where the matrix is singular. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] | null {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let i = p + 1; i < n; i++) if (Math.abs(rows[i]![p]!) > Math.abs(rows[best]![p]!)) best = i;
    const pivot = rows[best]!;
    [rows[p], rows[best]] = [pivot, rows[p]!];
    if (!(Math.abs(pivot[p]!) > 0)) return null;
    for (let i = p + 1; i < n; i++) {
      const row = rows[i]!;
      const by = row[p]! / pivot[p]!;
      for (let j = p; j <= n; j++) row[j]! -= by * pivot[j]!;
    }
  }
  const solved: number[] = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i]!;
    let value = row[n]!;
    for (let j = i + 1; j < n; j++) value -= row[j]! * solved[j]!;
    solved[i] = value / row[i]!;
  }
  return solved;
}

function times(matrix: Float64Array, x: Float64Array): Float64Array {
  const k = x.length;
  const out = new Float64Array(k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) out[i]! += matrix[i * k + j]! * x[j]!;
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
