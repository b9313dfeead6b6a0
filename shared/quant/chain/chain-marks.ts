import type { IsoDate } from '../../dates.ts';
import type { OptionType } from '../../units.ts';
import type { Column, MarkChoice, SideQuotes } from './chain-input.ts';

export interface QuoteCounts {
  quotes: number;
  twoSided: number;
  zeroBid: number;
  crossed: number;
  withoutVol: number;
  excluded: number;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The price in a row of a column, null where there is none above zero. */
export const positive = (column: Column, i: number): number | null => {
  const value = column[i] ?? null;
  return value !== null && value > 0 ? value : null;
};

/** `SPX 18 Dec 2026 4200 put`. */
export const optionName = (symbol: string, expiry: IsoDate, strike: number, type: OptionType): string =>
  `${symbol} ${Number(expiry.slice(8))} ${months[Number(expiry.slice(5, 7)) - 1] ?? ''} ${expiry.slice(0, 4)} ${strike} ${type}`;

/** Both sides quoted and in order. */
export function isTwoSided(side: SideQuotes, i: number): boolean {
  const [bid, ask] = [positive(side.bid, i), positive(side.ask, i)];
  return bid !== null && ask !== null && bid <= ask;
}

/** A market wider than this many times its middle says nothing about the smile. */
const widestSpread = 1.2;

/** Both sides quoted, but too far apart for their middle to say anything. */
export function isTooWide(side: SideQuotes, i: number): boolean {
  const [bid, ask] = [positive(side.bid, i), positive(side.ask, i)];
  return bid !== null && ask !== null && (ask - bid) / ((ask + bid) / 2) > widestSpread;
}

/** Both sides quoted, the bid above the ask. */
export const isCrossed = (side: SideQuotes, i: number): boolean => {
  const [bid, ask] = [positive(side.bid, i), positive(side.ask, i)];
  return bid !== null && ask !== null && bid > ask;
};

/** Settlement, else last: what an end-of-day file without bid and ask knows. */
export const closingMark = (side: SideQuotes, i: number): number | null =>
  positive(side.settlement, i) ?? positive(side.last, i);

/** Middle of the market, a missing bid counting as zero; null without an ask or when crossed. */
function middleOf(side: SideQuotes, i: number): number | null {
  const ask = positive(side.ask, i);
  if (ask === null || isCrossed(side, i)) return null;
  return ((positive(side.bid, i) ?? 0) + ask) / 2;
}

/** The mark of one option by the choice, except `model`, which is priced from the fit later. */
export function markOf(side: SideQuotes, i: number, choice: MarkChoice, quoted: boolean): number | null {
  switch (choice) {
    case 'mid':
    case 'model':
      return quoted ? middleOf(side, i) : closingMark(side, i);
    case 'conservative':
      return quoted ? (isCrossed(side, i) ? null : positive(side.bid, i)) : closingMark(side, i);
    case 'last':
      return positive(side.last, i);
    case 'settlement':
      return positive(side.settlement, i);
  }
}

/** What a quote lacks for the mark asked for, in words. */
export const missingOf = (choice: MarkChoice, quoted: boolean): string => {
  if (choice === 'last') return 'last price';
  if (choice === 'settlement') return 'settlement price';
  if (!quoted) return 'settlement or last price';
  return choice === 'conservative' ? 'bid' : 'ask';
};

/** Adds one side's quotes to the counts. */
export function countQuotes(quotes: SideQuotes, markVol: Column, counts: QuoteCounts): void {
  for (let i = 0; i < quotes.contract.length; i += 1) {
    if (quotes.contract[i] === null) continue;
    counts.quotes += 1;
    if (quotes.excluded[i] === true) counts.excluded += 1;
    if (isTwoSided(quotes, i)) counts.twoSided += 1;
    else if (isCrossed(quotes, i)) counts.crossed += 1;
    else if (positive(quotes.ask, i) !== null) counts.zeroBid += 1;
    if (markVol[i] === null) counts.withoutVol += 1;
  }
}
