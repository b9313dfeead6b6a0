import { ok } from '../../shared/result.ts';
import { dateOf } from './cells.ts';
import type { CsvRecord, FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes } from './header.ts';
import { Positions } from './positions.ts';
import { RowReader } from './row-reader.ts';

const aliases = {
  discriminator: ['DataDiscriminator'],
  category: ['Asset Category'],
  symbol: ['Symbol'],
  quantity: ['Quantity'],
  multiplier: ['Mult', 'Multiplier'],
  costPrice: ['Cost Price'],
};

const sections = new Set(['Open Positions', 'Long Open Positions', 'Short Open Positions']);

type Instrument = 'stock' | 'option' | 'future';

function instrumentOf(category: string): Instrument | null {
  if (/option/i.test(category) && !/future/i.test(category)) return 'option';
  if (/^stocks?/i.test(category)) return 'stock';
  return /^futures$/i.test(category) ? 'future' : null;
}

/** The last day of `August 24, 2026` or of `August 1, 2026 - August 24, 2026`. */
const lastDayOf = (period: string): string | null => dateOf((period.split(' - ').at(-1) ?? '').trim());

function parserOf(askedAsOf: string | null): FeedParser {
  const positions = new Positions();
  const row = new RowReader();
  let columns = columnIndexes([], aliases);
  let book = 'IBKR';
  let period: string | null = null;

  const note = (fields: readonly string[]): void => {
    const [section, kind, name, value = ''] = fields;
    if (kind !== 'Data') return;
    if (section === 'Account Information' && name === 'Account') book = value.trim() || book;
    if (section === 'Statement' && name === 'Period') period = lastDayOf(value);
  };

  const hold = (record: CsvRecord): string | null => {
    row.start(record.fields);
    // Lots and subtotals repeat what the summary row has.
    if (columns.discriminator >= 0 && row.text(columns.discriminator) !== 'Summary') return null;
    const category = row.requiredText(columns.category, 'asset category');
    const instrument = instrumentOf(category);
    const symbol = row.requiredSymbol(columns.symbol, 'symbol');
    const quantity = row.requiredNumber(columns.quantity, 'quantity');
    const multiplier = row.number(columns.multiplier, 'multiplier');
    const costPrice = row.number(columns.costPrice, 'cost price');
    if (row.problem !== null) return row.problem;
    if (instrument === null) return `holdings of ${category} are not kept`;
    return positions.add({
      line: record.line,
      book,
      symbol: instrument === 'option' ? '' : symbol,
      instrument,
      contract: instrument === 'option' ? symbol : '',
      quantity,
      multiplier,
      costPrice,
    });
  };

  return {
    take: (record) => {
      const [section = '', kind] = record.fields;
      if (!sections.has(section)) {
        note(record.fields);
        return null;
      }
      if (kind === 'Header') {
        columns = columnIndexes(record.fields, aliases);
        return null;
      }
      return kind === 'Data' ? hold(record) : null;
    },
    finish: () => positions.finish(period ?? askedAsOf),
  };
}

/** IBKR activity statement: its open positions; the other sections are passed over. */
export const ibkrStatement: FeedFormat = {
  format: 'positions',
  expects: 'the sections of an IBKR activity statement',
  detect: (head) => {
    const [first] = head;
    const framed = first?.fields[1] === 'Header' || first?.fields[1] === 'Data';
    return framed &&
      head.some(({ fields: [section = ''] }) => section === 'Statement' || sections.has(section))
      ? { headerIndex: -1, reason: 'its rows are sections of an IBKR activity statement' }
      : null;
  },
  open: (_head, _detection, options) => ok(parserOf(options.asOf)),
};
