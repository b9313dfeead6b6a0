import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { americanImpliedVol } from '../../../shared/quant/american/american-implied-vol.ts';
import { americanGreeks, americanPrice, exerciseBoundary } from '../../../shared/quant/american/american.ts';
import type { StockOption } from '../../../shared/quant/american/american.ts';

const odd = fc.constantFrom(0, -0, -1, 1, 5e-324, 1e-300, 1e-8, 1e8, 1e300, Infinity, -Infinity, Number.NaN);
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const either = (usual: fc.Arbitrary<number>) => fc.oneof({ arbitrary: usual, weight: 4 }, odd);
/** Powers of ten, so that small and large come up alike. */
const scale = (low: number, high: number) => real(low, high).map((power) => 10 ** power);
const rates = fc.oneof(real(-0.05, 0.15), real(-5, 15));

const anything: fc.Arbitrary<StockOption> = fc.record({
  optionType: fc.constantFrom('call' as const, 'put' as const),
  spot: either(scale(0, 3)),
  strike: either(scale(0, 3)),
  timeToExpiry: either(scale(-4, 3)),
  vol: either(scale(-4, 3)),
  rate: either(rates),
  dividendYield: either(rates),
  dividends: fc.array(fc.record({ timeToExDate: either(real(0, 3)), amount: either(real(0, 5)) }), {
    maxLength: 3,
  }),
  dividendModel: fc.constantFrom('spotJump' as const, 'escrowed' as const),
  exercise: fc.constantFrom('american' as const, 'american' as const, 'european' as const),
  accuracy: fc.constant('fast' as const),
});

const numbersOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [value];

/** A value is finite to its last number; a refusal says in words which number is wrong. */
function isAnswer(
  found:
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly error: { readonly code: string } },
): boolean {
  return found.ok ? numbersOf(found.value).every(Number.isFinite) : found.error.code.length > 0;
}

describe('an American option of any terms whatever', () => {
  test('has a finite price and greeks, or a reason', () => {
    let priced = 0;
    fc.assert(
      fc.property(anything, (option) => {
        const price = americanPrice(option);
        expect(isAnswer(price)).toBe(true);
        expect(isAnswer(americanGreeks(option))).toBe(true);
        if (price.ok) priced += 1;
      }),
      { seed: 42, numRuns: 3000 },
    );
    expect(priced).toBeGreaterThan(500);
  });

  test('has a finite boundary and volatility, or a reason', () => {
    fc.assert(
      fc.property(anything, either(scale(-3, 3)), (option, price) => {
        expect(isAnswer(exerciseBoundary(option))).toBe(true);
        expect(isAnswer(americanImpliedVol({ ...option, price }))).toBe(true);
      }),
      { seed: 42, numRuns: 1500 },
    );
  });
});
