import {
  counted,
  integer,
  shortDate,
  signedDecimal,
  signedInteger,
  signedMoney,
  volPercent,
} from '../format.ts';
import type { ColumnSpec } from '../grids/column.ts';
import type { SliceRow } from './exposure-models.ts';

const kindMarks = { slice: '●', gap: '○', overlap: '◐' } as const;
const hedgeSource = 'the 1,000,000 relative straddle of the slice';
const noHedge = 'The slice has no forward volatility, so its straddle has no price.';

export const sliceColumns = (currency: string): readonly ColumnSpec<SliceRow>[] => [
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
    unit: 'contracts',
    note: {
      what: 'straddles of the slice that bring its vega to zero; below zero is to sell',
      formula: '−vega of the slice ÷ vega of one straddle',
      source: hedgeSource,
    },
    value: (row) => row.byVega,
    text: (row) => signedDecimal(row.byVega, 2),
    reason: (row) => (row.byVega === null ? noHedge : null),
    group: 'Hedge',
    width: 118,
  },
  {
    key: 'byGamma',
    header: 'By gamma',
    unit: 'contracts',
    note: {
      what: 'straddles of the near slice that bring its gamma to zero',
      formula: '−gamma of the slice ÷ gamma of one straddle',
      source: hedgeSource,
    },
    value: (row) => row.byGamma,
    text: (row) => signedDecimal(row.byGamma, 2),
    reason: (row) => (row.byGamma === null ? 'A straddle of a slice that has not begun has no gamma.' : null),
    group: 'Hedge',
    width: 126,
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
    group: 'Hedge',
    width: 84,
  },
  {
    key: 'whole',
    header: 'Whole',
    unit: 'contracts',
    note: { what: 'rounded to whole contracts, all slices solved together', source: hedgeSource },
    value: (row) => row.whole,
    text: (row) => signedInteger(row.whole),
    reason: (row) => (row.whole === null ? noHedge : null),
    tones: { strong: () => true },
    group: 'Hedge',
    width: 108,
  },
  {
    key: 'left',
    header: 'Vega left',
    unit: 'per vol pt',
    note: { what: 'vega of the slice after the whole contracts', unit: `${currency} per vol pt` },
    value: (row) => row.leftVegaPerVolPoint,
    text: (row) => signedMoney(row.leftVegaPerVolPoint),
    reason: (row) => (row.leftVegaPerVolPoint === null ? noHedge : null),
    group: 'Hedge',
    width: 122,
  },
  {
    key: 'sentence',
    header: 'In words',
    note: { what: 'what to trade in the slice' },
    align: 'left',
    value: (row) => row.whole,
    text: hedgeSentence,
    tones: { dim: () => true },
    sortable: false,
    grow: true,
    width: 200,
  },
];

function hedgeSentence(row: SliceRow): string {
  if (row.whole === null) return 'no forward volatility';
  if (row.whole === 0) return 'nothing to do';
  const size = counted(Math.abs(row.whole), 'straddle');
  return `${row.whole > 0 ? 'buy' : 'sell'} ${size} of 1m, ${shortDate(row.start)} to ${shortDate(row.end)}`;
}
