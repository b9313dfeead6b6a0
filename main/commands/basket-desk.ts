import type { basketDeskCommands } from '../../shared/contract/basket-desk.ts';
import { sentenceOf } from '../../shared/failure.ts';
import { ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { marketDay } from './support/market/as-of.ts';
import { buildBasket } from './support/basket/basket-builder.ts';
import { basketDriftOf } from './support/basket/basket-drift.ts';
import { basketTradesOf } from './support/basket/basket-trades.ts';
import { basketUniverseOf } from './support/basket/basket-universe.ts';
import { compareBaskets, headOf, savedVersion } from './support/basket/basket-versions.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';

export const basketDeskHandlers = (chains: ChainDesk): HandlersFor<typeof basketDeskCommands> => ({
  'basket.universe': async ({ index, asOf }, { read }) => {
    const day = marketDay(read, asOf);
    return day.ok ? basketUniverseOf(index, day.value, read) : day;
  },

  'basket.frontier': async ({ rules, sizes }, context) => {
    const day = marketDay(context.read, rules.asOf);
    if (!day.ok) return day;
    const { names: _, ...free } = rules;
    const ordered = [...new Set(sizes)].sort((a, b) => a - b);
    let done = 0;
    const points = await Promise.all(
      ordered.map(async (maxNames) => {
        const built = await buildBasket(
          { ...free, maxNames, minRSquared: null },
          { ...context, progress: () => undefined },
          chains,
        );
        done += 1;
        context.progress({ label: `Baskets of ${rules.index} by size`, done, total: ordered.length });
        return { maxNames, built };
      }),
    );
    const cancelled = points.find(({ built }) => !built.ok && built.error.code === 'cancelled');
    if (cancelled !== undefined && !cancelled.built.ok) return cancelled.built;
    const refused = points.find(({ built }) => !built.ok && built.error.code !== 'infeasible');
    if (refused !== undefined && !refused.built.ok && points.every(({ built }) => !built.ok))
      return refused.built;
    return ok({
      index: rules.index,
      asOf: day.value,
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
  },

  'basket.versions': async ({ name }, { read }) => {
    const newest = savedVersion(read, { name });
    if (!newest.ok) return newest;
    const versions = Array.from({ length: newest.value.version }, (_, i) =>
      read.baskets.find(name, newest.value.version - i),
    );
    return ok({ versions: versions.filter((one) => one !== null).map(headOf) });
  },

  'basket.compare': async ({ before, after }, { read }) => {
    const was = savedVersion(read, before);
    if (!was.ok) return was;
    const is = savedVersion(read, after);
    return is.ok ? ok(compareBaskets(was.value, is.value)) : is;
  },

  'basket.trades': async ({ asOf, book, others, wholeLots, ...version }, { read }) => {
    const day = marketDay(read, asOf);
    if (!day.ok) return day;
    const saved = savedVersion(read, version);
    return saved.ok ? ok(basketTradesOf(saved.value, day.value, { book, others, wholeLots }, read)) : saved;
  },

  'basket.drift': async ({ asOf, ...version }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const saved = savedVersion(context.read, version);
    return saved.ok ? basketDriftOf(saved.value, day.value, context, chains) : saved;
  },
});
