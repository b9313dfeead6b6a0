import type { Migration } from './migration.ts';

/**
 * What-if sessions beside the live desk: frozen books, the sessions that branch from them with their steps, a
 * person's own stresses, and the history of the live book day by day. A frozen book never changes; a deleted
 * session is only hidden.
 */
export const scenarios: Migration = {
  version: 60,
  name: 'scenario sessions and daily snapshots',
  apply: (db) => {
    db.exec(sql);
  },
};

const sql = `
-- The book and its market as they stood, whole: canonical JSON, gzip; the hash is of the text.
CREATE TABLE scenario_snapshot (
  snapshot_id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  as_of_date TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE TRIGGER scenario_snapshot_never_changes BEFORE UPDATE ON scenario_snapshot
BEGIN SELECT RAISE(ABORT, 'a frozen book never changes'); END;
CREATE TRIGGER scenario_snapshot_is_kept BEFORE DELETE ON scenario_snapshot
BEGIN SELECT RAISE(ABORT, 'frozen books are kept'); END;

CREATE TABLE scenario (
  scenario_id INTEGER PRIMARY KEY AUTOINCREMENT,
  parent_id INTEGER REFERENCES scenario (scenario_id),
  snapshot_id INTEGER NOT NULL REFERENCES scenario_snapshot (snapshot_id),
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  -- Edits that came with the branch: those of its parent as they stood.
  inherited TEXT NOT NULL CHECK (json_valid(inherited)),
  -- Edits at the last save, inherited ones included.
  saved TEXT NOT NULL CHECK (json_valid(saved)),
  -- Steps in force; those above it can be redone.
  cursor INTEGER NOT NULL CHECK (cursor >= 0),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX scenario_by_name ON scenario (name) WHERE deleted_at IS NULL;
CREATE TRIGGER scenario_is_kept BEFORE DELETE ON scenario
BEGIN SELECT RAISE(ABORT, 'sessions are hidden, not deleted'); END;

-- What a person did, in order, numbered from 1; one step is one undo.
CREATE TABLE scenario_step (
  scenario_id INTEGER NOT NULL REFERENCES scenario (scenario_id),
  step INTEGER NOT NULL CHECK (step > 0),
  label TEXT NOT NULL,
  -- A run of steps with the same key becomes one, so that a slider is one undo.
  merge_key TEXT,
  edits TEXT NOT NULL CHECK (json_valid(edits)),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (scenario_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE scenario_stress (
  stress_id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  shock TEXT NOT NULL CHECK (json_valid(shock)),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX scenario_stress_by_name ON scenario_stress (name) WHERE removed_at IS NULL;

-- The live book's value and risk of a market day. The newest of a day is read; none is ever lost.
CREATE TABLE daily_snapshot (
  daily_id INTEGER PRIMARY KEY AUTOINCREMENT,
  as_of_date TEXT NOT NULL,
  snapshot_id INTEGER NOT NULL REFERENCES scenario_snapshot (snapshot_id),
  reason TEXT NOT NULL CHECK (reason IN ('start', 'import', 'hand')),
  taken_at TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
CREATE INDEX daily_snapshot_by_day ON daily_snapshot (as_of_date);
CREATE TRIGGER daily_snapshot_keeps_words BEFORE UPDATE ON daily_snapshot
BEGIN SELECT RAISE(ABORT, 'daily snapshots only grow'); END;
CREATE TRIGGER daily_snapshot_keeps_rows BEFORE DELETE ON daily_snapshot
BEGIN SELECT RAISE(ABORT, 'daily snapshots only grow'); END;
`;
