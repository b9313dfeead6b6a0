import type { StateCreator } from 'zustand/vanilla';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { changeContract } from './contracts.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** Whether expected volatility lies below the root of expected variance, and how uncertain volatility is. */
export interface Convexity {
  readonly convexity: 'none' | 'secondOrder';
  /** Relative standard deviation of the volatility left. */
  readonly volUncertainty: number;
}

/** Volatilities typed for the parts of a strip and for the whole; null takes the fair one. */
export interface StripQuotes {
  readonly contractId: string;
  readonly partVols: readonly (number | null)[];
  readonly wholeVol: number | null;
}

export interface VolContractsSlice {
  readonly volQuote: Remote<OutputOf<'contracts.quoteRealizedVol'>>;
  readonly volSpec: Remote<OutputOf<'contracts.volSpec'>>;
  readonly volAnalysis: Remote<OutputOf<'contracts.volAnalysis'>>;
  readonly volConvexity: Convexity;
  readonly stripQuotes: StripQuotes | null;
  /** Prices the ticket at its trade volatility; at the fair one where it has none. */
  quoteVolTicket(value?: number): Promise<void>;
  /** Gives the ticket the usual terms of its kind on its name. */
  specVolTicket(): Promise<void>;
  /** Enters the ticket at the volatility it is quoted at. */
  enterQuotedVol(): Promise<boolean>;
  chooseConvexity(change: Partial<Convexity>): void;
  quoteStrip(quotes: StripQuotes | null): void;
  loadVolAnalysis(contractId: string): Promise<void>;
  observeContract(asked: InputOf<'contracts.observe'>): Promise<boolean>;
}

// An answer to a keystroke: it is no job for the status line.
const quietJobs = () => ({ startJob: () => 0, progressJob: () => {}, endJob: () => {} });

/** What volatility is taken to vary by where convexity counts, relative. */
const usualUncertainty = 0.15;

export const createVolContractsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], VolContractsSlice> =>
  (set, get) => {
    const quote = createLoader({
      client,
      name: 'contracts.quoteRealizedVol',
      jobs: quietJobs,
      seat: { get: () => get().volQuote, set: (remote) => set({ volQuote: remote }) },
    });
    const spec = createLoader({
      client,
      name: 'contracts.volSpec',
      jobs: quietJobs,
      seat: { get: () => get().volSpec, set: (remote) => set({ volSpec: remote }) },
    });
    const analysis = createLoader({
      client,
      name: 'contracts.volAnalysis',
      jobs: quietJobs,
      seat: { get: () => get().volAnalysis, set: (remote) => set({ volAnalysis: remote }) },
    });
    const dayChosen = () => {
      const asOf = get().asOf;
      return asOf === null ? {} : { asOf };
    };
    return {
      volQuote: idle,
      volSpec: idle,
      volAnalysis: idle,
      volConvexity: { convexity: 'none', volUncertainty: usualUncertainty },
      stripQuotes: null,
      async quoteVolTicket(value) {
        const { volTicket: terms, volConvexity } = get();
        if (terms === null) return;
        const at = value !== undefined ? { value } : terms.tradeVol === null ? {} : { vol: terms.tradeVol };
        await quote.load({ ...dayChosen(), ...volConvexity, ...at, terms }, 'Pricing the ticket');
        const answer = get().volQuote;
        if (value === undefined || answer.status !== 'ready' || get().volTicket !== terms) return;
        get().changeVolTicket({ tradeVol: answer.value.vol });
      },
      async specVolTicket() {
        const ticket = get().volTicket;
        if (ticket === null) return;
        const { underlying, kind } = ticket;
        await spec.load({ ...dayChosen(), underlying, kind }, 'Reading listed expiries');
        const [found, now] = [get().volSpec, get().volTicket];
        const isSame = now?.underlying === underlying && now.kind === kind;
        if (found.status !== 'ready' || !isSame || kind === 'custom') return;
        const { startDate, endDate, expiryDate, months } = found.value;
        get().changeVolTicket({ startDate, endDate, expiryDate, months });
      },
      async enterQuotedVol() {
        const { volQuote, volTicket } = get();
        if (volQuote.status !== 'ready' || volTicket === null) return false;
        get().changeVolTicket({ tradeVol: volQuote.value.vol });
        return get().enterRealizedVol();
      },
      chooseConvexity: (change) =>
        set(({ volConvexity }) => ({ volConvexity: { ...volConvexity, ...change } })),
      quoteStrip: (quotes) => set({ stripQuotes: quotes }),
      loadVolAnalysis(contractId) {
        const { volConvexity, stripQuotes } = get();
        const quotes = stripQuotes?.contractId === contractId ? stripQuotes : null;
        return analysis.load(
          {
            ...dayChosen(),
            ...volConvexity,
            contractId,
            partVols: [...(quotes?.partVols ?? [])],
            ...(quotes?.wholeVol == null ? {} : { wholeVol: quotes.wholeVol }),
          },
          `Taking ${contractId} apart`,
        );
      },
      observeContract: (asked) =>
        changeContract(
          client,
          get,
          'contracts.observe',
          asked,
          ({ contractId }) => `The marks of ${contractId} are changed; what was there stays in their log.`,
        ),
    };
  };
