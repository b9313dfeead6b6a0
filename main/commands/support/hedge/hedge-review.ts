import type { PackageLimits } from '../../../../shared/contract/hedge-package.ts';
import type { HedgeLeg, HedgeProposal } from '../../../../shared/contract/hedge.ts';
import { preTradeChecks } from '../../../../shared/quant/hedge/checks.ts';
import { optionExposure } from '../../../../shared/quant/hedge/option-exposure.ts';
import {
  exposureTotals,
  reviewHedge,
  type ExposurePosition,
  type HedgeReview,
} from '../../../../shared/quant/hedge/review.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import { scenariosOf } from './hedge-scenarios.ts';
import { countedPrice, quantityOf, signedUnits, underlyingOf } from './package-legs.ts';

/** Price steps by currency, for the check of limits. */
const tickOf = (currency: string): number => (currency === 'INR' ? 0.05 : 0.01);

/** An option and what it is on. */
interface OnSymbol extends ExposurePosition {
  readonly symbol: string;
}

/** Stocks of the basket as positions. */
const stockPositions = (proposal: Pick<HedgeProposal, 'holdings'>): ExposurePosition[] =>
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

/**
 * Options held already, valued in full: gamma, vega and theta. Their delta is `existingNetDelta`, which knows
 * those without a volatility too.
 */
const heldPositions = ({ held = [] }: Pick<HedgeProposal, 'held'>): OnSymbol[] =>
  held.flatMap(({ symbol, quantity, multiplier, beta, type, strike, valuation }) => {
    const exposure = valuation === null ? null : optionExposure({ ...valuation, optionType: type, strike });
    if (valuation === null || exposure === null) return [];
    const units = quantity * multiplier;
    return [
      { ...exposure, symbol, delta: 0, units, underlyingPrice: valuation.underlyingPrice, beta, premium: 0 },
    ];
  });

/** With the part of the vega that is on the index. */
function exposuresOf(
  options: readonly OnSymbol[],
  proposal: HedgeProposal,
  notional: number,
): HedgeProposal['before'] {
  const onIndex = options.filter(({ symbol }) => symbol === proposal.index);
  return {
    ...exposureTotals([...stockPositions(proposal), ...options], notional),
    indexVegaPerVolPoint: exposureTotals(onIndex, notional).vegaPerVolPoint,
  };
}

function legPosition(leg: HedgeLeg, proposal: HedgeProposal): OnSymbol {
  const sign = leg.side === 'sell' ? -1 : 1;
  const { price, beta } = underlyingOf(proposal, leg);
  return {
    symbol: leg.symbol,
    units: sign * quantityOf(leg) * leg.multiplier,
    underlyingPrice: price,
    beta,
    delta: leg.delta,
    gammaDollar1Pct: leg.gammaDollar1Pct,
    vegaPerVolPoint: leg.vegaPerVolPoint,
    thetaPerDay: leg.thetaPerDay,
    premium: -sign * countedPrice(leg, proposal.request.commissionPerContract),
  };
}

/** Whether the programme of math §9 knows such a leg: a call sold on a holding, an index put bought. */
const isOfProgramme = (leg: HedgeLeg, { holdings, index }: HedgeProposal): boolean =>
  leg.effect !== 'close' &&
  (leg.side === 'sell'
    ? leg.type === 'call' && holdings.some(({ symbol }) => symbol === leg.symbol)
    : leg.type === 'put' && leg.symbol === index);

interface Beside {
  readonly delta: number;
  /** Of puts held that are sold again, money of the index. */
  readonly protection: number;
  readonly received: number;
  readonly paid: number;
  readonly legs: number;
}

/** What the legs that the programme does not know add: bought-back calls, sold puts, puts on names. */
function besideOf(proposal: HedgeProposal, legs: readonly HedgeLeg[]): Beside {
  let [delta, protection, received, paid, count] = [0, 0, 0, 0, 0];
  for (const leg of legs) {
    const units = signedUnits(leg);
    if (units === 0) continue;
    const { price, beta } = underlyingOf(proposal, leg);
    count += 1;
    delta += units * leg.delta * price * beta;
    const money = Math.abs(units) * countedPrice(leg, proposal.request.commissionPerContract);
    if (units < 0) received += money;
    else paid += money;
    if (leg.type === 'put' && leg.symbol === proposal.index && leg.effect === 'close')
      protection += units * proposal.indexLevel;
  }
  return { delta, protection, received, paid, legs: count };
}

