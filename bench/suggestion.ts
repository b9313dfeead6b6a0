import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BasketResult } from '../shared/contract/basket.ts';
import { createService } from '../main/service.ts';
import { loadHighs } from '../main/compute/highs.ts';
import { blackGreeks } from '../shared/quant/european/black.ts';
import { deskTolerances, solveHedge } from '../shared/quant/hedge/solve.ts';
import type { HedgeCall, HedgeInput, HedgePut } from '../shared/quant/hedge/problem.ts';
import { hedgeSizes } from './hedge-sizes.ts';
import type { Benchmark, Measurement } from './report.ts';

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

/** The same through the desk, chains and all: the demo market, a basket of 30 names, every expiry listed. */
async function throughDesk(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-bench-'));
  const deskFile = join(folder, 'demo.sqlite');
  execFileSync(
    process.execPath,
    [join(import.meta.dirname, '../main/voldesk.ts'), 'demo', '--desk', deskFile],
    {
      stdio: 'ignore',
    },
  );
  const service = createService({ deskFile, use: 'command', checkOutputs: false });
  if (!service.ok) throw new Error(service.error.code);
  const { request, close } = service.value;
  try {
    const rules = { index: 'MERI', maxNames: 30, maxIndexShare: null };
    const built = await request('basket.build', rules);
    if (!built.ok) throw new Error(`the basket was not built: ${built.error.code}`);
    const saved = await request('basket.save', { name: 'bench', result: built.value });
    if (!saved.ok) throw new Error(`the basket was not saved: ${saved.error.code}`);
    const names = (built.value as BasketResult).names.length;
    const again = performance.now();
    await request('basket.build', rules);
    const building = (performance.now() - again) / 1000;
    const ask = async (): Promise<number> => {
      const started = performance.now();
      const suggested = await request('hedge.suggest', { basket: 'bench', expiry: '2026-12-18' });
      if (!suggested.ok) throw new Error(`no hedge: ${suggested.error.code}`);
      return (performance.now() - started) / 1000;
    };
    const part = 'suggestion';
    const against = 'budget 2 s';
    const cold = await ask();
    const warm = await ask();
    return [
      {
        part,
        what: `basket.build on the demo desk, ${names} names of two years`,
        value: building,
        unit: 's',
        against: 'budget 1 s',
        kept: building < 1,
      },
      {
        part,
        what: `hedge.suggest on the demo desk, ${names} names, first time`,
        value: cold,
        unit: 's',
        against,
        kept: cold < 2,
      },
      {
        part,
        what: `hedge.suggest on the demo desk, ${names} names, again`,
        value: warm,
        unit: 's',
        against,
        kept: warm < 2,
      },
    ];
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
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
      ...(await hedgeSizes()),
      ...(await throughDesk()),
    ];
  },
};
