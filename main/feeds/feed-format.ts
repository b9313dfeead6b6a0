import type { Failure } from '../../shared/failure.ts';
import type { ImportFormat } from '../../shared/contract/imports.ts';
import type { Result } from '../../shared/result.ts';
import type { StagedTables } from './staged-feed.ts';

/** One record of a delimited file, with the 1-based line it starts on and its text as it stands there. */
export interface CsvRecord {
  readonly line: number;
  readonly text: string;
  readonly fields: readonly string[];
}

/** What the user said beside the file. */
export interface FeedOptions {
  readonly fileName: string;
  readonly symbol: string | null;
  readonly index: string | null;
  readonly asOf: string | null;
}

/** A format recognized in the first records of a file. */
export interface Detection {
  /** Why, in words. */
  readonly reason: string;
  /** Index of the header among the head's records; parsing starts with the record after it. */
  readonly headerIndex: number;
}

/** What a parser made of a whole file. */
export interface ParsedFeed {
  readonly tables: StagedTables;
  readonly counts: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly summary: string;
  readonly asOf: string | null;
  readonly quotedAt: string | null;
  readonly warnings: readonly string[];
}

/** Takes the records after the header one by one; a text back means the row is rejected, and why. */
export interface FeedParser {
  readonly take: (record: CsvRecord) => string | null;
  readonly finish: () => ParsedFeed;
}

export interface FeedFormat {
  readonly format: ImportFormat;
  /** The columns it needs, for the sentence that refuses another file. */
  readonly expects: string;
  readonly detect: (head: readonly CsvRecord[]) => Detection | null;
  readonly open: (
    head: readonly CsvRecord[],
    detection: Detection,
    options: FeedOptions,
  ) => Result<FeedParser, Failure>;
}
