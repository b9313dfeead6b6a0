import type { StateCreator } from 'zustand/vanilla';
import type { Chain, ChainExpiry, MarkChoice } from '../../shared/contract/chain.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

export type SmileAxis = 'strike' | 'forward-moneyness' | 'standardized' | 'delta';
export type ColumnSet = 'prices' | 'volatility' | 'greeks' | 'liquidity' | 'all';
/** Which strikes are shown: all, the nearest `n`, or within `n` standard deviations of the forward. */
export type StrikeWindow = { readonly by: 'all' | 'count' | 'sigma'; readonly size: number };

export interface ChainChoices {
  readonly mark: MarkChoice;
  readonly axis: SmileAxis;
  readonly columnSet: ColumnSet;
  readonly strikeWindow: StrikeWindow;
  /** All expiries under each other instead of one by tabs. */
  readonly stacked: boolean;
}

export interface ChainSlice {
  readonly chain: Remote<Chain>;
  readonly chainChoices: ChainChoices;
  /** Expiries laid over the one in front in the smile. */
  readonly overlays: readonly string[];
  /** Reads the name and day in front with the rows that are wanted now. */
  loadChain(symbol: string): Promise<void>;
  chooseChain(change: Partial<ChainChoices>): void;
  toggleOverlay(key: string): void;
}

const choicesByDefault: ChainChoices = {
  mark: 'mid',
  axis: 'strike',
  columnSet: 'volatility',
  strikeWindow: { by: 'sigma', size: 3 },
  stacked: false,
};

export const createChainSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ChainSlice> =>
  (set, get) => {
    const loader = createLoader({
      client,
      name: 'chain.read',
      jobs: get,
      seat: { get: () => get().chain, set: (remote) => set({ chain: remote }) },
    });
    return {
      chain: idle,
      chainChoices: choicesByDefault,
      overlays: [],
      loadChain(symbol) {
        const { chain, chainChoices, expiryKey, asOf } = get();
        if (chain.value !== null && chain.value.underlying !== symbol) set({ chain: idle, overlays: [] });
        const shown = get().chain.value;
        const front = expiryKey ?? (shown === null ? null : (expiryInFront(shown, null)?.key ?? null));
        const keys = front === null ? [] : [front, ...get().overlays];
        const wanted = chainChoices.stacked ? ['all'] : keys;
        return loader.load(
          {
            symbol,
            mark: chainChoices.mark,
            ...(asOf === null ? {} : { asOf }),
            ...(wanted.length === 0 ? {} : { expiryKeys: wanted }),
          },
          `Reading the chain of ${symbol}`,
        );
      },
      chooseChain(change) {
        set((state) => ({ chainChoices: { ...state.chainChoices, ...change } }));
        get().remember('chain', get().chainChoices);
      },
      toggleOverlay: (key) =>
        set((state) => ({
          overlays: state.overlays.includes(key)
            ? state.overlays.filter((other) => other !== key)
            : [...state.overlays, key],
        })),
    };
  };

/** The choices remembered, over the usual ones. */
export const chainChoicesFrom = (value: unknown): ChainChoices =>
  typeof value === 'object' && value !== null
    ? { ...choicesByDefault, ...(value as Partial<ChainChoices>) }
    : choicesByDefault;

/** The expiry in front: the one chosen, or the first whose rows are there. */
export function expiryInFront(chain: Chain, expiryKey: string | null): ChainExpiry | null {
  return (
    chain.expiries.find((item) => item.key === expiryKey) ??
    chain.expiries.find((item) => item.rows !== null) ??
    chain.expiries[0] ??
    null
  );
}
