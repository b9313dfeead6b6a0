import { describe, expect, it } from 'vitest';
import { minimize } from '../../../shared/quant/math/nelder-mead.ts';

describe('minimize', () => {
  it('finds the minimum of the Rosenbrock valley', () => {
    const { point, value } = minimize({
      of: (x) => (1 - x[0]!) ** 2 + 100 * (x[1]! - x[0]! ** 2) ** 2,
      start: [-1.2, 1],
      steps: [0.5, 0.5],
      maxEvaluations: 600,
    });
    expect(value).toBeLessThan(1e-9);
    expect(point[0]).toBeCloseTo(1, 4);
    expect(point[1]).toBeCloseTo(1, 4);
  });

  it('stays where the function is defined and is never worse than its start', () => {
    const { point, value } = minimize({
      of: (x) => (x[0]! < 0 ? Infinity : Math.sqrt(x[0]!) + Math.abs(x[1]! - 2)),
      start: [0.5, 0],
      steps: [-1, 1],
      maxEvaluations: 300,
    });
    expect(point[0]).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThan(0.05);
  });
});
