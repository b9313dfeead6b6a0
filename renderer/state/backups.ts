import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** The checked copies of the desk. */
export interface BackupsSlice {
  readonly backups: Remote<OutputOf<'backup.list'>>;
  loadBackups(): Promise<void>;
  makeBackup(): Promise<void>;
  /** The window then reads the desk anew. */
  restoreBackup(name: string): Promise<void>;
}

export const createBackupsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], BackupsSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'backup.list',
      jobs: get,
      seat: { get: () => get().backups, set: (remote) => set({ backups: remote }) },
    });
    return {
      backups: idle,
      loadBackups: () => list.load({}, 'Listing backups'),
      async makeBackup() {
        const job = get().startJob('Backing the desk up', null);
        const made = await client.request('backup.make', {});
        get().endJob(job);
        if (!made.ok) return get().tell('failed', sentenceOf(made.error));
        get().tell('done', `Backed up and checked: ${made.value.name}.`);
        await list.load({}, 'Listing backups');
      },
      async restoreBackup(name) {
        const job = get().startJob(`Restoring ${name}`, null);
        const done = await client.request('backup.restore', { name });
        get().endJob(job);
        if (!done.ok) get().tell('failed', sentenceOf(done.error));
      },
    };
  };
