import { ok } from '../../shared/result.ts';
import type { FeedFormat, FeedParser } from './feed-format.ts';
import { FutureQuotes } from './future-quotes.ts';
import { columnIndexes, detectHeader, headerOf, unusedSymbol } from './header.ts';
import { newest, nameSome, noQuote, OptionQuotes, zeroIsNone } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';
import { UnderlierMarks } from './underlier-marks.ts';

/** Our layout of it, and the exchange's own names since July 2024. */
const aliases = {
  date: ['date', 'TradDt'],
  symbol: ['symbol', 'TckrSymb'],
  instrument: ['instr', 'FinInstrmTp'],
  expiry: ['expiry', 'XpryDt'],
  strike: ['strike', 'StrkPric'],
  side: ['cp', 'OptnTp'],
  close: ['close', 'ClsPric'],
  last: ['last', 'LastPric'],
  underlying: ['underlying', 'UndrlygPric'],
  settle: ['settle', 'SttlmPric'],
  openInterest: ['oi', 'OpnIntrst'],
  volume: ['volume', 'TtlTradgVol'],
  lot: ['lot', 'NewBrdLotQty'],
};

const groups = Object.entries(aliases)
  .filter(([name]) => name !== 'underlying' && name !== 'last')
  .map(([, names]) => names);

function parserOf(header: readonly string[], notes: readonly string[]): FeedParser {
  const at = columnIndexes(header, aliases);
  const widest = Math.max(...Object.values(at));
  const options = new OptionQuotes();
  const futures = new FutureQuotes();
  const marks = new UnderlierMarks();
  const row = new RowReader();
  return {
    take: (record) => {
      if (record.fields.length <= widest) return `has ${record.fields.length} of ${header.length} columns`;
      row.start(record.fields);
      const instrument = row.requiredText(at.instrument, 'instrument').toUpperCase();
      const symbol = row.requiredSymbol(at.symbol, 'symbol');
      const tradeDate = row.requiredDate(at.date, 'date');
      const expiry = row.requiredDate(at.expiry, 'expiry');
      const multiplier = row.requiredNumber(at.lot, 'lot');
      const spot = row.notNegative(at.underlying, 'underlying');
      const common = {
        line: record.line,
        symbol,
        tradeDate,
        expiry,
        multiplier,
        last: zeroIsNone(row.notNegative(at.last, 'last')),
        close: zeroIsNone(row.notNegative(at.close, 'close')),
        settle: zeroIsNone(row.notNegative(at.settle, 'settle')),
        volume: row.notNegative(at.volume, 'volume'),
        // The exchange counts units of the underlying; a contract is a lot of them.
        openInterest: row.notNegative(at.openInterest, 'oi') / multiplier,
      };
      let problem: string | null;
      if (instrument === 'IDO' || instrument === 'STO') {
        const side = row.requiredText(at.side, 'cp').toUpperCase();
        if (side !== 'CE' && side !== 'PE') row.fail(`cp is neither CE nor PE: ${side}`);
        const strike = row.requiredNumber(at.strike, 'strike');
        if (row.problem !== null) return row.problem;
        problem = options.add({
          ...noQuote,
          ...common,
          strike,
          root: symbol,
          settlement: 'PM',
          exercise: 'european',
          optionType: side === 'CE' ? 'call' : 'put',
          adjusted: false,
        });
      } else if (instrument === 'IDF' || instrument === 'STF') {
        if (row.problem !== null) return row.problem;
        problem = futures.add({ ...common, bid: Number.NaN, ask: Number.NaN });
      } else {
        return row.problem ?? `instrument is none of IDF, STF, IDO, STO: ${instrument}`;
      }
      if (problem === null)
        marks.add({
          line: record.line,
          symbol,
          tradeDate,
          spot,
          quotedAt: null,
          source: 'underlying column of the bhavcopy',
        });
      return problem;
    },
    finish: () => {
      const optionQuotes = options.finish();
      const futureQuotes = futures.finish();
      const days = [...optionQuotes.tradeDate.dictionary, ...futureQuotes.tradeDate.dictionary];
      const disagreements = [...marks.disagreements];
      return {
        tables: { optionQuotes, futureQuotes, underlierMarks: marks.finish() },
        counts: { 'option-quote': options.rows, 'future-quote': futures.rows },
        duplicates: options.duplicates + futures.duplicates,
        summary: options.rows > 0 ? options.summary() : futures.summary(),
        asOf: newest(days),
        quotedAt: null,
        warnings: [
          ...notes,
          'The file has no bid or ask: marks are settlement prices and a spread model stands in for the two sides.',
          ...(disagreements.length > 0
            ? [
                `The underlying's price differs between rows of one day: ${nameSome(disagreements)}; the first stands.`,
              ]
            : []),
          ...options.warnings(),
        ],
      };
    },
  };
}

/** NSE India end of day for futures and options. */
export const nseBhavcopy: FeedFormat = {
  format: 'nse-bhavcopy',
  expects: 'date, symbol, instr, expiry, strike, cp, close, settle, oi, volume, lot',
  detect: (head) =>
    detectHeader(
      head,
      groups,
      'its header has instr, expiry, strike, cp, settle and lot, as the NSE bhavcopy',
    ),
  open: (head, detection, options) => ok(parserOf(headerOf(head, detection), unusedSymbol(options.symbol))),
};
