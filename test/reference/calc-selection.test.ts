// Reference cases that a calc can express, piped through the command's own stream and compared.
// Sources and tolerances are those of the reference files; see their `meta`.
import { describe, expect, test } from 'vitest';
import { code, expectAnswers, within } from '../support/calc.ts';
import type { CalcCase, Json } from '../support/calc.ts';
import { referenceTable } from '../support/reference.ts';

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

describe('calc against the reference: hedges and baskets', () => {
  const hedge = referenceTable<Json>('08a_hedge_selection.json');
  test.skipIf(hedge === null)('hedge', async () => {
    const cases = hedge.instances.map((c: Json): CalcCase => ({
      name: c.id,
      line: {
        calc: 'hedge',
        basket: c.stocks.map((s: Json, i: number) => ({
          symbol: `S${i}`,
          shares: s.shares,
          spot: s.price_cents / 100,
          beta: s.beta_milli / 1000,
        })),
        calls: c.stocks.flatMap((s: Json, i: number) =>
          s.calls.map((call: Json, j: number) => ({
            id: `S${i}C${j}`,
            symbol: `S${i}`,
            bid: call.premium_cents / 100,
            delta: call.delta_milli / 1000,
            // Collects −price × delta, so that the best score sells the least delta.
            score: -(s.price_cents * call.delta_milli) / 1000 / call.premium_cents,
          })),
        ),
        puts: c.puts.map((put: Json, k: number) => ({
          id: `P${k}`,
          ask: put.premium_cents / 100,
          delta: put.delta_milli / 1000,
          strike: put.strike_cents / 100,
          limit: put.max_contracts,
        })),
        indexLevel: c.index_cents / 100,
        multiplier: c.multiplier,
        indexMultiplier: c.multiplier,
        coverageBy: c.put_notional === 'strike' ? 'strike' : 'indexLevel',
        netDeltaLimit: c.delta_threshold_num / c.delta_threshold_den,
        oneStrikePerName: c.one_strike_per_stock,
        objective: [
          { max_net_premium: 'credit', min_abs_net_delta: 'netDelta', min_call_delta_sold: 'score' }[
            c.objective as 'max_net_premium'
          ],
        ],
      },
      check: (answer) => {
        expect(answer['status'], c.id).toBe(c.result.status);
        if (c.result.status === 'infeasible') {
          expect(answer['conflict'].length, c.id).toBeGreaterThan(0);
          return;
        }
        const n = (id: string): number => answer['contracts'][id] ?? 0;
        const chosen = {
          puts: c.puts.map((_: unknown, k: number) => n(`P${k}`)),
          calls: c.stocks.map((s: Json, i: number) =>
            s.calls.map((_: unknown, j: number) => n(`S${i}C${j}`)),
          ),
        };
        expect(c.result.optimal_solutions, c.id).toContainEqual(chosen);
      },
    }));
    expect(cases.length).toBeGreaterThan(5);
    await expectAnswers(cases);
  });

  const tracking = referenceTable<Json>('08b_tracking_basket.json');
  test.skipIf(tracking === null)('trackingBasket', async () => {
    const reachable = tracking.instances.filter(
      (c: Json) => c.method === 'nnls' && c.rules.max_realized_vol_diff === undefined,
    );
    const cases = reachable.map((c: Json): CalcCase => {
      const columns: number[] = c.in_index.map((_: boolean, j: number) => j);
      const { rules } = c;
      return {
        name: c.id,
        line: {
          calc: 'trackingBasket',
          index: c.index_returns,
          stocks: Object.fromEntries(columns.map((j) => [`S${j}`, c.returns.map((row: number[]) => row[j])])),
          maxNames: c.k_max,
          indexSize: c.index_size,
          indexWeights: Object.fromEntries(
            columns.filter((j) => c.in_index[j]).map((j) => [`S${j}`, c.index_weights[j]]),
          ),
          vols: Object.fromEntries(columns.map((j) => [`S${j}`, c.implied_vols[j]])),
          indexVol: c.index_implied_vol,
          maxNameShare: rules.max_name_fraction,
          maxWeightOverlap: rules.max_weight_overlap,
          minBasketVolSpread: rules.min_vol_spread,
        },
        check: (answer) => {
          if (c.result.status === 'infeasible') {
            expect(code(answer), c.id).toBe('infeasible');
            return;
          }
          expect([...answer['names']].toSorted(byText), c.id).toEqual(
            c.result.selected.map((j: number) => `S${j}`).toSorted(byText),
          );
          within(c.id, answer['rSquared'], c.result.r2, 1e-10);
          c.result.selected.forEach((j: number, k: number) =>
            within(c.id, answer['weights'][`S${j}`], c.result.weights[k], 1e-8),
          );
        },
      };
    });
    expect(cases.length).toBeGreaterThan(5);
    await expectAnswers(cases);
  });
});
