import { failure } from '../../shared/failure.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ImportFormat } from '../../shared/contract/imports.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { cboeQuoteTable } from './cboe-quote-table.ts';
import type { CsvRecord, Detection, FeedFormat, FeedOptions } from './feed-format.ts';
import { nseBhavcopy } from './nse-bhavcopy.ts';

/** Most specific header first: the first that recognizes a file has it. */
const formats: readonly FeedFormat[] = [cboeQuoteTable, nseBhavcopy];

interface Recognized {
  readonly format: FeedFormat;
  readonly detection: Detection;
}

const headerText = (head: readonly CsvRecord[]): string => (head[0]?.text ?? '').slice(0, 120);

function recognizeForced(
  head: readonly CsvRecord[],
  options: FeedOptions,
  forced: ImportFormat,
): Result<Recognized, Failure> {
  const candidates = formats.filter((format) => format.format === forced);
  for (const format of candidates) {
    const detection = format.detect(head);
    if (detection !== null)
      return ok({ format, detection: { ...detection, reason: `chosen by hand; ${detection.reason}` } });
  }
  const expects = candidates.map((format) => format.expects).join('; or ');
  return fail(
    failure('wrong-format', options.fileName, {
      format: forced,
      reason: `its header reads "${headerText(head)}" where ${expects} is needed`,
    }),
  );
}

/** The format of a file, by its first records. */
export function recognize(
  head: readonly CsvRecord[],
  options: FeedOptions,
  forced: ImportFormat | undefined,
): Result<Recognized, Failure> {
  if (head.length === 0) return fail(failure('empty-file', options.fileName));
  if (forced !== undefined) return recognizeForced(head, options, forced);
  for (const format of formats) {
    const detection = format.detect(head);
    if (detection !== null) return ok({ format, detection });
  }
  return fail(failure('unknown-format', options.fileName, { header: headerText(head) }));
}
