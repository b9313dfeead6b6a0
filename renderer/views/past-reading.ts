import type { Dispersion } from '../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import { dispersionMeasures } from './dispersion-measures.ts';

type Past = OutputOf<'dispersion.history'>;

export interface PastReading {
  readonly days: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Share of past days below today, ties counted half. */
  readonly percentile: number;
  /** Standard deviations from the mean; null where the past does not vary. */
  readonly zScore: number | null;
}

/** Today's number read against its past; null without both. */
export function readingOf(past: Past, cell: Dispersion, key: string): PastReading | null {
  const today = dispersionMeasures.find((item) => item.key === key)?.value(cell) ?? null;
  const known = (past.measures[key] ?? []).filter((value) => value !== null);
  if (today === null || known.length < 2) return null;
  const below = known.filter((value) => value < today).length;
  const ties = known.filter((value) => value === today).length;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
  return {
    days: known.length,
    minimum: known.reduce((least, value) => Math.min(least, value), Infinity),
    maximum: known.reduce((most, value) => Math.max(most, value), -Infinity),
    percentile: (below + ties / 2) / known.length,
    zScore: variance > 0 ? (today - mean) / Math.sqrt(variance) : null,
  };
}
