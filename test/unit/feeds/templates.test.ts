import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../main/feeds/read-file.ts';
import { templates, writeCsv } from '../../../main/feeds/templates.ts';
import { staged } from '../../support/feed.ts';

const examples: { readonly [Name in keyof typeof templates]: readonly (string | number | null)[] } = {
  'index-weights': ['MERI', '2026-11-20', 'AVLN', 1, 820_000_000, 'Food, drink'],
  'daily-prices': ['AVLN', '2026-11-20', 10, 12, 9, 11, 11, 100, 0, 1],
  positions: ['Overlay "A"', 'AVLN', 'AVLN 2026-12-18 10 C', -3, 100, null],
  'forward-start-contracts': [
    'FS1',
    'MERI',
    '2026-12-18',
    '2027-03-19',
    'call',
    'relative',
    1,
    0,
    'strike',
    1_000_000,
    2,
    0.05,
    'paid',
    null,
  ],
  'realized-vol-contracts': [
    'RV1',
    'MERI',
    'M',
    '2026-12-18',
    '2027-01-18',
    'sample',
    'log',
    252,
    100_000,
    1,
    0.0001,
    5,
    0.2,
  ],
  'volatility-history': ['MERI', '2026-11-20', 30, 0.2],
};

describe('our own templates', () => {
  it.each(Object.keys(templates) as (keyof typeof templates)[])(
    '%s is read back as what it is',
    async (name) => {
      const columns = templates[name];
      const row = examples[name];
      expect(row.length).toBe(columns.length);
      const feed = await staged(writeCsv({ columns, rows: [row] }));
      expect(feed).toMatchObject({ format: name, accepted: 1, rejected: 0, warnings: [] });
    },
  );

  it('writes no cell that a spreadsheet would run', () => {
    expect(writeCsv({ columns: ['a', 'b'], rows: [['=1+1', -5]] })).toBe("a,b\n'=1+1,-5\n");
  });
});

const demo = path.resolve(import.meta.dirname, '../../../resources/demo');
const files = readdirSync(demo, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.csv(\.gz)?$/.test(name),
);

describe('the demo market', () => {
  it('is read whole, without a rejected row', async () => {
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) {
      const result = await readFeed({ path: path.join(demo, file), fileName: path.basename(file) });
      expect([file, result.ok && result.value.rejected, result.ok && result.value.accepted > 0]).toEqual([
        file,
        0,
        true,
      ]);
    }
  });
});
