import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemoService } from '../support/demo-desk.ts';
import { temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** The day options end, over the real dispatcher: a book with options of the demo market that just expired. */
let service: TestService;
const folder = temporaryFolder();
const asOf = '2026-11-20';
let spots: Readonly<Record<string, number>> = {};

const booked = async () =>
  valueOf(await service.ask('positions.list', { asOf }))
    .positions.filter(({ book }) => book === 'Ending')
    .map(({ contract, quantity, costPrice }) => ({ contract, quantity, costPrice }));
const proposed = async (early: string[] = []) =>
  valueOf(await service.ask('expiry.propose', { asOf, early })).rows.filter(({ book }) => book === 'Ending');

beforeAll(async () => {
  service = openDemoService();
  const spotOf = async (symbol: string): Promise<number> =>
    valueOf(await service.ask('chain.read', { symbol, asOf })).spot ?? 0;
  spots = { BRYX: await spotOf('BRYX'), DLNT: await spotOf('DLNT'), MERI: await spotOf('MERI') };
  const strike = (symbol: string, share: number): number => Math.round((spots[symbol] ?? 0) * share);
  const file = join(folder.path, 'ending.csv');
  writeFileSync(
    file,
    [
      'book,symbol,contract,quantity,multiplier,cost_price',
      'Ending,BRYX,,1000,1,140',
      `Ending,BRYX,BRYX ${asOf} ${strike('BRYX', 0.9)} C,-2,100,3.1`,
      `Ending,DLNT,DLNT ${asOf} ${strike('DLNT', 1.1)} C,-3,100,2.2`,
      `Ending,MERI,MERI ${asOf} ${strike('MERI', 1.05)} P,4,100,50`,
      `Ending,DLNT,DLNT 2026-12-18 ${strike('DLNT', 0.8)} C,-1,100,60`,
    ].join('\n'),
  );
  await service.importFile(file);
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

describe('expiry.propose', () => {
  it('proposes assignment, cash settlement and worthless from the settlement prices', async () => {
    const rows = await proposed();
    expect(rows.map(({ symbol, outcome, delivery }) => [symbol, outcome, delivery])).toEqual([
      ['BRYX', 'assignment', 'physical'],
      ['DLNT', 'worthless', 'physical'],
      ['MERI', 'cash-settlement', 'cash'],
    ]);
    const [assigned, , settled] = rows;
    expect(assigned).toMatchObject({ stockQuantity: -200, cash: 200 * (assigned?.strike ?? 0) });
    expect(settled?.cash).toBeCloseTo(400 * ((settled?.strike ?? 0) - (settled?.settlementPrice ?? 0)), 6);
    expect(
      rows.every(({ settlesOn, settlementSource }) => settlesOn === asOf && settlementSource !== ''),
    ).toBe(true);
  });

  it('takes what was assigned early by name, and not what cannot be', async () => {
    const early =
      (await booked()).find(({ contract }) => contract.startsWith('DLNT 2026-12-18'))?.contract ?? '';
    const row = (await proposed([early])).find(({ contract }) => contract === early);
    expect(row).toMatchObject({ outcome: 'assignment', stockQuantity: -100, flags: ['early'] });
    expect(
      valueOf(await service.ask('expiry.propose', { asOf, early: ['NONE 2026-12-18 1 C'] })).warnings,
    ).toEqual(['NONE 2026-12-18 1 C is not held.']);
  });
});

describe('expiry.post', () => {
  it('moves options out, stock and money in; undo brings back every digit, redo repeats it', async () => {
    const before = await booked();
    const rows = await proposed();
    const posting = valueOf(
      await service.ask('expiry.post', {
        asOf,
        note: 'a test',
        rows: rows.flatMap(({ key, outcome }) => (outcome === null ? [] : [{ key, outcome }])),
      }),
    );
    const after = await booked();
    const cash = rows.reduce((sum, row) => sum + row.cash, 0);
    expect(after.find(({ contract }) => contract === 'BRYX')).toEqual({
      contract: 'BRYX',
      quantity: 800,
      costPrice: 140,
    });
    expect(after.find(({ contract }) => contract === 'USD')?.quantity).toBeCloseTo(cash, 6);
    expect(after.filter(({ contract }) => contract.includes(asOf))).toEqual([]);
    expect(await proposed()).toEqual([]);
    const again = await service.ask('expiry.post', {
      asOf,
      rows: [{ key: rows[0]?.key ?? '', outcome: 'assignment' }],
    });
    expect(again).toMatchObject({ ok: false, error: { code: 'not-found' } });

    const { postingId } = posting;
    expect(valueOf(await service.ask('expiry.undo', { postingId })).undoneAt).not.toBeNull();
    expect(await booked()).toEqual(before);
    expect(await proposed()).toEqual(rows);
    expect(await service.ask('expiry.undo', { postingId })).toMatchObject({ error: { code: 'wrong-state' } });
    valueOf(await service.ask('expiry.redo', { postingId }));
    expect(await booked()).toEqual(after);
    expect(valueOf(await service.ask('expiry.list', {})).postings).toMatchObject([
      { postingId, undoneAt: null },
    ]);
    const { entries } = valueOf(await service.ask('audit.list', { search: 'Expiry posting' }));
    const done = entries.filter(({ outcome }) => outcome === 'done').map(({ command }) => command);
    expect(done).toEqual(['expiry.redo', 'expiry.undo', 'expiry.post']);
    valueOf(await service.ask('expiry.undo', { postingId }));
  });

  it('lets a person say that only some were assigned, and refuses what cannot be', async () => {
    const rows = await proposed();
    const [call, , put] = rows;
    const post = (row: {
      key: string;
      outcome: 'assignment' | 'exercise' | 'worthless';
      contracts?: number;
    }) => service.ask('expiry.post', { asOf, rows: [row] });
    expect(await post({ key: put?.key ?? '', outcome: 'exercise' })).toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(await post({ key: call?.key ?? '', outcome: 'assignment', contracts: 3 })).toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(await post({ key: 'Ending|NOBODY 2026-11-20 1 C', outcome: 'worthless' })).toMatchObject({
      error: { code: 'not-found' },
    });
    const posting = valueOf(await post({ key: call?.key ?? '', outcome: 'assignment', contracts: 1 }));
    expect(posting.rows.map(({ quantity, outcome }) => [quantity, outcome])).toEqual([
      [-1, 'assignment'],
      [-1, 'worthless'],
    ]);
    expect((await booked()).find(({ contract }) => contract === 'BRYX')?.quantity).toBe(900);
    // A later layer of the same book keeps an older one from being undone beneath it.
    const second = valueOf(await post({ key: rows[1]?.key ?? '', outcome: 'worthless' }));
    expect(await service.ask('expiry.undo', { postingId: posting.postingId })).toMatchObject({
      error: { code: 'wrong-state' },
    });
    valueOf(await service.ask('expiry.undo', { postingId: second.postingId }));
    valueOf(await service.ask('expiry.undo', { postingId: posting.postingId }));
    expect(await proposed()).toEqual(rows);
  });
});
