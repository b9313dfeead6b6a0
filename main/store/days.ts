import { dayNumber, isoDateOf, type IsoDate } from '../../shared/dates.ts';
import { assertThat } from '../../shared/result.ts';

const texts = new Map<number, IsoDate>();

/** The ISO date of a stored day; a desk has few distinct days and reads each many times. */
export function dateOfDay(day: number): IsoDate {
  let text = texts.get(day);
  if (text === undefined) {
    text = isoDateOf(day);
    texts.set(day, text);
  }
  return text;
}

/** The stored day of a date that was checked before it came here. */
export function dayOfDate(date: IsoDate): number {
  const day = dayNumber(date);
  assertThat(day !== null, `must be a date; got ${date}`);
  return day;
}
