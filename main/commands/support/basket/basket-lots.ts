import type { BasketRules } from '../../../../shared/contract/basket.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { Readers } from '../../../store/index.ts';

/** Shares a lot of a name: as typed in, else as its options have it where that is asked for. */
export function lotSizeOf(rules: BasketRules, read: Readers, symbol: string, day: IsoDate): number {
  const typed = rules.lotSizes?.[symbol];
  if (typed !== undefined || rules.lots !== 'listed') return typed ?? rules.lotSize;
  const newest = read.quotes.chainDates(symbol).find((date) => date <= day);
  const multiplier = newest === undefined ? undefined : read.quotes.chain(symbol, newest).multiplier[0];
  return multiplier === undefined || multiplier === null || multiplier < 1
    ? rules.lotSize
    : Math.round(multiplier);
}

/** The price a basket is bought at: the chain's spot of the day, else the newest close. */
export function priceOf(read: Readers, symbol: string, day: IsoDate): number | null {
  return read.quotes.spot(symbol, day)?.spot ?? read.prices.closeOn(symbol, day)?.close ?? null;
}
