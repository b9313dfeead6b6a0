import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { dayInFront } from './desk.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

export interface ScanSlice {
  readonly scan: Remote<OutputOf<'scan.read'>>;
  /** Index whose names are scanned; null: all names of the desk. */
  readonly scanIndex: string | null;
  /** Whether each measure is shown against its own stored days, which takes long the first time. */
  readonly scanStanding: boolean;
  readonly volatility: Remote<OutputOf<'volatility.read'>>;
  readonly skew: Remote<OutputOf<'skew.read'>>;
  loadScan(change?: { readonly index?: string | null; readonly standing?: boolean }): Promise<void>;
  loadVolatility(symbol: string): Promise<void>;
  loadSkew(symbol: string): Promise<void>;
}

export const createScanSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ScanSlice> =>
  (set, get) => {
    const scan = createLoader({
      client,
      name: 'scan.read',
      jobs: get,
      seat: { get: () => get().scan, set: (remote) => set({ scan: remote }) },
    });
    const volatility = createLoader({
      client,
      name: 'volatility.read',
      jobs: get,
      seat: { get: () => get().volatility, set: (remote) => set({ volatility: remote }) },
    });
    const skew = createLoader({
      client,
      name: 'skew.read',
      jobs: get,
      seat: { get: () => get().skew, set: (remote) => set({ skew: remote }) },
    });
    const dayChosen = () => {
      const asOf = get().asOf;
      return asOf === null ? {} : { asOf };
    };
    // Prices may go on after the newest chain: what is compared with it ends on its day.
    const dayShown = () => {
      const asOf = dayInFront(get());
      return asOf === null ? {} : { asOf };
    };
    return {
      scan: idle,
      scanIndex: null,
      scanStanding: false,
      volatility: idle,
      skew: idle,
      loadScan(change) {
        const index = change?.index === undefined ? get().scanIndex : change.index;
        const standing = change?.standing ?? get().scanStanding;
        set({ scanIndex: index, scanStanding: standing });
        return scan.load(
          { ...dayShown(), standing, ...(index === null ? {} : { index }) },
          index === null ? 'Scanning all names' : `Scanning the names of ${index}`,
        );
      },
      loadVolatility: (symbol) =>
        volatility.load({ symbol, ...dayShown() }, `Realized volatility of ${symbol}`),
      loadSkew: (symbol) => skew.load({ symbols: [symbol], ...dayChosen() }, `Term structure of ${symbol}`),
    };
  };
