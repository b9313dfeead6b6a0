import type { Migration } from './migration.ts';

/** Runs of the re-assessment, and what became of options at their expiry. */
export const hedgeLog: Migration = {
  version: 40,
  name: 'log of re-assessments and expiry postings',
  apply: (db) => {
    db.exec(sql);
  },
};

const sql = `
-- One look at a basket's hedge: what was asked and everything that was found, as it was.
CREATE TABLE reassessment_run (
  run_id INTEGER PRIMARY KEY AUTOINCREMENT,
  basket TEXT NOT NULL,
  as_of_date TEXT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('hand', 'schedule', 'import', 'start')),
  run_at TEXT NOT NULL,
  run_by TEXT NOT NULL,
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  result TEXT NOT NULL CHECK (json_valid(result))
) STRICT;
CREATE INDEX reassessment_run_by_basket ON reassessment_run (basket, run_id);
CREATE TRIGGER reassessment_run_is_kept BEFORE DELETE ON reassessment_run
BEGIN SELECT RAISE(ABORT, 'the log of re-assessments only grows'); END;
CREATE TRIGGER reassessment_run_never_changes BEFORE UPDATE ON reassessment_run
BEGIN SELECT RAISE(ABORT, 'the log of re-assessments only grows'); END;

-- What a person confirmed at an expiry. It stands while its batch stands: the layer that brought stock and cash.
CREATE TABLE expiry_posting (
  posting_id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL UNIQUE REFERENCES import_batch (batch_id),
  as_of_date TEXT NOT NULL,
  posted_at TEXT NOT NULL,
  posted_by TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE TRIGGER expiry_posting_is_kept BEFORE DELETE ON expiry_posting
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not deleted'); END;
CREATE TRIGGER expiry_posting_never_changes BEFORE UPDATE ON expiry_posting
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not changed'); END;

CREATE TABLE expiry_row (
  posting_id INTEGER NOT NULL REFERENCES expiry_posting (posting_id),
  position INTEGER NOT NULL,
  -- The book whose option ended, or the one that takes what it left.
  book TEXT NOT NULL,
  -- Of a basket's suggestions rather than of positions.
  basket TEXT,
  contract TEXT NOT NULL,
  symbol TEXT NOT NULL,
  option_type TEXT NOT NULL CHECK (option_type IN ('call', 'put')),
  expiry_date TEXT NOT NULL,
  strike REAL NOT NULL,
  -- Signed contracts that ended.
  quantity REAL NOT NULL,
  multiplier REAL NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('exercise', 'assignment', 'cash-settlement', 'worthless')),
  settlement_price REAL,
  settlement_source TEXT NOT NULL,
  -- Shares received (+) or delivered (-), and money received (+) or paid (-).
  stock_quantity REAL NOT NULL,
  cash REAL NOT NULL,
  open_price REAL,
  PRIMARY KEY (posting_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX expiry_row_by_contract ON expiry_row (contract);
CREATE TRIGGER expiry_row_is_kept BEFORE DELETE ON expiry_row
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not deleted'); END;
CREATE TRIGGER expiry_row_never_changes BEFORE UPDATE ON expiry_row
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not changed'); END;
`;
