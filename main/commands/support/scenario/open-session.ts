import type { ScenarioHead } from '../../../../shared/contract/scenario.ts';
import type {
  ScenarioEdit,
  ScenarioEditRequest,
  ScenarioStep,
} from '../../../../shared/contract/scenario-edits.ts';
import { daysBetween } from '../../../../shared/dates.ts';
import { failure, type Failure } from '../../../../shared/failure.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import type { ScenarioFailure } from '../../../../shared/quant/scenario/operations.ts';
import { overrideMarket, type MarketOverride } from '../../../../shared/quant/scenario/override-market.ts';
import { shockBook } from '../../../../shared/quant/scenario/shock-book.ts';
import { shockOf } from '../../../../shared/quant/scenario/shock.ts';
import { assertThat, fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers, StoredScenario, StoredSnapshot } from '../../../store/index.ts';
import type { FrozenDesk } from './frozen-desk.ts';
import { newPositions } from './new-position.ts';
import {
  heldRows,
  sessionRows,
  stateOf,
  stateText,
  type SessionRow,
  type SessionState,
} from './session-state.ts';
import { shockWords } from './session-words.ts';

/** A session with everything it stands on. */
export interface OpenSession {
  readonly stored: StoredScenario;
  readonly snapshot: StoredSnapshot;
  readonly frozen: FrozenDesk;
  readonly state: SessionState;
  readonly rows: readonly SessionRow[];
  readonly steps: readonly ScenarioStep[];
}

/** Reads frozen books, each parsed once while it is in use. */
export type ReadFrozen = (read: Readers, snapshotId: number) => FrozenDesk;

const keptDesks = 6;

export function createReadFrozen(): ReadFrozen {
  const kept = new Map<string, FrozenDesk>();
  return (read, snapshotId) => {
    const hash = read.scenarios.snapshot(snapshotId)?.hash ?? '';
    const known = kept.get(hash);
    if (known !== undefined) {
      kept.delete(hash);
      kept.set(hash, known);
      return known;
    }
    const content = read.scenarios.content(snapshotId);
    assertThat(content !== null, `frozen book ${snapshotId} must be on the desk`);
    const desk = JSON.parse(content) as FrozenDesk;
    kept.set(hash, desk);
    const [oldest] = kept.keys();
    if (kept.size > keptDesks && oldest !== undefined) kept.delete(oldest);
    return desk;
  };
}

export const sessionName = ({ name }: Pick<StoredScenario, 'name'>): string => `Session ${name}`;

export function storedSession(read: Readers, scenarioId: number): Result<StoredScenario> {
  const stored = read.scenarios.find(scenarioId);
  if (stored === null) {
    return fail(
      failure('not-found', `Session ${scenarioId}`, { next: 'List the sessions to see what there is.' }),
    );
  }
  return stored.deletedAt === null
    ? ok(stored)
    : fail(
        failure('wrong-state', sessionName(stored), {
          state: 'deleted',
          action: 'used',
          next: 'Restore it first.',
        }),
      );
}

/** What is in force, inherited edits first. */
export const workingEdits = (stored: StoredScenario, steps: readonly ScenarioStep[]): ScenarioEdit[] => [
  ...stored.inherited,
  ...steps.flatMap(({ inForce, edits }) => (inForce ? edits : [])),
];

export function openSession(read: Readers, scenarioId: number, readFrozen: ReadFrozen): Result<OpenSession> {
  const found = storedSession(read, scenarioId);
  if (!found.ok) return found;
  const stored = found.value;
  const steps = read.scenarios.steps(scenarioId);
  const state = stateOf(workingEdits(stored, steps));
  const snapshotId = state.snapshotId ?? stored.snapshotId;
  const snapshot = read.scenarios.snapshot(snapshotId);
  assertThat(snapshot !== null, `frozen book ${snapshotId} must be on the desk`);
  const frozen = readFrozen(read, snapshotId);
  return ok({ stored, snapshot, frozen, state, steps, rows: sessionRows(frozen.book.positions, state) });
}

/** A session as lists show it; reads no frozen book. */
export function headOf(read: Readers, stored: StoredScenario): ScenarioHead {
  const steps = read.scenarios.steps(stored.scenarioId);
  const edits = workingEdits(stored, steps);
  const { added, quantities, removed, market, shock, snapshotId, asOf } = stateOf(edits);
  const snapshot = read.scenarios.snapshot(snapshotId ?? stored.snapshotId);
  assertThat(snapshot !== null, `session ${stored.scenarioId} stands on a frozen book`);
  const { scenarioId, name, note, parentId, cursor, createdAt, createdBy, changedAt, savedAt } = stored;
  return {
    scenarioId,
    name,
    note,
    parentId,
    parentName: parentId === null ? null : (read.scenarios.find(parentId)?.name ?? null),
    asOf: snapshot.asOf,
    takenAt: snapshot.takenAt,
    date: asOf ?? snapshot.asOf,
    unsaved: stateText(edits) !== stateText(stored.saved),
    canUndo: cursor > 0,
    canRedo: cursor < steps.length,
    added: added.size,
    changed: [...quantities.keys()].filter((id) => !added.has(id)).length,
    removed: removed.size,
    marketEdits: market.size,
    shock: shockWords(shock),
    createdAt,
    createdBy,
    changedAt,
    savedAt,
  };
}

