import { yearsBetween } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { ScenarioBook } from './book.ts';
import type { TermCurve } from './term-curve.ts';

/** A slice of time ahead of the earlier book. */
export interface Slice {
  readonly start: IsoDate;
  readonly end: IsoDate;
}

/** Dates at which vega is cut: the contracts' reference dates and the expiries of the options held. */
export function sliceDates(book: ScenarioBook): readonly IsoDate[] {
  const names = new Map(book.names.map((name) => [name.symbol, name]));
  return book.positions.flatMap((position): IsoDate[] => {
    switch (position.kind) {
      case 'forward-start':
        return [position.firstReferenceDate, position.secondReferenceDate];
      case 'realized-vol':
        return [position.startDate, position.endDate];
      case 'option': {
        const expiry = names
          .get(position.symbol)
          ?.expiries.find(({ key }) => key === position.expiryKey)?.expiry;
        return expiry === undefined ? [] : [expiry];
      }
      case 'stock':
      case 'cash':
      case 'future':
      case 'settled':
        return [];
    }
  });
}

export function slicesFrom(asOf: IsoDate, dates: readonly IsoDate[]): readonly Slice[] {
  const cuts = [asOf, ...new Set(dates.filter((date) => date > asOf))].sort();
  return cuts.slice(1).map((end, i) => ({ start: cuts[i]!, end }));
}

/** At-the-money forward variance between two times; null where the curve has no volatility. */
function forwardVariance(curve: TermCurve, from: number, to: number): number | null {
  const [near, far] = [from > 0 ? curve.volAt(from) : 0, curve.volAt(to)];
  if (near === null || far === null || !(to > from)) return null;
  return Math.max(0, (far * far * to - near * near * Math.max(0, from)) / (to - from));
}

/**
 * The at-the-money part of a volatility's change, slice by slice: ∂σ/∂σ_j·dσ_j with
 * ∂σ/∂σ_j = σ_jτ_j/(σT), σ_j the forward volatility of the slice and σ that of the whole span.
 *
 * @param span of the volatility in years from the earlier day
 * @returns as long as `slices`, decimal volatility; 0 where a slice is over, outside, or has no volatility
 *
 * Source: math §10 (exposure). Proof: test/unit/quant/scenario/explain.test.ts
 */
export function volChangeBySlice(
  slices: readonly Slice[],
  span: { readonly from: number; readonly to: number },
  earlier: { readonly asOf: IsoDate; readonly curve: TermCurve },
  later: { readonly asOf: IsoDate; readonly curve: TermCurve },
): readonly number[] {
  const whole = forwardVariance(earlier.curve, span.from, span.to);
  if (whole === null || whole === 0) return slices.map(() => 0);
  const length = span.to - span.from;
  return slices.map(({ start, end }) => {
    const from = Math.max(yearsBetween(earlier.asOf, start), span.from);
    const to = Math.min(yearsBetween(earlier.asOf, end), span.to);
    if (!(to > from)) return 0;
    const passed = yearsBetween(earlier.asOf, later.asOf);
    const [laterFrom, laterTo] = [Math.max(0, from - passed), to - passed];
    const was = forwardVariance(earlier.curve, from, to);
    const is = laterTo > laterFrom ? forwardVariance(later.curve, laterFrom, laterTo) : null;
    if (was === null || is === null) return 0;
    const change = Math.sqrt(is) - Math.sqrt(was);
    return ((Math.sqrt(was) * (to - from)) / (Math.sqrt(whole) * length)) * change;
  });
}
