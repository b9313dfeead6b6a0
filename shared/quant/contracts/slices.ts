import { daysBetween, yearsBetween } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { Vol, Years } from '../../units.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';
import { forwardVol } from '../surface/surface.ts';

/** First and second reference date of a contract, or start and end of a realized-volatility period. */
export interface ReferencePeriod {
  readonly start: IsoDate;
  readonly end: IsoDate;
}

/** `gap`: no contract's period covers it. `overlap`: more than one different period does. */
export type SliceKind = 'slice' | 'gap' | 'overlap';

export interface TimeSlice {
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly startTime: Years;
  readonly endTime: Years;
  readonly kind: SliceKind;
}

/**
 * Cuts the time ahead at the contracts' reference dates.
 *
 * @param calendar.periods contracts of one underlier; those over by `asOf` are left out, one already begun
 *   covers from `asOf` on
 * @param calendar.horizon the last listed expiry, say: the time ahead reaches at least so far
 * @returns contiguous slices, ascending, from `asOf` to the last date; none where nothing lies ahead
 *
 * Source: math §10 (exposure). Proof: test/unit/quant/exposure.test.ts
 */
export function cutIntoSlices(calendar: {
  readonly asOf: IsoDate;
  readonly periods: readonly ReferencePeriod[];
  readonly horizon?: IsoDate | null | undefined;
}): readonly TimeSlice[] {
  const { asOf, horizon } = calendar;
  const periods = calendar.periods.filter(({ start, end }) => end > asOf && end > start);
  const dates = [asOf, ...periods.flatMap(({ start, end }) => [start, end])].filter((date) => date >= asOf);
  const latest = dates.reduce((a, b) => (a > b ? a : b));
  if (horizon !== null && horizon !== undefined && horizon > latest) dates.push(horizon);
  const ends = [...new Set(dates)].sort();
  return ends.slice(1).map((end, i): TimeSlice => {
    const start = ends[i]!;
    const covering = new Set(
      periods.filter((p) => p.start <= start && p.end >= end).map((p) => `${p.start}/${p.end}`),
    );
    return {
      start,
      end,
      startTime: yearsBetween(asOf, start),
      endTime: yearsBetween(asOf, end),
      kind: covering.size === 0 ? 'gap' : covering.size === 1 ? 'slice' : 'overlap',
    };
  });
}

export interface PricedSlice extends TimeSlice {
  /** Forward volatility of the slice; null where the term structure does not give one. */
  readonly forwardVol: Vol | null;
  readonly reason: Reasoned<'negative-forward-variance' | 'invalid-input' | 'missing-vols'> | null;
}

/**
 * Gives each slice its forward volatility.
 *
 * @param market.volAt volatility to a time in years, such as `volAtMaturity`; null where there is none
 * Source: math §10. Proof: test/unit/quant/exposure.test.ts
 */
export function priceSlices(market: {
  readonly slices: readonly TimeSlice[];
  readonly volAt: (time: Years) => Vol | null;
}): readonly PricedSlice[] {
  return market.slices.map((slice): PricedSlice => {
    const { startTime, endTime } = slice;
    const far = market.volAt(endTime);
    const near = startTime === 0 ? 0 : market.volAt(startTime);
    if (far === null || near === null) {
      const asOf = market.slices[0]!.start;
      const term = daysBetween(asOf, far === null ? slice.end : slice.start);
      const reason = reasoned('missing-vols', { term, asOf });
      return { ...slice, forwardVol: null, reason };
    }
    const vol = forwardVol({ nearVol: near, nearTime: startTime, farVol: far, farTime: endTime });
    return vol.ok
      ? { ...slice, forwardVol: vol.value, reason: null }
      : { ...slice, forwardVol: null, reason: vol.error };
  });
}
