import { isSession, sessionOnOrBefore, type CalendarName } from '../../../../shared/calendar.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { RealizedVolTerms } from '../../../../shared/contract/vol-contracts.ts';
import { addDays, daysBetween, isIsoDate, weekday, type IsoDate } from '../../../../shared/dates.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { calendarOfSymbol } from '../market/prices.ts';

const monthsOf = { monthly: 1, quarterly: 3, annual: 12, custom: 3 } as const;
/** An expiry this near to where a period should end is its end. */
const nearEnough = 15;

/** The same day so many months on; the last of its month where that has fewer days. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const place = year * 12 + month - 1 + months;
  const stem = `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`;
  for (let last = day; last > 28; last -= 1) if (isIsoDate(`${stem}-${last}`)) return `${stem}-${last}`;
  return `${stem}-${String(Math.min(day, 28)).padStart(2, '0')}`;
}

const friday = 5;

/** On the third Friday of its month, or on the session before where that is a holiday. */
function isThirdFriday(calendar: CalendarName, date: IsoDate): boolean {
  const last = addDays(date, friday - weekday(date));
  const day = Number(last.slice(8));
  return day > 14 && day < 22 && date <= last && sessionOnOrBefore(calendar, last) === date;
}

/** Expiries that contracts end with: the third Friday's in New York, the last of a month elsewhere. */
function monthliesOf(calendar: CalendarName, dates: readonly IsoDate[]): ReadonlySet<IsoDate> {
  if (calendar === 'NYSE') return new Set(dates.filter((date) => isThirdFriday(calendar, date)));
  return new Set(new Map(dates.map((date) => [date.slice(0, 7), date])).values());
}

const nextSession = (calendar: CalendarName, date: IsoDate): IsoDate => {
  let day = date;
  while (!isSession(calendar, day)) day = addDays(day, 1);
  return day;
};

/**
 * Usual terms of a kind: from the first monthly expiry of the listed options to the one its months later.
 * A name without listed options begins on its next session.
 */
export async function volSpecOf(
  { underlying, kind }: Pick<RealizedVolTerms, 'underlying' | 'kind'>,
  day: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<OutputOf<'contracts.volSpec'>> {
  const { read } = context;
  const calendar = calendarOfSymbol(read, underlying);
  const chain = chainDay(read, underlying, day);
  const found = chain.ok ? await chains.analyzed(context, underlying, chain.value, 'mid') : chain;
  const listed = found.ok ? found.value.analysis.expiries.filter(({ expiry }) => expiry > day) : [];
  const dates = [...new Set(listed.map(({ expiry }) => expiry))].sort();
  const monthlies = monthliesOf(calendar, dates);
  const months = monthsOf[kind];
  const startDate = dates.find((date) => monthlies.has(date)) ?? nextSession(calendar, addDays(day, 1));
  const wanted = addMonths(startDate, months);
  const distance = (date: IsoDate): number => Math.abs(daysBetween(wanted, date));
  const expiryDate =
    dates
      .filter((date) => monthlies.has(date) && date > startDate && distance(date) <= nearEnough)
      .sort((a, b) => distance(a) - distance(b))[0] ?? null;
  return {
    startDate,
    endDate: expiryDate ?? sessionOnOrBefore(calendar, wanted),
    expiryDate,
    months,
    multiplier: 100_000,
    tick: 0.0001,
    expiries: dates.map((date) => ({ date, isMonthly: monthlies.has(date) })),
    note:
      dates.length === 0
        ? `${underlying} has no listed options on ${day}: its period begins with the next session.`
        : expiryDate === null
          ? `No option of ${underlying} expires within ${nearEnough} days of ${wanted}.`
          : '',
  };
}
