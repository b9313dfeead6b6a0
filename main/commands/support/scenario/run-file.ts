import type { z } from 'zod';
import type { scenarioRunCommands } from '../../../../shared/contract/scenario-run.ts';
import type { ScenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import { failure } from '../../../../shared/failure.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import type { ExplainParts } from '../../../../shared/quant/scenario/result.ts';
import { moneyOfCents } from '../../../../shared/quant/risk-units.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { createScenarioCompute } from './compute-scenario.ts';
import { checkedEdits, openSession, sessionBook, type OpenSession } from './open-session.ts';
import type { FrozenDesk } from './frozen-desk.ts';
import type { ScenarioBooks } from './scenario-books.ts';
import { fileEdits, isSessionFile, readSessionFile } from './session-file.ts';
import { sessionRows, stateOf } from './session-state.ts';
import { shockWords } from './session-words.ts';
import { readShockFile, shockAsWritten } from './shock-file.ts';
import { allStresses } from './stresses.ts';

type Run = z.input<(typeof scenarioRunCommands)['scenario.run']['output']>;

/** A book to run shocks on, and the shocks by name. */
interface Task {
  readonly name: string;
  readonly book: ScenarioBook;
  readonly shocks: readonly { readonly name: string; readonly shock: ScenarioShock }[];
}

/** A session that is nowhere stored: a frozen book with edits on top. */
function looseSession(name: string, frozen: FrozenDesk, edits: Parameters<typeof stateOf>[0]): OpenSession {
  const state = stateOf(edits);
  const at = { createdAt: '', createdBy: '', changedAt: '', savedAt: '', deletedAt: null };
  return {
    stored: {
      scenarioId: 0,
      parentId: null,
      snapshotId: 0,
      name,
      note: '',
      inherited: edits,
      saved: [],
      cursor: 0,
      ...at,
    },
    snapshot: { snapshotId: 0, hash: '', asOf: frozen.book.asOf, takenAt: '', takenBy: '' },
    frozen,
    state,
    steps: [],
    rows: sessionRows(frozen.book.positions, state),
  };
}

/** An exported session: under its own shock, then every stress. */
function taskOfSession(fileName: string, text: string, context: QueryContext): Result<Task> {
  const file = readSessionFile(fileName, text);
  if (!file.ok) return file;
  const session = looseSession(file.value.name, file.value.frozen, fileEdits(file.value));
  const book = sessionBook(session);
  if (!book.ok) return book;
  const { shock } = session.state;
  const own = shock === null ? [] : [{ name: `The shock of ${file.value.name}`, shock }];
  return ok({
    name: file.value.name,
    book: book.value,
    shocks: [...own, ...allStresses(context.read, book.value)],
  });
}

async function taskOfShocks(
  request: { readonly fileName: string; readonly text: string; readonly asOf?: string | undefined },
  context: QueryContext,
  books: ScenarioBooks,
): Promise<Result<Task>> {
  const file = readShockFile(request.fileName, request.text);
  if (!file.ok) return file;
  const { name, session: named, edits, shocks, library } = file.value;
  const stored = named === undefined ? null : context.read.scenarios.named(named);
  if (named !== undefined && stored === null)
    return fail(
      failure('not-found', `Session ${named}`, { next: 'List the sessions to see what there is.' }),
    );
  let session: Result<OpenSession>;
  if (stored === null) {
    const heldOnly =
      !library && edits.length === 0 && shocks.every(({ correlation }) => correlation === undefined);
    const desk = await books.live(context, file.value.asOf ?? request.asOf, { heldOnly });
    if (!desk.ok) return desk;
    session = ok(looseSession(name ?? request.fileName, desk.value, []));
  } else session = openSession(context.read, stored.scenarioId, books.readFrozen);
  if (!session.ok) return session;
  const more = checkedEdits(session.value, edits, context.read);
  if (!more.ok) return more;
  const { rows: _, state: __, ...base } = session.value;
  const state = stateOf([
    ...session.value.stored.inherited,
    ...session.value.steps.flatMap((step) => (step.inForce ? step.edits : [])),
    ...more.value,
  ]);
  const book = sessionBook({ ...base, state, rows: sessionRows(base.frozen.book.positions, state) });
  if (!book.ok) return book;
  const written = shocks.map((one, at) => {
    const shock = shockAsWritten(one, book.value);
    return { name: one.name ?? shockWords(shock) ?? `Shock ${at + 1}`, shock };
  });
  return ok({
    name: name ?? stored?.name ?? 'The live book',
    book: book.value,
    shocks: library ? [...written, ...allStresses(context.read, book.value)] : written,
  });
}

const moneyParts = (parts: ExplainParts): Run['rows'][number]['explained'] => ({
  delta: moneyOfCents(parts.delta),
  gamma: moneyOfCents(parts.gamma),
  vega: moneyOfCents(parts.vega),
  theta: moneyOfCents(parts.theta),
  vanna: moneyOfCents(parts.vanna),
  volga: moneyOfCents(parts.volga),
  carry: moneyOfCents(parts.carry),
  trades: moneyOfCents(parts.trades),
  fixings: moneyOfCents(parts.fixings),
});

/** Every shock of a file on its book: value, change, and the change in parts. */
export async function runFile(
  request: { readonly fileName: string; readonly text: string; readonly asOf?: string | undefined },
  context: QueryContext,
  books: ScenarioBooks,
): Promise<Result<Run>> {
  const task = isSessionFile(request.text)
    ? taskOfSession(request.fileName, request.text, context)
    : await taskOfShocks(request, context, books);
  if (!task.ok) return task;
  const { name, book, shocks } = task.value;
  const compute = createScenarioCompute(context);
  const base = await compute.value(name, book);
  if (!base.ok) return base;
  const rows: Run['rows'] = [];
  const notValued = new Map(base.value.notValued.map((one) => [one.positionId, one]));
  for (const [at, { name: shockName, shock }] of shocks.entries()) {
    const found = await compute.revalue(shockName, book, shock);
    if (!found.ok) return found;
    const to = compute.shocked(shockName, book, shock);
    if (!to.ok) return to;
    const explained = await compute.explain(shockName, { from: book, to: to.value, trades: 'value' });
    if (!explained.ok) return explained;
    context.progress({ label: 'Running shocks', done: at + 1, total: shocks.length });
    for (const one of found.value.notValued) notValued.set(one.positionId, one);
    rows.push({
      shock: shockName,
      words: shockWords(shock),
      value: found.value.total.value,
      change: found.value.profit,
      explained: moneyParts(explained.value.total),
      residual: moneyOfCents(explained.value.total.residual),
      notes: [...found.value.notes],
    });
  }
  return ok({
    name,
    asOf: book.asOf,
    base: base.value.total.value,
    rows,
    notValued: [...notValued.values()].map((one) => ({ ...one })),
  });
}
