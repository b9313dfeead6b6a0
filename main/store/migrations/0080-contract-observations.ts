import type { Migration } from './migration.ts';

/** Marks of volatility contracts told by a person, the table each settled by, and removals taken back. */
export const contractObservations: Migration = {
  version: 80,
  name: 'contract observations',
  apply: (db) => {
    db.exec(sql);
  },
};

const sql = `
-- One mark: a price as traded, a session declared disrupted, or back to the stored price. The newest of a
-- date and time holds; those before it stay as its log.
CREATE TABLE contract_observation (
  observation_id INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id TEXT NOT NULL,
  entry_id INTEGER NOT NULL,
  observed_on TEXT NOT NULL,
  -- Null: the close.
  observed_at TEXT,
  status TEXT NOT NULL CHECK (status IN ('marked', 'disrupted', 'stored')),
  mark REAL CHECK (mark > 0),
  open REAL CHECK (open > 0),
  high REAL CHECK (high > 0),
  low REAL CHECK (low > 0),
  reason TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  CHECK ((status = 'marked') = (mark IS NOT NULL))
) STRICT;
CREATE INDEX contract_observation_by_id ON contract_observation (contract_id);
CREATE TRIGGER contract_observation_keeps_rows BEFORE DELETE ON contract_observation
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;
CREATE TRIGGER contract_observation_keeps_words BEFORE UPDATE ON contract_observation
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

-- Every line a contract settled by, as it stood when a person confirmed it.
CREATE TABLE contract_settlement_table (
  event_id INTEGER PRIMARY KEY REFERENCES contract_event (event_id),
  lines TEXT NOT NULL CHECK (json_valid(lines))
) STRICT;
CREATE TRIGGER contract_settlement_table_keeps_rows BEFORE DELETE ON contract_settlement_table
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;
CREATE TRIGGER contract_settlement_table_keeps_words BEFORE UPDATE ON contract_settlement_table
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

-- A removal taken back: it counts as if it had not been.
CREATE TABLE contract_restoration (
  event_id INTEGER PRIMARY KEY REFERENCES contract_event (event_id),
  happened_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TRIGGER contract_restoration_keeps_rows BEFORE DELETE ON contract_restoration
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;
CREATE TRIGGER contract_restoration_keeps_words BEFORE UPDATE ON contract_restoration
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;
CREATE INDEX contract_event_by_removal ON contract_event (contract_id) WHERE kind = 'removed';
`;
