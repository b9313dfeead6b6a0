// Reference cases that a calc can express, piped through the command's own stream and compared.
// Sources and tolerances are those of the reference files; see their `meta`.
import { describe, expect, test } from 'vitest';
import { code, expectAnswers, within } from '../support/calc.ts';
import type { Answer, CalcCase, Json } from '../support/calc.ts';
import { referenceTable } from '../support/reference.ts';

describe('calc against the reference: forward starts', () => {
  const start = referenceTable<Json>('04_forward_start.json');
  test.skipIf(start === null)(
    'forwardStart, forwardStartImpliedVol, forwardVol and rootMeanSquare',
    async () => {
      const cases = start.cases.flatMap((c: Json): CalcCase[] => {
        const i = c.inputs;
        const before = c.phase === 'pre_fixing';
        const unit = c.style === 'absolute' ? (before ? i.S : i.S1) ** c.power : 1;
        const fields = {
          optionType: i.type,
          family: c.style,
          power: c.power,
          strikeMultiplier: i.m,
          discountFactor: i.D,
          ...(before
            ? {
                timeToStart: i.t1 ?? 0.25,
                timeToEnd: (i.t1 ?? 0.25) + i.tau,
                volToStart: i.vol1,
                forward: i.S === undefined ? undefined : i.S * i.carry_to_t1,
                carryFactor: i.R,
              }
            : { firstFixing: i.S1, forward: i.S * i.R, timeToEnd: i.tau_remaining }),
        };
        const spot = before ? (i.carry_to_t1 ?? 1) : i.R;
        const want = Number(c.expected_hp.value);
        const { delta, gamma, vega } = c.expected;
        const close = (answer: Answer, key: string, value: number | undefined, factor: number): void => {
          if (value === undefined) return;
          // The slice's length is the difference of two times here, rounded once more.
          const allowed = (want > 1e-8 * unit ? 2e-12 * Math.abs(value) : 0) + 1e-15 * unit;
          within(`${c.id} ${key}`, answer[key] * factor, value, allowed);
        };
        const priced: CalcCase = {
          name: c.id,
          line: { calc: 'forwardStart', ...fields, vol: i.vol },
          check: (answer) => {
            close(answer, 'price', want, 1);
            close(answer, 'deltaForward', delta, spot);
            close(answer, 'gammaForward', gamma, spot ** 2);
            close(answer, 'vegaPerVol', vega, 1);
          },
        };
        // Where the price hardly moves with the volatility it cannot say which one it was.
        if (vega === undefined || vega * i.vol < 1e-3 * want) return [priced];
        const inverse: CalcCase = {
          name: c.id,
          line: { calc: 'forwardStartImpliedVol', ...fields, price: want },
          check: (answer) => within(c.id, answer['vol'], i.vol, 1e-11 * (1 + want / vega)),
        };
        return [priced, inverse];
      });
      const inverses = [
        ...start.implied_vol_from_price.map((c: Json) => ({
          ...c,
          power: 1,
          optionType: 'call',
          price: c.call_value,
        })),
        ...start.implied_vol_from_quadratic_straddle.map((c: Json) => ({
          ...c,
          power: 2,
          optionType: 'straddle',
          price: c.straddle2_value,
        })),
      ].map((c: Json): CalcCase => ({
        name: `implied ${c.implied_vol}`,
        line: {
          calc: 'forwardStartImpliedVol',
          optionType: c.optionType,
          family: 'relative',
          power: c.power,
          timeToStart: 0.5,
          timeToEnd: 0.5 + c.tau,
          discountFactor: c.D,
          price: c.price,
        },
        check: (answer) => within('implied', answer['vol'], c.implied_vol, 1e-13),
      }));
      const forwards = start.forward_vol.map((c: Json): CalcCase => ({
        name: `forward ${c.v1} ${c.v2}`,
        line: { calc: 'forwardVol', nearVol: c.v1, nearTime: c.T1, farVol: c.v2, farTime: c.T2 },
        check: (answer) =>
          c.forward_vol === null
            ? expect(code(answer)).toBe('negative-forward-variance')
            : within('forward', answer['vol'], c.forward_vol, 1e-15),
      }));
      const strips = start.strips_rms.map((c: Json): CalcCase => ({
        name: 'strip',
        line: {
          calc: 'rootMeanSquare',
          parts: c.vols.map((vol: number, i: number) => ({ vol, weight: c.taus[i] })),
        },
        check: (answer) => within('strip', answer['vol'], c.strip_vol, 1e-15),
      }));
      expect(cases.length).toBeGreaterThan(489);
      await expectAnswers([...cases, ...inverses, ...forwards, ...strips]);
    },
  );

  const compound = referenceTable<Json>('04b_compound.json');
  test.skipIf(compound === null)('optionOnForwardStart', async () => {
    const cases = compound.cases.map((c: Json): CalcCase => {
      const { id: name, kind, inputs: i } = c;
      const option = {
        calc: 'optionOnForwardStart',
        power: 1,
        optionType: i.type,
        contractStrike: i.K,
        strikeMultiplier: i.m,
        vol: i.vol,
      };
      if (kind.startsWith('option expiring t0<t1')) {
        const line = {
          ...option,
          underlyingOptionType: i.contract,
          family: 'absolute',
          timeToExpiry: i.t0,
          volToExpiry: i.vol_to_t0,
          timeToStart: i.t1,
          timeToEnd: i.t1 + i.tau,
          forward: i.S * Math.exp((i.r - i.q) * i.t1),
          carryFactor: Math.exp((i.r - i.q) * i.tau),
          discountFactor: Math.exp(-i.r * (i.t1 + i.tau)),
        };
        const want = Number(c.expected_hp.value);
        return { name, line, check: (answer) => within(name, answer['price'], want, 1e-10 * want) };
      }
      if (kind.startsWith('option at t0')) {
        const line = {
          ...option,
          underlyingOptionType: 'call',
          family: 'relative',
          timeToExpiry: i.t0,
          volOfVol: i.nu,
          timeToStart: i.t0,
          timeToEnd: i.t0 + i.tau,
          optionDiscountFactor: i.D_option,
          discountFactor: i.D_option * i.D_contract,
        };
        const want = Number(c.expected_hp.black76_on_price);
        return { name, line, check: (answer) => within(name, answer['price'], want, 1e-10 * want) };
      }
      const line = {
        ...option,
        underlyingOptionType: i.contract,
        family: 'relative',
        timeToExpiry: i.ts,
        volToExpiry: i.vol,
        firstFixing: i.S1,
        forward: i.S * Math.exp((i.r - i.q) * i.T),
        timeToEnd: i.T,
        discountFactor: Math.exp(-i.r * i.T),
      };
      const want = Number(c.expected_hp.value);
      return { name, line, check: (answer) => within(name, answer['price'], want, 1e-10 * want) };
    });
    await expectAnswers(cases);
  });
});
