import type { StateCreator } from 'zustand/vanilla';
import type { Dispersion } from '../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { symbolInFront } from './desk.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** Calendar days that a term may have. */
export const dispersionTerms = [10, 20, 30, 45, 60, 90, 120, 180] as const;

export const pastRanges = ['3 months', '6 months', '1 year', '2 years'] as const;
export type PastRange = (typeof pastRanges)[number];

export interface DispersionSlice {
  readonly dispersionBoard: Remote<OutputOf<'dispersion.board'>>;
  readonly dispersionTerm: number;
  /** All terms beside each other instead of the one chosen. */
  readonly comparesTerms: boolean;
  /** Index in front; null: the first of the board. */
  readonly dispersionIndex: string | null;
  /** Measure whose past is shown. */
  readonly dispersionMeasure: string;
  /** How much of the past today is read against. */
  readonly dispersionRange: PastRange;
  readonly dispersionHistory: Remote<OutputOf<'dispersion.history'>>;
  loadDispersion(): Promise<void>;
  loadDispersionHistory(index: string): Promise<void>;
  cancelDispersion(): void;
  chooseDispersion(change: {
    readonly term?: number;
    readonly index?: string;
    readonly measure?: string;
    readonly comparesTerms?: boolean;
    readonly range?: PastRange;
  }): void;
}

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
    const day = () => {
      const asOf = get().asOf;
      return asOf === null ? {} : { asOf };
    };
    return {
      dispersionBoard: idle,
      dispersionTerm: 30,
      comparesTerms: false,
      dispersionIndex: null,
      dispersionMeasure: 'impliedCorrelation',
      dispersionRange: '2 years',
      dispersionHistory: idle,
      loadDispersion() {
        const { comparesTerms, dispersionTerm } = get();
        const terms = comparesTerms ? [...dispersionTerms] : [dispersionTerm];
        return board.load({ terms, ...day() }, 'Dispersion of all indices');
      },
      loadDispersionHistory: (index) =>
        history.load(
          { index, termDays: get().dispersionTerm, ...day() },
          `Past dispersion measures of ${index}`,
        ),
      cancelDispersion: () => board.cancel(),
      chooseDispersion({ term, index, measure, comparesTerms, range }) {
        set({
          ...(term === undefined ? {} : { dispersionTerm: term }),
          ...(index === undefined ? {} : { dispersionIndex: index }),
          ...(measure === undefined ? {} : { dispersionMeasure: measure }),
          ...(comparesTerms === undefined ? {} : { comparesTerms }),
          ...(range === undefined ? {} : { dispersionRange: range }),
        });
      },
    };
  };

/** The cell of the board in front: the index and term chosen, else the first index of that term. */
export function dispersionInFront(
  state: Pick<DispersionSlice, 'dispersionBoard' | 'dispersionTerm' | 'dispersionIndex'> &
    Parameters<typeof symbolInFront>[0],
): Dispersion | null {
  const cells = state.dispersionBoard.value?.cells ?? [];
  const ofTerm = cells.filter((cell) => cell.termDays === state.dispersionTerm);
  const named = (index: string | null) => ofTerm.find((cell) => cell.index === index);
  return named(state.dispersionIndex) ?? named(symbolInFront(state)) ?? ofTerm[0] ?? null;
}
