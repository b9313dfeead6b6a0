import type { BasketResult, SavedBasket } from '../../shared/contract/basket.ts';
import type { FixingPrice, ForwardStartTerms } from '../../shared/contract/forward-starts.ts';
import type { ContractObservation, RealizedVolTerms } from '../../shared/contract/vol-contracts.ts';
import type { AuditEntry } from '../../shared/contract/desk.ts';
import type { HedgeProposal, Suggestion, SuggestionState } from '../../shared/contract/hedge.ts';
import type { ImportBatch, Rejection } from '../../shared/contract/imports.ts';
import type { DeskEvent } from '../../shared/contract/messages.ts';
import type { IsoDate, IsoInstant } from '../../shared/dates.ts';
import type { Result } from '../../shared/result.ts';
import type { StagedFeed } from '../feeds/staged-feed.ts';
import type {
  Classification,
  ContractEvent,
  ContractStep,
  DailyPriceColumns,
  FutureQuote,
  IndexComposition,
  MarketOverride,
  OptionQuoteColumns,
  QuoteExclusion,
  StoredContract,
  StoredObservation,
  SuggestionEvent,
  SuggestionFill,
  TermVol,
  Underlier,
  UnderlierHoldings,
  UnderlierMark,
  VolHistoryColumns,
} from './rows.ts';
import type { ExpiryReader, ExpiryWriter } from './expiries.ts';
import type { PositionReader } from './positions.ts';
import type { ReassessmentReader, ReassessmentWriter } from './reassessments.ts';
import type { CommandCall, EditReader, EditWriter } from './edits.ts';
import type { ScenarioReader, ScenarioWriter } from './scenario-rows.ts';

export interface DeskReader {
  /** The desk's file, or `:memory:`. */
  readonly file: string;
  readonly schemaVersion: () => number;
  /** Grows with every change of market data, positions and imported contracts. */
  readonly dataRevision: () => number;
  /** Rows of live batches by kind, and the desk's own things. Overlapping imports count once. */
  readonly counts: () => Readonly<Record<string, number>>;
  readonly isEmpty: () => boolean;
  /** Whether a live batch came from the synthetic market. */
  readonly isDemo: () => boolean;
  /** SQLite's own check; the empty list is a clean file. */
  readonly integrityProblems: () => readonly string[];
  /** A verified copy by VACUUM INTO. Refuses a file that exists. */
  readonly backupTo: (file: string) => Result<{ readonly file: string; readonly bytes: number }>;
}

export interface UnderlierReader {
  readonly list: () => readonly Underlier[];
  readonly find: (symbol: string) => Underlier | null;
  /** Only those with data; kept by data revision. */
  readonly holdings: () => readonly UnderlierHoldings[];
}

export interface QuoteReader {
  /** Days that hold a chain or an implied volatility, newest first. */
  readonly marketDates: () => readonly IsoDate[];
  /** Newest first. */
  readonly chainDates: (symbol: string) => readonly IsoDate[];
  /** `rows` 0 where there is no chain. */
  readonly chain: (symbol: string, date: IsoDate) => OptionQuoteColumns;
  /** Nearest expiry first. */
  readonly futures: (symbol: string, date: IsoDate) => readonly FutureQuote[];
  /** The spot of that very day as a chain's file states it. */
  readonly spot: (symbol: string, date: IsoDate) => UnderlierMark | null;
  /** The newest time stamp of live batches. */
  readonly newestQuotedAt: () => string | null;
  readonly exclusions: (symbol: string, date: IsoDate) => readonly QuoteExclusion[];
  /** Live batches with quotes, futures or prices of that very day, oldest first. */
  readonly batchesOf: (symbol: string, date: IsoDate) => readonly number[];
  /** The same of every day that has any. */
  readonly batchesByDay: (symbol: string) => ReadonlyMap<IsoDate, readonly number[]>;
  /** Of all days. */
  readonly allExclusions: (symbol: string) => readonly QuoteExclusion[];
  /** Null where there is none in force. */
  readonly exclusion: (exclusionId: number) => QuoteExclusion | null;
}

/** Days computed from others, kept with a word for what they were computed from. */
export interface DerivedDays {
  readonly find: (
    kind: string,
    symbol: string,
  ) => ReadonlyMap<IsoDate, { readonly inputs: string; readonly value: unknown }>;
  readonly on: (
    kind: string,
    symbol: string,
    date: IsoDate,
  ) => { readonly inputs: string; readonly value: unknown } | null;
  /** Where the desk cannot be written, nothing is kept. */
  readonly keep: (
    kind: string,
    symbol: string,
    days: readonly { readonly date: IsoDate; readonly inputs: string; readonly value: unknown }[],
  ) => void;
}

