import { describe, expect, it } from 'vitest';
import { yearsToExpiry } from '../../shared/calendar.ts';
import { tradingYears, usualTradingClock } from '../../shared/trading-clock.ts';

const clock = usualTradingClock;
const friday = { calendar: 'NYSE', asOf: '2026-03-27', quotedAt: null, settlement: 'PM' } as const;
const sessions = (request: Parameters<typeof tradingYears>[0]): number => 252 * tradingYears(request);

describe('tradingYears', () => {
  it('counts sessions: a weekend and Good Friday pass without time', () => {
    expect(sessions({ ...friday, clock, expiry: '2026-03-30' })).toBeCloseTo(1, 12);
    // 3 April 2026 is Good Friday: Monday to Thursday, then the Monday after.
    expect(sessions({ ...friday, clock, expiry: '2026-04-06' })).toBeCloseTo(5, 12);
  });

  it('counts the sessions of a year between two dates', () => {
    expect(sessions({ ...friday, clock, asOf: '2024-12-31', expiry: '2025-12-31' })).toBeCloseTo(250, 12);
    expect(sessions({ ...friday, clock, expiry: '2027-03-26' })).toBeCloseTo(249, 12);
  });

  it('gives closed days their weight', () => {
    const weekend = { ...clock, closedDayWeight: 0.1 };
    expect(sessions({ ...friday, clock: weekend, expiry: '2026-03-30' })).toBeCloseTo(1.2, 12);
  });

  it('lets an event day count for more than a session', () => {
    const event = { ...clock, events: [{ date: '2026-03-30', weight: 3 }] };
    expect(sessions({ ...friday, clock: event, expiry: '2026-03-30' })).toBeCloseTo(3, 12);
    expect(sessions({ ...friday, clock: event, expiry: '2026-03-31' })).toBeCloseTo(4, 12);
  });

  it('leaves a morning settlement its night alone, so that it is never without time', () => {
    const am = { ...friday, settlement: 'AM', clock } as const;
    expect(sessions({ ...am, expiry: '2026-03-30' })).toBeCloseTo(0.2, 12);
    expect(sessions({ ...am, expiry: '2026-03-31' })).toBeCloseTo(1.2, 12);
  });

  it('runs down evenly inside a session', () => {
    // 12:45 in New York, the middle of the session, in daylight time.
    const noon = { ...friday, clock, quotedAt: '2026-03-27T16:45:00Z' } as const;
    expect(sessions({ ...noon, expiry: '2026-03-27' })).toBeCloseTo(0.4, 12);
    expect(sessions({ ...noon, expiry: '2026-03-30' })).toBeCloseTo(1.4, 12);
  });

  it('has no time left, or less, where the calendar has none', () => {
    for (const expiry of ['2026-03-20', '2026-03-26', '2026-03-27'])
      for (const settlement of ['AM', 'PM'] as const) {
        const span = { ...friday, settlement, expiry };
        expect(tradingYears({ ...span, clock }) > 0).toBe(yearsToExpiry(span) > 0);
      }
  });

  it('refuses weights that mean nothing', () => {
    const wrong = { ...clock, closedDayWeight: -1 };
    expect(() => tradingYears({ ...friday, clock: wrong, expiry: '2026-03-30' })).toThrow('weights');
  });
});
