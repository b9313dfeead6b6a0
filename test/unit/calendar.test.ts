import { describe, expect, it } from 'vitest';
import {
  closingInstant,
  isRegularSession,
  isSession,
  openingInstant,
  regularSessions,
  sessionOnOrBefore,
  yearsToExpiry,
} from '../../shared/calendar.ts';
import { easterSunday } from '../../shared/calendar-nyse.ts';

const closedIn = (year: number): string[] => {
  const open = new Set(regularSessions({ calendar: 'NYSE', from: `${year}-01-01`, to: `${year}-12-31` }));
  return regularSessions({ calendar: 'none', from: `${year}-01-01`, to: `${year}-12-31` })
    .filter((date) => !open.has(date))
    .map((date) => date.slice(5));
};

describe('the New York calendar', () => {
  // Source: the exchange's published holidays of these years.
  it.each([
    [
      2012,
      ['01-02', '01-16', '02-20', '04-06', '05-28', '07-04', '09-03', '10-29', '10-30', '11-22', '12-25'],
    ],
    [2018, ['01-01', '01-15', '02-19', '03-30', '05-28', '07-04', '09-03', '11-22', '12-05', '12-25']],
    [2021, ['01-01', '01-18', '02-15', '04-02', '05-31', '07-05', '09-06', '11-25', '12-24']],
    [2022, ['01-17', '02-21', '04-15', '05-30', '06-20', '07-04', '09-05', '11-24', '12-26']],
    [
      2025,
      ['01-01', '01-09', '01-20', '02-17', '04-18', '05-26', '06-19', '07-04', '09-01', '11-27', '12-25'],
    ],
    [2027, ['01-01', '01-18', '02-15', '03-26', '05-31', '06-18', '07-05', '09-06', '11-25', '12-24']],
  ])('has the published holidays of %i', (year, holidays) => {
    expect(closedIn(year)).toEqual(holidays);
  });

  it.each([
    [2009, '2009-04-12'],
    [2019, '2019-04-21'],
    [2025, '2025-04-20'],
    [2027, '2027-03-28'],
  ])('finds Easter of %i', (year, date) => {
    expect(easterSunday(year)).toBe(date);
  });

  it('closes at 13:00 the day after Thanksgiving, on 3 July and on Christmas Eve, but only on working days', () => {
    const hours = (date: string): number =>
      (closingInstant('NYSE', date) - openingInstant('NYSE', date)) / 3_600_000;
    expect(hours('2022-11-25')).toBe(3.5);
    expect(hours('2019-07-03')).toBe(3.5);
    expect(hours('2020-12-24')).toBe(3.5);
    expect(hours('2022-07-01')).toBe(6.5);
    expect(hours('2022-11-24')).toBe(6.5);
  });

  it('follows daylight saving: 16:00 is 21:00 UTC in winter and 20:00 UTC from the second Sunday of March', () => {
    expect(new Date(closingInstant('NYSE', '2020-03-06')).toISOString()).toBe('2020-03-06T21:00:00.000Z');
    expect(new Date(closingInstant('NYSE', '2020-03-09')).toISOString()).toBe('2020-03-09T20:00:00.000Z');
    expect(new Date(closingInstant('NYSE', '2020-11-02')).toISOString()).toBe('2020-11-02T21:00:00.000Z');
  });
});

describe('the Mumbai calendar', () => {
  it('closes for Holi, Ram Navami and the Maharashtra vote of 2026', () => {
    expect(isRegularSession('NSE', '2026-03-03')).toBe(false);
    expect(isRegularSession('NSE', '2026-03-26')).toBe(false);
    expect(isRegularSession('NSE', '2026-01-15')).toBe(false);
    expect(isRegularSession('NSE', '2026-03-27')).toBe(true);
  });

  it('trades on a budget Saturday and on the evening of Diwali, which are not regular sessions', () => {
    for (const date of ['2025-02-01', '2025-10-21']) {
      expect(isSession('NSE', date)).toBe(true);
      expect(isRegularSession('NSE', date)).toBe(false);
    }
  });

  it('closes at 15:30 India time', () => {
    expect(new Date(closingInstant('NSE', '2026-03-27')).toISOString()).toBe('2026-03-27T10:00:00.000Z');
  });
});

describe('yearsToExpiry', () => {
  const days = (span: Parameters<typeof yearsToExpiry>[0]): number => yearsToExpiry(span) * 365;
  const spx = { calendar: 'NYSE', asOf: '2022-02-04', quotedAt: null, expiry: '2022-02-18' } as const;

  it('counts from close to close for PM settlement and to the opening for AM', () => {
    expect(days({ ...spx, settlement: 'PM' })).toBeCloseTo(14, 10);
    expect(days({ ...spx, settlement: 'AM' })).toBeCloseTo(14 - 6.5 / 24, 10);
  });

  it('counts the hour that daylight saving takes away', () => {
    expect(days({ ...spx, asOf: '2022-03-11', expiry: '2022-03-14', settlement: 'PM' })).toBeCloseTo(
      3 - 1 / 24,
      10,
    );
  });

  it('uses the stamp of a quote inside the session, and the close for a file fetched on the weekend', () => {
    expect(days({ ...spx, quotedAt: '2022-02-04T17:00:00Z', settlement: 'PM' })).toBeCloseTo(14 + 4 / 24, 10);
    expect(days({ ...spx, quotedAt: '2022-02-06T01:09:00Z', settlement: 'PM' })).toBeCloseTo(14, 10);
  });

  it('is zero on the expiry day at the close and negative after', () => {
    expect(days({ ...spx, asOf: '2022-02-18', settlement: 'PM' })).toBe(0);
    expect(days({ ...spx, asOf: '2022-02-18', settlement: 'AM' })).toBeLessThan(0);
  });

  it('counts whole days without a calendar', () => {
    expect(days({ ...spx, calendar: 'none', settlement: 'AM' })).toBe(14);
  });
});

describe('sessionOnOrBefore', () => {
  it('steps back over a weekend and a holiday', () => {
    expect(sessionOnOrBefore('NYSE', '2022-02-21')).toBe('2022-02-18');
    expect(sessionOnOrBefore('NYSE', '2022-02-18')).toBe('2022-02-18');
  });
});
