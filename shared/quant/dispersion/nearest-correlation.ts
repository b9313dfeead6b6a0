import type { CorrelationMatrix } from './correlation.ts';

/** Smallest eigenvalue of a symmetric matrix: negative beyond rounding means no joint distribution has it. */
export const smallestEigenvalue = (matrix: CorrelationMatrix): number =>
  symmetricEigen(matrix.values, matrix.names.length).values.reduce((a, b) => Math.min(a, b), Infinity);

/**
 * The nearest valid correlation matrix in the Frobenius norm: alternating projections onto the
 * positive semidefinite cone and the unit diagonal, with Dykstra's correction.
 *
 * @returns the matrix itself where its smallest eigenvalue is at least −`tolerance`; `distance` is the
 *   largest change of one correlation
 * Limits: meant for pairwise matrices of up to some 200 names; cost n³ a round.
 * Source: Higham (2002), IMA J. Numerical Analysis 22.
 * Proof:  test/unit/quant/correlation.test.ts (Higham's 4 × 4 and 3 × 3 examples)
 */
export function nearestCorrelation(
  matrix: CorrelationMatrix,
  tolerance = 1e-10,
): { readonly matrix: CorrelationMatrix; readonly distance: number } {
  const n = matrix.names.length;
  if (smallestEigenvalue(matrix) >= -tolerance) return { matrix, distance: 0 };
  let y = Float64Array.from(matrix.values);
  let correction = new Float64Array(n * n);
  for (let round = 0; round < 500; round++) {
    const r = y.map((value, i) => value - correction[i]!);
    const x = positivePart(r, n);
    correction = x.map((value, i) => value - r[i]!);
    const next = Float64Array.from(x);
    for (let i = 0; i < n; i++) next[i * n + i] = 1;
    const moved = next.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i]!)), 0);
    y = next;
    if (moved < tolerance) break;
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const rho = Math.max(-1, Math.min(1, (y[i * n + j]! + y[j * n + i]!) / 2));
      y[i * n + j] = y[j * n + i] = rho;
    }
  }
  const distance = y.reduce((most, value, i) => Math.max(most, Math.abs(value - matrix.values[i]!)), 0);
  return { matrix: { ...matrix, values: y }, distance };
}

function positivePart(a: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const { values, vectors } = symmetricEigen(a, n);
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const lambda = values[k]!;
    if (lambda <= 0) continue;
    for (let i = 0; i < n; i++) {
      const scaled = lambda * vectors[i * n + k]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += scaled * vectors[j * n + k]!;
    }
  }
  return out;
}

/** Eigenvalues and vectors (columns) by cyclic Jacobi rotations. */
function symmetricEigen(
  source: ArrayLike<number>,
  n: number,
): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const a = Float64Array.from(source);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q]! ** 2;
    if (off < 1e-28 * n * n) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors: v };
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [akp, akq] = [a[k * n + p]!, a[k * n + q]!];
    a[k * n + p] = c * akp - s * akq;
    a[k * n + q] = s * akp + c * akq;
  }
  for (let k = 0; k < n; k++) {
    const [apk, aqk] = [a[p * n + k]!, a[q * n + k]!];
    a[p * n + k] = c * apk - s * aqk;
    a[q * n + k] = s * apk + c * aqk;
    const [vkp, vkq] = [v[k * n + p]!, v[k * n + q]!];
    v[k * n + p] = c * vkp - s * vkq;
    v[k * n + q] = s * vkp + c * vkq;
  }
}
