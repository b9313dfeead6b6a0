// Source: reference/03_american.json. Continuous yield: boundary integrals converged to 1e-9 of the spot,
// confirmed there by QuantLib's high-precision scheme and an 8001-step tree. Cash dividends: quadrature
// recursion, or finite differences extrapolated from 2000, 4000 and 8000 steps. Values of approximations
// (baw, bjs93, ju, qdplus) are not compared; their `true_american` is.
import { describe, expect, test } from 'vitest';
import { americanImpliedVol } from '../../../shared/quant/american/american-implied-vol.ts';
import { americanGreeks, americanPrice, exerciseBoundary } from '../../../shared/quant/american/american.ts';
import type { StockOption } from '../../../shared/quant/american/american.ts';
import { referenceTable } from '../../support/reference.ts';

interface Inputs {
  readonly type: 'call' | 'put';
  readonly S: number;
  readonly K: number;
  readonly r: number;
  readonly q: number;
  readonly T: number;
  readonly vol: number;
  readonly dividends?: readonly { readonly t: number; readonly amount: number }[];
}
interface TrueCase {
  readonly id: string;
  readonly inputs: Inputs;
  readonly T_used?: number;
  readonly true_american?: number | null;
  readonly published_pde?: number;
  readonly truth_spread?: number;
  readonly truth_method?: string;
  readonly expected?: { readonly value: number };
  readonly tolerance?: number;
}
interface Table {
  readonly published_tables: readonly TrueCase[];
  readonly quantlib_pde_random: readonly TrueCase[];
  readonly foptions: readonly TrueCase[];
  readonly qdplus_edge: readonly TrueCase[];
  readonly alo_published: readonly {
    readonly id: string;
    readonly inputs: Inputs;
    readonly true_premium: number;
  }[];
  readonly computed: readonly {
    readonly id: string;
    readonly inputs: Inputs;
    readonly expected: Readonly<Record<string, number>>;
    readonly tolerance: Readonly<Record<string, number>>;
  }[];
  readonly cash_dividends: readonly {
    readonly inputs: Inputs;
    readonly model: 'spot_jump' | 'escrowed';
    readonly exercise: 'american' | 'european';
    readonly expected: { readonly value: number };
    readonly tolerance: number;
    readonly fd_delta: number;
    readonly critical?: readonly (readonly [number, number])[];
  }[];
  readonly rgw_published: readonly {
    readonly inputs: Inputs;
    readonly truth: { readonly american: number };
  }[];
}

const table = referenceTable<Table>('03_american.json');

/** Shares of the spot. The spec asks 1e-6. */
const standardTolerance = 3e-7;
const ordinaryTolerance = 2e-8;
const fastTolerance = 1e-6;
const dividendTolerance = 5e-7;
/** The spec asks 1e-4. */
const fastDividendTolerance = 5e-6;
/** Where exercise is due at ex-dates alone, or never. */
const exDatesTolerance = 2e-7;
/** Share of the critical spot. */
const criticalTolerance = 2e-4;
/** Volatility, decimal: 1e-4 of a volatility point. */
const volTolerance = 1e-6;
/** Share of the vega at the money below which a price hardly determines its volatility. */
const perCent = 0.01;
/** A stored truth whose own spread is wider than this decides nothing. */
const widestSpread = 1e-6;

const optionOf = (i: Inputs, time = i.T): StockOption => ({
  optionType: i.type,
  spot: i.S,
  strike: i.K,
  timeToExpiry: time,
  vol: i.vol,
  rate: i.r,
  dividendYield: i.q,
});

const priceOf = (option: StockOption): number => {
  const found = americanPrice(option);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};

const known = (cases: readonly TrueCase[]) =>
  cases.filter((one) => typeof one.true_american === 'number' && !(one.truth_spread! > widestSpread));

