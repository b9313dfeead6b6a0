import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../main/feeds/read-file.ts';
import type { FeedRequest } from '../../../main/feeds/read-file.ts';
import { rowOf } from '../../support/feed.ts';

const data = path.resolve(import.meta.dirname, '../../../../shared/data');
const present = existsSync(data);
if (!present) console.log('real files: skipped, ../shared/data is not there');

async function read(file: string, options: Partial<FeedRequest> = {}) {
  const result = await readFeed({ path: path.join(data, file), fileName: path.basename(file), ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe.skipIf(!present)('real files', () => {
  it.each([
    ['us-index-chains/spx_quotedata_2020-03-20_close.dat', {}, 'cboe-quote-table', '2020-03-20', 19_000, 0],
    ['us-index-chains/spx_quotedata_2022-02-04_close.csv', {}, 'cboe-quote-table', '2022-02-04', 20_514, 0],
    ['us-index-chains/ndx_quotedata_2022-02-04_close.csv', {}, 'cboe-quote-table', '2022-02-04', 18_386, 0],
    ['nse/fo_2026-02-25_2026-03-27.csv.gz', {}, 'nse-bhavcopy', '2026-03-27', 156_846, 0],
    ['nse/ohlcv_adjusted_2024-12-01_2026-04-10.csv', {}, 'daily-prices', '2026-04-10', 19_999, 0],
    ['nse/underlying_close_2026-01-01_2026-03-27.csv', {}, 'daily-prices', '2026-03-27', 3538, 0],
    ['nse/weights_estimated.csv', {}, 'index-weights', '2026-03-27', 64, 0],
    ['dow/ohlc_raw_div_split_2017-01-03_2019-11-13.csv', {}, 'daily-prices', '2019-11-13', 22_466, 83],
    ['dow/dji_ohlc_2009-01-02_2020-08-19.csv', { symbol: 'DJI' }, 'daily-prices', '2020-08-19', 2928, 0],
    ['dow/weights_20190627.csv', { index: 'DJI', asOf: '2019-06-27' }, 'index-weights', '2019-06-27', 30, 1],
    [
      'us-iv30-2024-06-24/ohlc_dow30_spy_2023-06-01_2025-04-28.csv',
      {},
      'daily-prices',
      '2025-04-28',
      14_818,
      0,
    ],
    ['us-iv30-2024-06-24/stockquotes_20240624.csv', {}, 'daily-prices', '2024-06-24', 5632, 0],
    ['us-iv30-2024-06-24/optionstats_20240624.csv', {}, 'volatility-history', '2024-06-24', 5079, 572],
    [
      'us-iv30-2024-06-24/weights_sp500_2025-04.csv',
      { index: 'SPX', asOf: '2025-04-25' },
      'index-weights',
      '2025-04-25',
      504,
      0,
    ],
  ] as const)('%s', async (file, options, format, asOf, accepted, rejected) => {
    const feed = await read(file, options);
    expect([feed.format, feed.asOf, feed.accepted, feed.rejected]).toEqual([
      format,
      asOf,
      accepted,
      rejected,
    ]);
  });

  it('name the underlying, its spot and its two kinds of options', async () => {
    const feed = await read('us-index-chains/spx_quotedata_2022-02-04_close.csv');
    const quotes = feed.tables.optionQuotes;
    expect(quotes?.symbol.dictionary).toEqual(['SPX']);
    expect(quotes?.root.dictionary.toSorted()).toEqual(['SPX', 'SPXW']);
    expect(rowOf(feed.tables.underlierMarks, 0)).toMatchObject({
      spot: 4500.5298,
      quotedAt: '2022-02-06T01:09:00Z',
    });
    expect(feed.warnings[0]).toContain('2022-02-05');
  });

  it('of 157,000 rows are read whole', async () => {
    const before = process.memoryUsage().rss;
    const feed = await read('nse/fo_2026-02-25_2026-03-27.csv.gz');
    console.log(
      `NSE: ${feed.accepted} rows in ${feed.seconds.toFixed(2)} s, ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB more`,
    );
    expect(feed.counts).toEqual({ 'option-quote': 153_003, 'future-quote': 3843 });
    expect(feed.tables.underlierMarks?.rows).toBe(21 * 61);
  });

  it('that no format knows are refused by their header', async () => {
    const result = await readFeed({
      path: path.join(data, 'vix-white-paper/options.csv'),
      fileName: 'options.csv',
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'unknown-format' } });
  });
});