export interface OverrideReader {
  /** Of one name, or all: by name, oldest first. */
  readonly list: (symbol?: string) => readonly MarketOverride[];
  /** Those in force on a day, the ones of that very day last. */
  readonly on: (symbol: string, date: IsoDate) => readonly MarketOverride[];
  readonly find: (overrideId: number) => MarketOverride | null;
}

export interface PriceReader {
  /** Up to and with `to`; the newest `limit` rows where given; oldest first. `rows` 0 where there are none. */
  readonly upTo: (symbol: string, to: IsoDate, limit?: number) => DailyPriceColumns;
  /** The close of the newest day on or before `date`. */
  readonly closeOn: (
    symbol: string,
    date: IsoDate,
  ) => { readonly date: IsoDate; readonly close: number } | null;
  /** The newest day with a price, of any symbol. */
  readonly newestDate: () => IsoDate | null;
}

export interface WeightReader {
  readonly indices: () => readonly string[];
  /** Newest first. */
  readonly dates: (index: string) => readonly IsoDate[];
  /** The newest composition on or before the day. */
  readonly asOf: (index: string, date: IsoDate) => IndexComposition | null;
  /** The oldest composition there is, for days before it. */
  readonly oldest: (index: string) => IndexComposition | null;
}

export interface VolReader {
  /** Up to and with `to`, oldest first. */
  readonly history: (symbol: string, termDays: number, to: IsoDate) => VolHistoryColumns;
  /** The terms of that very day, shortest first. */
  readonly on: (symbol: string, date: IsoDate) => readonly TermVol[];
  readonly terms: (symbol: string) => readonly number[];
}

export interface ContractReader {
  /** By underlying, then id; removed ones are left out. */
  readonly list: () => readonly StoredContract[];
  readonly find: (contractId: string) => StoredContract | null;
  /** What persons said of its marks, oldest first; the newest of a date and time holds. */
  readonly observations: (contractId: string) => readonly StoredObservation[];
  /** Every line it settled by; null while it is open, or where none were kept. */
  readonly settlementLines: (contractId: string) => readonly ContractObservation[] | null;
}

export interface BasketReader {
  /** The newest version of each name, newest first. */
  readonly list: () => readonly SavedBasket[];
  /** The newest version, or the one asked for. */
  readonly find: (name: string, version?: number) => SavedBasket | null;
}

export interface SuggestionReader {
  /** Newest first. */
  readonly list: () => readonly Suggestion[];
  readonly find: (suggestionId: number) => Suggestion | null;
  /** Whose snapshot can no longer be read: neither listed nor found. */
  readonly damaged: () => readonly number[];
  readonly events: (suggestionId: number) => readonly SuggestionEvent[];
  /** In the order they came. */
  readonly fills: (suggestionId: number) => readonly SuggestionFill[];
}

export interface BatchReader {
  /** Newest first, undone ones with their date. */
  readonly list: () => readonly ImportBatch[];
  readonly find: (batchId: number) => ImportBatch | null;
  readonly rejections: (batchId: number) => readonly Rejection[];
  /** Compares a staged file with what is stored; reads only. */
  readonly classify: (feed: StagedFeed) => Classification;
}

/** Everything a query may read, prepared once. */
export interface Readers {
  readonly desk: DeskReader;
  readonly underliers: UnderlierReader;
  readonly quotes: QuoteReader;
  readonly overrides: OverrideReader;
  readonly prices: PriceReader;
  readonly weights: WeightReader;
  readonly vols: VolReader;
  readonly positions: PositionReader;
  readonly contracts: ContractReader;
  readonly baskets: BasketReader;
  readonly suggestions: SuggestionReader;
  readonly batches: BatchReader;
  readonly audit: {
    /** Newest first; `search` matches actor, command, subject and detail. */
    readonly search: (request: { readonly search: string; readonly limit: number }) => {
      readonly total: number;
      readonly entries: readonly AuditEntry[];
    };
  };
  readonly reassessments: ReassessmentReader;
  readonly expiries: ExpiryReader;
  readonly edits: EditReader;
  readonly scenarios: ScenarioReader;
  readonly preferences: { readonly read: (key: string) => string | null };
}

/** What a new suggestion is made of; `hash` is of the canonical snapshot. */
export interface NewSuggestion {
  readonly proposal: HedgeProposal;
  readonly version: string;
  readonly hash: string;
  readonly note: string;
}

