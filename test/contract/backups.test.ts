import { copyFileSync, existsSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskEvent } from '../../shared/contract/messages.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

const demo = join(import.meta.dirname, '../../resources/demo');

describe('backups of an open desk', () => {
  const folders: { readonly remove: () => void }[] = [];
  const services: TestService[] = [];
  afterEach(async () => {
    for (const service of services.splice(0)) await service.port.close();
    for (const folder of folders.splice(0)) folder.remove();
  });
  const open = (file: string): TestService => {
    const service = openTestService(file, 'window');
    services.push(service);
    return service;
  };
  const newDesk = () => {
    const folder = temporaryFolder();
    folders.push(folder);
    const file = join(folder.path, 'desk.sqlite');
    return { file, folder: folder.path, service: open(file) };
  };
  const batchesOf = async ({ ask }: TestService) =>
    valueOf(await ask('imports.list', {})).batches.map(({ fileName }) => fileName);

  it('come back whole, tell every window, and leave a way back', async () => {
    const { service } = newDesk();
    const events: DeskEvent[] = [];
    service.port.subscribe((event) => events.push(event));
    await service.importFile(join(demo, 'positions.csv'));
    const made = valueOf(await service.ask('backup.make', {}));
    await service.importFile(join(demo, 'index_weights.csv'));
    expect(await batchesOf(service)).toEqual(['index_weights.csv', 'positions.csv']);

    const { restored, kept } = valueOf(await service.ask('backup.restore', { name: made.name }));
    expect(restored).toBe(made.name);
    expect(events.at(-1)).toEqual({ type: 'desk.replaced' });
    expect(await batchesOf(service)).toEqual(['positions.csv']);
    const { entries } = valueOf(await service.ask('audit.list', { search: 'backup.restore' }));
    expect(entries[0]).toMatchObject({ subject: made.name, outcome: 'done' });

    valueOf(await service.ask('backup.restore', { name: kept }));
    expect(await batchesOf(service)).toEqual(['index_weights.csv', 'positions.csv']);
    const causes = valueOf(await service.ask('backup.list', {})).backups.map(({ cause }) => cause);
    expect(causes.toSorted()).toEqual(['before-restore', 'before-restore', 'by-hand']);
  });

  it('answer requests that came during a restore from the desk that is there then', async () => {
    const { service } = newDesk();
    await service.importFile(join(demo, 'positions.csv'));
    const made = valueOf(await service.ask('backup.make', {}));
    await service.importFile(join(demo, 'index_weights.csv'));
    const restoring = service.ask('backup.restore', { name: made.name });
    const [asked, second] = await Promise.all([
      batchesOf(service),
      service.ask('backup.restore', { name: made.name }),
    ]);
    expect((await restoring).ok).toBe(true);
    expect(asked).toEqual(['positions.csv']);
    expect(second).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  it('refuse one that is damaged and one that is not there, with the desk as it was', async () => {
    const { service, file } = newDesk();
    await service.importFile(join(demo, 'positions.csv'));
    const made = valueOf(await service.ask('backup.make', {}));
    truncateSync(join(`${file}.backups`, made.name), 8192);
    const damaged = await service.ask('backup.restore', { name: made.name });
    expect(damaged).toMatchObject({ ok: false, error: { code: 'desk-damaged' } });
    expect(await batchesOf(service)).toEqual(['positions.csv']);
    const outside = await service.ask('backup.restore', { name: '../desk.sqlite' });
    expect(outside).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(existsSync(file)).toBe(true);
  });

  it('are not made of a desk in memory, which says so', async () => {
    const service = openTestService();
    services.push(service);
    const refused = await service.ask('backup.make', {});
    expect(refused).toMatchObject({ ok: false, error: { code: 'desk-unwritable' } });
  });

  it('lists what a migration or the command line kept beside the desk', async () => {
    const { service, file, folder } = newDesk();
    await service.importFile(join(demo, 'positions.csv'));
    const made = valueOf(await service.ask('backup.make', {}));
    copyFileSync(join(`${file}.backups`, made.name), `${file}.schema-10.2026-11-01T080000Z.bak`);
    const { backups } = valueOf(await service.ask('backup.list', {}));
    expect(backups.map(({ cause }) => cause)).toContain('before-migration');
    const old = backups.find(({ cause }) => cause === 'before-migration');
    expect(old?.at).toBe('2026-11-01T08:00:00Z');
    valueOf(await service.ask('backup.restore', { name: old?.name ?? '' }));
    expect(readdirSync(folder).some((name) => name.includes('.before-restore.'))).toBe(true);
  });
});
