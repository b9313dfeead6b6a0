import type { basketCommands, SavedResult } from '../../shared/contract/basket.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { buildBasket } from './support/basket/basket-builder.ts';
import { unmetOf } from './support/basket/basket-checks.ts';
import { savedVersion } from './support/basket/basket-versions.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import type { HandlersFor } from './handlers.ts';

export const basketHandlers = (chains: ChainDesk): HandlersFor<typeof basketCommands> => ({
  'basket.build': (rules, context) => buildBasket(rules, context, chains),

  'basket.save': ({ name, result, note, acceptance }, tx) => {
    if (result.names.every(({ shares }) => shares === 0)) return fail(failure('basket-without-shares', name));
    const unmet = unmetOf(result).map(({ rule, limit, value }) => `${rule} ${value}, ${limit}`);
    if (unmet.length > 0 && acceptance === undefined) {
      return fail(failure('basket-rules-unmet', name, { unmet: unmet.join('; ') }));
    }
    const accepted = unmet.length > 0 && acceptance !== undefined ? { reason: acceptance, unmet } : null;
    const kept: SavedResult = {
      ...result,
      ...(note === undefined || note === '' ? {} : { note }),
      ...(accepted === null ? {} : { acceptance: accepted }),
    };
    const saved = tx.baskets.insert(name, kept);
    const detail = `version ${saved.version}: ${result.names.length} names of ${result.index}, r² ${result.inSample.rSquared.toFixed(4)}`;
    tx.describe({
      subject: name,
      detail: accepted === null ? detail : `${detail}; accepted with ${unmet.join('; ')}: ${accepted.reason}`,
    });
    tx.reversible({
      title: `Save ${name}, version ${saved.version}`,
      undo: { command: 'basket.remove', input: { name, version: saved.version } },
    });
    tx.announce({ type: 'baskets.changed' });
    return ok(saved);
  },

  'basket.remove': ({ name, version }, tx) => {
    const { baskets, suggestions } = tx.read;
    const newest = baskets.find(name);
    const subject = `${name}, version ${version}`;
    if (newest?.version !== version)
      return fail(
        failure('not-found', subject, { next: 'Only the newest version of a basket can be removed.' }),
      );
    const made = suggestions
      .list()
      .find(({ proposal }) => proposal.basket === name && proposal.basketVersion === version);
    if (made !== undefined)
      return fail(
        failure('wrong-state', subject, {
          state: `the basket of suggestion ${made.suggestionId}`,
          action: 'removed',
          next: 'Save a newer version instead.',
        }),
      );
    tx.baskets.remove(name, version);
    const { note, acceptance, ...result } = newest.result;
    tx.reversible({
      title: `Remove ${subject}`,
      undo: {
        command: 'basket.save',
        input: { name, result, note, ...(acceptance === undefined ? {} : { acceptance: acceptance.reason }) },
      },
    });
    tx.describe({ subject: name, detail: `version ${version} removed` });
    tx.announce({ type: 'baskets.changed' });
    return ok({ name, version });
  },

  'basket.list': async (_, { read }) => ok({ baskets: [...read.baskets.list()] }),

  'basket.read': async (version, { read }) => savedVersion(read, version),
});
