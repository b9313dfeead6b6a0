import { describe, expect, it } from 'vitest';
import { clusterOrder } from '../../../shared/quant/math/cluster-order.ts';
import type { CorrelationMatrix } from '../../../shared/quant/dispersion/correlation.ts';

const matrixOf = (names: string, rho: (a: string, b: string) => number): CorrelationMatrix => {
  const list = names.split('');
  return {
    names: list,
    observations: 100,
    values: Float64Array.from(list.flatMap((a) => list.map((b) => (a === b ? 1 : rho(a, b))))),
  };
};

describe('clusterOrder', () => {
  it('puts names of one sector side by side, however they came', () => {
    const sector = (name: string): number => 'abc'.indexOf(name.toLowerCase());
    const matrix = matrixOf('aBcAbC', (a, b) => (sector(a) === sector(b) ? 0.8 : 0.2));
    const { order, merges } = clusterOrder(matrix);
    const seen = order.map(sector);
    expect(new Set(order)).toEqual(new Set('aBcAbC'));
    for (const at of [0, 2, 4]) expect(seen[at]).toBe(seen[at + 1]);
    expect(merges.slice(0, 3).map(({ distance }) => distance)).toEqual(
      [0, 1, 2].map(() => expect.closeTo(0.2, 12)),
    );
    expect(merges.at(-1)?.distance).toBeCloseTo(0.8, 12);
  });

  it('joins by the mean distance between members and never nearer than before', () => {
    // Worked by hand: AB at 0.1, then C joins at (0.3 + 0.5) / 2, then D at (0.9 + 0.7 + 0.8) / 3.
    const table: Record<string, number> = { AB: 0.9, AC: 0.7, BC: 0.5, AD: 0.1, BD: 0.3, CD: 0.2 };
    const { merges, order } = clusterOrder(matrixOf('ABCD', (a, b) => table[[a, b].sort().join('')] ?? 0));
    expect(merges.map(({ distance }) => distance)).toEqual(
      [0.1, 0.4, 0.8].map((distance) => expect.closeTo(distance, 12) as number),
    );
    // A, not B, stands next to C; of the ends, B is the one most like D.
    expect(order.join('')).toMatch(/^(CABD|DBAC)$/);
  });

  it('keeps one name, and none, as they are', () => {
    expect(clusterOrder(matrixOf('A', () => 0)).order).toEqual(['A']);
    expect(clusterOrder(matrixOf('', () => 0))).toEqual({ order: [], merges: [] });
  });
});
