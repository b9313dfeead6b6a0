import { assertThat, fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';

/**
 * Root of a continuous function in a bracket, by Brent's method (bisection, secant, inverse quadratic).
 *
 * @param search.tolerance absolute width of the final bracket; machine precision is added to it
 * Failures: `no-bracket` when the function has one sign at both ends or is not finite there;
 *           `no-convergence` after `maxIterations`.
 * Source: Brent (1973), Algorithms for Minimization without Derivatives, ch. 4.
 * Proof:  test/unit/quant/numeric.test.ts (published roots)
 */
export function findRoot(search: {
  readonly of: (x: number) => number;
  readonly low: number;
  readonly high: number;
  readonly tolerance?: number;
  readonly maxIterations?: number;
}): Result<number, 'no-bracket' | 'no-convergence'> {
  const { of, tolerance = 0, maxIterations = 200 } = search;
  let a = search.low;
  let b = search.high;
  let fa = of(a);
  let fb = of(b);
  if (fa === 0) return ok(a);
  if (fb === 0) return ok(b);
  if (!Number.isFinite(fa) || !Number.isFinite(fb) || fa > 0 === fb > 0) return fail('no-bracket');
  let c = a;
  let fc = fa;
  let step = b - a;
  let previous = step;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = previous = b - a;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const allowed = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance;
    const middle = 0.5 * (c - b);
    if (Math.abs(middle) <= allowed || fb === 0) return ok(b);
    if (Math.abs(previous) < allowed || Math.abs(fa) <= Math.abs(fb)) {
      step = previous = middle;
    } else {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * middle * s;
        q = 1 - s;
      } else {
        const u = fa / fc;
        const r = fb / fc;
        p = s * (2 * middle * u * (u - r) - (b - a) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * middle * q - Math.abs(allowed * q), Math.abs(previous * q))) {
        previous = step;
        step = p / q;
      } else {
        step = previous = middle;
      }
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > allowed ? step : middle > 0 ? allowed : -allowed;
    fb = of(b);
  }
  return fail('no-convergence');
}

/** A quadrature rule on [−1, 1]: nodes ascending, weights beside them. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre rule with `count` points on [−1, 1], exact for polynomials of degree 2·count − 1.
 *
 * Source: Newton on the three-term recurrence from Tricomi's starting points.
 * Proof:  test/unit/quant/numeric.test.ts (monomials, published nodes)
 */
export function gaussLegendreNodes(count: number): QuadratureRule {
  assertThat(Number.isInteger(count) && count >= 1, `a rule needs at least one node; got ${count}`);
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < Math.ceil(count / 2); i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let pass = 0; pass < 100; pass++) {
      let current = 1;
      let before = 0;
      for (let k = 1; k <= count; k++) {
        const next = ((2 * k - 1) * x * current - (k - 1) * before) / k;
        before = current;
        current = next;
      }
      slope = (count * (x * current - before)) / (x * x - 1);
      const change = current / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    if (count % 2 === 1 && i === (count - 1) / 2) x = 0;
    const weight = 2 / ((1 - x * x) * legendreSlope(count, x) ** 2);
    nodes[i] = -x;
    nodes[count - 1 - i] = x;
    weights[i] = weight;
    weights[count - 1 - i] = weight;
  }
  return { nodes, weights };
}

function legendreSlope(count: number, x: number): number {
  let current = 1;
  let before = 0;
  for (let k = 1; k <= count; k++) {
    const next = ((2 * k - 1) * x * current - (k - 1) * before) / k;
    before = current;
    current = next;
  }
  return (count * (x * current - before)) / (x * x - 1);
}

/**
 * ∫ of a function over a finite interval by tanh-sinh quadrature: doubles its points until two
 * levels agree. Endpoint singularities are welcome; the function is never called at the ends.
 *
 * Failures: `no-convergence` when ten levels do not agree or a value is not finite.
 * Source: Takahasi and Mori (1974), Publ. RIMS 9.
 * Proof:  test/unit/quant/numeric.test.ts (closed-form integrals)
 */
