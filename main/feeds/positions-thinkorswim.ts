import { ok } from '../../shared/result.ts';
import { dateOf } from './cells.ts';
import type { CsvRecord, FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, hasColumns } from './header.ts';
import { Positions } from './positions.ts';
import { RowReader } from './row-reader.ts';

const aliases = {
  symbol: ['Symbol'],
  optionCode: ['Option Code'],
  quantity: ['Qty'],
  price: ['Trade Price'],
};

const optionColumns = ['Symbol', 'Option Code', 'Qty', 'Trade Price'];
const equityColumns = ['Symbol', 'Description', 'Qty', 'Trade Price', 'Mark'];

/** `Account Statement for D-1234 (ira) since 3/16/26 through 3/17/26`. */
const titlePattern = /Account Statement for (\S+).*through (\d{1,2}\/\d{1,2}\/\d{2,4})/;

type Section = 'option' | 'stock' | 'future' | null;

/** What the rows below a header are; sections are told by their columns, titles change less than they. */
function sectionOf(fields: readonly string[], title: string): Section {
  if (/^futures/i.test(title)) return hasColumns(fields, ['Symbol', 'Qty']) ? 'future' : null;
  if (hasColumns(fields, optionColumns)) return 'option';
  return hasColumns(fields, equityColumns) && !hasColumns(fields, ['Side']) ? 'stock' : null;
}

function parserOf(head: readonly CsvRecord[], askedAsOf: string | null): FeedParser {
  const title = head.map(({ text }) => titlePattern.exec(text)).find((match) => match !== null);
  const book = title?.[1] ?? 'thinkorswim';
  const positions = new Positions();
  const row = new RowReader();
  let section: Section = null;
  let sectionTitle = '';
  let awaitsHeader = false;
  let columns = columnIndexes([], aliases);

  const hold = (record: CsvRecord): string | null => {
    row.start(record.fields);
    const symbol = row.symbol(columns.symbol);
    // Totals stand below the holdings with no symbol.
    if (symbol === '') return null;
    if (section === 'future') return 'futures of a statement are not kept: it does not say their expiry';
    const quantity = row.requiredNumber(columns.quantity, 'Qty');
    const costPrice = row.number(columns.price, 'Trade Price');
    if (row.problem !== null) return row.problem;
    return positions.add({
      line: record.line,
      book,
      symbol,
      instrument: section === 'option' ? 'option' : 'stock',
      contract: section === 'option' ? row.raw(columns.optionCode) : '',
      quantity,
      multiplier: Number.NaN,
      costPrice,
    });
  };

  return {
    take: (record) => {
      if (record.fields.length === 1) {
        sectionTitle = record.text.trim();
        section = null;
        awaitsHeader = true;
        return null;
      }
      if (awaitsHeader) {
        awaitsHeader = false;
        section = sectionOf(record.fields, sectionTitle);
        columns = columnIndexes(record.fields, aliases);
        return null;
      }
      return section === null ? null : hold(record);
    },
    finish: () => positions.finish((title === undefined ? null : dateOf(title[2] ?? '')) ?? askedAsOf),
  };
}

/** thinkorswim account statement: its equities and options; trades and cash are passed over. */
export const thinkorswimStatement: FeedFormat = {
  format: 'positions',
  expects: 'the sections of a thinkorswim account statement',
  detect: (head) =>
    head.some(({ text }) => titlePattern.test(text))
      ? { headerIndex: -1, reason: 'it is titled Account Statement, as thinkorswim writes it' }
      : null,
  open: (head, _detection, options) => ok(parserOf(head, options.asOf)),
};
