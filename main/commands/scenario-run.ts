import type { hedgeCommands } from '../../shared/contract/hedge.ts';
import type { scenarioRunCommands } from '../../shared/contract/scenario-run.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredStress } from '../store/index.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import { compareSessions } from './support/scenario/compare-sessions.ts';
import { createScenarioCompute } from './support/scenario/compute-scenario.ts';
import { openSession, sessionName } from './support/scenario/open-session.ts';
import { promotedTrades } from './support/scenario/promote-session.ts';
import { askedShock, type ScenarioBooks } from './support/scenario/scenario-books.ts';
import { replayDays } from './support/scenario/replay-days.ts';
import { runFile } from './support/scenario/run-file.ts';
import { shownColumns, shownExplanation, shownGroups, shownValuation } from './support/scenario/shown.ts';
import { allStresses, isLibraryName, ownStress } from './support/scenario/stresses.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';

/** How long a draft's title may be. */
const longestTitle = 80;

const stressName = (name: string): string => `Stress ${name}`;

function foundStress(tx: MutationContext, stressId: string, removed: boolean): Result<StoredStress> {
  const number = Number(stressId);
  const found = Number.isSafeInteger(number) ? tx.read.scenarios.stress(number) : null;
  if (found === null) {
    const next = 'Those of the library stay; choose one of your own.';
    return fail(failure('not-found', `Stress ${stressId} among your own`, { next }));
  }
  if ((found.removedAt !== null) === removed) return ok(found);
  return fail(
    failure('wrong-state', stressName(found.name), {
      state: removed ? 'in force' : 'removed already',
      action: removed ? 'restored' : 'removed',
      next: removed ? 'Only a removed one can be.' : 'Restore it to have it back.',
    }),
  );
}