export function integrate(task: {
  readonly of: (x: number) => number;
  readonly low: number;
  readonly high: number;
  readonly relativeTolerance?: number;
}): Result<number, 'no-convergence'> {
  const { of, low, high, relativeTolerance = 1e-13 } = task;
  if (low === high) return ok(0);
  const half = 0.5 * (high - low);
  const middle = 0.5 * (high + low);
  const furthest = 4.5;
  const pair = (t: number): number => {
    const u = 0.5 * Math.PI * Math.sinh(t);
    const scale = Math.exp(-u) / Math.cosh(u); // distance to an end, as a share of the half width
    const weight = (0.5 * Math.PI * Math.cosh(t)) / Math.cosh(u) ** 2;
    const offset = half * scale;
    if (weight === 0) return 0;
    const fromLow = low + offset === low ? 0 : of(low + offset);
    return weight * (fromLow + (high - offset === high ? 0 : of(high - offset)));
  };
  let step = 0.5;
  let sum = 0.5 * Math.PI * of(middle);
  for (let t = step; t <= furthest; t += step) sum += pair(t);
  let value = sum * step * half;
  for (let level = 0; level < 10; level++) {
    for (let t = 0.5 * step; t <= furthest; t += step) sum += pair(t);
    step *= 0.5;
    const next = sum * step * half;
    if (!Number.isFinite(next)) return fail('no-convergence');
    const close = Math.abs(next - value) <= relativeTolerance * Math.abs(next) || next === value;
    value = next;
    if (close && level > 0) return ok(value);
  }
  return fail('no-convergence');
}

/**
 * Lower Cholesky factor L of a symmetric positive definite matrix, A = L·Lᵀ.
 *
 * @param matrix rows × columns, square; only the lower triangle is read
 * Failures: `not-positive-definite` when a pivot is not above zero.
 * Proof: test/unit/quant/numeric.test.ts (product gives the matrix back)
 */
export function choleskyFactor(
  matrix: readonly (readonly number[])[],
): Result<readonly (readonly number[])[], 'not-positive-definite'> {
  const size = matrix.length;
  const factor = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let row = 0; row < size; row++) {
    const target = factor[row]!;
    assertThat(matrix[row]!.length === size, 'a Cholesky factor needs a square matrix');
    for (let column = 0; column <= row; column++) {
      const other = factor[column]!;
      let sum = matrix[row]![column]!;
      for (let k = 0; k < column; k++) sum -= target[k]! * other[k]!;
      if (row === column) {
        if (!(sum > 0)) return fail('not-positive-definite');
        target[row] = Math.sqrt(sum);
      } else {
        target[column] = sum / other[column]!;
      }
    }
  }
  return ok(factor);
}

/**
 * Least squares by Householder QR: the x that minimizes |A·x − b|.
 *
 * @param problem.rows    observations × unknowns, at least as many observations as unknowns
 * @param problem.targets one per observation
 * Failures: `rank-deficient` when a column depends on those before it.
 * Proof: test/unit/quant/numeric.test.ts (exact systems, residual orthogonal to the columns)
 */
export function leastSquares(problem: {
  readonly rows: readonly (readonly number[])[];
  readonly targets: readonly number[];
}): Result<readonly number[], 'rank-deficient'> {
  const a = problem.rows.map((row) => [...row]);
  const b = [...problem.targets];
  const count = a.length;
  const unknowns = a[0]?.length ?? 0;
  assertThat(b.length === count && count >= unknowns, 'least squares needs as many targets as rows');
  const scale = Math.max(...a.map((row) => Math.max(...row.map(Math.abs), 0)), 0);
  const diagonal = new Array<number>(unknowns).fill(0);
  for (let j = 0; j < unknowns; j++) {
    let norm = 0;
    for (let i = j; i < count; i++) norm = Math.hypot(norm, a[i]![j]!);
    if (!(norm > scale * count * Number.EPSILON)) return fail('rank-deficient');
    if (a[j]![j]! > 0) norm = -norm;
    diagonal[j] = norm;
    a[j]![j]! -= norm;
    const lead = -norm * a[j]![j]!; // half the squared length of the reflector
    const reflect = (value: (i: number) => number, add: (i: number, change: number) => void): void => {
      let dot = 0;
      for (let i = j; i < count; i++) dot += a[i]![j]! * value(i);
      const share = dot / lead;
      for (let i = j; i < count; i++) add(i, -share * a[i]![j]!);
    };
    for (let k = j + 1; k < unknowns; k++)
      reflect(
        (i) => a[i]![k]!,
        (i, change) => (a[i]![k]! += change),
      );
    reflect(
      (i) => b[i]!,
      (i, change) => (b[i]! += change),
    );
  }
  const solution = new Array<number>(unknowns).fill(0);
  for (let j = unknowns - 1; j >= 0; j--) {
    let sum = b[j]!;
    for (let k = j + 1; k < unknowns; k++) sum -= a[j]![k]! * solution[k]!;
    solution[j] = sum / diagonal[j]!;
  }
  return ok(solution);
}
