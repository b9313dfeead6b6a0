import type { BasketResult, BasketRules } from '../../../../shared/contract/basket.ts';
import { sessionsPerYear } from '../../../../shared/dates.ts';
import type { TrackingBasketInput } from '../../../../shared/quant/basket/basket.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { unmetOf, weightOverlapOf } from './basket-checks.ts';
import { basketInputs, type BasketInputs } from './basket-inputs.ts';
import { basketOutcome, weeksPerYear } from './basket-outcome.ts';

/** Searches at most this often where whole lots break a rule that the weights kept. */
const mostSearches = 3;

function searchInput(rules: BasketRules, inputs: BasketInputs): TrackingBasketInput {
  const { inSample, weightOf, vols, indexVol, sectors } = inputs;
  const symbols = Object.keys(inSample.stocks);
  const weights = {
    index: inSample.index,
    stocks: inSample.stocks,
    periodsPerYear: rules.frequency === 'weekly' ? weeksPerYear : sessionsPerYear,
    invested: true,
    indexWeights: Object.fromEntries(weightOf),
    indexSize: weightOf.size,
    vols: Object.fromEntries(symbols.map((symbol) => [symbol, vols.get(symbol) ?? null])),
    indexVol,
    nameBounds: rules.nameBounds,
    boundsBySymbol: rules.boundsBySymbol,
    sectorBounds: rules.sectorBounds,
    sectors: Object.fromEntries(sectors),
  };
  if (rules.names !== undefined) return weights;
  return {
    ...weights,
    maxNames: rules.maxNames,
    minR2: rules.minRSquared,
    maxNameShare: rules.maxIndexShare,
    maxWeightOverlap: rules.maxWeightOverlap,
    minVolDifferential: rules.minVolDifferential,
    volDifferentialShare: rules.volDifferentialShare,
    lock: rules.lock,
    exclude: rules.exclude,
  };
}

/** The search's limits moved past what whole lots took from them; null where that is not what is unmet. */
function tightened(input: TrackingBasketInput, found: BasketResult): TrackingBasketInput | null {
  const { minRSquared, maxWeightOverlap } = found.rules;
  const short = minRSquared === null ? 0 : minRSquared - found.inSample.rSquared;
  const over = maxWeightOverlap === null ? -1 : weightOverlapOf(found) - maxWeightOverlap;
  if (short <= 0 && over < 0) return null;
  return {
    ...input,
    ...(short > 0 ? { minR2: (input.minR2 ?? 0) + 1.5 * short } : {}),
    ...(over >= 0 ? { maxWeightOverlap: (input.maxWeightOverlap ?? 0) - 1.5 * over - 1e-4 } : {}),
  };
}

/**
 * A basket for an index by the rules of math §8: estimation window and holdout cut apart, names chosen in
 * the pool by weights that sum to 1, whole lots for the capital, and the fit of what would really be held.
 * Where the lots break a rule that the weights keep, the search is held to a little more than was asked.
 */
export async function buildBasket(
  rules: BasketRules,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<BasketResult>> {
  const inputs = await basketInputs(rules, context, chains);
  return inputs.ok ? basketFrom(rules, inputs.value, context) : inputs;
}

/** The same, where what it is built from is at hand: other rules of the search may differ. */
export async function basketFrom(
  rules: BasketRules,
  inputs: BasketInputs,
  { read, compute, signal, progress }: QueryContext,
): Promise<Result<BasketResult>> {
  let input: TrackingBasketInput | null = searchInput(rules, inputs);
  let best: BasketResult | null = null;
  for (let search = 0; search < mostSearches && input !== null; search += 1) {
    const count = Object.keys(inputs.inSample.stocks).length;
    progress({ label: `Choosing among ${count} names`, done: 0, total: null });
    const chosen: Awaited<ReturnType<typeof compute.run<'trackingBasket'>>> = await compute.run(
      'trackingBasket',
      input,
      { signal, onProgress: progress },
    );
    if (!chosen.ok) return chosen;
    if (!chosen.value.ok) {
      if (best !== null) break;
      return fail({ ...chosen.value.error, subject: `The basket for ${rules.index}` });
    }
    const outcome = basketOutcome(rules, inputs, chosen.value.value, read);
    if (!outcome.ok) return best === null ? outcome : ok(best);
    if (best === null || unmetOf(outcome.value).length < unmetOf(best).length) best = outcome.value;
    if (unmetOf(best).length === 0 || rules.names !== undefined) break;
    input = tightened(input, outcome.value);
  }
  if (best === null) throw new Error('a search ends with a basket or a failure');
  return ok(best);
}
