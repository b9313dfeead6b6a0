import type { StateCreator } from 'zustand/vanilla';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** Quotes left out and market inputs set by a person, of the name in front. */
export interface InputsByHandSlice {
  readonly exclusions: Remote<OutputOf<'quotes.exclusions'>>;
  readonly overrides: Remote<OutputOf<'override.list'>>;
  loadInputsByHand(symbol: string): Promise<void>;
  excludeQuote(input: InputOf<'quotes.exclude'>): Promise<boolean>;
  restoreQuote(exclusionId: number): Promise<boolean>;
  setOverride(input: InputOf<'override.set'>): Promise<boolean>;
  clearOverride(overrideId: number): Promise<boolean>;
}

export const createInputsByHandSlice =
  (client: Client): StateCreator<WorkstationState, [], [], InputsByHandSlice> =>
  (set, get) => {
    const exclusions = createLoader({
      client,
      name: 'quotes.exclusions',
      jobs: get,
      seat: { get: () => get().exclusions, set: (remote) => set({ exclusions: remote }) },
    });
    const overrides = createLoader({
      client,
      name: 'override.list',
      jobs: get,
      seat: { get: () => get().overrides, set: (remote) => set({ overrides: remote }) },
    });
    const told = (done: Result<unknown, Failure>) => {
      if (!done.ok) get().tell('failed', sentenceOf(done.error));
      return done.ok;
    };
    return {
      exclusions: idle,
      overrides: idle,
      async loadInputsByHand(symbol) {
        await Promise.all([
          exclusions.load({ symbol }, `Quotes of ${symbol} left out by hand`),
          overrides.load({ symbol }, `Inputs of ${symbol} set by hand`),
        ]);
      },
      excludeQuote: async (input) => told(await client.request('quotes.exclude', input)),
      restoreQuote: async (exclusionId) => told(await client.request('quotes.restore', { exclusionId })),
      setOverride: async (input) => told(await client.request('override.set', input)),
      clearOverride: async (overrideId) => told(await client.request('override.clear', { overrideId })),
    };
  };
