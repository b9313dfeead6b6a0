// Source: data/us-index-chains, the exchange's own quote tables of two days, and data/nse. What is asserted
// is what no-arbitrage markets must show, not values from another program: forwards near the spot, curves
// inside the quotes, and the exchange's volatility index of the day as printed in the press (VIX 66.04 on
// 2020-03-20, 23.22 on 2022-02-04; ours uses other minutes and rates, hence two points and one).
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analyzeChain } from '../../../shared/quant/chain-analysis.ts';
import type { ChainInput, ExpiryQuotes } from '../../../shared/quant/chain-input.ts';
import { butterflyAt, smileVolAt } from '../../../shared/quant/smile-shape.ts';
import { fileBeside } from '../../support/reference.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function isoOf(text: string): string {
  if (text.includes('/')) return `${text.slice(6)}-${text.slice(0, 2)}-${text.slice(3, 5)}`;
  const [, month, day, year] = text.split(' ');
  return `${year}-${String(months.indexOf(month!) + 1).padStart(2, '0')}-${day}`;
}

/** The quote tables' columns: date, call, last, net, bid, ask, volume, IV, delta, gamma, OI, strike, put … */
function quoteTable(path: string, symbol: string, asOf: string): ChainInput {
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

const tables = [
  {
    file: 'spx_quotedata_2020-03-20_close.dat',
    symbol: 'SPX',
    asOf: '2020-03-20',
    index: 66.04,
    within: 2.5,
  },
  { file: 'spx_quotedata_2022-02-04_close.csv', symbol: 'SPX', asOf: '2022-02-04', index: 23.22, within: 1 },
  {
    file: 'ndx_quotedata_2022-02-04_close.csv',
    symbol: 'NDX',
    asOf: '2022-02-04',
    index: null,
    within: null,
  },
].map((table) => ({ ...table, path: fileBeside(`data/us-index-chains/${table.file}`) }));

describe.each(tables.filter((table) => table.path !== null))('$symbol of $asOf as quoted', (table) => {
  const input = quoteTable(table.path!, table.symbol, table.asOf);
  const chain = analyzeChain(input);
  const quoted = chain.expiries.filter((one) => one.rows!.put.bid.some((bid) => bid !== null && bid > 0));

  it('has a parity forward near the spot for every quoted expiry', () => {
    expect(quoted.length).toBeGreaterThanOrEqual(34);
    for (const one of quoted) {
      expect(one.forwardSource, one.key).toBe('parity');
      expect(Math.abs(Math.log(one.forward! / input.spot!)), one.key).toBeLessThan(
        0.01 + 0.02 * one.timeToExpiry,
      );
      expect(one.forwardStandardError! / one.forward!, one.key).toBeLessThan(1e-3);
    }
  });

  it('fits each expiry without butterfly arbitrage, at least nine quotes in ten inside bid and ask', () => {
    for (const one of quoted) {
      expect(one.fit!.arbitrageFree, one.key).toBe(true);
      expect(one.fit!.insideSpreadShare, one.key).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('has no negative density between the points that the fit itself checks', () => {
    for (const one of quoted) {
      const { shape, curve } = one.fit!;
      const reach = 8 * smileVolAt(shape, 0) * Math.sqrt(one.timeToExpiry);
      const [low, high] = [
        Math.min(-reach, curve.logMoneyness[0]!),
        Math.max(reach, curve.logMoneyness.at(-1)!),
      ];
      let lowest = Infinity;
      for (let i = 0; i <= 4000; i += 1)
        lowest = Math.min(lowest, butterflyAt(shape, low + ((high - low) * i) / 4000));
      expect(lowest, one.key).toBeGreaterThanOrEqual(0);
    }
  });

  it('gives a reason for every listed option without a volatility, and none for the others', () => {
    for (const one of chain.expiries) {
      for (const side of [one.rows!.call, one.rows!.put])
        for (const [i, reason] of side.reason.entries())
          expect(reason === null).toBe(side.markVol[i] !== null);
    }
  });

  it('has sixteen options behind each IV Index and a model-free volatility near the published index', () => {
    for (const row of chain.ivIndex) expect(row.optionsUsed).toBe(16);
    if (table.index !== null)
      expect(Math.abs(100 * chain.modelFreeVol30! - table.index)).toBeLessThan(table.within);
  });
});

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

const derivatives = fileBeside('data/nse/fo_2026-02-25_2026-03-27.csv.gz');

/** date, symbol, instrument, expiry, strike, CE/PE, open … close, last, previous, underlying, settle, OI, change, volume … */
function indianChains(path: string, asOf: string): ChainInput[] {
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

describe.skipIf(derivatives === null).each(['2026-02-25', '2026-03-27'])('NSE names on %s', (asOf) => {
  const chains = derivatives === null ? [] : indianChains(derivatives, asOf).map(analyzeChain);

  it('are 61, each with a 30-day IV Index, modelled quotes said to be so, and no arbitrage in any smile', () => {
    expect(chains).toHaveLength(61);
    for (const chain of chains) {
      expect(chain.quoteModel.kind, chain.symbol).toBe('spread-model');
      expect(chain.ivIndex[0]!.vol, chain.symbol).toBeGreaterThan(0.05);
      expect(chain.ivIndex[0]!.vol, chain.symbol).toBeLessThan(1.2);
      for (const one of chain.expiries) {
        if (one.fit === null) expect(one.fitReason).not.toBeNull();
        else {
          expect(one.fit.arbitrageFree, one.key).toBe(true);
          expect(one.fit.insideSpreadShare, one.key).toBeNull();
        }
      }
    }
  });

  it('take the future of the month for the forward, and parity agrees to half a per cent in NIFTY', () => {
    const nifty = chains.find((chain) => chain.symbol === 'NIFTY')!;
    const months = nifty.expiries.filter(
      (one) => one.forwardSource === 'future' && one.forwardNote.startsWith('Future'),
    );
    expect(months).toHaveLength(3);
    for (const one of months) {
      const gap = Number(/differs by (-?[\d.]+)%/.exec(one.forwardNote)![1]);
      expect(Math.abs(gap), one.forwardNote).toBeLessThan(0.5);
    }
  });
});
