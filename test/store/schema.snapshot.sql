CREATE INDEX contract_event_by_id ON contract_event (contract_id);

CREATE INDEX contract_event_by_removal ON contract_event (contract_id) WHERE kind = 'removed';

CREATE INDEX contract_observation_by_id ON contract_observation (contract_id);

CREATE INDEX contract_step_by_id ON contract_step (contract_id);

CREATE INDEX daily_snapshot_by_day ON daily_snapshot (as_of_date);

CREATE INDEX edit_by_state ON edit (state, changed);

CREATE INDEX expiry_row_by_contract ON expiry_row (contract);

CREATE INDEX forward_start_contract_by_id ON forward_start_contract (contract_id);

CREATE INDEX import_batch_by_sha256 ON import_batch (sha256);

CREATE INDEX import_coverage_by_batch ON import_coverage (batch_id);

CREATE INDEX market_override_by_underlier ON market_override (underlier);

CREATE INDEX quote_exclusion_by_underlier ON quote_exclusion (underlier);

CREATE INDEX realized_vol_contract_by_id ON realized_vol_contract (contract_id);

CREATE INDEX reassessment_run_by_basket ON reassessment_run (basket, run_id);

CREATE UNIQUE INDEX scenario_by_name ON scenario (name) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX scenario_stress_by_name ON scenario_stress (name) WHERE removed_at IS NULL;

CREATE INDEX suggestion_event_by_suggestion ON suggestion_event (suggestion_id);

CREATE INDEX suggestion_progress_by_suggestion ON suggestion_progress (suggestion_id);

