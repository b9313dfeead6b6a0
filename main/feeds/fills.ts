import type { Rejection } from '../../shared/contract/imports.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import type { FillRow } from '../../shared/quant/hedge/fills.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseOptionSymbol, readableSymbol } from '../../shared/symbols.ts';
import { dateOf } from './cells.ts';
import { delimiterOf, recordOf, RecordSplitter } from './csv-record.ts';
import type { CsvRecord } from './feed-format.ts';
import { columnIndexes, hasColumns } from './header.ts';
import { RowReader } from './row-reader.ts';
import { readTextFile } from './text-file.ts';

/** An execution, and the suggestion it says it is of; null where its file cannot say. */
export interface FileFill extends FillRow {
  readonly suggestionId: number | null;
}

export interface FillsFile {
  readonly format: 'fills' | 'ibkr-statement';
  readonly fills: readonly FileFill[];
  readonly rejections: readonly Rejection[];
}

const keptText = 300;

const ownColumns = {
  suggestion: ['suggestion_id', 'suggestion'],
  contract: ['contract', 'symbol'],
  side: ['side', 'action'],
  quantity: ['quantity', 'qty'],
  price: ['price', 'fill_price'],
  time: ['time', 'traded_at', 'date_time'],
  commission: ['commission', 'fee'],
};
const brokerColumns = {
  discriminator: ['DataDiscriminator'],
  category: ['Asset Category'],
  symbol: ['Symbol'],
  time: ['Date/Time'],
  quantity: ['Quantity'],
  price: ['T. Price'],
  commission: ['Comm/Fee', 'Comm in USD', 'Commission'],
};

const sides: Readonly<Record<string, 'sell' | 'buy'>> = {
  sell: 'sell',
  s: 'sell',
  sld: 'sell',
  buy: 'buy',
  b: 'buy',
  bot: 'buy',
};

/** `2026-11-20T10:31:02`, with the zone where it is said; null for what is no moment. A day alone stays one. */
function momentOf(text: string): string | null {
  const match = /^([^\s,T]+)(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text.trim(),
  );
  const day = match?.[1] === undefined ? null : dateOf(match[1]);
  if (match === null || day === null) return null;
  const [, , hour, minute, second = '00', zone = ''] = match;
  return hour === undefined ? day : `${day}T${hour.padStart(2, '0')}:${minute}:${second}${zone}`;
}

type Parsed = FileFill | string | null;

function checked(
  row: RowReader,
  line: number,
  fill: {
    readonly suggestionId: number | null;
    readonly contract: string;
    readonly side: 'sell' | 'buy';
    readonly quantity: number;
    readonly price: number;
    readonly commission: number;
    readonly time: string;
  },
): FileFill | string {
  if (row.problem !== null) return row.problem;
  const { time, ...rest } = fill;
  const option = parseOptionSymbol(fill.contract);
  if (!option.ok) return `contract is no option symbol: ${fill.contract.slice(0, 40)}`;
  if (!Number.isInteger(fill.quantity) || fill.quantity <= 0)
    return `quantity is no number of contracts: ${fill.quantity}`;
  if (fill.price < 0) return `price is negative: ${fill.price}`;
  const tradedAt = momentOf(time);
  if (tradedAt === null) return `time is no date and time: ${time.slice(0, 40)}`;
  return {
    ...rest,
    line,
    tradedAt,
    contract: readableSymbol(option.value),
    commission: Number.isNaN(fill.commission) ? 0 : fill.commission,
  };
}

/** Our own template: suggestion_id, contract, side, quantity, price, time, commission. */
function ownRows(header: readonly string[]): (record: CsvRecord) => Parsed {
  const at = columnIndexes(header, ownColumns);
  const row = new RowReader();
  return ({ line, fields }) => {
    row.start(fields);
    const word = row.requiredText(at.side, 'side');
    const side = sides[word.toLowerCase()];
    if (word !== '' && side === undefined) row.fail(`side is neither buy nor sell: ${word.slice(0, 20)}`);
    const suggestionId = row.number(at.suggestion, 'suggestion_id');
    return checked(row, line, {
      suggestionId: Number.isNaN(suggestionId) ? null : suggestionId,
      contract: row.requiredText(at.contract, 'contract'),
      side: side ?? 'buy',
      quantity: row.requiredNumber(at.quantity, 'quantity'),
      price: row.requiredNumber(at.price, 'price'),
      commission: row.number(at.commission, 'commission'),
      time: row.requiredText(at.time, 'time'),
    });
  };
}

