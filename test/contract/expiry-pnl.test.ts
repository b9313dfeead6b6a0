import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** Options that expire between two real days, where the data beside the checkout has such days. */
const data = new URL('../../../shared/data/nse/', import.meta.url).pathname;
const isThere = existsSync(data);
if (!isThere) process.stdout.write('expiry-pnl: no NSE data beside the checkout, skipped\n');

describe.skipIf(!isThere)('profit over an expiry', () => {
  const folder = temporaryFolder();
  let service: TestService;
  const rows = [
    'book,symbol,contract,quantity,multiplier,cost_price',
    'N,NIFTY,NIFTY 2026-03-24 22500 C,10,65,100',
    'N,NIFTY,NIFTY 2026-03-24 23500 P,-5,65,100',
    'N,NIFTY,NIFTY 2026-03-24 26000 C,-3,65,100',
    'N,NIFTY,NIFTY 2026-03-30 23000 P,5,65,100',
  ];

  beforeAll(async () => {
    service = openTestService();
    for (const file of ['fo_2026-02-25_2026-03-27.csv.gz', 'underlying_close_2026-01-01_2026-03-27.csv'])
      await service.importFile(join(data, file));
    const path = join(folder.path, 'positions.csv');
    writeFileSync(path, `${rows.join('\n')}\n`);
    await service.importFile(path);
  }, 120_000);
  afterAll(async () => {
    await service.port.close();
    folder.remove();
  });

  it.each([
    ['2026-03-23', '2026-03-24'],
    ['2026-03-23', '2026-03-25'],
    ['2026-03-24', '2026-03-27'],
  ])('from %s to %s counts what each option left at its close, and nothing after', async (from, to) => {
    const found = valueOf(await service.ask('pnl.explain', { from, to }));
    expect(found.notValued).toEqual([]);
    const before = valueOf(await service.ask('scenario.value', { of: { kind: 'live', asOf: from } }));
    const close = 22_912.4;
    const worth: Readonly<Record<string, number>> = {
      'NIFTY 2026-03-24 22500 C': 10 * 65 * (close - 22_500),
      'NIFTY 2026-03-24 23500 P': -5 * 65 * (23_500 - close),
      'NIFTY 2026-03-24 26000 C': 0,
    };
    const ended = found.positions.filter(({ label }) => label in worth);
    expect(ended).toHaveLength(3);
    for (const { label, total } of ended) {
      const value = before.positions.find((one) => one.label === label)?.measures?.value ?? Number.NaN;
      expect(total, label).toBe(Math.round(((worth[label] ?? 0) - value) * 100));
    }
  });
});
