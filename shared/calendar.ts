import { addDays, dayNumber, daysPerYear, isoDateOf, weekday } from './dates.ts';
import type { IsoDate, IsoInstant } from './dates.ts';
import { isNseHoliday, isNseSpecialSession } from './calendar-nse.ts';
import { isNyseEarlyClose, isNyseHoliday } from './calendar-nyse.ts';
import { assertThat } from './result.ts';
import type { Years } from './units.ts';

/** `none`: every weekday is a session, and time runs from midnight to midnight. */
export type CalendarName = 'NYSE' | 'NSE' | 'none';
/** AM: settled at the opening of the expiry day; PM: at its close. */
export type ExpirySettlement = 'AM' | 'PM';

/** The exchange calendar that an underlying of this currency trades by. */
export const calendarOfCurrency = (currency: string): CalendarName =>
  currency === 'INR' ? 'NSE' : currency === 'USD' ? 'NYSE' : 'none';

/** The years the holidays are known for; outside them only weekends close. */
export const calendarYears = { first: 2009, last: 2027 } as const;

const minutesPerDay = 1440;
const millisecondsPerMinute = 60_000;
const millisecondsPerYear = daysPerYear * minutesPerDay * millisecondsPerMinute;

const isWeekend = (date: IsoDate): boolean => weekday(date) === 0 || weekday(date) === 6;

const isHoliday = (calendar: CalendarName, date: IsoDate): boolean =>
  calendar === 'NYSE' ? isNyseHoliday(date) : calendar === 'NSE' ? isNseHoliday(date) : false;

/** A full trading day, weekends and holidays aside. Special sessions (a budget Saturday) are not counted. */
export const isRegularSession = (calendar: CalendarName, date: IsoDate): boolean =>
  !isWeekend(date) && !isHoliday(calendar, date);

/** Any day on which the exchange trades, special sessions included. */
export const isSession = (calendar: CalendarName, date: IsoDate): boolean =>
  isRegularSession(calendar, date) || (calendar === 'NSE' && isNseSpecialSession(date));

const sessionsOfYears = new Map<string, readonly IsoDate[]>();

/** The regular sessions of a calendar year, found once. */
function sessionsOfYear(calendar: CalendarName, year: number): readonly IsoDate[] {
  const key = `${calendar} ${year}`;
  const known = sessionsOfYears.get(key);
  if (known !== undefined) return known;
  const [first, next] = [dayNumber(`${year}-01-01`), dayNumber(`${year + 1}-01-01`)];
  assertThat(first !== null && next !== null, `must be a year of four digits; got ${year}`);
  const sessions: IsoDate[] = [];
  for (let day = first; day < next; day += 1) {
    const date = isoDateOf(day);
    if (isRegularSession(calendar, date)) sessions.push(date);
  }
  sessionsOfYears.set(key, sessions);
  return sessions;
}

/** The regular sessions from one day to another, both included, ascending. */
export function regularSessions(span: {
  readonly calendar: CalendarName;
  readonly from: IsoDate;
  readonly to: IsoDate;
}): readonly IsoDate[] {
  const { calendar, from, to } = span;
  assertThat(dayNumber(from) !== null && dayNumber(to) !== null, `both must be dates; got ${from} and ${to}`);
  const sessions: IsoDate[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    for (const date of sessionsOfYear(calendar, year)) {
      if (date >= from && date <= to) sessions.push(date);
    }
  }
  return sessions;
}

/** The last session on or before a date. */
export function sessionOnOrBefore(calendar: CalendarName, date: IsoDate): IsoDate {
  let day = date;
  while (!isSession(calendar, day)) day = addDays(day, -1);
  return day;
}

/** Second Sunday of March to first Sunday of November (the rule since 2007), by date. */
function isUsDaylightTime(date: IsoDate): boolean {
  const year = date.slice(0, 4);
  const nthSunday = (month: string, nth: number): IsoDate => {
    const first = `${year}-${month}-01`;
    return addDays(first, ((7 - weekday(first)) % 7) + 7 * (nth - 1));
  };
  return date >= nthSunday('03', 2) && date < nthSunday('11', 1);
}

/** Milliseconds since 1970 of a local clock time, minutes after midnight, at the exchange. */
function instantOf(calendar: CalendarName, date: IsoDate, minutes: number): number {
  const day = dayNumber(date);
  assertThat(day !== null, `must be a date; got ${date}`);
  const offset = calendar === 'NSE' ? 330 : calendar === 'NYSE' ? (isUsDaylightTime(date) ? -240 : -300) : 0;
  return (day * minutesPerDay + minutes - offset) * millisecondsPerMinute;
}

/** Milliseconds since 1970 of the opening: 9:30 in New York, 9:15 in Mumbai, midnight without a calendar. */
export const openingInstant = (calendar: CalendarName, date: IsoDate): number =>
  instantOf(calendar, date, calendar === 'NYSE' ? 570 : calendar === 'NSE' ? 555 : 0);

/** Milliseconds since 1970 of the close: 16:00 (13:00 early) in New York, 15:30 in Mumbai, midnight without. */
export function closingInstant(calendar: CalendarName, date: IsoDate): number {
  if (calendar === 'NYSE') return instantOf(calendar, date, isNyseEarlyClose(date) ? 780 : 960);
  return instantOf(calendar, date, calendar === 'NSE' ? 930 : 0);
}

/**
 * Years from the moment of the quotes to the moment an expiry settles, ACT/365F to the minute.
 *
 * @param span.quotedAt when the quotes were taken; a stamp after the close of `asOf` (a file fetched on
 *   a weekend) counts as that close, one before its opening day too, and null means the close
 * @returns years; zero or negative when the expiry has passed
 *
 * Limits: daylight saving by the United States rule since 2007; an expiry on a holiday settles by that
 * day's clock (exchanges move the listing instead).
 * Source: math §1. Proof: test/unit/calendar.test.ts
 */
export function yearsToExpiry(span: {
  readonly calendar: CalendarName;
  readonly asOf: IsoDate;
  readonly quotedAt: IsoInstant | null;
  readonly expiry: IsoDate;
  readonly settlement: ExpirySettlement;
}): Years {
  const close = closingInstant(span.calendar, span.asOf);
  const stamped = span.quotedAt === null ? Number.NaN : Date.parse(span.quotedAt);
  const insideDay = stamped >= openingInstant(span.calendar, span.asOf) && stamped < close;
  const settles =
    span.settlement === 'AM'
      ? openingInstant(span.calendar, span.expiry)
      : closingInstant(span.calendar, span.expiry);
  return (settles - (insideDay ? stamped : close)) / millisecondsPerYear;
}
