import type { StateCreator } from 'zustand/vanilla';
import type { DeskEvent, Progress } from '../../shared/contract/messages.ts';
import type { WorkstationState } from './store.ts';

export interface Job {
  readonly id: number;
  readonly label: string;
  readonly progress: Progress | null;
  readonly cancel: (() => void) | null;
}

/** A line told to the user once: what happened, and whether it was good. */
export interface Notice {
  readonly id: number;
  readonly tone: 'done' | 'failed';
  readonly sentence: string;
  /** Something that can be done about it, for example undo. */
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

export interface JobsSlice {
  readonly jobs: readonly Job[];
  readonly notice: Notice | null;
  /** The desk's last announcement and how many there were: what a pane re-reads upon. */
  readonly lastEvent: { readonly event: DeskEvent; readonly count: number } | null;
  startJob(label: string, cancel: (() => void) | null): number;
  progressJob(id: number, progress: Progress): void;
  endJob(id: number): void;
  tell(tone: Notice['tone'], sentence: string, action?: Notice['action']): void;
  dismissNotice(): void;
}

/** Work under way, shown in the status line, and the last thing worth saying. */
export const createJobsSlice = (): StateCreator<WorkstationState, [], [], JobsSlice> => (set) => {
  let nextId = 1;
  return {
    jobs: [],
    notice: null,
    lastEvent: null,
    startJob(label, cancel) {
      const id = nextId++;
      set((state) => ({ jobs: [...state.jobs, { id, label, progress: null, cancel }] }));
      return id;
    },
    progressJob: (id, progress) =>
      set((state) => ({ jobs: state.jobs.map((job) => (job.id === id ? { ...job, progress } : job)) })),
    endJob: (id) => set((state) => ({ jobs: state.jobs.filter((job) => job.id !== id) })),
    tell: (tone, sentence, action = null) => set({ notice: { id: nextId++, tone, sentence, action } }),
    dismissNotice: () => set({ notice: null }),
  };
};
