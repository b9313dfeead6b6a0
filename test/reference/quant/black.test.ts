// Source: reference/01_european.json. Published rows (Haug, Hull, QuantLib, vollib) to their printed digits
// and to their 30-digit truth; computed rows to the file's own tolerance.
import { describe, expect, test } from 'vitest';
import { americanPrice } from '../../../shared/quant/american/american.ts';
import { blackGreeks, blackPrice, spotGreeks } from '../../../shared/quant/european/black.ts';
import { logRatio } from '../../../shared/quant/european/normalized-black.ts';
import { referenceTable } from '../../support/reference.ts';

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly inputs: Readonly<Record<string, never>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly tolerance: Readonly<Record<string, number>>;
  readonly truth?: Readonly<Record<string, number>>;
}

const table = referenceTable<{ readonly cases: readonly Case[] }>('01_european.json');
const casesOf = (kind: string): readonly Case[] => (table?.cases ?? []).filter((one) => one.kind === kind);

/** Relative error of a price against its 30-digit truth. */
const priceTolerance = 1e-12;
/** Relative error of a greek; the file says why not less. */
const greekTolerance = 1e-11;
/** What the file allows below 1e-8 of the spot, as a share of the spot. */
const floor = 1e-14;

interface Inputs {
  readonly type: 'call' | 'put';
  readonly S: number;
  readonly K: number;
  readonly r: number;
  readonly q: number;
  readonly T: number;
  readonly vol: number;
}

function fromSpot(i: Inputs) {
  const forward = i.S * Math.exp((i.r - i.q) * i.T);
  const discountFactor = Math.exp(-i.r * i.T);
  const option = { optionType: i.type, forward, strike: i.K, timeToExpiry: i.T, vol: i.vol, discountFactor };
  const greeks = blackGreeks(option);
  return {
    option,
    greeks,
    spot: spotGreeks({ greeks, spot: i.S, timeToExpiry: i.T, rate: i.r, dividendYield: i.q }),
  };
}

describe.skipIf(table === null)('Black–Scholes–Merton and Black-76 reference', () => {
  test('prices the published options', () => {
    const cases = casesOf('bsm_price');
    expect(cases.length).toBe(23);
    for (const { id, inputs, expected, tolerance, truth } of cases) {
      const price = fromSpot(inputs as unknown as Inputs).greeks.price;
      expect(Math.abs(price - expected['value']!), id).toBeLessThanOrEqual(tolerance['value']!);
      if (truth !== undefined) expect(Math.abs(price / truth['value']! - 1), id).toBeLessThan(priceTolerance);
    }
  });

  test('gives price and ten greeks of the computed options', () => {
    const cases = casesOf('bsm_price_greeks');
    expect(cases.length).toBe(102);
    for (const { id, inputs, expected } of cases) {
      const i = inputs as unknown as Inputs;
      const { greeks, spot } = fromSpot(i);
      const want = expected['value']!;
      const allowed = want > 1e-8 * i.S ? priceTolerance * want : floor * i.S;
      expect(Math.abs(greeks.price - want), `${id} price`).toBeLessThanOrEqual(allowed);
      const pairs = {
        delta: spot.deltaSpot,
        gamma: spot.gammaSpot,
        vega: spot.vegaPerVol,
        theta: spot.thetaPerYear,
        rho: spot.rhoPerRate,
        dividend_rho: spot.rhoPerDividendYield,
        vanna: spot.vannaSpot,
        volga: spot.volga,
      };
      for (const [name, got] of Object.entries(pairs)) {
        const value = expected[name]!;
        const slack = greekTolerance * Math.abs(value) + floor * i.S;
        expect(Math.abs(got - value), `${id} ${name}`).toBeLessThanOrEqual(slack);
      }
    }
  });

  test('gives the published single greeks', () => {
    const cases = casesOf('bsm_greek');
    expect(cases.length).toBeGreaterThan(8);
    for (const { id, inputs, expected, tolerance } of cases) {
      const { spot } = fromSpot(inputs as unknown as Inputs);
      const known: Readonly<Record<string, number>> = {
        delta: spot.deltaSpot,
        gamma: spot.gammaSpot,
        vega: spot.vegaPerVol,
        theta: spot.thetaPerYear,
        rho: spot.rhoPerRate,
        dividend_rho: spot.rhoPerDividendYield,
        elasticity: (spot.deltaSpot * (inputs as unknown as Inputs).S) / spot.price,
      };
      for (const [name, value] of Object.entries(expected))
        if (known[name] !== undefined)
          expect(Math.abs(known[name] - value), `${id} ${name}`).toBeLessThanOrEqual(tolerance[name]!);
    }
  });

  test('prices on a forward, by volatility or by total deviation', () => {
    for (const { id, inputs, truth } of [...casesOf('black76_price'), ...casesOf('black_stddev_price')]) {
      const i = inputs as unknown as {
        readonly type: 'call' | 'put';
        readonly F: number;
        readonly K: number;
        readonly r?: number;
        readonly D?: number;
        readonly T?: number;
        readonly vol?: number;
        readonly stddev?: number;
      };
      const price = blackPrice({
        optionType: i.type,
        forward: i.F,
        strike: i.K,
        timeToExpiry: i.T ?? 1,
        vol: i.vol ?? i.stddev!,
        discountFactor: i.D ?? Math.exp(-(i.r ?? 0) * (i.T ?? 0)),
      });
      expect(Math.abs(price - truth!['value']!), id).toBeLessThanOrEqual(priceTolerance * truth!['value']!);
    }
  });

  test('has the published limits, d1 and d2, and dividends held in escrow', () => {
    for (const { id, inputs, expected } of casesOf('bsm_limit')) {
      const got = fromSpot(inputs as unknown as Inputs).greeks.price;
      expect(Math.abs(got - expected['value']!), id).toBeLessThanOrEqual(1e-13);
    }
    for (const { id, inputs, truth } of casesOf('bsm_d1d2')) {
      const { option } = fromSpot({ ...(inputs as unknown as Inputs), type: 'call' });
      const deviation = option.vol * Math.sqrt(option.timeToExpiry);
      const d1 = logRatio(option.forward, option.strike) / deviation + 0.5 * deviation;
      expect(Math.abs(d1 - truth!['d1']!), id).toBeLessThan(1e-14);
      expect(Math.abs(d1 - deviation - truth!['d2']!), id).toBeLessThan(1e-14);
    }
    for (const { id, inputs, truth } of casesOf('bsm_escrowed_dividends')) {
      const i = inputs as unknown as Inputs & { readonly dividends: readonly (readonly [number, number])[] };
      const price = americanPrice({
        optionType: i.type,
        spot: i.S,
        strike: i.K,
        timeToExpiry: i.T,
        vol: i.vol,
        rate: i.r,
        dividends: i.dividends.map(([timeToExDate, amount]) => ({ timeToExDate, amount })),
        dividendModel: 'escrowed',
        exercise: 'european',
      });
      expect(price.ok && Math.abs(price.value / truth!['value']! - 1), id).toBeLessThan(priceTolerance);
    }
  });
});
