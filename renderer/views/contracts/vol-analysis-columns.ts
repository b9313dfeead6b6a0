import type { OutputOf } from '../../../shared/contract/index.ts';
import type { RealizedVolTerms } from '../../../shared/contract/vol-contracts.ts';
import { decimal, instant, shortDate, signedInteger, signedMoney, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { estimatorWords } from './vol-contract-columns.ts';

type Analysis = OutputOf<'contracts.volAnalysis'>;
export type EstimatorRow = Analysis['estimators'][number];
export type LogRow = Analysis['log'][number];

const formulas: Readonly<Record<string, string>> = {
  zeroMean: '√(P · Σ r² ⁄ n)',
  sampleMean: '√(P · Σ (r − r̄)² ⁄ (n − 1))',
  highLow: '√(P · Σ ln²(high ⁄ low) ⁄ n)',
  parkinson: '√(P · Σ ln²(high ⁄ low) ⁄ (4 ln 2 · n))',
  garmanKlass: '√(P · Σ (½ ln²(high ⁄ low) − (2 ln 2 − 1) ln²(close ⁄ open)) ⁄ n)',
  rogersSatchell: '√(P · Σ (ln(h⁄c) ln(h⁄o) + ln(l⁄c) ln(l⁄o)) ⁄ n)',
};

export const estimatorColumns = (
  agreed: RealizedVolTerms['estimator'],
  currency: string,
): readonly ColumnSpec<EstimatorRow>[] => [
  {
    key: 'estimator',
    header: 'Estimator',
    note: { what: 'formula of realized volatility; the one agreed is marked' },
    align: 'left',
    value: (row) => row.estimator,
    text: (row) => {
      const words = estimatorWords[row.estimator as RealizedVolTerms['estimator']];
      return row.estimator === agreed ? `● ${words}` : words;
    },
    reason: (row) => formulas[row.estimator] ?? null,
    tones: { strong: (row) => row.estimator === agreed },
    width: 130,
  },
  {
    key: 'vol',
    header: 'Realized',
    unit: '%',
    note: {
      what: 'volatility of the same observations by this formula, annualized',
      source: 'stored daily prices',
    },
    value: (row) => row.vol,
    text: (row) => volPercent(row.vol),
    reason: (row) => row.reason,
    width: 86,
  },
  {
    key: 'differenceTicks',
    header: 'Against agreed',
    unit: 'ticks',
    note: {
      what: 'what a settlement by it would differ by',
      formula: 'both rounded to the tick, one contract',
    },
    value: (row) => row.differenceTicks,
    text: (row) => signedInteger(row.differenceTicks),
    reason: (row) => row.reason,
    width: 112,
  },
  {
    key: 'difference',
    header: 'Against agreed',
    unit: currency,
    note: { what: 'the same in money, of the quantity held', formula: 'quantity × ticks × tick value' },
    value: (row) => row.difference,
    text: (row) => signedMoney(row.difference),
    reason: (row) => row.reason,
    tones: { gain: (row) => (row.difference ?? 0) > 0, loss: (row) => (row.difference ?? 0) < 0 },
    grow: true,
    width: 112,
  },
];

const said = (row: LogRow): string =>
  row.status === 'marked' ? decimal(row.mark, 2) : row.status === 'disrupted' ? 'disrupted' : 'as stored';

export const logColumns: readonly ColumnSpec<LogRow>[] = [
  {
    key: 'at',
    header: 'Told',
    note: { what: 'when it was told; newest first' },
    align: 'left',
    value: (row) => row.at,
    text: (row) => instant(row.at),
    width: 130,
  },
  {
    key: 'actor',
    header: 'By',
    note: { what: 'who told it' },
    align: 'left',
    value: (row) => row.actor,
    text: (row) => row.actor,
    width: 80,
  },
  {
    key: 'date',
    header: 'Session',
    note: { what: 'the mark it is about' },
    value: (row) => row.date,
    text: (row) => (row.time === null ? shortDate(row.date) : `${shortDate(row.date)} ${row.time}`),
    width: 96,
  },
  {
    key: 'said',
    header: 'Mark',
    note: { what: 'price as traded, disrupted, or back to the stored price' },
    value: (row) => row.mark,
    text: said,
    width: 86,
  },
  {
    key: 'inForce',
    header: 'Holds',
    note: { what: 'the newest of a session holds; those before it stay here' },
    align: 'left',
    value: (row) => row.inForce,
    text: (row) => (row.inForce ? '✓' : '—'),
    reason: (row) =>
      row.inForce ? null : row.status === 'stored' ? 'The stored price holds.' : 'Something later was told.',
    width: 60,
  },
  {
    key: 'reason',
    header: 'Why',
    note: { what: 'the reason given' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason,
    grow: true,
    width: 140,
  },
];
