import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadHighs } from '../../../main/compute/highs.ts';
import { hedgeProblem, type HedgeInput, type HedgeObjective } from '../../../shared/quant/hedge/problem.ts';
import { countsOf, reviewHedge } from '../../../shared/quant/hedge/review.ts';
import { solveHedge } from '../../../shared/quant/hedge/solve.ts';
import { breachesOf, hedgeTotals } from '../../../shared/quant/hedge/totals.ts';

const cents = (min: number, max: number) => fc.integer({ min, max }).map((c) => c / 100);
const milli = (min: number, max: number) => fc.integer({ min, max }).map((m) => m / 1000);
const call = fc.record({ bid: cents(5, 600), delta: milli(50, 700), score: milli(-2000, 3000) });
const holding = fc.record({
  shares: fc.integer({ min: 50, max: 420 }),
  spot: cents(3000, 20000),
  beta: milli(600, 1500),
  calls: fc.array(call, { minLength: 1, maxLength: 2 }),
});
const put = fc.record({ ask: cents(50, 900), delta: milli(-600, -80), strike: cents(40000, 50000) });
const objective = fc.shuffledSubarray<HedgeObjective>(['netDelta', 'credit', 'score'], { minLength: 1 });

const instance = fc
  .record({
    holdings: fc.array(holding, { minLength: 1, maxLength: 3 }),
    puts: fc.array(put, { minLength: 1, maxLength: 2 }),
    objective,
    netDeltaLimit: milli(50, 900),
    coverageBy: fc.constantFrom('indexLevel' as const, 'strike' as const),
    oneStrikePerName: fc.boolean(),
    maxLegs: fc.option(fc.integer({ min: 2, max: 5 }), { nil: null }),
    minCredit: fc.constantFrom(0, -2000, 200),
    multiplier: fc.constantFrom(100, 50),
  })
  .map(({ holdings, puts, ...rest }): HedgeInput => ({
    ...rest,
    basket: holdings.map(({ shares, spot, beta }, i) => ({ symbol: `S${i}`, shares, spot, beta })),
    calls: holdings.flatMap((h, i) =>
      h.calls.map((c, k) => ({ id: `S${i}C${k}`, symbol: `S${i}`, limit: 4, ...c })),
    ),
    puts: puts.map((p, k) => ({ id: `P${k}`, limit: 4, ...p })),
    indexLevel: 450,
    timeLimitSeconds: 20,
  }));

/** Every vector of whole contracts within the limits, judged as the review judges. */
function bruteForce(input: HedgeInput): Float64Array | null {
  const made = hedgeProblem(input);
  if (!made.ok) throw new Error(made.error.code);
  const problem = made.value;
  const most = problem.ids.map((_, j) =>
    Math.min(problem.limit[j]!, j < problem.callCount ? problem.capacity[problem.holding[j]!]! : Infinity),
  );
  const counts = new Float64Array(most.length);
  let best: Float64Array | null = null;
  let bestValues: readonly number[] = [];
  const visit = (j: number): void => {
    if (j === most.length) {
      if (breachesOf(problem, counts).length > 0) return;
      const totals = hedgeTotals(problem, counts);
      const values = input.objective.map((goal) =>
        goal === 'netDelta'
          ? -Math.abs(totals.netDelta)
          : goal === 'credit'
            ? totals.netPremium
            : totals.score,
      );
      const first = values.findIndex((value, k) => Math.abs(value - (bestValues[k] ?? -Infinity)) > 1e-6);
      if (best === null || (first >= 0 && values[first]! > bestValues[first]!))
        [best, bestValues] = [counts.slice(), values];
      return;
    }
    for (let n = 0; n <= most[j]!; n++) {
      counts[j] = n;
      visit(j + 1);
    }
    counts[j] = 0;
  };
  visit(0);
  return best;
}

