import type { HedgeProposal } from '../../../../shared/contract/hedge.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';
import type { OpenLeg } from './held-legs.ts';
import { modelMark } from './model-mark.ts';
import { valuationOf } from './hedge-scenarios.ts';

/** An option held already, as a proposal keeps it. */
export type HeldOption = NonNullable<HedgeProposal['held']>[number];

interface Existing {
  readonly shortCalls: number;
  /** Σ contracts × multiplier × delta, units of the underlying. */
  readonly deltaUnits: number;
  /** Long puts, units of the underlying. */
  readonly putUnits: number;
  /** Without a delta in the chain of the day. */
  readonly unknown: readonly string[];
  readonly held: readonly HeldOption[];
}

/** What options that are on already add on one underlying, at the deltas of the day's chain; expired ones nothing. */
export function existingOn(
  chain: AnalyzedChain,
  open: readonly OpenLeg[],
  facts: { readonly beta: number; readonly asOf: IsoDate },
): Existing {
  let [shortCalls, deltaUnits, putUnits] = [0, 0, 0];
  const unknown: string[] = [];
  const held: HeldOption[] = [];
  for (const leg of open) {
    if (leg.symbol !== chain.analysis.symbol || leg.expiry < facts.asOf) continue;
    const { contract, optionType, quantity } = leg;
    const listed = chain.analysis.expiries.find(
      ({ rows }) => rows?.[optionType].contract.includes(contract) === true,
    );
    const at = listed?.rows?.[optionType].contract.indexOf(contract) ?? -1;
    const side = listed?.rows?.[optionType];
    const model = side?.delta[at] == null ? modelMark(chain, contract) : null;
    const delta = side?.delta[at] ?? model?.delta ?? null;
    const expiry = listed ?? model?.expiry;
    if (expiry === undefined || delta === null) {
      unknown.push(contract);
      continue;
    }
    deltaUnits += quantity * expiry.multiplier * delta;
    if (optionType === 'call' && quantity < 0) shortCalls -= quantity;
    if (optionType === 'put') putUnits += quantity * expiry.multiplier;
    held.push({
      contract,
      symbol: leg.symbol,
      type: optionType,
      strike: leg.strike,
      quantity,
      multiplier: expiry.multiplier,
      beta: facts.beta,
      valuation: valuationOf(chain, expiry, side?.markVol[at] ?? model?.vol ?? null),
    });
  }
  return { shortCalls, deltaUnits, putUnits, unknown, held };
}
