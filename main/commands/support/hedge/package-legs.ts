import type { HedgeLeg, HedgeProposal } from '../../../../shared/contract/hedge.ts';

/** Contracts that a leg counts with: none once it is rejected. */
export const quantityOf = (leg: Pick<HedgeLeg, 'decision' | 'quantity'>): number =>
  leg.decision === 'rejected' ? 0 : leg.quantity;

/** What a leg counts with once its commission is paid, per unit. */
export const countedPrice = (
  leg: Pick<HedgeLeg, 'side' | 'price' | 'multiplier'>,
  commissionPerContract: number,
): number => {
  const commission = commissionPerContract / leg.multiplier;
  return leg.side === 'sell' ? leg.price - commission : leg.price + commission;
};

interface Underlying {
  readonly price: number;
  readonly beta: number;
}

/** The price and beta of what a leg is on. */
export function underlyingOf(
  proposal: Pick<HedgeProposal, 'holdings' | 'index' | 'indexLevel' | 'underlyings'>,
  { symbol, side }: Pick<HedgeLeg, 'symbol' | 'side'>,
): Underlying {
  const other = proposal.underlyings?.find((one) => one.symbol === symbol);
  if (other !== undefined) return other;
  const holding = proposal.holdings.find((one) => one.symbol === symbol);
  if (holding !== undefined) return { price: holding.spot, beta: holding.beta };
  if (symbol === proposal.index || side === 'buy') return { price: proposal.indexLevel, beta: 1 };
  return { price: 0, beta: 1 };
}

/** Units of the underlying, negative where sold. */
export const signedUnits = (leg: HedgeLeg): number =>
  (leg.side === 'sell' ? -1 : 1) * quantityOf(leg) * leg.multiplier;
