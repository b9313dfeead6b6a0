import type { ScanRow } from '../../../shared/contract/chain.ts';
import { decimal, integer, percent, volPercent, volPoints } from '../../format.ts';
import type { ColumnSpec, HeaderNote } from '../../grids/column.ts';

type NumberKey = { [K in keyof ScanRow]: ScanRow[K] extends number | null ? K : never }[keyof ScanRow];

const number = (
  key: NumberKey,
  header: string,
  unit: string | null,
  note: HeaderNote,
  text: (value: number | null) => string,
  more: Partial<ColumnSpec<ScanRow>> = {},
): ColumnSpec<ScanRow> => ({
  key,
  header,
  ...(unit === null ? {} : { unit }),
  note,
  value: (row) => row[key],
  text: (row) => text(row[key]),
  reason: (row) =>
    row[key] === null ? (row.reason ?? 'Not enough data on the desk for this number.') : null,
  width: 68,
  ...more,
});

const gainLoss = (key: NumberKey): Partial<ColumnSpec<ScanRow>> => ({
  tones: { gain: (row) => (row[key] ?? 0) > 0, loss: (row) => (row[key] ?? 0) < 0 },
});
const history = 'the stored volatility history; the column Days says how long';

/** The long name is left out where none was imported. */
export function scanColumnsFor(rows: readonly ScanRow[], standing: boolean): readonly ColumnSpec<ScanRow>[] {
  const named = rows.some((row) => row.name !== row.symbol);
  const shown = named ? scanColumns : scanColumns.filter((column) => column.key !== 'name');
  return standing ? [...shown, ...standingColumns] : shown;
}

type Measure = keyof ScanRow['standing'];

const standingNumber = (
  measure: Measure,
  header: string,
  what: string,
  how: 'percentile' | 'rank',
): ColumnSpec<ScanRow> => ({
  key: `standing.${measure}.${how}`,
  group: 'Against own stored days',
  header: `${header} ${how === 'rank' ? 'rank' : 'pctile'}`,
  unit: '%',
  note: {
    what:
      how === 'rank'
        ? `where ${what} stands between its lowest and highest`
        : `share of stored days with less ${what}`,
    formula: how === 'rank' ? '(today − min) ÷ (max − min)' : 'days below today ÷ days',
    source: 'the chains stored for this name; the column Stored says how many days',
  },
  value: (row) => row.standing[measure][how],
  text: (row) => percent(row.standing[measure][how], 0),
  reason: (row) =>
    row.standing[measure][how] === null
      ? (row.reason ?? 'Fewer than two stored days have this measure.')
      : null,
  width: 96,
  ...(how === 'rank' ? { hidden: true } : {}),
});

const measures: readonly (readonly [Measure, string, string])[] = [
  ['iv30', 'IV30', 'IV30'],
  ['ivMinusHv', 'IV − HV', 'IV30 − HV20'],
  ['riskReversal25', 'RR25', 'the risk reversal'],
  ['skew90110', '90–110', 'the 90–110 skew'],
  ['slope', 'Slope', 'slope'],
];

const standingColumns: readonly ColumnSpec<ScanRow>[] = [
  {
    key: 'skewHistoryDays',
    group: 'Against own stored days',
    header: 'Stored',
    unit: 'days',
    note: { what: 'days of stored chains behind the columns to the right' },
    value: (row) => row.skewHistoryDays,
    text: (row) => integer(row.skewHistoryDays),
    tones: { dim: () => true },
    width: 78,
  },
  ...measures.flatMap(([measure, header, what]) => [
    standingNumber(measure, header, what, 'percentile'),
    standingNumber(measure, header, what, 'rank'),
  ]),
];

