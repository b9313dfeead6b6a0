import type { HedgeLeg, HedgeProposal } from '../../../shared/contract/hedge.ts';
import {
  decimal,
  integer,
  none,
  price,
  signedDecimal,
  signedPercent,
  strike,
  volPercent,
} from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

/** `MERI 4,400 put`; the expiry stands above the table. */
export const legName = (leg: Pick<HedgeLeg, 'symbol' | 'strike' | 'type'>): string =>
  `${leg.symbol} ${strike(leg.strike)} ${leg.type}`;

const decisionMarks = { undecided: '', accepted: '✓', rejected: '✕' } as const;
const decisionWords = { undecided: 'undecided', accepted: 'accepted', rejected: 'rejected' } as const;

/** The legs of one side; the scores belong to the calls only. */
export function legColumns(side: HedgeLeg['side'], currency: string): readonly ColumnSpec<HedgeLeg>[] {
  const isSold = side === 'sell';
  return [
    {
      key: 'contract',
      header: isSold ? 'Call' : 'Put',
      note: { what: 'underlying and strike; the expiry stands above' },
      align: 'left',
      value: (leg) => leg.contract,
      text: (leg) => `${leg.symbol} ${strike(leg.strike)}`,
      reason: (leg) => (leg.flags.length === 0 ? null : leg.flags.join(', ')),
      tones: { strong: () => true, said: () => true },
      pinned: 'left',
      width: 136,
    },
    {
      key: 'quantity',
      header: isSold ? 'Sell' : 'Buy',
      note: { what: isSold ? 'contracts to sell' : 'contracts to buy', unit: 'contracts' },
      value: (leg) => leg.quantity,
      text: (leg) => integer(leg.quantity),
      tones: { strong: () => true },
      width: 52,
    },
    {
      key: 'price',
      header: isSold ? 'At bid' : 'At ask',
      unit: currency,
      note: {
        what: 'limit price that everything is counted with, per unit',
        formula: isSold ? 'bid + share of the spread' : 'ask − share of the spread',
        source: 'imported quotes',
      },
      value: (leg) => leg.price,
      text: (leg) => price(leg.price),
      tones: { bid: () => isSold, ask: () => !isSold },
      width: 82,
    },
    {
      key: 'delta',
      header: 'Δ',
      note: { what: 'delta of one option, long', unit: 'per unit of the underlying' },
      value: (leg) => leg.delta,
      text: (leg) => signedDecimal(leg.delta, 3),
      width: 56,
    },
    {
      key: 'skewPremium',
      header: 'Skew',
      unit: '%',
      note: {
        what: 'first set: what its volatility stands above at the money',
        formula: 'σ(K) ÷ σ(ATM) − 1',
      },
      value: (leg) => leg.skewPremium,
      text: (leg) => signedPercent(leg.skewPremium, 1),
      reason: (leg) => (leg.skewPremium === null ? 'The expiry has no fitted smile.' : null),
      width: 62,
    },
    {
      key: 'impliedToHistorical',
      header: 'IV ÷ HV',
      note: { what: 'second set: implied against realized volatility of the same term', unit: 'ratio' },
      value: (leg) => leg.impliedToHistorical,
      text: (leg) => decimal(leg.impliedToHistorical, 2),
      reason: (leg) => (leg.impliedToHistorical === null ? 'The name has too few daily prices.' : null),
      width: 62,
    },
    ...(isSold
      ? ([
          {
            key: 'score',
            header: 'Score',
            note: {
              what: 'the two sets balanced, each standardized over all candidates',
              formula: 'λ · skew + (1 − λ) · IV ÷ HV',
              unit: 'standard deviations',
            },
            value: (leg) => leg.score,
            text: (leg) => signedDecimal(leg.score, 2),
            width: 54,
          },
          {
            key: 'rank',
            header: 'Rank',
            note: { what: 'place among all candidates by score' },
            value: (leg) => leg.rank,
            text: (leg) => integer(leg.rank),
            width: 46,
          },
        ] satisfies ColumnSpec<HedgeLeg>[])
      : []),
    {
      key: 'vol',
      header: 'IV',
      unit: '%',
      note: { what: 'implied volatility at the mark' },
      value: (leg) => leg.quote.vol,
      text: (leg) => volPercent(leg.quote.vol),
      reason: (leg) => (leg.quote.vol === null ? 'The quote has no implied volatility.' : null),
      width: 56,
    },
    {
      key: 'reason',
      header: 'Why',
      note: { what: 'the first of its reasons; all of them below for the leg in front' },
      align: 'left',
      value: (leg) => leg.reasons[0] ?? null,
      text: (leg) => leg.reasons[0] ?? none,
      reason: (leg) => leg.reasons.join('\n'),
      tones: { said: () => true },
      grow: true,
      width: 180,
    },
  ];
}

/** The list beside the leg under review. */
export const reviewColumns = (
  currency: string,
  changed: readonly string[],
): readonly ColumnSpec<HedgeLeg>[] => [
  {
    key: 'decision',
    header: '',
    note: { what: 'accepted ✓, rejected ✕, or not yet decided' },
    align: 'center',
    value: (leg) => leg.decision,
    text: (leg) => decisionMarks[leg.decision],
    reason: (leg) =>
      leg.decisionReason === null
        ? decisionWords[leg.decision]
        : `${decisionWords[leg.decision]}: ${leg.decisionReason}`,
    tones: { said: () => true, error: (leg) => leg.decision === 'rejected' },
    width: 28,
  },
  {
    key: 'contract',
    header: 'Leg',
    note: { what: 'sell (−) or buy (+), underlying, strike, type' },
    align: 'left',
    value: (leg) => leg.contract,
    text: (leg) => `${legName(leg)}${leg.note === undefined ? '' : ' ✎'}`,
    reason: (leg) =>
      [leg.note === undefined ? '' : `✎ ${leg.note}`, ...leg.flags.map((flag) => `△ ${flag}`)]
        .filter((text) => text !== '')
        .join('\n') || null,
    tones: {
      strong: () => true,
      said: () => true,
      dim: (leg) => leg.decision === 'rejected',
      edited: (leg) => changed.includes(leg.legId),
    },
    width: 172,
  },
  {
    key: 'quantity',
    header: 'Qty',
    note: { what: 'contracts; minus is sold', unit: 'contracts' },
    value: (leg) => (leg.side === 'sell' ? -leg.quantity : leg.quantity),
    text: (leg) => signedDecimal(leg.side === 'sell' ? -leg.quantity : leg.quantity, 0),
    width: 54,
  },
  {
    key: 'price',
    header: 'Limit',
    unit: currency,
    note: { what: 'limit price per unit' },
    value: (leg) => leg.price,
    text: (leg) => price(leg.price),
    width: 72,
  },
];

export type NotTakenRow = HedgeProposal['notTaken'][number];
export const notTakenColumns: readonly ColumnSpec<NotTakenRow>[] = [
  {
    key: 'contract',
    header: 'Candidate',
    note: { what: 'a candidate that was not taken' },
    align: 'left',
    value: (row) => row.contract,
    text: (row) => row.contract,
    width: 176,
  },
  {
    key: 'score',
    header: 'Score',
    note: { what: 'the two sets balanced', unit: 'standard deviations' },
    value: (row) => row.score,
    text: (row) => signedDecimal(row.score, 2),
    reason: (row) => (row.score === null ? 'Puts have no score.' : null),
    width: 62,
  },
  {
    key: 'reason',
    header: 'Why not',
    note: { what: 'what kept it out' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason,
    reason: (row) => row.reason,
    tones: { said: () => true },
    grow: true,
    width: 200,
  },
];
