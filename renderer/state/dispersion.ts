import type { StateCreator } from 'zustand/vanilla';
import type { Dispersion, DispersionTiming } from '../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { symbolInFront } from './desk.ts';
import {
  choicesFrom,
  dispersionTerms,
  usualDispersionChoices,
  type DispersionChoices,
  type PastRange,
} from './dispersion-choices.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

export interface DispersionSlice {
  readonly dispersionBoard: Remote<OutputOf<'dispersion.board'>>;
  readonly dispersionChoices: DispersionChoices;
  readonly dispersionHistory: Remote<OutputOf<'dispersion.history'>>;
  /** Where every cell of the board stands in its past. */
  readonly dispersionPasts: Remote<OutputOf<'dispersion.pasts'>>;
  readonly dispersionAcross: Remote<OutputOf<'dispersion.terms'>>;
  loadDispersion(): Promise<void>;
  /** The past of the board's cells. */
  loadDispersionPasts(): Promise<void>;
  loadDispersionHistory(index: string): Promise<void>;
  /** The measure in front across all terms. */
  loadDispersionAcross(index: string): Promise<void>;
  cancelDispersion(): void;
  chooseDispersion(change: Partial<DispersionChoices>): void;
  /** Keeps the thresholds of the votes on the desk, null for the usual ones, and votes again. */
  keepDispersionTiming(timing: DispersionTiming | null): Promise<void>;
}

const timingKey = 'dispersion.timing';
/** Sessions of a past of two years, and of all of it. */
const sessions = { usual: 504, all: 2520 } as const;
/** Cells whose past is asked for at once. */
const mostPasts = 40;
const sessionsFor = (range: PastRange): number => (range === 'all' ? sessions.all : sessions.usual);

export const createDispersionSlice =
  (client: Client): StateCreator<WorkstationState, [], [], DispersionSlice> =>
  (set, get) => {
    const board = createLoader({
      client,
      name: 'dispersion.board',
      jobs: get,
      seat: { get: () => get().dispersionBoard, set: (remote) => set({ dispersionBoard: remote }) },
    });
    const history = createLoader({
      client,
      name: 'dispersion.history',
      jobs: get,
      seat: { get: () => get().dispersionHistory, set: (remote) => set({ dispersionHistory: remote }) },
    });
    const pasts = createLoader({
      client,
      name: 'dispersion.pasts',
      jobs: get,
      seat: { get: () => get().dispersionPasts, set: (remote) => set({ dispersionPasts: remote }) },
    });
    const across = createLoader({
      client,
      name: 'dispersion.terms',
      jobs: get,
      seat: { get: () => get().dispersionAcross, set: (remote) => set({ dispersionAcross: remote }) },
    });
    const day = () => {
      const asOf = get().asOf;
      return asOf === null ? {} : { asOf };
    };
    let isRestored = false;
    /** What was chosen before the window was closed. */
    const restore = () => {
      if (isRestored || !get().preferencesLoaded) return;
      isRestored = true;
      set({ dispersionChoices: choicesFrom(get().preferences['dispersion'], get().dispersionChoices) });
    };
    return {
      dispersionBoard: idle,
      dispersionChoices: usualDispersionChoices,
      dispersionHistory: idle,
      dispersionPasts: idle,
      dispersionAcross: idle,
      loadDispersion() {
        restore();
        const { comparesTerms, term } = get().dispersionChoices;
        const terms = comparesTerms ? [...dispersionTerms] : [term];
        return board.load({ terms, ...day() }, 'Dispersion of all indices');
      },
      async loadDispersionPasts() {
        const cells = get().dispersionBoard.value?.cells ?? [];
        const { range } = get().dispersionChoices;
        if (cells.length === 0) return;
        await pasts.load(
          {
            cells: cells.slice(0, mostPasts).map(({ index, termDays }) => ({ index, termDays })),
            sessions: sessionsFor(range),
            ...day(),
          },
          'Past dispersion measures of all indices',
        );
      },
      loadDispersionHistory(index) {
        const { term, range } = get().dispersionChoices;
        return history.load(
          { index, termDays: term, sessions: sessionsFor(range), ...day() },
          `Past dispersion measures of ${index}`,
        );
      },
      async loadDispersionAcross(index) {
        const { measure, range } = get().dispersionChoices;
        await across.load(
          { index, measure, terms: [...dispersionTerms], sessions: sessionsFor(range), ...day() },
          `${index} across terms`,
        );
      },
      cancelDispersion: () => board.cancel(),
      chooseDispersion(change) {
        isRestored = true;
        set({ dispersionChoices: { ...get().dispersionChoices, ...change } });
        get().remember('dispersion', get().dispersionChoices);
      },
      async keepDispersionTiming(timing) {
        const saved = await client.request('preference.save', {
          key: timingKey,
          value: JSON.stringify(timing ?? {}),
        });
        if (!saved.ok) return get().tell('failed', 'The thresholds could not be kept on the desk.');
        await get().loadDispersion();
      },
    };
  };

/** The cell of the board in front: the index and term chosen, else the first index of that term. */
export function dispersionInFront(
  state: Pick<DispersionSlice, 'dispersionBoard' | 'dispersionChoices'> & Parameters<typeof symbolInFront>[0],
): Dispersion | null {
  const { term, index } = state.dispersionChoices;
  const cells = state.dispersionBoard.value?.cells ?? [];
  const ofTerm = cells.filter((cell) => cell.termDays === term);
  const named = (symbol: string | null) => ofTerm.find((cell) => cell.index === symbol);
  return named(index) ?? named(symbolInFront(state)) ?? ofTerm[0] ?? null;
}
