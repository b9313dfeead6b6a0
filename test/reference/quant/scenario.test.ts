// Source: reference/03_american.json, as american.test.ts reads it: the values of converged solvers, here against
// the boundary that a whole grid of options shares. reference/07_index_correlation.json: exact fractions of math §7.
import { describe, expect, test } from 'vitest';
import { flatSmile } from '../../../shared/quant/scenario/book.ts';
import { impliedCorrelationAt } from '../../../shared/quant/scenario/correlation-shock.ts';
import { shockMarket } from '../../../shared/quant/scenario/shock-market.ts';
import { shockOf } from '../../../shared/quant/scenario/shock.ts';
import { atmVolOf } from '../../../shared/quant/scenario/smile-layers.ts';
import { valueOption } from '../../../shared/quant/scenario/option-value.ts';
import type { UnitValue } from '../../../shared/quant/scenario/option-value.ts';
import { referenceTable } from '../../support/reference.ts';
import { asOf, madeName } from '../../support/scenario-book.ts';

interface Inputs {
  readonly type: 'call' | 'put';
  readonly S: number;
  readonly K: number;
  readonly r: number;
  readonly q: number;
  readonly T: number;
  readonly vol: number;
}
interface Known {
  readonly id: string;
  readonly inputs: Inputs;
  readonly T_used?: number;
  readonly true_american?: number | null;
  readonly truth_spread?: number;
}
interface Table {
  readonly published_tables: readonly Known[];
  readonly quantlib_pde_random: readonly Known[];
  readonly foptions: readonly Known[];
  readonly computed: readonly (Known & { readonly expected: Readonly<Record<string, number>> })[];
}

const table = referenceTable<Table>('03_american.json');

/** Share of the spot, math §4. */
const priceTolerance = 1e-6;
/** Share of what each greek is at most: 1, 1/S·σ√T, S·√T, S·σ/√T. */
const greekTolerance = 1e-4;
/** Longer lives and higher volatilities than any listed option has. */
const mostYears = 5;
const mostVol = 2;
const widestSpread = 1e-6;

function valueOf({ type, S, K, r, q, T, vol }: Inputs): UnitValue {
  const value = valueOption(
    {
      spot: S,
      forward: S * Math.exp((r - q) * T),
      forwardPerSpot: Math.exp((r - q) * T),
      discountFactor: Math.exp(-r * T),
      timeToExpiry: T,
      rate: r,
      dividendYield: q,
      exercise: 'american',
      dividends: [],
      families: { put: null, call: null },
    },
    { optionType: type, strike: K, vol },
  );
  if (!value.ok) throw new Error(value.error);
  return value.value;
}
const isListed = ({ inputs: { T, vol, K } }: Known): boolean => T <= mostYears && vol <= mostVol && K > 0;

describe.skipIf(table === null)('American options as a scenario values them', () => {
  test('match the true value of published and random options', () => {
    const cases = [...table!.published_tables, ...table!.foptions, ...table!.quantlib_pde_random].filter(
      (one) => isListed(one) && typeof one.true_american === 'number' && !(one.truth_spread! > widestSpread),
    );
    expect(cases.length).toBeGreaterThan(150);
    for (const { id, inputs, T_used, true_american } of cases) {
      const { price } = valueOf({ ...inputs, T: T_used ?? inputs.T });
      expect(Math.abs(price - true_american!) / inputs.S, id).toBeLessThan(priceTolerance);
    }
  });

  test('match price, delta, gamma, vega and theta of the converged solver', () => {
    const cases = table!.computed.filter(isListed);
    expect(cases.length).toBeGreaterThan(90);
    for (const { id, inputs, expected } of cases) {
      const { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear } = valueOf(inputs);
      const { S, vol, T } = inputs;
      expect(Math.abs(price - expected['value']!) / S, id).toBeLessThan(priceTolerance);
      const pairs = {
        delta: [deltaSpot, 1],
        gamma: [gammaSpot, 1 / (S * vol * Math.sqrt(T))],
        vega: [vegaPerVol, S * Math.sqrt(T)],
        theta: [thetaPerYear, (S * vol) / Math.sqrt(T)],
      } as const;
      for (const [name, [got, scale]] of Object.entries(pairs))
        if (expected[name] !== undefined)
          expect(Math.abs(got - expected[name]) / scale, `${id} ${name}`).toBeLessThan(greekTolerance);
    }
  });
});

interface CorrelationTable {
  readonly cases: readonly {
    readonly id: string;
    readonly inputs: { readonly weights: readonly string[]; readonly vols: readonly string[] };
    readonly expected: { readonly implied_correlation: number; readonly index_vol_used: number };
  }[];
}

const correlations = referenceTable<CorrelationTable>('07_index_correlation.json');
const numberOf = (fraction: string): number => {
  const [top, bottom = '1'] = fraction.split('/');
  return Number(top) / Number(bottom);
};

describe.skipIf(correlations === null)('a correlation shock against exact cases', () => {
  const indexWithVariance = correlations?.cases.filter(
    ({ inputs, expected }) => expected.index_vol_used > 0 && inputs.weights.every((one) => numberOf(one) > 0),
  );

  test('moves the index to the volatility that the correlation stands for, and the members back from it', () => {
    expect(indexWithVariance!.length).toBeGreaterThan(4);
    for (const { id, inputs, expected } of indexWithVariance!) {
      const flat = (symbol: string, vol: number) => {
        const name = madeName({ symbol, spot: 100, vol });
        const expiries = name.expiries.map((expiry) => ({ ...expiry, smile: flatSmile({ ...expiry, vol }) }));
        return { ...name, expiries };
      };
      const members = inputs.weights.map((weight, i) => ({ symbol: `M${i}`, weight: numberOf(weight) }));
      const components = inputs.vols.map((vol, i) => flat(`M${i}`, numberOf(vol)));
      const membership = { index: 'IDX', members };
      const { implied_correlation: correlation, index_vol_used: indexVol } = expected;
      const shocked = (startVol: number, moves: 'index' | 'members', level: number) => {
        const market = shockMarket({
          book: { asOf, names: [flat('IDX', startVol), ...components], indexes: [membership], positions: [] },
          shock: shockOf({
            correlation: [{ index: 'IDX', change: { kind: 'level', correlation: level }, moves }],
          }),
        });
        if (!market.ok) throw new Error(id);
        return market.value.names;
      };
      const [index] = shocked(0.2, 'index', correlation);
      for (const expiry of index!.expiries) expect(atmVolOf(expiry), id).toBeCloseTo(indexVol, 12);
      const names = shocked(indexVol, 'members', 0.5 * correlation);
      const at = impliedCorrelationAt({ asOf, names, membership, time: 46 / 365 });
      expect(at!.correlation, id).toBeCloseTo(0.5 * correlation, 12);
    }
  });
});
