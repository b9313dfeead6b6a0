import type { OutputOf } from '../../../shared/contract/index.ts';
import { percent, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

type Member = OutputOf<'dispersion.neighbors'>['components'][number];

const vol = (
  key: 'vol' | 'atmVol' | 'modelFreeVol',
  header: string,
  what: string,
  why: string,
): ColumnSpec<Member> => ({
  key,
  header,
  unit: '%',
  note: { what, source: 'its option chain' },
  value: (row) => row[key],
  text: (row) => volPercent(row[key]),
  reason: (row) => (row[key] === null ? why : null),
  width: 104,
});

/** The names with the three volatilities that the methods rest on. */
export const listedColumns = (): readonly ColumnSpec<Member>[] => [
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'name of the index' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    pinned: 'left',
    width: 108,
  },
  {
    key: 'weight',
    header: 'Weight',
    unit: '%',
    note: { what: 'weight in the index' },
    value: (row) => row.weight,
    text: (row) => percent(row.weight, 2),
    sort: 'desc',
    width: 84,
  },
  vol('vol', 'IV', 'our IV Index at the term', 'The name has no implied volatility that day.'),
  vol(
    'atmVol',
    'At the money',
    'at the money forward, brought to the term',
    'No expiries stand around the term.',
  ),
  vol(
    'modelFreeVol',
    'Model free',
    'from all out-of-the-money options, over 30 days',
    'Too few options of two expiries around 30 days.',
  ),
];
