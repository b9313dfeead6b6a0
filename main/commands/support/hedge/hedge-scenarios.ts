import type { OptionValuation, ScenarioComparison } from '../../../../shared/contract/hedge-package.ts';
import type { HedgeProposal } from '../../../../shared/contract/hedge.ts';
import type { ExpiryAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import { scenarioGrid, type ScenarioPosition } from '../../../../shared/quant/hedge/standard-scenarios.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';
import { quantityOf, underlyingOf } from './package-legs.ts';

/** What an option of an analyzed expiry is valued from again; null where a part of it is missing. */
export function valuationOf(
  chain: AnalyzedChain,
  expiry: Pick<ExpiryAnalysis, 'forward' | 'discountFactor' | 'timeToExpiry'>,
  vol: number | null,
): OptionValuation | null {
  const { forward, discountFactor, timeToExpiry } = expiry;
  const underlyingPrice = chain.spot ?? forward;
  if (vol === null || forward === null || underlyingPrice === null || timeToExpiry <= 0) return null;
  const { exercise } = chain.analysis;
  return { underlyingPrice, forward, discountFactor, timeToExpiry, vol, exercise };
}

/** Profit under the standard scenarios with and without the legs; null where no leg can be valued again. */
export function scenariosOf(proposal: HedgeProposal): ScenarioComparison | null {
  const { legs, holdings, held = [] } = proposal;
  const counted = legs.filter((leg) => quantityOf(leg) > 0);
  // Legs of an older version carry nothing to value them from.
  if (legs.length > 0 && legs.every(({ valuation }) => valuation === undefined)) return null;
  const stocks = holdings.map(({ shares, spot, beta }): ScenarioPosition => ({
    units: shares,
    price: spot,
    beta,
  }));
  const existing = held.map(({ quantity, multiplier, beta, type, strike, valuation }): ScenarioPosition => ({
    units: quantity * multiplier,
    price: valuation?.underlyingPrice ?? 0,
    beta,
    option: valuation === null ? null : { ...valuation, optionType: type, strike },
  }));
  const added = counted.map((leg): ScenarioPosition => {
    const { price, beta } = underlyingOf(proposal, leg);
    return {
      units: (leg.side === 'sell' ? -1 : 1) * leg.quantity * leg.multiplier,
      price,
      beta,
      option: leg.valuation == null ? null : { ...leg.valuation, optionType: leg.type, strike: leg.strike },
    };
  });
  const before = scenarioGrid({ positions: [...stocks, ...existing] });
  const change = scenarioGrid({ positions: added });
  const after = before.profit.map((row, i) => row.map((sum, j) => sum + (change.profit[i]?.[j] ?? 0)));
  const { spotMoves, volShifts } = before;
  let worstAfter = { spotMove: 0, volShift: 0, profit: 0 };
  after.forEach((row, i) => {
    row.forEach((profit, j) => {
      if (profit < worstAfter.profit)
        worstAfter = { spotMove: spotMoves[j] ?? 0, volShift: volShifts[i] ?? 0, profit };
    });
  });
  const names = [...held.map(({ contract }) => contract), ...counted.map(({ contract }) => contract)];
  const left = [
    ...before.left.map((at) => names[at - stocks.length] ?? ''),
    ...change.left.map((at) => counted[at]?.contract ?? ''),
  ];
  return {
    spotMoves: [...spotMoves],
    volShifts: [...volShifts],
    before: before.profit.map((row) => [...row]),
    after,
    worstBefore: { ...before.worst },
    worstAfter,
    left,
  };
}
