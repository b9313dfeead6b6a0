import type { Edit } from '../../shared/contract/edits.ts';
import type { ReadableDb, WritableDb } from './db.ts';

/** A mutation by its name and input, as it can be kept and asked for again. */
export interface CommandCall {
  readonly command: string;
  readonly input: unknown;
}

/** An edit with the commands that take it back and do it again. */
export interface StoredEdit extends Edit {
  readonly undoCall: CommandCall;
  readonly redoCall: CommandCall;
}

export interface EditReader {
  /** Newest first, without those that can be neither undone nor redone. */
  readonly list: (limit: number) => readonly Edit[];
  readonly find: (editId: number) => StoredEdit | null;
  /** What undo takes: the newest that stands. */
  readonly newestDone: () => StoredEdit | null;
  /** What redo takes: the last one taken back. */
  readonly lastUndone: () => StoredEdit | null;
}

export interface EditWriter {
  /** A new edit that stands; what was taken back before it can no longer be redone. */
  readonly add: (edit: {
    readonly title: string;
    readonly undo: CommandCall;
    readonly redo: CommandCall;
  }) => void;
  /** The other state, with the command that reverses this very change. */
  readonly turn: (editId: number, state: Edit['state'], reverse: CommandCall) => void;
}

const columns = 'edit_id AS editId, at, actor, title, state, undo_call AS undoCall, redo_call AS redoCall';

type Row = Edit & { readonly undoCall: string; readonly redoCall: string };

const storedOf = (row: Row | undefined): StoredEdit | null =>
  row === undefined
    ? null
    : {
        ...row,
        undoCall: JSON.parse(row.undoCall) as CommandCall,
        redoCall: JSON.parse(row.redoCall) as CommandCall,
      };

export function createEditReader(db: ReadableDb): EditReader {
  const newest = db.prepare(
    `SELECT edit_id AS editId, at, actor, title, state FROM edit WHERE state <> 'dropped'
     ORDER BY edit_id DESC LIMIT ?`,
  );
  const one = db.prepare(`SELECT ${columns} FROM edit WHERE edit_id = ? AND state <> 'dropped'`);
  const done = db.prepare(`SELECT ${columns} FROM edit WHERE state = 'done' ORDER BY edit_id DESC LIMIT 1`);
  const undone = db.prepare(
    `SELECT ${columns} FROM edit WHERE state = 'undone' ORDER BY changed DESC LIMIT 1`,
  );
  return {
    list: (limit) => newest.all(limit) as Edit[],
    find: (editId) => storedOf(one.get(editId) as Row | undefined),
    newestDone: () => storedOf(done.get() as Row | undefined),
    lastUndone: () => storedOf(undone.get() as Row | undefined),
  };
}

export function createEditWriter(
  db: WritableDb,
): (stamp: { readonly now: string; readonly actor: string }) => EditWriter {
  const next = '(SELECT coalesce(max(changed), 0) + 1 FROM edit)';
  const drop = db.prepare(`UPDATE edit SET state = 'dropped' WHERE state = 'undone'`);
  const insert = db.prepare(
    `INSERT INTO edit (at, actor, title, undo_call, redo_call, state, changed)
     VALUES (?, ?, ?, ?, ?, 'done', ${next})`,
  );
  const undo = db.prepare(
    `UPDATE edit SET state = 'undone', redo_call = ?, changed = ${next} WHERE edit_id = ?`,
  );
  const redo = db.prepare(
    `UPDATE edit SET state = 'done', undo_call = ?, changed = ${next} WHERE edit_id = ?`,
  );
  return ({ now, actor }) => ({
    add: (edit) => {
      drop.run();
      insert.run(now, actor, edit.title, JSON.stringify(edit.undo), JSON.stringify(edit.redo));
    },
    turn: (editId, state, reverse) => {
      (state === 'undone' ? undo : redo).run(JSON.stringify(reverse), editId);
    },
  });
}
