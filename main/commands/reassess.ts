import type { reassessCommands } from '../../shared/contract/reassess.ts';
import { failure } from '../../shared/failure.ts';
import { reassessHedge, usualReassessRules } from '../../shared/quant/hedge/reassess.ts';
import { chooseRoll, type RollQuote } from '../../shared/quant/hedge/roll.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { chainDay, marketDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { chainOptions, type ChainOption } from './support/market/chain-option.ts';
import { heldHedge } from './support/hedge/held-hedge.ts';

/** Fields that were left out are left out, so that the usual ones stand. */
const given = <T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

export const reassessHandlers = (chains: ChainDesk): HandlersFor<typeof reassessCommands> => ({
  'hedge.reassess': async ({ basket: name, asOf, rules, dividends }, context) => {
    const { read } = context;
    const basket = read.baskets.find(name);
    if (basket === null)
      return fail(failure('not-found', `Basket ${name}`, { next: 'Build and save it first.' }));
    const day = marketDay(read, asOf);
    if (!day.ok) return day;
    const settings = { ...usualReassessRules, ...given(rules) };
    const found = await heldHedge(
      { basket, asOf: day.value, withVotes: settings.dispersionVotes, dividends },
      context,
      chains,
    );
    if (!found.ok) return found;
    const { hedge, notes, source, suggestion, warnings } = found.value;
    const { actions, fired, unfired } = reassessHedge(hedge, settings);
    return ok({
      basket: name,
      asOf: day.value,
      source,
      suggestionId: suggestion?.suggestionId ?? null,
      tradeDate: hedge.tradeDate,
      notional: hedge.notional,
      netDelta: hedge.netDelta,
      netDeltaFraction: hedge.netDelta === null ? null : hedge.netDelta / hedge.notional,
      actions: hedge.legs.map((leg, at) => ({
        ...actions[at]!,
        alsoFired: [...actions[at]!.alsoFired],
        symbol: leg.symbol,
        side: leg.side,
        type: leg.optionType,
        expiry: leg.expiry,
        strike: leg.strike,
        quantity: leg.quantity,
        multiplier: leg.multiplier,
        daysToExpiry: leg.daysToExpiry,
        openPrice: leg.openPrice,
        mark: leg.mark,
        delta: leg.delta,
        note: notes.get(leg.leg) ?? null,
      })),
      fired: [...fired],
      unfired: [...unfired],
      warnings: [...warnings],
    });
  },

  'hedge.roll': async ({ symbol, contract, side, quantity, asOf, ...rules }, context) => {
    const day = chainDay(context.read, symbol, asOf);
    if (!day.ok) return day;
    const chain = await chains.analyzed(context, symbol, day.value, 'mid');
    if (!chain.ok) return chain;
    const options = chainOptions(chain.value);
    const quoteOf = (option: ChainOption): RollQuote => {
      const { multiplier: _, mark: _mark, vol: _vol, ...quote } = option;
      return quote;
    };
    const held = options.find((option) => option.contract === contract);
    if (held === undefined) {
      return fail(
        failure('not-found', contract, { next: `The chain of ${symbol} on ${day.value} does not list it.` }),
      );
    }
    const chosen = chooseRoll({
      held: quoteOf(held),
      side,
      candidates: options.filter(({ multiplier }) => multiplier === held.multiplier).map(quoteOf),
      rules,
    });
    if (!chosen.ok) return chosen;
    const { best, others, reason } = chosen.value;
    return ok({
      asOf: day.value,
      best,
      others: [...others],
      reason,
      quantity,
      multiplier: held.multiplier,
      creditMoney: best.credit * quantity * held.multiplier,
      quoteModel: chain.value.analysis.quoteModel.note,
    });
  },
});
