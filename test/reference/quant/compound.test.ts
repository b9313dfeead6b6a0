// Source: reference/04b_compound.json; published rows from the QuantLib test-suite (their `truth` by
// quadrature), computed rows to 30 digits; tolerance relative 1e-10 as its meta states.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { priceOptionOnForwardStart } from '../../../shared/quant/contracts/option-on-forward-start.ts';

const file = new URL('../../../../shared/reference/04b_compound.json', import.meta.url);
const present = existsSync(file);
if (!present) console.log('compound reference skipped: no reference files beside the checkout');
const reference = present ? JSON.parse(readFileSync(file, 'utf8')) : { cases: [], published: [] };

const tolerance = 1e-10;
const expectClose = (id: string, got: ReturnType<typeof priceOptionOnForwardStart>, want: number): void => {
  if (!got.ok) throw new Error(`${id}: ${JSON.stringify(got.error)}`);
  expect(Math.abs(got.value.price / want - 1), id).toBeLessThanOrEqual(tolerance);
};

describe.skipIf(!present)('options on options and on forward-start contracts', () => {
  test('match the published options on options', () => {
    for (const { id, inputs: i, T_used, truth } of reference.published) {
      const [toExpiry, toEnd] = T_used;
      const got = priceOptionOnForwardStart({
        option: { optionType: i.mother, contractStrike: i.K_mother, timeToExpiry: toExpiry },
        contract: {
          phase: 'afterFixing',
          payoff: { optionType: i.daughter, family: 'absolute', power: 1 },
          market: {
            fixedStrike: i.K_daughter,
            forward: i.S * Math.exp((i.r - i.q) * toEnd),
            timeToEnd: toEnd,
            vol: i.vol,
            discountFactor: Math.exp(-i.r * toEnd),
          },
        },
      });
      expectClose(id, got, truth.value);
    }
  });

  test('match before the fixing, after it, and with a volatility of volatility', () => {
    expect(reference.cases.length).toBe(30);
    for (const { id, kind, inputs: i, expected_hp } of reference.cases) {
      const option = { optionType: i.type, contractStrike: i.K };
      if (kind === 'option expiring t0<t1 on absolute forward-start') {
        const got = priceOptionOnForwardStart({
          option: { ...option, timeToExpiry: i.t0, volToExpiry: i.vol_to_t0 },
          contract: {
            phase: 'beforeFixing',
            payoff: { optionType: i.contract, family: 'absolute', power: 1, strikeMultiplier: i.m },
            market: {
              timeToStart: i.t1,
              timeToEnd: i.t1 + i.tau,
              vol: i.vol,
              forward: i.S * Math.exp((i.r - i.q) * i.t1),
              carryFactor: Math.exp((i.r - i.q) * i.tau),
              discountFactor: Math.exp(-i.r * (i.t1 + i.tau)),
            },
          },
        });
        expectClose(id, got, Number(expected_hp.value));
      } else if (kind.startsWith('option at t0 on relative')) {
        const got = priceOptionOnForwardStart({
          option: { ...option, timeToExpiry: i.t0, volOfVol: i.nu, discountFactor: i.D_option },
          contract: {
            phase: 'beforeFixing',
            payoff: { optionType: 'call', family: 'relative', power: 1, strikeMultiplier: i.m },
            market: {
              timeToStart: i.t0,
              timeToEnd: i.t0 + i.tau,
              vol: i.vol,
              carryFactor: i.R,
              discountFactor: i.D_option * i.D_contract,
            },
          },
        });
        expectClose(id, got, Number(expected_hp.black76_on_price));
      } else {
        const got = priceOptionOnForwardStart({
          option: { ...option, timeToExpiry: i.ts },
          contract: {
            phase: 'afterFixing',
            payoff: { optionType: i.contract, family: 'relative', power: 1, strikeMultiplier: i.m },
            market: {
              firstFixing: i.S1,
              forward: i.S * Math.exp((i.r - i.q) * i.T),
              timeToEnd: i.T,
              vol: i.vol,
              discountFactor: Math.exp(-i.r * i.T),
            },
          },
        });
        expectClose(id, got, Number(expected_hp.value));
      }
    }
  });
});