CREATE TABLE audit (
  audit_id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  command TEXT NOT NULL,
  subject TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE basket (
  basket_id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  result TEXT NOT NULL CHECK (json_valid(result)),
  UNIQUE (name, version)
) STRICT;

CREATE TABLE contract_event (
  event_id INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id TEXT NOT NULL,
  entry_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('fixed', 'settled', 'removed')),
  happened_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  level REAL,
  vol REAL,
  amount REAL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE contract_fixing_price (
  event_id INTEGER NOT NULL REFERENCES contract_event (event_id),
  place INTEGER NOT NULL,
  observed_on TEXT NOT NULL,
  what TEXT NOT NULL,
  price REAL NOT NULL CHECK (price > 0),
  PRIMARY KEY (event_id, place)
) STRICT;

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

CREATE TABLE contract_restoration (
  event_id INTEGER PRIMARY KEY REFERENCES contract_event (event_id),
  happened_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE contract_settlement_table (
  event_id INTEGER PRIMARY KEY REFERENCES contract_event (event_id),
  lines TEXT NOT NULL CHECK (json_valid(lines))
) STRICT;

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

CREATE TABLE daily_price (
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  trade_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  source_line INTEGER NOT NULL,
  open REAL,
  high REAL,
  low REAL,
  close REAL NOT NULL,
  adjusted_close REAL,
  volume REAL,
  dividend REAL,
  split_ratio REAL,
  PRIMARY KEY (underlier_id, trade_day, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE daily_snapshot (
  daily_id INTEGER PRIMARY KEY AUTOINCREMENT,
  as_of_date TEXT NOT NULL,
  snapshot_id INTEGER NOT NULL REFERENCES scenario_snapshot (snapshot_id),
  reason TEXT NOT NULL CHECK (reason IN ('start', 'import', 'hand')),
  taken_at TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE derived_day (
  kind TEXT NOT NULL,
  underlier TEXT NOT NULL,
  trade_date TEXT NOT NULL,
  -- What it was computed from; a day whose inputs read otherwise now is computed again.
  inputs TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (kind, underlier, trade_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_meta (
  key TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE expiry_posting (
  posting_id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL UNIQUE REFERENCES import_batch (batch_id),
  as_of_date TEXT NOT NULL,
  posted_at TEXT NOT NULL,
  posted_by TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;

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

CREATE TABLE forward_start_contract (
  entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id TEXT NOT NULL,
  underlier TEXT NOT NULL,
  first_reference_date TEXT NOT NULL,
  second_reference_date TEXT NOT NULL,
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  entered_at TEXT NOT NULL,
  batch_id INTEGER REFERENCES import_batch (batch_id)
) STRICT;

CREATE TABLE future_quote (
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  trade_day INTEGER NOT NULL,
  expiry_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  source_line INTEGER NOT NULL,
  contract TEXT NOT NULL,
  bid REAL,
  ask REAL,
  last REAL,
  settle REAL,
  close REAL,
  volume REAL,
  open_interest REAL,
  multiplier REAL,
  PRIMARY KEY (underlier_id, trade_day, expiry_day, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch (
  batch_id INTEGER PRIMARY KEY AUTOINCREMENT,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  format TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('user', 'demo')),
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  summary TEXT NOT NULL,
  quoted_at TEXT,
  accepted INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  undone_at TEXT
) STRICT;

CREATE TABLE import_coverage (
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  row_kind TEXT NOT NULL,
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  day INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  PRIMARY KEY (row_kind, underlier_id, day, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_rejection (
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_weight (
  index_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  as_of_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  source_line INTEGER NOT NULL,
  weight_fraction REAL,
  shares REAL,
  sector TEXT,
  method TEXT,
  PRIMARY KEY (index_id, as_of_day, batch_id, underlier_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE option_quote (
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  trade_day INTEGER NOT NULL,
  expiry_day INTEGER NOT NULL,
  root TEXT NOT NULL,
  strike REAL NOT NULL,
  option_type TEXT NOT NULL CHECK (option_type IN ('call', 'put')),
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  source_line INTEGER NOT NULL,
  bid REAL,
  ask REAL,
  bid_size REAL,
  ask_size REAL,
  last REAL,
  settle REAL,
  close REAL,
  volume REAL,
  open_interest REAL,
  multiplier REAL NOT NULL,
  vendor_vol REAL,
  settlement TEXT CHECK (settlement IN ('AM', 'PM')),
  exercise TEXT CHECK (exercise IN ('european', 'american')),
  adjusted INTEGER NOT NULL CHECK (adjusted IN (0, 1)),
  PRIMARY KEY (underlier_id, trade_day, expiry_day, root, strike, option_type, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE position (
  position_id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  book TEXT NOT NULL,
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  instrument TEXT NOT NULL CHECK (instrument IN ('stock', 'option', 'future', 'cash')),
  contract TEXT NOT NULL,
  option_type TEXT CHECK (option_type IN ('call', 'put')),
  expiry_day INTEGER,
  root TEXT,
  strike REAL,
  quantity REAL NOT NULL,
  multiplier REAL NOT NULL,
  cost_price REAL,
  adjusted INTEGER NOT NULL CHECK (adjusted IN (0, 1)),
  source_line INTEGER NOT NULL,
  UNIQUE (book, batch_id, underlier_id, contract)
) STRICT;

CREATE TABLE preference (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quote_exclusion (
  exclusion_id INTEGER PRIMARY KEY AUTOINCREMENT,
  underlier TEXT NOT NULL,
  contract TEXT NOT NULL,
  trade_date TEXT,
  reason TEXT NOT NULL,
  excluded_at TEXT NOT NULL,
  excluded_by TEXT NOT NULL,
  lifted_at TEXT
) STRICT;

CREATE TABLE realized_vol_contract (
  entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id TEXT NOT NULL,
  underlier TEXT NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT NOT NULL,
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  entered_at TEXT NOT NULL,
  batch_id INTEGER REFERENCES import_batch (batch_id)
) STRICT;

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

CREATE TABLE scenario_snapshot (
  snapshot_id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  as_of_date TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;

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

CREATE TABLE suggestion (
  suggestion_id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL CHECK (state IN ('draft', 'reviewed', 'approved', 'exported', 'rejected')),
  basket TEXT NOT NULL,
  as_of_date TEXT NOT NULL,
  expiry_date TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  version TEXT NOT NULL,
  snapshot TEXT NOT NULL CHECK (json_valid(snapshot)),
  hash TEXT NOT NULL,
  note TEXT NOT NULL,
  approved_at TEXT,
  approved_by TEXT,
  exported_at TEXT
) STRICT;

CREATE TABLE suggestion_event (
  event_id INTEGER PRIMARY KEY AUTOINCREMENT,
  suggestion_id INTEGER NOT NULL REFERENCES suggestion (suggestion_id),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  hash TEXT NOT NULL
) STRICT;

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

CREATE TABLE suggestion_progress (
  progress_id INTEGER PRIMARY KEY AUTOINCREMENT,
  suggestion_id INTEGER NOT NULL REFERENCES suggestion (suggestion_id),
  state TEXT NOT NULL CHECK (state IN ('part-filled', 'filled', 'cancelled', 'expired')),
  at TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;

CREATE TABLE underlier (
  underlier_id INTEGER PRIMARY KEY,
  symbol TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('index', 'stock', 'etf', 'unknown')),
  currency TEXT NOT NULL
) STRICT;

CREATE TABLE underlier_mark (
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  trade_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  source_line INTEGER NOT NULL,
  spot REAL NOT NULL,
  quoted_at TEXT,
  source TEXT NOT NULL,
  PRIMARY KEY (underlier_id, trade_day, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE vol_history (
  underlier_id INTEGER NOT NULL REFERENCES underlier (underlier_id),
  term_days INTEGER NOT NULL,
  trade_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES import_batch (batch_id),
  source_line INTEGER NOT NULL,
  vol REAL NOT NULL,
  PRIMARY KEY (underlier_id, term_days, trade_day, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TRIGGER basket_keeps_versions BEFORE UPDATE ON basket
BEGIN SELECT RAISE(ABORT, 'a saved basket never changes'); END;

CREATE TRIGGER contract_event_keeps_rows BEFORE DELETE ON contract_event
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_event_keeps_words BEFORE UPDATE ON contract_event
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_fixing_price_keeps_rows BEFORE DELETE ON contract_fixing_price
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_fixing_price_keeps_words BEFORE UPDATE ON contract_fixing_price
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_observation_keeps_rows BEFORE DELETE ON contract_observation
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_observation_keeps_words BEFORE UPDATE ON contract_observation
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_restoration_keeps_rows BEFORE DELETE ON contract_restoration
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_restoration_keeps_words BEFORE UPDATE ON contract_restoration
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_settlement_table_keeps_rows BEFORE DELETE ON contract_settlement_table
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_settlement_table_keeps_words BEFORE UPDATE ON contract_settlement_table
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_step_keeps_rows BEFORE DELETE ON contract_step
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER contract_step_keeps_words BEFORE UPDATE ON contract_step
BEGIN SELECT RAISE(ABORT, 'contract events only grow'); END;

CREATE TRIGGER daily_snapshot_keeps_rows BEFORE DELETE ON daily_snapshot
BEGIN SELECT RAISE(ABORT, 'daily snapshots only grow'); END;

CREATE TRIGGER daily_snapshot_keeps_words BEFORE UPDATE ON daily_snapshot
BEGIN SELECT RAISE(ABORT, 'daily snapshots only grow'); END;

CREATE TRIGGER expiry_posting_is_kept BEFORE DELETE ON expiry_posting
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not deleted'); END;

CREATE TRIGGER expiry_posting_never_changes BEFORE UPDATE ON expiry_posting
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not changed'); END;

CREATE TRIGGER expiry_row_is_kept BEFORE DELETE ON expiry_row
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not deleted'); END;

CREATE TRIGGER expiry_row_never_changes BEFORE UPDATE ON expiry_row
BEGIN SELECT RAISE(ABORT, 'expiry postings are undone, not changed'); END;

CREATE TRIGGER market_override_is_kept BEFORE DELETE ON market_override
BEGIN SELECT RAISE(ABORT, 'overrides are cleared, not deleted'); END;

CREATE TRIGGER market_override_keeps_values BEFORE UPDATE ON market_override
WHEN old.cleared_at IS NOT NULL OR new.override_id <> old.override_id OR new.underlier <> old.underlier
  OR new.kind <> old.kind OR new.expiry IS NOT old.expiry OR new.trade_date IS NOT old.trade_date
  OR new.value <> old.value OR new.reason <> old.reason OR new.set_at <> old.set_at OR new.set_by <> old.set_by
BEGIN SELECT RAISE(ABORT, 'an override only ends'); END;

CREATE TRIGGER reassessment_run_is_kept BEFORE DELETE ON reassessment_run
BEGIN SELECT RAISE(ABORT, 'the log of re-assessments only grows'); END;

CREATE TRIGGER reassessment_run_never_changes BEFORE UPDATE ON reassessment_run
BEGIN SELECT RAISE(ABORT, 'the log of re-assessments only grows'); END;

CREATE TRIGGER scenario_is_kept BEFORE DELETE ON scenario
BEGIN SELECT RAISE(ABORT, 'sessions are hidden, not deleted'); END;

CREATE TRIGGER scenario_snapshot_is_kept BEFORE DELETE ON scenario_snapshot
BEGIN SELECT RAISE(ABORT, 'frozen books are kept'); END;

CREATE TRIGGER scenario_snapshot_never_changes BEFORE UPDATE ON scenario_snapshot
BEGIN SELECT RAISE(ABORT, 'a frozen book never changes'); END;

CREATE TRIGGER suggestion_approved_is_frozen BEFORE UPDATE ON suggestion
WHEN old.state IN ('approved', 'exported', 'rejected') AND (
  new.suggestion_id <> old.suggestion_id OR new.basket <> old.basket OR new.as_of_date <> old.as_of_date
  OR new.expiry_date <> old.expiry_date OR new.created_at <> old.created_at OR new.created_by <> old.created_by
  OR new.version <> old.version OR new.snapshot <> old.snapshot OR new.hash <> old.hash OR new.note <> old.note
  OR new.approved_at IS NOT old.approved_at OR new.approved_by IS NOT old.approved_by)
BEGIN SELECT RAISE(ABORT, 'a decided suggestion never changes'); END;

CREATE TRIGGER suggestion_event_keeps_rows BEFORE DELETE ON suggestion_event
BEGIN SELECT RAISE(ABORT, 'suggestion events only grow'); END;

CREATE TRIGGER suggestion_event_keeps_words BEFORE UPDATE ON suggestion_event
BEGIN SELECT RAISE(ABORT, 'suggestion events only grow'); END;

CREATE TRIGGER suggestion_fill_keeps_rows BEFORE DELETE ON suggestion_fill
BEGIN SELECT RAISE(ABORT, 'fills only grow'); END;

CREATE TRIGGER suggestion_fill_keeps_words BEFORE UPDATE ON suggestion_fill
BEGIN SELECT RAISE(ABORT, 'fills only grow'); END;

CREATE TRIGGER suggestion_fill_needs_export BEFORE INSERT ON suggestion_fill
WHEN (SELECT state FROM suggestion WHERE suggestion_id = new.suggestion_id) <> 'exported'
BEGIN SELECT RAISE(ABORT, 'a suggestion only moves forward'); END;

CREATE TRIGGER suggestion_is_kept BEFORE DELETE ON suggestion
BEGIN SELECT RAISE(ABORT, 'suggestions are kept'); END;

CREATE TRIGGER suggestion_moves_forward BEFORE UPDATE OF state ON suggestion
WHEN new.state <> old.state AND NOT (
  (old.state = 'draft' AND new.state IN ('reviewed', 'approved', 'rejected'))
  OR (old.state = 'reviewed' AND new.state IN ('approved', 'rejected'))
  OR (old.state = 'approved' AND new.state = 'exported'))
BEGIN SELECT RAISE(ABORT, 'a suggestion only moves forward'); END;

CREATE TRIGGER suggestion_progress_keeps_rows BEFORE DELETE ON suggestion_progress
BEGIN SELECT RAISE(ABORT, 'suggestion events only grow'); END;

CREATE TRIGGER suggestion_progress_keeps_words BEFORE UPDATE ON suggestion_progress
BEGIN SELECT RAISE(ABORT, 'suggestion events only grow'); END;

CREATE TRIGGER suggestion_progress_moves_forward BEFORE INSERT ON suggestion_progress
WHEN (SELECT state FROM suggestion WHERE suggestion_id = new.suggestion_id) <> 'exported'
  OR EXISTS (SELECT 1 FROM suggestion_progress WHERE suggestion_id = new.suggestion_id
             AND state IN ('filled', 'cancelled', 'expired'))
BEGIN SELECT RAISE(ABORT, 'a suggestion only moves forward'); END;
