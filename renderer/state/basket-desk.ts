import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { indexInFront } from './basket.ts';
import { savedBasketInFront } from './hedge.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** What lies under the basket: kept versions, the frontier, two versions compared, trades, drift. */
export const basketPanes = ['saved', 'frontier', 'compare', 'trades', 'drift'] as const;
export type BasketPane = (typeof basketPanes)[number];

export interface VersionName {
  readonly name: string;
  readonly version: number;
}

/** Whose shares count, what becomes of names outside the basket, and whether trades are whole lots. */
export interface BasketTradeChoice {
  /** null: all books together. */
  readonly book: string | null;
  readonly others: 'keep' | 'sell';
  readonly wholeLots: boolean;
}

export interface BasketDeskSlice {
  readonly basketPane: BasketPane;
  /** Names and sectors of the index in front. */
  readonly basketUniverse: Remote<OutputOf<'basket.universe'>>;
  readonly basketFrontier: Remote<OutputOf<'basket.frontier'>>;
  /** The rules the frontier was asked by, as text: other rules make it old. */
  readonly basketFrontierRules: string | null;
  readonly basketVersions: Remote<OutputOf<'basket.versions'>>;
  /** Chosen by hand; null: the two newest versions of the basket in front. */
  readonly basketCompared: { readonly before: VersionName; readonly after: VersionName } | null;
  readonly basketComparison: Remote<OutputOf<'basket.compare'>>;
  readonly basketTradeChoice: BasketTradeChoice;
  readonly basketTrades: Remote<OutputOf<'basket.trades'>>;
  readonly basketDrift: Remote<OutputOf<'basket.drift'>>;
  showBasketPane(pane: BasketPane): void;
  loadBasketUniverse(): Promise<void>;
  findBasketFrontier(): Promise<void>;
  cancelBasketFrontier(): void;
  /** Takes a number of names off the frontier and builds that basket. */
  chooseBasketSize(maxNames: number): Promise<void>;
  loadBasketVersions(name: string): Promise<void>;
  openBasketVersion(version: VersionName): Promise<void>;
  compareBasketVersions(before: VersionName, after: VersionName): Promise<void>;
  chooseBasketTrades(change: Partial<BasketTradeChoice>): void;
  loadBasketTrades(): Promise<void>;
  loadBasketDrift(): Promise<void>;
  cancelBasketDrift(): void;
}

/** Numbers of names the frontier tries, as far as the index has them. */
const frontierSizes = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100] as const;

export const createBasketDeskSlice =
  (client: Client): StateCreator<WorkstationState, [], [], BasketDeskSlice> =>
  (set, get) => {
    const universe = createLoader({
      client,
      name: 'basket.universe',
      jobs: get,
      seat: { get: () => get().basketUniverse, set: (remote) => set({ basketUniverse: remote }) },
    });
    const frontier = createLoader({
      client,
      name: 'basket.frontier',
      jobs: get,
      seat: { get: () => get().basketFrontier, set: (remote) => set({ basketFrontier: remote }) },
    });
    const versions = createLoader({
      client,
      name: 'basket.versions',
      jobs: get,
      seat: { get: () => get().basketVersions, set: (remote) => set({ basketVersions: remote }) },
    });
    const comparison = createLoader({
      client,
      name: 'basket.compare',
      jobs: get,
      seat: { get: () => get().basketComparison, set: (remote) => set({ basketComparison: remote }) },
    });
    const trades = createLoader({
      client,
      name: 'basket.trades',
      jobs: get,
      seat: { get: () => get().basketTrades, set: (remote) => set({ basketTrades: remote }) },
    });
    const drift = createLoader({
      client,
      name: 'basket.drift',
      jobs: get,
      seat: { get: () => get().basketDrift, set: (remote) => set({ basketDrift: remote }) },
    });
    const day = () => {
      const { asOf } = get();
      return asOf === null ? {} : { asOf };
    };
    return {
      basketPane: 'saved',
      basketUniverse: idle,
      basketFrontier: idle,
      basketFrontierRules: null,
      basketVersions: idle,
      basketCompared: null,
      basketComparison: idle,
      basketTradeChoice: { book: null, others: 'keep', wholeLots: false },
      basketTrades: idle,
      basketDrift: idle,
      showBasketPane: (pane) => set({ basketPane: pane }),
      async loadBasketUniverse() {
        const index = indexInFront(get());
        if (index !== null) await universe.load({ index, ...day() }, `Names of ${index}`);
      },
      async findBasketFrontier() {
        const index = indexInFront(get());
        if (index === null) return;
        const { names: _, ...rules } = get().basketRules;
        const most = get().basketUniverse.value?.names.length ?? Infinity;
        const within = frontierSizes.filter((size) => size <= most);
        set({ basketFrontierRules: frontierRulesOf(get()) });
        await frontier.load(
          {
            rules: { ...rules, index, ...day() },
            sizes: within.length > 0 ? within : [1],
          },
          `r² of ${index}'s baskets by number of names`,
        );
      },
      cancelBasketFrontier: () => frontier.cancel(),
      async chooseBasketSize(maxNames) {
        get().changeBasketRules({ maxNames });
        await get().buildBasket();
      },
      loadBasketVersions: (name) => versions.load({ name }, `Versions of ${name}`),
      async openBasketVersion(version) {
        const found = await client.request('basket.read', version);
        if (found.ok) get().showBasket(found.value);
        else get().tell('failed', sentenceOf(found.error));
      },
      async compareBasketVersions(before, after) {
        set({ basketCompared: { before, after } });
        await comparison.load(
          { before, after },
          `Comparing ${before.name} ${before.version} with ${after.name} ${after.version}`,
        );
      },
      chooseBasketTrades: (change) => set({ basketTradeChoice: { ...get().basketTradeChoice, ...change } }),
      async loadBasketTrades() {
        const version = savedVersionInFront(get());
        if (version === null) return set({ basketTrades: idle });
        const { book, ...choice } = get().basketTradeChoice;
        await trades.load(
          { ...version, ...choice, ...(book === null ? {} : { book }), ...day() },
          `Trades to ${version.name}`,
        );
      },
      async loadBasketDrift() {
        const version = savedVersionInFront(get());
        if (version === null) return set({ basketDrift: idle });
        if (get().basketDrift.value?.basket.name !== version.name) set({ basketDrift: idle });
        await drift.load({ ...version, ...day() }, `Rules of ${version.name} on every day since`);
      },
      cancelBasketDrift: () => drift.cancel(),
    };
  };

/** The saved basket that trades and drift speak of: the version shown, else the newest of the one in front. */
export function savedVersionInFront(
  state: Pick<WorkstationState, 'baskets' | 'basket' | 'basketShown'>,
): VersionName | null {
  if (state.basketShown !== null) return state.basketShown;
  const saved = savedBasketInFront(state);
  return saved === null ? null : { name: saved.name, version: saved.version };
}

/** Everything a frontier rests on, as text: two that differ are of different rules. */
export function frontierRulesOf(
  state: Pick<WorkstationState, 'basketRules' | 'asOf' | 'desk' | 'symbol'>,
): string {
  const { names: _, maxNames: __, minRSquared: ___, capital, ...rules } = state.basketRules;
  return JSON.stringify([{ ...rules, index: indexInFront(state) }, capital, state.asOf]);
}
