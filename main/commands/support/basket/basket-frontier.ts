import type { BasketFrontier } from '../../../../shared/contract/basket-desk.ts';
import type { BasketRules } from '../../../../shared/contract/basket.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { basketFrom } from './basket-builder.ts';
import { basketInputs } from './basket-inputs.ts';

/** The best basket found at each number of names, all other rules held and the r² asked for switched off. */
export async function basketFrontierOf(
  rules: BasketRules,
  sizes: readonly number[],
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<BasketFrontier>> {
  const { names: _, ...free } = rules;
  const inputs = await basketInputs(free, context, chains);
  if (!inputs.ok) return inputs;
  const ordered = [...new Set(sizes)].sort((a, b) => a - b);
  const quiet = { ...context, progress: () => undefined };
  let done = 0;
  const points = await Promise.all(
    ordered.map(async (maxNames) => {
      const built = await basketFrom({ ...free, maxNames, minRSquared: null }, inputs.value, quiet);
      done += 1;
      context.progress({ label: `Baskets of ${rules.index} by size`, done, total: ordered.length });
      return { maxNames, built };
    }),
  );
  for (const { built } of points) if (!built.ok && built.error.code === 'cancelled') return built;
  const refused = points.find(({ built }) => !built.ok && built.error.code !== 'infeasible')?.built;
  if (refused !== undefined && !refused.ok && points.every(({ built }) => !built.ok)) return refused;
  return ok({
    index: rules.index,
    asOf: inputs.value.asOf,
    points: points.map(({ maxNames, built }) => {
      if (!built.ok) {
        const nothing = { names: null, rSquared: null, rSquaredHoldout: null, trackingError: null };
        return { maxNames, ...nothing, symbols: [], reason: sentenceOf(built.error) };
      }
      const { names, inSample, holdout } = built.value;
      const held = names.filter(({ shares }) => shares > 0);
      return {
        maxNames,
        names: held.length,
        rSquared: inSample.rSquared,
        rSquaredHoldout: holdout?.rSquared ?? null,
        trackingError: inSample.trackingError,
        symbols: held.map(({ symbol }) => symbol),
        reason: null,
      };
    }),
  });
}
