import {
  counted,
  decimal,
  integer,
  shortDate,
  signedDecimal,
  signedInteger,
  signedMoney,
  volPercent,
} from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import type { SliceRow } from './exposure-models.ts';

const kindMarks = { slice: '●', gap: '○', overlap: '◐' } as const;
const hedgeSource = 'the 1,000,000 relative straddle of the slice';
const hedgeGroup = 'Hedge, straddles of 1m';
const noHedge = 'The slice has no forward volatility, so its straddle has no price.';

const adjustedColumn = (currency: string): ColumnSpec<SliceRow> => ({
  key: 'adjusted',
  header: 'Adjusted',
  unit: 'per vol pt',
  note: {
    what: 'vega brought to one term: near volatilities move more than far ones',
    formula: 'vega × factor; √(30/T) or a curve by hand, T to the middle of the slice',
    unit: `${currency} per vol pt`,
  },
  value: (row) => row.adjustedVegaPerVolPoint,
  text: (row) => signedMoney(row.adjustedVegaPerVolPoint),
  reason: (row) => `Vega × ${decimal(row.vegaFactor, 3)}`,
  tones: { loss: (row) => row.adjustedVegaPerVolPoint < 0, dim: (row) => row.vegaFactor === 1 },
  group: 'Held',
  width: 108,
});

/** Slices with what is held in them and what flattens it; the adjusted vega only where a rule adjusts it. */
export const sliceColumns = (currency: string, isAdjusted = false): readonly ColumnSpec<SliceRow>[] => [
  {
    key: 'start',
    header: 'From',
    note: { what: 'start of the slice: a reference date of a contract, or today' },
    value: (row) => row.start,
    text: (row) => shortDate(row.start),
    sort: 'asc',
    width: 84,
  },
  {
    key: 'end',
    header: 'To',
    note: { what: 'end of the slice' },
    value: (row) => row.end,
    text: (row) => shortDate(row.end),
    width: 84,
  },
  {
    key: 'days',
    header: 'Days',
    note: { what: 'calendar days of the slice' },
    value: (row) => row.days,
    text: (row) => integer(row.days),
    tones: { dim: () => true },
    width: 56,
  },
  {
    key: 'kind',
    header: 'Kind',
    note: { what: 'slice: one reference period; gap: no contract in it; overlap: several periods meet' },
    align: 'left',
    value: (row) => row.kind,
    text: (row) => `${kindMarks[row.kind]} ${row.kind}`,
    tones: { warning: (row) => row.kind === 'gap', dim: (row) => row.kind === 'slice' },
    width: 82,
  },
  {
    key: 'forwardVol',
    header: 'Forward vol',
    unit: '%',
    note: {
      what: 'volatility of the slice alone',
      formula: 'σ²τ = σ(t₂)²t₂ − σ(t₁)²t₁',
      source: 'the fitted smiles, at the money',
    },
    value: (row) => row.forwardVol,
    text: (row) => volPercent(row.forwardVol),
    reason: (row) => (row.forwardVol === null ? 'The term structure has no forward variance there.' : null),
    width: 98,
  },
  {
    key: 'vega',
    header: 'Vega',
    unit: 'per vol pt',
    note: {
      what: 'change of value for one point of the volatility of this slice',
      formula: 'Σ ∂V/∂σⱼ',
      unit: `${currency} per vol pt`,
    },
    value: (row) => row.vegaPerVolPoint,
    text: (row) => signedMoney(row.vegaPerVolPoint),
    tones: { strong: () => true, loss: (row) => row.vegaPerVolPoint < 0 },
    group: 'Held',
    width: 108,
  },
  ...(isAdjusted ? [adjustedColumn(currency)] : []),
  {
    key: 'gamma',
    header: 'Gamma',
    unit: 'per 1 %',
    note: {
      what: 'change of the dollar delta when the underlying moves 1 %; zero before a fixing',
      unit: currency,
    },
    value: (row) => row.gammaDollar1Pct,
    text: (row) => signedMoney(row.gammaDollar1Pct),
    tones: { strong: () => true, loss: (row) => row.gammaDollar1Pct < 0 },
    group: 'Held',
    width: 108,
  },
  {
    key: 'contracts',
    header: 'Contracts',
    note: { what: 'contracts with vega or gamma in the slice' },
    value: (row) => row.contracts,
    text: (row) => integer(row.contracts),
    tones: { dim: () => true },
    group: 'Held',
    width: 78,
  },
  {
    key: 'byVega',
    header: 'By vega',
    note: {
      what: 'straddles of the slice that bring its vega to zero; below zero is to sell',
      formula: '−vega of the slice ÷ vega of one straddle',
      source: hedgeSource,
    },
    value: (row) => row.byVega,
    text: (row) => signedDecimal(row.byVega, 2),
    reason: (row) => (row.byVega === null ? noHedge : null),
    group: hedgeGroup,
    width: 80,
  },
  {
    key: 'byGamma',
    header: 'By gamma',
    note: {
      what: 'straddles of the near slice that bring its gamma to zero',
      formula: '−gamma of the slice ÷ gamma of one straddle',
      source: hedgeSource,
    },
    value: (row) => row.byGamma,
    text: (row) => signedDecimal(row.byGamma, 2),
    reason: (row) => (row.byGamma === null ? 'A straddle of a slice that has not begun has no gamma.' : null),
    group: hedgeGroup,
    width: 86,
  },
  {
    key: 'difference',
    header: 'Difference',
    note: {
      what: 'by vega less by gamma; zero where the near-term relation holds exactly',
      formula: '∂V/∂σ = σ S² Γ Δt',
    },
    value: (row) => row.difference,
    text: (row) => signedDecimal(row.difference, 2),
    reason: (row) => (row.difference === null ? 'Both numbers are told for the near slice only.' : null),
    tones: { dim: () => true },
    group: hedgeGroup,
    width: 84,
  },
  {
    key: 'whole',
    header: 'Whole',
    note: { what: 'rounded to whole contracts, all slices solved together', source: hedgeSource },
    value: (row) => row.whole,
    text: (row) => signedInteger(row.whole),
    reason: hedgeSentence,
    tones: { strong: () => true, said: (row) => row.whole !== null },
    group: hedgeGroup,
    width: 70,
  },
  {
    key: 'left',
    header: 'Left',
    unit: 'per vol pt',
    note: { what: 'vega of the slice after the whole contracts', unit: `${currency} per vol pt` },
    value: (row) => row.leftVegaPerVolPoint,
    text: (row) => signedMoney(row.leftVegaPerVolPoint),
    reason: (row) => (row.leftVegaPerVolPoint === null ? noHedge : null),
    group: hedgeGroup,
    width: 96,
  },
];

function hedgeSentence(row: SliceRow): string {
  if (row.whole === null) return noHedge;
  if (row.whole === 0) return 'Nothing to do.';
  const size = counted(Math.abs(row.whole), 'straddle');
  return `${row.whole > 0 ? 'Buy' : 'Sell'} ${size} of 1m from ${shortDate(row.start)} to ${shortDate(row.end)}.`;
}
