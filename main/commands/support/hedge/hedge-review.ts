import type { HedgeLeg, HedgeProposal } from '../../../../shared/contract/hedge.ts';
import { preTradeChecks } from '../../../../shared/quant/hedge/checks.ts';
import { exposureTotals, reviewHedge, type ExposurePosition } from '../../../../shared/quant/hedge/review.ts';
import { ok, type Result } from '../../../../shared/result.ts';

/** Price steps by currency, for the check of limits. */
const tickOf = (currency: string): number => (currency === 'INR' ? 0.05 : 0.01);

const quantityOf = (leg: HedgeLeg): number => (leg.decision === 'rejected' ? 0 : leg.quantity);

/** What a leg counts with once its commission is paid, per unit. */
export const countedPrice = (
  leg: Pick<HedgeLeg, 'side' | 'price' | 'multiplier'>,
  commissionPerContract: number,
): number => {
  const commission = commissionPerContract / leg.multiplier;
  return leg.side === 'sell' ? leg.price - commission : leg.price + commission;
};

/** Stocks of the basket as positions; options held already are in `existingNetDelta` alone. */
export const stockPositions = (proposal: Pick<HedgeProposal, 'holdings'>): ExposurePosition[] =>
  proposal.holdings.map(({ shares, spot, beta }) => ({
    units: shares,
    underlyingPrice: spot,
    beta,
    delta: 1,
    gammaDollar1Pct: 0,
    vegaPerVolPoint: 0,
    thetaPerDay: 0,
    premium: 0,
  }));

function legPosition(leg: HedgeLeg, proposal: HedgeProposal): ExposurePosition {
  const holding = proposal.holdings.find(({ symbol }) => symbol === leg.symbol);
  const sign = leg.side === 'sell' ? -1 : 1;
  return {
    units: sign * quantityOf(leg) * leg.multiplier,
    underlyingPrice: leg.side === 'sell' ? (holding?.spot ?? 0) : proposal.indexLevel,
    beta: leg.side === 'sell' ? (holding?.beta ?? 1) : 1,
    delta: leg.delta,
    gammaDollar1Pct: leg.gammaDollar1Pct,
    vegaPerVolPoint: leg.vegaPerVolPoint,
    thetaPerDay: leg.thetaPerDay,
    premium: -sign * countedPrice(leg, proposal.request.commissionPerContract),
  };
}

/**
 * The proposal with totals, constraints, exposures and pre-trade checks found again from its legs as they
 * stand: rejected legs count nothing. Everything comes from the proposal itself, so that one opened years
 * later gives the same digits.
 */
export function reviewedProposal(proposal: HedgeProposal): Result<HedgeProposal> {
  const { request, legs } = proposal;
  const review = reviewHedge(
    {
      basket: proposal.holdings,
      indexLevel: proposal.indexLevel,
      indexMultiplier: proposal.indexMultiplier,
      overwrite: request.overwrite,
      coverage: request.coverage,
      maxCoverage: request.maxCoverage,
      minCredit: request.minCredit,
      netDeltaLimit: request.netDeltaLimit,
      maxLegs: request.maxLegs,
      existingNetDelta: proposal.existingNetDelta,
      existingProtection: proposal.existingProtection,
    },
    legs.map((leg) => ({
      id: leg.legId,
      side: leg.side,
      symbol: leg.symbol,
      quantity: quantityOf(leg),
      price: countedPrice(leg, request.commissionPerContract),
      delta: leg.delta,
      strike: leg.strike,
      score: leg.score,
    })),
  );
  if (!review.ok) return review;
  const { totals, constraints } = review.value;
  const stocks = stockPositions(proposal);
  const before = exposureTotals(stocks, totals.basketNotional);
  const after = exposureTotals(
    [...stocks, ...legs.map((leg) => legPosition(leg, proposal))],
    totals.basketNotional,
  );
  const withExisting = <T extends { deltaDollar: number; deltaFraction: number }>(exposure: T): T => ({
    ...exposure,
    deltaDollar: exposure.deltaDollar + proposal.existingNetDelta,
    deltaFraction: exposure.deltaFraction + proposal.existingNetDelta / totals.basketNotional,
  });
  const checks = preTradeChecks(
    legs.map((leg) => ({
      legId: leg.legId,
      label: leg.contract,
      side: leg.side,
      symbol: leg.symbol,
      quantity: quantityOf(leg),
      multiplier: leg.multiplier,
      limitPrice: leg.price,
      bid: leg.quote.bid,
      ask: leg.quote.ask,
      isStale: leg.flags.includes('stale quote'),
      isModelQuote: leg.flags.includes('modelled quote'),
      openInterest: leg.openInterest,
    })),
    {
      holdings: proposal.holdings.map(({ symbol, shares, shortCalls }) => ({
        symbol,
        shares,
        callsShort: shortCalls,
      })),
      tickSize: tickOf(proposal.currency),
    },
  );
  return ok({
    ...proposal,
    basketNotional: totals.basketNotional,
    netDelta: totals.netDelta,
    netDeltaFraction: totals.netDeltaFraction,
    netPremium: totals.netPremium,
    premiumReceived: totals.premiumReceived,
    premiumPaid: totals.premiumPaid,
    coverage: totals.coverage,
    constraints: constraints.map((constraint) => ({ ...constraint })),
    before: withExisting(before),
    after: withExisting(after),
    checks: checks.map((check) => ({ ...check, legIds: [...check.legIds] })),
  });
}