export interface ImportWriter {
  /** Stores a staged file as one batch with its rejections. Classifies again where the desk changed since. */
  readonly commit: (request: {
    readonly feed: StagedFeed;
    readonly classification: Classification;
    readonly origin: 'user' | 'demo';
  }) => ImportBatch;
  /** Null where there is no such batch or it is undone already. */
  readonly undo: (batchId: number) => ImportBatch | null;
  /** Null where there is no such batch or it is not undone. */
  readonly redo: (batchId: number) => ImportBatch | null;
}

export interface ContractWriter {
  /** False where the id is in use. */
  readonly insert: (
    contract:
      | { readonly kind: 'forward-start'; readonly terms: ForwardStartTerms }
      | { readonly kind: 'realized-vol'; readonly terms: RealizedVolTerms },
  ) => boolean;
  /** Appends; the contract must be there. */
  readonly addEvent: (
    contractId: string,
    event: Pick<ContractEvent, 'kind' | 'level' | 'vol' | 'amount' | 'reason'> & {
      readonly prices?: readonly FixingPrice[];
      /** Of a settlement by observations: every one of them. */
      readonly lines?: readonly ContractObservation[];
    },
  ) => void;
  /** Takes the newest removal back. False where there is none, or its id is in use. */
  readonly restore: (contractId: string, reason: string) => boolean;
  /** Appends; the contract must be there. */
  readonly addObservation: (
    contractId: string,
    observation: Omit<StoredObservation, 'happenedAt' | 'actor'>,
  ) => void;
  /** Appends; the contract must be there. */
  readonly addStep: (contractId: string, step: Pick<ContractStep, 'kind' | 'detail' | 'reason'>) => void;
}

export interface SuggestionWriter {
  /** A draft, with its first event `saved`. */
  readonly insert: (suggestion: NewSuggestion) => Suggestion;
  /** New content of one still open (draft or reviewed), with an event. */
  readonly revise: (
    suggestionId: number,
    change: { readonly proposal: HedgeProposal; readonly hash: string },
    event: { readonly kind: string; readonly detail: unknown },
  ) => Suggestion;
  /** An event alone, of any state. */
  readonly note: (
    suggestionId: number,
    event: { readonly kind: string; readonly detail: unknown },
  ) => Suggestion;
  /** Of one exported; the same key twice is a bug of the caller. */
  readonly addFills: (suggestionId: number, fileName: string, fills: readonly NewFill[]) => void;
  /** Forward only; sets approval and export stamps. The database refuses any other step. */
  readonly advance: (
    suggestionId: number,
    state: Exclude<SuggestionState, 'draft'>,
    event: { readonly kind: string; readonly detail: unknown },
  ) => Suggestion;
}

/** An execution to keep. */
export type NewFill = Pick<
  SuggestionFill,
  'legId' | 'contract' | 'side' | 'quantity' | 'price' | 'commission' | 'tradedAt' | 'key' | 'line'
>;

/** What a mutation may do, inside its transaction. */
export interface Transaction {
  readonly read: Readers;
  readonly now: IsoInstant;
  readonly actor: string;
  readonly imports: ImportWriter;
  readonly contracts: ContractWriter;
  readonly baskets: {
    /** A new version of the name. */
    readonly insert: (
      name: string,
      result: BasketResult,
    ) => { readonly basketId: number; readonly version: number };
    /** False where there is no such version. */
    readonly remove: (name: string, version: number) => boolean;
  };
  readonly suggestions: SuggestionWriter;
  readonly exclusions: {
    readonly add: (exclusion: Pick<QuoteExclusion, 'symbol' | 'contract' | 'tradeDate' | 'reason'>) => number;
    /** False where there is none in force. */
    readonly lift: (exclusionId: number) => boolean;
  };
  readonly overrides: {
    /** Takes the place of one of the same name, kind, expiry and day. */
    readonly set: (override: Omit<MarketOverride, 'overrideId' | 'setAt' | 'setBy'>) => number;
    /** False where there is none in force. */
    readonly clear: (overrideId: number) => boolean;
  };
  readonly reassessments: ReassessmentWriter;
  readonly expiries: ExpiryWriter;
  readonly edits: EditWriter;
  readonly scenarios: ScenarioWriter;
  readonly preferences: { readonly save: (key: string, value: string) => void };
  /** Sent to every window once the transaction is in. */
  readonly announce: (event: DeskEvent) => void;
  /**
   * Says how this is taken back: the person can then undo and redo it. `undo` is another mutation, which says
   * in its turn how it is taken back.
   */
  readonly reversible: (edit: { readonly title: string; readonly undo: CommandCall }) => void;
  /** What the audit row says instead of the input's own words. */
  readonly describe: (entry: { readonly subject?: string; readonly detail?: string }) => void;
}
