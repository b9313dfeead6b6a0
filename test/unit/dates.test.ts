import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayNumber,
  daysBetween,
  isIsoDate,
  isoDateOf,
  weekday,
  yearsBetween,
} from '../../shared/dates.ts';

describe('dates', () => {
  it('takes a calendar day and refuses a day that does not exist', () => {
    expect(isIsoDate('2024-02-29')).toBe(true);
    expect(isIsoDate('2023-02-29')).toBe(false);
    expect(isIsoDate('2026-13-01')).toBe(false);
    expect(isIsoDate('2026-3-1')).toBe(false);
    expect(isIsoDate('')).toBe(false);
  });

  it('counts days across a leap day and a change of year', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-01-01', '2025-12-31')).toBe(-1);
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(yearsBetween('2026-01-01', '2027-01-01')).toBe(1);
  });

  it('round-trips every day of a decade', () => {
    const first = dayNumber('2020-01-01');
    if (first === null) throw new Error('a valid date');
    for (let day = first; day < first + 3653; day += 1) expect(dayNumber(isoDateOf(day))).toBe(day);
  });

  it('knows the weekday of published dates', () => {
    expect(weekday('1970-01-01')).toBe(4);
    expect(weekday('2026-11-20')).toBe(5);
    expect(weekday('1969-12-28')).toBe(0);
  });

  it('throws for a text that is not a date: the caller’s bug', () => {
    expect(() => daysBetween('soon', '2026-01-01')).toThrow(/precondition/);
  });
});
