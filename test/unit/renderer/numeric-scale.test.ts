import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateDomain, indexOf, numberDomain, valueAt } from '../../../renderer/charts/numeric-scale.ts';
import { dayNumber } from '../../../shared/dates.ts';

describe('numeric scale', () => {
  test('uneven strikes keep their distances to a thousandth of the axis', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 }),
        (low, spread, places) => {
          const high = low * (1 + spread);
          const domain = numberDomain(low, high, String);
          for (const place of places) {
            const x = low + (high - low) * place;
            const index = indexOf(domain, x);
            expect(index).toBeGreaterThanOrEqual(0);
            expect(index).toBeLessThan(domain.count);
            expect(Math.abs(valueAt(domain, index) - x)).toBeLessThan((high - low) / 1000);
          }
        },
      ),
      { seed: 42, numRuns: 300 },
    );
  });

  test('a date axis gives every day one step, holidays or not', () => {
    const [first, last] = [dayNumber('2026-01-02') ?? 0, dayNumber('2026-12-31') ?? 0];
    const domain = dateDomain(first, last);
    expect(indexOf(domain, last) - indexOf(domain, first)).toBe(363);
    expect(domain.format(valueAt(domain, indexOf(domain, first)))).toBe('2 Jan 2026');
  });
});
