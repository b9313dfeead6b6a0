import { ok } from '../../shared/result.ts';
import type { FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, headerOf } from './header.ts';
import { Positions } from './positions.ts';
import { RowReader } from './row-reader.ts';

const aliases = {
  book: ['book', 'account', 'portfolio'],
  symbol: ['symbol', 'underlying'],
  contract: ['contract', 'option_symbol'],
  instrument: ['instrument'],
  quantity: ['quantity', 'qty'],
  multiplier: ['multiplier'],
  costPrice: ['cost_price', 'average_price'],
};

const instruments = ['stock', 'option', 'future', 'cash'] as const;

function instrumentOf(word: string | null, contract: string): (typeof instruments)[number] | null {
  if (word !== null) return instruments.find((name) => name === word.toLowerCase()) ?? null;
  if (contract === '') return 'stock';
  return / \d{4}-\d{2}-\d{2} F$/.test(contract) ? 'future' : 'option';
}

function parserOf(header: readonly string[], asOf: string | null): FeedParser {
  const at = columnIndexes(header, aliases);
  const positions = new Positions();
  const row = new RowReader();
  return {
    take: (record) => {
      if (record.fields.length <= at.quantity)
        return `has ${record.fields.length} of ${header.length} columns`;
      row.start(record.fields);
      const contract = row.text(at.contract)?.toUpperCase() ?? '';
      const instrument = instrumentOf(row.text(at.instrument), contract);
      if (instrument === null)
        return `instrument is none of ${instruments.join(', ')}: ${row.text(at.instrument)}`;
      const input = {
        line: record.line,
        book: row.text(at.book) ?? 'main',
        symbol: row.symbol(at.symbol),
        instrument,
        contract,
        quantity: row.requiredNumber(at.quantity, 'quantity'),
        multiplier: row.number(at.multiplier, 'multiplier'),
        costPrice: row.number(at.costPrice, 'cost_price'),
      };
      return row.problem ?? positions.add(input);
    },
    finish: () => positions.finish(asOf),
  };
}

/** Our own positions template. */
export const positionsTemplate: FeedFormat = {
  format: 'positions',
  expects: 'book, symbol, contract, quantity, multiplier, cost_price',
  detect: (head) =>
    detectHeader(
      head,
      [aliases.symbol, aliases.contract, aliases.quantity],
      'its header has a symbol, a contract and a quantity',
      1,
    ),
  open: (head, detection, options) => ok(parserOf(headerOf(head, detection), options.asOf)),
};
