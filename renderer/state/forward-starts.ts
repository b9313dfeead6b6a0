import type { StateCreator } from 'zustand/vanilla';
import { calendarOfCurrency, isSession, regularSessions } from '../../shared/calendar.ts';
import type { DeskDate } from '../../shared/contract/contracts.ts';
import type { Exposure, HedgeSource, VegaRule } from '../../shared/contract/exposure.ts';
import { storedForwardStartTerms, type ForwardStartTerms } from '../../shared/contract/forward-starts.ts';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { addDays } from '../../shared/dates.ts';
import { fixingLevel } from '../../shared/quant/contracts/forward-start-settlement.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { changeContract, contractNameInFront, freeId, quarter, takenIds } from './contracts.ts';
import { dayInFront } from './desk.ts';
import { createLoader, type Loader } from './loader.ts';
import type { WorkstationState } from './store.ts';

type Quote = OutputOf<'contracts.quote'>;
type HedgeRequest = InputOf<'exposure.hedge'>;
type Cut = NonNullable<HedgeRequest['cut']>;

/** What the ticket's price rests on: the market, a volatility typed, or a price typed. */
export type QuoteBasis =
  | { readonly by: 'market' }
  | { readonly by: 'vol'; readonly vol: number }
  | { readonly by: 'price'; readonly price: number };

export interface ForwardTicket {
  readonly terms: ForwardStartTerms;
  readonly basis: QuoteBasis;
}

/** A profile being aimed at: of what, cut where, and the vega wanted by slice start. */
export interface ProfileRequest {
  readonly source: HedgeSource;
  readonly cut: Cut;
  readonly targets: Readonly<Record<string, number>>;
  readonly targetGamma: number;
  readonly amount: number;
}

export interface ForwardStartsSlice {
  readonly exposure: Remote<OutputOf<'exposure.read'>>;
  readonly across: Remote<OutputOf<'exposure.across'>>;
  readonly includesListed: boolean;
  readonly vegaRule: VegaRule;
  /** A day after the market's that the ladder is drawn for; null: the market's. */
  readonly ladderDay: string | null;
  readonly forwardTicket: ForwardTicket | null;
  readonly quote: Remote<Quote>;
  readonly payout: Remote<OutputOf<'contracts.profile'>>;
  readonly profileRequest: ProfileRequest;
  readonly profileHedge: Remote<OutputOf<'exposure.hedge'>>;
  readonly richness: Remote<OutputOf<'contracts.richness'>>;
  readonly fixing: Remote<OutputOf<'contracts.fixing'>>;
  readonly contractRoll: Remote<OutputOf<'contracts.rollProposal'>>;
  readonly deskDates: Remote<OutputOf<'contracts.calendar'>>;
  /** Vega and gamma by slice of a name; the name in front of the contracts where none is given. */
  loadExposure(symbol: string): Promise<void>;
  loadAcross(): Promise<void>;
  includeListed(includes: boolean): void;
  chooseVegaRule(rule: VegaRule): void;
  stepLadder(day: string | null): void;
  openForwardTicket(): void;
  changeForwardTicket(change: Partial<ForwardStartTerms>): void;
  /** Prices the ticket on what is typed. */
  quoteTicket(basis?: QuoteBasis): Promise<void>;
  enterForwardStart(): Promise<boolean>;
  loadPayout(contractIds: readonly string[], withTicket: boolean): Promise<void>;
  aimAt(change: Partial<ProfileRequest>): void;
  loadProfileHedge(symbol: string): Promise<void>;
  loadRichness(contractId: string): Promise<void>;
  loadFixing(contractId: string, which: 'first' | 'second'): Promise<void>;
  loadContractRoll(asked: InputOf<'contracts.rollProposal'>): Promise<void>;
  loadDeskDates(): Promise<void>;
  fixContract(asked: InputOf<'contracts.fix'>): Promise<boolean>;
  exerciseContract(asked: InputOf<'contracts.exercise'>): Promise<boolean>;
  markContract(asked: InputOf<'contracts.mark'>): Promise<boolean>;
  rollContract(asked: InputOf<'contracts.roll'>): Promise<boolean>;
}

/** The usual curve by hand starts as the square root of 30 days over the term, in round numbers. */
export const usualVegaCurve: Extract<VegaRule, { kind: 'curve' }> = {
  kind: 'curve',
  points: [
    { days: 30, factor: 1 },
    { days: 91, factor: 0.57 },
    { days: 182, factor: 0.41 },
    { days: 365, factor: 0.29 },
    { days: 730, factor: 0.2 },
  ],
};

// An answer to a keystroke or a slider: it is no job for the status line.
const quietJobs = () => ({ startJob: () => 0, progressJob: () => {}, endJob: () => {} });

