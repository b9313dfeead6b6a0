import { describe, expect, it } from 'vitest';
import { loadHighs } from '../../../main/compute/highs.ts';
import { blackGreeks } from '../../../shared/quant/european/black.ts';
import type { HedgeInput } from '../../../shared/quant/hedge/problem.ts';
import { solveHedge } from '../../../shared/quant/hedge/solve.ts';
import { valueOf } from '../../support/service.ts';

/** Names of unequal size and volatility, calls at two expiries, puts: enough that most names are settled apart. */
function problem(names: number, strikes: number, changes: Partial<HedgeInput>): HedgeInput {
  const wobble = (i: number): number => ((i * 37) % 101) / 101;
  const expiries = [30 / 365, 58 / 365];
  const basket = Array.from({ length: names }, (_, i) => ({
    symbol: `N${i}`,
    shares: 1500 + 300 * ((i * 5) % 9) + 37 * (i % 11),
    spot: 40 + 11 * ((i * 7) % 13) + (i % 17),
    beta: 0.7 + 0.7 * wobble(i),
  }));
  const priced = (optionType: 'call' | 'put', forward: number, strike: number, time: number, vol: number) =>
    blackGreeks({ optionType, forward, strike, timeToExpiry: time, vol });
  return {
    basket,
    calls: basket.flatMap(({ symbol, spot }, i) =>
      expiries.flatMap((time) =>
        Array.from({ length: strikes }, (_, k) => {
          const vol = 0.22 + 0.2 * wobble(i + 3) + 0.002 * k;
          const { price, deltaForward } = priced('call', spot, spot * (0.98 + 0.02 * k), time, vol);
          return {
            id: `${symbol} ${time} ${k}`,
            symbol,
            bid: Math.floor(price * 20) / 20,
            delta: deltaForward,
            score: wobble(i) + 0.03 * k,
          };
        }),
      ),
    ),
    puts: expiries.flatMap((time) =>
      Array.from({ length: 20 }, (_, k) => {
        const { price, deltaForward } = priced('put', 5000, 5000 * (1.02 - 0.01 * k), time, 0.17 + 0.005 * k);
        return { id: `put ${time} ${k}`, ask: Math.ceil(price * 10) / 10 + 0.4, delta: deltaForward };
      }),
    ),
    indexLevel: 5000,
    netDeltaLimit: 0.05,
    objective: ['credit'],
    timeLimitSeconds: 20,
    ...changes,
  };
}

describe('a hedge over very many candidates', () => {
  it('is as near to the whole programme as its proof says', async () => {
    const solve = await loadHighs();
    for (const objective of [['credit'], ['score'], ['netDelta', 'credit']] as const) {
      const loose = valueOf(solveHedge(problem(20, 10, { objective, provenWithin: 1e-3 }), solve));
      const tight = valueOf(solveHedge(problem(20, 10, { objective, provenWithin: 1e-6 }), solve));
      expect(loose.status).toBe('optimal');
      expect(loose.gap).toBeLessThanOrEqual(1e-3);
      if (objective[0] === 'netDelta') continue;
      const [found, best] =
        objective[0] === 'credit' ? [loose.netPremium, tight.netPremium] : [loose.score, tight.score];
      expect(found).toBeGreaterThanOrEqual(best * (1 - 1e-3));
      expect(found).toBeLessThanOrEqual(best * (1 + 1e-5));
    }
  });

  it('meets every limit: one strike a name, few different puts', async () => {
    const solve = await loadHighs();
    const input = problem(60, 10, { oneStrikePerName: true, maxPutLegs: 3, provenWithin: 1e-2 });
    const found = valueOf(solveHedge(input, solve));
    expect(found.status).toBe('optimal');
    expect(found.gap).toBeLessThanOrEqual(1e-2);
    const ids = Object.keys(found.contracts);
    const calls = ids.filter((id) => id.startsWith('N'));
    expect(new Set(calls.map((id) => id.split(' ')[0])).size).toBe(calls.length);
    expect(ids.length - calls.length).toBeLessThanOrEqual(3);
    expect(Math.abs(found.netDeltaFraction)).toBeLessThanOrEqual(0.05 + 1e-9);
    expect(found.coverage).toBeGreaterThanOrEqual(1 - 1e-9);
  });

  it('says so where nothing meets the limits', async () => {
    const solve = await loadHighs();
    const input = problem(20, 10, { minCredit: 1e9, provenWithin: 1e-3 });
    expect(valueOf(solveHedge(input, solve)).status).toBe('infeasible');
  });
});
