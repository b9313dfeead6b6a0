import { TableBuilder } from './columns.ts';
import { coverage } from './option-quotes.ts';
import type { FutureQuoteTable } from './staged-feed.ts';

interface FutureQuoteInput {
  readonly line: number;
  readonly symbol: string;
  readonly tradeDate: string;
  readonly expiry: string;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly settle: number;
  readonly close: number;
  readonly volume: number;
  readonly openInterest: number;
  readonly multiplier: number;
}

const numbers = ['bid', 'ask', 'last', 'settle', 'close', 'volume', 'openInterest', 'multiplier'] as const;

/** Gathers and checks futures. */
export class FutureQuotes {
  readonly #table = new TableBuilder({
    text: ['symbol', 'tradeDate', 'expiry', 'contract'] as const,
    number: numbers,
  });

  get rows(): number {
    return this.#table.rows;
  }

  get duplicates(): number {
    return this.#table.duplicates;
  }

  /** A text back means the row is rejected, and why. */
  add(row: FutureQuoteInput): string | null {
    if (row.expiry < row.tradeDate) return `expiry ${row.expiry} is before the market day ${row.tradeDate}`;
    if (!(row.multiplier > 0)) return `multiplier is not above zero: ${row.multiplier}`;
    const { text, number } = this.#table;
    const contract = `${row.symbol} ${row.expiry} F`;
    const at = this.#table.claim(`${row.tradeDate} ${contract}`, row.line);
    text.symbol.set(at, row.symbol);
    text.tradeDate.set(at, row.tradeDate);
    text.expiry.set(at, row.expiry);
    text.contract.set(at, contract);
    for (const name of numbers) number[name].set(at, row[name]);
    return null;
  }

  summary(): string {
    const { text } = this.#table;
    return coverage({
      symbols: text.symbol.texts(),
      days: text.tradeDate.texts(),
      expiries: text.expiry.texts(),
    });
  }

  finish(): FutureQuoteTable {
    return this.#table.finish();
  }
}
