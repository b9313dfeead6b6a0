import { failure } from '../../shared/failure.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ImportFormat } from '../../shared/contract/imports.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { cboeDatashop } from './cboe-datashop.ts';
import { cboeQuoteTable } from './cboe-quote-table.ts';
import { dailyPrices } from './daily-prices.ts';
import { deltaneutral } from './deltaneutral.ts';
import type { CsvRecord, Detection, FeedFormat, FeedOptions } from './feed-format.ts';
import { forwardStartContracts } from './forward-start-contracts.ts';
import { indexWeights } from './index-weights.ts';
import { ivolatility } from './ivolatility.ts';
import { nseBhavcopy } from './nse-bhavcopy.ts';
import { optionsdx } from './optionsdx.ts';
import { oratsStrikes } from './orats-strikes.ts';
import { fidelityPositions, schwabPositions } from './positions-brokers.ts';
import { ibkrStatement } from './positions-ibkr.ts';
import { positionsTemplate } from './positions-template.ts';
import { thinkorswimStatement } from './positions-thinkorswim.ts';
import { realizedVolContracts } from './realized-vol-contracts.ts';
import { volatilityHistory } from './volatility-history.ts';

/** Most specific header first: the first that recognizes a file has it. */
const formats: readonly FeedFormat[] = [
  cboeQuoteTable,
  nseBhavcopy,
  oratsStrikes,
  optionsdx,
  cboeDatashop,
  ivolatility,
  deltaneutral,
  forwardStartContracts,
  realizedVolContracts,
  ibkrStatement,
  thinkorswimStatement,
  schwabPositions,
  fidelityPositions,
  positionsTemplate,
  volatilityHistory,
  indexWeights,
  dailyPrices,
];

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
