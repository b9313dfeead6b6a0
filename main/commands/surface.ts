import type { surfaceCommands } from '../../shared/contract/surface.ts';
import { ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { chainDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import type { SkewHistories } from './support/market/skew-histories.ts';
import { surfaceOf } from './support/market/surface-view.ts';

export const surfaceHandlers = (
  chains: ChainDesk,
  histories: SkewHistories,
): HandlersFor<typeof surfaceCommands> => ({
  'surface.read': async ({ symbol, asOf, mark, clock }, context) => {
    const day = chainDay(context.read, symbol, asOf);
    if (!day.ok) return day;
    const found = await chains.analyzed(context, symbol, day.value, mark, clock);
    return found.ok ? ok(surfaceOf(found.value.analysis)) : found;
  },

  'skew.history': async ({ symbol, asOf, measure, sessions }, context) => {
    const day = chainDay(context.read, symbol, asOf);
    if (!day.ok) return day;
    let told = 0;
    const days = await histories.of(context, symbol, day.value, sessions + 1, (done, total) => {
      told = done;
      context.progress({ label: `Skew of ${symbol}`, done: told, total });
    });
    return ok({
      symbol,
      asOf: day.value,
      measures: histories.read(days, day.value, measure === undefined ? undefined : [measure]),
    });
  },
});
