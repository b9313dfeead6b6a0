import { loadHighs } from '../main/compute/highs.ts';
import { blackGreeks } from '../shared/quant/black.ts';
import { deskTolerances, solveHedge } from '../shared/quant/hedge/solve.ts';
import type { HedgeCall, HedgeInput, HedgePut } from '../shared/quant/hedge/problem.ts';
import type { Benchmark } from './report.ts';

const names = 30;
const strikes = 20;
const expiries = [30 / 365, 58 / 365];

/** Thirty names of unequal size and volatility, twenty calls at two expiries each, forty index puts. */
function problem(): HedgeInput {
  const wobble = (i: number): number => ((i * 37) % 17) / 17;
  const basket = Array.from({ length: names }, (_, i) => ({
    symbol: `N${i}`,
    shares: 1500 + 300 * ((i * 5) % 9),
    spot: 40 + 11 * ((i * 7) % 13),
    beta: 0.7 + 0.7 * wobble(i),
  }));
  const calls: HedgeCall[] = basket.flatMap(({ symbol, spot }, i) =>
    expiries.flatMap((timeToExpiry) =>
      Array.from({ length: strikes }, (_, k) => {
        const strike = spot * (0.98 + 0.012 * k);
        const vol = 0.22 + 0.2 * wobble(i + 3) + 0.002 * k;
        const { price, deltaForward } = blackGreeks({
          optionType: 'call',
          forward: spot,
          strike,
          timeToExpiry,
          vol,
        });
        const score = wobble(i) + 0.03 * k;
        return {
          id: `${symbol} ${timeToExpiry} ${k}`,
          symbol,
          bid: Math.floor(price * 20) / 20,
          delta: deltaForward,
          score,
        };
      }),
    ),
  );
  const puts: HedgePut[] = expiries.flatMap((timeToExpiry) =>
    Array.from({ length: strikes }, (_, k) => {
      const strike = 5000 * (1.02 - 0.01 * k);
      const { price, deltaForward } = blackGreeks({
        optionType: 'put',
        forward: 5000,
        strike,
        timeToExpiry,
        vol: 0.17 + 0.005 * k,
      });
      return {
        id: `put ${timeToExpiry} ${k}`,
        strike,
        ask: Math.ceil(price * 10) / 10 + 0.4,
        delta: deltaForward,
      };
    }),
  );
  return {
    basket,
    calls,
    puts,
    indexLevel: 5000,
    netDeltaLimit: 0.05,
    objective: ['netDelta', 'score'],
    tolerances: deskTolerances,
    timeLimitSeconds: 30,
  };
}

/** Seconds for one suggestion of 30 names × 20 strikes × 2 expiries, solved to proof. */
export const suggestionBenchmark: Benchmark = {
  name: 'suggestion',
  run: async () => {
    const solve = await loadHighs();
    const input = problem();
    const started = performance.now();
    const solved = solveHedge(input, solve);
    const value = (performance.now() - started) / 1000;
    if (!solved.ok) throw new Error(`the hedge was not solved: ${solved.error.code}`);
    const { status, gap, netDeltaFraction } = solved.value;
    return [
      {
        part: 'suggestion',
        what: `suggestion for 30 names × 20 strikes × 2 expiries (${status})`,
        value,
        unit: 's',
        against: 'budget 2 s',
        kept: value < 2,
      },
      {
        part: 'suggestion',
        what: 'its net delta',
        value: Math.abs(netDeltaFraction),
        unit: 'of notional',
        against: `limit 0.05, proven gap ${gap}`,
        kept: Math.abs(netDeltaFraction) <= 0.05,
      },
    ];
  },
};
