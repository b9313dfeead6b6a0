import type { StateCreator } from 'zustand/vanilla';
import type { Exposure } from '../../shared/contract/exposure.ts';
import { storedForwardStartTerms, type ForwardStartTerms } from '../../shared/contract/forward-starts.ts';
import type { RealizedVolTerms } from '../../shared/contract/vol-contracts.ts';
import type { CommandName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import { addDays, weekday } from '../../shared/dates.ts';
import { sentenceOf } from '../../shared/failure.ts';
import { contractValue } from '../../shared/quant/contracts/vol-contract.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { dayInFront, symbolInFront } from './desk.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

type Quote = OutputOf<'contracts.quote'>;

/** What the ticket's price rests on: the market, a volatility typed, or a price typed. */
export type QuoteBasis =
  | { readonly by: 'market' }
  | { readonly by: 'vol'; readonly vol: number }
  | { readonly by: 'price'; readonly price: number };

export interface ForwardTicket {
  readonly terms: ForwardStartTerms;
  readonly basis: QuoteBasis;
}

export interface ContractsSlice {
  readonly contracts: Remote<OutputOf<'contracts.list'>>;
  readonly exposure: Remote<OutputOf<'exposure.read'>>;
  readonly includesListed: boolean;
  /** The held contract in front, forward-start or realized-vol. */
  readonly contractId: string | null;
  readonly forwardTicket: ForwardTicket | null;
  readonly quote: Remote<Quote>;
  readonly volTicket: RealizedVolTerms | null;
  loadContracts(): Promise<void>;
  /** Vega and gamma by slice of a name; the name in front of the contracts where none is given. */
  loadExposure(symbol: string): Promise<void>;
  includeListed(includes: boolean): void;
  chooseContract(contractId: string | null): void;
  openForwardTicket(): void;
  changeForwardTicket(change: Partial<ForwardStartTerms>): void;
  /** Prices the ticket on what is typed. */
  quoteTicket(basis?: QuoteBasis): Promise<void>;
  enterForwardStart(): Promise<boolean>;
  openVolTicket(): void;
  changeVolTicket(change: Partial<RealizedVolTerms>): void;
  enterRealizedVol(): Promise<boolean>;
  closeTickets(): void;
  fixContract(asked: InputOf<'contracts.fix'>): Promise<boolean>;
  settleContract(asked: InputOf<'contracts.settle'>): Promise<boolean>;
  removeContract(asked: InputOf<'contracts.remove'>): Promise<boolean>;
}

export interface VolTicketSize {
  /** One tick of one contract. */
  readonly tickValue: number;
  /** One contract at the volatility agreed. */
  readonly contractValue: number | null;
}

export function volTicketSize(terms: RealizedVolTerms): VolTicketSize {
  const { multiplier, months, tick, tradeVol } = terms;
  const { value, tickValue } = contractValue({ multiplier, months, tick, vol: tradeVol ?? 0 });
  return { tickValue, contractValue: tradeVol === null ? null : value };
}

// A quote answers a keystroke: it is no job for the status line.
const quietJobs = () => ({ startJob: () => 0, progressJob: () => {}, endJob: () => {} });

export const createContractsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ContractsSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'contracts.list',
      jobs: get,
      seat: { get: () => get().contracts, set: (remote) => set({ contracts: remote }) },
    });
    const exposure = createLoader({
      client,
      name: 'exposure.read',
      jobs: get,
      seat: { get: () => get().exposure, set: (remote) => set({ exposure: remote }) },
    });
    const quote = createLoader({
      client,
      name: 'contracts.quote',
      jobs: quietJobs,
      seat: { get: () => get().quote, set: (remote) => set({ quote: remote }) },
    });
    // Only the newest of overlapping quotes goes on to ask at the market's volatility.
    let asking = 0;
    const dayChosen = () => {
      const asOf = get().asOf;
      return asOf === null ? {} : { asOf };
    };
    async function change<Name extends CommandName>(
      name: Name,
      asked: InputOf<Name>,
      done: (answer: OutputOf<Name>) => string,
    ): Promise<boolean> {
      const answer = await client.request(name, asked);
      if (!answer.ok) {
        get().tell('failed', sentenceOf(answer.error));
        return false;
      }
      get().tell('done', done(answer.value));
      await get().loadContracts();
      return true;
    }
    return {
      contracts: idle,
      exposure: idle,
      includesListed: true,
      contractId: null,
      forwardTicket: null,
      quote: idle,
      volTicket: null,
      loadContracts: () => list.load(dayChosen(), 'Valuing the contracts'),
      loadExposure: (symbol) =>
        exposure.load(
          { ...dayChosen(), underlying: symbol, includeListed: get().includesListed },
          `Exposure of ${symbol} by slice`,
        ),
      includeListed: (includes) => set({ includesListed: includes }),
      chooseContract: (contractId) => set({ contractId }),
      openForwardTicket() {
        const symbol = contractNameInFront(get());
        const asOf = dayInFront(get());
        if (symbol === null || asOf === null) return;
        set({
          forwardTicket: { terms: newForwardStart(symbol, asOf, takenIds(get())), basis: { by: 'market' } },
          quote: idle,
          volTicket: null,
        });
        void get().quoteTicket();
      },
      changeForwardTicket(changed) {
        const ticket = get().forwardTicket;
        if (ticket === null) return;
        set({ forwardTicket: { ...ticket, terms: { ...ticket.terms, ...changed } } });
        void get().quoteTicket();
      },
      async quoteTicket(basis) {
        const ticket = get().forwardTicket;
        if (ticket === null) return;
        const mine = ++asking;
        const now = basis ?? ticket.basis;
        const { terms } = ticket;
        set({ forwardTicket: { terms, basis: now } });
        const ask = (given: { readonly vol: number } | { readonly price: number }) =>
          quote.load({ ...dayChosen(), ...given, terms }, 'Pricing the ticket');
        if (now.by === 'price') return ask({ price: now.price });
        if (now.by === 'vol') return ask({ vol: now.vol });
        // The market's own volatility comes with any answer; priced at it, the answer is the market's.
        const known = get().quote.value?.marketVol ?? null;
        await ask({ vol: known ?? anyVol });
        const market = get().quote;
        if (mine !== asking || market.status !== 'ready') return;
        if (market.value.marketVol === null || market.value.vol === market.value.marketVol) return;
        await ask({ vol: market.value.marketVol });
      },
      async enterForwardStart() {
        const { forwardTicket, quote: priced } = get();
        if (forwardTicket === null || priced.status !== 'ready') return false;
        const { basis } = forwardTicket;
        const tradePrice = basis.by === 'price' ? basis.price : priced.value.price;
        const terms = { ...forwardTicket.terms, tradePrice };
        const entered = await change(
          'contracts.addForwardStart',
          terms,
          ({ contractId }) => `${contractId} is entered.`,
        );
        if (entered) set({ contractId: terms.contractId, forwardTicket: null });
        return entered;
      },
      openVolTicket() {
        const symbol = contractNameInFront(get());
        const asOf = dayInFront(get());
        if (symbol === null || asOf === null) return;
        set({ volTicket: newRealizedVol(symbol, asOf, takenIds(get())), forwardTicket: null });
      },
      changeVolTicket: (changed) =>
        set(({ volTicket }) => (volTicket === null ? {} : { volTicket: { ...volTicket, ...changed } })),
      async enterRealizedVol() {
        const terms = get().volTicket;
        if (terms === null) return false;
        const entered = await change(
          'contracts.addRealizedVol',
          terms,
          ({ contractId }) => `${contractId} is entered.`,
        );
        if (entered) set({ contractId: terms.contractId, volTicket: null });
        return entered;
      },
      closeTickets: () => set({ forwardTicket: null, volTicket: null }),
      fixContract: (asked) =>
        change(
          'contracts.fix',
          asked,
          ({ contractId, fixedStrike }) => `${contractId} is fixed: strike ${fixedStrike}.`,
        ),
      settleContract: (asked) =>
        change('contracts.settle', asked, ({ contractId }) => `${contractId} is settled; this is final.`),
      removeContract: (asked) =>
        change('contracts.remove', asked, () => `${asked.contractId} is removed; the audit keeps why.`),
    };
  };

