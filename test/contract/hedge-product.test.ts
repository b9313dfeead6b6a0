import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productNotes } from '../../main/commands/support/hedge/index-product.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** Index products that are not the usual ones, and contracts that deliver something else. */
let service: TestService;
const folder = temporaryFolder();
const asOf = '2026-11-20';
const expiry = '2027-01-19';

/** UNDR's chain with its adjusted January options quoted well on a day of their own, 19 January. */
function adjustedAlone(): string {
  const file = join(import.meta.dirname, `../../resources/demo/chains/${asOf}/undr_quotedata.csv.gz`);
  const lines = gunzipSync(readFileSync(file)).toString().split('\n');
  const moved = lines.map((line) => {
    if (!line.includes(',UNDR1')) return line;
    const cells = line
      .replace('Fri Jan 15 2027', 'Tue Jan 19 2027')
      .replaceAll('UNDR1270115', 'UNDR1270119')
      .split(',');
    for (const at of [2, 13]) {
      const last = Number(cells[at]);
      cells[at + 2] = (last * 0.99).toFixed(2);
      cells[at + 3] = (last * 1.01).toFixed(2);
    }
    return cells.join(',');
  });
  const path = join(folder.path, 'undr_quotedata.csv');
  writeFileSync(path, moved.join('\n'));
  return path;
}

beforeAll(async () => {
  service = openDemoService();
  await service.importFile(adjustedAlone());
  const built = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 14 }));
  const [like] = built.names;
  if (like === undefined) throw new Error('the basket has names');
  const names = [...built.names, { ...like, symbol: 'UNDR', name: 'Underhill Rail', shares: 2000 }];
  valueOf(await service.ask('basket.save', { name: 'Core', result: { ...built, names } }));
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

describe('an index product', () => {
  const product = {
    symbol: 'SPX',
    multiplier: 100,
    level: 6000,
    currency: 'USD',
    exercise: 'european',
  } as const;
  const own = { symbol: 'SPX', level: 6000 };

  it('that is the usual one is not spoken of', () => {
    expect(productNotes(product, own)).toEqual([]);
    expect(
      productNotes(
        { ...product, symbol: 'NIFTY', currency: 'INR', multiplier: 65 },
        { ...own, symbol: 'NIFTY' },
      ),
    ).toEqual([]);
  });

  it('of a tenth of the level says what one contract protects', () => {
    expect(productNotes({ ...product, symbol: 'XSP', level: 600 }, own)).toEqual([
      'The puts are on XSP, the basket follows SPX: one contract protects 100 × 600.00 = 60,000 USD, its level is 0.1000 times that of SPX, and it counts as moving as SPX does.',
    ]);
  });

  it('with another multiplier or American exercise says so', () => {
    const [, multiplier] = productNotes({ ...product, symbol: 'NANOS', multiplier: 1, level: 600 }, own);
    expect(multiplier).toBe(
      'Options on NANOS have a multiplier of 1 instead of 100: one contract protects 1 × 600.00 = 600 USD.',
    );
    const fund = productNotes({ ...product, symbol: 'SPY', level: 598, exercise: 'american' }, own);
    expect(fund).toHaveLength(2);
    expect(fund[1]).toMatch(/^Options on SPY are of American style: .* deliver SPY itself, not cash\.$/);
  });

  it('is named in a suggestion, and in a draft by hand', async () => {
    const usual = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
    expect(usual.warnings.join(' ')).not.toContain('The puts are on');
    const other = valueOf(
      await service.ask('hedge.suggest', { basket: 'Core', asOf, indexProduct: 'TARN', netDeltaLimit: 0.3 }),
    );
    expect(other.warnings.join(' ')).toContain('The puts are on TARN, the basket follows MERI');
    const stock = valueOf(
      await service.ask('hedge.suggest', { basket: 'Core', asOf, indexProduct: 'BRYX', netDeltaLimit: 0.5 }),
    );
    expect(stock.warnings.join(' ')).toContain('Options on BRYX are of American style');
    const put = other.legs.find(({ side }) => side === 'buy');
    const { proposal } = valueOf(
      await service.ask('suggestion.draft', {
        basket: 'Core',
        asOf,
        indexProduct: 'TARN',
        legs: [{ contract: put?.contract ?? '', side: 'buy', quantity: 1 }],
      }),
    );
    expect(proposal.warnings.join(' ')).toContain('The puts are on TARN, the basket follows MERI');
  }, 60_000);
});

describe('adjusted contracts', () => {
  const isAdjusted = (contract: string): boolean => contract.startsWith('UNDR1');

  it('are listed, quoted, and never a candidate of a hedge', async () => {
    const chain = valueOf(await service.ask('chain.read', { symbol: 'UNDR', asOf, expiryKeys: ['all'] }));
    const sides = chain.expiries.flatMap(({ rows }) => (rows === null ? [] : [rows.call, rows.put]));
    expect(
      sides.flatMap(({ contract }) => contract.filter((one) => one !== null && isAdjusted(one))),
    ).toHaveLength(24);
    const found = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf, expiry }));
    expect(found.holdings.some(({ symbol }) => symbol === 'UNDR')).toBe(true);
    expect(found.legs.some(({ contract }) => isAdjusted(contract))).toBe(false);
    expect(found.notTaken.some(({ contract }) => isAdjusted(contract))).toBe(false);
    // The usual options near that day are taken in their place.
    expect(found.legs.some(({ symbol }) => symbol === 'UNDR')).toBe(true);
  }, 60_000);

  it('are in no collar, no roll and no dispersion trade', async () => {
    const collars = valueOf(
      await service.ask('hedge.structure', { basket: 'Core', kind: 'collars', asOf, targetDays: 60 }),
    );
    expect(collars.legs.length).toBeGreaterThan(4);
    expect(collars.legs.some(({ contract }) => isAdjusted(contract))).toBe(false);
    const chain = valueOf(await service.ask('chain.read', { symbol: 'UNDR', asOf, expiryKeys: ['all'] }));
    const sold = chain.expiries[0]?.rows?.call.contract.find((one) => one !== null) ?? '';
    const roll = await service.ask('hedge.roll', {
      symbol: 'UNDR',
      contract: sold,
      asOf,
      keep: 'delta',
      targetDays: 60,
      creditOnly: false,
    });
    const rolls = roll.ok ? [roll.value.best, ...roll.value.others] : [];
    expect(rolls.some(({ to }) => isAdjusted(to.contract))).toBe(false);
    const trade = valueOf(
      await service.ask('dispersion.trade', { index: 'MERI', termDays: 60, maxNames: 32, asOf }),
    );
    expect(trade.orders.length).toBeGreaterThan(4);
    expect(trade.orders.some(({ contract }) => isAdjusted(contract))).toBe(false);
  }, 60_000);

  it('are refused by name in a draft', async () => {
    const legs = [{ contract: `UNDR1 ${expiry} 90 C`, side: 'sell' as const, quantity: 1 }];
    const answer = await service.ask('suggestion.draft', { legs, asOf });
    expect(answer).toMatchObject({ ok: false, error: { code: 'adjusted-contract' } });
  });
});
