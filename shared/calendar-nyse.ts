import { addDays, dayNumber, isoDateOf, weekday } from './dates.ts';
import type { IsoDate } from './dates.ts';
import { assertThat } from './result.ts';

/** Days closed for no rule: Hurricane Sandy and the days of mourning for three presidents' funerals. */
const unscheduledClosings = new Set(['2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09']);

const dateOf = (year: number, month: number, day: number): IsoDate =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** The nth given weekday (0 Sunday) of a month; nth = 0 is the last one of the month before. */
function nthWeekday(year: number, month: number, day: number, nth: number): IsoDate {
  const first = dateOf(year, month, 1);
  return addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (nth - 1));
}

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876). */
export function easterSunday(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + d + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dateOf(year, Math.floor(n / 31), (n % 31) + 1);
}

/** Saturday is kept on Friday, Sunday on Monday. */
function observed(date: IsoDate): IsoDate {
  const day = weekday(date);
  return day === 6 ? addDays(date, -1) : day === 0 ? addDays(date, 1) : date;
}

function holidaysOf(year: number): ReadonlySet<IsoDate> {
  const newYear = dateOf(year, 1, 1);
  const days = [
    // A Saturday New Year is not moved into December: the books of the year close that day.
    weekday(newYear) === 6 ? newYear : observed(newYear),
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    addDays(easterSunday(year), -2),
    nthWeekday(year, 6, 1, 0),
    observed(dateOf(year, 7, 4)),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 11, 4, 4),
    observed(dateOf(year, 12, 25)),
  ];
  if (year >= 2022) days.push(observed(dateOf(year, 6, 19)));
  return new Set(days);
}

const byYear = new Map<number, ReadonlySet<IsoDate>>();

/** Whether the New York exchanges are shut all day for a holiday or an unscheduled closing. */
export function isNyseHoliday(date: IsoDate): boolean {
  const year = Number(date.slice(0, 4));
  let holidays = byYear.get(year);
  if (holidays === undefined) {
    holidays = holidaysOf(year);
    byYear.set(year, holidays);
  }
  return holidays.has(date) || unscheduledClosings.has(date);
}

/** Closes at 13:00: 3 July and 24 December from Monday to Thursday, and the Friday after Thanksgiving. */
export function isNyseEarlyClose(date: IsoDate): boolean {
  const day = weekday(date);
  if (isNyseHoliday(date)) return false;
  const monthDay = date.slice(5);
  if (monthDay === '07-03' || monthDay === '12-24') return day >= 1 && day <= 4;
  const number = dayNumber(date);
  assertThat(number !== null, `must be a date; got ${date}`);
  return day === 5 && isoDateOf(number - 1) === nthWeekday(Number(date.slice(0, 4)), 11, 4, 4);
}
