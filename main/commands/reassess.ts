import type { reassessCommands } from '../../shared/contract/reassess.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import { reassessHedge, usualReassessRules } from '../../shared/quant/hedge/reassess.ts';
import { chooseRoll, type RollQuote } from '../../shared/quant/hedge/roll.ts';
import { assertThat, fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { chainDay, marketDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { chainOptions, type ChainOption } from './support/market/chain-option.ts';
import { heldHedge } from './support/hedge/held-hedge.ts';
import { keptReassessRules } from './support/hedge/kept-rules.ts';
import { compareRuns, dueOf, hasHedge, keepSchedule, runHead } from './support/hedge/reassess-log.ts';

/** Fields that were left out are left out, so that the usual ones stand. */
const given = <T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const noRun = (runId: number): Failure =>
  failure('not-found', `Re-assessment ${runId}`, { next: 'List the runs to see what there is.' });

export const reassessHandlers = (chains: ChainDesk): HandlersFor<typeof reassessCommands> => ({
  'hedge.reassess': async ({ basket: name, asOf, rules, dividends }, context) => {
    const { read } = context;
    const basket = read.baskets.find(name);
    if (basket === null)
      return fail(failure('not-found', `Basket ${name}`, { next: 'Build and save it first.' }));
    const day = marketDay(read, asOf);
    if (!day.ok) return day;
    const settings = { ...usualReassessRules, ...keptReassessRules(read), ...given(rules) };
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

  'reassess.save': ({ result, rules, cause }, tx) => {
    const runId = tx.reassessments.add({ cause, rules, result });
    const run = tx.read.reassessments.find(runId);
    assertThat(run !== null, `run ${runId} was just written`);
    const head = runHead(run);
    tx.describe({
      subject: `Re-assessment ${runId} of ${result.basket}`,
      detail: `on ${result.asOf} (${cause}): ${head.toAct} of ${head.legs} legs to act on, fired: ${head.fired.join(', ') || 'none'}`,
    });
    tx.announce({ type: 'reassessments.changed' });
    return ok(head);
  },

  'reassess.runs': async ({ basket, limit }, { read }) =>
    ok({ runs: read.reassessments.list(basket ?? null, limit).map(runHead) }),

  'reassess.run': async ({ runId }, { read }) => {
    const run = read.reassessments.find(runId);
    return run === null ? fail(noRun(runId)) : ok({ ...runHead(run), rules: run.rules, result: run.result });
  },

  'reassess.compare': async ({ runId, against }, { read }) => {
    const after = read.reassessments.find(runId);
    if (after === null) return fail(noRun(runId));
    const before =
      against === undefined ? read.reassessments.before(after) : read.reassessments.find(against);
    if (before === null) {
      return against === undefined
        ? fail(
            failure('not-found', `A run of ${after.basket} before ${runId}`, {
              next: 'It is the first one.',
            }),
          )
        : fail(noRun(against));
    }
    return ok(compareRuns(before, after));
  },

  'reassess.due': async (_, { read }) =>
    ok({
      baskets: read.baskets
        .list()
        .filter(({ name }) => hasHedge(read, name))
        .map(({ name }) => dueOf(read, name)),
    }),

  'reassess.setSchedule': ({ basket, schedule }, tx) => {
    if (tx.read.baskets.find(basket) === null)
      return fail(failure('not-found', `Basket ${basket}`, { next: 'Build and save it first.' }));
    keepSchedule(tx.preferences.save, basket, schedule);
    tx.describe({ subject: `Re-assessment of ${basket}`, detail: canonicalJson(schedule) });
    tx.announce({ type: 'reassessments.changed' });
    return ok(dueOf(tx.read, basket));
  },

  'hedge.roll': async ({ symbol, contract, side, quantity, asOf, ...rules }, context) => {
    const day = chainDay(context.read, symbol, asOf);
    if (!day.ok) return day;
    const chain = await chains.analyzed(context, symbol, day.value, 'mid');
    if (!chain.ok) return chain;
    const options = chainOptions(chain.value);
    const quoteOf = (option: ChainOption): RollQuote => {
      const { multiplier: _, mark: _mark, vol: _vol, isAdjusted: _adjusted, ...quote } = option;
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
      candidates: options
        .filter(({ multiplier, isAdjusted }) => multiplier === held.multiplier && !isAdjusted)
        .map(quoteOf),
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
