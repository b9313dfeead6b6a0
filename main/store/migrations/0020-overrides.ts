import type { Migration } from './migration.ts';

/**
 * Market inputs set by hand: a row is never edited, a new value takes the place of the old, which is cleared. And
 * days computed from others, which may be lost at any time.
 */
export const overrides: Migration = {
  version: 20,
  name: 'overrides and computed days',
  apply: (db) => {
    db.exec(sql);
  },
};

const sql = `
CREATE TABLE market_override (
  override_id INTEGER PRIMARY KEY AUTOINCREMENT,
  underlier TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('forward', 'rate', 'yield', 'price')),
  -- An expiry's date, or its key (date and root); null: the whole name.
  expiry TEXT,
  -- The one day it holds for; null: every day.
  trade_date TEXT,
  value REAL NOT NULL,
  reason TEXT NOT NULL,
  set_at TEXT NOT NULL,
  set_by TEXT NOT NULL,
  cleared_at TEXT
) STRICT;
CREATE INDEX market_override_by_underlier ON market_override (underlier);
CREATE TRIGGER market_override_is_kept BEFORE DELETE ON market_override
BEGIN SELECT RAISE(ABORT, 'overrides are cleared, not deleted'); END;
CREATE TRIGGER market_override_keeps_values BEFORE UPDATE ON market_override
WHEN old.cleared_at IS NOT NULL OR new.override_id <> old.override_id OR new.underlier <> old.underlier
  OR new.kind <> old.kind OR new.expiry IS NOT old.expiry OR new.trade_date IS NOT old.trade_date
  OR new.value <> old.value OR new.reason <> old.reason OR new.set_at <> old.set_at OR new.set_by <> old.set_by
BEGIN SELECT RAISE(ABORT, 'an override only ends'); END;

CREATE TABLE derived_day (
  kind TEXT NOT NULL,
  underlier TEXT NOT NULL,
  trade_date TEXT NOT NULL,
  -- What it was computed from; a day whose inputs read otherwise now is computed again.
  inputs TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (kind, underlier, trade_date)
) STRICT, WITHOUT ROWID;
`;
