import { isRegularSession, type CalendarName } from '../../calendar.ts';
import { addDays, weekday, type IsoDate } from '../../dates.ts';

/** When a hedge is looked at again without any event. */
export type ReassessPlan =
  | { readonly kind: 'off' }
  | { readonly kind: 'sessions'; readonly every: number }
  | { readonly kind: 'weekly'; readonly weekday: number };

/** Holidays in a row are fewer than this. */
const mostClosedDays = 10;

/** The first regular session on or after a day. */
function sessionFrom(calendar: CalendarName, day: IsoDate): IsoDate {
  let found = day;
  for (let i = 0; i < mostClosedDays && !isRegularSession(calendar, found); i++) found = addDays(found, 1);
  return found;
}

/**
 * The next session on which a look is due after the last one: every so many sessions, or the given weekday
 * (the session after it where that is a holiday). Null where nothing is planned.
 *
 * @param request.every    sessions, ≥ 1
 * @param request.weekday  1 Monday to 5 Friday
 * Source: features G1. Proof: test/unit/quant/hedge-reassess-schedule.test.ts
 */
export function nextLook(request: {
  readonly plan: ReassessPlan;
  /** The market day of the last look. */
  readonly last: IsoDate;
  readonly calendar: CalendarName;
}): IsoDate | null {
  const { plan, last, calendar } = request;
  if (plan.kind === 'off') return null;
  if (plan.kind === 'weekly') {
    let day = addDays(last, 1);
    while (weekday(day) !== plan.weekday) day = addDays(day, 1);
    return sessionFrom(calendar, day);
  }
  let day = last;
  for (let left = plan.every; left > 0; left--) day = sessionFrom(calendar, addDays(day, 1));
  return day;
}