export const createForwardStartsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ForwardStartsSlice> =>
  (set, get) => {
    const seated = <
      Name extends
        | 'exposure.read'
        | 'exposure.across'
        | 'exposure.hedge'
        | 'contracts.quote'
        | 'contracts.profile'
        | 'contracts.richness'
        | 'contracts.fixing'
        | 'contracts.rollProposal'
        | 'contracts.calendar',
    >(
      name: Name,
      read: () => Remote<OutputOf<Name>>,
      write: (remote: Remote<OutputOf<Name>>) => void,
      quiet = false,
    ): Loader<Name> =>
      createLoader({ client, name, jobs: quiet ? quietJobs : get, seat: { get: read, set: write } });
    const exposure = seated(
      'exposure.read',
      () => get().exposure,
      (remote) => set({ exposure: remote }),
      true,
    );
    const across = seated(
      'exposure.across',
      () => get().across,
      (remote) => set({ across: remote }),
      true,
    );
    const hedge = seated(
      'exposure.hedge',
      () => get().profileHedge,
      (remote) => set({ profileHedge: remote }),
      true,
    );
    const quote = seated(
      'contracts.quote',
      () => get().quote,
      (remote) => set({ quote: remote }),
      true,
    );
    const payout = seated(
      'contracts.profile',
      () => get().payout,
      (remote) => set({ payout: remote }),
      true,
    );
    const rich = seated(
      'contracts.richness',
      () => get().richness,
      (remote) => set({ richness: remote }),
    );
    const fixing = seated(
      'contracts.fixing',
      () => get().fixing,
      (remote) => set({ fixing: remote }),
      true,
    );
    const roll = seated(
      'contracts.rollProposal',
      () => get().contractRoll,
      (remote) => set({ contractRoll: remote }),
      true,
    );
    const dates = seated(
      'contracts.calendar',
      () => get().deskDates,
      (remote) => set({ deskDates: remote }),
    );
    // Only the newest of overlapping quotes goes on to ask at the market's volatility.
    let asking = 0;
    const dayChosen = () => {
      const asOf = get().asOf;
      return asOf === null ? {} : { asOf };
    };
    const ladder = () => {
      const { ladderDay, includesListed, vegaRule } = get();
      return {
        ...dayChosen(),
        ...(ladderDay === null ? {} : { on: ladderDay }),
        includeListed: includesListed,
        vega: vegaRule,
      };
    };
    return {
      exposure: idle,
      across: idle,
      includesListed: true,
      vegaRule: { kind: 'raw' },
      ladderDay: null,
      forwardTicket: null,
      quote: idle,
      payout: idle,
      profileRequest: {
        source: { kind: 'book' },
        cut: 'contracts',
        targets: {},
        targetGamma: 0,
        amount: 1_000_000,
      },
      profileHedge: idle,
      richness: idle,
      fixing: idle,
      contractRoll: idle,
      deskDates: idle,
      loadExposure: (symbol) =>
        exposure.load({ ...ladder(), underlying: symbol }, `Exposure of ${symbol} by slice`),
      loadAcross: () => across.load(ladder(), 'Exposure of all names by month'),
      includeListed: (includes) => set({ includesListed: includes }),
      chooseVegaRule(vegaRule) {
        set({ vegaRule });
        get().remember('forward-starts.vega', vegaRule);
      },
      stepLadder: (day) => set({ ladderDay: day }),
      openForwardTicket() {
        const symbol = contractNameInFront(get());
        const asOf = dayInFront(get());
        if (symbol === null || asOf === null) return;
        const terms = newForwardStart(get(), symbol, asOf);
        set({ forwardTicket: { terms, basis: { by: 'market' } }, quote: idle, volTicket: null });
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
        const entered = await changeContract(
          client,
          get,
          'contracts.addForwardStart',
          terms,
          ({ contractId }) => `${contractId} is entered.`,
        );
        if (entered) set({ contractId: terms.contractId, forwardTicket: null });
        return entered;
      },
      loadPayout(contractIds, withTicket) {
        const ticket = withTicket ? (get().forwardTicket?.terms ?? null) : null;
        return payout.load(
          { ...dayChosen(), contractIds: [...contractIds], ...(ticket === null ? {} : { ticket }) },
          'Drawing payoffs',
        );
      },
      aimAt: (change) => set(({ profileRequest }) => ({ profileRequest: { ...profileRequest, ...change } })),
      loadProfileHedge(symbol) {
        const { source, cut, targets, targetGamma, amount } = get().profileRequest;
        return hedge.load(
          {
            ...dayChosen(),
            underlying: symbol,
            source,
            cut,
            amount,
            targets: Object.entries(targets).map(([start, vegaPerVolPoint]) => ({ start, vegaPerVolPoint })),
            targetGammaDollar1Pct: targetGamma,
          },
          `Hedge of ${symbol} to a profile`,
        );
      },
      loadRichness: (contractId) =>
        rich.load({ ...dayChosen(), contractId }, `${contractId} against its past`),
      loadFixing: (contractId, which) =>
        fixing.load({ ...dayChosen(), contractId, which }, `Prices of ${contractId}’s fixing`),
      loadContractRoll: (asked) => roll.load({ ...dayChosen(), ...asked }, `Roll of ${asked.contractId}`),
      loadDeskDates: () => dates.load(dayChosen(), 'Dates of the book'),
      fixContract: (asked) =>
        changeContract(
          client,
          get,
          'contracts.fix',
          asked,
          ({ contractId, fixedStrike }) => `${contractId} is fixed: strike ${fixedStrike}.`,
        ),
      exerciseContract: (asked) =>
        changeContract(client, get, 'contracts.exercise', asked, ({ contractId }) =>
          asked.exercised
            ? `The right on ${contractId} is used: it is held as a contract now.`
            : `The right on ${contractId} lapsed.`,
        ),
      markContract: (asked) =>
        changeContract(
          client,
          get,
          'contracts.mark',
          asked,
          ({ contractId }) => `${contractId} is valued with the factors given.`,
        ),
      rollContract: (asked) =>
        changeContract(
          client,
          get,
          'contracts.roll',
          asked,
          ({ contractId }) => `${asked.contractId} is rolled into ${contractId}.`,
        ),
    };
  };

