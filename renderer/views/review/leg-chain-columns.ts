import type { HedgeLeg } from '../../../shared/contract/hedge.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { integer, price, signedDecimal, signedMoney, strike, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

type Expiry = OutputOf<'chain.read'>['expiries'][number];

/** A contract that could take the place of a leg. */
export interface LegChoice {
  readonly contract: string;
  readonly strike: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly vol: number | null;
  readonly delta: number | null;
  readonly openInterest: number | null;
  /** What it would be counted with: the side of the market a trade meets. */
  readonly price: number | null;
  /** Premium against the leg that is there, of all contracts: more (+) or less (−). */
  readonly premiumChange: number | null;
  readonly state: 'here' | 'elsewhere' | 'free';
  /** Why it cannot be taken. */
  readonly reason: string | null;
}

/** The contracts of a leg's type in one expiry. */
export function legChoices(
  expiry: Expiry | undefined,
  leg: HedgeLeg,
  legs: readonly HedgeLeg[],
): readonly LegChoice[] {
  const rows = expiry?.rows;
  if (rows == null) return [];
  const side = rows[leg.type];
  const sign = leg.side === 'sell' ? 1 : -1;
  return rows.strikes.flatMap((at, place): readonly LegChoice[] => {
    const contract = side.contract[place] ?? null;
    if (contract === null) return [];
    const [bid, ask, delta] = [side.bid[place] ?? null, side.ask[place] ?? null, side.delta[place] ?? null];
    const met = leg.side === 'sell' ? bid : ask;
    const tradable = met === null || met <= 0 ? null : met;
    const here = contract === leg.contract;
    const elsewhere = !here && legs.some((one) => one.side === leg.side && one.contract === contract);
    return [
      {
        contract,
        strike: at,
        bid,
        ask,
        delta,
        vol: side.markVol[place] ?? null,
        openInterest: side.openInterest[place] ?? null,
        price: tradable,
        premiumChange:
          tradable === null ? null : sign * (tradable - leg.price) * leg.quantity * leg.multiplier,
        state: here ? 'here' : elsewhere ? 'elsewhere' : 'free',
        reason: here
          ? 'It is the leg that is there.'
          : elsewhere
            ? 'It is another leg already.'
            : tradable === null
              ? `It has no ${leg.side === 'sell' ? 'bid' : 'ask'}.`
              : delta === null
                ? (side.reason[place] ?? 'It has no delta.')
                : null,
      },
    ];
  });
}

const marks = { here: '●', elsewhere: '○', free: '' } as const;

export const legChainColumns = (currency: string): readonly ColumnSpec<LegChoice>[] => [
  {
    key: 'strike',
    header: 'Strike',
    note: { what: '● the leg that is there, ○ another leg' },
    value: (row) => row.strike,
    text: (row) => `${marks[row.state]} ${strike(row.strike)}`.trim(),
    reason: (row) => row.reason,
    tones: { strong: (row) => row.state === 'here', said: () => true, dim: (row) => row.reason !== null },
    width: 84,
  },
  {
    key: 'bid',
    header: 'Bid',
    unit: currency,
    note: { what: 'best bid, per unit' },
    value: (row) => row.bid,
    text: (row) => price(row.bid),
    tones: { bid: () => true },
    width: 66,
  },
  {
    key: 'ask',
    header: 'Ask',
    unit: currency,
    note: { what: 'best ask, per unit' },
    value: (row) => row.ask,
    text: (row) => price(row.ask),
    tones: { ask: () => true },
    width: 66,
  },
  {
    key: 'delta',
    header: 'Δ',
    note: { what: 'delta of one option, long', unit: 'per unit of the underlying' },
    value: (row) => row.delta,
    text: (row) => signedDecimal(row.delta, 3),
    width: 60,
  },
  {
    key: 'vol',
    header: 'IV',
    unit: '%',
    note: { what: 'implied volatility at the mark' },
    value: (row) => row.vol,
    text: (row) => volPercent(row.vol),
    width: 56,
  },
  {
    key: 'openInterest',
    header: 'OI',
    note: { what: 'open interest', unit: 'contracts' },
    value: (row) => row.openInterest,
    text: (row) => integer(row.openInterest),
    width: 60,
  },
  {
    key: 'premiumChange',
    header: 'Premium',
    unit: currency,
    note: {
      what: 'premium of all contracts against the leg that is there',
      formula: '± (price − limit) × contracts × multiplier',
    },
    value: (row) => row.premiumChange,
    text: (row) => signedMoney(row.premiumChange),
    tones: {
      gain: (row) => (row.premiumChange ?? 0) > 0,
      loss: (row) => (row.premiumChange ?? 0) < 0,
    },
    width: 84,
  },
];
