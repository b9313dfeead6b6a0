// Source: reference/08a_hedge_selection.json, complete enumeration in 64-bit integers.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadHighs } from '../../../main/compute/highs.ts';
import type { HedgeInput, HedgeObjective } from '../../../shared/quant/hedge/problem.ts';
import { solveHedge } from '../../../shared/quant/hedge/solve.ts';

interface Instance {
  readonly id: string;
  readonly multiplier: number;
  readonly index_cents: number;
  readonly stocks: readonly {
    readonly shares: number;
    readonly price_cents: number;
    readonly beta_milli: number;
    readonly calls: readonly { readonly premium_cents: number; readonly delta_milli: number }[];
  }[];
  readonly puts: readonly {
    readonly strike_cents: number;
    readonly premium_cents: number;
    readonly delta_milli: number;
    readonly max_contracts: number;
  }[];
  readonly one_strike_per_stock: boolean;
  readonly put_notional: 'strike' | 'index_level';
  readonly delta_threshold_num: number;
  readonly delta_threshold_den: number;
  readonly objective: 'max_net_premium' | 'min_abs_net_delta' | 'min_call_delta_sold';
  readonly result: {
    readonly status: 'optimal' | 'infeasible';
    readonly objective_int: number;
    readonly optimal_solutions: readonly {
      readonly puts: readonly number[];
      readonly calls: readonly (readonly number[])[];
    }[];
  };
}

const file = new URL('../../../../shared/reference/08a_hedge_selection.json', import.meta.url);
const instances: readonly Instance[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8')).instances
  : (console.log('hedge reference skipped: no reference files beside the checkout'), []);

const objectives: Record<Instance['objective'], HedgeObjective> = {
  max_net_premium: 'credit',
  min_abs_net_delta: 'netDelta',
  // A score of −price × delta / bid makes the collected score the call delta sold, negated.
  min_call_delta_sold: 'score',
};

function inputOf(instance: Instance): HedgeInput {
  return {
    basket: instance.stocks.map((s, i) => ({
      symbol: `S${i}`,
      shares: s.shares,
      spot: s.price_cents / 100,
      beta: s.beta_milli / 1000,
    })),
    calls: instance.stocks.flatMap((s, i) =>
      s.calls.map((call, j) => ({
        id: `S${i}C${j}`,
        symbol: `S${i}`,
        bid: call.premium_cents / 100,
        delta: call.delta_milli / 1000,
        score: -(s.price_cents * call.delta_milli) / 1000 / call.premium_cents,
        limit: Math.floor(s.shares / instance.multiplier),
      })),
    ),
    puts: instance.puts.map((put, k) => ({
      id: `P${k}`,
      ask: put.premium_cents / 100,
      delta: put.delta_milli / 1000,
      strike: put.strike_cents / 100,
      limit: put.max_contracts,
    })),
    indexLevel: instance.index_cents / 100,
    multiplier: instance.multiplier,
    indexMultiplier: instance.multiplier,
    coverageBy: instance.put_notional === 'strike' ? 'strike' : 'indexLevel',
    netDeltaLimit: instance.delta_threshold_num / instance.delta_threshold_den,
    oneStrikePerName: instance.one_strike_per_stock,
    objective: [objectives[instance.objective]],
    timeLimitSeconds: 20,
  };
}

/** The objective of a solution in the file's integers: cents, cents × 1e-6, cents × 1e-3. */
function objectiveOf(instance: Instance, contracts: Readonly<Record<string, number>>): number {
  const { multiplier, stocks, puts, index_cents: index } = instance;
  const n = (id: string): number => contracts[id] ?? 0;
  const calls = stocks.flatMap((stock, i) =>
    stock.calls.map((call, j) => ({ stock, call, n: n(`S${i}C${j}`) })),
  );
  if (instance.objective === 'max_net_premium') {
    const raised = calls.reduce((sum, c) => sum + c.n * multiplier * c.call.premium_cents, 0);
    return raised - puts.reduce((sum, put, k) => sum + n(`P${k}`) * multiplier * put.premium_cents, 0);
  }
  if (instance.objective === 'min_call_delta_sold') {
    return -calls.reduce((sum, c) => sum + c.n * multiplier * c.stock.price_cents * c.call.delta_milli, 0);
  }
  const held = stocks.reduce((sum, s) => sum + s.shares * s.price_cents * s.beta_milli * 1000, 0);
  const sold = calls.reduce(
    (sum, c) => sum + c.n * multiplier * c.stock.price_cents * c.call.delta_milli * c.stock.beta_milli,
    0,
  );
  const bought = puts.reduce(
    (sum, put, k) => sum + n(`P${k}`) * multiplier * index * put.delta_milli * 1000,
    0,
  );
  return -Math.abs(held - sold + bought);
}

describe.skipIf(instances.length === 0)('solveHedge against complete enumeration', () => {
  test.each(instances)('$id: $objective', async (instance) => {
    const solved = solveHedge(inputOf(instance), await loadHighs());
    if (!solved.ok) throw new Error(JSON.stringify(solved.error));
    const { status, contracts, conflict, gap } = solved.value;
    expect(status).toBe(instance.result.status);
    if (status === 'infeasible') {
      expect(conflict.length).toBeGreaterThan(0);
      return;
    }
    expect(objectiveOf(instance, contracts)).toBe(instance.result.objective_int);
    expect(gap).toBe(0);
    const chosen = {
      puts: instance.puts.map((_, k) => contracts[`P${k}`] ?? 0),
      calls: instance.stocks.map((stock, i) => stock.calls.map((_, j) => contracts[`S${i}C${j}`] ?? 0)),
    };
    expect(instance.result.optimal_solutions).toContainEqual(chosen);
  });
});
