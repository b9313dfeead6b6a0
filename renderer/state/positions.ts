import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

export interface PositionsSlice {
  readonly positions: Remote<OutputOf<'positions.list'>>;
  loadPositions(): Promise<void>;
}

export const createPositionsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], PositionsSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'positions.list',
      jobs: get,
      seat: { get: () => get().positions, set: (remote) => set({ positions: remote }) },
    });
    return {
      positions: idle,
      loadPositions() {
        const asOf = get().asOf;
        return list.load(asOf === null ? {} : { asOf }, 'Valuing the positions');
      },
    };
  };
