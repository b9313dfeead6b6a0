import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../main/feeds/read-file.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { refused, rowOf, stage, staged, zipped } from '../../support/feed.ts';

const prices = (rows: number): string =>
  `date,symbol,close\n${Array.from({ length: rows }, (_, row) => `2026-01-02,S${row},${row + 1}\n`).join('')}`;

describe('a file that cannot be used', () => {
  it('is missing, or is a folder', async () => {
    for (const path of ['/nowhere/file.csv', process.cwd()]) {
      const result = await readFeed({ path, fileName: 'file.csv' });
      expect(result).toEqual({
        ok: false,
        error: { code: 'file-not-found', subject: 'file.csv', detail: {} },
      });
    }
  });

  it.each([
    ['nothing at all', ''],
    ['empty lines only', '\n\r\n\n'],
    ['a byte order mark only', '\uFEFF'],
  ])('is empty: %s', async (_case, content) => {
    expect((await refused(content)).code).toBe('empty-file');
  });

  it('is a gzip of nothing', async () => {
    expect((await refused(zipped(''))).code).toBe('empty-file');
  });

  it.each([
    ['random bytes', randomBytes(5000)],
    ['a zip archive', Buffer.from('504b0304140000000800', 'hex')],
    ['a picture', Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d', 'hex'), randomBytes(100)])],
    ['zero bytes further down', Buffer.concat([Buffer.from(prices(50)), Buffer.alloc(20)])],
    ['one endless line', Buffer.alloc(1_500_000, 'a')],
  ])('is binary: %s', async (_case, content) => {
    expect((await refused(content)).code).toBe('binary-file');
  });

  it('is a gzip cut short, or damaged inside', async () => {
    const whole = zipped(prices(20_000));
    const cut = await refused(whole.subarray(0, whole.length / 2));
    expect(cut).toMatchObject({
      code: 'truncated-file',
      detail: { reason: 'its gzip data stops before its end' },
    });
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 10_000, 10_064);
    expect((await refused(damaged)).code).toBe('truncated-file');
    expect(sentenceOf(cut)).toBe(
      'file.csv ends early: its gzip data stops before its end. Fetch the file again.',
    );
  });

  it('has an unknown header, which the sentence repeats', async () => {
    const failure = await refused('Expiration,Days,Strike,Call Bid\n20090110,9,200,717.6\n');
    expect(failure).toMatchObject({
      code: 'unknown-format',
      detail: { header: 'Expiration,Days,Strike,Call Bid' },
    });
  });

  it('has a header and no rows', async () => {
    expect(await refused('date,symbol,close\n')).toMatchObject({
      code: 'no-valid-rows',
      detail: { reason: 'nothing below its header can be kept' },
    });
  });

  it('has not one usable row, and the first reason is told', async () => {
    expect(await refused('date,symbol,close\n2026-13-45,A,1\n2026-13-46,A,1\n')).toMatchObject({
      code: 'no-valid-rows',
      detail: { reason: 'all 2 rows were rejected; line 2: date is not a date: 2026-13-45' },
    });
  });

  it('is not of the format it was said to be', async () => {
    const failure = await refused(prices(2), { format: 'cboe-quote-table' });
    expect(failure.code).toBe('wrong-format');
    expect(sentenceOf(failure)).toContain(
      'its header reads "date,symbol,close" where Expiration Date, Calls',
    );
    expect((await staged(prices(2), { format: 'daily-prices' })).formatReason).toContain('chosen by hand');
  });

  it('is not read on once it was cancelled', async () => {
    const control = new AbortController();
    control.abort();
    expect((await refused(prices(2), { signal: control.signal })).code).toBe('cancelled');
    const later = new AbortController();
    const failure = await refused(prices(200_000), {
      signal: later.signal,
      onProgress: () => later.abort(),
    });
    expect(failure.code).toBe('cancelled');
  });
});

describe('a file half right', () => {
  it('keeps its good rows and names each bad one by line, reason and text', async () => {
    const feed = await staged(
      'date,symbol,close\n2026-01-02,A,1\nrubbish\n2026-01-02,B,x\n\n2026-01-02,C,3\n',
    );
    expect([feed.accepted, feed.rejected]).toEqual([2, 2]);
    expect(feed.rejections).toEqual([
      { line: 3, reason: 'has 1 of 3 columns', text: 'rubbish' },
      { line: 4, reason: 'close is not a number: x', text: '2026-01-02,B,x' },
    ]);
    expect(rowOf(feed.tables.dailyPrices, 1)).toMatchObject({ symbol: 'C', line: 6 });
  });

  it('keeps the first thousand rejections, counts all, and cuts long lines', async () => {
    const bad = Array.from({ length: 1500 }, () => `2026-01-02,${'x'.repeat(400)},none`).join('\n');
    const feed = await staged(`date,symbol,close\n2026-01-02,A,1\n${bad}\n`);
    expect([feed.rejected, feed.rejections.length, feed.rejections[0]?.text.length]).toEqual([
      1500, 1000, 300,
    ]);
  });

  it('says when its last line is cut', async () => {
    const feed = await staged('date,symbol,close\n2026-01-02,A,1\n2026-01-02,B');
    expect(feed.rejected).toBe(1);
    expect(feed.warnings).toEqual(['Line 3, the last, is incomplete: the file may have been cut short.']);
  });

  it('counts repeated rows as duplicates', async () => {
    const feed = await staged('date,symbol,close\n2026-01-02,A,1\n2026-01-02,A,2\n');
    expect([feed.accepted, feed.duplicates]).toEqual([1, 1]);
    expect(rowOf(feed.tables.dailyPrices, 0)).toMatchObject({ close: 2, line: 3 });
  });
});

describe('the ways a table is written', () => {
  it.each([
    ['a byte order mark', `\uFEFF${prices(3)}`],
    ['CRLF', prices(3).replaceAll('\n', '\r\n')],
    ['capitals and blanks in the header', prices(3).replace('date,symbol,close', ' Date , SYMBOL ,Close')],
    ['tabs', prices(3).replaceAll(',', '\t')],
    ['semicolons', prices(3).replaceAll(',', ';')],
    ['quotes', prices(3).replaceAll(/([^,\n]+)/g, '"$1"')],
    ['no last line end', prices(3).trimEnd()],
    ['UTF-16', Buffer.from(`\uFEFF${prices(3)}`, 'utf16le')],
    ['gzip', zipped(prices(3))],
  ])('%s makes no difference', async (_case, content) => {
    const [plain, other] = [await staged(prices(3)), await staged(content)];
    expect(other.tables).toEqual(plain.tables);
  });

  it('a format is told by the header, not by the name', async () => {
    expect((await staged(prices(3), { fileName: 'spx_quotedata.dat' })).format).toBe('daily-prices');
  });

  it('what is read can be handed over by structured clone', async () => {
    const result = await stage(prices(3));
    expect(structuredClone(result)).toEqual(result);
  });
});
