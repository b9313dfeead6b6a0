import type { StateCreator } from 'zustand/vanilla';
import type {
  ReassessDifference,
  ReassessDue,
  ReassessRunHead,
  ReassessSchedule,
} from '../../shared/contract/reassess.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, ready, type Remote } from '../remote.ts';
import { savedBasketInFront } from './hedge.ts';
import type { WorkstationState } from './store.ts';

/** The log of re-assessments, what changed from one to the next, and when one is due. */
export interface ReassessLogSlice {
  /** Newest first, of the basket in front. */
  readonly reassessRuns: Remote<{ readonly runs: readonly ReassessRunHead[] }>;
  readonly reassessRunId: number | null;
  /** The run in front against the one before it; `ready` with null where there is none. */
  readonly reassessDifference: Remote<ReassessDifference | null>;
  readonly reassessDue: readonly ReassessDue[];
  loadReassessLog(): Promise<void>;
  /** Whether any hedge is to be looked at again. */
  loadReassessDue(): Promise<void>;
  chooseReassessRun(runId: number): Promise<void>;
  /** Keeps what is shown in the log, as looked at by hand. */
  keepReassessRun(): Promise<void>;
  setReassessSchedule(schedule: ReassessSchedule): Promise<void>;
}

export const createReassessLogSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ReassessLogSlice> =>
  (set, get) => ({
    reassessRuns: idle,
    reassessRunId: null,
    reassessDifference: idle,
    reassessDue: [],
    async loadReassessLog() {
      const basket = savedBasketInFront(get())?.name;
      if (basket === undefined) return;
      const [listed, due] = await Promise.all([
        client.request('reassess.runs', { basket }),
        client.request('reassess.due', {}),
      ]);
      if (due.ok) set({ reassessDue: due.value.baskets });
      if (!listed.ok) return set({ reassessRuns: { status: 'failed', value: null, error: listed.error } });
      const shown = get().reassessRunId;
      set({ reassessRuns: ready(listed.value) });
      const isThere = listed.value.runs.some((run) => run.runId === shown);
      const next = isThere ? shown : (listed.value.runs[0]?.runId ?? null);
      if (next === null) set({ reassessRunId: null, reassessDifference: ready(null) });
      else await get().chooseReassessRun(next);
    },
    async loadReassessDue() {
      const due = await client.request('reassess.due', {});
      if (due.ok) set({ reassessDue: due.value.baskets });
    },
    async chooseReassessRun(runId) {
      set({ reassessRunId: runId });
      const listed = get().reassessRuns.value?.runs ?? [];
      if (listed.at(-1)?.runId === runId) return set({ reassessDifference: ready(null) });
      const found = await client.request('reassess.compare', { runId });
      if (get().reassessRunId !== runId) return; // another run was chosen meanwhile
      set({
        reassessDifference: found.ok
          ? ready(found.value)
          : { status: 'failed', value: null, error: found.error },
      });
    },
    async keepReassessRun() {
      const { reassess, reassessRules } = get();
      if (reassess.value === null) return;
      const kept = await client.request('reassess.save', {
        result: reassess.value,
        rules: reassessRules,
        cause: 'hand',
      });
      if (!kept.ok) return get().tell('failed', sentenceOf(kept.error));
      get().tell('done', `Kept in the log as run ${kept.value.runId}.`);
      set({ reassessRunId: kept.value.runId });
      await get().loadReassessLog();
    },
    async setReassessSchedule(schedule) {
      const basket = savedBasketInFront(get())?.name;
      if (basket === undefined) return;
      const saved = await client.request('reassess.setSchedule', { basket, schedule });
      if (!saved.ok) return get().tell('failed', sentenceOf(saved.error));
      set((state) => ({
        reassessDue: [...state.reassessDue.filter((due) => due.basket !== basket), saved.value],
      }));
    },
  });
