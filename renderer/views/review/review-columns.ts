import type { OutputOf } from '../../../shared/contract/index.ts';
import { date, instant, integer, money, percent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

export type SuggestionRow = OutputOf<'suggestion.list'>['suggestions'][number];

const hashShown = 8;
/** As much of a hash as a person compares. */
export const shortHash = (hash: string): string => hash.slice(0, hashShown);

/** All suggestions of the desk, newest first. */
export const suggestionColumns = (compared: readonly number[]): readonly ColumnSpec<SuggestionRow>[] => [
  {
    key: 'compare',
    header: '⇄',
    note: { what: 'marks it to be set side by side; the first marked is what the others are set against' },
    align: 'center',
    value: (row) => compared.indexOf(row.suggestionId),
    text: (row) =>
      compared.includes(row.suggestionId) ? integer(compared.indexOf(row.suggestionId) + 1) : '○',
    tones: { press: () => true, held: (row) => compared.includes(row.suggestionId) },
    width: 30,
  },
  {
    key: 'id',
    header: 'No.',
    note: { what: 'number of the suggestion' },
    value: (row) => row.suggestionId,
    text: (row) => integer(row.suggestionId),
    sort: 'desc',
    width: 52,
  },
  {
    key: 'state',
    header: 'State',
    note: { what: 'draft, reviewed, approved, exported, part-filled, filled, cancelled or rejected' },
    align: 'left',
    value: (row) => row.state,
    text: (row) => row.state,
    tones: {
      strong: (row) => !['draft', 'reviewed', 'rejected', 'cancelled'].includes(row.state),
      error: (row) => row.state === 'rejected' || row.state === 'cancelled',
    },
    width: 76,
  },
  {
    key: 'basket',
    header: 'Basket',
    note: { what: 'basket it hedges' },
    align: 'left',
    value: (row) => row.basket,
    text: (row) => row.basket,
    grow: true,
    width: 96,
  },
  {
    key: 'expiry',
    header: 'Expiry',
    note: { what: 'expiry of its options' },
    value: (row) => row.expiry,
    text: (row) => date(row.expiry),
    width: 92,
  },
  {
    key: 'legs',
    header: 'Legs',
    note: { what: 'options in it', unit: 'count' },
    value: (row) => row.legs,
    text: (row) => integer(row.legs),
    width: 52,
  },
  {
    key: 'netDelta',
    header: 'Net Δ',
    unit: '%',
    note: { what: 'net delta over the basket’s value' },
    value: (row) => row.netDeltaFraction,
    text: (row) => percent(row.netDeltaFraction, 2),
    width: 70,
  },
  {
    key: 'netPremium',
    header: 'Premium',
    note: { what: 'received less paid', unit: 'account currency' },
    value: (row) => row.netPremium,
    text: (row) => money(row.netPremium),
    width: 92,
  },
  {
    key: 'createdAt',
    header: 'Made',
    note: { what: 'when it was made' },
    align: 'left',
    value: (row) => row.createdAt,
    text: (row) => instant(row.createdAt),
    tones: { dim: () => true },
    width: 170,
  },
  {
    key: 'hash',
    header: 'Hash',
    note: { what: 'SHA-256 of its snapshot: inputs, legs, decisions, settings, version' },
    align: 'left',
    value: (row) => row.hash,
    text: (row) => shortHash(row.hash),
    reason: (row) => row.hash,
    tones: { mono: () => true, said: () => true },
    width: 84,
  },
];
