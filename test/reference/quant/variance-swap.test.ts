// Source: reference/06_variance_vix.json: the exchange's white papers (2009, 2014), Demeterfi, Derman, Kamal
// & Zou (1999), and 30-digit sums; data/vix-white-paper, the same example as a file. Tolerances: the papers'
// printed digits, 1e-12 relative for computed sums.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blackPrice } from '../../../shared/quant/european/black.ts';
import {
  fairVarianceOfStrip,
  logPayoffWeights,
  modelFreeVariance,
  modelFreeVol,
} from '../../../shared/quant/surface/variance-swap.ts';
import type { StrikeQuote } from '../../../shared/quant/surface/variance-swap.ts';
import { fileBeside, referenceTable } from '../../support/reference.ts';

interface Strip {
  readonly minutes: number;
  readonly rate: number;
  readonly quotes: readonly (readonly [number, number, number, number, number])[];
}
interface Case {
  readonly id: string;
  readonly near: Strip;
  readonly next: Strip;
  readonly expected: Readonly<Record<string, number>>;
  readonly truth: Readonly<Record<string, number>>;
  readonly tolerance: Readonly<Record<string, number>>;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly rows: readonly {
    readonly side: 'P' | 'C';
    readonly K: number;
    readonly vol_pct: number;
    readonly truth: { readonly weight: number; readonly value: number };
  }[];
  readonly truth_T_90_365: { readonly total_cost: number; readonly Kvar: number };
}
interface Table {
  readonly cases: readonly Case[];
  readonly synthetic: readonly {
    readonly id: string;
    readonly inputs: Readonly<Record<'F' | 'vol' | 'T' | 'K_lo' | 'K_hi' | 'step', number>>;
    readonly expected: { readonly sigma2: number };
    readonly tolerance: number;
  }[];
}

const table = referenceTable<Table>('06_variance_vix.json');
const example = fileBeside('data/vix-white-paper/options.csv');
const minutesPerYear = 525_600;
const expiryOf = ({ minutes, rate, quotes }: Strip) => ({
  timeToExpiry: minutes / minutesPerYear,
  rate,
  quotes: quotes.map(([strike, callBid, callAsk, putBid, putAsk]) => ({
    strike,
    callBid,
    callAsk,
    putBid,
    putAsk,
  })),
});

describe.skipIf(table === null)('the model-free volatility of the white papers', () => {
  it.each(['cboe_whitepaper_2014_2019', 'cboe_whitepaper_2009'])('reproduces %s', (id) => {
    const one = table!.cases.find((candidate) => candidate.id === id)!;
    const result = modelFreeVol({ expiries: [expiryOf(one.near), expiryOf(one.next)] });
    if (!result.ok) throw new Error(result.error.code);
    const [near, next] = result.value.expiries;
    expect(100 * result.value.vol).toBeCloseTo(one.truth['VIX']!, 9);
    expect(near!.variance).toBeCloseTo(one.truth['sigma2_1']!, 13);
    expect(next!.variance).toBeCloseTo(one.truth['sigma2_2']!, 13);
    expect(Math.abs(100 * result.value.vol - one.expected['VIX']!)).toBeLessThanOrEqual(
      one.tolerance['VIX']!,
    );
  });

  it('finds the forwards, strikes and counts of the 2014 example', () => {
    const one = table!.cases[0]!;
    const result = modelFreeVol({ expiries: [expiryOf(one.near), expiryOf(one.next)] });
    if (!result.ok) throw new Error(result.error.code);
    const [near, next] = result.value.expiries;
    expect(near).toMatchObject({ strikeAtForward: 1960, strikesUsed: 146 });
    expect(next).toMatchObject({ strikeAtForward: 1960, strikesUsed: 122 });
    expect(near!.forward).toBeCloseTo(1962.89996, 5);
    expect(next!.forward).toBeCloseTo(1962.40006, 5);
  });

  it('sums synthetic strips to twelve digits', () => {
    for (const { id, inputs, expected, tolerance } of table!.synthetic) {
      const quotes: StrikeQuote[] = [];
      for (let strike = inputs.K_lo; strike <= inputs.K_hi; strike += inputs.step) {
        const price = (optionType: 'call' | 'put'): number =>
          blackPrice({ optionType, forward: inputs.F, strike, timeToExpiry: inputs.T, vol: inputs.vol });
        const [call, put] = [price('call'), price('put')];
        quotes.push({ strike, callBid: call, callAsk: call, putBid: put, putAsk: put });
      }
      const result = modelFreeVariance({ timeToExpiry: inputs.T, rate: 0, quotes });
      if (!result.ok) throw new Error(result.error.code);
      expect(Math.abs(result.value.variance / expected.sigma2 - 1), id).toBeLessThan(
        Math.max(tolerance, 1e-11),
      );
    }
  });
});

