import { addDays, weekday } from '../../shared/dates.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { adjustedRows, chainRows, listingOf, spoilQuotes } from './chains.ts';
import type { QuoteRow, QuoteSide } from './chains.ts';
import { contractFiles } from './book.ts';
import { impliedVols } from './implied.ts';
import type { ImpliedVol } from './implied.ts';
import { indexWeights, sessions, simulateMarket } from './paths.ts';
import type { Market } from './paths.ts';
import { companies, indices } from './universe.ts';

/** A file of the demo market before compression, named as it is stored without `.gz`. */
export interface DemoFile {
  readonly path: string;
  readonly text: string;
  readonly compressed: boolean;
}

const terms = [30, 60, 90, 120, 150, 180];
const historyFrom = '2024-11-15';
const symbols = [...indices.map((index) => index.symbol), ...companies.map((company) => company.symbol)];
const money = (value: number): string => value.toFixed(2);
const lines = (rows: readonly string[]): string => `${rows.join('\n')}\n`;

function pricesFile(market: Market): string {
  const rows = ['symbol,date,open,high,low,close,adj_close,volume'];
  for (const symbol of symbols) {
    (market.bars.get(symbol) ?? []).forEach((bar, day) => {
      const { open, high, low, close, volume } = bar;
      rows.push(
        [symbol, sessions[day], ...[open, high, low, close, close].map(money), String(volume)].join(','),
      );
    });
  }
  return lines(rows);
}

function weightsFile(market: Market): string {
  const rows = ['index,as_of,symbol,weight,shares,sector'];
  const last = sessions.length - 1;
  sessions.forEach((session, day) => {
    const quarterEnds =
      /-(03|06|09|12)-/.test(session) && session.slice(0, 7) !== sessions[day + 1]?.slice(0, 7);
    if (day !== 0 && day !== last && !quarterEnds) return;
    for (const index of indices) {
      for (const [symbol, weight] of indexWeights(index, market, day)) {
        const company = companies.find((candidate) => candidate.symbol === symbol);
        rows.push(
          [
            index.symbol,
            session,
            symbol,
            weight.toFixed(6),
            String((company?.sharesMillions ?? 0) * 1e6),
            company?.sector ?? '',
          ].join(','),
        );
      }
    }
  });
  return lines(rows);
}

function historyFile(implied: ImpliedVol): string {
  const rows = ['symbol,date,tenor_days,iv'];
  for (const symbol of symbols) {
    sessions.forEach((session, day) => {
      if (session < historyFrom) return;
      for (const term of terms) {
        rows.push(`${symbol},${session},${term},${implied(symbol, day, addDays(session, term)).toFixed(4)}`);
      }
    });
  }
  return lines(rows);
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const monthOf = (date: IsoDate): string => months[Number(date.slice(5, 7)) - 1] ?? '';
const expiryText = (date: IsoDate): string =>
  `${weekdays[weekday(date)]} ${monthOf(date).slice(0, 3)} ${date.slice(8)} ${date.slice(0, 4)}`;

const sideText = (side: QuoteSide): string =>
  [
    money(side.last),
    money(side.net),
    money(side.bid),
    money(side.ask),
    String(side.volume),
    side.vol.toFixed(4),
    side.delta.toFixed(4),
    side.gamma.toFixed(4),
    String(side.openInterest),
  ].join(',');

const contractCode = (row: QuoteRow, side: 'C' | 'P'): string =>
  `${row.root}${row.expiry.slice(2).replaceAll('-', '')}${side}${String(Math.round(row.strike * 1000)).padStart(8, '0')}`;

/** The newer layout of the exchange's delayed quote table. */
function quoteTable(market: Market, symbol: string, day: number, rows: readonly QuoteRow[]): string {
  const name = [...indices, ...companies].find((listed) => listed.symbol === symbol)?.name ?? symbol;
  const bars = market.bars.get(symbol) ?? [];
  const [today, before] = [bars[day], bars[day - 1]];
  const close = today?.close ?? 0;
  const date = sessions[day] ?? '';
  const half = listingOf(symbol).isIndex ? 0 : 0.02;
  const when = `${monthOf(date)} ${Number(date.slice(8))}, ${date.slice(0, 4)} at 4:15 PM EST`;
  return lines([
    '',
    `${name},Last: ${money(close)},Change: ${money(close - (before?.close ?? close))}`,
    `"Date: ${when}",Bid: ${money(close - half)},Ask: ${money(close + half)},Size: 4*6,Volume: ${today?.volume ?? 0}`,
    'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest',
    ...rows.map((row) =>
      [
        expiryText(row.expiry),
        contractCode(row, 'C'),
        sideText(row.call),
        money(row.strike),
        contractCode(row, 'P'),
        sideText(row.put),
      ].join(','),
    ),
  ]);
}

function chainFiles(market: Market, implied: ImpliedVol): readonly DemoFile[] {
  const last = sessions.length - 1;
  return symbols.flatMap((symbol) => {
    const before = chainRows(market, implied, symbol, last - 1);
    const today = chainRows(market, implied, symbol, last);
    spoilQuotes(symbol, today, market.bars.get(symbol)?.[last]?.close ?? 0, before);
    const rows = symbol === 'UNDR' ? [...today, ...adjustedRows(today)] : today;
    const fileOf = (day: number, quotes: readonly QuoteRow[]): DemoFile => ({
      path: `chains/${sessions[day]}/${symbol.toLowerCase()}_quotedata.csv`,
      text: quoteTable(market, symbol, day, quotes),
      compressed: true,
    });
    return [fileOf(last - 1, before), fileOf(last, rows)];
  });
}

/** Every file of the demo market, the same bytes each time. */
export function demoFiles(): readonly DemoFile[] {
  const market = simulateMarket();
  const implied = impliedVols(market);
  return [
    { path: 'index_weights.csv', text: weightsFile(market), compressed: false },
    { path: 'prices.csv', text: pricesFile(market), compressed: true },
    { path: 'iv_history.csv', text: historyFile(implied), compressed: true },
    ...chainFiles(market, implied),
    ...contractFiles(market, implied),
  ];
}
