import type { BasketDrift } from '../../../shared/contract/basket-desk.ts';
import { date, decimal, none, percent, volPoints } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { ruleWords } from './desk-models.ts';

export type DriftRow = BasketDrift['days'][number];
const isBroken = (rule: DriftRow['broken'][number]) => (row: DriftRow) => row.broken.includes(rule);

export const driftColumns: readonly ColumnSpec<DriftRow>[] = [
  {
    key: 'date',
    header: 'Day',
    note: { what: 'session after the basket’s day' },
    align: 'left',
    value: (row) => row.date,
    text: (row) => date(row.date),
    sort: 'desc',
    width: 88,
  },
  {
    key: 'broken',
    header: 'Broken',
    note: { what: 'rules the day breaks' },
    align: 'left',
    value: (row) => row.broken.length,
    text: (row) => row.broken.map((rule) => ruleWords[rule]).join(', ') || none,
    reason: (row) => (row.broken.length === 0 ? 'Every rule holds.' : null),
    tones: { error: (row) => row.broken.length > 0 },
    width: 96,
  },
  {
    key: 'rSquared',
    header: 'r²',
    note: {
      what: 'of what is held, at that day’s weights, over a window as long as the fit’s',
      unit: 'ratio',
    },
    value: (row) => row.rSquared,
    text: (row) => `${row.broken.includes('rSquared') ? '▲ ' : ''}${decimal(row.rSquared, 4)}`,
    reason: (row) => (row.rSquared === null ? 'Too few common returns.' : null),
    tones: { error: isBroken('rSquared') },
    width: 72,
  },
  {
    key: 'rSquaredSince',
    header: 'r² since',
    note: { what: 'over the days since the basket’s alone', unit: 'ratio' },
    value: (row) => row.rSquaredSince,
    text: (row) => decimal(row.rSquaredSince, 4),
    reason: (row) => (row.rSquaredSince === null ? 'Fewer than twenty returns since.' : null),
    width: 66,
  },
  {
    key: 'trackingError',
    header: 'Tracking error',
    unit: '% a year',
    note: { what: 'standard deviation of the return difference over the same window' },
    value: (row) => row.trackingError,
    text: (row) => percent(row.trackingError, 2),
    width: 116,
  },
  {
    key: 'indexShareByName',
    header: 'Of names',
    unit: '%',
    note: { what: 'index names held over the index’s names that day' },
    value: (row) => row.indexShareByName,
    text: (row) => `${row.broken.includes('maxIndexShare') ? '▲ ' : ''}${percent(row.indexShareByName, 1)}`,
    tones: { error: isBroken('maxIndexShare') },
    width: 78,
  },
  {
    key: 'weightOverlap',
    header: 'Overlap',
    unit: '%',
    note: { what: 'weight shared with the index', formula: 'Σ min(weight, index weight)' },
    value: (row) => row.weightOverlap,
    text: (row) => `${row.broken.includes('maxWeightOverlap') ? '▲ ' : ''}${percent(row.weightOverlap, 1)}`,
    tones: { error: isBroken('maxWeightOverlap') },
    width: 76,
  },
  {
    key: 'differentialShare',
    header: 'σ kept',
    unit: '% of names',
    note: { what: 'names that still have the least volatility differential, over those with a volatility' },
    value: (row) => row.differentialShare,
    text: (row) =>
      `${row.broken.includes('minVolDifferential') ? '▲ ' : ''}${percent(row.differentialShare, 0)}`,
    reason: (row) =>
      row.differentialShare === null ? 'The rule is off, or no volatility is known that day.' : null,
    tones: { error: isBroken('minVolDifferential') },
    width: 112,
  },
  {
    key: 'lowest',
    header: 'Lowest σ − σ index',
    unit: 'pts',
    note: { what: 'the name with the least volatility differential', unit: 'volatility points' },
    value: (row) => row.lowestDifferential?.value ?? null,
    text: (row) =>
      row.lowestDifferential === null
        ? none
        : `${row.lowestDifferential.symbol} ${volPoints(row.lowestDifferential.value)}`,
    reason: (row) => (row.lowestDifferential === null ? 'No volatility is known that day.' : null),
    width: 138,
  },
];