describe.skipIf(table === null)('the replicating strip of Demeterfi, Derman, Kamal & Zou', () => {
  it('has the weights, cost and fair variance of their table 1 at 90/365 of a year', () => {
    const one = table!.cases.find((candidate) => candidate.id === 'ddkz_table1')!;
    const time = 90 / 365;
    const strikes = (from: number, to: number): number[] =>
      Array.from({ length: Math.abs(to - from) / 5 + 1 }, (_, i) => from + 5 * i * Math.sign(to - from));
    const legs = logPayoffWeights({
      boundary: 100,
      timeToExpiry: time,
      putStrikes: strikes(100, 45),
      callStrikes: strikes(100, 140),
    });
    let stripCost = 0;
    for (const { side, strike, weight } of legs) {
      const price = blackPrice({
        optionType: side,
        forward: 100 * Math.exp(0.05 * time),
        strike,
        timeToExpiry: time,
        vol: 0.2 + (0.01 * (100 - strike)) / 5,
        discountFactor: Math.exp(-0.05 * time),
      });
      const row = one.rows.find(
        (candidate) => candidate.K === strike && candidate.side === (side === 'put' ? 'P' : 'C'),
      )!;
      expect(weight * 10_000).toBeCloseTo(row.truth.weight, 8);
      expect(price).toBeCloseTo(row.truth.value, 10);
      stripCost += weight * price;
    }
    expect(stripCost * 10_000).toBeCloseTo(one.truth_T_90_365.total_cost, 7);
    const variance = fairVarianceOfStrip({
      spot: 100,
      boundary: 100,
      rate: 0.05,
      timeToExpiry: time,
      stripCost,
    });
    expect(variance).toBeCloseTo(one.truth_T_90_365.Kvar, 12);
  });
});

const steps = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.abs(to - from) / step + 1 }, (_, i) => from + step * i * Math.sign(to - from));

/** Fair volatility of the strip around 100, per cent; the outermost strikes only close the last slopes. */
function stripVol(strip: {
  readonly timeToExpiry: number;
  readonly rate: number;
  readonly lowest: number;
  readonly highest: number;
  readonly step: number;
  readonly volAt: (strike: number, forward: number) => number;
}): number {
  const { timeToExpiry, rate, lowest, highest, step, volAt } = strip;
  const forward = 100 * Math.exp(rate * timeToExpiry);
  const legs = logPayoffWeights({
    boundary: 100,
    timeToExpiry,
    putStrikes: steps(100, lowest, step),
    callStrikes: steps(100, highest, step),
  });
  const stripCost = legs.reduce(
    (sum, { side, strike, weight }) =>
      sum +
      weight *
        blackPrice({
          optionType: side,
          forward,
          strike,
          timeToExpiry,
          vol: volAt(strike, forward),
          discountFactor: Math.exp(-rate * timeToExpiry),
        }),
    0,
  );
  return 100 * Math.sqrt(fairVarianceOfStrip({ spot: 100, boundary: 100, rate, timeToExpiry, stripCost }));
}

interface OtherTables {
  readonly cases: readonly {
    readonly id: string;
    readonly rows: readonly {
      readonly b?: number;
      readonly strip_3m?: number;
      readonly strip_1y?: number;
      readonly T?: string;
      readonly vol?: number;
      readonly published: Readonly<Record<string, number>>;
      readonly truth: Readonly<Record<string, number>>;
    }[];
  }[];
}
const rowsOf = (id: string) =>
  (table as unknown as OtherTables).cases.find((candidate) => candidate.id === id)!.rows;
