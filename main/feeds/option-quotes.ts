import { readableSymbol } from '../../shared/symbols.ts';
import type { Exercise, OptionType } from '../../shared/units.ts';
import { TableBuilder } from './columns.ts';
import type { OptionQuoteTable } from './staged-feed.ts';

/** One option of one line; NaN is none. */
export interface OptionQuoteInput {
  readonly line: number;
  readonly symbol: string;
  readonly tradeDate: string;
  readonly expiry: string;
  readonly root: string;
  readonly settlement: 'AM' | 'PM';
  readonly optionType: OptionType;
  readonly exercise: Exercise | null;
  readonly strike: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  readonly last: number;
  readonly settle: number;
  readonly close: number;
  readonly volume: number;
  readonly openInterest: number;
  readonly multiplier: number;
  readonly vendorVol: number;
  readonly adjusted: boolean;
}

const numbers = [
  'strike',
  'bid',
  'ask',
  'bidSize',
  'askSize',
  'last',
  'settle',
  'close',
  'volume',
  'openInterest',
  'multiplier',
  'vendorVol',
] as const;

const notNegative = [
  'bid',
  'ask',
  'bidSize',
  'askSize',
  'last',
  'settle',
  'close',
  'volume',
  'openInterest',
  'vendorVol',
] as const;

/** Everything a chain's format has not: spread it and name what it has. */
export const noQuote = {
  bid: Number.NaN,
  ask: Number.NaN,
  bidSize: Number.NaN,
  askSize: Number.NaN,
  last: Number.NaN,
  settle: Number.NaN,
  close: Number.NaN,
  volume: Number.NaN,
  openInterest: Number.NaN,
  vendorVol: Number.NaN,
} as const;

/** A price of zero that means none: never traded, or nobody offers. */
export const zeroIsNone = (price: number): number => (price === 0 ? Number.NaN : price);

function problemOf(row: OptionQuoteInput): string | null {
  if (!(row.strike > 0)) return `strike is not above zero: ${row.strike}`;
  if (row.expiry < row.tradeDate) return `expiry ${row.expiry} is before the market day ${row.tradeDate}`;
  if (!(row.multiplier > 0)) return `multiplier is not above zero: ${row.multiplier}`;
  for (const name of notNegative) if (row[name] < 0) return `${name} is negative: ${row[name]}`;
  return null;
}

/** Gathers option rows of any chain format, checks them, and counts what a reader should know. */
export class OptionQuotes {
  readonly #table = new TableBuilder({
    text: [
      'symbol',
      'tradeDate',
      'expiry',
      'root',
      'settlement',
      'optionType',
      'contract',
      'exercise',
    ] as const,
    number: [...numbers, 'adjusted'] as const,
  });
  #crossed = 0;
  #zeroBids = 0;
  #oneSided = 0;

  get rows(): number {
    return this.#table.rows;
  }

  get duplicates(): number {
    return this.#table.duplicates;
  }

  /** A text back means the row is rejected, and why. */
  add(row: OptionQuoteInput): string | null {
    const problem = problemOf(row);
    if (problem !== null) return problem;
    const { text, number } = this.#table;
    const contract = text.contract.codeOf(readableSymbol(row));
    const day = text.tradeDate.codeOf(row.tradeDate);
    const before = this.#table.rows;
    const at = this.#table.claim(day * 0x1000_0000 + contract, row.line);
    text.contract.setCode(at, contract);
    text.tradeDate.setCode(at, day);
    text.symbol.set(at, row.symbol);
    text.expiry.set(at, row.expiry);
    text.root.set(at, row.root);
    text.settlement.set(at, row.settlement);
    text.optionType.set(at, row.optionType);
    text.exercise.set(at, row.exercise);
    for (const name of numbers) number[name].set(at, row[name]);
    number.adjusted.set(at, row.adjusted ? 1 : 0);
    if (at === before) this.#observe(row);
    return null;
  }

  #observe(row: OptionQuoteInput): void {
    if (row.bid > row.ask) this.#crossed += 1;
    if (row.bid === 0) this.#zeroBids += 1;
    if (row.bid > 0 && Number.isNaN(row.ask)) this.#oneSided += 1;
  }

  /** In words, for the preview: what a chain has that a reader should know of. */
  warnings(): readonly string[] {
    const { rows, duplicates } = this.#table;
    const share = (count: number): string => `${count} of ${rows} (${((100 * count) / rows).toFixed(1)} %)`;
    const warnings: string[] = [];
    if (this.#crossed > 0) warnings.push(`Crossed quotes, bid above ask: ${share(this.#crossed)}.`);
    if (this.#zeroBids > 0) warnings.push(`Quotes with a bid of zero: ${share(this.#zeroBids)}.`);
    if (this.#oneSided > 0) warnings.push(`Quotes with a bid and no ask: ${share(this.#oneSided)}.`);
    if (duplicates > 0)
      warnings.push(`${duplicates} rows repeat an option and day of an earlier row; the last one stands.`);
    return warnings;
  }

  finish(): OptionQuoteTable {
    const { adjusted, ...columns } = this.#table.finish();
    return { ...columns, adjusted: Uint8Array.from(adjusted) };
  }

  /** `SPX, NDX: 2022-02-04, 40 expiries 2022-02-07 to 2026-12-18`. */
  summary(): string {
    const { text } = this.#table;
    return coverage({
      symbols: text.symbol.texts(),
      days: text.tradeDate.texts(),
      expiries: text.expiry.texts(),
    });
  }

  /** The newest market day; null before the first row. */
  newestDay(): string | null {
    return newest(this.#table.text.tradeDate.texts());
  }
}

export const newest = (days: readonly string[]): string | null =>
  days.reduce<string | null>((best, day) => (best === null || day > best ? day : best), null);

const oldest = (days: readonly string[]): string | null =>
  days.reduce<string | null>((best, day) => (best === null || day < best ? day : best), null);

const span = (days: readonly string[]): string =>
  days.length === 1 ? (days[0] ?? '') : `${oldest(days)} to ${newest(days)}`;

export const nameSome = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

/** One line of what a file covers. */
export function coverage(parts: {
  readonly symbols: readonly string[];
  readonly days: readonly string[];
  readonly expiries?: readonly string[];
}): string {
  const days = parts.days.length === 1 ? span(parts.days) : `${parts.days.length} days ${span(parts.days)}`;
  const count = parts.expiries?.length ?? 0;
  const expiries =
    parts.expiries === undefined
      ? ''
      : `; ${count} ${count === 1 ? 'expiry' : 'expiries'} ${span(parts.expiries)}`;
  return `${nameSome(parts.symbols)}: ${days}${expiries}`;
}
