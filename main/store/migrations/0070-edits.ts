import type { Migration } from './migration.ts';

/** What a person changed and how it is taken back: commands, not rows, so that every guard of a command holds. */
export const edits: Migration = {
  version: 70,
  name: 'edits to undo and redo',
  apply: (db) => {
    db.exec(sql);
  },
};

const sql = `
CREATE TABLE edit (
  edit_id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  title TEXT NOT NULL,
  -- The commands, each a name and its input, that take it back and do it again.
  undo_call TEXT NOT NULL CHECK (json_valid(undo_call)),
  redo_call TEXT NOT NULL CHECK (json_valid(redo_call)),
  -- Dropped: taken back, and then something else was done instead.
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
  -- Grows with every change of state, so that the last one taken back is redone first.
  changed INTEGER NOT NULL
) STRICT;
CREATE INDEX edit_by_state ON edit (state, changed);
`;
