import type { StateCreator } from 'zustand/vanilla';
import type { ExpiryOutcome, ExpiryPosting, ExpiryProposal } from '../../shared/contract/expiry-day.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { LedgerCycle } from '../../shared/contract/ledger.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { counted } from '../format.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** What a person says of one option at its expiry. */
export interface ExpiryChoice {
  readonly outcome: ExpiryOutcome | null;
  /** In place of the one proposed. */
  readonly settlementPrice: number | null;
  /** Where not all were exercised or assigned. */
  readonly contracts: number | null;
  readonly confirmed: boolean;
}

export interface LedgerSlice {
  readonly ledgerPart: 'ledger' | 'expiry';
  readonly ledger: Remote<OutputOf<'ledger.read'>>;
  /** Key of the cycle in front; null: the first. */
  readonly ledgerCycle: string | null;
  readonly expiry: Remote<OutputOf<'expiry.propose'>>;
  readonly expiryPostings: Remote<OutputOf<'expiry.list'>>;
  readonly expiryRow: string | null;
  /** By key of the row. */
  readonly expiryChoices: Readonly<Record<string, ExpiryChoice>>;
  readonly expiryNote: string;
  showLedgerPart(part: LedgerSlice['ledgerPart']): void;
  loadLedger(): Promise<void>;
  loadExpiry(): Promise<void>;
  chooseLedgerCycle(key: string): void;
  chooseExpiryRow(key: string): void;
  changeExpiryChoice(key: string, change: Partial<ExpiryChoice>): void;
  /** Confirms every row whose ending is proposed and not in doubt. */
  confirmProposed(): void;
  writeExpiryNote(note: string): void;
  /** Posts what was confirmed. */
  postExpiry(): Promise<void>;
  undoExpiry(posting: ExpiryPosting): Promise<void>;
}

export const cycleKey = ({ basket, expiry, source }: LedgerCycle): string => `${basket}|${expiry}|${source}`;

export const createLedgerSlice =
  (client: Client): StateCreator<WorkstationState, [], [], LedgerSlice> =>
  (set, get) => {
    const ledger = createLoader({
      client,
      name: 'ledger.read',
      jobs: get,
      seat: { get: () => get().ledger, set: (remote) => set({ ledger: remote }) },
    });
    const expiry = createLoader({
      client,
      name: 'expiry.propose',
      jobs: get,
      seat: { get: () => get().expiry, set: (remote) => set({ expiry: remote }) },
    });
    const postings = createLoader({
      client,
      name: 'expiry.list',
      jobs: get,
      seat: { get: () => get().expiryPostings, set: (remote) => set({ expiryPostings: remote }) },
    });
    return {
      ledgerPart: 'ledger',
      ledger: idle,
      ledgerCycle: null,
      expiry: idle,
      expiryPostings: idle,
      expiryRow: null,
      expiryChoices: {},
      expiryNote: '',
      showLedgerPart: (ledgerPart) => set({ ledgerPart }),
      loadLedger() {
        const { asOf } = get();
        return ledger.load(asOf === null ? {} : { asOf }, 'Adding up the premium');
      },
      async loadExpiry() {
        const { asOf } = get();
        await Promise.all([
          expiry.load(asOf === null ? {} : { asOf }, 'Looking for expiries'),
          postings.load({}, 'Reading the postings'),
        ]);
        // What is no longer there needs no answer; what changed is confirmed anew.
        const rows = get().expiry.value?.rows ?? [];
        const kept = Object.entries(get().expiryChoices).filter(([key]) =>
          rows.some((row) => row.key === key),
        );
        set({ expiryChoices: Object.fromEntries(kept) });
      },
      chooseLedgerCycle: (key) => set({ ledgerCycle: key }),
      chooseExpiryRow: (key) => set({ expiryRow: key }),
      changeExpiryChoice: (key, change) =>
        set((state) => {
          const row = state.expiry.value?.rows.find((one) => one.key === key);
          if (row === undefined) return {};
          return {
            expiryChoices: { ...state.expiryChoices, [key]: { ...choiceOf(state, row), ...change } },
          };
        }),
      confirmProposed: () =>
        set((state) => ({
          expiryChoices: {
            ...state.expiryChoices,
            ...Object.fromEntries(
              (state.expiry.value?.rows ?? [])
                .filter((row) => row.outcome !== null && row.flags.length === 0)
                .map((row) => [row.key, { ...choiceOf(state, row), confirmed: true }]),
            ),
          },
        })),
      writeExpiryNote: (expiryNote) => set({ expiryNote }),
      async postExpiry() {
        const state = get();
        const rows = confirmedRows(state);
        if (rows.length === 0) return;
        const posted = await client.request('expiry.post', {
          ...(state.asOf === null ? {} : { asOf: state.asOf }),
          note: state.expiryNote,
          rows: rows.flatMap((row) => {
            const { outcome, settlementPrice, contracts } = choiceOf(state, row);
            if (outcome === null) return [];
            return [
              {
                key: row.key,
                outcome,
                ...(settlementPrice === null ? {} : { settlementPrice }),
                ...(contracts === null ? {} : { contracts }),
              },
            ];
          }),
        });
        if (!posted.ok) return get().tell('failed', sentenceOf(posted.error));
        set({ expiryChoices: {}, expiryNote: '' });
        get().tell('done', `Posting ${posted.value.postingId}: ${counted(rows.length, 'option')} ended.`);
        await get().loadExpiry();
      },
      async undoExpiry({ postingId, undoneAt }) {
        const name = undoneAt === null ? 'expiry.undo' : 'expiry.redo';
        const done = await client.request(name, { postingId });
        if (!done.ok) return get().tell('failed', sentenceOf(done.error));
        get().tell('done', `Posting ${postingId} is ${undoneAt === null ? 'undone' : 'back'}.`);
        await get().loadExpiry();
      },
    };
  };

/** What is said of a row: as chosen, else as proposed. */
export const choiceOf = (
  state: Pick<LedgerSlice, 'expiryChoices'>,
  row: Pick<ExpiryProposal, 'key' | 'outcome'>,
): ExpiryChoice =>
  state.expiryChoices[row.key] ?? {
    outcome: row.outcome,
    settlementPrice: null,
    contracts: null,
    confirmed: false,
  };

/** Rows that will be posted. */
export const confirmedRows = (
  state: Pick<LedgerSlice, 'expiryChoices' | 'expiry'>,
): readonly ExpiryProposal[] =>
  (state.expiry.value?.rows ?? []).filter((row) => {
    const { confirmed, outcome } = choiceOf(state, row);
    return confirmed && outcome !== null;
  });

/** The row whose ending is shown: the one chosen, else the first. */
export const expiryRowInFront = (state: Pick<LedgerSlice, 'expiry' | 'expiryRow'>): ExpiryProposal | null => {
  const rows = state.expiry.value?.rows ?? [];
  return rows.find(({ key }) => key === state.expiryRow) ?? rows[0] ?? null;
};

export const ledgerCycleInFront = (
  state: Pick<LedgerSlice, 'ledger' | 'ledgerCycle'>,
): LedgerCycle | null => {
  const cycles = state.ledger.value?.cycles ?? [];
  return cycles.find((cycle) => cycleKey(cycle) === state.ledgerCycle) ?? cycles[0] ?? null;
};
