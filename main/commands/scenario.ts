import type { ScenarioEdit } from '../../shared/contract/scenario-edits.ts';
import type { scenarioCommands, ScenarioHead } from '../../shared/contract/scenario.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Readers, StoredScenario } from '../store/index.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import { combiningEdits } from './support/scenario/combine-sessions.ts';
import { freezeDesk } from './support/scenario/freeze-book.ts';
import type { Freezes } from './support/scenario/freezes.ts';
import { frozenText } from './support/scenario/frozen-desk.ts';
import {
  checkedEdits,
  freePositionId,
  headOf,
  openSession,
  sessionBook,
  sessionName,
  storedSession,
  strayEdits,
  workingEdits,
  type OpenSession,
} from './support/scenario/open-session.ts';
import type { ScenarioBooks } from './support/scenario/scenario-books.ts';
import { readSessionFile, sessionFileName, sessionFileText } from './support/scenario/session-file.ts';
import { shownNames, shownRow } from './support/scenario/session-rows.ts';
import { editsOf, stateOf, stateText } from './support/scenario/session-state.ts';
import { stepLabel } from './support/scenario/session-words.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';

const longestNewName = 112;

function head(tx: MutationContext, scenarioId: number, detail: string): Result<ScenarioHead> {
  const stored = storedSession(tx.read, scenarioId);
  if (!stored.ok) return stored;
  tx.describe({ subject: sessionName(stored.value), detail });
  tx.announce({ type: 'scenarios.changed' });
  return ok(headOf(tx.read, stored.value));
}

const freeName = (read: Readers, name: string): Result<string> =>
  read.scenarios.named(name) === null ? ok(name) : fail(failure('already-exists', `Session ${name}`));

/** The name itself, or with the first number that nobody has. */
function anyFreeName(read: Readers, name: string): string {
  let [candidate, number] = [name, 1];
  while (read.scenarios.named(candidate) !== null) {
    number += 1;
    candidate = `${name.slice(0, longestNewName)} (${number})`;
  }
  return candidate;
}

const labelsOf = (session: OpenSession): ((positionId: string) => string) => {
  const labels = new Map(session.rows.map(({ position }) => [position.positionId, position.label]));
  return (positionId) => labels.get(positionId) ?? positionId;
};

const savedNow = (read: Readers, stored: StoredScenario): ScenarioEdit[] =>
  editsOf(stateOf(workingEdits(stored, read.scenarios.steps(stored.scenarioId))));

/** Everything a working copy holds goes back to what was saved, as one step. */
function revert(tx: MutationContext, stored: StoredScenario): void {
  tx.scenarios.addStep(stored.scenarioId, {
    label: 'Go back to what was saved',
    mergeKey: null,
    edits: [{ kind: 'reset' }, ...stored.saved],
  });
}

