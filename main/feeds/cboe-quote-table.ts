import { failure } from '../../shared/failure.ts';
import { conventionsOf } from '../../shared/option-roots.ts';
import { fail, ok } from '../../shared/result.ts';
import { parseOptionSymbol } from '../../shared/symbols.ts';
import { filedUnder, instantOf, preambleOf } from './cboe-preamble.ts';
import type { Preamble } from './cboe-preamble.ts';
import type { CsvRecord, Detection, FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, headerKey, headerOf, unusedSymbol } from './header.ts';
import { noQuote, OptionQuotes, zeroIsNone } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';
import { UnderlierMarks } from './underlier-marks.ts';

const sideAliases = {
  last: ['Last Sale'],
  bid: ['Bid'],
  ask: ['Ask'],
  volume: ['Volume', 'Vol'],
  vol: ['IV'],
  openInterest: ['Open Interest', 'Open Int'],
};

type Side = Readonly<Record<keyof typeof sideAliases | 'contract', number>>;

/** The two halves of the header around `Strike`: their names repeat. */
function sidesOf(header: readonly string[]): {
  readonly strike: number;
  readonly call: Side;
  readonly put: Side;
} {
  const strike = header.findIndex((name) => headerKey(name) === 'strike');
  const masked = (keep: (at: number) => boolean): readonly string[] =>
    header.map((name, at) => (keep(at) ? name : ''));
  const left = columnIndexes(
    masked((at) => at < strike),
    { ...sideAliases, contract: ['Calls'] },
  );
  const right = columnIndexes(
    masked((at) => at > strike),
    { ...sideAliases, contract: ['Puts'] },
  );
  return { strike, call: left, put: right };
}

const groups = ['Expiration Date', 'Calls', 'Puts', 'Strike', 'Bid', 'Ask'];
const reason =
  'its header has Calls, Strike and Puts with their quotes on either side, as the Cboe quote table';

function parserOf(
  header: readonly string[],
  preamble: Preamble,
  facts: {
    readonly tradeDate: string;
    readonly symbol: string | null;
    readonly headerLine: number;
    readonly notes: readonly string[];
  },
): FeedParser {
  const { strike: strikeAt, call, put } = sidesOf(header);
  const quotes = new OptionQuotes();
  const marks = new UnderlierMarks();
  const row = new RowReader();
  const { tradeDate } = facts;
  const quotedAt = preamble.stamp === null ? null : instantOf(preamble.stamp);
  const widest = Math.max(...Object.values(put), ...Object.values(call));

  const side = (
    record: CsvRecord,
    columns: Side,
    type: 'call' | 'put',
    key: { readonly expiry: string; readonly strike: number },
  ): string | null => {
    const { expiry, strike } = key;
    const name = row.text(columns.contract);
    const parsed = parseOptionSymbol(name ?? '');
    if (!parsed.ok) return `symbol cannot be read: ${name ?? 'empty'}`;
    const option = parsed.value;
    if (option.optionType !== type || option.expiry !== expiry || Math.abs(option.strike - strike) > 1e-6)
      return `symbol ${name} does not agree with expiry ${expiry} and strike ${strike}`;
    const conventions = conventionsOf(option.root);
    const symbol = facts.symbol ?? conventions.underlying;
    const quote = {
      ...noQuote,
      ...conventions,
      exercise: conventions.exercise ?? (preamble.isIndex ? 'european' : null),
      line: record.line,
      symbol,
      tradeDate,
      expiry,
      root: option.root,
      optionType: type,
      strike,
      bid: row.notNegative(columns.bid, 'bid'),
      ask: zeroIsNone(row.notNegative(columns.ask, 'ask')),
      last: zeroIsNone(row.notNegative(columns.last, 'last')),
      volume: row.notNegative(columns.volume, 'volume'),
      openInterest: row.notNegative(columns.openInterest, 'open interest'),
      vendorVol: zeroIsNone(row.notNegative(columns.vol, 'IV')),
    };
    if (row.problem !== null) return row.problem;
    const problem = quotes.add(quote);
    if (problem !== null) return problem;
    marks.add({
      line: facts.headerLine,
      symbol,
      tradeDate,
      spot: preamble.spot,
      quotedAt,
      source: 'last price in the preamble of the quote table',
      name: preamble.name,
    });
    return null;
  };

  return {
    take: (record) => {
      if (record.fields.length <= widest) return `has ${record.fields.length} of ${header.length} columns`;
      row.start(record.fields);
      const expiry = row.requiredDate(0, 'expiration date');
      const strike = row.requiredNumber(strikeAt, 'strike');
      if (row.problem !== null) return row.problem;
      const callProblem = side(record, call, 'call', { expiry, strike });
      row.start(record.fields);
      const putProblem = side(record, put, 'put', { expiry, strike });
      // One side stands without the other; a line that lost both, or one, is named once.
      const problems = [
        ...(callProblem === null ? [] : [`call: ${callProblem}`]),
        ...(putProblem === null ? [] : [`put: ${putProblem}`]),
      ];
      return problems.length === 0 ? null : problems.join('; ');
    },
    finish: () => ({
      tables: { optionQuotes: quotes.finish(), underlierMarks: marks.finish() },
      counts: { 'option-quote': quotes.rows },
      duplicates: quotes.duplicates,
      summary: quotes.summary(),
      asOf: tradeDate,
      quotedAt,
      warnings: [
        ...facts.notes,
        ...(Number.isNaN(preamble.spot) ? ['The file states no spot price of the underlying.'] : []),
        ...quotes.warnings(),
      ],
    }),
  };
}

/** Cboe delayed quote table, both generations. */
export const cboeQuoteTable: FeedFormat = {
  format: 'cboe-quote-table',
  expects: 'Expiration Date, Calls, Bid, Ask, Strike, Puts, Bid, Ask',
  detect: (head) => detectHeader(head, groups, reason, 10),
  open: (head: readonly CsvRecord[], detection: Detection, options) => {
    const header = headerOf(head, detection);
    const preamble = preambleOf(head.slice(0, detection.headerIndex));
    const { stamp } = preamble;
    const { tradeDate, note } = filedUnder(stamp, options.asOf);
    if (tradeDate === null)
      return fail(
        failure('symbol-required', options.fileName, { what: 'which day its quotes are of (as-of date)' }),
      );
    return ok(
      parserOf(header, preamble, {
        tradeDate,
        symbol: preamble.ticker,
        headerLine: head[detection.headerIndex]?.line ?? 1,
        notes: [...note, ...unusedSymbol(options.symbol)],
      }),
    );
  },
};
