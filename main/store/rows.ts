import type { FixingPrice, ForwardStartTerms } from '../../shared/contract/forward-starts.ts';
import type { RealizedVolTerms, ToldObservation } from '../../shared/contract/vol-contracts.ts';
import type { IsoDate, IsoInstant } from '../../shared/dates.ts';
import type { Exercise, OptionType, Vol } from '../../shared/units.ts';

/** A cell of a number column: null where there is none. */
export type Cell = number | null;

export type UnderlierKind = 'index' | 'stock' | 'etf' | 'unknown';

export interface Underlier {
  readonly symbol: string;
  readonly name: string;
  readonly kind: UnderlierKind;
  readonly currency: string;
}

/** An underlier that has data on the desk, with what there is. */
export interface UnderlierHoldings extends Underlier {
  /** Newest first. */
  readonly chainDates: readonly IsoDate[];
  readonly priceCount: number;
  readonly firstPriceDate: IsoDate | null;
  readonly lastPriceDate: IsoDate | null;
  /** Newest first. */
  readonly weightDates: readonly IsoDate[];
}

/** The options of one underlier and day in columns, ordered by expiry, root, strike, call before put. */
export interface OptionQuoteColumns {
  readonly symbol: string;
  readonly tradeDate: IsoDate;
  readonly rows: number;
  readonly expiryDate: IsoDate[];
  readonly root: string[];
  readonly strike: number[];
  readonly optionType: OptionType[];
  readonly bid: Cell[];
  readonly ask: Cell[];
  readonly bidSize: Cell[];
  readonly askSize: Cell[];
  readonly last: Cell[];
  readonly settle: Cell[];
  readonly close: Cell[];
  readonly volume: Cell[];
  readonly openInterest: Cell[];
  readonly multiplier: number[];
  readonly vendorVol: Cell[];
  readonly settlement: ('AM' | 'PM' | null)[];
  readonly exercise: (Exercise | null)[];
  readonly adjusted: boolean[];
  readonly batchId: number[];
  readonly sourceLine: number[];
}

export interface FutureQuote {
  readonly symbol: string;
  readonly tradeDate: IsoDate;
  readonly expiryDate: IsoDate;
  readonly contract: string;
  readonly bid: Cell;
  readonly ask: Cell;
  readonly last: Cell;
  readonly settle: Cell;
  readonly close: Cell;
  readonly volume: Cell;
  readonly openInterest: Cell;
  readonly multiplier: Cell;
  readonly batchId: number;
}

export interface UnderlierMark {
  readonly spot: number;
  readonly quotedAt: string | null;
  readonly source: string;
  readonly tradeDate: IsoDate;
  readonly batchId: number;
  readonly fileName: string;
}

/** Daily prices of one symbol in columns, oldest first. */
export interface DailyPriceColumns {
  readonly symbol: string;
  readonly rows: number;
  readonly date: IsoDate[];
  readonly open: Cell[];
  readonly high: Cell[];
  readonly low: Cell[];
  readonly close: number[];
  readonly adjustedClose: Cell[];
  readonly volume: Cell[];
  readonly dividend: Cell[];
  /** New shares per old share on that day. */
  readonly splitRatio: Cell[];
}

export interface IndexComposition {
  readonly index: string;
  readonly asOf: IsoDate;
  readonly batchId: number;
  readonly components: readonly IndexComponent[];
}

export interface IndexComponent {
  readonly symbol: string;
  /** As the file has it, not renormalized. */
  readonly weightFraction: Cell;
  readonly shares: Cell;
  readonly sector: string | null;
  readonly method: string | null;
}

/** Implied volatility of a constant term over days, oldest first. */
export interface VolHistoryColumns {
  readonly symbol: string;
  readonly termDays: number;
  readonly rows: number;
  readonly date: IsoDate[];
  readonly vol: Vol[];
}

export interface TermVol {
  readonly termDays: number;
  readonly vol: Vol;
}

