import type { Migration } from './migration.ts';

/** What was traded of an exported suggestion, and where it stands after its export. */
export const fills: Migration = {
  version: 30,
  name: 'fills',
  apply: (db) => {
    db.exec(sql);
  },
};

const sql = `
-- One execution, as a file told it. fill_key: the execution itself, so that a file read twice counts once.
CREATE TABLE suggestion_fill (
  fill_id INTEGER PRIMARY KEY AUTOINCREMENT,
  suggestion_id INTEGER NOT NULL REFERENCES suggestion (suggestion_id),
  leg_id TEXT NOT NULL,
  contract TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('sell', 'buy')),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  price REAL NOT NULL CHECK (price >= 0),
  commission REAL NOT NULL,
  traded_at TEXT NOT NULL,
  fill_key TEXT NOT NULL,
  file_name TEXT NOT NULL,
  source_line INTEGER NOT NULL,
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  UNIQUE (suggestion_id, fill_key)
) STRICT;
CREATE TRIGGER suggestion_fill_keeps_rows BEFORE DELETE ON suggestion_fill
BEGIN SELECT RAISE(ABORT, 'fills only grow'); END;
CREATE TRIGGER suggestion_fill_keeps_words BEFORE UPDATE ON suggestion_fill
BEGIN SELECT RAISE(ABORT, 'fills only grow'); END;
CREATE TRIGGER suggestion_fill_needs_export BEFORE INSERT ON suggestion_fill
WHEN (SELECT state FROM suggestion WHERE suggestion_id = new.suggestion_id) <> 'exported'
BEGIN SELECT RAISE(ABORT, 'a suggestion only moves forward'); END;

-- States after the export; the newest is read. The suggestion's own row stays frozen.
CREATE TABLE suggestion_progress (
  progress_id INTEGER PRIMARY KEY AUTOINCREMENT,
  suggestion_id INTEGER NOT NULL REFERENCES suggestion (suggestion_id),
  state TEXT NOT NULL CHECK (state IN ('part-filled', 'filled', 'cancelled', 'expired')),
  at TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX suggestion_progress_by_suggestion ON suggestion_progress (suggestion_id);
CREATE TRIGGER suggestion_progress_keeps_rows BEFORE DELETE ON suggestion_progress
BEGIN SELECT RAISE(ABORT, 'suggestion events only grow'); END;
CREATE TRIGGER suggestion_progress_keeps_words BEFORE UPDATE ON suggestion_progress
BEGIN SELECT RAISE(ABORT, 'suggestion events only grow'); END;
CREATE TRIGGER suggestion_progress_moves_forward BEFORE INSERT ON suggestion_progress
WHEN (SELECT state FROM suggestion WHERE suggestion_id = new.suggestion_id) <> 'exported'
  OR EXISTS (SELECT 1 FROM suggestion_progress WHERE suggestion_id = new.suggestion_id
             AND state IN ('filled', 'cancelled', 'expired'))
BEGIN SELECT RAISE(ABORT, 'a suggestion only moves forward'); END;
`;
