import type { Position } from '../../../shared/contract/contracts.ts';
import { decimal, integer, money, price, shortDate, signedMoney, strike } from '../../format.ts';
import type { ColumnSpec, HeaderNote } from '../../grids/column.ts';
import type { PositionSum } from './positions-models.ts';

type NumberKey = { [K in keyof Position]: Position[K] extends number | null ? K : never }[keyof Position];

const chainSource = 'the option chain of the day, mid';

const number = (
  key: NumberKey,
  header: string,
  unit: string | null,
  note: HeaderNote,
  text: (value: number | null) => string,
  more: Partial<ColumnSpec<Position>> = {},
): ColumnSpec<Position> => ({
  key,
  header,
  ...(unit === null ? {} : { unit }),
  note,
  value: (row) => row[key],
  text: (row) => text(row[key]),
  reason: (row) =>
    row[key] === null ? (row.reason ?? `Not told for a position in ${row.instrument}.`) : null,
  width: 92,
  ...more,
});

/** Only what helps: the book where there are several, the reason where a row has one. */
export function positionColumnsFor(
  rows: readonly Position[],
  currency: string,
): readonly ColumnSpec<Position>[] {
  const severalBooks = new Set(rows.map((row) => row.book)).size > 1;
  const anyReason = rows.some((row) => row.reason !== null);
  const anyOption = rows.some((row) => row.instrument === 'option');
  return positionColumns(currency).filter(
    ({ key }) =>
      (key !== 'book' || severalBooks) &&
      (key !== 'reason' || anyReason) &&
      (!['type', 'expiry', 'strike'].includes(key) || anyOption),
  );
}

