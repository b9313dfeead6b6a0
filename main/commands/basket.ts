import type { basketCommands } from '../../shared/contract/basket.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { buildBasket } from './support/basket/basket-builder.ts';
import { savedVersion } from './support/basket/basket-versions.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import type { HandlersFor } from './handlers.ts';

export const basketHandlers = (chains: ChainDesk): HandlersFor<typeof basketCommands> => ({
  'basket.build': (rules, context) => buildBasket(rules, context, chains),

  'basket.save': ({ name, result }, tx) => {
    if (result.names.every(({ shares }) => shares === 0)) return fail(failure('basket-without-shares', name));
    const saved = tx.baskets.insert(name, result);
    tx.describe({
      subject: name,
      detail: `version ${saved.version}: ${result.names.length} names of ${result.index}, r² ${result.inSample.rSquared.toFixed(4)}`,
    });
    tx.announce({ type: 'baskets.changed' });
    return ok(saved);
  },

  'basket.list': async (_, { read }) => ok({ baskets: [...read.baskets.list()] }),

  'basket.read': async (version, { read }) => savedVersion(read, version),
});
