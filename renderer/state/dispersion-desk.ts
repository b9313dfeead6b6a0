import type { StateCreator } from 'zustand/vanilla';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** What is correlated: price returns, or implied volatilities by their levels or their changes. */
export type MatrixKind = 'returns' | 'levels' | 'changes';

export interface MatrixRequest {
  readonly kind: MatrixKind;
  readonly sort: 'cluster' | 'weight';
  /** Sessions; null: the term for prices, a year for volatilities. */
  readonly sessions: number | null;
}

/** A trade as it is asked for; `names` null lets the score choose. */
export interface TradeRequest {
  readonly side: 'dispersion' | 'reverse';
  readonly weighting: 'vega' | 'theta' | 'gamma';
  readonly indexContracts: number;
  readonly maxNames: number;
  readonly names: readonly string[] | null;
  readonly score: NonNullable<InputOf<'dispersion.trade'>['score']>;
}

export interface DispersionDeskSlice {
  readonly dispersionMatrix: Remote<OutputOf<'dispersion.matrix'>>;
  readonly matrixRequest: MatrixRequest;
  readonly dispersionTrade: Remote<OutputOf<'dispersion.trade'>>;
  readonly tradeRequest: TradeRequest;
  readonly dispersionNeighbors: Remote<OutputOf<'dispersion.neighbors'>>;
  loadDispersionMatrix(index: string): Promise<void>;
  changeMatrix(change: Partial<MatrixRequest>): void;
  loadDispersionTrade(index: string): Promise<void>;
  cancelDispersionTrade(): void;
  changeTrade(change: Partial<TradeRequest>): void;
  /** Takes a name into the trade or out of it, beginning from those that the score chose. */
  toggleTradeName(symbol: string): void;
  /** The orders of the trade become a draft, and the review opens. */
  draftDispersionTrade(): Promise<void>;
  loadDispersionNeighbors(index: string): Promise<void>;
}

const usualTrade: TradeRequest = {
  side: 'dispersion',
  weighting: 'vega',
  indexContracts: 100,
  maxNames: 10,
  names: null,
  score: { price: 1, contribution: 1, liquidity: 1 },
};

export const createDispersionDeskSlice =
  (client: Client): StateCreator<WorkstationState, [], [], DispersionDeskSlice> =>
  (set, get) => {
    const matrix = createLoader({
      client,
      name: 'dispersion.matrix',
      jobs: get,
      seat: { get: () => get().dispersionMatrix, set: (remote) => set({ dispersionMatrix: remote }) },
    });
    const trade = createLoader({
      client,
      name: 'dispersion.trade',
      jobs: get,
      seat: { get: () => get().dispersionTrade, set: (remote) => set({ dispersionTrade: remote }) },
    });
    const neighbors = createLoader({
      client,
      name: 'dispersion.neighbors',
      jobs: get,
      seat: { get: () => get().dispersionNeighbors, set: (remote) => set({ dispersionNeighbors: remote }) },
    });
    const common = (index: string) => {
      const { asOf, dispersionChoices } = get();
      return { index, termDays: dispersionChoices.term, ...(asOf === null ? {} : { asOf }) };
    };
    return {
      dispersionMatrix: idle,
      matrixRequest: { kind: 'returns', sort: 'cluster', sessions: null },
      dispersionTrade: idle,
      tradeRequest: usualTrade,
      dispersionNeighbors: idle,
      loadDispersionMatrix(index) {
        const { kind, sort, sessions } = get().matrixRequest;
        return matrix.load(
          {
            ...common(index),
            sort,
            ...(kind === 'returns' ? { kind } : { kind: 'impliedVol', observed: kind }),
            ...(sessions === null ? {} : { sessions }),
          },
          `Correlations of ${index}`,
        );
      },
      changeMatrix: (change) => set({ matrixRequest: { ...get().matrixRequest, ...change } }),
      loadDispersionTrade(index) {
        const { names, ...asked } = get().tradeRequest;
        return trade.load(
          { ...common(index), ...asked, ...(names === null ? {} : { names: [...names] }) },
          `Dispersion trade on ${index}`,
        );
      },
      cancelDispersionTrade: () => trade.cancel(),
      changeTrade: (change) => set({ tradeRequest: { ...get().tradeRequest, ...change } }),
      toggleTradeName(symbol) {
        const { dispersionTrade: shown, tradeRequest } = get();
        const picked =
          tradeRequest.names ??
          (shown.value?.selection ?? []).flatMap((row) => (row.picked ? [row.symbol] : []));
        const names = picked.includes(symbol)
          ? picked.filter((name) => name !== symbol)
          : [...picked, symbol];
        if (names.length > 0) set({ tradeRequest: { ...tradeRequest, names } });
      },
      async draftDispersionTrade() {
        const { dispersionTrade: shown } = get();
        if (shown.status !== 'ready') return;
        const made = await client.request('suggestion.draft', dispersionDraft(shown.value));
        if (!made.ok) return get().tell('failed', sentenceOf(made.error));
        get().focus({ suggestionId: made.value.suggestionId });
        get().openView('review');
        get().tell('done', `Saved as draft suggestion ${made.value.suggestionId}.`);
      },
      loadDispersionNeighbors: (index) =>
        neighbors.load(common(index), `The exchange's measures of ${index}`),
    };
  };

/** The trade's single options as legs free of a basket, each with what it is there for. */
export function dispersionDraft(trade: OutputOf<'dispersion.trade'>): InputOf<'suggestion.draft'> {
  const { index, asOf, expiry, side, weighting, orders } = trade;
  const what = side === 'reverse' ? 'Reverse dispersion' : 'Dispersion';
  return {
    title: `${what} on ${index}`,
    origin: 'dispersion',
    asOf,
    legs: orders.map((order) => ({
      contract: order.contract,
      symbol: order.symbol,
      side: order.side,
      quantity: order.quantity,
      reason:
        order.symbol === index
          ? `${what} on ${index}: the index side, straddles of ${expiry}.`
          : `${what} on ${index}: a name, sized so that all names match the index’s ${weighting}.`,
    })),
    note: `${what} on ${index}, ${weighting}-weighted`,
  };
}
