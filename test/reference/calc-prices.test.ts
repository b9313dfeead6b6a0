// Reference cases that a calc can express, piped through the command's own stream and compared.
// Sources and tolerances are those of the reference files; see their `meta`.
import { describe, expect, test } from 'vitest';
import { code, expectAnswers, within } from '../support/calc.ts';
import type { Answer, CalcCase, Json } from '../support/calc.ts';
import { referenceTable } from '../support/reference.ts';

const forward = (i: Answer): number => i['S'] * Math.exp((i['r'] - i['q']) * i['T']);

describe('calc against the reference: prices and volatilities', () => {
  const european = referenceTable<Json>('01_european.json');
  test.skipIf(european === null)('european', async () => {
    const cases = european.cases.flatMap((c: Json): CalcCase[] => {
      const { id: name, kind, inputs: i } = c;
      const want = Number(c.truth_hp?.value ?? c.expected_hp?.value ?? c.truth?.value ?? c.expected?.value);
      const spotted = kind === 'bsm_price' || kind === 'bsm_price_greeks' || kind === 'bsm_limit';
      const spread = kind === 'black_stddev_price';
      if (!spotted && !spread && kind !== 'black76_price') return [];
      const line = {
        calc: 'european',
        optionType: i.type,
        forward: i.F ?? forward(i),
        strike: i.K,
        timeToExpiry: spread ? 1 : i.T,
        vol: spread ? i.stddev : i.vol,
        discountFactor: i.D ?? Math.exp(-i.r * i.T),
      };
      const check = (answer: Answer): void => {
        // Rounding the forward from its spot moves a price in the wings by its own condition.
        const condition = 1 + Math.abs((answer['deltaForward'] * line.forward) / (answer['price'] || 1));
        within(
          name,
          answer['price'],
          want,
          1e-14 * condition * Math.abs(want) + 1e-300 + (want < 1e-8 ? 1e-15 : 0),
        );
        const { vega, gamma } = c.expected ?? {};
        if (kind !== 'bsm_price_greeks') return;
        within(name, answer['vegaPerVol'], vega, 1e-11 * Math.abs(vega) + 1e-15);
        const carry = forward(i) / i.S;
        within(name, answer['gammaForward'] * carry ** 2, gamma, 1e-11 * Math.abs(gamma) + 1e-15);
      };
      return [{ name, line, check }];
    });
    expect(cases.length).toBeGreaterThan(130);
    await expectAnswers(cases);
  });

  const implied = referenceTable<Json>('02_implied_vol.json');
  test.skipIf(implied === null)('impliedVol, with its failures', async () => {
    const lineOf = (i: Json, price: number) => ({
      calc: 'impliedVol',
      optionType: i.type,
      forward: i.F,
      strike: i.K,
      timeToExpiry: i.T,
      discountFactor: i.D,
      price,
    });
    const cases = implied.cases
      .filter((c: Json) => c.status === 'ok')
      .map((c: Json): CalcCase => ({
        name: c.id,
        line: lineOf(c.inputs, c.price),
        check: (answer) =>
          within(c.id, answer['vol'], c.iv_from_price, c.tol_rel_vs_iv_from_price * c.iv_from_price),
      }));
    const invalid = implied.invalid.map((c: Json): CalcCase => ({
      name: c.expect,
      line: lineOf(c, c.price),
      check: (answer) => {
        const wanted: string = c.expect;
        if (wanted.includes('sigma=0')) expect(answer['vol'], wanted).toBe(0);
        else if (wanted.startsWith('T=0')) expect(code(answer), wanted).toBe('invalid-input');
        else if (wanted.includes('upper')) expect(code(answer), wanted).toBe('price-above-maximum');
        else expect(code(answer), wanted).toBe('price-below-intrinsic');
      },
    }));
    expect(cases.length).toBe(284);
    await expectAnswers([...cases, ...invalid]);
  });

  const american = referenceTable<Json>('03_american.json');
  test.skipIf(american === null)('american and americanImpliedVol', async () => {
    const lineOf = (i: Json, more: object) => ({
      calc: 'american',
      optionType: i.type,
      spot: i.S,
      strike: i.K,
      timeToExpiry: i.T,
      vol: i.vol,
      rate: i.r,
      dividendYield: i.q,
      ...more,
    });
    const continuous = [...american.computed, ...american.quantlib_pde_random].flatMap(
      (c: Json): CalcCase[] => {
        const want = c.true_american ?? c.expected?.value;
        if (typeof want !== 'number' || (c.truth_spread ?? 0) > 1e-6) return [];
        const check = (answer: Answer): void => within(c.id, answer['price'], want, 1e-6 * c.inputs.S);
        return [{ name: c.id, line: lineOf(c.inputs, {}), check }];
      },
    );
    const cash = american.cash_dividends.map((c: Json, i: number): CalcCase => ({
      name: `cash ${i}`,
      line: lineOf(c.inputs, {
        dividends: c.inputs.dividends.map((d: Json) => ({ timeToExDate: d.t, amount: d.amount })),
        dividendModel: c.model === 'spot_jump' ? 'spotJump' : 'escrowed',
        exercise: c.exercise,
      }),
      check: (answer) => within(`cash ${i}`, answer['price'], c.expected.value, 1e-6 * c.inputs.S),
    }));
    const inverted = american.computed.slice(0, 25).flatMap((c: Json): CalcCase[] => {
      const { vega, value } = c.expected;
      if (vega === undefined || vega < 1) return [];
      const { vol, ...terms } = lineOf(c.inputs, { calc: 'americanImpliedVol', price: value });
      return [{ name: c.id, line: terms, check: (answer) => within(c.id, answer['vol'], vol, 1e-6) }];
    });
    expect([continuous.length > 300, cash.length, inverted.length > 5]).toEqual([true, 71, true]);
    await expectAnswers([...continuous, ...cash, ...inverted]);
  });
});
