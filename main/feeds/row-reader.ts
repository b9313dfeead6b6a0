import { dateOf, fractionOf, isNullText, numberOf } from './cells.ts';

const longestSymbol = 64;

/**
 * Reads the cells of one row after another and keeps the first thing wrong with it. Numbers that are
 * not there come back as NaN, which is what a column stores for none.
 */
export class RowReader {
  /** Why the row cannot be used; null while it can. */
  problem: string | null = null;
  #fields: readonly string[] = [];
  readonly #dates = new Map<string, string | null>();

  start(fields: readonly string[]): void {
    this.#fields = fields;
    this.problem = null;
  }

  fail(problem: string): void {
    this.problem ??= problem;
  }

  raw(index: number): string {
    return index < 0 ? '' : (this.#fields[index] ?? '');
  }

  text(index: number): string | null {
    const raw = this.raw(index);
    return isNullText(raw) ? null : raw.trim();
  }

  requiredText(index: number, name: string): string {
    const text = this.text(index);
    if (text === null) this.fail(`${name} is missing`);
    return text ?? '';
  }

  /**
   * A symbol in capitals, without the caret some vendors put before an index; empty where there is none.
   * NAN and NA are real tickers, so only an empty cell or dashes mean none.
   */
  symbol(index: number): string {
    const symbol = this.raw(index).trim().toUpperCase().replace(/^\^/, '');
    if (symbol.length > longestSymbol) this.fail(`symbol is longer than ${longestSymbol} letters`);
    return symbol === '--' || symbol === '-' || symbol === '<EMPTY>' ? '' : symbol;
  }

  requiredSymbol(index: number, name: string): string {
    const symbol = this.symbol(index);
    if (symbol === '') this.fail(`${name} is missing`);
    return symbol;
  }

  number(index: number, name: string): number {
    return this.#checked(numberOf(this.raw(index)), index, name);
  }

  /** A number that may carry a % sign: 6.71% is 0.0671. */
  fraction(index: number, name: string): number {
    return this.#checked(fractionOf(this.raw(index)), index, name);
  }

  requiredNumber(index: number, name: string): number {
    const value = this.number(index, name);
    if (Number.isNaN(value)) this.fail(`${name} is missing`);
    return value;
  }

  /** A price or a count: none, or not below zero. */
  notNegative(index: number, name: string): number {
    const value = this.number(index, name);
    if (value < 0) this.fail(`${name} is negative: ${this.raw(index).trim()}`);
    return value;
  }

  date(index: number, name: string): string | null {
    const raw = this.raw(index);
    let date = this.#dates.get(raw);
    if (date === undefined) {
      date = dateOf(raw);
      this.#dates.set(raw, date);
    }
    if (date === null && !isNullText(raw)) this.fail(`${name} is not a date: ${raw.trim().slice(0, 40)}`);
    return date;
  }

  requiredDate(index: number, name: string): string {
    const date = this.date(index, name);
    if (date === null) this.fail(`${name} is missing`);
    return date ?? '';
  }

  #checked(value: number | undefined, index: number, name: string): number {
    if (value !== undefined) return value;
    this.fail(`${name} is not a number: ${this.raw(index).trim().slice(0, 40)}`);
    return Number.NaN;
  }
}
