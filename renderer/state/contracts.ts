import type { StateCreator } from 'zustand/vanilla';
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

export interface ContractsSlice {
  readonly contracts: Remote<OutputOf<'contracts.list'>>;
  /** The held contract in front, forward-start or realized-vol. */
  readonly contractId: string | null;
  readonly volTicket: RealizedVolTerms | null;
  loadContracts(): Promise<void>;
  chooseContract(contractId: string | null): void;
  openVolTicket(): void;
  changeVolTicket(change: Partial<RealizedVolTerms>): void;
  enterRealizedVol(): Promise<boolean>;
  closeTickets(): void;
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

export const createContractsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ContractsSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'contracts.list',
      jobs: get,
      seat: { get: () => get().contracts, set: (remote) => set({ contracts: remote }) },
    });
    const dayChosen = () => {
      const asOf = get().asOf;
      return asOf === null ? {} : { asOf };
    };
    return {
      contracts: idle,
      contractId: null,
      volTicket: null,
      loadContracts: () => list.load(dayChosen(), 'Valuing the contracts'),
      chooseContract: (contractId) => set({ contractId }),
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
        const entered = await changeContract(
          client,
          get,
          'contracts.addRealizedVol',
          terms,
          ({ contractId }) => `${contractId} is entered.`,
        );
        if (entered) set({ contractId: terms.contractId, volTicket: null });
        return entered;
      },
      closeTickets: () => set({ forwardTicket: null, volTicket: null }),
      settleContract: (asked) =>
        changeContract(
          client,
          get,
          'contracts.settle',
          asked,
          ({ contractId }) => `${contractId} is settled; this is final.`,
        ),
      removeContract: (asked) =>
        changeContract(
          client,
          get,
          'contracts.remove',
          asked,
          () => `${asked.contractId} is removed; the audit keeps why.`,
        ),
    };
  };

/** Asks for a change of the book, says how it went, and reads the contracts again. */
export async function changeContract<Name extends CommandName>(
  client: Client,
  get: () => WorkstationState,
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

/** Identifiers that held contracts have. */
export const takenIds = (state: Pick<WorkstationState, 'contracts'>): ReadonlySet<string> =>
  new Set(
    [...(state.contracts.value?.forwardStarts ?? []), ...(state.contracts.value?.realizedVols ?? [])].map(
      (contract) => contract.terms.contractId,
    ),
  );

/** The first of `NAME-1`, `NAME-2`, … that no held contract has. */
export function freeId(stem: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** Days of a quarter, as new periods are proposed. */
export const quarter = 91;

/** The day, or the Monday after it: no period begins or ends on a weekend. */
export function onWeekday(day: string): string {
  const place = weekday(day);
  return place === 6 ? addDays(day, 2) : place === 0 ? addDays(day, 1) : day;
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
    expiryDate: null,
    longBond: null,
    shortBond: null,
    disruptedDays: 'lowerCount',
    observationTimes: [],
  };
}