describe.skipIf(table === null)('American options under a continuous yield', () => {
  test('match the true value beside the published tables', () => {
    const cases = [...known(table!.published_tables), ...known(table!.foptions)];
    expect(cases.length).toBe(40);
    for (const { id, inputs, T_used, true_american } of cases) {
      const price = priceOf(optionOf(inputs, T_used));
      expect(Math.abs(price - true_american!) / inputs.S, id).toBeLessThan(ordinaryTolerance);
    }
  });

  test('match the true value at random parameters, 168 years and 900 % volatility among them', () => {
    const cases = [...known(table!.quantlib_pde_random), ...known(table!.qdplus_edge)];
    expect(cases.length).toBeGreaterThan(230);
    for (const { id, inputs, true_american } of cases)
      expect(Math.abs(priceOf(optionOf(inputs)) - true_american!) / inputs.S, id).toBeLessThan(
        standardTolerance,
      );
  });

  test('settle the case on which the stored solvers disagree, by its published lattice value', () => {
    const open = table!.quantlib_pde_random.filter((one) => one.true_american === null);
    expect(open.length).toBeGreaterThan(0);
    for (const { id, inputs, published_pde } of open)
      expect(Math.abs(priceOf(optionOf(inputs)) - published_pde!), id).toBeLessThan(1e-4);
  });

  test('match the exact limits at strike 0, no volatility and a vanishing spot', () => {
    const cases = table!.qdplus_edge.filter((one) => one.truth_method?.startsWith('degenerate'));
    expect(cases.length).toBeGreaterThan(8);
    for (const { id, inputs, expected, tolerance } of cases)
      expect(Math.abs(priceOf(optionOf(inputs)) - expected!.value), id).toBeLessThanOrEqual(
        Math.max(tolerance!, 1e-12 * inputs.S),
      );
  });

  test('match the premium of the paper’s examples', () => {
    for (const { id, inputs, true_premium } of table!.alo_published) {
      const option = optionOf(inputs);
      const premium = priceOf(option) - priceOf({ ...option, exercise: 'european' });
      expect(Math.abs(premium - true_premium) / inputs.S, id).toBeLessThan(ordinaryTolerance);
    }
  });

  test('give price, delta, gamma, vega and theta', () => {
    expect(table!.computed.length).toBe(109);
    for (const { id, inputs, expected, tolerance } of table!.computed) {
      const found = americanGreeks(optionOf(inputs));
      if (!found.ok) throw new Error(id);
      expect(Math.abs(found.value.price - expected['value']!) / inputs.S, id).toBeLessThan(ordinaryTolerance);
      const pairs = {
        delta: found.value.deltaSpot,
        gamma: found.value.gammaSpot,
        vega: found.value.vegaPerVol,
        theta: found.value.thetaPerYear,
      };
      for (const [name, got] of Object.entries(pairs))
        if (expected[name] !== undefined)
          expect(Math.abs(got - expected[name]), `${id} ${name}`).toBeLessThanOrEqual(tolerance[name]!);
    }
  });

  test('at fast accuracy stay within their own tolerance', () => {
    for (const { id, inputs, expected } of table!.computed) {
      const price = priceOf({ ...optionOf(inputs), accuracy: 'fast' });
      expect(Math.abs(price - expected['value']!) / inputs.S, id).toBeLessThan(fastTolerance);
    }
  });

  test('give the volatility back wherever vega is above 1 % of its value at the money', () => {
    let checked = 0;
    const cases = [
      ...table!.computed.map(({ id, inputs, expected }) => ({ id, inputs, price: expected['value']! })),
      ...known(table!.quantlib_pde_random).map(({ id, inputs, true_american }) => ({
        id,
        inputs,
        price: true_american!,
      })),
    ];
    for (const { id, inputs, price } of cases) {
      const greeks = americanGreeks(optionOf(inputs));
      const atTheMoney = inputs.S * Math.sqrt(inputs.T / (2 * Math.PI));
      if (!greeks.ok || greeks.value.vegaPerVol < perCent * atTheMoney) continue;
      const found = americanImpliedVol({ ...optionOf(inputs), price });
      if (!found.ok) throw new Error(`${id}: ${found.error.code}`);
      expect(Math.abs(found.value - inputs.vol), id).toBeLessThan(volTolerance);
      checked++;
    }
    expect(checked).toBeGreaterThan(180);
  });
});

