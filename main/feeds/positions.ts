import { conventionsOf } from '../../shared/option-roots.ts';
import { parseOptionSymbol, readableSymbol } from '../../shared/symbols.ts';
import type { OptionSymbol } from '../../shared/symbols.ts';
import { TableBuilder } from './columns.ts';
import type { ParsedFeed } from './feed-format.ts';
import { nameSome } from './option-quotes.ts';
import type { PositionTable } from './staged-feed.ts';

/** One holding as a broker's file or our template has it. */
export interface PositionInput {
  readonly line: number;
  readonly book: string;
  /** Empty where the contract says it. */
  readonly symbol: string;
  readonly instrument: 'stock' | 'option' | 'future' | 'cash';
  /** Any style of option symbol; our `NIFTY 2026-03-30 F` for a future; empty for a stock. */
  readonly contract: string;
  readonly quantity: number;
  /** NaN where the file does not say. */
  readonly multiplier: number;
  /** Per unit of the underlying; NaN where the file does not say. */
  readonly costPrice: number;
}

const futurePattern = /^(\S+) (\d{4}-\d{2}-\d{2}) F$/;

interface Resolved {
  readonly symbol: string;
  readonly contract: string;
  readonly option: OptionSymbol | null;
  readonly expiry: string | null;
  readonly adjusted: boolean;
  readonly usualMultiplier: number;
}

/** What the row holds; a text back says why that cannot be told. */
function resolve(row: PositionInput): Resolved | string {
  if (row.instrument === 'option') {
    const parsed = parseOptionSymbol(row.contract);
    if (!parsed.ok) return `contract is no option symbol: ${row.contract.trim().slice(0, 40)}`;
    const { underlying, adjusted, multiplier } = conventionsOf(parsed.value.root);
    return {
      symbol: row.symbol === '' ? underlying : row.symbol,
      contract: readableSymbol(parsed.value),
      option: parsed.value,
      expiry: parsed.value.expiry,
      adjusted,
      usualMultiplier: multiplier,
    };
  }
  const future = row.instrument === 'future' ? futurePattern.exec(row.contract) : null;
  const symbol = row.symbol === '' ? (future?.[1] ?? row.contract) : row.symbol;
  if (symbol === '') return 'symbol is missing';
  return {
    symbol,
    contract: row.instrument === 'future' && row.contract !== '' ? row.contract : symbol,
    option: null,
    expiry: future?.[2] ?? null,
    adjusted: false,
    usualMultiplier: 1,
  };
}

/** Gathers holdings of any file. */
export class Positions {
  readonly #table = new TableBuilder({
    text: ['book', 'symbol', 'instrument', 'contract', 'optionType', 'expiry', 'root'] as const,
    number: ['strike', 'quantity', 'multiplier', 'costPrice', 'adjusted'] as const,
  });
  #assumedMultipliers = 0;

  /** A text back means the row is rejected, and why. */
  add(row: PositionInput): string | null {
    const resolved = resolve(row);
    if (typeof resolved === 'string') return resolved;
    if (Number.isNaN(row.quantity)) return 'quantity is missing';
    if (row.quantity === 0) return 'quantity is zero';
    if (row.multiplier <= 0) return `multiplier is not above zero: ${row.multiplier}`;
    const { option } = resolved;
    const assumed = Number.isNaN(row.multiplier);
    if (assumed && option !== null) this.#assumedMultipliers += 1;
    const { text, number } = this.#table;
    const at = this.#table.claim(`${row.book}\n${resolved.symbol}\n${resolved.contract}`, row.line);
    text.book.set(at, row.book);
    text.symbol.set(at, resolved.symbol);
    text.instrument.set(at, row.instrument);
    text.contract.set(at, resolved.contract);
    text.optionType.set(at, option?.optionType ?? null);
    text.expiry.set(at, resolved.expiry);
    text.root.set(at, option?.root ?? null);
    number.strike.set(at, option?.strike ?? Number.NaN);
    number.quantity.set(at, row.quantity);
    number.multiplier.set(at, assumed ? resolved.usualMultiplier : row.multiplier);
    number.costPrice.set(at, row.costPrice);
    number.adjusted.set(at, resolved.adjusted ? 1 : 0);
    return null;
  }

  finish(asOf: string | null): ParsedFeed {
    const { adjusted, ...columns } = this.#table.finish();
    const positions: PositionTable = { ...columns, adjusted: Uint8Array.from(adjusted) };
    const { rows, duplicates } = this.#table;
    const adjustedCount = positions.adjusted.reduce((sum, flag) => sum + flag, 0);
    const options = positions.optionType.codes.reduce((sum, code) => sum + (code < 0 ? 0 : 1), 0);
    const books = positions.book.dictionary;
    return {
      tables: { positions },
      counts: { position: rows },
      duplicates,
      summary: `${books.length === 1 ? 'book' : 'books'} ${nameSome(books)}: ${rows} positions, ${options} of them options`,
      asOf,
      quotedAt: null,
      warnings: [
        ...(this.#assumedMultipliers > 0
          ? [`${this.#assumedMultipliers} options state no multiplier; 100 is taken.`]
          : []),
        ...(adjustedCount > 0
          ? [`${adjustedCount} options are adjusted contracts: what they deliver is not standard.`]
          : []),
        ...(duplicates > 0
          ? [
              `${duplicates} rows repeat a book and contract of an earlier row; the last one stands, quantities are not added.`,
            ]
          : []),
      ],
    };
  }
}
