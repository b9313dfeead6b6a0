import { integer, money, signedMoney } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import type { ResultRow } from './result-models.ts';

type AmountKey = 'profit' | 'value' | 'deltaDollar' | 'gammaDollar1Pct' | 'vegaPerVolPoint' | 'thetaPerDay';

const amount = (
  key: AmountKey,
  header: string,
  unit: string,
  what: string,
  more: Partial<ColumnSpec<ResultRow>> = {},
): ColumnSpec<ResultRow> => ({
  key,
  header,
  unit,
  note: { what, source: 'full revaluation of the frozen book under the shock' },
  value: (row) => row[key],
  text: (row) => (key === 'value' ? money(row[key]) : signedMoney(row[key])),
  reason: (row) => (row[key] === null ? (row.reason ?? 'It could not be valued.') : null),
  tones: { dim: (row) => row[key] === 0, loss: (row) => (row[key] ?? 0) < 0 },
  width: 94,
  ...more,
});

/** Rows of the result; what a row is depends on how they are grouped. */
export const resultColumns = (currency: string, isGrouped: boolean): readonly ColumnSpec<ResultRow>[] => [
  {
    key: 'label',
    header: isGrouped ? 'Group' : 'Position',
    note: { what: isGrouped ? 'a double click shows its positions' : 'what is held in the session' },
    align: 'left',
    value: (row) => row.label,
    text: (row) => row.label,
    tones: { strong: () => true },
    pinned: 'left',
    width: 172,
  },
  isGrouped
    ? {
        key: 'positions',
        header: 'Positions',
        note: { what: 'lines of the group' },
        value: (row) => row.positions,
        text: (row) => integer(row.positions),
        tones: { dim: () => true },
        width: 76,
      }
    : {
        key: 'family',
        header: 'Kind',
        note: { what: 'family of the contract' },
        align: 'left',
        value: (row) => row.family,
        text: (row) => row.family ?? '',
        tones: { dim: () => true },
        width: 104,
      },
  amount('profit', 'P&L', currency, 'value under the shock less value without it', {
    tones: {
      gain: (row) => (row.profit ?? 0) > 0,
      loss: (row) => (row.profit ?? 0) < 0,
      strong: () => true,
      dim: (row) => row.profit === 0,
    },
  }),
  amount('value', 'Value', currency, 'value under the shock'),
  amount('deltaDollar', 'Delta', currency, 'exposure to the underlying in money'),
  amount('gammaDollar1Pct', 'Gamma', 'per 1 %', 'change of dollar delta when the underlying moves 1 %', {
    width: 98,
  }),
  amount('vegaPerVolPoint', 'Vega', 'per vol pt', 'change of value for one volatility point', { width: 90 }),
  amount('thetaPerDay', 'Theta', 'per day', 'change of value by one calendar day', { width: 84 }),
  {
    key: 'reason',
    header: 'Remark',
    note: { what: 'why a number is blank, or what happened on the way' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason ?? '',
    reason: (row) => row.reason,
    tones: { dim: (row) => row.value !== null, warning: (row) => row.value === null },
    grow: true,
    width: 150,
  },
];
