import type { basketDeskCommands } from '../../shared/contract/basket-desk.ts';
import { ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { marketDay } from './support/market/as-of.ts';
import { basketDriftOf } from './support/basket/basket-drift.ts';
import { basketFrontierOf } from './support/basket/basket-frontier.ts';
import { basketTradesOf } from './support/basket/basket-trades.ts';
import { basketUniverseOf } from './support/basket/basket-universe.ts';
import { compareBaskets, headOf, savedVersion } from './support/basket/basket-versions.ts';
import { keepDrift } from './support/records/desk-findings.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';

export const basketDeskHandlers = (chains: ChainDesk): HandlersFor<typeof basketDeskCommands> => ({
  'basket.universe': async ({ index, asOf }, { read }) => {
    const day = marketDay(read, asOf);
    return day.ok ? basketUniverseOf(index, day.value, read) : day;
  },

  'basket.frontier': ({ rules, sizes }, context) => basketFrontierOf(rules, sizes, context, chains),

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
    if (!saved.ok) return saved;
    const found = await basketDriftOf(saved.value, day.value, context, chains);
    if (found.ok) keepDrift(context, saved.value, day.value, found.value);
    return found;
  },
});
