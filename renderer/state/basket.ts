import type { StateCreator } from 'zustand/vanilla';
import type { BasketResult, BasketRulesInput, SavedBasket } from '../../shared/contract/basket.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, ready, type Remote } from '../remote.ts';
import { dayInFront, symbolInFront } from './desk.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

export interface BasketSlice {
  /** The rules as the form has them; `index` is null until one is known. */
  readonly basketRules: Omit<BasketRulesInput, 'index'> & { readonly index: string | null };
  readonly basketResult: Remote<BasketResult>;
  /** Version shown, where what is shown was saved. */
  readonly basketShown: { readonly name: string; readonly version: number } | null;
  readonly baskets: Remote<OutputOf<'basket.list'>>;
  /** A value of undefined takes the rule away. */
  changeBasketRules(change: {
    readonly [K in keyof BasketSlice['basketRules']]?: BasketSlice['basketRules'][K] | undefined;
  }): void;
  /** Locks a name in, out, or neither. */
  fixBasketName(symbol: string, how: 'lock' | 'exclude' | 'free'): void;
  buildBasket(): Promise<void>;
  cancelBasket(): void;
  loadBaskets(): Promise<void>;
  /** A new version; `acceptance` is the reason where rules are not met, and must then be there. */
  saveBasket(name: string, words?: { readonly note?: string; readonly acceptance?: string }): Promise<void>;
  showBasket(basket: SavedBasket): void;
}

export const createBasketSlice =
  (client: Client): StateCreator<WorkstationState, [], [], BasketSlice> =>
  (set, get) => {
    const build = createLoader({
      client,
      name: 'basket.build',
      jobs: get,
      seat: { get: () => get().basketResult, set: (remote) => set({ basketResult: remote }) },
    });
    const list = createLoader({
      client,
      name: 'basket.list',
      jobs: get,
      seat: { get: () => get().baskets, set: (remote) => set({ baskets: remote }) },
    });
    return {
      basketRules: {
        index: null,
        maxNames: 20,
        minRSquared: 0.8,
        minVolDifferential: null,
        volDifferentialShare: 0.6,
        volDifferentialKind: 'historical',
        termDays: 60,
        maxIndexShare: 0.7,
        maxWeightOverlap: null,
        frequency: 'daily',
        capital: 10_000_000,
        lotSize: 100,
        lock: [],
        exclude: [],
      },
      basketResult: idle,
      basketShown: null,
      baskets: idle,
      changeBasketRules(change) {
        const changed = Object.entries({ ...get().basketRules, ...change });
        const kept = Object.fromEntries(changed.filter(([, value]) => value !== undefined));
        set({ basketRules: kept as unknown as BasketSlice['basketRules'] });
      },
      fixBasketName(symbol, how) {
        const { lock = [], exclude = [] } = get().basketRules;
        const without = (list: readonly string[]) => list.filter((other) => other !== symbol);
        get().changeBasketRules({
          lock: how === 'lock' ? [...without(lock), symbol] : without(lock),
          exclude: how === 'exclude' ? [...without(exclude), symbol] : without(exclude),
        });
      },
      async buildBasket() {
        const { basketRules } = get();
        const index = basketRules.index ?? indexInFront(get());
        if (index === null) return;
        const asOf = get().asOf;
        set({ basketShown: null });
        await build.load(
          { ...basketRules, index, ...(asOf === null ? {} : { asOf }) },
          `Building a basket for ${index}`,
        );
      },
      cancelBasket: () => build.cancel(),
      loadBaskets: () => list.load({}, 'Reading the saved baskets'),
      async saveBasket(name, words = {}) {
        const result = get().basketResult.value;
        if (result === null) return;
        const saved = await client.request('basket.save', { name, result, ...words });
        if (!saved.ok) return get().tell('failed', sentenceOf(saved.error));
        set({ basketShown: { name, version: saved.value.version } });
        get().focus({ basket: name });
        get().tell('done', `${name} is saved as version ${saved.value.version}.`, {
          label: 'Hedge it',
          run: () => get().openView('hedge'),
        });
        await get().loadBaskets();
      },
      showBasket({ name, version, result }) {
        const { asOf: _, ...rules } = result.rules;
        build.cancel();
        set({
          basketRules: rules,
          basketResult: ready(result),
          basketShown: { name, version },
        });
        get().focus({ basket: name });
      },
    };
  };

/** Rules asked for that the basket does not meet; what is only reported is not among them. */
export const unmetRules = (result: Pick<BasketResult, 'checks'>): BasketResult['checks'] =>
  result.checks.filter((check) => !check.met && check.reported !== true);

/** The index that a basket is built for: the one chosen, or the first with weights and a chain that day. */
export function indexInFront(
  state: Pick<WorkstationState, 'basketRules' | 'desk' | 'symbol' | 'asOf'>,
): string | null {
  const indices = (state.desk.value?.underliers ?? []).filter((item) => item.weightDates.length > 0);
  const day = dayInFront(state);
  const wanted = state.basketRules.index ?? symbolInFront(state);
  const found =
    indices.find((item) => item.symbol === wanted) ??
    indices.find((item) => day !== null && item.chainDates.includes(day)) ??
    indices[0];
  return found?.symbol ?? null;
}