const positionColumns = (currency: string): readonly ColumnSpec<Position>[] => [
  {
    key: 'symbol',
    header: 'Symbol',
    note: { what: 'underlying; a row brings it to the front everywhere' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    pinned: 'left',
    width: 84,
  },
  {
    key: 'book',
    header: 'Book',
    note: { what: 'account or portfolio the position was imported for' },
    align: 'left',
    value: (row) => row.book,
    text: (row) => row.book,
    tones: { dim: () => true },
    width: 84,
  },
  {
    key: 'instrument',
    header: 'Kind',
    note: { what: 'stock, option, future or cash' },
    align: 'left',
    value: (row) => row.instrument,
    text: (row) => row.instrument,
    tones: { dim: () => true },
    width: 66,
  },
  {
    key: 'expiry',
    header: 'Expiry',
    note: { what: 'day the option or future ends' },
    value: (row) => row.expiry,
    text: (row) => (row.expiry === null ? '' : shortDate(row.expiry)),
    width: 84,
  },
  {
    key: 'strike',
    header: 'Strike',
    note: { what: 'strike of the option' },
    value: (row) => row.strike,
    text: (row) => (row.strike === null ? '' : strike(row.strike)),
    width: 72,
  },
  {
    key: 'type',
    header: 'Type',
    note: { what: 'call or put' },
    align: 'left',
    value: (row) => row.type,
    text: (row) => row.type ?? '',
    tones: { call: (row) => row.type === 'call', put: (row) => row.type === 'put' },
    width: 52,
  },
  number(
    'quantity',
    'Quantity',
    null,
    { what: 'shares or contracts held; below zero is sold', source: 'the imported positions' },
    (v) => decimal(v, Number.isInteger(v) ? 0 : 2),
    { tones: { strong: () => true, loss: (row) => row.quantity < 0 }, width: 80 },
  ),
  number('multiplier', '×', null, { what: 'units of the underlying that one contract stands for' }, integer, {
    width: 50,
    tones: { dim: () => true },
  }),
  number(
    'costPrice',
    'Cost',
    null,
    { what: 'price paid per unit', source: 'the imported positions' },
    price,
    {
      width: 80,
      tones: { dim: () => true },
      hidden: true,
    },
  ),
  number('mark', 'Mark', null, { what: 'price per unit on the day', source: chainSource }, price, {
    width: 84,
  }),
  number(
    'value',
    'Value',
    currency,
    { what: 'market value', formula: 'quantity × multiplier × mark', unit: "the underlying's currency" },
    (v) => money(v),
    { width: 116, tones: { loss: (row) => (row.value ?? 0) < 0 }, sort: 'desc' },
  ),
  number(
    'delta',
    'Delta',
    'per unit',
    { what: 'change of the price for a change of the underlying by 1', source: chainSource },
    (v) => decimal(v, 3),
    { width: 94, tones: { dim: (row) => row.instrument !== 'option' } },
  ),
  number(
    'deltaDollar',
    'Dollar delta',
    currency,
    {
      what: 'exposure to the underlying in money',
      formula: 'delta × quantity × multiplier × price of the underlying',
      unit: currency,
    },
    (v) => signedMoney(v),
    { width: 108 },
  ),
  number(
    'vegaPerVolPoint',
    'Vega',
    'per vol pt',
    { what: 'change of value for one volatility point', unit: `${currency} per vol pt`, source: chainSource },
    (v) => signedMoney(v),
    { width: 112, tones: { dim: (row) => row.vegaPerVolPoint === 0 } },
  ),
  number(
    'gammaDollar1Pct',
    'Gamma',
    'per 1 %',
    {
      what: 'change of the dollar delta when the underlying moves 1 %',
      unit: currency,
      source: chainSource,
    },
    (v) => signedMoney(v),
    { width: 108, tones: { dim: (row) => row.gammaDollar1Pct === 0 } },
  ),
  number(
    'thetaPerDay',
    'Theta',
    'per day',
    { what: 'change of value by one calendar day', unit: `${currency} per day`, source: chainSource },
    (v) => signedMoney(v),
    { width: 100, tones: { dim: (row) => row.thetaPerDay === 0 } },
  ),
  {
    key: 'reason',
    header: 'Remark',
    note: { what: 'why a number is blank' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason ?? '',
    reason: (row) => row.reason,
    tones: { warning: (row) => row.reason !== null },
    grow: true,
    width: 180,
  },
];

type SumKey = 'value' | 'deltaDollar' | 'vegaPerVolPoint' | 'gammaDollar1Pct' | 'thetaPerDay';

const sum = (
  key: SumKey,
  header: string,
  unit: string,
  what: string,
  currency: string,
): ColumnSpec<PositionSum> => ({
  key,
  header,
  unit,
  note: {
    what,
    formula: 'sum over the positions of the name',
    unit: unit === currency ? currency : `${currency} ${unit}`,
  },
  value: (row) => row[key],
  text: (row) => (key === 'value' ? money(row[key]) : signedMoney(row[key])),
  reason: (row) =>
    row[key] === null
      ? 'None of its positions has this number.'
      : row.unvalued > 0
        ? `${integer(row.unvalued)} of its ${integer(row.count)} positions have no value and are not in it.`
        : null,
  tones: {
    said: (row) => row[key] !== null,
    dim: (row) => row[key] === 0,
    loss: (row) => (row[key] ?? 0) < 0,
  },
  width: 118,
});

export const positionSumColumns = (currency: string): readonly ColumnSpec<PositionSum>[] => [
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'underlying; a row brings it to the front everywhere' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    width: 110,
    pinned: 'left',
  },
  {
    key: 'count',
    header: 'Positions',
    note: { what: 'lines held in the name' },
    value: (row) => row.count,
    text: (row) => integer(row.count),
    tones: { dim: () => true },
    width: 80,
  },
  sum('value', 'Value', currency, 'market value', currency),
  sum('deltaDollar', 'Dollar delta', currency, 'exposure to the underlying in money', currency),
  sum('vegaPerVolPoint', 'Vega', 'per vol pt', 'change of value for one volatility point', currency),
  sum(
    'gammaDollar1Pct',
    'Gamma',
    'per 1 %',
    'change of the dollar delta when the underlying moves 1 %',
    currency,
  ),
  sum('thetaPerDay', 'Theta', 'per day', 'change of value by one calendar day', currency),
  {
    key: 'optionCover',
    header: 'Calls sold per share',
    note: {
      what: 'calls sold against the shares held',
      formula: 'sold call contracts × multiplier ÷ shares',
    },
    value: (row) => row.callsPerShare,
    text: (row) => decimal(row.callsPerShare, 2),
    reason: (row) =>
      row.callsPerShare === null ? (row.isTotal ? 'Told by name.' : 'No shares of it are held.') : null,
    width: 132,
  },
];
