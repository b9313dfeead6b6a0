import type { ExpiryOutcome, ExpiryProposal } from '../../../shared/contract/expiry-day.ts';
import { integer, money, price, shortDate, signedMoney, signedInteger } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import type { ExpiryChoice } from '../../state/ledger.ts';

export const outcomeWords: Readonly<Record<ExpiryOutcome, string>> = {
  exercise: 'exercised',
  assignment: 'assigned',
  'cash-settlement': 'settled in cash',
  worthless: 'worthless',
};

/** What is at its expiry, with what a person says of it. */
export const expiryColumns = (
  choiceOf: (row: ExpiryProposal) => ExpiryChoice,
): readonly ColumnSpec<ExpiryProposal>[] => [
  {
    key: 'confirmed',
    header: '✓',
    note: { what: 'whether a person confirmed it: only these are posted' },
    align: 'center',
    value: (row) => choiceOf(row).confirmed,
    text: (row) => (choiceOf(row).confirmed ? '✓' : ''),
    tones: { gain: () => true },
    pinned: 'left',
    width: 34,
  },
  {
    key: 'contract',
    header: 'Contract',
    note: { what: 'the option; choose it to confirm how it ends' },
    align: 'left',
    value: ({ contract }) => contract,
    text: ({ contract }) => contract,
    tones: { call: ({ type }) => type === 'call', put: ({ type }) => type === 'put' },
    pinned: 'left',
    width: 176,
  },
  {
    key: 'book',
    header: 'Book',
    note: { what: 'where it is held, and where stock and cash are posted' },
    align: 'left',
    value: ({ book }) => book,
    text: ({ book }) => book,
    tones: { dim: () => true },
    width: 96,
  },
  {
    key: 'quantity',
    header: 'Held',
    note: { what: 'contracts; below zero is sold' },
    value: ({ quantity }) => quantity,
    text: ({ quantity }) => integer(quantity),
    tones: { loss: ({ quantity }) => quantity < 0 },
    width: 62,
  },
  {
    key: 'settlesOn',
    header: 'Settles on',
    note: { what: 'session whose price counts: the expiry, or the one before a holiday' },
    value: ({ settlesOn }) => settlesOn,
    text: ({ settlesOn, flags }) => `${shortDate(settlesOn)}${flags.includes('holiday') ? ' ▵' : ''}`,
    width: 86,
  },
  {
    key: 'settlementPrice',
    header: 'Settled at',
    note: {
      what: 'price of the underlying that decides',
      source: 'the row says which; it can be entered by hand',
    },
    value: (row) => choiceOf(row).settlementPrice ?? row.settlementPrice,
    text: (row) => price(choiceOf(row).settlementPrice ?? row.settlementPrice),
    reason: (row) => row.settlementSource,
    tones: { said: () => true, edited: (row) => choiceOf(row).settlementPrice !== null },
    width: 86,
  },
  {
    key: 'outcome',
    header: 'Ends',
    note: { what: 'exercised, assigned, settled in cash or worthless' },
    align: 'left',
    value: (row) => choiceOf(row).outcome,
    text: (row) => {
      const { outcome } = choiceOf(row);
      return outcome === null ? 'to be told' : outcomeWords[outcome];
    },
    reason: ({ reason }) => reason,
    tones: {
      said: () => true,
      warning: (row) => choiceOf(row).outcome === null,
      edited: (row) => choiceOf(row).outcome !== row.outcome,
    },
    width: 112,
  },
  {
    key: 'stockQuantity',
    header: 'Stock',
    unit: 'shares',
    note: { what: 'shares received (+) or delivered (−) as proposed' },
    value: ({ stockQuantity }) => stockQuantity,
    text: ({ stockQuantity }) => (stockQuantity === 0 ? '' : signedInteger(stockQuantity)),
    width: 86,
  },
  {
    key: 'cash',
    header: 'Cash',
    note: {
      what: 'money received (+) or paid (−) as proposed',
      formula: 'shares × strike, or contracts × multiplier × difference',
    },
    value: ({ cash }) => cash,
    text: ({ cash }) => (cash === 0 ? '' : signedMoney(cash, 2)),
    tones: { loss: ({ cash }) => cash < 0 },
    width: 104,
  },
  {
    key: 'flags',
    header: 'Remark',
    note: { what: 'pinned: near the strike; early; adjusted; holiday' },
    align: 'left',
    value: ({ flags }) => flags.join(', '),
    text: ({ flags }) => flags.join(', '),
    reason: ({ reason }) => reason,
    tones: { warning: ({ flags }) => flags.length > 0 },
    width: 96,
  },
  {
    key: 'openPrice',
    header: 'Opened at',
    note: { what: 'price it was opened at', unit: 'per unit' },
    value: ({ openPrice }) => openPrice,
    text: ({ openPrice }) => money(openPrice, 2),
    tones: { dim: () => true },
    hidden: true,
    width: 84,
  },
];
