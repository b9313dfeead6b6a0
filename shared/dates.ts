import { assertThat } from './result.ts';

/** A calendar day as `YYYY-MM-DD`, without a time zone. */
export type IsoDate = string;
/** A moment as `YYYY-MM-DDTHH:mm:ssZ`. */
export type IsoInstant = string;

/** Days of the year that a time in years is counted on (ACT/365F). */
export const daysPerYear = 365;
/** Trading sessions a year, the default of realized volatility. */
export const sessionsPerYear = 252;

const millisecondsPerDay = 86_400_000;
const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whole days since 1970-01-01 of a valid date; null when the text is not a calendar day. */
export function dayNumber(date: IsoDate): number | null {
  const match = pattern.exec(date);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const milliseconds = Date.UTC(year, month - 1, day);
  const back = new Date(milliseconds);
  const same =
    back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  return same ? milliseconds / millisecondsPerDay : null;
}

export const isIsoDate = (text: string): boolean => dayNumber(text) !== null;

export function isoDateOf(days: number): IsoDate {
  return new Date(days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** Calendar days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  assertThat(first !== null && last !== null, `both must be dates; got ${from} and ${to}`);
  return last - first;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  const start = dayNumber(date);
  assertThat(start !== null, `must be a date; got ${date}`);
  return isoDateOf(start + days);
}

/** Years between two dates, ACT/365F. */
export const yearsBetween = (from: IsoDate, to: IsoDate): number => daysBetween(from, to) / daysPerYear;

/** 0 Sunday … 6 Saturday. */
export function weekday(date: IsoDate): number {
  const days = dayNumber(date);
  assertThat(days !== null, `must be a date; got ${date}`);
  return (((days + 4) % 7) + 7) % 7;
}
