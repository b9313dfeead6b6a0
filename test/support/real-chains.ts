import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ChainInput, ExpiryQuotes } from '../../shared/quant/chain/chain-input.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function isoOf(text: string): string {
  if (text.includes('/')) return `${text.slice(6)}-${text.slice(0, 2)}-${text.slice(3, 5)}`;
  const [, month, day, year] = text.split(' ');
  return `${year}-${String(months.indexOf(month!) + 1).padStart(2, '0')}-${day}`;
}

/** The exchange's quote table of a day. Its columns: date, call, last, net, bid, ask, volume, IV, delta, gamma, OI, strike, put … */
export function quoteTable(path: string, symbol: string, asOf: string): ChainInput {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  const header = lines.findIndex((line) => line.startsWith('Expiration'));
  const spot = Number(
    /Last: ([\d.]+)/.exec(lines.join('\n'))?.[1] ?? /,([\d.]+),/.exec(lines.slice(0, 2).join('\n'))![1],
  );
  const groups = new Map<string, string[][]>();
  for (const line of lines.slice(header + 1)) {
    const cells = line.split(',');
    if (cells.length < 20) continue;
    const key = `${isoOf(cells[0]!)}:${/^[A-Z]+/.exec(cells[1]!)![0]}`;
    groups.set(key, [...(groups.get(key) ?? []), cells]);
  }
  const expiries = [...groups].map(([key, rows]): ExpiryQuotes => {
    const side = (first: number) => ({
      contract: rows.map((row) => row[first]!),
      last: rows.map((row) => Number(row[first + 1])),
      bid: rows.map((row) => Number(row[first + 3])),
      ask: rows.map((row) => Number(row[first + 4])),
      settlement: rows.map(() => null),
      volume: rows.map((row) => Number(row[first + 5])),
      openInterest: rows.map((row) => Number(row[first + 9])),
      excluded: rows.map(() => false),
    });
    const [expiry, root] = key.split(':') as [string, string];
    const settlement = root === 'SPX' || root === 'NDX' ? 'AM' : 'PM';
    const strikes = rows.map((row) => Number(row[11]));
    return { key, expiry, root, settlement, multiplier: 100, strikes, call: side(1), put: side(12) };
  });
  return {
    symbol,
    asOf,
    quotedAt: null,
    spot,
    exercise: 'european',
    mark: 'mid',
    calendar: 'NYSE',
    futures: [],
    rates: null,
    expiries,
  };
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** date, symbol, instrument, expiry, strike, CE/PE, open … close, last, previous, underlying, settle, OI, change, volume … */
export function indianChains(path: string, asOf: string): ChainInput[] {
  const rows = gunzipSync(readFileSync(path))
    .toString()
    .split(/\r?\n/)
    .filter((line) => line.startsWith(asOf))
    .map((line) => line.split(','));
  const number = (text: string | undefined): number | null =>
    text === undefined || text === '' ? null : Number(text);
  return [...groupBy(rows, (row) => row[1]!)].map(([symbol, mine]): ChainInput => {
    const options = mine.filter((row) => row[5] !== '');
    const expiries = [...groupBy(options, (row) => row[3]!)].map(([expiry, listed]): ExpiryQuotes => {
      const strikes = [...new Set(listed.map((row) => Number(row[4])))].sort((a, b) => a - b);
      const side = (type: string) => {
        const byStrike = new Map(listed.filter((row) => row[5] === type).map((row) => [Number(row[4]), row]));
        const column = (at: number) => strikes.map((strike) => number(byStrike.get(strike)?.[at]));
        const nothing = strikes.map(() => null);
        return {
          contract: strikes.map((strike) =>
            byStrike.has(strike) ? `${symbol}${expiry}${strike}${type}` : null,
          ),
          bid: nothing,
          ask: nothing,
          last: column(10),
          settlement: column(13),
          volume: column(16),
          openInterest: column(14),
          excluded: strikes.map(() => false),
        };
      };
      const key = `${expiry}:${symbol}`;
      return {
        key,
        expiry,
        root: symbol,
        settlement: 'PM',
        multiplier: 1,
        strikes,
        call: side('CE'),
        put: side('PE'),
      };
    });
    return {
      symbol,
      asOf,
      quotedAt: null,
      spot: number(mine[0]![12]),
      exercise: 'european',
      mark: 'mid',
      calendar: 'NSE',
      futures: mine
        .filter((row) => row[5] === '')
        .map((row) => ({ expiry: row[3]!, price: Number(row[13]) })),
      rates: null,
      expiries,
    };
  });
}
