import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupFindings } from '../../main/commands/support/records/desk-findings.ts';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** What the desk says is waiting or wrong, over the real dispatcher and store. */
const folder = temporaryFolder();
let service: TestService;
const earlier = '2026-11-19';

beforeAll(async () => {
  const file = join(folder.path, 'findings.voldesk');
  copyDemoDesk(file);
  service = openTestService(file);
  const built = valueOf(
    await service.ask('basket.build', { index: 'MERI', maxNames: 14, asOf: earlier, minRSquared: 0.5 }),
  );
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
  // The same shares held to a fit that no day can have.
  const strict = { ...built, rules: { ...built.rules, minRSquared: 0.99999 } };
  valueOf(
    await service.ask('basket.save', { name: 'Strict', result: strict, acceptance: 'to see it break' }),
  );
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

const findings = async (rule: string) =>
  valueOf(await service.ask('desk.health', {})).findings.filter((finding) => finding.rule === rule);

describe('the health of a desk', () => {
  it('says which saved basket broke its rules, once its days were looked at, until the data change', async () => {
    expect(await findings('basket rule broken')).toEqual([]);
    for (const name of ['Core', 'Strict']) valueOf(await service.ask('basket.drift', { name }));
    const [found, ...others] = await findings('basket rule broken');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: 'warning', subject: 'Strict' });
    expect(found?.sentence).toMatch(/^Strict breaks its rules since 2026-11-20: r² fell to 0\.\d{4};/);
    // Other data may say otherwise: nothing is claimed until the days are looked at again.
    const { expiries } = valueOf(
      await service.ask('chain.read', { symbol: 'MERI', expiryKeys: ['all'], asOf: earlier }),
    );
    const contract = expiries[0]!.rows!.put.contract.find((one) => one !== null)!;
    const out = { symbol: 'MERI', contract, tradeDate: earlier, reason: 'stale' };
    valueOf(await service.ask('quotes.exclude', out));
    expect(await findings('basket rule broken')).toEqual([]);
  }, 60_000);

  it('asks for a backup where the desk was written since the newest, and that is a day old or missing', async () => {
    const [none] = await findings('old backup');
    expect(none?.sentence).toContain('The desk has no backup.');
    valueOf(await service.ask('backup.make', {}));
    expect(await findings('old backup')).toEqual([]);
    const shelf = {
      folder: 'somewhere',
      list: () => [{ name: 'one', at: '2026-11-18T09:00:00Z', cause: 'hour' as const, bytes: 1 }],
      isBehind: () => true,
    };
    expect(backupFindings(shelf, '2026-11-19T08:59:59Z')).toEqual([]);
    expect(backupFindings(shelf, '2026-11-20T09:00:00Z')).toMatchObject([{ count: 2 }]);
    expect(backupFindings({ ...shelf, isBehind: () => false }, '2026-11-20T09:00:00Z')).toEqual([]);
    expect(backupFindings({ ...shelf, folder: null }, '2026-11-20T09:00:00Z')).toEqual([]);
  });

  it('names the realized-volatility contract that lacks a session', async () => {
    expect(await findings('missing observation')).toEqual([]);
    valueOf(
      await service.ask('contracts.addRealizedVol', {
        contractId: 'RV-PRINTS',
        underlying: 'MERI',
        kind: 'quarterly',
        startDate: '2026-11-17',
        endDate: '2026-12-18',
        months: 3,
        quantity: 1,
        tradeVol: 0.15,
        observationTimes: ['11:00', '15:00'],
      }),
    );
    const [found] = await findings('missing observation');
    expect(found?.sentence).toMatch(/^RV-PRINTS has no observation of MERI on 2026-11-1\d and \d more\./);
    // The close stands for the last time of a day; the other of three sessions is not known.
    expect(found?.count).toBe(3);
  });
});

describe('the calendar of a desk', () => {
  it('has the next look at a hedge by its schedule, due until somebody looked', async () => {
    const looks = async () =>
      valueOf(await service.ask('contracts.calendar', { days: 60 })).dates.filter(
        ({ kind }) => kind === 're-assessment',
      );
    expect(await looks()).toEqual([]);
    const schedule = { kind: 'sessions' as const, every: 5 };
    valueOf(await service.ask('reassess.setSchedule', { basket: 'Core', schedule }));
    expect(await looks()).toMatchObject([
      { subject: 'Core', underlying: 'MERI', date: '2026-11-20', status: 'due' },
    ]);
    const result = valueOf(await service.ask('hedge.reassess', { basket: 'Core' }));
    valueOf(await service.ask('reassess.save', { result, cause: 'hand' }));
    const { baskets } = valueOf(await service.ask('reassess.due', {}));
    const { nextOn } = baskets.find(({ basket }) => basket === 'Core')!;
    expect(await looks()).toMatchObject([{ subject: 'Core', date: nextOn, status: 'coming' }]);
  }, 60_000);
});
