import type { Chain, ChainExpiry, ChainSide } from '../../../shared/contract/chain.ts';
import type { StrikeWindow } from '../../state/chain.ts';
import type { PickedLeg } from '../../state/picked-legs.ts';
import { nearestStrike, strikesInWindow } from '../../state/smile-axis.ts';

/** One strike of one expiry: where its cells are in the chain's columns. */
export interface ChainRow {
  readonly id: string;
  readonly expiry: ChainExpiry;
  readonly index: number;
  readonly strike: number;
  readonly isAtTheMoney: boolean;
  readonly call: ChainSide;
  readonly put: ChainSide;
}

export const rowIdOf = (expiryKey: string, strike: number): string => `${expiryKey} ${strike}`;

/** What selling at the bid or buying at the ask of a row's quote picks; null where there is no such price. */
export function legAt(
  chain: Pick<Chain, 'underlying' | 'asOf' | 'currency' | 'spot'>,
  row: ChainRow,
  optionType: 'call' | 'put',
  side: PickedLeg['side'],
): PickedLeg | null {
  const quote = row[optionType];
  const contract = quote.contract[row.index] ?? null;
  const price = (side === 'sell' ? quote.bid : quote.ask)[row.index] ?? null;
  if (contract === null || price === null || price <= 0) return null;
  const delta = quote.delta[row.index] ?? null;
  return {
    contract,
    symbol: chain.underlying,
    asOf: chain.asOf,
    side,
    quantity: 1,
    price,
    currency: chain.currency,
    multiplier: row.expiry.multiplier,
    deltaDollar: delta === null || chain.spot === null ? null : delta * chain.spot,
    vegaPerVolPoint: quote.vegaPerVolPoint[row.index] ?? null,
  };
}

export interface ChainTable {
  readonly rows: readonly ChainRow[];
  readonly total: number;
  /** The row nearest to the forward of the expiry in front. */
  readonly centerId: string | null;
  /** Whether anything is held in these expiries. */
  readonly held: boolean;
  /** Whether a suggestion trades in these expiries. */
  readonly suggested: boolean;
  /** The largest bid, ask or mark of these rows; 0 where there is none. */
  readonly highestPrice: number;
}

/** The rows of the expiries given, each cut to its strike window. */
export function chainTable(
  expiries: readonly ChainExpiry[],
  window: StrikeWindow,
  frontKey: string,
): ChainTable {
  const rows: ChainRow[] = [];
  let total = 0;
  let centerId: string | null = null;
  for (const expiry of expiries) {
    if (expiry.rows === null) continue;
    const { strikes, call, put } = expiry.rows;
    const { forward, timeToExpiry, skew } = expiry;
    const { from, to } = strikesInWindow({ strikes, window, forward, vol: skew.atmVol, timeToExpiry });
    const middle = forward === null ? -1 : nearestStrike(strikes, forward);
    total += strikes.length;
    for (let index = from; index < to; index += 1) {
      const strike = strikes[index];
      if (strike === undefined) continue;
      const id = rowIdOf(expiry.key, strike);
      rows.push({ id, expiry, index, strike, isAtTheMoney: index === middle, call, put });
      if (index === middle && expiry.key === frontKey) centerId = id;
    }
  }
  const has = (what: 'held' | 'suggested') =>
    rows.some((row) => row.call[what][row.index] != null || row.put[what][row.index] != null);
  let highestPrice = 0;
  for (const { call, put, index } of rows)
    for (const side of [call, put])
      for (const quote of [side.bid, side.ask, side.mark, side.last])
        highestPrice = Math.max(highestPrice, quote[index] ?? 0);
  return { rows, total, centerId, held: has('held'), suggested: has('suggested'), highestPrice };
}
