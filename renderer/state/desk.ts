import type { StateCreator } from 'zustand/vanilla';
import type { DeskInfo, HealthFinding } from '../../shared/contract/desk.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

export interface DeskSlice {
  readonly desk: Remote<DeskInfo>;
  readonly health: Remote<{ readonly asOf: string | null; readonly findings: HealthFinding[] }>;
  loadDesk(): Promise<void>;
  loadHealth(): Promise<void>;
}

export const createDeskSlice =
  (client: Client): StateCreator<WorkstationState, [], [], DeskSlice> =>
  (set, get) => {
    const desk = createLoader({
      client,
      name: 'desk.info',
      jobs: get,
      seat: { get: () => get().desk, set: (remote) => set({ desk: remote }) },
    });
    const health = createLoader({
      client,
      name: 'desk.health',
      jobs: get,
      seat: { get: () => get().health, set: (remote) => set({ health: remote }) },
    });
    return {
      desk: idle,
      health: idle,
      loadDesk: () => desk.load({}, 'Reading the desk'),
      loadHealth: () => {
        const asOf = get().asOf;
        return health.load(asOf === null ? {} : { asOf }, 'Checking data quality');
      },
    };
  };

/** The name in front: the one chosen, or the first with a chain on the day in front: an index with weights and prices, an index, any. */
export function symbolInFront(state: Pick<WorkstationState, 'symbol' | 'desk' | 'asOf'>): string | null {
  const underliers = state.desk.value?.underliers ?? [];
  if (state.symbol !== null && underliers.some((item) => item.symbol === state.symbol)) return state.symbol;
  const day = dayInFront(state);
  const withChain = underliers.filter((item) => day !== null && item.chainDates.includes(day));
  const indices = withChain.filter((item) => item.kind === 'index');
  const first =
    indices.find((item) => item.weightDates.length > 0 && item.priceCount > 0) ??
    indices[0] ??
    withChain[0] ??
    underliers[0];
  return first?.symbol ?? null;
}

/** The market day in front: the one chosen, or the newest of the desk. */
export const dayInFront = (state: Pick<WorkstationState, 'asOf' | 'desk'>): string | null =>
  state.asOf ?? state.desk.value?.marketDates[0] ?? null;

/** The currency of names, where they share one that is known; else the word. */
export function currencyOf(state: Pick<WorkstationState, 'desk'>, symbols: readonly string[]): string {
  const own = (state.desk.value?.underliers ?? [])
    .filter((item) => symbols.includes(item.symbol))
    .map((item) => item.currency);
  const first = own[0];
  return first !== undefined && first !== '' && own.every((item) => item === first) ? first : 'currency';
}
