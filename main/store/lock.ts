import Database from 'better-sqlite3';

/** A hold on a desk, given back by `release` or by the death of the process. */
export interface DeskHold {
  readonly release: () => void;
}

/**
 * Holds a desk against a second window. The hold is an exclusive lock that the operating system keeps on
 * `FILE.lock` (through SQLite, which knows each system's way), so a killed process leaves nothing stale.
 * Throws SQLITE_BUSY while another holds it. Command-line commands do not take it: docs/decisions/0005-desk-lock.md.
 */
export function holdDesk(file: string): DeskHold {
  const db = new Database(`${file}.lock`, { timeout: 0 });
  try {
    // Nothing is ever written: no journal either.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    release: () => {
      db.close();
    },
  };
}
