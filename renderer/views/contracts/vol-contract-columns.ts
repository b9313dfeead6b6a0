import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import {
  decimal,
  integer,
  none,
  percentSquared,
  shortDate,
  signedDecimal,
  signedMoney,
  money,
  signedPercent,
  volPercent,
  volPoints,
} from '../../format.ts';
import type { ColumnSpec, HeaderNote } from '../../grids/column.ts';
import { stateMarks, stateWords } from './contract-words.ts';

type NumberKey = {
  [K in keyof RealizedVolValue]: RealizedVolValue[K] extends number | null ? K : never;
}[keyof RealizedVolValue];
export type Observation = RealizedVolValue['observations'][number];

export const estimatorWords: Readonly<Record<RealizedVolValue['terms']['estimator'], string>> = {
  zeroMean: 'zero mean',
  sampleMean: 'sample mean',
  highLow: 'high–low',
  parkinson: 'Parkinson',
  garmanKlass: 'Garman–Klass',
  rogersSatchell: 'Rogers–Satchell',
};

const blankBefore: Partial<Record<NumberKey, string>> = {
  realizedVol: 'The period has not begun: nothing is realized yet.',
  remainingVol: 'Nothing of the period is left.',
  breakEvenRemainingVol: 'No trade volatility was agreed, or none of the rest could break even.',
  profit: 'No trade volatility was agreed, so there is nothing to compare with.',
  profitTicks: 'No trade volatility was agreed, so there is nothing to compare with.',
};

const number = (
  key: NumberKey,
  header: string,
  unit: string | null,
  note: HeaderNote,
  text: (value: number | null) => string,
  more: Partial<ColumnSpec<RealizedVolValue>> = {},
): ColumnSpec<RealizedVolValue> => ({
  key,
  header,
  ...(unit === null ? {} : { unit }),
  note,
  value: (row) => row[key],
  text: (row) => text(row[key]),
  reason: (row) => (row[key] === null ? (row.reason ?? blankBefore[key] ?? row.stateNote) : null),
  width: 92,
  ...more,
});

const gainLoss = (key: 'profit' | 'profitTicks'): Partial<ColumnSpec<RealizedVolValue>> => ({
  tones: { gain: (row) => (row[key] ?? 0) > 0, loss: (row) => (row[key] ?? 0) < 0 },
});

export const volContractColumns = (currency: string): readonly ColumnSpec<RealizedVolValue>[] => [
  {
    key: 'contractId',
    header: 'Contract',
    note: { what: 'name of the contract; a row brings it to the chart below' },
    align: 'left',
    value: (row) => row.terms.contractId,
    text: (row) => row.terms.contractId,
    tones: { strong: () => true },
    pinned: 'left',
    width: 132,
  },
  {
    key: 'underlying',
    header: 'Name',
    note: { what: 'underlying' },
    align: 'left',
    value: (row) => row.terms.underlying,
    text: (row) => row.terms.underlying,
    width: 66,
  },
  {
    key: 'kind',
    header: 'Period',
    note: { what: 'monthly, quarterly, annual or a period of its own' },
    align: 'left',
    value: (row) => row.terms.kind,
    text: (row) => row.terms.kind,
    tones: { dim: () => true },
    width: 76,
  },
  {
    key: 'state',
    header: 'State',
    note: { what: 'before its period, live, settling or settled' },
    align: 'left',
    value: (row) => row.state,
    text: (row) =>
      `${stateMarks[row.state]} ${row.state === 'anticipatory' ? 'not begun' : stateWords[row.state]}`,
    reason: (row) => row.stateNote,
    tones: { said: () => true, warning: (row) => row.state === 'settling' },
    width: 92,
  },
  {
    key: 'start',
    header: 'From',
    note: { what: 'start of the period: the base mark' },
    value: (row) => row.terms.startDate,
    text: (row) => shortDate(row.terms.startDate),
    width: 82,
  },
  {
    key: 'end',
    header: 'To',
    note: { what: 'end of the period: the last mark' },
    value: (row) => row.terms.endDate,
    text: (row) => shortDate(row.terms.endDate),
    width: 82,
  },
  {
    key: 'observations',
    header: 'Done',
    unit: 'of all',
    note: {
      what: 'returns observed of those the period has',
      source: 'stored daily prices and the calendar',
    },
    value: (row) => row.observationsDone,
    text: (row) => `${integer(row.observationsDone)} / ${integer(row.observationsExpected)}`,
    width: 78,
  },
  {
    key: 'quantity',
    header: 'Quantity',
    note: { what: 'contracts held; below zero is sold' },
    value: (row) => row.terms.quantity,
    text: (row) => decimal(row.terms.quantity, Number.isInteger(row.terms.quantity) ? 0 : 2),
    tones: { strong: () => true, loss: (row) => row.terms.quantity < 0 },
    width: 72,
  },
  {
    key: 'tradeVol',
    header: 'Trade',
    unit: '%',
    note: { what: 'volatility agreed' },
    value: (row) => row.terms.tradeVol,
    text: (row) => volPercent(row.terms.tradeVol),
    reason: (row) => (row.terms.tradeVol === null ? 'No trade volatility was agreed.' : null),
    width: 66,
  },
  number(
    'fairVol',
    'Fair',
    '%',
    {
      what: 'volatility the whole period is worth today',
      formula: '√(done ⁄ n · realized² + rest ⁄ n · remaining²)',
      source: 'stored prices so far, the smiles for the rest',
    },
    volPercent,
    { width: 64, tones: { strong: () => true } },
  ),
  {
    key: 'edge',
    header: 'Fair − trade',
    unit: 'vol pts',
    note: { what: 'what the fair volatility stands above the one agreed' },
    value: (row) =>
      row.fairVol === null || row.terms.tradeVol === null ? null : row.fairVol - row.terms.tradeVol,
    text: (row) =>
      row.fairVol === null || row.terms.tradeVol === null
        ? none
        : volPoints(row.fairVol - row.terms.tradeVol),
    width: 112,
  },
  number(
    'value',
    'Value',
    currency,
    { what: 'value of the quantity held', formula: 'quantity × multiplier × fair vol × months' },
    (v) => money(v),
    { width: 100 },
  ),
  number(
    'profit',
    'Profit',
    currency,
    { what: 'value less the volatility agreed', formula: 'quantity × ticks × tick value' },
    (v) => signedMoney(v),
    { width: 96, ...gainLoss('profit') },
  ),
  number(
    'profitTicks',
    'Profit',
    'ticks',
    { what: 'profit counted in ticks of one contract, all contracts' },
    (v) => signedDecimal(v, 1),
    { width: 92, ...gainLoss('profitTicks') },
  ),
  number(
    'realizedVol',
    'Realized',
    '%',
    { what: 'volatility of the observations so far, annualized', source: 'stored daily prices' },
    volPercent,
    { width: 82 },
  ),
  number(
    'remainingVol',
    'Remaining',
    '%',
    { what: 'volatility the market gives the rest of the period', source: 'the fitted smiles, at the money' },
    volPercent,
    { width: 92 },
  ),
  number(
    'breakEvenRemainingVol',
    'Break-even rest',
    '%',
    {
      what: 'remaining volatility at which the trade neither gains nor loses',
      formula: '√((n · trade² − done · realized²) ⁄ rest)',
    },
    volPercent,
    { width: 116 },
  ),
  number(
    'tickValue',
    'Tick',
    currency,
    { what: 'worth of one tick of one contract', formula: 'multiplier × tick × months' },
    (v) => money(v, Number.isInteger(v ?? 0) ? 0 : 2),
    { width: 74, tones: { dim: () => true } },
  ),
  number(
    'vegaPerVolPoint',
    'Vega',
    'per vol pt',
    { what: 'change of value for one point of the remaining volatility', unit: `${currency} per vol pt` },
    (v) => signedMoney(v),
    { width: 102 },
  ),
];

