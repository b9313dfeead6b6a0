import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { TableBuilder } from './columns.ts';
import type { FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, hasColumns, headerOf, unusedSymbol } from './header.ts';
import { coverage, newest } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';

const aliases = {
  symbol: ['symbol', 'ticker'],
  date: ['date', 'quotedate', 'quote_date'],
  tenor: ['tenor_days', 'term_days', 'days'],
  vol: ['iv', 'vol', 'implied_vol'],
  vol30: ['iv30mean', 'iv30'],
};

/** Above this a volatility is more likely a per cent figure without its sign. */
const highestVol = 10;

function parserOf(header: readonly string[], only: string | null, notes: readonly string[]): FeedParser {
  const at = columnIndexes(header, aliases);
  const thirty = at.tenor < 0;
  const volColumn = thirty ? at.vol30 : at.vol;
  const table = new TableBuilder({
    text: ['symbol', 'date'] as const,
    number: ['termDays', 'vol'] as const,
  });
  const row = new RowReader();
  const terms = new Set<number>();
  return {
    take: (record) => {
      if (record.fields.length <= Math.max(volColumn, at.tenor, at.date))
        return `has ${record.fields.length} of ${header.length} columns`;
      row.start(record.fields);
      const date = row.requiredDate(at.date, 'date');
      const symbol = only ?? row.requiredSymbol(at.symbol, 'symbol');
      const termDays = thirty ? 30 : row.requiredNumber(at.tenor, 'tenor_days');
      if (!(termDays >= 1) && row.problem === null) row.fail(`tenor_days is below one: ${termDays}`);
      const vol = row.fraction(volColumn, 'iv');
      if (Number.isNaN(vol)) row.fail('iv is missing');
      if (vol === 0) row.fail('iv is 0, which means none');
      if (vol < 0) row.fail(`iv is negative: ${vol}`);
      if (vol > highestVol) row.fail(`iv ${vol} is above ${highestVol}: write 0.2 or 20% for 20 per cent`);
      if (row.problem !== null) return row.problem;
      const to = table.claim(`${symbol} ${date} ${termDays}`, record.line);
      terms.add(termDays);
      table.text.symbol.set(to, symbol);
      table.text.date.set(to, date);
      table.number.termDays.set(to, termDays);
      table.number.vol.set(to, vol);
      return null;
    },
    finish: () => {
      const days = table.text.date.texts();
      const termList = [...terms].toSorted((a, b) => a - b).join(', ');
      return {
        tables: { volHistory: table.finish() },
        counts: { 'implied-vol': table.rows },
        duplicates: table.duplicates,
        summary: `${coverage({ symbols: table.text.symbol.texts(), days })}; terms of ${termList} days`,
        asOf: newest(days),
        quotedAt: null,
        warnings: [
          ...notes,
          ...(table.duplicates > 0
            ? [
                `${table.duplicates} rows repeat a symbol, day and term of an earlier row; the last one stands.`,
              ]
            : []),
        ],
      };
    },
  };
}

/** Implied volatilities of constant terms, decimal or with a % sign. */
export const volatilityHistory: FeedFormat = {
  format: 'volatility-history',
  expects: 'symbol, date, tenor_days, iv; or symbol, quotedate, iv30mean',
  detect: (head) =>
    detectHeader(
      head,
      [aliases.date, aliases.tenor, aliases.vol],
      'its header has a date, a tenor and an iv',
      1,
    ) ?? detectHeader(head, [aliases.date, aliases.vol30], 'its header has a date and a 30-day iv', 1),
  open: (head, detection, options) => {
    const header = headerOf(head, detection);
    const named = hasColumns(header, [aliases.symbol]);
    if (!named && options.symbol === null)
      return fail(
        failure('symbol-required', options.fileName, { what: 'whose volatilities it holds (symbol)' }),
      );
    return ok(
      named ? parserOf(header, null, unusedSymbol(options.symbol)) : parserOf(header, options.symbol, []),
    );
  },
};
