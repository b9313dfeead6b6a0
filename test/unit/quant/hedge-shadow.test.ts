import { describe, expect, it } from 'vitest';
import { loadHighs } from '../../../main/compute/highs.ts';
import type { HedgeInput } from '../../../shared/quant/hedge/problem.ts';
import { constraintShadows } from '../../../shared/quant/hedge/shadow.ts';
import { solveHedge } from '../../../shared/quant/hedge/solve.ts';
import { valueOf } from '../../support/service.ts';

const input: HedgeInput = {
  basket: [
    { symbol: 'A', shares: 1000, spot: 100 },
    { symbol: 'B', shares: 2000, spot: 50 },
  ],
  calls: [
    { id: 'A near', symbol: 'A', bid: 3, delta: 0.5, score: 1 },
    { id: 'A far', symbol: 'A', bid: 1, delta: 0.2, score: 2 },
    { id: 'B near', symbol: 'B', bid: 2, delta: 0.45, score: 0.5 },
  ],
  puts: [
    { id: 'put near', ask: 6, delta: -0.5 },
    { id: 'put far', ask: 2, delta: -0.2 },
  ],
  indexLevel: 1000,
  indexMultiplier: 10,
  overwrite: 0.8,
  netDeltaLimit: 0.5,
  maxCoverage: 1.5,
  objective: ['credit'],
};

describe('constraintShadows', () => {
  it('is the difference of the programme solved again with one limit moved', async () => {
    const solve = await loadHighs();
    const found = valueOf(solveHedge(input, solve));
    const shadows = constraintShadows(input, found, solve);
    expect(shadows.map(({ constraint }) => constraint)).toEqual([
      'netDeltaLimit',
      'coverage',
      'maxCoverage',
      'minCredit',
      'overwrite',
    ]);
    for (const { constraint, to, netPremium, proven } of shadows) {
      const again = valueOf(solveHedge({ ...input, [constraint]: to }, solve));
      expect(netPremium).toBeCloseTo(again.netPremium - found.netPremium, 8);
      // Looser is never worse.
      expect(netPremium).toBeGreaterThanOrEqual(-1e-9);
      expect(proven).toBe(true);
    }
    // Half a holding more: 8 calls become 8.5, still 8 of A; B goes from 16 to 17.
    const overwrite = shadows.find(({ constraint }) => constraint === 'overwrite');
    expect(overwrite?.netPremium).toBeCloseTo(200, 8);
    expect(overwrite?.sentence).toBe(
      'Calls on 85% of each holding instead of 80% would buy 200 more net premium.',
    );
    const most = shadows.find(({ constraint }) => constraint === 'maxCoverage');
    expect(most?.sentence).toMatch(/would buy nothing: it does not bind\.$/);
  });

  it('has nothing to say of a hedge that cannot be', async () => {
    const solve = await loadHighs();
    const impossible = { ...input, minCredit: 1e9 };
    const found = valueOf(solveHedge(impossible, solve));
    expect(constraintShadows(impossible, found, solve)).toEqual([]);
  });
});
