import type { StateCreator } from 'zustand/vanilla';
import type { SavedBasket } from '../../shared/contract/basket.ts';
import type { HedgeProposal, HedgeRequest, HedgeRequestInput } from '../../shared/contract/hedge.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, ready, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** A run that was made, kept to flip back to. */
export interface HedgeCase {
  readonly number: number;
  readonly proposal: HedgeProposal;
  /** The draft it was saved as; null for a run that found nothing. */
  readonly suggestionId: number | null;
}

/** Limits of net delta that the frontier is found at, fractions of the basket. */
export const frontierLimits = [0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3] as const;
const keptCases = 6;

export interface HedgeSlice {
  /** What is allowed; the basket is the one in front. */
  readonly hedgeRequest: Omit<
    HedgeRequest,
    'basket' | 'asOf' | 'indexProduct' | 'expiry' | 'excludeContracts'
  > & {
    readonly indexProduct: string | null;
    readonly expiry: string | null;
    readonly excludeContracts: readonly string[];
  };
  readonly hedge: Remote<HedgeProposal>;
  readonly hedgeCases: readonly HedgeCase[];
  readonly hedgeLegId: string | null;
  readonly frontier: Remote<OutputOf<'hedge.frontier'>>;
  /** Limit of net delta of the point that is chosen on the frontier. */
  readonly frontierPoint: number | null;
  /** What one step looser of each limit would buy, and of which request. */
  readonly hedgeShadows: Remote<OutputOf<'hedge.shadows'>>;
  readonly shadowsOf: HedgeRequest | null;
  /** The chain of the index product, for its expiries. */
  readonly hedgeExpiries: Remote<OutputOf<'chain.read'>>;
  changeHedgeRequest(change: Partial<HedgeSlice['hedgeRequest']>): void;
  /** Solves, and keeps what was found as a draft for review. */
  runHedge(): Promise<void>;
  cancelHedge(): void;
  /** Solves again with each limit one step looser. */
  loadShadows(request: HedgeRequest): Promise<void>;
  cancelShadows(): void;
  /** The most premium at each limit of net delta, all else as in the request. */
  loadFrontier(request: HedgeRequest): Promise<void>;
  chooseFrontierPoint(limit: number | null): void;
  /** The case of the point that is chosen: one that was run, else it is run now. */
  openFrontierPoint(request: HedgeRequest): Promise<void>;
  loadHedgeExpiries(symbol: string): Promise<void>;
  showHedgeCase(number: number): void;
  chooseHedgeLeg(legId: string | null): void;
}

