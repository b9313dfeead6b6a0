import type { z } from 'zod';
import type { scenarioRunCommands } from '../../../../shared/contract/scenario-run.ts';
import type { ScenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import type { GroupMeasures, Valuation } from '../../../../shared/quant/scenario/result.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { createScenarioCompute } from './compute-scenario.ts';
import { openSession, sessionBook, type OpenSession } from './open-session.ts';
import { askedShock, type ScenarioBooks } from './scenario-books.ts';
import { sessionDifferences } from './session-differences.ts';
import { shockWords } from './session-words.ts';

type Comparison = z.input<(typeof scenarioRunCommands)['scenario.compare']['output']>;

interface Valued {
  readonly session: OpenSession;
  readonly valuation: Valuation;
  readonly shown: Comparison['sessions'][number];
}

async function valued(
  session: OpenSession,
  asked: ScenarioShock | null | undefined,
  context: QueryContext,
): Promise<Result<Valued>> {
  const { stored, snapshot, frozen, state } = session;
  const compute = createScenarioCompute(context);
  const book = sessionBook(session);
  if (!book.ok) return book;
  const shock = askedShock(asked, state);
  const [found, base] = await Promise.all([
    compute.revalue(`Session ${stored.name}`, book.value, shock),
    compute.value(`Session ${stored.name}`, frozen.book),
  ]);
  if (!found.ok) return found;
  if (!base.ok) return base;
  const { total, notValued, notes } = found.value;
  return ok({
    session,
    valuation: found.value,
    shown: {
      scenarioId: stored.scenarioId,
      name: stored.name,
      asOf: snapshot.asOf,
      date: found.value.asOf,
      shock: shockWords(asked === undefined ? state.shock : asked),
      frozenValue: base.value.total.value,
      baseValue: found.value.baseValue,
      total: { ...total },
      notValued: notValued.map((one) => ({ ...one })),
      notes: [...notes],
    },
  });
}

/** Every group of any of them, in the order they are first met; null where a session has none. */
function groupsOf(
  all: readonly Valued[],
  of: (valuation: Valuation) => readonly GroupMeasures[],
): Comparison['byName'] {
  const names = new Set(all.flatMap(({ valuation }) => of(valuation).map(({ group }) => group)));
  return [...names].map((group) => ({
    group,
    values: all.map(({ valuation }) => of(valuation).find((one) => one.group === group)?.value ?? null),
  }));
}

function rowsOf(all: readonly Valued[]): Comparison['rows'] {
  const rows = new Map<string, Comparison['rows'][number]>();
  for (const [at, { session, valuation }] of all.entries()) {
    const quantities = new Map(
      session.rows.map(({ position, change }) => [
        position.positionId,
        change === 'removed' ? null : position.quantity,
      ]),
    );
    for (const { positionId, symbol, label, family, measures } of valuation.positions) {
      const none = (): (number | null)[] => all.map(() => null);
      const row = rows.get(positionId) ?? {
        positionId,
        symbol,
        label,
        family,
        quantities: none(),
        values: none(),
      };
      row.quantities[at] = quantities.get(positionId) ?? null;
      row.values[at] = measures?.value ?? null;
      rows.set(positionId, row);
    }
  }
  return [...rows.values()];
}

/** Sessions side by side, each valued in full, with every difference to the first in a line of its own. */
export async function compareSessions(
  scenarioIds: readonly number[],
  shock: ScenarioShock | null | undefined,
  context: QueryContext,
  books: ScenarioBooks,
): Promise<Result<Comparison>> {
  const all: Valued[] = [];
  for (const scenarioId of new Set(scenarioIds)) {
    const session = openSession(context.read, scenarioId, books.readFrozen);
    const one = session.ok ? await valued(session.value, shock, context) : session;
    if (!one.ok) return fail(one.error);
    all.push(one.value);
    context.progress({ label: 'Comparing sessions', done: all.length, total: scenarioIds.length });
  }
  const [first, ...others] = all;
  return ok({
    sessions: all.map(({ shown }) => shown),
    rows: rowsOf(all),
    byFamily: groupsOf(all, ({ byFamily }) => byFamily),
    byName: groupsOf(all, ({ byName }) => byName),
    differences:
      first === undefined ? [] : others.flatMap(({ session }) => sessionDifferences(first.session, session)),
  });
}
