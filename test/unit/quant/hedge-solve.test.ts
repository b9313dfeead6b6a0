import { describe, expect, test } from 'vitest';
import { loadHighs } from '../../../main/compute/highs.ts';
import {
  constraintReadings,
  legReasons,
  notTaken,
  type CandidateFacts,
} from '../../../shared/quant/hedge/explain.ts';
import { hedgeProblem, type HedgeInput, type HedgeProblem } from '../../../shared/quant/hedge/problem.ts';
import { countsOf, exposureTotals, reviewHedge } from '../../../shared/quant/hedge/review.ts';
import { deskTolerances, solveHedge, type HedgeSolution } from '../../../shared/quant/hedge/solve.ts';

const solve = await loadHighs();
const solved = (input: HedgeInput): HedgeSolution => {
  const result = solveHedge(input, solve);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const problemOf = (input: HedgeInput): HedgeProblem => {
  const result = hedgeProblem(input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** Two names worth 100,000 together; the index at 500. */
const base: HedgeInput = {
  basket: [
    { symbol: 'A', shares: 500, spot: 100 },
    { symbol: 'B', shares: 1000, spot: 50, beta: 1.2 },
  ],
  calls: [
    { id: 'A105', symbol: 'A', bid: 3, delta: 0.4, score: 1 },
    { id: 'A110', symbol: 'A', bid: 1.5, delta: 0.25, score: 1.5 },
    { id: 'B52', symbol: 'B', bid: 1.2, delta: 0.4, score: 0.5 },
  ],
  puts: [
    { id: 'P490', ask: 8, delta: -0.4, strike: 490, limit: 10 },
    { id: 'P450', ask: 2, delta: -0.15, strike: 450, limit: 10 },
  ],
  indexLevel: 500,
  netDeltaLimit: 0.6,
  objective: ['credit'],
};

/** Thirty names, twenty strikes, two expiries, forty puts: a day's real size, the same on every run. */
function largeInput(names = 30): HedgeInput {
  let state = 7;
  const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const normal = (x: number): number => 1 / (1 + Math.exp(-1.702 * x));
  const quote = (m: number, vol: number, months: number): { delta: number; call: number; put: number } => {
    const deviation = vol * Math.sqrt(months / 12);
    const d1 = -Math.log(m) / deviation + deviation / 2;
    const [n1, n2] = [normal(d1), normal(d1 - deviation)];
    return { delta: n1, call: Math.max(0.02, n1 - m * n2), put: Math.max(0.01, m * (1 - n2) - (1 - n1)) };
  };
  const steps = Array.from({ length: 20 }, (_, k) => k);
  const basket = Array.from({ length: names }, (_, i) => {
    const spot = 20 + 400 * uniform();
    return { symbol: `N${i}`, spot, shares: 100 * Math.round(3333 / spot), beta: 0.6 + 0.9 * uniform() };
  });
  const calls = basket.flatMap(({ symbol, spot }) => {
    const vol = 0.2 + 0.3 * uniform();
    return [1, 2].flatMap((months) =>
      steps.map((k) => {
        const { delta, call } = quote(0.97 + 0.012 * k, vol, months);
        return {
          id: `${symbol}E${months}K${k}`,
          symbol,
          bid: spot * call,
          delta,
          score: 3 * uniform() - 1,
          limit: 100,
        };
      }),
    );
  });
  const puts = [1, 2].flatMap((months) =>
    steps.map((k) => {
      const { delta, put } = quote(0.86 + 0.008 * k, 0.17, months);
      return { id: `PE${months}K${k}`, ask: 5000 * put, delta: delta - 1, strike: 4300 + 40 * k, limit: 100 };
    }),
  );
  return { basket, calls, puts, indexLevel: 5000, netDeltaLimit: 0.05, objective: ['netDelta', 'score'] };
}

describe('solveHedge', () => {
  test('sells no more calls than shares, and pays for the puts with them', () => {
    const hedge = solved(base);
    expect(hedge).toMatchObject({ status: 'optimal', gap: 0, conflict: [] });
    expect(hedge.contracts['A105']).toBe(5);
    expect(hedge.contracts['B52']).toBe(10);
    expect(hedge.contracts['P490'] ?? 0).toBeGreaterThanOrEqual(0);
    expect(hedge.coverage).toBeGreaterThanOrEqual(1);
    expect(hedge.netPremium).toBe(hedge.premiumReceived - hedge.premiumPaid);
    expect(Math.abs(hedge.netDeltaFraction)).toBeLessThanOrEqual(0.6);
    expect(hedge.basketNotional).toBe(100_000);
  });

  test('a call of a name counts its delta times spot times that name’s beta', () => {
    const { netDelta } = solved({ ...base, coverage: 0, netDeltaLimit: null });
    expect(netDelta).toBeCloseTo(50_000 + 60_000 - 500 * 0.4 * 100 - 1000 * 0.4 * 50 * 1.2, 8);
  });

  test('calls already short, overwriting less, and a lot size of its own use up shares', () => {
    const sold = (input: Partial<HedgeInput>): number =>
      solved({ ...base, coverage: 0, netDeltaLimit: null, ...input }).contracts['A105'] ?? 0;
    const [a, b] = [base.basket[0]!, base.basket[1]!];
    expect(sold({})).toBe(5);
    expect(sold({ overwrite: 0.5 })).toBe(2);
    expect(sold({ basket: [{ ...a, shortCalls: 3 }, b] })).toBe(2);
    expect(sold({ basket: [{ ...a, multiplier: 250 }, b] })).toBe(2);
  });

  test('a put held already counts for protection and delta', () => {
    expect(solved({ ...base, netDeltaLimit: null, existingProtection: 100_000 }).premiumPaid).toBe(0);
    const free = solved({ ...base, coverage: 0, netDeltaLimit: null });
    const held = solved({ ...base, coverage: 0, netDeltaLimit: null, existingNetDelta: -1000 });
    expect(held.netDelta).toBeCloseTo(free.netDelta - 1000, 8);
  });

  test('contracts fixed by hand stay', () => {
    expect(solved({ ...base, locked: { A110: 2, P450: 1 } }).contracts).toMatchObject({ A110: 2, P450: 1 });
  });

  test('a held net delta leaves room for the score within the desk’s tolerance, and none exactly', () => {
    const both: HedgeInput = { ...base, objective: ['netDelta', 'score'], minCredit: null };
    const [alone] = [solved({ ...both, objective: ['netDelta'] })];
    const exact = solved(both);
    const desk = solved({ ...both, tolerances: { ...deskTolerances, netDelta: 0.02 } });
    expect(Math.abs(exact.netDelta)).toBeCloseTo(Math.abs(alone.netDelta), 4);
    expect(Math.abs(desk.netDeltaFraction)).toBeLessThanOrEqual(
      Math.abs(alone.netDeltaFraction) + 0.02 + 1e-9,
    );
    expect(desk.score).toBeGreaterThanOrEqual(exact.score);
  });

  test('names what is in conflict and what would do', () => {
    const stuck = solved({ ...base, minCredit: 5000 });
    expect(stuck.status).toBe('infeasible');
    expect(stuck.contracts).toEqual({});
    const names = stuck.conflict.map(({ constraint }) => constraint);
    expect(names).toContain('minCredit');
    const credit = stuck.conflict.find(({ constraint }) => constraint === 'minCredit')!;
    expect(credit.sentence).toMatch(/at least 5,000: [\d,]+ would do, all else kept/);
    expect(solved({ ...base, minCredit: credit.relaxTo! - 1e-6 }).status).toBe('optimal');
  });

  test('without any candidate the coverage cannot be met, alone', () => {
    const none = solved({ ...base, calls: [], puts: [], netDeltaLimit: null, minCredit: null });
    expect(none.conflict).toEqual([
      {
        constraint: 'coverage',
        relaxTo: 0,
        sentence: 'Puts must protect 100.0% of the basket: 0.00% would do, all else kept.',
      },
    ]);
  });

  test('says what is wrong with its input', () => {
    const reason = (input: Partial<HedgeInput>): unknown => {
      const result = solveHedge({ ...base, ...input }, solve);
      return result.ok ? null : (result.error.detail['reason'] ?? result.error.code);
    };
    expect(reason({ basket: [] })).toMatch(/A105 is on A, which the basket does not hold/);
    expect(reason({ basket: base.basket.map((h) => ({ ...h, shares: 0 })) })).toBe('basket-without-shares');
    expect(reason({ puts: [{ id: 'P', ask: 1, delta: 0.4 }] })).toMatch(/cannot be above 0/);
    expect(reason({ puts: [{ id: 'P', ask: 1, delta: -0.4 }], coverageBy: 'strike' })).toMatch(
      /needs a strike/,
    );
    expect(reason({ objective: [] })).toMatch(/an objective is needed/);
    expect(reason({ indexLevel: 0 })).toMatch(/index level/);
    expect(reason({ locked: { X: 1 } })).toMatch(/X is locked/);
    expect(reason({ calls: [base.calls[0]!, base.calls[0]!] })).toMatch(/same id/);
  });

  test('thirty names, twenty strikes and two expiries are solved within every limit', () => {
    const hedge = solved({ ...largeInput(), tolerances: deskTolerances });
    expect(hedge.coverage).toBeGreaterThanOrEqual(1);
    expect(Math.abs(hedge.netDeltaFraction)).toBeLessThanOrEqual(0.005 + 1e-9);
    expect(hedge.netPremium).toBeGreaterThanOrEqual(0);
  });
});

describe('a limit on legs', () => {
  test('the most premium from eight legs on ten names is found and proven', () => {
    const input: HedgeInput = { ...largeInput(10), objective: ['credit'], timeLimitSeconds: 20 };
    const few = solved({ ...input, maxLegs: 8 });
    const free = solved(input);
    expect([few.status, free.status]).toEqual(['optimal', 'optimal']);
    expect(few.legs).toBeLessThanOrEqual(8);
    expect(free.legs).toBeGreaterThan(8);
    expect(few.netPremium).toBeLessThan(free.netPremium);
  });
});

describe('explanations', () => {
  const input: HedgeInput = { ...base, maxLegs: 4, oneStrikePerName: true };
  const problem = problemOf(input);
  const hedge = solved(input);
  const counts = countsOf(problem, hedge.contracts);
  const facts = new Map<string, CandidateFacts>(
    [...base.calls, ...base.puts].map((c, i) => [
      c.id,
      {
        label: `option ${c.id}`,
        skewPremium: 0.05,
        impliedToHistorical: 1.3,
        score: 'score' in c ? (c.score ?? 0) : null,
        rank: i + 1,
        inFirstSet: true,
        inSecondSet: true,
      },
    ]),
  );

  test('each constraint is read with its slack', () => {
    const readings = constraintReadings(problem, counts);
    expect(readings.map(({ name }) => name)).toEqual([
      'overwrite',
      'coverage',
      'minCredit',
      'netDeltaLimit',
      'maxLegs',
      'oneStrikePerName',
    ]);
    for (const { limit, value, slack, met, name } of readings) {
      expect(met).toBe(true);
      const room = name === 'coverage' || name === 'minCredit' ? value - limit : limit - value;
      expect(slack).toBeCloseTo(room, 8);
    }
  });

  test('a leg says its rank, what it brings, and what it beat', () => {
    const reasons = legReasons(problem, counts, 'A105', facts);
    expect(reasons.join(' ')).toMatch(
      /Rank 1 of 3 with score 1\.00: its volatility is 5\.0% above at the money, implied is 1\.30 times historical\./,
    );
    expect(reasons.join(' ')).toMatch(/Sells 5 of at most 5 contracts on 500 shares of A: 1,500 received\./);
    expect(reasons.join(' ')).toMatch(/Takes 20,000 off the net delta\./);
    expect(reasons.join(' ')).toMatch(/option A110 \(rank 2, score 1\.50\)/);
    const bought = base.puts.find(({ id }) => (hedge.contracts[id] ?? 0) > 0)!.id;
    expect(legReasons(problem, counts, bought, facts)[0]).toMatch(
      /^Protects [\d,]+, [\d.]+% of the basket, for [\d,]+\.$/,
    );
  });

  test('what was not taken says why', () => {
    expect(notTaken(problem, counts, facts)).toEqual([
      { id: 'A110', score: 1.5, reason: 'The shares of A are used by the calls chosen.' },
    ]);
  });

  test('an edited leg shows at once which limit breaks', () => {
    const legs = [
      {
        id: 'A105',
        side: 'sell' as const,
        symbol: 'A',
        quantity: 6,
        price: 3,
        delta: 0.4,
        strike: 105,
        score: 1,
      },
      {
        id: 'P490',
        side: 'buy' as const,
        symbol: 'I',
        quantity: 1,
        price: 8,
        delta: -0.4,
        strike: 490,
        score: null,
      },
    ];
    const review = reviewHedge(input, legs);
    if (!review.ok) throw new Error('review');
    const broken = review.value.constraints.filter(({ met }) => !met);
    expect(broken.map(({ name, slack }) => [name, Math.round(slack)])).toEqual([
      ['overwrite', -1],
      ['coverage', -50_000],
      ['netDeltaLimit', expect.any(Number)],
    ]);
    expect(broken[0]!.sentence).toBe('More calls are sold than the shares of A cover.');
  });

  test('exposures before and after differ by the legs', () => {
    const stock = {
      units: 500,
      underlyingPrice: 100,
      beta: 1,
      delta: 1,
      gammaDollar1Pct: 0,
      vegaPerVolPoint: 0,
      thetaPerDay: 0,
      premium: 0,
    };
    const short = {
      units: -500,
      underlyingPrice: 100,
      beta: 1,
      delta: 0.4,
      gammaDollar1Pct: 2,
      vegaPerVolPoint: 0.1,
      thetaPerDay: -0.05,
      premium: 3,
    };
    expect(exposureTotals([stock], 50_000)).toMatchObject({
      deltaDollar: 50_000,
      deltaFraction: 1,
      premium: 0,
    });
    expect(exposureTotals([stock, short], 50_000)).toEqual({
      deltaDollar: 30_000,
      deltaFraction: 0.6,
      gammaDollar1Pct: -1000,
      vegaPerVolPoint: -50,
      thetaPerDay: 25,
      premium: 1500,
    });
  });
});
