// Source: reference/02_implied_vol.json: exact inverses of double prices by 60-digit arithmetic; published
// rows of Let's Be Rational's own test values and of Haug. Tolerance: 4 × the file's, which is 8 roundings
// of the price and of ln(F/K) carried to the volatility.
import { describe, expect, test } from 'vitest';
import { normalizedImpliedDeviation } from '../../../shared/quant/european/implied-deviation.ts';
import { impliedVol } from '../../../shared/quant/european/implied-vol.ts';
import { referenceTable } from '../../support/reference.ts';

interface Quote {
  readonly type: 'call' | 'put';
  readonly F: number;
  readonly K: number;
  readonly T: number;
  readonly D: number;
}
interface Table {
  readonly cases: readonly {
    readonly id: string;
    readonly inputs: Quote;
    readonly price: number;
    readonly iv_from_price: number | null;
    readonly tol_rel_vs_iv_from_price?: number;
    readonly status: string;
  }[];
  readonly normalised: readonly {
    readonly x: number;
    readonly beta: number;
    readonly s_from_beta: number;
    readonly tol_rel: number;
    readonly status: string;
  }[];
  readonly invalid: readonly (Quote & { readonly price: number; readonly expect: string })[];
  readonly published_lets_be_rational: {
    readonly rows: readonly {
      readonly index: number;
      readonly inputs: { readonly q: number; readonly T: number; readonly F: number; readonly K: number };
      readonly published: { readonly black: number };
      readonly truth: { readonly iv_exact_from_published_black: number };
    }[];
  };
  readonly published_haug: readonly {
    readonly inputs: {
      readonly type: 'call' | 'put';
      readonly S: number;
      readonly K: number;
      readonly r: number;
      readonly carry_b: number;
      readonly T: number;
      readonly price: number;
    };
    readonly expected_iv: number;
    readonly tolerance: number;
    readonly truth_iv: number;
  }[];
}

const table = referenceTable<Table>('02_implied_vol.json');
const multiple = 4;

const volOf = (quote: Quote, price: number) =>
  impliedVol({
    optionType: quote.type,
    forward: quote.F,
    strike: quote.K,
    timeToExpiry: quote.T,
    discountFactor: quote.D,
    price,
  });

describe.skipIf(table === null)('implied volatility reference', () => {
  test('inverts every well-conditioned price to the accuracy it determines', () => {
    const cases = table!.cases.filter((one) => one.status === 'ok');
    expect(cases.length).toBe(284);
    for (const { id, inputs, price, iv_from_price, tol_rel_vs_iv_from_price } of cases) {
      const found = volOf(inputs, price);
      if (!found.ok) throw new Error(`${id}: ${found.error.code}`);
      const error = Math.abs(found.value / iv_from_price! - 1);
      expect(error, id).toBeLessThanOrEqual(multiple * tol_rel_vs_iv_from_price!);
    }
  });

  test('gives 0 where no time value is left in the price', () => {
    const cases = table!.cases.filter((one) => one.iv_from_price === null);
    expect(cases.length).toBeGreaterThan(20);
    for (const { id, inputs, price } of cases)
      expect(volOf(inputs, price), id).toEqual({ ok: true, value: 0 });
  });

  test('inverts the normalized function far into its corners', () => {
    const cases = table!.normalised.filter((one) => one.status === 'ok');
    expect(cases.length).toBe(73);
    for (const { x, beta, s_from_beta, tol_rel } of cases) {
      const error = Math.abs(normalizedImpliedDeviation(beta, x) / s_from_beta - 1);
      expect(error, `x ${x}, s ${s_from_beta}`).toBeLessThanOrEqual(multiple * tol_rel);
    }
  });

  test('reports why a price has no volatility', () => {
    const codeOf: Readonly<Record<string, string | number>> = {
      below_intrinsic: 'price-below-intrinsic',
      'negative price': 'price-below-intrinsic',
      'at_upper_bound: sigma=inf': 'price-above-maximum',
      'above_upper_bound (D*F)': 'price-above-maximum',
      'above_upper_bound (D*K=99)': 'price-above-maximum',
      'T=0: undefined': 'invalid-input',
      'at_intrinsic: sigma=0 (limit)': 0,
      'sigma=0 (limit)': 0,
    };
    for (const quote of table!.invalid) {
      const found = volOf(quote, quote.price);
      expect(found.ok ? found.value : found.error.code, quote.expect).toBe(codeOf[quote.expect]);
    }
  });

  test('inverts the published prices of Let’s Be Rational', () => {
    const { rows } = table!.published_lets_be_rational;
    expect(rows.length).toBe(125);
    for (const { index, inputs, published, truth } of rows) {
      const quote = {
        type: inputs.q > 0 ? 'call' : 'put',
        F: inputs.F,
        K: inputs.K,
        T: inputs.T,
        D: 1,
      } as const;
      const found = volOf(quote, published.black);
      if (inputs.T === 0) {
        expect(found, `row ${index}`).toMatchObject({ error: { code: 'invalid-input' } });
        continue;
      }
      if (!found.ok) throw new Error(`${index}: ${found.error.code}`);
      const intrinsic = Math.max(inputs.q * (inputs.F - inputs.K), 0);
      if (published.black === intrinsic) {
        expect(found.value, `row ${index}`).toBe(0);
        continue;
      }
      // an in-the-money price keeps only the digits of its time value
      const kept = published.black / (published.black - intrinsic);
      const error = Math.abs(found.value / truth.iv_exact_from_published_black - 1);
      expect(error, `row ${index}`).toBeLessThanOrEqual(8 * Number.EPSILON * (1 + kept));
    }
  });

  test('inverts Haug’s examples', () => {
    for (const { inputs: i, expected_iv, tolerance, truth_iv } of table!.published_haug) {
      const forward = i.S * Math.exp(i.carry_b * i.T);
      const found = volOf({ type: i.type, F: forward, K: i.K, T: i.T, D: Math.exp(-i.r * i.T) }, i.price);
      if (!found.ok) throw new Error(found.error.code);
      expect(Math.abs(found.value - expected_iv)).toBeLessThanOrEqual(tolerance);
      expect(Math.abs(found.value / truth_iv - 1)).toBeLessThan(1e-13);
    }
  });
});
