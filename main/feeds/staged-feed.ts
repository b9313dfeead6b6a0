import type { ImportFormat, Rejection } from '../../shared/contract/imports.ts';
import type { ForwardStartTerms } from '../../shared/contract/forward-starts.ts';
import type { RealizedVolTerms } from '../../shared/contract/vol-contracts.ts';

/**
 * A text column: `dictionary[codes[row]]`. Code −1 means there is none. Few distinct values over many
 * rows, so a store can prepare each distinct text once.
 */
export interface TextColumn {
  readonly dictionary: readonly string[];
  readonly codes: Int32Array;
}

/** A number column. NaN marks "there is none" inside the array only: read it through `numberAt`. */
export type NumberColumn = Float64Array;

/** A table of columns, all `rows` long. `line[row]` is the 1-based line of the file it came from. */
export interface StagedTable {
  readonly rows: number;
  readonly line: Int32Array;
}

/** One option on one market day. The key is symbol, tradeDate, root, expiry, strike, optionType. */
export interface OptionQuoteTable extends StagedTable {
  /** The underlying: SPX for roots SPX and SPXW. */
  readonly symbol: TextColumn;
  readonly tradeDate: TextColumn;
  readonly expiry: TextColumn;
  readonly root: TextColumn;
  /** `AM` or `PM`. */
  readonly settlement: TextColumn;
  /** `call` or `put`. */
  readonly optionType: TextColumn;
  /** Our readable contract name, `SPXW 2022-02-07 2400 C`; see shared/symbols.ts. */
  readonly contract: TextColumn;
  /** `european` or `american`; none where the file and the root do not say. */
  readonly exercise: TextColumn;
  readonly strike: NumberColumn;
  readonly bid: NumberColumn;
  readonly ask: NumberColumn;
  readonly bidSize: NumberColumn;
  readonly askSize: NumberColumn;
  readonly last: NumberColumn;
  readonly settle: NumberColumn;
  readonly close: NumberColumn;
  readonly volume: NumberColumn;
  readonly openInterest: NumberColumn;
  /** Shares or index units a contract; never none. */
  readonly multiplier: NumberColumn;
  /** The vendor's own volatility, decimal; none where the vendor says 0. */
  readonly vendorVol: NumberColumn;
  /** 1 where the deliverable is not standard (A13): kept, but never suggested. */
  readonly adjusted: Uint8Array;
}

/** One future on one market day. The key is symbol, tradeDate, expiry. */
export interface FutureQuoteTable extends StagedTable {
  readonly symbol: TextColumn;
  readonly tradeDate: TextColumn;
  readonly expiry: TextColumn;
  readonly contract: TextColumn;
  readonly bid: NumberColumn;
  readonly ask: NumberColumn;
  readonly last: NumberColumn;
  readonly settle: NumberColumn;
  readonly close: NumberColumn;
  readonly volume: NumberColumn;
  readonly openInterest: NumberColumn;
  readonly multiplier: NumberColumn;
}

/** One symbol on one day. The key is symbol, date. Only `close` is never none. */
export interface DailyPriceTable extends StagedTable {
  readonly symbol: TextColumn;
  readonly date: TextColumn;
  readonly open: NumberColumn;
  readonly high: NumberColumn;
  readonly low: NumberColumn;
  readonly close: NumberColumn;
  readonly adjustedClose: NumberColumn;
  readonly volume: NumberColumn;
  /** Cash a share, on its ex-date; none where the file has no such column. */
  readonly dividend: NumberColumn;
  /** New shares per old share: 2 for a 2:1 split, 1 on other days; none where there is no such column. */
  readonly split: NumberColumn;
}

/** One component of an index on a day. The key is index, asOf, symbol. */
export interface IndexWeightTable extends StagedTable {
  readonly index: TextColumn;
  readonly asOf: TextColumn;
  readonly symbol: TextColumn;
  /** Fraction: 0.05 is 5 %. As the file has it, not renormalized. */
  readonly weight: NumberColumn;
  readonly shares: NumberColumn;
  readonly sector: TextColumn;
  /** How the weights were found, in the file's words; none where it does not say. */
  readonly method: TextColumn;
}