/** Where a quote starts before the market's volatility is known; any one gives the market's beside it. */
const anyVol = 0.2;

/** The exposure of a name out of the last answer. */
export const exposureOfName = (
  state: Pick<WorkstationState, 'exposure'>,
  symbol: string | null,
): Exposure | null => state.exposure.value?.underlyings.find((item) => item.underlying === symbol) ?? null;

const calendarOfName = (state: Pick<WorkstationState, 'desk'>, symbol: string) =>
  calendarOfCurrency(state.desk.value?.underliers.find((item) => item.symbol === symbol)?.currency ?? '');

/** Trading days ahead that a ladder may be stepped to: a year and a half of them. */
const steppedDays = 550;

/** Trading days from the market's day on, the first of them the day itself. */
export function ladderDays(
  state: Pick<WorkstationState, 'desk' | 'asOf'>,
  symbol: string | null,
): readonly string[] {
  const day = dayInFront(state);
  if (day === null || symbol === null) return [];
  const sessions = regularSessions({
    calendar: calendarOfName(state, symbol),
    from: addDays(day, 1),
    to: addDays(day, steppedDays),
  });
  return [day, ...sessions];
}

/** What prices typed into a fixing come to: average, rounded level, strikes; null where one is no price. */
export function fixingOfPrices(
  terms: ForwardStartTerms,
  prices: readonly { readonly price: number }[],
): { readonly average: number; readonly level: number; readonly strikes: readonly number[] } | null {
  const values = prices.map(({ price }) => price);
  const average = fixingLevel({ prices: values });
  const level = fixingLevel({ prices: values, roundTo: terms.fixingRoundTo });
  if (!average.ok || !level.ok) return null;
  const put = terms.optionType === 'straddle' ? terms.putStrikeMultiplier : null;
  const multipliers = put === null ? [terms.strikeMultiplier] : [put, terms.strikeMultiplier];
  const strikes = multipliers.map((multiplier) => multiplier * level.value + terms.strikeOffset);
  return { average: average.value, level: level.value, strikes };
}

/** What waits for a person: fixings, rights and settlements that have come. */
export const dueDates = (dates: readonly DeskDate[]): readonly DeskDate[] =>
  dates.filter(({ status }) => status === 'due');

/** The day, or the session after it: no reference date falls on a day without a market. */
function onSession(state: Pick<WorkstationState, 'desk'>, symbol: string, day: string): string {
  const calendar = calendarOfName(state, symbol);
  let date = day;
  while (!isSession(calendar, date)) date = addDays(date, 1);
  return date;
}

function newForwardStart(
  state: Pick<WorkstationState, 'desk' | 'contracts'>,
  underlying: string,
  asOf: string,
): ForwardStartTerms {
  return storedForwardStartTerms({
    contractId: freeId(`FS-${underlying}`, takenIds(state)),
    underlying,
    firstReferenceDate: onSession(state, underlying, addDays(asOf, quarter)),
    secondReferenceDate: onSession(state, underlying, addDays(asOf, 2 * quarter)),
    optionType: 'straddle',
    family: 'relative',
    power: 1,
    quantity: 1,
  });
}