/** Where a quote starts before the market's volatility is known; any one gives the market's beside it. */
const anyVol = 0.2;

/** Names that hold contracts or listed options, those with contracts first. */
export function contractNames(state: Pick<WorkstationState, 'contracts' | 'positions'>): readonly string[] {
  const held = state.contracts.value;
  const withContracts = [...(held?.forwardStarts ?? []), ...(held?.realizedVols ?? [])].map(
    (contract) => contract.terms.underlying,
  );
  const withOptions = (state.positions.value?.positions ?? [])
    .filter((position) => position.instrument === 'option')
    .map((position) => position.symbol);
  return [...new Set([...withContracts, ...withOptions])];
}

/** The name whose contracts are in front: the name in front where it holds any, else the first that does. */
export function contractNameInFront(
  state: Pick<WorkstationState, 'contracts' | 'positions' | 'symbol' | 'desk' | 'asOf'>,
): string | null {
  const names = contractNames(state);
  const front = symbolInFront(state);
  return front !== null && names.includes(front) ? front : (names[0] ?? front);
}

/** The exposure of a name out of the last answer. */
export const exposureOfName = (
  state: Pick<WorkstationState, 'exposure'>,
  symbol: string | null,
): Exposure | null => state.exposure.value?.underlyings.find((item) => item.underlying === symbol) ?? null;

const takenIds = (state: Pick<WorkstationState, 'contracts'>): ReadonlySet<string> =>
  new Set(
    [...(state.contracts.value?.forwardStarts ?? []), ...(state.contracts.value?.realizedVols ?? [])].map(
      (contract) => contract.terms.contractId,
    ),
  );

/** The first of `NAME-1`, `NAME-2`, … that no held contract has. */
function freeId(stem: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

const quarter = 91;

/** The day, or the Monday after it: no period begins or ends on a weekend. */
function onWeekday(day: string): string {
  const place = weekday(day);
  return place === 6 ? addDays(day, 2) : place === 0 ? addDays(day, 1) : day;
}

function newForwardStart(underlying: string, asOf: string, taken: ReadonlySet<string>): ForwardStartTerms {
  return storedForwardStartTerms({
    contractId: freeId(`FS-${underlying}`, taken),
    underlying,
    firstReferenceDate: onWeekday(addDays(asOf, quarter)),
    secondReferenceDate: onWeekday(addDays(asOf, 2 * quarter)),
    optionType: 'straddle',
    family: 'relative',
    power: 1,
    quantity: 1,
  });
}

function newRealizedVol(underlying: string, asOf: string, taken: ReadonlySet<string>): RealizedVolTerms {
  return {
    contractId: freeId(`RV-${underlying}`, taken),
    underlying,
    kind: 'quarterly',
    startDate: onWeekday(addDays(asOf, 1)),
    endDate: onWeekday(addDays(asOf, quarter + 1)),
    estimator: 'zeroMean',
    returns: 'log',
    periodsPerYear: 252,
    multiplier: 100_000,
    months: 3,
    tick: 0.0001,
    quantity: 1,
    tradeVol: null,
  };
}
