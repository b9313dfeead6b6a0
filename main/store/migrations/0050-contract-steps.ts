import type { Migration } from './migration.ts';

/** The prices a fixing was taken from, and what a person did to a contract besides fixing and settling it. */
export const contractSteps: Migration = {
  version: 50,
  name: 'contract steps',
  apply: (db) => {
    db.exec(sql);
  },
};

const sql = `
-- Prices of a fixing as confirmed. A correction is an event of its own with prices of its own.
CREATE TABLE contract_fixing_price (
  event_id INTEGER NOT NULL REFERENCES contract_event (event_id),
  place INTEGER NOT NULL,
  observed_on TEXT NOT NULL,
  what TEXT NOT NULL,
  price REAL NOT NULL CHECK (price > 0),
  PRIMARY KEY (event_id, place)
) STRICT;
CREATE TRIGGER contract_fixing_price_keeps_rows BEFORE DELETE ON contract_fixing_price
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;
CREATE TRIGGER contract_fixing_price_keeps_words BEFORE UPDATE ON contract_fixing_price
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

-- Rights used or let go, rolls, carry and discount factors by hand; the newest of a kind is read.
CREATE TABLE contract_step (
  step_id INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id TEXT NOT NULL,
  entry_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('exercised', 'lapsed', 'rolled', 'marked')),
  happened_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX contract_step_by_id ON contract_step (contract_id);
CREATE TRIGGER contract_step_keeps_rows BEFORE DELETE ON contract_step
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;
CREATE TRIGGER contract_step_keeps_words BEFORE UPDATE ON contract_step
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;
`;