export interface StoredPosition {
  readonly positionId: number;
  readonly book: string;
  readonly symbol: string;
  readonly instrument: 'stock' | 'option' | 'future' | 'cash';
  readonly contract: string;
  readonly optionType: OptionType | null;
  readonly expiryDate: IsoDate | null;
  readonly root: string | null;
  readonly strike: Cell;
  readonly quantity: number;
  readonly multiplier: number;
  readonly costPrice: Cell;
  readonly adjusted: boolean;
}

export interface ContractEvent {
  readonly kind: 'fixed' | 'settled' | 'removed';
  readonly happenedAt: IsoInstant;
  readonly actor: string;
  readonly level: Cell;
  readonly vol: Cell;
  readonly amount: Cell;
  readonly reason: string;
  /** Of a fixing: the prices it was taken from, where they were told. */
  readonly prices: readonly FixingPrice[];
}

/** A right used or let go, a roll, or inputs by hand. */
export type ContractStep = {
  readonly happenedAt: IsoInstant;
  readonly actor: string;
  readonly reason: string;
} & (
  | { readonly kind: 'exercised' | 'lapsed'; readonly detail: Readonly<Record<string, never>> }
  | { readonly kind: 'rolled'; readonly detail: { readonly into: string; readonly price: number } }
  | {
      readonly kind: 'marked';
      readonly detail: { readonly carryFactor: number | null; readonly discountFactor: number | null };
    }
);

/** What a person said of one mark of a volatility contract. */
export interface StoredObservation extends ToldObservation {
  readonly happenedAt: IsoInstant;
  readonly actor: string;
}

interface StoredContractBase {
  readonly contractId: string;
  readonly enteredAt: IsoInstant;
  readonly batchId: number | null;
  /** Since it was entered, oldest first; never a removal. */
  readonly events: readonly ContractEvent[];
  /** Since it was entered, oldest first. */
  readonly steps: readonly ContractStep[];
}
export interface StoredForwardStart extends StoredContractBase {
  readonly kind: 'forward-start';
  readonly terms: ForwardStartTerms;
}
export interface StoredRealizedVol extends StoredContractBase {
  readonly kind: 'realized-vol';
  readonly terms: RealizedVolTerms;
}
export type StoredContract = StoredForwardStart | StoredRealizedVol;

export interface QuoteExclusion {
  readonly exclusionId: number;
  readonly symbol: string;
  readonly contract: string;
  /** The one day it holds for; null: every day. */
  readonly tradeDate: IsoDate | null;
  readonly reason: string;
  readonly excludedAt: IsoInstant;
  readonly excludedBy: string;
}

/** A market input set by hand, in force. */
export interface MarketOverride {
  readonly overrideId: number;
  readonly symbol: string;
  /** Forward and price in underlier currency; rate and yield decimal, continuously compounded. */
  readonly kind: 'forward' | 'rate' | 'yield' | 'price';
  /** An expiry's date, or its key (date and root); null: the whole name. */
  readonly expiry: string | null;
  /** The one day it holds for; null: every day. */
  readonly tradeDate: IsoDate | null;
  readonly value: number;
  readonly reason: string;
  readonly setAt: IsoInstant;
  readonly setBy: string;
}

/** One execution of an exported suggestion. */
export interface SuggestionFill {
  readonly fillId: number;
  readonly legId: string;
  readonly contract: string;
  readonly side: 'sell' | 'buy';
  readonly quantity: number;
  /** Per unit. */
  readonly price: number;
  /** Paid (+), of the whole row. */
  readonly commission: number;
  readonly tradedAt: string;
  readonly key: string;
  readonly fileName: string;
  readonly line: number;
  readonly importedAt: IsoInstant;
  readonly importedBy: string;
}

export interface SuggestionEvent {
  readonly at: IsoInstant;
  readonly actor: string;
  readonly kind: string;
  readonly detail: unknown;
  readonly hash: string;
}

/** How the rows of a staged file stand to what is stored. */
export interface Classification {
  /** Keys the desk does not have. */
  readonly accepted: number;
  /** Keys the desk has with other values. */
  readonly changed: number;
  /** Keys the desk has with the same values. */
  readonly duplicates: number;
  /** The live batch of the very same bytes. */
  readonly sameFileAsBatch: number | null;
  /** The data revision that this was found at. */
  readonly dataRevision: number;
}
