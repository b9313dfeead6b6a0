import type { IsoDate } from '../../../../shared/dates.ts';
import type {
  ChainInput,
  ExpiryQuotes,
  MarkChoice,
  SideQuotes,
} from '../../../../shared/quant/chain/chain-input.ts';
import { readableSymbol } from '../../../../shared/symbols.ts';
import type { FutureQuote, OptionQuoteColumns, Readers } from '../../../store/index.ts';
import { manualInputs } from './manual-inputs.ts';
import { calendarOf } from './prices.ts';

/** A side's columns while they fill; the finished side is read-only. */
type Filling = {
  -readonly [Key in keyof SideQuotes]: SideQuotes[Key] extends readonly (infer Cell)[] ? Cell[] : never;
};

const emptySide = (): Filling => ({
  contract: [],
  bid: [],
  ask: [],
  last: [],
  settlement: [],
  volume: [],
  openInterest: [],
  excluded: [],
});

const pushNothing = (side: Filling): void => {
  side.contract.push(null);
  side.bid.push(null);
  side.ask.push(null);
  side.last.push(null);
  side.settlement.push(null);
  side.volume.push(null);
  side.openInterest.push(null);
  side.excluded.push(false);
};

interface Builder {
  readonly head: Omit<ExpiryQuotes, 'strikes' | 'call' | 'put'>;
  readonly strikes: number[];
  readonly call: Filling;
  readonly put: Filling;
}

/** The terms that implied volatilities are kept for, calendar days (features D1). */
export const usualTerms: readonly number[] = [10, 20, 30, 60, 90, 120, 150, 180];

/** Stable key of an expiry within a chain. */
export const expiryKeyOf = (expiry: IsoDate, root: string): string => `${expiry}:${root}`;

/** The day's quotes grouped by expiry and root, strikes ascending; a side that is not listed is null. */
export function expiriesOf(quotes: OptionQuoteColumns, excluded: ReadonlySet<string>): ExpiryQuotes[] {
  const builders = new Map<string, Builder>();
  for (let row = 0; row < quotes.rows; row += 1) {
    const expiry = quotes.expiryDate[row] ?? '';
    const root = quotes.root[row] ?? quotes.symbol;
    const key = expiryKeyOf(expiry, root);
    let builder = builders.get(key);
    if (builder === undefined) {
      const settlement = quotes.settlement[row] ?? 'PM';
      builder = {
        head: { key, expiry, root, settlement, multiplier: quotes.multiplier[row] ?? 1 },
        strikes: [],
        call: emptySide(),
        put: emptySide(),
      };
      builders.set(key, builder);
    }
    const strike = quotes.strike[row] ?? 0;
    if (builder.strikes.at(-1) !== strike) {
      builder.strikes.push(strike);
      pushNothing(builder.call);
      pushNothing(builder.put);
    }
    const optionType = quotes.optionType[row] ?? 'call';
    const side = builder[optionType];
    const at = builder.strikes.length - 1;
    const contract = readableSymbol({ root, expiry, optionType, strike });
    side.contract[at] = contract;
    side.bid[at] = quotes.bid[row] ?? null;
    side.ask[at] = quotes.ask[row] ?? null;
    side.last[at] = quotes.last[row] ?? null;
    side.settlement[at] = quotes.settle[row] ?? quotes.close[row] ?? null;
    side.volume[at] = quotes.volume[row] ?? null;
    side.openInterest[at] = quotes.openInterest[row] ?? null;
    side.excluded[at] = (quotes.adjusted[row] ?? false) || excluded.has(contract);
  }
  return [...builders.values()].map(({ head, strikes, call, put }) => ({ ...head, strikes, call, put }));
}

const futurePrice = (future: FutureQuote): number | null => {
  if (future.bid !== null && future.ask !== null && future.bid > 0 && future.ask >= future.bid) {
    return (future.bid + future.ask) / 2;
  }
  return [future.settle, future.close, future.last].find((price) => price !== null && price > 0) ?? null;
};

export interface ChainSource {
  readonly input: ChainInput;
  readonly currency: string;
  readonly name: string;
  readonly quotedAt: string | null;
  readonly source: string;
  readonly spotSource: string;
}

/** Everything the desk knows of one name's chain on one day, as the core wants it. */
export function chainSource(read: Readers, symbol: string, day: IsoDate, mark: MarkChoice): ChainSource {
  const underlier = read.underliers.find(symbol);
  const currency = underlier?.currency ?? 'USD';
  const quotes = read.quotes.chain(symbol, day);
  const stated = read.quotes.spot(symbol, day);
  const close = read.prices.closeOn(symbol, day);
  const spotIsClose = stated === null && close !== null && close.date === day;
  const exercise =
    quotes.exercise.find((style) => style !== null) ??
    (underlier?.kind === 'index' ? 'european' : 'american');
  const expiries = expiriesOf(
    quotes,
    new Set(read.quotes.exclusions(symbol, day).map(({ contract }) => contract)),
  );
  const { price, ...manual } = manualInputs(read, symbol, day, expiries);
  return {
    currency,
    name: underlier?.name ?? symbol,
    quotedAt: stated?.quotedAt ?? null,
    source: stated?.fileName ?? 'imported quotes',
    spotSource:
      price !== null
        ? `set by hand: ${price.reason}`
        : stated !== null
          ? stated.source
          : spotIsClose
            ? `daily close of ${close.date}`
            : 'none',
    input: {
      symbol,
      asOf: day,
      quotedAt: stated?.quotedAt ?? null,
      spot: price?.value ?? stated?.spot ?? (spotIsClose ? close.close : null),
      exercise,
      mark,
      calendar: calendarOf(currency),
      futures: read.quotes.futures(symbol, day).flatMap((future) => {
        const price = futurePrice(future);
        return price === null ? [] : [{ expiry: future.expiryDate, price }];
      }),
      rates: null,
      ivTerms: usualTerms,
      ...manual,
      expiries,
    },
  };
}
