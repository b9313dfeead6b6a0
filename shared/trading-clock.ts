import { closingInstant, isSession, openingInstant } from './calendar.ts';
import type { CalendarName, ExpirySettlement } from './calendar.ts';
import { addDays, dayNumber, isoDateOf, sessionsPerYear } from './dates.ts';
import type { IsoDate, IsoInstant } from './dates.ts';
import { assertThat } from './result.ts';
import type { Years } from './units.ts';

/** Which days volatility is spread over, each in sessions: a session counts one. */
export interface TradingClock {
  /** A weekend day or a holiday; 0 by default. */
  readonly closedDayWeight: number;
  /** The part of a session that passes between the close before it and its opening; 0.2 by default. */
  readonly overnightShare: number;
  /** Days that count more or less than one session: an election, a meeting of the central bank. */
  readonly events: readonly { readonly date: IsoDate; readonly weight: number }[];
}

export const usualTradingClock: TradingClock = { closedDayWeight: 0, overnightShare: 0.2, events: [] };

/** The sessions that a whole day counts. */
function weightOf(clock: TradingClock, calendar: CalendarName, date: IsoDate): number {
  const event = clock.events.find((one) => one.date === date);
  return event?.weight ?? (isSession(calendar, date) ? 1 : clock.closedDayWeight);
}

/**
 * Years of trading from the moment of the quotes to the moment an expiry settles: sessions over 252.
 *
 * A day runs from the close before it to its own close; a share of it passes overnight, the rest evenly while the
 * exchange is open. A closed day passes whole. A morning-settled expiry has its last night, not its last session.
 *
 * @param span.quotedAt when the quotes were taken; outside the session of `asOf`, or null: its close
 * @returns years; zero or negative when the expiry has passed
 * Source: French & Roll (1986), J. Financial Economics 17, for the nights' share.
 * Proof: test/unit/trading-clock.test.ts
 */
export function tradingYears(span: {
  readonly clock: TradingClock;
  readonly calendar: CalendarName;
  readonly asOf: IsoDate;
  readonly quotedAt: IsoInstant | null;
  readonly expiry: IsoDate;
  readonly settlement: ExpirySettlement;
}): Years {
  const { clock, calendar, asOf, expiry } = span;
  const { overnightShare, closedDayWeight } = clock;
  assertThat(
    closedDayWeight >= 0 && overnightShare >= 0 && overnightShare <= 1,
    `weights must be ≥ 0 and the night's share at most 1; got ${closedDayWeight} and ${overnightShare}`,
  );
  const [first, last] = [dayNumber(asOf), dayNumber(expiry)];
  assertThat(first !== null && last !== null, `both must be dates; got ${asOf} and ${expiry}`);
  // Time left of the first day: none after its close.
  const [opens, closes] = [openingInstant(calendar, asOf), closingInstant(calendar, asOf)];
  const stamped = span.quotedAt === null ? Number.NaN : Date.parse(span.quotedAt);
  const left =
    stamped >= opens && stamped < closes
      ? ((1 - overnightShare) * weightOf(clock, calendar, asOf) * (closes - stamped)) / (closes - opens)
      : 0;
  let sessions = left;
  for (let day = first + 1; day <= last; day += 1) sessions += weightOf(clock, calendar, isoDateOf(day));
  if (span.settlement === 'AM') {
    if (first === last) return 0;
    const lost = isSession(calendar, expiry) ? 1 - overnightShare : 0;
    sessions -= lost * weightOf(clock, calendar, expiry);
  }
  return last < first ? -sessionsBefore(clock, calendar, expiry, asOf) : sessions / sessionsPerYear;
}

function sessionsBefore(clock: TradingClock, calendar: CalendarName, from: IsoDate, to: IsoDate): Years {
  let sessions = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1))
    sessions += weightOf(clock, calendar, date);
  return sessions / sessionsPerYear;
}
