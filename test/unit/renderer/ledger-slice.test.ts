import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  choiceOf,
  confirmedRows,
  expiryRowInFront,
  ledgerCycleInFront,
} from '../../../renderer/state/ledger.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { openTestService, temporaryFolder, type TestService } from '../../support/service.ts';
import { windowClient } from '../../support/window-client.ts';

describe('the premium ledger and the expiry day, over the real service and the demo market', () => {
  const folder = temporaryFolder();
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  const now = () => desk.getState();

  beforeAll(async () => {
    service = openTestService();
    client = windowClient(service);
    desk = createWorkstation(client);
    await openWorkstation(desk, client);
    await now().openDemoMarket();
    await now().loadDesk();
    const file = join(folder.path, 'ending.csv');
    writeFileSync(
      file,
      [
        'book,symbol,contract,quantity,multiplier,cost_price',
        'Ending,BRYX,BRYX 2026-11-20 50 C,-2,100,3.1',
        'Ending,DLNT,DLNT 2026-11-20 900 C,-3,100,2.2',
      ].join('\n'),
    );
    await service.importFile(file);
  }, 60_000);
  afterAll(async () => {
    client.close();
    await service.port.close();
    folder.remove();
  });

  test('a cycle a book and expiry, the newest in front', async () => {
    await now().loadLedger();
    const cycles = now().ledger.value?.cycles ?? [];
    expect(cycles.map(({ basket, state }) => [basket, state])).toEqual([
      ['Meridian overlay', 'open'],
      ['Ending', 'to-post'],
    ]);
    expect(ledgerCycleInFront(now())?.basket).toBe('Meridian overlay');
  }, 30_000);

  test('nothing is posted before a person confirmed it, and only that', async () => {
    await now().loadExpiry();
    const rows = now().expiry.value?.rows ?? [];
    expect(rows.map(({ outcome }) => outcome)).toEqual(['assignment', 'worthless']);
    expect(confirmedRows(now())).toEqual([]);
    await now().postExpiry();
    expect(now().expiryPostings.value?.postings).toEqual([]);
    const row = expiryRowInFront(now());
    now().changeExpiryChoice(row?.key ?? '', { contracts: 1, confirmed: true });
    expect(confirmedRows(now()).map(({ contract }) => contract)).toEqual([row?.contract]);
    now().writeExpiryNote('one was assigned');
    await now().postExpiry();
    expect(now().expiryPostings.value?.postings).toMatchObject([
      { note: 'one was assigned', rows: [{ quantity: -1 }, { quantity: -1, outcome: 'worthless' }] },
    ]);
    expect(now().expiry.value?.rows).toHaveLength(1);
    expect(now().expiryNote).toBe('');
  }, 30_000);

  test('an undone posting brings the row back, unconfirmed; confirming all takes what is sure', async () => {
    const [posting] = now().expiryPostings.value?.postings ?? [];
    if (posting === undefined) throw new Error('there is a posting');
    await now().undoExpiry(posting);
    const rows = now().expiry.value?.rows ?? [];
    expect(rows).toHaveLength(2);
    expect(rows.every((row) => !choiceOf(now(), row).confirmed)).toBe(true);
    now().confirmProposed();
    expect(confirmedRows(now())).toHaveLength(2);
  }, 30_000);
});