describe.skipIf(table === null)('options on stocks with cash dividends', () => {
  const withDividends = (i: Inputs) => ({
    ...optionOf(i),
    dividends: i.dividends!.map(({ t, amount }) => ({ timeToExDate: t, amount })),
  });

  test('match the converged value in both models, American and European', () => {
    expect(table!.cash_dividends.length).toBe(71);
    for (const { inputs, model, exercise, expected } of table!.cash_dividends) {
      const found = americanPrice({
        ...withDividends(inputs),
        dividendModel: model === 'spot_jump' ? 'spotJump' : 'escrowed',
        exercise,
      });
      const name = `${model} ${exercise} ${inputs.type} ${inputs.K}`;
      expect(found.ok && Math.abs(found.value - expected.value) / inputs.S, name).toBeLessThan(
        dividendTolerance,
      );
    }
  });

  test('at fast accuracy match the converged value within 5e-6 of the spot', () => {
    for (const { inputs, model, exercise, expected } of table!.cash_dividends) {
      const price = priceOf({
        ...withDividends(inputs),
        dividendModel: model === 'spot_jump' ? 'spotJump' : 'escrowed',
        exercise,
        accuracy: 'fast',
      });
      const name = `${model} ${exercise} ${inputs.type} ${inputs.K}`;
      expect(Math.abs(price - expected.value) / inputs.S, name).toBeLessThan(fastDividendTolerance);
    }
  });

  test('match the quadrature closely where exercise is due at ex-dates alone', () => {
    let checked = 0;
    for (const { inputs, model, exercise, expected, tolerance } of table!.cash_dividends) {
      if (inputs.type === 'put' && exercise === 'american' && inputs.r > 0) continue;
      if (tolerance / inputs.K > exDatesTolerance) continue;
      const dividendModel = model === 'spot_jump' ? 'spotJump' : 'escrowed';
      const price = priceOf({ ...withDividends(inputs), dividendModel, exercise });
      expect(Math.abs(price - expected.value) / inputs.S).toBeLessThan(exDatesTolerance);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(35);
  });

  test('match the converged delta', () => {
    for (const { inputs, model, exercise, fd_delta } of table!.cash_dividends.slice(0, 24)) {
      const found = americanGreeks({
        ...withDividends(inputs),
        dividendModel: model === 'spot_jump' ? 'spotJump' : 'escrowed',
        exercise,
      });
      expect(found.ok && Math.abs(found.value.deltaSpot - fd_delta)).toBeLessThan(2e-5);
    }
  });

  test('are due for exercise before ex-dates at the critical spots of the quadrature', () => {
    let checked = 0;
    for (const { inputs, model, critical = [] } of table!.cash_dividends) {
      if (critical.length === 0) continue;
      const escrowed = model === 'escrowed';
      const found = exerciseBoundary({
        ...withDividends(inputs),
        dividendModel: escrowed ? 'escrowed' : 'spotJump',
      });
      if (!found.ok) throw new Error(JSON.stringify(found.error));
      for (const [time, stored] of critical) {
        // the stored spot of the escrowed model is without the dividends still to come
        const escrow = inputs.dividends!.reduce(
          (sum, { t, amount }) =>
            sum + (escrowed && t >= time ? amount * Math.exp(-inputs.r * (t - time)) : 0),
          0,
        );
        const point = found.value.find((one) => Math.abs(one.timeToExpiry - (inputs.T - time)) < 1e-9);
        expect(point !== undefined && Math.abs(point.spot / (stored + escrow) - 1)).toBeLessThan(
          criticalTolerance,
        );
        checked++;
      }
    }
    expect(checked).toBe(20);
  });

  test('match Roll, Geske and Whaley in the escrowed model', () => {
    for (const { inputs, truth } of table!.rgw_published) {
      const price = priceOf({ ...withDividends(inputs), dividendModel: 'escrowed' });
      expect(Math.abs(price - truth.american) / inputs.S).toBeLessThan(dividendTolerance);
    }
  });
});