const statusMarks = {
  ok: '✓ in',
  corrected: '✎ corrected',
  disrupted: '∅ disrupted',
  missing: '▲ missing',
  expected: '○ to come',
} as const;

const observed = (
  key: 'mark' | 'return' | 'squared' | 'runningVol',
  header: string,
  unit: string | null,
  note: HeaderNote,
  text: (value: number | null) => string,
  width: number,
): ColumnSpec<Observation> => ({
  key,
  header,
  ...(unit === null ? {} : { unit }),
  note,
  value: (row) => row[key],
  text: (row) => text(row[key]),
  reason: (row) =>
    row[key] !== null
      ? null
      : row.status === 'expected'
        ? 'The day is still to come.'
        : row.status === 'missing'
          ? 'The desk has no price of this session: import it, mark it, or declare it disrupted.'
          : row.status === 'disrupted'
            ? `Left out: ${row.note}`
            : 'The first mark is the base of the first return.',
  tones: { dim: (row) => row.status === 'expected' },
  width,
});

export const observationColumns: readonly ColumnSpec<Observation>[] = [
  {
    key: 'date',
    header: 'Session',
    note: { what: 'trading day of the period', source: 'the exchange calendar' },
    value: (row) => row.date,
    text: (row) => (row.time === null ? shortDate(row.date) : `${shortDate(row.date)} ${row.time}`),
    tones: { dim: (row) => row.status === 'expected' },
    width: 80,
  },
  observed(
    'mark',
    'Mark',
    null,
    { what: 'close of the day', source: 'stored daily prices' },
    (v) => decimal(v, 2),
    78,
  ),
  observed(
    'return',
    'Return',
    '%',
    { what: 'return over the session before', formula: 'ln(mark ⁄ mark before), or simple by terms' },
    (v) => signedPercent(v, 3),
    74,
  ),
  observed(
    'squared',
    'Squared',
    '%²',
    { what: "what the session adds to the estimator's sum", formula: 'return² for the zero-mean estimator' },
    percentSquared,
    78,
  ),
  observed(
    'runningVol',
    'Running vol',
    '%',
    { what: 'realized volatility of the period up to the session, annualized' },
    volPercent,
    92,
  ),
  {
    key: 'status',
    header: 'Status',
    note: {
      what: 'in: observed; corrected and disrupted: by a person, with a reason; missing: a session without a price; to come',
    },
    align: 'left',
    value: (row) => row.status,
    text: (row) =>
      row.status === 'corrected' && row.storedMark !== null
        ? `${statusMarks.corrected}, was ${decimal(row.storedMark, 2)}`
        : statusMarks[row.status],
    reason: (row) => (row.note === '' ? null : row.note),
    tones: {
      error: (row) => row.status === 'missing',
      warning: (row) => row.status === 'corrected' || row.status === 'disrupted',
      dim: (row) => row.status === 'ok' || row.status === 'expected',
    },
    grow: true,
    width: 84,
  },
];