export const scenarioRunHandlers = (
  chains: ChainDesk,
  books: ScenarioBooks,
  draft: HandlersFor<typeof hedgeCommands>['suggestion.draft'],
): HandlersFor<typeof scenarioRunCommands> => ({
  'scenario.value': async ({ of, shock }, context) => {
    const source = await books.of(context, of);
    if (!source.ok) return source;
    const { book, subject, takenAt } = source.value;
    const found = await createScenarioCompute(context).revalue(
      subject,
      book,
      askedShock(shock, source.value),
    );
    if (!found.ok) return found;
    const { baseValue, profit, profits } = found.value;
    return ok({ ...shownValuation(found.value), baseValue, profit, profits: [...profits], takenAt });
  },

  'scenario.grid': async ({ of, shock, positionIds, axisA, axisB }, context) => {
    const source = await books.of(context, of);
    if (!source.ok) return source;
    const { book, subject } = source.value;
    const found = await createScenarioCompute(context).grid(subject, {
      book,
      shock: askedShock(shock, source.value),
      axisA,
      axisB,
      ...(positionIds === undefined ? {} : { positionIds }),
    });
    if (!found.ok) return found;
    const grid = found.value;
    return ok({
      aCount: grid.aCount,
      bCount: grid.bCount,
      baseValue: grid.baseValue,
      total: shownColumns(grid.total),
      byName: shownGroups(grid.byName),
      byRole: shownGroups(grid.byRole),
      byFamily: shownGroups(grid.byFamily),
      notValued: grid.notValued.map((one) => ({ ...one })),
      notes: [...grid.notes],
      valuations: grid.valuations,
    });
  },

  'scenario.curve': async ({ of, shock, positionIds, axis, days }, context) => {
    const source = await books.of(context, of);
    if (!source.ok) return source;
    const { book, subject } = source.value;
    const found = await createScenarioCompute(context).curve(subject, {
      book,
      shock: askedShock(shock, source.value),
      axis,
      days,
      ...(positionIds === undefined ? {} : { positionIds }),
    });
    if (!found.ok) return found;
    const { values, lines, baseValue, notValued, notes } = found.value;
    return ok({
      values: [...values],
      lines: lines.map((line) => ({ ...line, columns: shownColumns(line.columns) })),
      baseValue,
      notValued: notValued.map((one) => ({ ...one })),
      notes: [...notes],
    });
  },

  'scenario.explain': async ({ from, to, fromShock, toShock, slices }, context) => {
    const [early, late] = [await books.of(context, from), await books.of(context, to)];
    if (!early.ok) return early;
    if (!late.ok) return late;
    const compute = createScenarioCompute(context);
    const before = compute.shocked(early.value.subject, early.value.book, askedShock(fromShock, early.value));
    const after = compute.shocked(late.value.subject, late.value.book, askedShock(toShock, late.value));
    if (!before.ok) return before;
    if (!after.ok) return after;
    if (before.value.asOf > after.value.asOf) {
      const reason = `it goes from ${before.value.asOf} back to ${after.value.asOf}`;
      return fail(failure('invalid-input', 'The difference explained', { reason }));
    }
    const found = await compute.explain(late.value.subject, {
      from: before.value,
      to: after.value,
      trades: 'value',
      ...(slices === undefined ? {} : { slices }),
    });
    return found.ok ? ok(shownExplanation(found.value)) : found;
  },

  'scenario.run': (request, context) => runFile(request, context, books),

  'scenario.compare': async ({ scenarioIds, shock }, context) =>
    compareSessions(scenarioIds, shock, context, books),

  'scenario.stresses': async ({ of, index }, context) => {
    const { read } = context;
    if (of === undefined) {
      const indexes = read.weights.indices().map((one) => ({ index: one, members: [] }));
      return ok({ stresses: allStresses(read, { indexes, positions: [] }, index) });
    }
    const source = await books.of(context, of);
    return source.ok ? ok({ stresses: allStresses(read, source.value.book, index) }) : source;
  },

  'scenario.addStress': ({ name, note, shock }, tx) => {
    const taken = tx.read.scenarios.stresses().some((one) => one.name === name) || isLibraryName(name);
    if (taken) return fail(failure('already-exists', stressName(name)));
    const added = tx.read.scenarios.stress(tx.scenarios.addStress({ name, note, shock }));
    tx.describe({ subject: stressName(name), detail: 'added' });
    tx.announce({ type: 'scenarios.changed' });
    if (added === null) return fail(failure('not-found', stressName(name)));
    tx.reversible({
      title: `add the stress ${name}`,
      undo: { command: 'scenario.removeStress', input: { stressId: String(added.stressId) } },
    });
    return ok(ownStress(added));
  },

  'scenario.removeStress': ({ stressId }, tx) => {
    const found = foundStress(tx, stressId, false);
    if (!found.ok) return found;
    tx.scenarios.setStressRemoved(found.value.stressId, true);
    tx.describe({ subject: stressName(found.value.name), detail: 'removed; it can be restored' });
    tx.announce({ type: 'scenarios.changed' });
    tx.reversible({
      title: `remove the stress ${found.value.name}`,
      undo: { command: 'scenario.restoreStress', input: { stressId } },
    });
    return ok({});
  },

  'scenario.restoreStress': ({ stressId }, tx) => {
    const found = foundStress(tx, stressId, true);
    if (!found.ok) return found;
    if (tx.read.scenarios.stresses().some(({ name }) => name === found.value.name))
      return fail(failure('already-exists', stressName(found.value.name)));
    tx.scenarios.setStressRemoved(found.value.stressId, false);
    tx.describe({ subject: stressName(found.value.name), detail: 'restored' });
    tx.announce({ type: 'scenarios.changed' });
    tx.reversible({
      title: `restore the stress ${found.value.name}`,
      undo: { command: 'scenario.removeStress', input: { stressId } },
    });
    return ok(ownStress(found.value));
  },

  'scenario.replay': async ({ of, from, to }, context) => {
    const source = await books.of(context, of);
    return source.ok ? replayDays(source.value, { from, to }, context, chains) : source;
  },

  'scenario.promote': ({ scenarioId, basket, note }, tx) => {
    const session = openSession(tx.read, scenarioId, books.readFrozen);
    if (!session.ok) return session;
    const name = sessionName(session.value.stored);
    const { legs, left } = promotedTrades(session.value.rows);
    if (legs.length === 0) {
      const reason =
        left.length === 0
          ? 'it changes no position'
          : `none of its ${left.length} changed positions is a listed option`;
      return fail(failure('no-candidates', name, { reason }));
    }
    const drafted = draft(
      {
        basket,
        legs: [...legs].map((leg) => ({ ...leg, reason: leg.reason ?? '' })),
        origin: 'scenario',
        title: name.slice(0, longestTitle),
        useBeta: true,
        spreadShare: 0,
        commissionPerContract: 0,
        limits: {},
        note: [`From ${name}, frozen on ${session.value.snapshot.asOf}.`, note].join(' ').trim(),
      },
      tx,
    );
    if (!drafted.ok) return drafted;
    const { suggestionId } = drafted.value;
    tx.describe({ subject: name, detail: `${legs.length} legs to suggestion ${suggestionId}` });
    return ok({ suggestionId, legs: legs.length, left: left.map((one) => ({ ...one })) });
  },
});
