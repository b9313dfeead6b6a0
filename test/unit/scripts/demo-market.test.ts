import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoFiles } from '../../../scripts/demo/files.ts';
import type { DemoFile } from '../../../scripts/demo/files.ts';

const folder = join(import.meta.dirname, '../../../resources/demo');
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const stored = (file: DemoFile): Buffer =>
  file.compressed
    ? gunzipSync(readFileSync(join(folder, `${file.path}.gz`)))
    : readFileSync(join(folder, file.path));

const textOf = (files: readonly DemoFile[], path: string): string =>
  files.find((file) => file.path === path)?.text ?? '';

describe('the demo market', () => {
  let files: readonly DemoFile[] = [];
  beforeAll(() => {
    files = demoFiles();
  }, 60_000);

  it('is generated again to the same bytes, file by file', () => {
    const different = files.filter((file) => sha256(file.text) !== sha256(stored(file)));
    expect(
      different.map((file) => file.path),
      'npm run demo:generate writes them anew',
    ).toEqual([]);
    expect(files.length).toBeGreaterThan(80);
  });

  it('stays under three megabytes as stored', () => {
    const bytes = files.reduce(
      (sum, file) => sum + readFileSync(join(folder, file.compressed ? `${file.path}.gz` : file.path)).length,
      0,
    );
    expect(bytes).toBeLessThan(3_000_000);
  });

  it("moves an index by its members' shares and prices alone", () => {
    const close = new Map<string, number>();
    for (const line of textOf(files, 'prices.csv').trim().split('\n').slice(1)) {
      const [symbol, date, , , , value] = line.split(',');
      close.set(`${symbol} ${date}`, Number(value));
    }
    const members = textOf(files, 'index_weights.csv')
      .split('\n')
      .map((line) => line.split(','))
      .filter(([index, asOf]) => index === 'MERI' && asOf === '2026-11-20')
      .map(([, , symbol, , shares]) => ({ symbol, shares: Number(shares) }));
    const value = (date: string): number =>
      members.reduce((sum, { symbol, shares }) => sum + shares * (close.get(`${symbol} ${date}`) ?? 0), 0);
    const divisor = value('2026-11-20') / (close.get('MERI 2026-11-20') ?? 0);
    expect(members).toHaveLength(32);
    for (const date of ['2024-06-03', '2025-04-03', '2026-03-09', '2026-11-19']) {
      // Both are rounded to cents, the divisor's level too.
      expect(Math.abs(value(date) / divisor - (close.get(`MERI ${date}`) ?? 0))).toBeLessThan(0.02);
    }
  });

  it('has weights that add up to one on each day of each index', () => {
    const sums = new Map<string, number>();
    for (const line of textOf(files, 'index_weights.csv').trim().split('\n').slice(1)) {
      const [index, asOf, , weight] = line.split(',');
      sums.set(`${index} ${asOf}`, (sums.get(`${index} ${asOf}`) ?? 0) + Number(weight));
    }
    expect(sums.size).toBeGreaterThanOrEqual(20);
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 4);
  });

  it('quotes no call spread, put spread or butterfly that pays for nothing, save where spoiled', () => {
    const rows = textOf(files, 'chains/2026-11-19/dlnt_quotedata.csv').trim().split('\n').slice(3);
    const byExpiry = new Map<string, { strike: number; bid: number; ask: number }[]>();
    for (const row of rows) {
      const cells = row.split(',');
      const quotes = byExpiry.get(cells[0] ?? '') ?? [];
      quotes.push({ strike: Number(cells[11]), bid: Number(cells[4]), ask: Number(cells[5]) });
      byExpiry.set(cells[0] ?? '', quotes);
    }
    expect(byExpiry.size).toBeGreaterThanOrEqual(6);
    for (const quotes of byExpiry.values()) {
      quotes.forEach((quote, i) => {
        const [next, after] = [quotes[i + 1], quotes[i + 2]];
        if (next === undefined) return;
        expect(next.bid).toBeLessThanOrEqual(quote.ask);
        expect(quote.bid - next.ask).toBeLessThanOrEqual(next.strike - quote.strike);
        if (after !== undefined) expect(2 * next.bid).toBeLessThanOrEqual(quote.ask + after.ask);
      });
    }
  });
});
