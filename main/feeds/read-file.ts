import { failure } from '../../shared/failure.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ImportFormat, Rejection } from '../../shared/contract/imports.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { delimiterOf, recordOf, RecordSplitter } from './csv-record.ts';
import type { Delimiter } from './csv-record.ts';
import type { CsvRecord, FeedOptions, FeedParser } from './feed-format.ts';
import { recognize } from './formats.ts';
import type { StagedFeed } from './staged-feed.ts';
import { readTextFile } from './text-file.ts';
import type { ReadProgress } from './text-file.ts';

/** Records looked at before the format is decided. */
const headRecords = 40;
const keptRejections = 1000;
const keptText = 300;

export interface FeedRequest {
  readonly path: string;
  /** As the user knows it; the path may be a copy of the host's. */
  readonly fileName: string;
  readonly format?: ImportFormat | undefined;
  readonly symbol?: string | undefined;
  readonly index?: string | undefined;
  readonly asOf?: string | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Opened {
  readonly parser: FeedParser;
  readonly format: ImportFormat;
  readonly formatReason: string;
}

/** Holds records back until the format is known, then feeds them to its parser. */
class FeedIntake {
  #held: { readonly text: string; readonly line: number }[] = [];
  #delimiter: Delimiter = ',';
  opened: Result<Opened, Failure> | null = null;
  rejected = 0;
  records = 0;
  readonly rejections: Rejection[] = [];
  readonly #options: FeedOptions;
  readonly #forced: ImportFormat | undefined;

  constructor(options: FeedOptions, forced: ImportFormat | undefined) {
    this.#options = options;
    this.#forced = forced;
  }

  push(text: string, line: number): void {
    if (this.opened === null) {
      this.#held.push({ text, line });
      if (this.#held.length >= headRecords) this.decide();
    } else if (this.opened.ok) {
      this.#take(this.opened.value.parser, recordOf(text, line, this.#delimiter));
    }
  }

  /** Chooses the format from what is held and parses it. */
  decide(): void {
    if (this.opened !== null) return;
    this.#delimiter = delimiterOf(this.#held.map(({ text }) => text));
    const head = this.#held.map(({ text, line }) => recordOf(text, line, this.#delimiter));
    this.#held = [];
    const found = recognize(head, this.#options, this.#forced);
    if (!found.ok) {
      this.opened = found;
      return;
    }
    const { format, detection } = found.value;
    const parser = format.open(head, detection, this.#options);
    if (!parser.ok) {
      this.opened = parser;
      return;
    }
    this.opened = ok({ parser: parser.value, format: format.format, formatReason: detection.reason });
    for (const record of head.slice(detection.headerIndex + 1)) this.#take(parser.value, record);
  }

  #take(parser: FeedParser, record: CsvRecord): void {
    this.records += 1;
    const reason = parser.take(record);
    if (reason === null) return;
    this.rejected += 1;
    if (this.rejections.length < keptRejections)
      this.rejections.push({ line: record.line, reason, text: record.text.slice(0, keptText) });
  }
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function emptyReason(intake: FeedIntake): string {
  const [first] = intake.rejections;
  if (first === undefined) return 'nothing below its header can be kept';
  return `all ${intake.rejected} rows were rejected; line ${first.line}: ${first.reason}`;
}

/**
 * Reads a file of any known format into columns ready to store. The format is known by the header, never
 * by the file's name. Streams: memory holds the columns and a few chunks. Made for a worker thread; the
 * result can be structured-cloned.
 *
 * Failures: file-not-found, empty-file, binary-file, truncated-file, unknown-format, wrong-format,
 * symbol-required, no-valid-rows, cancelled. Rows that cannot be used are in `rejections`.
 * Proof: test/unit/feeds/*.test.ts
 */
export async function readFeed(request: FeedRequest): Promise<Result<StagedFeed, Failure>> {
  const started = performance.now();
  const { fileName } = request;
  const intake = new FeedIntake(
    {
      fileName,
      symbol: request.symbol?.trim().toUpperCase() ?? null,
      index: request.index?.trim().toUpperCase() ?? null,
      asOf: request.asOf ?? null,
    },
    request.format,
  );
  const splitter = new RecordSplitter((text, line) => intake.push(text, line));
  let lines = 0;
  const read = await readTextFile({
    path: request.path,
    fileName,
    signal: request.signal,
    onProgress: request.onProgress,
    onLine: (line) => {
      lines += 1;
      splitter.pushLine(line);
    },
  });
  if (!read.ok) return read;
  splitter.end();
  intake.decide();
  const { opened } = intake;
  if (opened === null || lines === 0) return fail(failure('empty-file', fileName));
  if (!opened.ok) return opened;
  const parsed = opened.value.parser.finish();
  const accepted = sumOf(parsed.counts);
  if (accepted === 0) return fail(failure('no-valid-rows', fileName, { reason: emptyReason(intake) }));
  const cutShort = !read.value.endsWithLineEnd && intake.rejections.at(-1)?.line === lines;
  return ok({
    fileName,
    format: opened.value.format,
    formatReason: opened.value.formatReason,
    summary: parsed.summary,
    asOf: parsed.asOf,
    quotedAt: parsed.quotedAt,
    tables: parsed.tables,
    counts: parsed.counts,
    accepted,
    duplicates: parsed.duplicates,
    rejected: intake.rejected,
    rejections: intake.rejections,
    warnings: cutShort
      ? [...parsed.warnings, `Line ${lines}, the last, is incomplete: the file may have been cut short.`]
      : parsed.warnings,
    sha256: read.value.sha256,
    bytes: read.value.bytes,
    seconds: (performance.now() - started) / 1000,
  });
}
