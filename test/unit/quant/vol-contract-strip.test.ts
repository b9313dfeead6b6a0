import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  varianceBeyondVol,
  varianceEquivalent,
  volStrip,
} from '../../../shared/quant/contracts/vol-contract-strip.ts';

const whole = { multiplier: 100_000, months: 12, tick: 0.0001, vol: 0.13 };
const valueOf = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};

describe('volStrip', () => {
  test('combines by root mean square: 10 % then 15 % is 12.75 %, not 12.5 %', () => {
    const parts = [0.1, 0.15].map((vol) => ({ vol, observations: 126, months: 6 }));
    const { combinedVol, richTicks, rich } = valueOf(volStrip({ parts, whole }));
    expect(combinedVol).toBeCloseTo(0.1275, 4);
    expect(combinedVol).toBeCloseTo(Math.sqrt((0.01 + 0.0225) / 2), 15);
    expect(richTicks).toBeCloseTo((0.13 - combinedVol) / 0.0001, 9);
    // a tick of the year's contract is $120
    expect(rich).toBeCloseTo(120 * richTicks, 6);
  });

  test('holds as many contracts of each part as carry the whole’s vega', () => {
    const contract = fc.record({
      vol: fc.double({ min: 0.02, max: 1, noNaN: true }),
      observations: fc.integer({ min: 10, max: 80 }),
      months: fc.constantFrom(1, 3),
    });
    fc.assert(
      fc.property(fc.array(contract, { minLength: 2, maxLength: 6 }), (parts) => {
        const base = valueOf(volStrip({ parts, whole }));
        parts.forEach((part, at) => {
          const bump = 1e-6;
          const moved = parts.map((one, i) => (i === at ? { ...one, vol: one.vol + bump } : one));
          const slope = (valueOf(volStrip({ parts: moved, whole })).combinedVol - base.combinedVol) / bump;
          const contracts = (slope * whole.months) / part.months;
          expect(base.contractsPerWhole[at]).toBeCloseTo(contracts, 3);
        });
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  test('refuses a strip of nothing', () => {
    expect(volStrip({ parts: [], whole })).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    const flat = [{ vol: 0, observations: 20, months: 1 }];
    expect(volStrip({ parts: flat, whole }).ok).toBe(false);
  });
});

describe('varianceEquivalent', () => {
  const contract = { multiplier: 100_000, months: 3, quantity: -2, strikeVol: 0.1122 };
  test('gains as much for a small move, and the square of a large one beyond', () => {
    const equivalent = valueOf(varianceEquivalent(contract));
    expect(equivalent.volNotional).toBe(-600_000);
    const near = varianceBeyondVol({ equivalent, vol: 0.1122 + 1e-5 });
    expect(Math.abs(near)).toBeLessThan(1e-3);
    for (const vol of [0.05, 0.1, 0.2, 0.4]) {
      const beyond = varianceBeyondVol({ equivalent, vol });
      expect(beyond).toBeCloseTo((-600_000 * (vol - 0.1122) ** 2) / (2 * 0.1122), 6);
    }
  });
  test('has none at a strike of nothing', () => {
    expect(varianceEquivalent({ ...contract, strikeVol: 0 }).ok).toBe(false);
  });
});
