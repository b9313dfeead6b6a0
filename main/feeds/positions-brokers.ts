import { ok } from '../../shared/result.ts';
import { parseOptionSymbol } from '../../shared/symbols.ts';
import { dateOf } from './cells.ts';
import type { FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, headerOf } from './header.ts';
import { Positions } from './positions.ts';
import { RowReader } from './row-reader.ts';

/** A broker's list of holdings: one row each, the total cost in a column, other rows around it. */
interface BrokerList {
  readonly book: string;
  readonly asOf: string | null;
  readonly aliases: Readonly<Record<'account' | 'symbol' | 'quantity' | 'cost', readonly string[]>>;
  /** Rows that are no holding: totals, cash, disclaimers. */
  readonly passedOver: RegExp;
}

function parserOf(header: readonly string[], list: BrokerList): FeedParser {
  const at = columnIndexes(header, list.aliases);
  const positions = new Positions();
  const row = new RowReader();
  return {
    take: (record) => {
      row.start(record.fields);
      const symbol = row.symbol(at.symbol);
      // A short row after the holdings is the broker's small print.
      if (record.fields.length <= at.quantity || symbol === '' || list.passedOver.test(symbol)) return null;
      const quantity = row.requiredNumber(at.quantity, 'quantity');
      const cost = row.number(at.cost, 'cost basis');
      if (row.problem !== null) return row.problem;
      const option = parseOptionSymbol(symbol);
      const multiplier = option.ok ? 100 : 1;
      return positions.add({
        line: record.line,
        book: row.text(at.account) ?? list.book,
        symbol: option.ok ? '' : symbol.replaceAll('/', '.'),
        instrument: option.ok ? 'option' : 'stock',
        contract: option.ok ? symbol : '',
        quantity,
        multiplier,
        costPrice: Math.abs(cost / (quantity * multiplier)),
      });
    },
    finish: () => positions.finish(list.asOf),
  };
}

/** Schwab's positions: a line with the day, then the header. */
export const schwabPositions: FeedFormat = {
  format: 'positions',
  expects: 'Symbol, Description, Qty (Quantity), Cost Basis',
  detect: (head) =>
    detectHeader(
      head,
      ['Symbol', ['Qty (Quantity)', 'Quantity'], ['Security Type', 'Asset Type']],
      'its header is that of Schwab positions',
      6,
    ),
  open: (head, detection, options) => {
    const preamble = head
      .slice(0, detection.headerIndex)
      .map(({ text }) => text)
      .join(' ');
    const stamp = /as of .*?(\d{4}\/\d{2}\/\d{2}|\d{2}\/\d{2}\/\d{4})/.exec(preamble)?.[1] ?? '';
    return ok(
      parserOf(headerOf(head, detection), {
        book: 'Schwab',
        asOf: dateOf(stamp) ?? options.asOf,
        aliases: {
          account: [],
          symbol: ['Symbol'],
          quantity: ['Qty (Quantity)', 'Quantity'],
          cost: ['Cost Basis'],
        },
        passedOver: /^(?:CASH|POSITIONS TOTAL|ACCOUNT TOTAL|FUTURES)/,
      }),
    );
  },
};

/** Fidelity's positions: one row a holding, then disclaimers. */
export const fidelityPositions: FeedFormat = {
  format: 'positions',
  expects: 'Account Number, Symbol, Quantity, Cost Basis Total',
  detect: (head) =>
    detectHeader(
      head,
      ['Account Number', 'Symbol', 'Quantity', ['Cost Basis Total', 'Average Cost Basis']],
      'its header is that of Fidelity positions',
    ),
  open: (head, detection, options) =>
    ok(
      parserOf(headerOf(head, detection), {
        book: 'Fidelity',
        asOf: options.asOf,
        aliases: {
          account: ['Account Number'],
          symbol: ['Symbol'],
          quantity: ['Quantity'],
          cost: ['Cost Basis Total'],
        },
        passedOver: /^(?:PENDING ACTIVITY|.*\*\*$)/,
      }),
    ),
};