const scanColumns: readonly ColumnSpec<ScanRow>[] = [
  {
    key: 'symbol',
    header: 'Symbol',
    note: { what: 'short name; a row brings it to the front everywhere' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    pinned: 'left',
    width: 108,
  },
  {
    key: 'name',
    header: 'Name',
    note: { what: 'long name, where one was imported' },
    align: 'left',
    value: (row) => row.name,
    text: (row) => (row.name === row.symbol ? '' : row.name),
    tones: { dim: () => true },
    width: 150,
  },
  {
    key: 'kind',
    header: 'Kind',
    note: { what: 'index, stock or fund' },
    align: 'left',
    value: (row) => row.kind,
    text: (row) => (row.kind === 'unknown' ? '' : row.kind),
    tones: { dim: () => true },
    width: 54,
  },
  number(
    'spot',
    'Spot',
    null,
    { what: 'last price of the underlying', unit: 'its currency' },
    (v) => decimal(v, 2),
    { width: 82 },
  ),
  number(
    'iv30',
    'IV30',
    '%',
    { what: 'implied volatility at 30 days', formula: 'total variance interpolated between expiries' },
    volPercent,
    { tones: { strong: () => true } },
  ),
  number(
    'iv60',
    'IV60',
    '%',
    { what: 'implied volatility at 60 days', formula: 'total variance interpolated between expiries' },
    volPercent,
  ),
  number(
    'hv20',
    'HV20',
    '%',
    { what: 'realized volatility of 20 sessions', source: 'imported daily prices' },
    volPercent,
  ),
  number(
    'hv60',
    'HV60',
    '%',
    { what: 'realized volatility of 60 sessions', source: 'imported daily prices' },
    volPercent,
  ),
  number(
    'ivMinusHv',
    'IV − HV',
    'vol pts',
    { what: 'what implied volatility stands above realized', formula: 'IV30 − HV20' },
    volPoints,
    { ...gainLoss('ivMinusHv'), width: 108, sort: 'desc' },
  ),
  number(
    'ivRank',
    'IV rank',
    '%',
    {
      what: 'where IV30 stands between its lowest and highest',
      formula: '(IV − min) ÷ (max − min)',
      source: history,
    },
    (v) => percent(v, 0),
    { width: 84 },
  ),
  number(
    'ivPercentile',
    'IV pctile',
    '%',
    { what: 'share of past days with a lower IV30', source: history },
    (v) => percent(v, 0),
    { width: 88 },
  ),
  number(
    'historyDays',
    'Days',
    null,
    { what: 'days of volatility history that rank and percentile rest on' },
    integer,
    { width: 58, tones: { dim: () => true } },
  ),
  number(
    'atmVol',
    'ATM',
    '%',
    { what: 'volatility at strike = forward of the first expiry', source: 'the fitted smile' },
    volPercent,
  ),
  number(
    'riskReversal25',
    'RR25',
    'vol pts',
    { what: 'risk reversal', formula: 'σ(25Δ call) − σ(25Δ put)', source: 'the fitted smile' },
    volPoints,
    { width: 88 },
  ),
  number(
    'butterfly25',
    'BF25',
    'vol pts',
    { what: 'butterfly', formula: '½(σ(25Δ call) + σ(25Δ put)) − σ(ATM)', source: 'the fitted smile' },
    volPoints,
    { width: 88 },
  ),
  number(
    'skew90110',
    '90–110',
    'vol pts',
    { what: 'put wing less call wing', formula: 'σ(90 % F) − σ(110 % F)', source: 'the fitted smile' },
    volPoints,
    { width: 94 },
  ),
  number(
    'slope',
    'Slope',
    'per ln',
    { what: 'tilt at the money forward', formula: '∂σ/∂ln(K/F)', source: 'the fitted smile' },
    (v) => decimal(v, 3),
    { width: 84 },
  ),
  number(
    'openInterest',
    'OI',
    null,
    { what: 'open interest of the whole chain', unit: 'contracts' },
    integer,
    { width: 100 },
  ),
  number(
    'volume',
    'Volume',
    null,
    { what: 'contracts traded that day in the whole chain', unit: 'contracts' },
    integer,
    { width: 92 },
  ),
  number(
    'riskReversal25OverAtm',
    'RR25/ATM',
    '%',
    {
      what: 'risk reversal as a share of the level',
      formula: '(σ(25Δ call) − σ(25Δ put)) ÷ σ(ATM)',
      source: 'the fitted smile',
    },
    percent,
    { width: 92, hidden: true },
  ),
  number(
    'skew90110OverAtm',
    '90–110/ATM',
    '%',
    {
      what: '90–110 skew as a share of the level',
      formula: '(σ(90 % F) − σ(110 % F)) ÷ σ(ATM)',
      source: 'the fitted smile',
    },
    percent,
    { width: 104 },
  ),
  number(
    'skew90110RootTime',
    '90–110·√T',
    'vol pts',
    {
      what: '90–110 skew at one year’s scale',
      formula: '(σ(90 % F) − σ(110 % F)) · √T, T in years',
      source: 'the fitted smile',
    },
    volPoints,
    { width: 98, hidden: true },
  ),
  number(
    'slopeRootTime',
    'Slope·√T',
    'per ln',
    { what: 'tilt at one year’s scale', formula: '∂σ/∂ln(K/F) · √T, T in years', source: 'the fitted smile' },
    (v) => decimal(v, 3),
    { width: 92, hidden: true },
  ),
];

export const leftOutColumns: readonly ColumnSpec<ScanRow>[] = [
  {
    key: 'symbol',
    header: 'Symbol',
    note: { what: 'short name' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    width: 108,
  },
  {
    key: 'reason',
    header: 'Why it is not above',
    note: { what: 'what is missing' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason ?? '',
    grow: true,
    width: 300,
  },
];
