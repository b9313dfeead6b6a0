import { openingInstant, sessionOnOrBefore } from '../../shared/calendar.ts';
import { addDays } from '../../shared/dates.ts';
import { failure } from '../../shared/failure.ts';
import { conventionsOf } from '../../shared/option-roots.ts';
import { fail, ok } from '../../shared/result.ts';
import { parseOptionSymbol } from '../../shared/symbols.ts';
import { dateOf, numberOf } from './cells.ts';
import type { CsvRecord, Detection, FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, headerKey, headerOf } from './header.ts';
import { noQuote, OptionQuotes, zeroIsNone } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';
import { UnderlierMarks } from './underlier-marks.ts';

/** Clock time in New York, `2022-02-05` and minutes after midnight, with the offset where it is named. */
interface Stamp {
  readonly date: string;
  readonly minutes: number;
  readonly zone: string;
}

const openingMinutes = 570;

/** `February 5 2022, 8:26 PM EST`, `August 29, 2026 at 3:19 PM EDT` or `Mar 22 2020 @ 18:24 ET`. */
const stampPattern = /([A-Za-z]{3,9} \d{1,2},? \d{4})(?:,| at| @)? *(\d{1,2}):(\d{2}) *(AM|PM)? *(E[SD]?T)/i;

function stampOf(text: string): Stamp | null {
  const match = stampPattern.exec(text);
  const date = dateOf(match?.[1] ?? '');
  if (match === null || date === null) return null;
  const [, , hourText, minuteText, half, zone = 'ET'] = match;
  const hour = Number(hourText) % (half === undefined ? 24 : 12);
  const minutes = (hour + (half?.toUpperCase() === 'PM' ? 12 : 0)) * 60 + Number(minuteText);
  return { date, minutes, zone: zone.toUpperCase() };
}

/** As an instant. `ET` takes the offset that New York's opening has on that day. */
function instantOf(stamp: Stamp): string {
  const opening = openingInstant('NYSE', stamp.date);
  const named = stamp.zone === 'EDT' ? 240 : stamp.zone === 'EST' ? 300 : null;
  const milliseconds =
    named === null
      ? opening + (stamp.minutes - openingMinutes) * 60_000
      : Date.parse(`${stamp.date}T00:00:00Z`) + (stamp.minutes + named) * 60_000;
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/**
 * The market day that quotes belong to: the last New York session on or before the stamp, and before it
 * where the stamp is earlier than that session's opening.
 */
function marketDayOf(stamp: Stamp): string {
  const session = sessionOnOrBefore('NYSE', stamp.date);
  return session === stamp.date && stamp.minutes < openingMinutes
    ? sessionOnOrBefore('NYSE', addDays(stamp.date, -1))
    : session;
}

interface Preamble {
  /** `SPX` of `^SPX (Standard & Poors 500 Index)`, where the file names it. */
  readonly ticker: string | null;
  /** The name ends with `Index`. */
  readonly isIndex: boolean;
  readonly spot: number;
  readonly stamp: Stamp | null;
}

/** The lines above the header: a name with the last price, and a time stamp with bid and ask. */
function preambleOf(records: readonly CsvRecord[]): Preamble {
  const stampLine = records.findIndex((record) => stampOf(record.text) !== null);
  const nameLine = records[stampLine > 0 ? stampLine - 1 : 0]?.fields ?? [];
  const priceCell = nameLine.find((cell) => /^\s*last:/i.test(cell)) ?? nameLine[1] ?? '';
  const spot = numberOf(priceCell.replace(/^\s*last:/i, ''));
  const name = nameLine[0]?.trim() ?? '';
  const ticker = /^\^?([A-Z]{1,6}) \(/.exec(name)?.[1] ?? /\(([A-Z]{1,6})\)/.exec(name)?.[1];
  return {
    ticker: ticker ?? null,
    isIndex: /\bindex\)?$/i.test(name),
    spot: spot === undefined || !(spot > 0) ? Number.NaN : spot,
    stamp: stampLine < 0 ? null : stampOf(records[stampLine]?.text ?? ''),
  };
}

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
    readonly firstWarning: string | null;
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
        ...(facts.firstWarning === null ? [] : [facts.firstWarning]),
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
    const tradeDate = options.asOf ?? (stamp === null ? null : marketDayOf(stamp));
    if (tradeDate === null)
      return fail(
        failure('symbol-required', options.fileName, { what: 'which day its quotes are of (as-of date)' }),
      );
    const firstWarning =
      stamp !== null && stamp.date !== tradeDate
        ? options.asOf === null
          ? `The file was taken on ${stamp.date}, not during a session: its quotes are those of the market day before, ${tradeDate}.`
          : `The file was taken on ${stamp.date}; its quotes are filed under ${tradeDate} as asked.`
        : null;
    return ok(
      parserOf(header, preamble, {
        tradeDate,
        symbol: options.symbol ?? preamble.ticker,
        headerLine: head[detection.headerIndex]?.line ?? 1,
        firstWarning,
      }),
    );
  },
};
