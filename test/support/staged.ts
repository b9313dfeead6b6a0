import type {
  NumberColumn,
  OptionQuoteTable,
  StagedFeed,
  StagedTables,
  TextColumn,
} from '../../main/feeds/staged-feed.ts';

/** A text column of the words given; null is none. */
export function words(values: readonly (string | null)[]): TextColumn {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    dictionary,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))),
  };
}

export const numbers = (values: readonly (number | null)[]): NumberColumn =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

export interface TestQuote {
  readonly symbol: string;
  readonly tradeDate: string;
  readonly expiry: string;
  readonly strike: number;
  readonly optionType: 'call' | 'put';
  readonly bid: number | null;
  readonly ask: number | null;
}

/** Option quotes as a feed would stage them. */
export function optionQuotes(quotes: readonly TestQuote[]): OptionQuoteTable {
  const none = numbers(quotes.map(() => null));
  return {
    rows: quotes.length,
    line: Int32Array.from(quotes, (_, row) => row + 2),
    symbol: words(quotes.map(({ symbol }) => symbol)),
    tradeDate: words(quotes.map(({ tradeDate }) => tradeDate)),
    expiry: words(quotes.map(({ expiry }) => expiry)),
    root: words(quotes.map(({ symbol }) => symbol)),
    settlement: words(quotes.map(() => 'PM')),
    optionType: words(quotes.map(({ optionType }) => optionType)),
    contract: words(
      quotes.map((quote) => `${quote.symbol} ${quote.expiry} ${quote.strike} ${quote.optionType}`),
    ),
    exercise: words(quotes.map(() => 'european')),
    strike: numbers(quotes.map(({ strike }) => strike)),
    bid: numbers(quotes.map(({ bid }) => bid)),
    ask: numbers(quotes.map(({ ask }) => ask)),
    bidSize: none,
    askSize: none,
    last: none,
    settle: none,
    close: none,
    volume: none,
    openInterest: none,
    multiplier: numbers(quotes.map(() => 100)),
    vendorVol: none,
    adjusted: new Uint8Array(quotes.length),
  };
}

let made = 0;

/** A staged file around some tables; every one has bytes of its own. */
export function stagedFeed(tables: StagedTables, more: Partial<StagedFeed> = {}): StagedFeed {
  made += 1;
  const rows = Object.values(tables).reduce(
    (sum: number, table: { readonly rows?: number; readonly length?: number }) =>
      sum + (table.rows ?? table.length ?? 0),
    0,
  );
  return {
    fileName: `file-${made}.csv`,
    format: 'cboe-quote-table',
    formatReason: 'made by a test',
    summary: 'made by a test',
    asOf: '2026-03-27',
    quotedAt: null,
    tables,
    counts: {},
    accepted: rows,
    duplicates: 0,
    rejected: 0,
    rejections: [],
    warnings: [],
    sha256: String(made).padStart(64, '0'),
    bytes: 1,
    seconds: 0,
    ...more,
  };
}
