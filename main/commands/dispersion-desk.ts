import type { dispersionDeskCommands } from '../../shared/contract/dispersion-desk.ts';
import type { HandlersFor } from './handlers.ts';
import { marketDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { correlationTableOf } from './support/dispersion/correlation-reader.ts';
import { dispersionNeighborsOf } from './support/dispersion/dispersion-neighbor-reader.ts';
import { dispersionTradeOf } from './support/dispersion/dispersion-trader.ts';

export const dispersionDeskHandlers = (chains: ChainDesk): HandlersFor<typeof dispersionDeskCommands> => ({
  'dispersion.keep': async (_, context) => chains.keepDays(context),

  'dispersion.matrix': async ({ asOf, ...request }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    return correlationTableOf({ ...request, day: day.value }, context, chains);
  },

  'dispersion.trade': async (request, context) => {
    const day = marketDay(context.read, request.asOf);
    if (!day.ok) return day;
    return dispersionTradeOf(request, day.value, context, chains);
  },

  'dispersion.neighbors': async ({ asOf, ...request }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    return dispersionNeighborsOf({ ...request, day: day.value }, context, chains);
  },
});
