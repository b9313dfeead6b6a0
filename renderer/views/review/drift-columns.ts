import type { SuggestionDrift } from '../../../shared/contract/hedge.ts';
import { date, none, price, signedDecimal, signedInteger, signedMoney, signedPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

export type DriftRow = SuggestionDrift['legs'][number];

const tradesText = (row: DriftRow): string => (row.limitTrades === null ? none : row.limitTrades ? '✓' : '✕');

/** Each leg's price now against the one that was reviewed. */
export const driftColumns = (currency: string): readonly ColumnSpec<DriftRow>[] => [
  {
    key: 'contract',
    header: 'Leg',
    note: { what: 'option sent' },
    align: 'left',
    value: (row) => row.contract,
    text: (row) => row.contract,
    tones: { strong: () => true },
    pinned: 'left',
    width: 208,
  },
  {
    key: 'quantity',
    header: 'Qty',
    note: { what: 'contracts; minus is sold', unit: 'contracts' },
    value: (row) => (row.side === 'sell' ? -row.quantity : row.quantity),
    text: (row) => signedInteger(row.side === 'sell' ? -row.quantity : row.quantity),
    width: 54,
  },
  {
    key: 'reviewedPrice',
    header: 'Limit',
    unit: currency,
    note: { what: 'reviewed limit, per unit' },
    value: (row) => row.reviewedPrice,
    text: (row) => price(row.reviewedPrice),
    width: 74,
  },
  {
    key: 'reviewedQuote',
    header: 'Reviewed',
    unit: currency,
    note: {
      what: 'quote at review: the side of the market a trade meets, or the mark where no market was observed',
    },
    value: (row) => row.reviewedQuote,
    text: (row) => price(row.reviewedQuote),
    reason: (row) => (row.basis === 'mark' ? 'A mark: no market was observed.' : null),
    tones: { said: () => true },
    width: 98,
  },
  {
    key: 'quote',
    header: 'Now',
    unit: currency,
    note: { what: 'the same of the newest quotes' },
    value: (row) => row.quote,
    text: (row) => price(row.quote),
    reason: (row) => row.reason ?? (row.quotedOn === null ? null : `Quoted on ${date(row.quotedOn)}`),
    tones: { said: (row) => row.quote !== null, strong: () => true },
    width: 68,
  },
  {
    key: 'change',
    header: 'Change',
    unit: currency,
    note: { what: 'now less reviewed, per unit' },
    value: (row) => row.change,
    text: (row) => signedDecimal(row.change, 2),
    reason: (row) => row.reason,
    width: 86,
  },
  {
    key: 'changeFraction',
    header: 'Change',
    unit: '%',
    note: { what: 'now over reviewed, less one' },
    value: (row) => row.changeFraction,
    text: (row) => signedPercent(row.changeFraction, 1),
    reason: (row) => row.reason,
    width: 74,
  },
  {
    key: 'money',
    header: 'To us',
    unit: currency,
    note: { what: 'what the change is worth to us, all contracts: better (+), worse (−)' },
    value: (row) => row.money,
    text: (row) => signedMoney(row.money),
    reason: (row) => row.reason,
    tones: { gain: (row) => (row.money ?? 0) > 0, loss: (row) => (row.money ?? 0) < 0 },
    sort: 'asc',
    width: 96,
  },
  {
    key: 'trades',
    header: 'Trades',
    note: { what: 'whether the limit would trade against the market now' },
    align: 'center',
    value: (row) => row.limitTrades,
    text: tradesText,
    reason: (row) =>
      row.limitTrades === null
        ? (row.reason ?? 'No market is observed.')
        : row.limitTrades
          ? 'The limit meets the market.'
          : 'The market is worse than the limit.',
    tones: { said: () => true, warning: (row) => row.limitTrades === false },
    width: 56,
  },
];
