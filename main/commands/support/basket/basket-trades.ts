import type { BasketTrades } from '../../../../shared/contract/basket-desk.ts';
import type { SavedBasket } from '../../../../shared/contract/basket.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { Readers } from '../../../store/index.ts';
import { lotSizeOf, priceOf } from './basket-lots.ts';
import { headOf } from './basket-versions.ts';

/** New shares for an old one, from splits after a day and up to another. */
function splitFactor(read: Readers, symbol: string, after: IsoDate, to: IsoDate): number {
  const prices = read.prices.upTo(symbol, to);
  return prices.date.reduce((factor, date, row) => {
    const ratio = prices.splitRatio[row] ?? 1;
    return date > after && ratio > 0 ? factor * ratio : factor;
  }, 1);
}

export interface TradeChoice {
  /** Absent: all books together. */
  readonly book?: string | undefined;
  readonly others: 'keep' | 'sell';
  /** Each trade in whole lots of its name, rounded to the nearest. */
  readonly wholeLots: boolean;
}

/** A position sold off goes whole; the rest to the nearest lot. */
const tradeOf = (have: number, target: number, lotSize: number, wholeLots: boolean): number =>
  wholeLots && target !== 0 ? Math.round((target - have) / lotSize) * lotSize : target - have;

/** What to buy and sell so that the books hold the basket. */
export function basketTradesOf(
  saved: SavedBasket,
  day: IsoDate,
  { book, others, wholeLots }: TradeChoice,
  read: Readers,
): BasketTrades {
  const basket = saved.result;
  const shares = read.positions.list().filter((held) => held.instrument === 'stock');
  const stocks = shares.filter((held) => book === undefined || held.book === book);
  const held = new Map<string, number>();
  for (const { symbol, quantity } of stocks) held.set(symbol, (held.get(symbol) ?? 0) + quantity);

  const warnings: string[] = [];
  const targets = basket.names.map(({ symbol, shares }) => {
    const factor = splitFactor(read, symbol, basket.asOf, day);
    if (factor !== 1)
      warnings.push(
        `${symbol} was split since ${basket.asOf}: its target is ${factor} times the shares of that day.`,
      );
    return { symbol, target: Math.round(shares * factor), listed: true };
  });
  const inBasket = new Set(targets.map(({ symbol }) => symbol));
  const outside = [...held]
    .filter(([symbol, quantity]) => !inBasket.has(symbol) && quantity !== 0)
    .map(([symbol, quantity]) => ({ symbol, target: others === 'sell' ? 0 : quantity, listed: false }));
  const rows = [...targets, ...outside].map(({ symbol, target, listed }) => {
    const have = held.get(symbol) ?? 0;
    const lotSize = lotSizeOf(basket.rules, read, symbol, day);
    const trade = tradeOf(have, target, lotSize, wholeLots);
    const price = priceOf(read, symbol, day);
    if (price === null && trade !== 0)
      warnings.push(`${symbol} has no price up to ${day}: its value is not in the sums.`);
    return {
      symbol,
      held: have,
      target,
      trade,
      side: trade > 0 ? ('buy' as const) : trade < 0 ? ('sell' as const) : ('none' as const),
      lotSize,
      after: have + trade,
      price,
      value: price === null ? null : trade * price,
      note: listed ? null : others === 'sell' ? 'not in the basket' : 'not in the basket, kept',
    };
  });
  const sumOf = (side: 'buy' | 'sell'): number =>
    rows.reduce((sum, row) => (row.side === side ? sum + Math.abs(row.value ?? 0) : sum), 0);
  const [bought, sold] = [sumOf('buy'), sumOf('sell')];
  const worth = rows.reduce(
    (sum, row) => sum + (inBasket.has(row.symbol) ? row.target * (row.price ?? 0) : 0),
    0,
  );
  if (book !== undefined && stocks.length === 0) warnings.push(`The book ${book} holds no shares.`);
  return {
    basket: headOf(saved),
    asOf: day,
    books: [...new Set(stocks.map((one) => one.book))].sort(),
    allBooks: [...new Set(shares.map((one) => one.book))].sort(),
    rows: rows.sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0)),
    bought,
    sold,
    net: bought - sold,
    turnover: worth > 0 ? Math.max(bought, sold) / worth : 0,
    warnings,
  };
}
