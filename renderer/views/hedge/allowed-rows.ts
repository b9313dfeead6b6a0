import type { FormRow } from '../../components/FormRows.tsx';
import type { HedgeSlice } from '../../state/hedge.ts';

type Request = HedgeSlice['hedgeRequest'];
type Row = FormRow<Request>;

const share = { kind: 'percent', unit: '%', least: 0, width: 5 } as const;

/** What the package must keep to. */
export const limitRows = (currency: string): readonly Row[] => [
  {
    ...share,
    key: 'netDeltaLimit',
    label: 'Net delta ≤',
    tip: 'Net delta of basket and options either way, over the basket’s value',
    most: 1,
    slide: { from: 0, to: 0.3, step: 0.005 },
  },
  {
    ...share,
    key: 'coverage',
    label: 'Coverage ≥',
    tip: 'Puts × multiplier × index level over the basket’s value, at least',
    slide: { from: 0, to: 2, step: 0.05 },
  },
  {
    ...share,
    key: 'maxCoverage',
    label: 'Coverage ≤',
    tip: 'The same at most: no pile of far puts for their delta alone',
    slide: { from: 1, to: 5, step: 0.05 },
    usual: 1.5,
  },
  {
    ...share,
    key: 'overwrite',
    label: 'Overwrite ≤',
    tip: 'Share of each holding that calls may be sold on, calls already sold counted',
    most: 1,
    slide: { from: 0, to: 1, step: 0.05 },
  },
  {
    key: 'minCredit',
    label: 'Least net credit',
    tip: 'Premium received at least the premium paid and this; may be negative',
    before: 'net credit of at least',
    kind: 'integer',
    unit: currency,
    width: 9,
  },
  {
    key: 'maxLegs',
    label: 'Most legs',
    before: 'at most',
    kind: 'integer',
    unit: 'legs',
    least: 2,
    width: 3,
    usual: 12,
  },
  {
    key: 'maxPutLegs',
    label: 'Most different puts',
    before: 'at most',
    kind: 'integer',
    unit: 'different puts',
    least: 1,
    width: 3,
    usual: 4,
  },
];

/** How the two sets of candidates are weighed. */
export const balanceRows: readonly Row[] = [
  {
    key: 'balance',
    label: 'Balance λ',
    tip: '0: relative implied volatility (IV ÷ HV) only; 1: skew premium only',
    kind: 'decimal',
    digits: 2,
    least: 0,
    most: 1,
    width: 5,
    slide: { from: 0, to: 1, step: 0.05 },
  },
];

/** Which options may be candidates, and what trading them costs. */
export const candidateRows = (currency: string): readonly Row[] => [
  {
    key: 'minOpenInterest',
    label: 'Least open interest',
    before: 'open interest of at least',
    kind: 'integer',
    least: 0,
    width: 6,
  },
  {
    key: 'maxSpreadFraction',
    label: 'Widest spread',
    tip: 'Ask less bid over their middle, at most',
    before: 'spread of at most',
    kind: 'percent',
    unit: '% of mid',
    least: 0,
    most: 5,
    width: 4,
  },
  {
    key: 'spreadShare',
    label: 'Share of the spread',
    tip: '0 sells at the bid and buys at the ask; 50 % trades in the middle',
    before: 'trade',
    after: 'of the spread inside',
    kind: 'percent',
    unit: '%',
    least: 0,
    most: 1,
    width: 4,
  },
  {
    key: 'commissionPerContract',
    label: 'Commission',
    before: 'commission',
    kind: 'decimal',
    digits: 2,
    unit: `${currency} a contract`,
    least: 0,
    width: 5,
  },
];

/** Absolute deltas that candidates may have, by side. */
export const deltaRanges = [
  { key: 'callDeltaRange', what: 'calls' },
  { key: 'putDeltaRange', what: 'puts' },
] as const;