const limitsOf = ({ limits, request }: HedgeProposal): PackageLimits =>
  limits ?? {
    overwrite: request.overwrite,
    coverage: request.coverage,
    maxCoverage: request.maxCoverage,
    minCredit: request.minCredit,
    netDeltaLimit: request.netDeltaLimit,
    maxLegs: request.maxLegs,
    // What older versions made has none.
    maxPutLegs: request.maxPutLegs ?? null,
  };

/** Calls short on each holding once those bought back are gone. */
function shortAfter(proposal: HedgeProposal, symbol: string, shortCalls: number): number {
  const back = proposal.legs
    .filter((leg) => leg.symbol === symbol && leg.type === 'call' && leg.side === 'buy')
    .reduce((sum, leg) => sum + (leg.effect === 'close' ? quantityOf(leg) : 0), 0);
  return Math.max(0, shortCalls - back);
}

/** Legs on a basket against its limits. */
function reviewOnBasket(proposal: HedgeProposal): Result<HedgeReview> {
  const { request } = proposal;
  const known = proposal.legs.filter((leg) => isOfProgramme(leg, proposal));
  const beside = besideOf(
    proposal,
    proposal.legs.filter((leg) => !known.includes(leg)),
  );
  return reviewHedge(
    {
      basket: proposal.holdings.map((holding) => ({
        ...holding,
        shortCalls: shortAfter(proposal, holding.symbol, holding.shortCalls),
      })),
      indexLevel: proposal.indexLevel,
      indexMultiplier: proposal.indexMultiplier,
      ...limitsOf(proposal),
      existingNetDelta: proposal.existingNetDelta + beside.delta,
      existingProtection: proposal.existingProtection + beside.protection,
      ...(beside.legs > 0 ? { besidePremium: beside } : {}),
    },
    known.map((leg) => ({
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
}

/** Legs free of a basket: sums alone; fractions are of what the legs stand for, Σ contracts × multiplier × price. */
function reviewFree(proposal: HedgeProposal): HedgeReview {
  const { delta, received, paid, legs } = besideOf(proposal, proposal.legs);
  const notional = proposal.legs.reduce(
    (sum, leg) => sum + Math.abs(signedUnits(leg)) * underlyingOf(proposal, leg).price,
    0,
  );
  return {
    totals: {
      netDelta: delta,
      netDeltaFraction: notional > 0 ? delta / notional : 0,
      netPremium: received - paid,
      premiumReceived: received,
      premiumPaid: paid,
      score: 0,
      coverage: 0,
      legs,
      basketNotional: notional,
    },
    constraints: [],
  };
}

/**
 * The proposal with totals, constraints, exposures, scenarios and pre-trade checks found again from its legs
 * as they stand: rejected legs count nothing. Everything comes from the proposal itself, so that one opened
 * years later gives the same digits.
 */
export function reviewedProposal(proposal: HedgeProposal): Result<HedgeProposal> {
  const { legs } = proposal;
  const isFree = proposal.holdings.length === 0;
  const review: Result<HedgeReview> = isFree ? ok(reviewFree(proposal)) : reviewOnBasket(proposal);
  if (!review.ok) return review;
  const { totals, constraints } = review.value;
  const existing = heldPositions(proposal);
  const before = exposuresOf(existing, proposal, totals.basketNotional);
  const after = exposuresOf(
    [...existing, ...legs.map((leg) => legPosition(leg, proposal))],
    proposal,
    totals.basketNotional,
  );
  const withExisting = <T extends { deltaDollar: number; deltaFraction: number }>(exposure: T): T => ({
    ...exposure,
    deltaDollar: exposure.deltaDollar + proposal.existingNetDelta,
    deltaFraction:
      exposure.deltaFraction +
      (totals.basketNotional > 0 ? proposal.existingNetDelta / totals.basketNotional : 0),
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
      optionType: leg.type,
      expiry: leg.expiry,
      closes: leg.effect === 'close',
      mayBeAssigned: leg.flags.includes('early assignment'),
    })),
    {
      holdings: proposal.holdings.map(({ symbol, shares, shortCalls }) => ({
        symbol,
        shares,
        callsShort: shortCalls,
      })),
      tickSize: tickOf(proposal.currency),
      isFree,
      ...(proposal.checkSeverities === undefined ? {} : { severities: proposal.checkSeverities }),
    },
  );
  const scenarios = scenariosOf(proposal);
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
    ...(scenarios === null ? {} : { scenarios }),
  });
}
