import type { CommandName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import type { Remote } from '../remote.ts';
import type { JobsSlice } from './jobs.ts';

interface Seat<T> {
  readonly get: () => Remote<T>;
  readonly set: (remote: Remote<T>) => void;
}

export interface Loader<Name extends CommandName> {
  /** Asks; an older request of this loader is cancelled and can no longer answer. */
  load(input: InputOf<Name>, label: string): Promise<void>;
  cancel(): void;
}

/** One seat of the state that one command fills, with the rules every seat needs. */
export function createLoader<Name extends CommandName>(options: {
  readonly client: Client;
  readonly name: Name;
  readonly jobs: () => Pick<JobsSlice, 'startJob' | 'progressJob' | 'endJob'>;
  readonly seat: Seat<OutputOf<Name>>;
}): Loader<Name> {
  const { client, name, jobs, seat } = options;
  let ticket = 0;
  let running: AbortController | null = null;
  return {
    async load(input, label) {
      running?.abort();
      const mine = ++ticket;
      const controller = new AbortController();
      running = controller;
      seat.set({ status: 'loading', value: seat.get().value, progress: null });
      const job = jobs().startJob(label, () => controller.abort());
      const result = await client.request(name, input, {
        signal: controller.signal,
        onProgress: (progress) => {
          jobs().progressJob(job, progress);
          if (mine === ticket) seat.set({ status: 'loading', value: seat.get().value, progress });
        },
      });
      jobs().endJob(job);
      if (mine !== ticket) return; // a newer request owns the seat
      running = null;
      const value = seat.get().value;
      if (result.ok) seat.set({ status: 'ready', value: result.value });
      else if (result.error.code === 'cancelled' && value !== null) seat.set({ status: 'ready', value });
      else seat.set({ status: 'failed', value, error: result.error });
    },
    cancel: () => running?.abort(),
  };
}