/** The Trades section of an IBKR activity statement: rows of orders, else of executions; a sign for the side. */
function statementRows(records: readonly CsvRecord[]): (record: CsvRecord) => Parsed {
  let at = columnIndexes([], brokerColumns);
  const row = new RowReader();
  const kinds = new Set(records.flatMap(({ fields }) => (fields[0] === 'Trades' ? [fields[2] ?? ''] : [])));
  const wanted = kinds.has('Order') ? ['Order'] : ['Trade', 'Execution'];
  return ({ line, fields }) => {
    if (fields[0] !== 'Trades') return null;
    if (fields[1] === 'Header') {
      at = columnIndexes(fields, brokerColumns);
      return null;
    }
    row.start(fields);
    if (fields[1] !== 'Data' || !wanted.includes(row.raw(at.discriminator))) return null;
    if (!/option/i.test(row.raw(at.category))) return null;
    const signed = row.requiredNumber(at.quantity, 'quantity');
    return checked(row, line, {
      suggestionId: null,
      contract: row.requiredText(at.symbol, 'symbol'),
      side: signed < 0 ? 'sell' : 'buy',
      quantity: Math.abs(signed),
      price: row.requiredNumber(at.price, 'price'),
      // The statement writes what was paid below zero.
      commission: -row.number(at.commission, 'commission'),
      time: row.requiredText(at.time, 'time'),
    });
  };
}

/**
 * Reads executions from our own template or from the Trades of an IBKR activity statement.
 *
 * Failures: those of reading a text file; unknown-format; no-valid-rows. Bad rows are in `rejections`.
 * Proof: test/unit/feeds/fills.test.ts
 */
export async function readFills(request: {
  readonly path: string;
  readonly fileName: string;
}): Promise<Result<FillsFile, Failure>> {
  const { path, fileName } = request;
  const texts: { readonly text: string; readonly line: number }[] = [];
  const splitter = new RecordSplitter((text, line) => texts.push({ text, line }));
  const read = await readTextFile({
    path,
    fileName,
    signal: undefined,
    onProgress: undefined,
    onLine: (line) => {
      splitter.pushLine(line);
    },
  });
  if (!read.ok) return read;
  splitter.end();
  const delimiter = delimiterOf(texts.slice(0, 40).map(({ text }) => text));
  const records = texts.map(({ text, line }) => recordOf(text, line, delimiter));
  const [header] = records;
  if (header === undefined) return fail(failure('empty-file', fileName));
  const isStatement = records.some(({ fields }) => fields[0] === 'Trades' && fields[1] === 'Header');
  const groups = [ownColumns.contract, ownColumns.side, ownColumns.quantity, ownColumns.price];
  if (!isStatement && !hasColumns(header.fields, groups)) {
    return fail(failure('unknown-format', fileName, { header: header.text.slice(0, 120) }));
  }
  const parse = isStatement ? statementRows(records) : ownRows(header.fields);
  const fills: FileFill[] = [];
  const rejections: Rejection[] = [];
  for (const record of isStatement ? records : records.slice(1)) {
    const found = parse(record);
    if (typeof found === 'string') {
      rejections.push({ line: record.line, reason: found, text: record.text.slice(0, keptText) });
    } else if (found !== null) fills.push(found);
  }
  if (fills.length === 0) {
    const [first] = rejections;
    const reason =
      first === undefined ? 'it has no trade of an option' : `line ${first.line}: ${first.reason}`;
    return fail(failure('no-valid-rows', fileName, { reason }));
  }
  return ok({ format: isStatement ? 'ibkr-statement' : 'fills', fills, rejections });
}
