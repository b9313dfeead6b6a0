import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../main/feeds/read-file.ts';

const folder = join(import.meta.dirname, '../../../resources/demo');
const files = globSync('**/*.{csv,csv.gz}', { cwd: folder }).toSorted();

describe("the demo market through the desk's own importer", () => {
  it('is read whole: every row of every file, none rejected, none twice', async () => {
    const formats = new Map<string, number>();
    for (const file of files) {
      const read = await readFeed({ path: join(folder, file), fileName: basename(file) });
      if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.error)}`);
      const { format, accepted, rejected, duplicates } = read.value;
      expect({ file, rejected, duplicates }).toEqual({ file, rejected: 0, duplicates: 0 });
      formats.set(format, (formats.get(format) ?? 0) + accepted);
    }
    expect(Object.fromEntries(formats)).toMatchObject({
      'daily-prices': 38 * 621,
      'volatility-history': 38 * 505 * 6,
      'index-weights': 12 * (32 + 14),
      positions: 19,
      'forward-start-contracts': 7,
      'realized-vol-contracts': 4,
    });
    expect(formats.get('cboe-quote-table')).toBeGreaterThan(15_000);
  });

  it('shows the quotes spoiled on purpose', async () => {
    const warningsOf = async (symbol: string): Promise<string> => {
      const path = join(folder, `chains/2026-11-20/${symbol}_quotedata.csv.gz`);
      const read = await readFeed({ path, fileName: basename(path) });
      return read.ok ? read.value.warnings.join('\n') : '';
    };
    expect(await warningsOf('bryx')).toMatch(/[Cc]rossed/);
    expect(await warningsOf('grdn')).toMatch(/bid of zero/);
    const adjusted = join(folder, 'chains/2026-11-20/undr_quotedata.csv.gz');
    const read = await readFeed({ path: adjusted, fileName: basename(adjusted) });
    const quotes = read.ok ? read.value.tables.optionQuotes : undefined;
    expect(quotes?.adjusted.reduce((sum, flag) => sum + flag, 0)).toBeGreaterThanOrEqual(8);
  });
});
