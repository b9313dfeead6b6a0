import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** The chain that a leg under review can be replaced from; apart from the chain in front. */
export interface LegChainSlice {
  readonly legChain: Remote<OutputOf<'chain.read'>>;
  /** With the rows of one expiry: of the key, else the first of the day that is asked for. */
  loadLegChain(ask: {
    readonly symbol: string;
    readonly asOf: string;
    readonly expiry: string;
    readonly expiryKey: string | null;
  }): Promise<void>;
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
      async loadLegChain({ symbol, asOf, expiry, expiryKey }) {
        const label = `Chain of ${symbol}`;
        if (get().legChain.value?.underlying !== symbol) set({ legChain: idle });
        if (get().legChain.value === null) await chain.load({ symbol, asOf, expiryKeys: [] }, label);
        const listed = get().legChain.value?.expiries ?? [];
        const key = expiryKey ?? listed.find((one) => one.expiry === expiry)?.key;
        if (key !== undefined) await chain.load({ symbol, asOf, expiryKeys: [key] }, label);
      },
    };
  };