export const scenarioHandlers = (
  chains: ChainDesk,
  books: ScenarioBooks,
  freezes: Freezes,
): HandlersFor<typeof scenarioCommands> => {
  const opened = (read: Readers, scenarioId: number): Result<OpenSession> =>
    openSession(read, scenarioId, books.readFrozen);

  /** Undo or redo: the cursor one step on. */
  const stepBy = (tx: MutationContext, scenarioId: number, by: 1 | -1): Result<ScenarioHead> => {
    const stored = storedSession(tx.read, scenarioId);
    if (!stored.ok) return stored;
    const steps = tx.read.scenarios.steps(scenarioId);
    const { cursor } = stored.value;
    const step = steps[by === 1 ? cursor : cursor - 1];
    if (step === undefined) {
      const [action, next] =
        by === 1
          ? ['redone', 'Only what was undone last can be redone.']
          : ['undone', 'What it was made from stays.'];
      return fail(
        failure('wrong-state', sessionName(stored.value), { state: 'at the end of its log', action, next }),
      );
    }
    tx.scenarios.moveCursor(scenarioId, cursor + by);
    return head(tx, scenarioId, `${by === 1 ? 'redone' : 'undone'}: ${step.label}`);
  };

  return {
    'scenario.list': async (_, { read }) =>
      ok({
        sessions: read.scenarios.list().map((stored) => headOf(read, stored)),
        deleted: read.scenarios.deleted().map((one) => ({ ...one })),
      }),

    'scenario.open': async ({ scenarioId }, { read }) => {
      const session = opened(read, scenarioId);
      if (!session.ok) return session;
      const { stored, frozen, state, rows, steps } = session.value;
      const stray = strayEdits(session.value).map((positionId) => ({
        positionId,
        label: positionId,
        reason: 'An edit of this row stands in the log, and the frozen book no longer holds it.',
      }));
      return ok({
        head: headOf(read, stored),
        rows: rows.map(shownRow),
        market: [...state.market.values()],
        shock: state.shock,
        steps: steps.map((step) => ({ ...step, edits: [...step.edits] })),
        notIncluded: [...frozen.notIncluded.map((one) => ({ ...one })), ...stray],
        quality: [...frozen.quality],
      });
    },

    'scenario.market': async ({ scenarioId }, { read }) => {
      const session = opened(read, scenarioId);
      if (!session.ok) return session;
      const book = sessionBook(session.value);
      return book.ok ? ok({ names: shownNames(book.value, session.value.frozen) }) : book;
    },

    'scenario.freeze': async ({ asOf, symbols }, context) => {
      const desk =
        symbols.length === 0
          ? await books.live(context, asOf)
          : await freezeDesk({ asOf, symbols }, context, chains);
      if (!desk.ok) return desk;
      const { freezeId, takenAt } = freezes.put(desk.value, context.now());
      const { book, notIncluded, quality } = desk.value;
      return ok({
        freezeId,
        takenAt,
        asOf: book.asOf,
        positions: book.positions.length,
        names: book.names.length,
        notIncluded: notIncluded.map((one) => ({ ...one })),
        quality: [...quality],
      });
    },

    'scenario.create': ({ freezeId, name, note }, tx) => {
      const [freeze, free] = [freezes.find(freezeId), freeName(tx.read, name)];
      if (!freeze.ok) return freeze;
      if (!free.ok) return free;
      const snapshotId = tx.scenarios.keepSnapshot(freeze.value);
      const none = { parentId: null, inherited: [], saved: [] };
      const scenarioId = tx.scenarios.insert({ ...none, snapshotId, name, note });
      return head(tx, scenarioId, `from the live book of ${freeze.value.asOf}`);
    },

    'scenario.branch': ({ scenarioId, name, note }, tx) => {
      const [stored, free] = [storedSession(tx.read, scenarioId), freeName(tx.read, name)];
      if (!stored.ok) return stored;
      if (!free.ok) return free;
      const edits = savedNow(tx.read, stored.value);
      const { snapshotId } = stored.value;
      const branch = { parentId: scenarioId, snapshotId, name, note, inherited: edits, saved: edits };
      return head(tx, tx.scenarios.insert(branch), `branched from ${stored.value.name}`);
    },

    'scenario.saveAs': ({ scenarioId, name }, tx) => {
      const [stored, free] = [storedSession(tx.read, scenarioId), freeName(tx.read, name)];
      if (!stored.ok) return stored;
      if (!free.ok) return free;
      const { parentId, snapshotId, note, saved } = stored.value;
      const edits = savedNow(tx.read, stored.value);
      const made = tx.scenarios.insert({ parentId, snapshotId, name, note, inherited: edits, saved: edits });
      if (stateText(edits) !== stateText(saved)) revert(tx, stored.value);
      return head(tx, made, `${stored.value.name} saved under another name`);
    },

    'scenario.edit': ({ scenarioId, edits: requests, label, mergeKey }, tx) => {
      const session = opened(tx.read, scenarioId);
      if (!session.ok) return session;
      const edits = checkedEdits(session.value, requests, tx.read);
      if (!edits.ok) return edits;
      const words = label ?? stepLabel(edits.value, labelsOf(session.value));
      // Only what sets a value can stand for what was set before it.
      const merges = edits.value.every(({ kind }) => kind !== 'add' && kind !== 'remove');
      const step = { label: words, mergeKey: merges ? mergeKey : null, edits: edits.value };
      tx.scenarios.addStep(scenarioId, step);
      return head(tx, scenarioId, words);
    },

    'scenario.combine': ({ scenarioId, otherId, sign }, tx) => {
      const [session, other] = [opened(tx.read, scenarioId), opened(tx.read, otherId)];
      if (!session.ok) return session;
      if (!other.ok) return other;
      const edits = combiningEdits(
        session.value.rows,
        other.value.rows,
        sign === 'add' ? 1 : -1,
        freePositionId(session.value),
      );
      const { name } = other.value.stored;
      const label = sign === 'add' ? `Add the book of ${name}` : `Take off the book of ${name}`;
      if (edits.length === 0)
        return fail(failure('invalid-input', label, { reason: 'that session holds no position' }));
      tx.scenarios.addStep(scenarioId, { label, mergeKey: null, edits });
      return head(tx, scenarioId, label);
    },

    'scenario.undo': ({ scenarioId }, tx) => stepBy(tx, scenarioId, -1),
    'scenario.redo': ({ scenarioId }, tx) => stepBy(tx, scenarioId, 1),

    'scenario.save': ({ scenarioId }, tx) => {
      const stored = storedSession(tx.read, scenarioId);
      if (!stored.ok) return stored;
      tx.scenarios.save(scenarioId, savedNow(tx.read, stored.value));
      return head(tx, scenarioId, 'saved');
    },

    'scenario.revert': ({ scenarioId }, tx) => {
      const stored = storedSession(tx.read, scenarioId);
      if (!stored.ok) return stored;
      if (!headOf(tx.read, stored.value).unsaved) {
        const next = 'Nothing was changed since it was saved.';
        const detail = { state: 'as it was saved', action: 'taken back', next };
        return fail(failure('wrong-state', sessionName(stored.value), detail));
      }
      revert(tx, stored.value);
      return head(tx, scenarioId, 'back to what was saved');
    },

    'scenario.rename': ({ scenarioId, name, note }, tx) => {
      const stored = storedSession(tx.read, scenarioId);
      if (!stored.ok) return stored;
      const before = stored.value;
      const free = name === undefined || name === before.name ? ok(before.name) : freeName(tx.read, name);
      if (!free.ok) return free;
      tx.scenarios.rename(scenarioId, free.value, note ?? before.note);
      tx.reversible({
        title:
          free.value === before.name
            ? `note on the session ${before.name}`
            : `rename ${before.name} to ${free.value}`,
        undo: { command: 'scenario.rename', input: { scenarioId, name: before.name, note: before.note } },
      });
      return head(
        tx,
        scenarioId,
        free.value === before.name ? 'note changed' : `renamed from ${before.name}`,
      );
    },

    'scenario.delete': ({ scenarioId }, tx) => {
      const stored = storedSession(tx.read, scenarioId);
      if (!stored.ok) return stored;
      tx.scenarios.setDeleted(scenarioId, true);
      const { name } = stored.value;
      tx.describe({ subject: sessionName(stored.value), detail: 'deleted; it can be restored' });
      tx.announce({ type: 'scenarios.changed' });
      const undo = { command: 'scenario.restore', input: { scenarioId } };
      tx.reversible({ title: `delete the session ${name}`, undo });
      return ok({});
    },

    'scenario.restore': ({ scenarioId }, tx) => {
      const stored = tx.read.scenarios.find(scenarioId);
      if (stored === null) return fail(failure('not-found', `Session ${scenarioId}`));
      if (stored.deletedAt === null) {
        const detail = { state: 'there', action: 'restored', next: 'Only a deleted one can be.' };
        return fail(failure('wrong-state', sessionName(stored), detail));
      }
      // Its name may have gone to another one since.
      const name = anyFreeName(tx.read, stored.name);
      if (name !== stored.name) tx.scenarios.rename(scenarioId, name, stored.note);
      tx.scenarios.setDeleted(scenarioId, false);
      const undo = { command: 'scenario.delete', input: { scenarioId } };
      tx.reversible({ title: `restore the session ${name}`, undo });
      return head(tx, scenarioId, 'restored');
    },

    'scenario.refresh': ({ scenarioId, freezeId }, tx) => {
      const [stored, freeze] = [storedSession(tx.read, scenarioId), freezes.find(freezeId)];
      if (!stored.ok) return stored;
      if (!freeze.ok) return freeze;
      const snapshotId = tx.scenarios.keepSnapshot(freeze.value);
      const label = `Refresh to the live book of ${freeze.value.asOf}`;
      tx.scenarios.addStep(scenarioId, { label, mergeKey: null, edits: [{ kind: 'refresh', snapshotId }] });
      return head(tx, scenarioId, label);
    },

    'scenario.export': async ({ scenarioId }, { read }) => {
      const session = opened(read, scenarioId);
      if (!session.ok) return session;
      return ok({
        fileName: sessionFileName(session.value.stored.name),
        mediaType: 'application/json',
        text: sessionFileText(session.value),
      });
    },

    'scenario.import': ({ fileName, text, name }, tx) => {
      const file = readSessionFile(fileName, text);
      if (!file.ok) return file;
      const free = name === undefined ? ok(anyFreeName(tx.read, file.value.name)) : freeName(tx.read, name);
      if (!free.ok) return free;
      const { note, takenAt, inherited, steps, frozen } = file.value;
      const snapshotId = tx.scenarios.keepSnapshot({ ...frozenText(frozen), takenAt });
      const scenarioId = tx.scenarios.insert({
        parentId: null,
        snapshotId,
        name: free.value,
        note,
        inherited,
        saved: inherited,
      });
      for (const { label, edits } of steps)
        tx.scenarios.addStep(scenarioId, { label, mergeKey: null, edits });
      const stored = tx.read.scenarios.find(scenarioId);
      if (stored !== null) tx.scenarios.save(scenarioId, savedNow(tx.read, stored));
      return head(tx, scenarioId, `imported from ${fileName}`);
    },
  };
};