export const createHedgeSlice =
  (client: Client): StateCreator<WorkstationState, [], [], HedgeSlice> =>
  (set, get) => {
    const solve = createLoader({
      client,
      name: 'hedge.suggest',
      jobs: get,
      seat: { get: () => get().hedge, set: (remote) => set({ hedge: remote }) },
    });
    const frontier = createLoader({
      client,
      name: 'hedge.frontier',
      jobs: get,
      seat: { get: () => get().frontier, set: (remote) => set({ frontier: remote }) },
    });
    const shadows = createLoader({
      client,
      name: 'hedge.shadows',
      jobs: get,
      seat: { get: () => get().hedgeShadows, set: (remote) => set({ hedgeShadows: remote }) },
    });
    const expiries = createLoader({
      client,
      name: 'chain.read',
      jobs: get,
      seat: { get: () => get().hedgeExpiries, set: (remote) => set({ hedgeExpiries: remote }) },
    });
    const request = (): HedgeRequestInput | null => {
      const { asOf, hedgeRequest } = get();
      const basket = savedBasketInFront(get())?.name ?? null;
      if (basket === null) return null;
      const { indexProduct, expiry, excludeContracts, ...rest } = hedgeRequest;
      return {
        ...rest,
        basket,
        excludeContracts: [...excludeContracts],
        ...(asOf === null ? {} : { asOf }),
        ...(indexProduct === null ? {} : { indexProduct }),
        ...(expiry === null ? {} : { expiry }),
      };
    };
    let frontierOf: string | null = null;
    const keepCase = (proposal: HedgeProposal, suggestionId: number | null) =>
      set((state) => {
        const number = (state.hedgeCases.at(-1)?.number ?? 0) + 1;
        return { hedgeCases: [...state.hedgeCases, { number, proposal, suggestionId }].slice(-keptCases) };
      });
    return {
      hedgeRequest: {
        indexProduct: null,
        expiry: null,
        netDeltaLimit: 0.05,
        coverage: 1,
        maxCoverage: 1.5,
        minCredit: 0,
        overwrite: 1,
        balance: 0.5,
        objective: ['net-delta', 'score'],
        maxLegs: null,
        maxPutLegs: null,
        minOpenInterest: 0,
        maxSpreadFraction: 0.6,
        callDeltaRange: [0.05, 0.6],
        putDeltaRange: [0.05, 0.7],
        useBeta: true,
        spreadShare: 0,
        commissionPerContract: 0,
        excludeContracts: [],
      },
      hedge: idle,
      hedgeCases: [],
      hedgeLegId: null,
      hedgeShadows: idle,
      shadowsOf: null,
      frontier: idle,
      frontierPoint: null,
      hedgeExpiries: idle,
      changeHedgeRequest: (change) =>
        set((state) => ({ hedgeRequest: { ...state.hedgeRequest, ...change } })),
      async runHedge() {
        const asked = request();
        if (asked === null) return;
        set({ hedgeLegId: null });
        await solve.load(asked, `Finding a hedge for ${asked.basket}`);
        const found = get().hedge;
        if (found.status !== 'ready' || get().hedgeCases.some((one) => one.proposal === found.value)) return;
        const proposal = found.value;
        if (proposal.status === 'infeasible' || proposal.legs.length === 0) return keepCase(proposal, null);
        const saved = await client.request('suggestion.save', { proposal });
        keepCase(proposal, saved.ok ? saved.value.suggestionId : null);
        if (!saved.ok) return get().tell('failed', sentenceOf(saved.error));
        get().focus({ suggestionId: saved.value.suggestionId });
        get().tell('done', `Saved as draft suggestion ${saved.value.suggestionId}.`, {
          label: 'Review it',
          run: () => get().openView('review'),
        });
      },
      cancelHedge: () => solve.cancel(),
      async loadShadows(request) {
        const { shadowsOf } = get();
        if (shadowsOf === null || !sameRequest(shadowsOf, request)) set({ hedgeShadows: idle });
        set({ shadowsOf: request });
        await shadows.load({ request }, `What looser limits would buy for ${request.basket}`);
      },
      cancelShadows: () => shadows.cancel(),
      async loadFrontier(asked) {
        // The frontier is the same whatever the limit and the aim of the case shown.
        const key = frontierKey(asked);
        if (key === frontierOf && get().frontier.status !== 'failed') return;
        frontierOf = key;
        set({ frontierPoint: null });
        await frontier.load(
          { request: asked, limits: [...frontierLimits] },
          `Net delta against net premium of ${asked.basket}`,
        );
        if (get().frontier.status !== 'ready') frontierOf = null;
      },
      chooseFrontierPoint: (frontierPoint) => set({ frontierPoint }),
      async openFrontierPoint(asked) {
        const limit = get().frontierPoint;
        if (limit === null) return;
        const wanted: HedgeRequest = { ...asked, netDeltaLimit: limit, objective: ['credit'] };
        const kept = get().hedgeCases.find((one) => sameRequest(one.proposal.request, wanted));
        const { basket: _basket, asOf: _day, indexProduct = null, expiry = null, ...form } = wanted;
        get().changeHedgeRequest({ ...form, indexProduct, expiry });
        if (kept === undefined) await get().runHedge();
        else get().showHedgeCase(kept.number);
      },
      loadHedgeExpiries(symbol) {
        const { asOf, hedgeExpiries } = get();
        if (hedgeExpiries.value !== null && hedgeExpiries.value.underlying !== symbol)
          set({ hedgeExpiries: idle });
        return expiries.load(
          { symbol, expiryKeys: [], ...(asOf === null ? {} : { asOf }) },
          `Expiries of ${symbol}`,
        );
      },
      showHedgeCase(number) {
        const kept = get().hedgeCases.find((one) => one.number === number);
        if (kept === undefined) return;
        set({ hedge: ready(kept.proposal), hedgeLegId: null });
        if (kept.suggestionId !== null) get().focus({ suggestionId: kept.suggestionId });
      },
      chooseHedgeLeg: (legId) => set({ hedgeLegId: legId }),
    };
  };

const sorted = (request: Partial<HedgeRequest>): string =>
  JSON.stringify(Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1)));
const sameRequest = (a: HedgeRequest, b: HedgeRequest): boolean => sorted(a) === sorted(b);

/** What looser limits would buy of a case; idle where it was not asked for that case. */
export function shadowsFor(
  state: Pick<WorkstationState, 'hedgeShadows' | 'shadowsOf'>,
  request: HedgeRequest,
): WorkstationState['hedgeShadows'] {
  return state.shadowsOf !== null && sameRequest(state.shadowsOf, request) ? state.hedgeShadows : idle;
}

/** What a frontier rests on: all of a request but its limit of net delta and its aims. */
const frontierKey = ({ netDeltaLimit: _limit, objective: _aims, ...rest }: HedgeRequest): string =>
  sorted(rest);

/** The basket to hedge: the one in front, or the newest saved; its newest version. */
export function savedBasketInFront(state: Pick<WorkstationState, 'baskets' | 'basket'>): SavedBasket | null {
  const baskets = state.baskets.value?.baskets ?? [];
  const newestOf = (list: readonly SavedBasket[]) =>
    list.reduce<SavedBasket | null>(
      (best, item) => (best === null || item.basketId > best.basketId ? item : best),
      null,
    );
  return newestOf(baskets.filter((item) => item.name === state.basket)) ?? newestOf(baskets);
}
