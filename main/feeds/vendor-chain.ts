import { closingInstant } from '../../shared/calendar.ts';
import { conventionsOf } from '../../shared/option-roots.ts';
import type { Exercise, OptionType } from '../../shared/units.ts';
import type { FeedParser } from './feed-format.ts';
import { columnIndexes } from './header.ts';
import { noQuote, OptionQuotes } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';
import { UnderlierMarks } from './underlier-marks.ts';

/** What one line of a vendor's file says of an option; what it leaves out is none. */
interface VendorOption extends Partial<typeof noQuoteNumbers> {
  readonly optionType: OptionType;
  readonly root: string;
  /** Where the vendor says it; else the root decides. */
  readonly exercise?: Exercise | null;
  readonly adjusted?: boolean;
}

const noQuoteNumbers: Readonly<Record<keyof typeof noQuote, number>> = noQuote;

/** One line: a call, a put or both of a strike, with the underlying's price. */
export interface VendorLine {
  readonly symbol: string;
  readonly tradeDate: string;
  readonly expiry: string;
  readonly strike: number;
  /** NaN where there is none. */
  readonly spot: number;
  readonly quotedAt: string | null;
  readonly options: readonly VendorOption[];
}

/** Reads a chain of one vendor's layout: `read` maps a line, the rest is common. */
export function vendorChainParser<Name extends string>(spec: {
  readonly header: readonly string[];
  readonly aliases: Readonly<Record<Name, readonly string[]>>;
  readonly spotSource: string;
  readonly notes: readonly string[];
  /** Faults go to `row.fail`. */
  readonly read: (row: RowReader, at: Readonly<Record<Name, number>>) => VendorLine;
}): FeedParser {
  const at = columnIndexes(spec.header, spec.aliases);
  const widest = Math.max(...Object.values<number>(at));
  const quotes = new OptionQuotes();
  const marks = new UnderlierMarks();
  const row = new RowReader();
  let quotedAt: string | null = null;
  return {
    take: (record) => {
      if (record.fields.length <= widest)
        return `has ${record.fields.length} of ${spec.header.length} columns`;
      row.start(record.fields);
      const line = spec.read(row, at);
      if (row.problem !== null) return row.problem;
      const { options, spot, quotedAt: stamp, ...shared } = line;
      const problems: string[] = [];
      for (const option of options) {
        const conventions = conventionsOf(option.root);
        const problem = quotes.add({
          ...noQuote,
          ...shared,
          ...option,
          line: record.line,
          settlement: conventions.settlement,
          multiplier: conventions.multiplier,
          exercise: option.exercise ?? conventions.exercise,
          adjusted: option.adjusted === true || conventions.adjusted,
        });
        if (problem !== null)
          problems.push(options.length > 1 ? `${option.optionType}: ${problem}` : problem);
      }
      if (problems.length < options.length) {
        marks.add({ ...shared, line: record.line, spot, quotedAt: stamp, source: spec.spotSource });
        if (stamp !== null && (quotedAt === null || stamp > quotedAt)) quotedAt = stamp;
      }
      return problems.length === 0 ? null : problems.join('; ');
    },
    finish: () => ({
      tables: { optionQuotes: quotes.finish(), underlierMarks: marks.finish() },
      counts: { 'option-quote': quotes.rows },
      duplicates: quotes.duplicates,
      summary: quotes.rows === 0 ? '' : quotes.summary(),
      asOf: quotes.newestDay(),
      quotedAt,
      warnings: [...spec.notes, ...quotes.warnings()],
    }),
  };
}

/** Call or put of a word or letter; a fault and a call where it is neither. */
export function optionTypeAt(row: RowReader, index: number): OptionType {
  const word = row.text(index)?.toLowerCase() ?? '';
  if (word === 'call' || word === 'c') return 'call';
  if (word !== 'put' && word !== 'p') row.fail(`option type is neither call nor put: ${row.raw(index)}`);
  return 'put';
}

/** An index's name without the vendor's caret. */
export const withoutCaret = (symbol: string): string => symbol.replace(/^[\^$.]/, '').toUpperCase();

/** The instant some minutes before the close in New York. */
export const beforeClose = (tradeDate: string, minutes: number): string =>
  `${new Date(closingInstant('NYSE', tradeDate) - minutes * 60_000).toISOString().slice(0, 19)}Z`;