/** Of a volatility in per cent. */
const rounding = 1e-9;

describe.skipIf(table === null)('strips of a skew and of few strikes', () => {
  // The column that they print as exact does not follow from their equation 30; the stored sums do.
  it('give the strips of Demeterfi, Derman, Kamal & Zou, table 2', () => {
    const rows = rowsOf('ddkz_table2_linear_skew');
    expect(rows).toHaveLength(4);
    for (const { b, strip_3m, strip_1y, published } of rows)
      for (const [timeToExpiry, sum, approximate] of [
        [0.25, strip_3m!, published['approx_3m']!],
        [1, strip_1y!, published['approx_1y']!],
      ] as const) {
        const skew = { timeToExpiry, rate: 0.05, lowest: 10, highest: 200, step: 1 };
        const found = stripVol({ ...skew, volAt: (strike, forward) => 0.3 - b! * (strike / forward - 1) });
        expect(Math.abs(found / sum - 1)).toBeLessThan(rounding);
        // their first-order formula √(σ²(1 + 3·T·b²)) is near it
        expect(Math.abs(found - approximate)).toBeLessThan(0.4);
      }
  });

  it('lose what lies beyond their strikes, as in table 4', () => {
    const rows = rowsOf('ddkz_table4_strike_range');
    expect(rows).toHaveLength(2);
    for (const { T, truth } of rows) {
      const flat = { timeToExpiry: T === '3m' ? 0.25 : 1, rate: 0.05, step: 1, volAt: () => 0.25 };
      const wide = stripVol({ ...flat, lowest: 50, highest: 200 });
      const narrow = stripVol({ ...flat, lowest: 74, highest: 126 });
      expect(Math.abs(wide / truth['wide']! - 1)).toBeLessThan(rounding);
      expect(Math.abs(narrow / truth['narrow']! - 1)).toBeLessThan(rounding);
      expect(narrow).toBeLessThan(wide);
    }
  });

  it('and the exchange’s sum err as in tables 2 and 3 of Le Floc’h (2018)', () => {
    const rows = rowsOf('lefloch_flat');
    expect(rows).toHaveLength(2);
    for (const { vol, truth, published } of rows) {
      const flat = { timeToExpiry: 1, rate: 0, lowest: 60, highest: 140, step: 10, volAt: () => vol! };
      const derman = stripVol(flat);
      expect(Math.abs(derman / truth['derman']! - 1)).toBeLessThan(rounding);
      expect(Math.abs(derman - published['derman']!)).toBeLessThan(0.0051);
      const quotes = steps(60, 140, 10).map((strike) => {
        const at = { forward: 100, strike, timeToExpiry: 1, vol: vol!, discountFactor: 1 };
        const call = blackPrice({ ...at, optionType: 'call' });
        const put = blackPrice({ ...at, optionType: 'put' });
        return { strike, callBid: call, callAsk: call, putBid: put, putAsk: put };
      });
      const sum = modelFreeVariance({ timeToExpiry: 1, rate: 0, quotes });
      if (!sum.ok) throw new Error(sum.error.code);
      expect(Math.abs((100 * Math.sqrt(sum.value.variance)) / truth['cboe_sum']! - 1)).toBeLessThan(rounding);
    }
  });
});

describe.skipIf(example === null)('the 2009 example as a file', () => {
  it('gives 61.22', () => {
    const lines = readFileSync(example!, 'utf8').trim().split(/\r?\n/).slice(1);
    const rows = lines.map((line) => line.split(',').map(Number));
    const expiry = (days: number) => ({
      // The paper counts minutes: 8:30 today to 8:30 on the settlement day.
      timeToExpiry: days / 365,
      rate: 0.0038,
      quotes: rows
        .filter((row) => row[1] === days)
        .map((row) => ({
          strike: row[2]!,
          callBid: row[3]!,
          callAsk: row[4]!,
          putBid: row[5]!,
          putAsk: row[6]!,
        })),
    });
    const result = modelFreeVol({ expiries: [expiry(9), expiry(37)] });
    expect(result.ok && Math.round(result.value.vol * 10_000) / 100).toBe(61.22);
  });
});
