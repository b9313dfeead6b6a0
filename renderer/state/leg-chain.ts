import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** The chain that a leg under review can be replaced from; apart from the chain in front. */
export interface LegChainSlice {
  readonly legChain: Remote<OutputOf<'chain.read'>>;
  /** With the rows of one expiry; of none where the key is not known yet. */
  loadLegChain(symbol: string, asOf: string, expiryKey: string | null): Promise<void>;
}

export const createLegChainSlice =
  (client: Client): StateCreator<WorkstationState, [], [], LegChainSlice> =>
  (set, get) => {
    const chain = createLoader({
      client,
      name: 'chain.read',
      jobs: get,
      seat: { get: () => get().legChain, set: (remote) => set({ legChain: remote }) },
    });
    return {
      legChain: idle,
      async loadLegChain(symbol, asOf, expiryKey) {
        if (get().legChain.value?.underlying !== symbol) set({ legChain: idle });
        const expiryKeys = expiryKey === null ? [] : [expiryKey];
        await chain.load({ symbol, asOf, expiryKeys }, `Chain of ${symbol}`);
      },
    };
  };
