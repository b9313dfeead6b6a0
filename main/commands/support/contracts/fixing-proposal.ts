import { isSession } from '../../../../shared/calendar.ts';
import type { FixingProposal, ForwardStartTerms } from '../../../../shared/contract/forward-starts.ts';
import { addDays, type IsoDate } from '../../../../shared/dates.ts';
import { fixingLevel } from '../../../../shared/quant/contracts/forward-start-settlement.ts';
import type { Readers, StoredForwardStart } from '../../../store/index.ts';
import { newestDay } from '../market/as-of.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import { levelOfPrice } from './forward-start-market.ts';
import { payoffsOf } from './forward-start-terms.ts';

const pricesOfDay = {
  close: ['close'],
  'open-close': ['open', 'close'],
  'high-low': ['high', 'low'],
} as const;

/** The sessions up to and with a reference date, as many as the contract averages; oldest first. */
function fixingSessions(read: Readers, symbol: string, date: IsoDate, count: number): IsoDate[] {
  const calendar = calendarOfSymbol(read, symbol);
  const sessions: IsoDate[] = [];
  for (let day = date; sessions.length < count; day = addDays(day, -1)) {
    if (isSession(calendar, day)) sessions.unshift(day);
  }
  return sessions;
}

/** Underlying and date of a fixing. */
const placeOf = (terms: ForwardStartTerms, which: 'first' | 'second') =>
  which === 'first'
    ? { symbol: terms.underlying, date: terms.firstReferenceDate }
    : { symbol: terms.secondUnderlying ?? terms.underlying, date: terms.secondReferenceDate };

/**
 * The level that the stored prices give a fixing: every price it takes, their average, and the rounding. As
 * they traded on the day: a split since then has not touched them.
 */
export function proposeFixing(
  read: Readers,
  contract: Pick<StoredForwardStart, 'terms'>,
  which: 'first' | 'second',
): FixingProposal {
  const { terms } = contract;
  const { symbol, date } = placeOf(terms, which);
  const sessions = fixingSessions(read, symbol, date, terms.fixingDays);
  const stored = read.prices.upTo(symbol, date, terms.fixingDays + 5);
  const prices = sessions.flatMap((session) => {
    const row = stored.date.indexOf(session);
    return pricesOfDay[terms.fixingPrices].map((what) => {
      const price = row < 0 ? null : (stored[what][row] ?? null);
      const level = price === null ? null : levelOfPrice(terms.underlyingKind, price);
      return {
        date: session,
        what,
        price: level !== null && level > 0 ? level : null,
        note:
          level === null
            ? `${symbol} has no ${what} of ${session} on the desk.`
            : terms.underlyingKind === 'yield'
              ? `100 less the stored ${what} ${price} of ${symbol}`
              : `stored ${what} of ${symbol}`,
      };
    });
  });
  const today = newestDay(read);
  const missing = prices.find(({ price }) => price === null);
  const known = prices.flatMap(({ price }) => (price === null ? [] : [price]));
  const plain = missing === undefined ? fixingLevel({ prices: known }) : null;
  const rounded = missing === undefined ? fixingLevel({ prices: known, roundTo: terms.fixingRoundTo }) : null;
  const level = rounded?.ok === true ? rounded.value : null;
  return {
    contractId: terms.contractId,
    underlying: symbol,
    which,
    referenceDate: date,
    isDue: today !== null && today >= date,
    prices,
    roundTo: terms.fixingRoundTo,
    average: plain?.ok === true ? plain.value : null,
    level,
    strikes:
      which === 'second' || level === null
        ? []
        : payoffsOf(terms).map(
            ({ strikeMultiplier = 1, strikeOffset = 0 }) => strikeMultiplier * level + strikeOffset,
          ),
    reason: missing?.note ?? null,
  };
}
