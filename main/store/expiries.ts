import type { IsoDate } from '../../shared/dates.ts';
import type { OptionType } from '../../shared/units.ts';
import type { StagedFeed, TextColumn } from '../feeds/staged-feed.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type { StoredPosition } from './rows.ts';
import type { BatchReader, ImportWriter } from './types.ts';

export type ExpiryOutcome = 'exercise' | 'assignment' | 'cash-settlement' | 'worthless';

/** What became of one option, as a person confirmed it. */
export interface ExpiryRow {
  readonly book: string;
  /** Of a basket's suggestions rather than of positions. */
  readonly basket: string | null;
  readonly contract: string;
  readonly symbol: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly strike: number;
  /** Signed contracts that ended. */
  readonly quantity: number;
  readonly multiplier: number;
  readonly outcome: ExpiryOutcome;
  readonly settlementPrice: number | null;
  readonly settlementSource: string;
  /** Shares received (+) or delivered (−). */
  readonly stockQuantity: number;
  /** Money received (+) or paid (−). */
  readonly cash: number;
  /** Per unit; null where it is not known. */
  readonly openPrice: number | null;
}

export interface ExpiryPosting {
  readonly postingId: number;
  readonly batchId: number;
  readonly asOf: IsoDate;
  readonly postedAt: string;
  readonly postedBy: string;
  readonly note: string;
  /** When its layer was taken back; null while it stands. */
  readonly undoneAt: string | null;
  readonly rows: readonly ExpiryRow[];
}

export interface ExpiryReader {
  /** Newest first. */
  readonly list: () => readonly ExpiryPosting[];
  readonly find: (postingId: number) => ExpiryPosting | null;
  /** Of postings that stand, oldest first. */
  readonly rows: () => readonly (ExpiryRow & { readonly asOf: IsoDate })[];
}

/** A line of a book as it will be. */
export type BookLine = Omit<StoredPosition, 'positionId'>;

export interface ExpiryWriter {
  /** Writes the books anew as one layer, and the rows beside it. */
  readonly post: (posting: {
    readonly asOf: IsoDate;
    readonly note: string;
    readonly rows: readonly ExpiryRow[];
    /** Every line of every book that changes. */
    readonly books: readonly BookLine[];
    /** Of the content, so that no two layers are alike. */
    readonly sha256: string;
  }) => number;
}

const rowColumns = `book, basket, contract, symbol, option_type AS optionType, expiry_date AS expiry, strike, quantity,
  multiplier, outcome, settlement_price AS settlementPrice, settlement_source AS settlementSource,
  stock_quantity AS stockQuantity, cash, open_price AS openPrice`;

export function createExpiryReader(db: ReadableDb): ExpiryReader {
  const heads = `SELECT posting_id AS postingId, batch_id AS batchId, as_of_date AS asOf, posted_at AS postedAt,
    posted_by AS postedBy, note, undone_at AS undoneAt FROM expiry_posting JOIN import_batch USING (batch_id)`;
  const all = db.prepare(`${heads} ORDER BY posting_id DESC`);
  const one = db.prepare(`${heads} WHERE posting_id = ?`);
  const rowsOf = db.prepare(`SELECT ${rowColumns} FROM expiry_row WHERE posting_id = ? ORDER BY position`);
  const standing = db.prepare(
    `SELECT ${rowColumns}, as_of_date AS asOf FROM expiry_row JOIN expiry_posting USING (posting_id)
     JOIN import_batch USING (batch_id) WHERE undone_at IS NULL ORDER BY posting_id, position`,
  );
  const withRows = (head: Omit<ExpiryPosting, 'rows'>): ExpiryPosting => ({
    ...head,
    rows: rowsOf.all(head.postingId) as ExpiryRow[],
  });
  return {
    list: () => (all.all() as Omit<ExpiryPosting, 'rows'>[]).map(withRows),
    find: (postingId) => {
      const head = one.get(postingId) as Omit<ExpiryPosting, 'rows'> | undefined;
      return head === undefined ? null : withRows(head);
    },
    rows: () => standing.all() as (ExpiryRow & { readonly asOf: IsoDate })[],
  };
}

export function createExpiryWriter(
  db: WritableDb,
  batches: Pick<BatchReader, 'classify'>,
): (stamp: { readonly now: string; readonly actor: string }, imports: ImportWriter) => ExpiryWriter {
  const insert = db.prepare(
    'INSERT INTO expiry_posting (batch_id, as_of_date, posted_at, posted_by, note) VALUES (?, ?, ?, ?, ?)',
  );
  const insertRow = db.prepare(
    `INSERT INTO expiry_row (posting_id, position, book, basket, contract, symbol, option_type, expiry_date,
       strike, quantity, multiplier, outcome, settlement_price, settlement_source, stock_quantity, cash, open_price)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ now, actor }, imports) => ({
    post: ({ asOf, note, rows, books, sha256 }) => {
      const feed = layerOf(books, asOf, sha256);
      const { batchId } = imports.commit({ feed, classification: batches.classify(feed), origin: 'user' });
      const postingId = Number(insert.run(batchId, asOf, now, actor, note).lastInsertRowid);
      rows.forEach((row, position) => {
        const { book, basket, contract, symbol, optionType, expiry, strike, quantity, multiplier } = row;
        insertRow.run(
          postingId,
          position,
          book,
          basket,
          contract,
          symbol,
          optionType,
          expiry,
          strike,
          quantity,
          multiplier,
          row.outcome,
          row.settlementPrice,
          row.settlementSource,
          row.stockQuantity,
          row.cash,
          row.openPrice,
        );
      });
      return postingId;
    },
  });
}

function textColumn(values: readonly (string | null)[]): TextColumn {
  const codes = new Map<string, number>();
  const column = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    if (!codes.has(value)) codes.set(value, codes.size);
    return codes.get(value) ?? -1;
  });
  return { dictionary: [...codes.keys()], codes: column };
}

/** Books as a layer of positions: the same shape that a file of positions has. */
function layerOf(books: readonly BookLine[], asOf: IsoDate, sha256: string): StagedFeed {
  const text = (value: (line: BookLine) => string | null): TextColumn => textColumn(books.map(value));
  const number = (value: (line: BookLine) => number | null): Float64Array =>
    Float64Array.from(books, (line) => value(line) ?? Number.NaN);
  const names = [...new Set(books.map(({ book }) => book))];
  return {
    fileName: `Expiry posted on ${asOf}`,
    format: 'positions',
    formatReason: 'posted by hand',
    summary: `${names.length === 1 ? 'book' : 'books'} ${names.join(', ')}: ${books.length} positions after expiry`,
    asOf,
    quotedAt: null,
    tables: {
      positions: {
        rows: books.length,
        line: Int32Array.from(books, (_, at) => at + 1),
        book: text(({ book }) => book),
        symbol: text(({ symbol }) => symbol),
        instrument: text(({ instrument }) => instrument),
        contract: text(({ contract }) => contract),
        optionType: text(({ optionType }) => optionType),
        expiry: text(({ expiryDate }) => expiryDate),
        root: text(({ root }) => root),
        strike: number(({ strike }) => strike),
        quantity: number(({ quantity }) => quantity),
        multiplier: number(({ multiplier }) => multiplier),
        costPrice: number(({ costPrice }) => costPrice),
        adjusted: Uint8Array.from(books, ({ adjusted }) => (adjusted ? 1 : 0)),
      },
    },
    counts: { position: books.length },
    accepted: books.length,
    duplicates: 0,
    rejected: 0,
    rejections: [],
    warnings: [],
    sha256,
    bytes: 0,
    seconds: 0,
  };
}