describe('solveHedge', () => {
  test('agrees with complete enumeration, objective by objective in their order', async () => {
    const solve = await loadHighs();
    let [optimal, infeasible] = [0, 0];
    fc.assert(
      fc.property(instance, (input) => {
        const best = bruteForce(input);
        const solved = solveHedge(input, solve);
        if (!solved.ok) throw new Error(JSON.stringify(solved.error));
        expect(solved.value.status).toBe(best === null ? 'infeasible' : 'optimal');
        if (best === null) {
          infeasible++;
          expect(solved.value.conflict.length).toBeGreaterThan(0);
          return;
        }
        optimal++;
        const made = hedgeProblem(input);
        if (!made.ok) throw new Error('unreachable');
        const expected = hedgeTotals(made.value, best);
        const found = hedgeTotals(made.value, countsOf(made.value, solved.value.contracts));
        const scale = 1e-7 * expected.basketNotional;
        for (const goal of input.objective) {
          if (goal === 'netDelta')
            expect(Math.abs(Math.abs(found.netDelta) - Math.abs(expected.netDelta))).toBeLessThan(scale);
          if (goal === 'credit') expect(Math.abs(found.netPremium - expected.netPremium)).toBeLessThan(scale);
          if (goal === 'score') expect(Math.abs(found.score - expected.score)).toBeLessThan(scale);
        }
        expect(breachesOf(made.value, countsOf(made.value, solved.value.contracts))).toEqual([]);
      }),
      { seed: 42, numRuns: 500 },
    );
    expect(optimal).toBeGreaterThan(20);
    expect(infeasible).toBeGreaterThan(5);
  });

  test('the conflict it names is one: each member gone, or eased as said, and the rest can be met', async () => {
    const solve = await loadHighs();
    fc.assert(
      fc.property(instance, (input) => {
        const solved = solveHedge(input, solve);
        if (!solved.ok || solved.value.status !== 'infeasible') return;
        for (const { constraint, relaxTo } of solved.value.conflict) {
          if (relaxTo === null) continue;
          const eased: Record<string, unknown> = { ...input };
          if (constraint === 'limits') {
            eased['calls'] = input.calls.map((c) => ({ ...c, limit: Math.floor(c.limit! * relaxTo + 1e-6) }));
            eased['puts'] = input.puts.map((p) => ({ ...p, limit: Math.floor(p.limit! * relaxTo + 1e-6) }));
          } else {
            // A hair beyond, for the last digit of what was computed.
            const hair =
              constraint === 'netDeltaLimit' || constraint === 'overwrite'
                ? 1e-9
                : constraint === 'maxLegs'
                  ? 0
                  : -1e-9;
            const value = relaxTo + hair * Math.max(1, Math.abs(relaxTo));
            eased[constraint] = constraint === 'coverage' ? Math.max(0, value) : value;
          }
          const again = solveHedge(eased as unknown as HedgeInput, solve);
          expect([constraint, relaxTo, again.ok && again.value.status]).toEqual([
            constraint,
            relaxTo,
            'optimal',
          ]);
        }
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  test('a review of its legs gives its own totals back', async () => {
    const solve = await loadHighs();
    fc.assert(
      fc.property(instance, (input) => {
        const solved = solveHedge(input, solve);
        if (!solved.ok || solved.value.status !== 'optimal') return;
        const quantity = (id: string): number => solved.value.contracts[id] ?? 0;
        const review = reviewHedge(input, [
          ...input.calls.map((c) => ({
            id: c.id,
            side: 'sell' as const,
            symbol: c.symbol,
            quantity: quantity(c.id),
            price: c.bid,
            delta: c.delta,
            strike: 0,
            score: c.score ?? null,
          })),
          ...input.puts.map((p) => ({
            id: p.id,
            side: 'buy' as const,
            symbol: 'I',
            quantity: quantity(p.id),
            price: p.ask,
            delta: p.delta,
            strike: p.strike!,
            score: null,
          })),
        ]);
        if (!review.ok) throw new Error(review.error.code);
        expect(review.value.totals.netDelta).toBeCloseTo(solved.value.netDelta, 6);
        expect(review.value.totals.netPremium).toBeCloseTo(solved.value.netPremium, 6);
        expect(review.value.constraints.every(({ met, slack }) => met && slack >= 0)).toBe(true);
      }),
      { seed: 11, numRuns: 40 },
    );
  });
});
