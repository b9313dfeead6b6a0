import type { StateCreator } from 'zustand/vanilla';
import type { Suggestion } from '../../shared/contract/hedge.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, ready, type Remote } from '../remote.ts';
import type { WorkstationState } from './store.ts';

type Pair = OutputOf<'suggestion.compare'>;

/** Cases side by side: the first is what the others are set against. */
export interface ComparedCases {
  readonly cases: readonly Suggestion[];
  /** The first against each of the others, in their order. */
  readonly pairs: readonly Pair[];
}

export const mostCompared = 4;

export interface CompareSlice {
  /** Suggestions kept side by side, in the order they were chosen. */
  readonly comparedIds: readonly number[];
  readonly comparison: Remote<ComparedCases>;
  toggleCompared(suggestionId: number): void;
  setCompared(suggestionIds: readonly number[]): void;
  loadComparison(): Promise<void>;
}

export const createCompareSlice =
  (client: Client): StateCreator<WorkstationState, [], [], CompareSlice> =>
  (set, get) => ({
    comparedIds: [],
    comparison: idle,
    toggleCompared(suggestionId) {
      const ids = get().comparedIds;
      if (ids.includes(suggestionId)) get().setCompared(ids.filter((id) => id !== suggestionId));
      else if (ids.length < mostCompared) get().setCompared([...ids, suggestionId]);
      else get().tell('failed', `${mostCompared} cases are side by side: take one off first.`);
    },
    setCompared: (suggestionIds) => set({ comparedIds: suggestionIds.slice(0, mostCompared) }),
    async loadComparison() {
      const ids = get().comparedIds;
      const [first, ...others] = ids;
      if (first === undefined || others.length === 0) return set({ comparison: idle });
      set((state) => ({ comparison: { status: 'loading', value: state.comparison.value, progress: null } }));
      const [reads, compared] = await Promise.all([
        Promise.all(ids.map((suggestionId) => client.request('suggestion.read', { suggestionId }))),
        Promise.all(others.map((b) => client.request('suggestion.compare', { a: first, b }))),
      ]);
      if (get().comparedIds !== ids) return; // other cases were chosen meanwhile
      const failed = [...reads, ...compared].find((result) => !result.ok);
      if (failed !== undefined && !failed.ok)
        return set({ comparison: { status: 'failed', value: null, error: failed.error } });
      const cases = reads.flatMap((result) => (result.ok ? [result.value] : []));
      const pairs = compared.flatMap((result) => (result.ok ? [result.value] : []));
      set({ comparison: ready({ cases, pairs }) });
    },
  });
