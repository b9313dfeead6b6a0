import type { HedgeLeg, HedgeProposal } from '../../../../shared/contract/hedge.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { canonicalJson } from '../../../../shared/canonical.ts';

type Comparison = OutputOf<'suggestion.compare'>;

const taken = ({ decision, quantity }: HedgeLeg): boolean => decision !== 'rejected' && quantity > 0;
const keyOf = ({ side, contract }: Pick<HedgeLeg, 'side' | 'contract'>): string => `${side} ${contract}`;

/** The legs of two proposals by contract and side; rejected ones are not there. */
function comparedLegs(a: HedgeProposal, b: HedgeProposal): Comparison['legs'] {
  const ofA = new Map(a.legs.filter(taken).map((leg) => [keyOf(leg), leg]));
  const ofB = new Map(b.legs.filter(taken).map((leg) => [keyOf(leg), leg]));
  return [...new Set([...ofA.keys(), ...ofB.keys()])].flatMap((key) => {
    const [inA, inB] = [ofA.get(key), ofB.get(key)];
    const leg = inA ?? inB;
    if (leg === undefined) return [];
    const isSame = inA?.quantity === inB?.quantity && inA?.price === inB?.price;
    return [
      {
        contract: leg.contract,
        side: leg.side,
        quantityA: inA?.quantity ?? 0,
        quantityB: inB?.quantity ?? 0,
        priceA: inA?.price ?? null,
        priceB: inB?.price ?? null,
        change: inA === undefined ? 'only-b' : inB === undefined ? 'only-a' : isSame ? 'same' : 'changed',
      } as const,
    ];
  });
}

function totalsOf(proposal: HedgeProposal): Readonly<Record<string, number>> {
  const { after } = proposal;
  return {
    netDelta: proposal.netDelta,
    netDeltaFraction: proposal.netDeltaFraction,
    netPremium: proposal.netPremium,
    premiumReceived: proposal.premiumReceived,
    premiumPaid: proposal.premiumPaid,
    coverage: proposal.coverage,
    basketNotional: proposal.basketNotional,
    legs: proposal.legs.filter(taken).length,
    contracts: proposal.legs.filter(taken).reduce((sum, { quantity }) => sum + quantity, 0),
    deltaDollar: after.deltaDollar,
    gammaDollar1Pct: after.gammaDollar1Pct,
    vegaPerVolPoint: after.vegaPerVolPoint,
    thetaPerDay: after.thetaPerDay,
  };
}

/** What differs between two cases: legs, totals, and the settings they were asked with. */
export function compareProposals(
  a: HedgeProposal,
  b: HedgeProposal,
): Pick<Comparison, 'legs' | 'totals' | 'settings'> {
  const [ofA, ofB] = [totalsOf(a), totalsOf(b)];
  const [askedA, askedB] = [Object.entries(a.request), new Map(Object.entries(b.request))];
  const names = new Set([...askedA.map(([name]) => name), ...askedB.keys()]);
  const valuesA = new Map<string, unknown>(askedA);
  const said = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));
  return {
    legs: comparedLegs(a, b),
    totals: Object.entries(ofA).map(([name, value]) => ({
      name,
      a: value,
      b: ofB[name] ?? 0,
      difference: (ofB[name] ?? 0) - value,
    })),
    settings: [...names]
      .map((name) => ({ name, a: said(valuesA.get(name)), b: said(askedB.get(name)) }))
      .filter((setting) => setting.a !== setting.b),
  };
}
