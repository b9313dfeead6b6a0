// Source: reference/04_forward_start.json, 30-digit values; tolerance as its meta states it: relative 1e-12
// where the value is above 1e-8 of its scale, else absolute 1e-15 of the scale.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { impliedVolBeforeFixing } from '../../../shared/quant/contracts/forward-start-implied-vol.ts';
import { settlementPayoff } from '../../../shared/quant/contracts/forward-start-settlement.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';

interface Inputs {
  readonly type: 'call' | 'put' | 'straddle';
  readonly m: number;
  readonly vol: number;
  readonly R: number;
  readonly D: number;
  readonly S?: number;
  readonly S1?: number;
  readonly carry_to_t1?: number;
  readonly t1?: number;
  readonly vol1?: number;
  readonly tau?: number;
  readonly tau_remaining?: number;
}
interface Case {
  readonly id: string;
  readonly style: 'relative' | 'absolute';
  readonly power: 1 | 2;
  readonly phase: 'pre_fixing' | 'post_fixing';
  readonly inputs: Inputs;
  readonly expected: { readonly value: number; delta?: number; gamma?: number; vega?: number };
}
interface Published {
  readonly id: string;
  readonly style?: 'relative' | 'absolute';
  readonly agrees?: boolean;
  readonly inputs: Record<'S' | 'm' | 't1' | 't2' | 'r' | 'q' | 'vol', number> & { type: 'call' | 'put' };
  readonly expected: { readonly value: number };
  readonly tolerance?: number;
  readonly truth: number;
}

const file = new URL('../../../../shared/reference/04_forward_start.json', import.meta.url);
const present = existsSync(file);
if (!present) console.log('forward-start reference skipped: no reference files beside the checkout');
const reference = present
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { cases: [], published: [], settlement: [], implied_vol_from_price: [] };

/** What the file's meta asks for. */
const relative = 1e-12;
const small = 1e-8;
const absolute = 1e-15;

function priced(c: Case) {
  const { inputs: i } = c;
  const payoff = { optionType: i.type, family: c.style, power: c.power, strikeMultiplier: i.m };
  const result =
    c.phase === 'pre_fixing'
      ? priceBeforeFixing({
          payoff,
          market: {
            timeToStart: i.t1 ?? 0,
            timeToEnd: (i.t1 ?? 0) + i.tau!,
            vol: i.vol,
            volToStart: i.vol1,
            forward: i.S === undefined ? undefined : i.S * i.carry_to_t1!,
            carryFactor: i.R,
            discountFactor: i.D,
          },
        })
      : priceAfterFixing({
          payoff,
          market: {
            firstFixing: i.S1,
            forward: i.S! * i.R,
            timeToEnd: i.tau_remaining!,
            vol: i.vol,
            discountFactor: i.D,
          },
        });
  if (!result.ok) throw new Error(`${c.id}: ${JSON.stringify(result.error)}`);
  return result.value;
}

describe.skipIf(!present)('forward-start reference', () => {
  const close = (c: Case, got: number, want: number | undefined, what: string): void => {
    if (want === undefined) return;
    const { S, S1 } = c.inputs;
    const scale = c.style === 'absolute' ? ((c.phase === 'pre_fixing' ? S : S1) ?? 1) ** c.power : 1;
    const allowed = Math.max(
      c.expected.value > small * scale ? relative * Math.abs(want) : 0,
      absolute * scale,
    );
    expect(Math.abs(got - want), `${c.id} ${what}: ${got} for ${want}`).toBeLessThanOrEqual(allowed);
  };

  test('matches all 489 values, deltas, gammas and vegas', () => {
    const cases: readonly Case[] = reference.cases;
    expect(cases.length).toBe(489);
    for (const c of cases) {
      const price = priced(c);
      // The file's delta and gamma are to the spot.
      const forwardPerSpot = c.phase === 'pre_fixing' ? (c.inputs.carry_to_t1 ?? 1) : c.inputs.R;
      close(c, price.price, c.expected.value, 'value');
      close(c, price.deltaForward * forwardPerSpot, c.expected.delta, 'delta');
      close(c, price.gammaForward * forwardPerSpot ** 2, c.expected.gamma, 'gamma');
      close(c, price.vegaPerVol, c.expected.vega, 'vega');
    }
  });

  test('matches the published tables where they agree with the exact value', () => {
    const published: readonly Published[] = reference.published.filter(
      (c: Published) => c.style !== undefined,
    );
    for (const c of published) {
      const { S, m, t1, t2, r, q, vol, type } = c.inputs;
      const result = priceBeforeFixing({
        payoff: { optionType: type, family: c.style!, power: 1, strikeMultiplier: m },
        market: {
          timeToStart: t1,
          timeToEnd: t2,
          vol,
          forward: S * Math.exp((r - q) * t1),
          carryFactor: Math.exp((r - q) * (t2 - t1)),
          discountFactor: Math.exp(-r * t2),
        },
      });
      if (!result.ok) throw new Error(c.id);
      expect(result.value.price / c.truth - 1, c.id).toBeCloseTo(0, 11);
      if (c.agrees !== false && c.tolerance !== undefined)
        expect(Math.abs(result.value.price - c.expected.value), c.id).toBeLessThanOrEqual(c.tolerance);
    }
  });

  test('pays the settlement table', () => {
    for (const row of reference.settlement) {
      for (const family of ['relative', 'absolute'] as const) {
        for (const [key, want] of Object.entries<number>(row[family])) {
          const power = key.endsWith('2') ? 2 : 1;
          const optionType = key.replace('2', '') as 'call' | 'put' | 'straddle';
          const got = settlementPayoff({
            payoff: { optionType, family, power, strikeMultiplier: row.m },
            fixing: { firstFixing: row.S1 },
            secondFixing: row.S2,
          });
          if (!got.ok) throw new Error(key);
          expect(Math.abs(got.value - want), `${family} ${key}`).toBeLessThanOrEqual(1e-13 * (1 + want));
        }
      }
    }
  });

  test('inverts the tabulated prices of the call and of the squared straddle', () => {
    for (const row of reference.implied_vol_from_price) {
      const vol = impliedVolBeforeFixing({
        payoff: { optionType: 'call', family: 'relative', power: 1 },
        market: { timeToStart: 0.25, timeToEnd: 0.25 + row.tau, discountFactor: row.D },
        price: row.call_value,
      });
      expect(vol.ok && Math.abs(vol.value / row.implied_vol - 1)).toBeLessThanOrEqual(4e-15);
    }
    for (const row of reference.implied_vol_from_quadratic_straddle) {
      const vol = impliedVolBeforeFixing({
        payoff: { optionType: 'straddle', family: 'relative', power: 2 },
        market: { timeToStart: 0.25, timeToEnd: 0.25 + row.tau, discountFactor: row.D },
        price: row.straddle2_value,
      });
      expect(vol.ok && Math.abs(vol.value / row.implied_vol - 1)).toBeLessThanOrEqual(4e-15);
    }
  });
});
