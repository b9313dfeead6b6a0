import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { TableBuilder } from './columns.ts';
import type { FeedFormat, FeedOptions, FeedParser } from './feed-format.ts';
import { columnIndexes, hasColumns, headerOf, unusedSymbol } from './header.ts';
import { coverage, newest, zeroIsNone } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';

const aliases = {
  date: ['date', 'quotedate', 'quote_date', 'trade_date'],
  symbol: ['symbol', 'ticker'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  adjustedClose: ['adjusted', 'adjusted_close', 'adj_close'],
  volume: ['volume'],
  dividend: ['dividend', 'dividends'],
  split: ['split', 'stock_splits', 'split_factor'],
};

const numbers = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume', 'dividend', 'split'] as const;

type Bar = Readonly<Record<(typeof numbers)[number], number>>;

/** A whole word of capitals names the symbol: `AAPL.csv`, `^DJI.csv`; anything longer says nothing. */
const symbolInName = (fileName: string): string | null =>
  /^(\^?[A-Z][A-Z.&-]{0,9})\.(?:csv|txt)(?:\.gz)?$/.exec(fileName)?.[1]?.replace(/^\^/, '') ?? null;

/** Why a bar cannot be true; null where it can. A missing part is not judged. */
function barProblem(bar: Bar): string | null {
  const { open, high, low, close } = bar;
  for (const name of ['open', 'high', 'low', 'close', 'adjustedClose'] as const)
    if (bar[name] <= 0) return `${name} is not above zero: ${bar[name]}`;
  if (bar.split <= 0) return `split is not above zero: ${bar.split}`;
  if (high < low) return `high ${high} is below low ${low}`;
  // Files with many decimals carry the noise of an adjustment: a billionth is no contradiction.
  const [ceiling, floor] = [high * (1 + 1e-9), low * (1 - 1e-9)];
  if (close > ceiling) return `close ${close} is above high ${high}`;
  if (close < floor) return `close ${close} is below low ${low}`;
  if (open > ceiling) return `open ${open} is above high ${high}`;
  if (open < floor) return `open ${open} is below low ${low}`;
  return null;
}

function parserOf(header: readonly string[], only: string | null, notes: readonly string[]): FeedParser {
  const at = columnIndexes(header, aliases);
  const needed = Math.max(at.date, at.symbol, at.close, at.open, at.high, at.low);
  const table = new TableBuilder({ text: ['symbol', 'date'] as const, number: numbers });
  const row = new RowReader();
  return {
    take: (record) => {
      if (record.fields.length <= needed) return `has ${record.fields.length} of ${header.length} columns`;
      row.start(record.fields);
      const date = row.requiredDate(at.date, 'date');
      const symbol = only ?? row.requiredSymbol(at.symbol, 'symbol');
      const bar: Bar = {
        open: zeroIsNone(row.number(at.open, 'open')),
        high: zeroIsNone(row.number(at.high, 'high')),
        low: zeroIsNone(row.number(at.low, 'low')),
        close: row.requiredNumber(at.close, 'close'),
        adjustedClose: row.number(at.adjustedClose, 'adjusted close'),
        volume: row.notNegative(at.volume, 'volume'),
        dividend: row.notNegative(at.dividend, 'dividend'),
        split: row.number(at.split, 'split'),
      };
      const problem = row.problem ?? barProblem(bar);
      if (problem !== null) return problem;
      const to = table.claim(`${symbol} ${date}`, record.line);
      table.text.symbol.set(to, symbol);
      table.text.date.set(to, date);
      for (const name of numbers) table.number[name].set(to, bar[name]);
      return null;
    },
    finish: () => {
      const days = table.text.date.texts();
      return {
        tables: { dailyPrices: table.finish() },
        counts: { 'daily-price': table.rows },
        duplicates: table.duplicates,
        summary: table.rows === 0 ? '' : coverage({ symbols: table.text.symbol.texts(), days }),
        asOf: newest(days),
        quotedAt: null,
        warnings: [
          ...notes,
          ...(table.duplicates > 0
            ? [`${table.duplicates} rows repeat a symbol and day of an earlier row; the last one stands.`]
            : []),
        ],
      };
    },
  };
}

const foreign = ['expiry', 'expiration', 'strike', 'index', 'weight', 'optionsymbol', 'contract', 'quantity'];

/** Daily prices of one or many symbols, with or without open, high, low, volume, dividends and splits. */
export const dailyPrices: FeedFormat = {
  format: 'daily-prices',
  expects: 'date, symbol, close (and open, high, low, volume, adjusted_close, dividend, split)',
  detect: (head) => {
    const header = head[0]?.fields ?? [];
    const matches =
      hasColumns(header, [aliases.date, aliases.close]) &&
      !foreign.some((name) => hasColumns(header, [name]));
    return matches
      ? { headerIndex: 0, reason: 'its header has a date and a close, and no option column' }
      : null;
  },
  open: (head, detection, options: FeedOptions) => {
    const header = headerOf(head, detection);
    if (columnIndexes(header, aliases).symbol >= 0)
      return ok(parserOf(header, null, unusedSymbol(options.symbol)));
    const named = options.symbol ?? symbolInName(options.fileName);
    if (named === null)
      return fail(failure('symbol-required', options.fileName, { what: 'whose prices it holds (symbol)' }));
    const notes = options.symbol === null ? [`The symbol ${named} is taken from the file's name.`] : [];
    return ok(parserOf(header, named, notes));
  },
};
