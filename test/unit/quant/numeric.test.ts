import { describe, expect, test } from 'vitest';
import {
  choleskyFactor,
  findRoot,
  gaussLegendreNodes,
  integrate,
  leastSquares,
} from '../../../shared/quant/math/numeric.ts';

describe('findRoot', () => {
  test('finds the fixed point of the cosine', () => {
    const found = findRoot({ of: (x) => Math.cos(x) - x, low: 0, high: 1 });
    expect(found.ok && found.value).toBeCloseTo(0.7390851332151607, 15);
  });

  test('finds a root that is flat on one side', () => {
    const found = findRoot({ of: (x) => (x > 1 ? (x - 1) ** 3 : x - 1), low: -50, high: 9 });
    expect(found.ok && found.value).toBeCloseTo(1, 12);
  });

  test('returns an end that is a root itself', () => {
    expect(findRoot({ of: (x) => x, low: 0, high: 1 })).toEqual({ ok: true, value: 0 });
  });

  test('reports no-bracket for one sign at both ends or a value that is not finite', () => {
    expect(findRoot({ of: (x) => x * x + 1, low: -1, high: 1 })).toEqual({ ok: false, error: 'no-bracket' });
    expect(findRoot({ of: () => Number.NaN, low: -1, high: 1 })).toEqual({ ok: false, error: 'no-bracket' });
  });

  test('reports no-convergence when its steps run out', () => {
    const task = { of: (x: number) => x ** 3 - 0.2, low: -7, high: 9, maxIterations: 2 };
    expect(findRoot(task)).toEqual({ ok: false, error: 'no-convergence' });
  });
});

describe('gaussLegendreNodes', () => {
  test('gives the three-point rule of the tables', () => {
    const { nodes, weights } = gaussLegendreNodes(3);
    expect(nodes[2]).toBeCloseTo(Math.sqrt(0.6), 15);
    expect(nodes[1]).toBe(0);
    expect(weights[0]).toBeCloseTo(5 / 9, 15);
    expect(weights[1]).toBeCloseTo(8 / 9, 15);
  });

  test('is exact for polynomials of degree 2n − 1', () => {
    for (const count of [1, 2, 7, 20, 64]) {
      const { nodes, weights } = gaussLegendreNodes(count);
      const degree = 2 * count - 2;
      const sum = nodes.reduce((total, x, i) => total + weights[i]! * x ** degree, 0);
      expect(sum, `${count} points`).toBeCloseTo(2 / (degree + 1), 13);
    }
  });
});

describe('integrate', () => {
  test('reaches closed forms, with singular ends too', () => {
    const value = (of: (x: number) => number, low: number, high: number): number => {
      const found = integrate({ of, low, high });
      if (!found.ok) throw new Error(found.error);
      return found.value;
    };
    expect(value(Math.exp, 0, 1)).toBeCloseTo(Math.E - 1, 13);
    expect(value((x) => 1 / Math.sqrt(x), 0, 1)).toBeCloseTo(2, 12);
    expect(value(Math.log, 0, 1)).toBeCloseTo(-1, 12);
    expect(value((x) => 1 / (1 + x * x), -3, 5)).toBeCloseTo(Math.atan(5) + Math.atan(3), 12);
    expect(value((x) => x, 2, 2)).toBe(0);
  });

  test('reports no-convergence for a value that is not finite', () => {
    expect(integrate({ of: () => Number.NaN, low: 0, high: 1 })).toEqual({
      ok: false,
      error: 'no-convergence',
    });
  });
});

describe('choleskyFactor', () => {
  test('gives the matrix back when multiplied out', () => {
    const matrix = [
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ];
    const factor = choleskyFactor(matrix);
    if (!factor.ok) throw new Error(factor.error);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const product = factor.value[i]!.reduce((sum, x, k) => sum + x * factor.value[j]![k]!, 0);
        expect(product).toBeCloseTo(matrix[i]![j]!, 14);
      }
  });

  test('reports a matrix that is not positive definite', () => {
    expect(
      choleskyFactor([
        [1, 2],
        [2, 1],
      ]),
    ).toEqual({ ok: false, error: 'not-positive-definite' });
  });
});

describe('leastSquares', () => {
  test('solves a square system exactly', () => {
    const found = leastSquares({
      rows: [
        [2, 1],
        [1, 3],
      ],
      targets: [5, 10],
    });
    expect(found.ok && found.value[0]).toBeCloseTo(1, 14);
    expect(found.ok && found.value[1]).toBeCloseTo(3, 14);
  });

  test('leaves a residual orthogonal to every column', () => {
    const rows = [
      [1, 0.1],
      [1, 0.9],
      [1, 2.3],
      [1, 3.1],
      [1, 4.4],
    ];
    const targets = [1, 3, 2, 5, 4];
    const found = leastSquares({ rows, targets });
    if (!found.ok) throw new Error(found.error);
    const residual = rows.map(
      (row, i) => targets[i]! - row[0]! * found.value[0]! - row[1]! * found.value[1]!,
    );
    for (const column of [0, 1])
      expect(rows.reduce((sum, row, i) => sum + row[column]! * residual[i]!, 0)).toBeCloseTo(0, 12);
  });

  test('reports columns that depend on each other', () => {
    expect(
      leastSquares({
        rows: [
          [1, 2],
          [2, 4],
          [3, 6],
        ],
        targets: [1, 2, 3],
      }),
    ).toEqual({
      ok: false,
      error: 'rank-deficient',
    });
  });
});
