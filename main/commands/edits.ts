import { commands, isCommandName } from '../../shared/contract/index.ts';
import type { Edit, editCommands } from '../../shared/contract/edits.ts';
import { failure } from '../../shared/failure.ts';
import { assertThat, fail, ok, type Result } from '../../shared/result.ts';
import type { CommandCall, StoredEdit } from '../store/index.ts';
import type { HandlersFor, MutationContext, MutationHandler } from './handlers.ts';

/** Any handler by its command's name. */
type HandlerOf = (command: string) => MutationHandler<unknown, unknown>;

/**
 * Undo and redo: runs the command that an edit left behind, inside this transaction, with all of that
 * command's own guards. What the command would have left as an edit of its own becomes the way back.
 */
export const editHandlers = (handlerOf: HandlerOf): HandlersFor<typeof editCommands> => {
  const turn = (found: StoredEdit, to: Edit['state'], tx: MutationContext): Result<Edit> => {
    let reverse: CommandCall | null = null;
    const done = run(to === 'undone' ? found.undoCall : found.redoCall, handlerOf, {
      ...tx,
      reversible: (left) => {
        reverse = left.undo;
      },
    });
    if (!done.ok) return done;
    assertThat(reverse !== null, `the command that takes back edit ${found.editId} leaves a way back`);
    tx.edits.turn(found.editId, to, reverse);
    tx.describe({
      subject: `Edit ${found.editId}`,
      detail: `${to === 'undone' ? 'undone' : 'done again'}: ${found.title}`,
    });
    tx.announce({ type: 'edits.changed' });
    const { editId, at, actor, title } = found;
    return ok({ editId, at, actor, title, state: to });
  };

  return {
    'edit.list': async ({ limit }, { read }) =>
      ok({
        edits: [...read.edits.list(limit)],
        undo: wordsOf(read.edits.newestDone()),
        redo: wordsOf(read.edits.lastUndone()),
      }),

    'edit.undo': ({ editId }, tx) => {
      const found = editId === undefined ? tx.read.edits.newestDone() : tx.read.edits.find(editId);
      if (found === null)
        return fail(failure('not-found', 'Something to undo', { next: 'Nothing was changed since.' }));
      if (found.state !== 'done')
        return fail(
          failure('wrong-state', found.title, {
            state: 'undone already',
            action: 'undone',
            next: 'Redo it to bring it back.',
          }),
        );
      return turn(found, 'undone', tx);
    },

    'edit.redo': ({ editId }, tx) => {
      const found = editId === undefined ? tx.read.edits.lastUndone() : tx.read.edits.find(editId);
      if (found === null)
        return fail(
          failure('not-found', 'Something to redo', { next: 'Only what was undone last can be redone.' }),
        );
      if (found.state !== 'undone')
        return fail(
          failure('wrong-state', found.title, {
            state: 'in force',
            action: 'redone',
            next: 'Only what was undone can be redone.',
          }),
        );
      return turn(found, 'done', tx);
    },
  };
};

function run(call: CommandCall, handlerOf: HandlerOf, tx: MutationContext): Result<unknown> {
  assertThat(isCommandName(call.command), `an edit names a command of ours, not ${call.command}`);
  const command = commands[call.command];
  assertThat(command.kind === 'mutation', `an edit is turned by a mutation, not by ${call.command}`);
  return handlerOf(call.command)(command.input.parse(call.input), tx);
}

function wordsOf(found: StoredEdit | null): Edit | null {
  if (found === null) return null;
  const { editId, at, actor, title, state } = found;
  return { editId, at, actor, title, state };
}