/** A refusal of the core, about a session. */
export const scenarioFailure = (subject: string, { code, detail }: ScenarioFailure): Failure =>
  failure(code, subject, detail);

const overridesOf = (market: SessionState['market']): MarketOverride[] =>
  [...market.values()].flatMap(({ symbol, input, expiry, value }) =>
    value === null ? [] : [{ symbol, input, expiry, value }],
  );

/** The book that a session's rows and inputs make, on the session's day, before any shock. */
export function sessionBook({ stored, frozen, state, rows }: OpenSession): Result<ScenarioBook> {
  const moved = overrideMarket({ ...frozen.book, positions: heldRows(rows) }, overridesOf(state.market));
  if (!moved.ok) return fail(scenarioFailure(sessionName(stored), moved.error));
  if (state.asOf === null || state.asOf <= frozen.book.asOf) return moved;
  const daysForward = daysBetween(frozen.book.asOf, state.asOf);
  const dated = shockBook({ book: moved.value, shock: shockOf({ daysForward }) });
  return dated.ok ? ok(dated.value.book) : fail(scenarioFailure(sessionName(stored), dated.error));
}

const rowName = (positionId: string): string => `Position ${positionId}`;

/** Edits as asked, checked against the session, added rows with ids that were never used in it. */
export function checkedEdits(
  session: OpenSession,
  requests: readonly ScenarioEditRequest[],
  read: Readers,
): Result<ScenarioEdit[]> {
  const { stored, frozen, steps } = session;
  const here = new Map(session.rows.map((row) => [row.position.positionId, row]));
  const freeId = freePositionId(session);
  const edits: ScenarioEdit[] = [];
  for (const request of requests) {
    if (request.kind === 'add') {
      const made = newPositions(request.item, frozen, read);
      if (!made.ok) return made;
      for (const one of made.value) {
        const position = { ...one, positionId: freeId(one.label) };
        here.set(position.positionId, { position, frozen: null, change: 'added' });
        edits.push({ kind: 'add', position });
      }
      continue;
    }
    if (request.kind === 'date' && request.asOf !== null && request.asOf < frozen.book.asOf) {
      const reason = `${request.asOf} lies before ${frozen.book.asOf}, the day it was frozen on`;
      return fail(failure('invalid-input', sessionName(stored), { reason }));
    }
    if (!('positionId' in request)) {
      edits.push(
        request.kind === 'date' && request.asOf === frozen.book.asOf ? { kind: 'date', asOf: null } : request,
      );
      continue;
    }
    const row = here.get(request.positionId);
    if (row === undefined) {
      return fail(
        failure('not-found', rowName(request.positionId), {
          next: `Choose a row of ${sessionName(stored)}.`,
        }),
      );
    }
    if (request.kind === 'remove' && row.change === 'removed') {
      const next = 'Restore it to have it back.';
      return fail(
        failure('wrong-state', rowName(request.positionId), {
          state: 'removed already',
          action: 'removed',
          next,
        }),
      );
    }
    if (request.kind === 'remove' && row.change === 'added') here.delete(request.positionId);
    else if (request.kind === 'remove') here.set(request.positionId, { ...row, change: 'removed' });
    else here.set(request.positionId, { ...row, change: row.frozen === null ? 'added' : 'changed' });
    // A row brought back to what was frozen is no longer an edit.
    const back = request.kind === 'change' && row.frozen?.quantity === request.quantity;
    edits.push(back ? { kind: 'restore', positionId: request.positionId } : request);
  }
  if (!edits.some(({ kind }) => kind === 'market')) return ok(edits);
  const { market } = stateOf([...workingEdits(stored, steps), ...edits]);
  const overridden = overrideMarket({ ...frozen.book, positions: [] }, overridesOf(market));
  return overridden.ok ? ok(edits) : fail(scenarioFailure(sessionName(stored), overridden.error));
}

/** Ids for added rows, each asked once: never one that the session's log has seen. */
export function freePositionId({ stored, steps, rows }: OpenSession): (label: string) => string {
  const taken = new Set(rows.map(({ position }) => position.positionId));
  for (const edit of [...stored.inherited, ...steps.flatMap(({ edits }) => edits)])
    if (edit.kind === 'add') taken.add(edit.position.positionId);
  return (label) => {
    let number = 1;
    while (taken.has(`new-${number}/${label}`)) number += 1;
    const positionId = `new-${number}/${label}`;
    taken.add(positionId);
    return positionId;
  };
}

/** Rows whose edits no longer meet the frozen book. */
export const strayEdits = ({ rows, state }: OpenSession): readonly string[] => {
  const here = new Set(rows.map(({ position }) => position.positionId));
  return [...state.removed, ...state.quantities.keys()].filter((id) => !here.has(id));
};
