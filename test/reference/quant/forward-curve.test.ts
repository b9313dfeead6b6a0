// Source: reference/09_implied_forward.json, ordinary least squares and pair forwards to 30 digits; prices
// there are rounded to 1e-6. Tolerances: 1e-9 relative for the regression, the table's for single pairs.
import { describe, expect, it } from 'vitest';
import { carriedForward, forwardOfPair, impliedForward } from '../../../shared/quant/chain/forward-curve.ts';
import { referenceTable } from '../../support/reference.ts';

interface Case {
  readonly id: string;
  readonly inputs: {
    readonly strikes: readonly number[];
    readonly calls: readonly number[];
    readonly puts: readonly number[];
    readonly D_known: number;
    readonly T: number;
    readonly K: number;
    readonly call_mid: number;
    readonly put_mid: number;
    readonly rate: number;
    readonly S: number;
    readonly r: number;
    readonly dividends: readonly (readonly [number, number])[];
  };
  readonly expected: {
    readonly F: number;
    readonly F_per_strike: readonly number[];
    readonly regression_D: number;
    readonly regression_F: number;
    readonly implied_rate: number;
  };
  readonly tolerance: number;
  readonly truth: number;
}
const table = referenceTable<{ readonly cases: readonly Case[] }>('09_implied_forward.json');
const relative = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe.skipIf(table === null)('forwards from put–call parity', () => {
  it('agrees with least squares on exact chains, forward and discount factor', () => {
    const cases = table!.cases.filter((one) => one.id.startsWith('parity_'));
    expect(cases.length).toBeGreaterThanOrEqual(6);
    for (const { id, inputs, expected } of cases) {
      const pairs = inputs.strikes.map((strike, i) => ({
        strike,
        callMark: inputs.calls[i]!,
        putMark: inputs.puts[i]!,
        // A common spread: the weights are equal, as in the reference.
        paritySpread: 0.01 * expected.regression_F,
      }));
      const result = impliedForward({ pairs, timeToExpiry: inputs.T, discountFactor: 1 });
      if (!result.ok) throw new Error(id);
      expect(result.value.pairsUsed).toBe(pairs.length);
      expect(relative(result.value.forward, expected.regression_F), id).toBeLessThan(1e-9);
      expect(relative(result.value.discountFactor, expected.regression_D), id).toBeLessThan(1e-9);
      expect(-Math.log(result.value.discountFactor) / inputs.T).toBeCloseTo(expected.implied_rate, 8);
      for (const [i, pair] of pairs.entries())
        expect(relative(forwardOfPair(pair, inputs.D_known), expected.F_per_strike[i]!), id).toBeLessThan(
          1e-10,
        );
    }
  });

  it('gives the forward of the exchange’s example from one pair', () => {
    for (const { inputs, truth, expected, tolerance } of table!.cases.filter((one) =>
      one.id.startsWith('vix_'),
    )) {
      const pair = {
        strike: inputs.K,
        callMark: inputs.call_mid,
        putMark: inputs.put_mid,
        paritySpread: null,
      };
      const forward = forwardOfPair(pair, Math.exp(-inputs.rate * inputs.T));
      expect(forward).toBeCloseTo(truth, 9);
      expect(Math.abs(forward - expected.F)).toBeLessThanOrEqual(tolerance);
    }
  });

  it('takes a cash dividend off the carried spot', () => {
    const one = table!.cases.find((candidate) => candidate.id === 'forward_cash_dividend')!;
    const forward = carriedForward({
      spot: one.inputs.S,
      rate: one.inputs.r,
      timeToExpiry: one.inputs.T,
      dividends: one.inputs.dividends.map(([timeToExDate, amount]) => ({ timeToExDate, amount })),
    });
    expect(forward).toBeCloseTo(one.expected.F, 11);
  });
});
