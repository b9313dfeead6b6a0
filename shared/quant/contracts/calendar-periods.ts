import { addDays } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { ReferencePeriod } from './slices.ts';

/** Longer than any month by less than one. */
const intoNextMonth = 31;
const monthStart = (date: IsoDate): IsoDate => `${date.slice(0, 8)}01`;

/**
 * Calendar months or quarters that cover the time from a day to a later one, contiguous; the first begins on
 * the day itself, the last ends on the first day of the month after `to`, or of the quarter.
 *
 * Source: features H17. Proof: test/unit/quant/ladder-rules.test.ts
 */
export function calendarPeriods(
  from: IsoDate,
  to: IsoDate,
  length: 'months' | 'quarters',
): readonly ReferencePeriod[] {
  const periods: ReferencePeriod[] = [];
  for (let start = from; start < to;) {
    let end = monthStart(addDays(monthStart(start), intoNextMonth));
    while (length === 'quarters' && (Number(end.slice(5, 7)) - 1) % 3 !== 0) {
      end = monthStart(addDays(end, intoNextMonth));
    }
    periods.push({ start, end });
    start = end;
  }
  return periods;
}
