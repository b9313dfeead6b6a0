import type { NumberColumn, TextColumn } from './staged-feed.ts';

const firstCapacity = 1024;

class NumberBuilder {
  #data = new Float64Array(firstCapacity);

  set(row: number, value: number): void {
    if (row >= this.#data.length) {
      const larger = new Float64Array(Math.max(row + 1, this.#data.length * 2));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[row] = value;
  }

  finish(rows: number): NumberColumn {
    return this.#data.slice(0, rows);
  }
}

class TextBuilder {
  readonly #codes = new Map<string, number>();
  #data = new Int32Array(firstCapacity);

  /** The code of a text, given on first sight. */
  codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#codes.size;
    this.#codes.set(text, code);
    return code;
  }

  set(row: number, text: string | null): void {
    this.setCode(row, text === null ? -1 : this.codeOf(text));
  }

  setCode(row: number, code: number): void {
    if (row >= this.#data.length) {
      const larger = new Int32Array(Math.max(row + 1, this.#data.length * 2));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[row] = code;
  }

  texts(): readonly string[] {
    return [...this.#codes.keys()];
  }

  finish(rows: number): TextColumn {
    return { dictionary: this.texts(), codes: this.#data.slice(0, rows) };
  }
}

/** The columns of a table under construction, by name. */
export class TableBuilder<Text extends string, Numeric extends string> {
  readonly text: Readonly<Record<Text, TextBuilder>>;
  readonly number: Readonly<Record<Numeric, NumberBuilder>>;
  readonly #rowOfKey = new Map<string | number, number>();
  readonly #lines = new NumberBuilder();
  rows = 0;
  duplicates = 0;

  constructor(columns: { readonly text: readonly Text[]; readonly number: readonly Numeric[] }) {
    this.text = Object.fromEntries(columns.text.map((name) => [name, new TextBuilder()])) as Record<
      Text,
      TextBuilder
    >;
    this.number = Object.fromEntries(columns.number.map((name) => [name, new NumberBuilder()])) as Record<
      Numeric,
      NumberBuilder
    >;
  }

  /** The row to write a key's values to: its earlier row where the file repeats the key, so the last stands. */
  claim(key: string | number, line: number): number {
    let row = this.#rowOfKey.get(key);
    if (row === undefined) {
      row = this.rows;
      this.rows += 1;
      this.#rowOfKey.set(key, row);
    } else {
      this.duplicates += 1;
    }
    this.#lines.set(row, line);
    return row;
  }

  finish(): { readonly rows: number; readonly line: Int32Array } & Readonly<Record<Text, TextColumn>> &
    Readonly<Record<Numeric, NumberColumn>> {
    const text = Object.entries<TextBuilder>(this.text).map(([name, column]) => [
      name,
      column.finish(this.rows),
    ]);
    const number = Object.entries<NumberBuilder>(this.number).map(([name, column]) => [
      name,
      column.finish(this.rows),
    ]);
    return {
      rows: this.rows,
      line: Int32Array.from(this.#lines.finish(this.rows)),
      ...(Object.fromEntries(text) as Record<Text, TextColumn>),
      ...(Object.fromEntries(number) as Record<Numeric, NumberColumn>),
    };
  }
}
