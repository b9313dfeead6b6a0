import type { BasketTrades } from '../../../shared/contract/basket-desk.ts';
import { decimal, integer, none, signedInteger, signedMoney } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

export type TradeRow = BasketTrades['rows'][number];

export const tradeColumns = (currency: string): readonly ColumnSpec<TradeRow>[] => [
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'name held or wanted' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    width: 108,
  },
  {
    key: 'side',
    header: 'Side',
    note: { what: 'what to do' },
    align: 'left',
    value: (row) => row.side,
    text: (row) => (row.side === 'none' ? none : row.side),
    reason: (row) => (row.side === 'none' ? 'What is held is what is wanted.' : null),
    tones: { bid: (row) => row.side === 'buy', ask: (row) => row.side === 'sell' },
    width: 50,
  },
  {
    key: 'trade',
    header: 'Trade',
    note: { what: 'shares to buy, or with a minus to sell', formula: 'target − held', unit: 'shares' },
    value: (row) => row.trade,
    text: (row) => (row.trade === 0 ? none : signedInteger(row.trade)),
    tones: { strong: () => true },
    width: 78,
  },
  {
    key: 'lots',
    header: 'Lots',
    note: { what: 'the trade in lots of its name', formula: 'trade ÷ lot', unit: 'lots' },
    value: (row) => row.trade / row.lotSize,
    text: (row) =>
      row.trade === 0
        ? none
        : decimal(Math.abs(row.trade) / row.lotSize, row.trade % row.lotSize === 0 ? 0 : 2),
    reason: (row) =>
      row.trade % row.lotSize === 0
        ? null
        : `Not whole lots of ${integer(row.lotSize)} shares: the position held is odd.`,
    tones: { warning: (row) => row.trade % row.lotSize !== 0 },
    width: 58,
  },
  {
    key: 'value',
    header: 'Value',
    unit: currency,
    note: { what: 'what the trade costs; with a minus it brings in', formula: 'trade × price' },
    value: (row) => row.value,
    text: (row) => (row.trade === 0 ? none : signedMoney(row.value)),
    reason: (row) => (row.value === null ? 'The name has no price up to this day.' : null),
    sort: 'desc',
    width: 96,
  },
  {
    key: 'price',
    header: 'Price',
    unit: currency,
    note: { what: 'price of a share', source: 'spot of the chain that day, else the close' },
    value: (row) => row.price,
    text: (row) => decimal(row.price, 2),
    reason: (row) => (row.price === null ? 'The name has no price up to this day.' : null),
    width: 76,
  },
  {
    key: 'held',
    header: 'Held',
    note: { what: 'shares in the books chosen', unit: 'shares', source: 'positions' },
    value: (row) => row.held,
    text: (row) => integer(row.held),
    width: 68,
  },
  {
    key: 'target',
    header: 'Target',
    note: { what: 'shares of the basket, splits since its day taken in', unit: 'shares' },
    value: (row) => row.target,
    text: (row) => integer(row.target),
    width: 68,
  },
  {
    key: 'after',
    header: 'After',
    note: { what: 'shares held once traded', formula: 'held + trade', unit: 'shares' },
    value: (row) => row.after,
    text: (row) => integer(row.after),
    reason: (row) =>
      row.after === row.target
        ? null
        : `${integer(row.after - row.target)} shares off the target, as whole lots are traded.`,
    tones: { warning: (row) => row.after !== row.target },
    width: 68,
  },
  {
    key: 'note',
    header: 'Remark',
    note: { what: 'why a row stands here that the basket does not have' },
    align: 'left',
    value: (row) => row.note,
    text: (row) => row.note ?? '',
    tones: { dim: () => true },
    grow: true,
    width: 120,
  },
];
