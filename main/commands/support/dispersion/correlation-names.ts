import type { IsoDate } from '../../../../shared/dates.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import {
  correlationOfSeries,
  type CorrelationMatrix,
  type Observed,
} from '../../../../shared/quant/dispersion/correlation.ts';

interface NamedSeries {
  readonly name: string;
  readonly dates: readonly IsoDate[];
  readonly values: readonly number[];
}

export interface LeftOut {
  readonly symbol: string;
  /** A sentence that names it. */
  readonly reason: string;
}

/** Fewer common days than this give no correlation. */
export const fewestObservations = 10;
/** A name with less than this share of the longest history would shorten everybody's. */
const fullEnough = 0.9;

/**
 * A correlation matrix of the series that can be correlated, and what kept each of the others out: a short
 * history, or one that does not vary.
 */
export function correlationOfNames(
  series: readonly NamedSeries[],
  observed: Observed,
  what: string,
): {
  readonly matrix: CorrelationMatrix | null;
  readonly usable: readonly NamedSeries[];
  readonly leftOut: readonly LeftOut[];
  readonly reason: string | null;
} {
  const longest = Math.max(0, ...series.map(({ dates }) => dates.length));
  const need = Math.max(fewestObservations, Math.ceil(longest * fullEnough));
  const reasonOf = ({ name, dates, values }: NamedSeries): string | null =>
    dates.length < need
      ? `${name} has ${dates.length} days of ${what}; ${need} are needed.`
      : values.every((value) => value === values[0])
        ? `${name} has the same ${what} on every day.`
        : null;
  const usable = series.filter((one) => reasonOf(one) === null);
  const leftOut = series.flatMap((one) => {
    const reason = reasonOf(one);
    return reason === null ? [] : [{ symbol: one.name, reason }];
  });
  if (usable.length === 0) {
    const reason = `No name has ${need} days of ${what} to correlate.`;
    return { matrix: null, usable, leftOut, reason };
  }
  const found = correlationOfSeries({ series: usable, observed, minObservations: fewestObservations });
  return found.ok
    ? { matrix: found.value, usable, leftOut, reason: null }
    : { matrix: null, usable, leftOut, reason: sentenceOf(found.error) };
}

/** Above this a pair is one series under two names. */
const identicalFrom = 1 - 1e-10;

/** Pairs of names whose observations are the same but for their scale. */
export function identicalPairs(matrix: CorrelationMatrix): readonly (readonly [string, string])[] {
  const { names, values } = matrix;
  return names.flatMap((a, i) =>
    names
      .slice(i + 1)
      .flatMap((b, k) => (values[i * names.length + i + 1 + k]! >= identicalFrom ? [[a, b] as const] : [])),
  );
}
