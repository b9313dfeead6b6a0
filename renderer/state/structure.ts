import type { StateCreator } from 'zustand/vanilla';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { savedBasketInFront } from './hedge.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** What a basket is hedged with: the programme's calls and index puts, or a structure leg by leg. */
export type StructureKind = 'programme' | InputOf<'hedge.structure'>['kind'];

export interface StructureSlice {
  readonly structureKind: StructureKind;
  /** Deltas are absolute. */
  readonly structureRequest: {
    readonly targetDays: number;
    readonly putDelta: number;
    readonly callDelta: number;
    readonly soldDelta: number;
    /** Of each holding, or of the basket's value. */
    readonly share: number;
  };
  readonly structure: Remote<OutputOf<'hedge.structure'>>;
  chooseStructure(kind: StructureKind): void;
  changeStructure(change: Partial<StructureSlice['structureRequest']>): void;
  findStructure(): Promise<void>;
  cancelStructure(): void;
  /** What was found becomes a draft, and the review opens. */
  draftStructure(): Promise<void>;
}

export const createStructureSlice =
  (client: Client): StateCreator<WorkstationState, [], [], StructureSlice> =>
  (set, get) => {
    const structure = createLoader({
      client,
      name: 'hedge.structure',
      jobs: get,
      seat: { get: () => get().structure, set: (remote) => set({ structure: remote }) },
    });
    const titles = { collars: 'Collars on the names of', 'put-spread': 'Put spread for' } as const;
    return {
      structureKind: 'programme',
      structureRequest: { targetDays: 35, putDelta: 0.3, callDelta: 0.25, soldDelta: 0.12, share: 1 },
      structure: idle,
      chooseStructure(structureKind) {
        if (structureKind === get().structureKind) return;
        structure.cancel();
        set({ structureKind, structure: idle });
      },
      changeStructure: (change) =>
        set((state) => ({ structureRequest: { ...state.structureRequest, ...change } })),
      async findStructure() {
        const { structureKind: kind, structureRequest, hedgeRequest, asOf } = get();
        const basket = savedBasketInFront(get())?.name;
        if (kind === 'programme' || basket === undefined) return;
        const { indexProduct, maxSpreadFraction } = hedgeRequest;
        await structure.load(
          {
            ...structureRequest,
            basket,
            kind,
            maxSpreadFraction,
            ...(asOf === null ? {} : { asOf }),
            ...(indexProduct === null ? {} : { indexProduct }),
          },
          `${titles[kind]} ${basket}`,
        );
      },
      cancelStructure: () => structure.cancel(),
      async draftStructure() {
        const { structure: found, structureKind: kind, hedgeRequest } = get();
        if (found.value === null || found.status !== 'ready' || kind === 'programme') return;
        const { basket, asOf, legs } = found.value;
        const { indexProduct, useBeta, spreadShare, commissionPerContract } = hedgeRequest;
        const made = await client.request('suggestion.draft', {
          basket,
          asOf,
          origin: kind === 'collars' ? 'collar' : 'hand',
          legs,
          useBeta,
          spreadShare,
          commissionPerContract,
          note: `${titles[kind]} ${basket}`,
          ...(indexProduct === null ? {} : { indexProduct }),
        });
        if (!made.ok) return get().tell('failed', sentenceOf(made.error));
        get().focus({ suggestionId: made.value.suggestionId });
        get().openView('review');
        get().tell('done', `Saved as draft suggestion ${made.value.suggestionId}.`);
      },
    };
  };
