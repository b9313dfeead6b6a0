import { addDays } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { ReferencePeriod } from './slices.ts';

/** Longer than any month by less than one. */
const intoNextMonth = 31;
const monthStart = (date: IsoDate): IsoDate => `${date.slice(0, 8)}01`;

const nextMonth = (date: IsoDate): IsoDate => monthStart(addDays(monthStart(date), intoNextMonth));
const beginsQuarter = (date: IsoDate): boolean => (Number(date.slice(5, 7)) - 1) % 3 === 0;

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
    let end = nextMonth(start);
    if (length === 'quarters') while (!beginsQuarter(end)) end = nextMonth(end);
    periods.push({ start, end });
    start = end;
  }
  return periods;
}