/** Spot as the chain's own file states it. The key is symbol, tradeDate. */
export interface UnderlierMarkTable extends StagedTable {
  readonly symbol: TextColumn;
  readonly tradeDate: TextColumn;
  readonly spot: NumberColumn;
  /** The file's time stamp as an instant, `2022-02-06T01:26:00Z`, or none. */
  readonly quotedAt: TextColumn;
  /** In words: where the spot stands in the file. */
  readonly source: TextColumn;
  /** Long name of the symbol, where the file states one. */
  readonly name: TextColumn;
}

/** One holding. The key is book, symbol, contract. */
export interface PositionTable extends StagedTable {
  readonly book: TextColumn;
  /** The underlying for an option; the symbol itself for a stock. */
  readonly symbol: TextColumn;
  /** `stock`, `option`, `future` or `cash`. */
  readonly instrument: TextColumn;
  /** Our readable contract name; the symbol for a stock. */
  readonly contract: TextColumn;
  /** `call` or `put`; none but for an option. */
  readonly optionType: TextColumn;
  readonly expiry: TextColumn;
  readonly root: TextColumn;
  readonly strike: NumberColumn;
  /** Signed: short is negative. */
  readonly quantity: NumberColumn;
  readonly multiplier: NumberColumn;
  /** Per unit of the underlying, account currency; none where the file does not say. */
  readonly costPrice: NumberColumn;
  readonly adjusted: Uint8Array;
}

/** Implied volatility of a constant term. The key is symbol, date, termDays. */
export interface VolHistoryTable extends StagedTable {
  readonly symbol: TextColumn;
  readonly date: TextColumn;
  /** Calendar days. */
  readonly termDays: NumberColumn;
  /** Decimal: 0.20 is 20 %. */
  readonly vol: NumberColumn;
}

export interface ForwardStartRow extends ForwardStartTerms {
  readonly line: number;
}

export interface RealizedVolRow extends RealizedVolTerms {
  readonly line: number;
}

/** What a file holds, in columns; a table the format does not have is absent. */
export interface StagedTables {
  readonly optionQuotes?: OptionQuoteTable;
  readonly futureQuotes?: FutureQuoteTable;
  readonly dailyPrices?: DailyPriceTable;
  readonly indexWeights?: IndexWeightTable;
  readonly underlierMarks?: UnderlierMarkTable;
  readonly positions?: PositionTable;
  readonly volHistory?: VolHistoryTable;
  readonly forwardStartContracts?: readonly ForwardStartRow[];
  readonly realizedVolContracts?: readonly RealizedVolRow[];
}

/** A file as read: plain data and typed arrays, so that a worker can hand it over by structured clone. */
export interface StagedFeed {
  readonly fileName: string;
  readonly format: ImportFormat;
  /** Why it is taken for this format, in words. */
  readonly formatReason: string;
  /** What it covers in one line: symbols, days, expiries. */
  readonly summary: string;
  /** The newest market day in it. */
  readonly asOf: string | null;
  /** The file's own time stamp as an instant, `2022-02-06T01:26:00Z`. */
  readonly quotedAt: string | null;
  readonly tables: StagedTables;
  /** Rows that can be stored, by table; each counted after `duplicates` were dropped. */
  readonly counts: Readonly<Record<string, number>>;
  /** Sum of `counts` without the marks that come along with a chain. */
  readonly accepted: number;
  /** Rows of this file that repeat a key of the same file; the last one stands. */
  readonly duplicates: number;
  readonly rejected: number;
  /** The first 1,000. */
  readonly rejections: readonly Rejection[];
  readonly warnings: readonly string[];
  /** Of the file's bytes as they lie on the disk. */
  readonly sha256: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** A text cell; null where there is none. */
export const textAt = (column: TextColumn, row: number): string | null => {
  const code = column.codes[row];
  return code === undefined || code < 0 ? null : (column.dictionary[code] ?? null);
};

/** A number cell; null where there is none. */
export const numberAt = (column: NumberColumn, row: number): number | null => {
  const value = column[row];
  return value === undefined || Number.isNaN(value) ? null : value;
};
