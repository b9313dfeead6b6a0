import { daysPerYear } from '../../dates.ts';
import type { Years } from '../../units.ts';
import { termAdjustedVega } from './exposure-items.ts';

/** How vegas of different terms are made to count alike. */
export type VegaRule =
  | { readonly kind: 'raw' }
  | { readonly kind: 'root-time'; readonly termDays: number }
  | {
      readonly kind: 'curve';
      readonly points: readonly { readonly days: number; readonly factor: number }[];
    };

/** Nearer than a day the square root says nothing about how volatilities move. */
const nearest = 1 / daysPerYear;

/**
 * What a slice's vega is multiplied by: 1, √(term/T), or a curve by hand, T to the middle of the slice.
 *
 * @param slice.startTime, slice.endTime years from today, end > start ≥ 0
 * @param rule.points any order; straight between them in days, flat outside
 * Limits: T is no less than one day.
 * Source: features H12. Proof: test/unit/quant/ladder-rules.test.ts
 */
export function vegaFactor(
  rule: VegaRule,
  slice: { readonly startTime: Years; readonly endTime: Years },
): number {
  if (rule.kind === 'raw') return 1;
  const middle = Math.max(nearest, 0.5 * (slice.startTime + slice.endTime));
  if (rule.kind === 'root-time') return termAdjustedVega(1, middle, rule.termDays / daysPerYear);
  const points = rule.points.toSorted((a, b) => a.days - b.days);
  const days = middle * daysPerYear;
  const after = points.findIndex((point) => point.days >= days);
  const [far, near] = [points[after], points[after - 1]];
  if (after < 0) return points.at(-1)?.factor ?? 1;
  if (far === undefined || near === undefined) return points[0]?.factor ?? 1;
  return near.factor + ((far.factor - near.factor) * (days - near.days)) / (far.days - near.days);
}
