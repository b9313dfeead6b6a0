import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database, { type Database as Connection } from 'better-sqlite3';
import type { IsoInstant } from '../../shared/dates.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { asWritable, type WritableDb } from './db.ts';
import { deskApplicationId, newestVersion, schemaVersionOf } from './desk-file.ts';
import { holdDesk, type DeskHold } from './lock.ts';
import { migrate } from './migrate.ts';
import { migrations as allMigrations, type Migration } from './migrations/index.ts';
import { failureOfStoreError } from './sqlite-failures.ts';

export interface OpenRequest {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** A window holds its desk alone; a single command works beside it. */
  readonly use: 'window' | 'command';
  readonly now: () => IsoInstant;
  /** For tests of migrations; all of them otherwise. */
  readonly migrations?: readonly Migration[];
}

export interface OpenDesk {
  readonly db: WritableDb;
  readonly file: string;
  readonly close: () => void;
}

const busyMilliseconds = 15_000;

/**
 * Opens a desk, made and migrated where needed. Nothing is written to a file that is newer, damaged or
 * not a desk: those are looked at through a read-only connection first.
 */
export function openDesk(request: OpenRequest): Result<OpenDesk, Failure> {
  const migrations = request.migrations ?? allMigrations;
  let hold: DeskHold | null = null;
  let db: Connection | null = null;
  let file = request.file;
  try {
    if (file !== ':memory:') {
      file = placeOf(file);
      const found = existsSync(file) ? statSync(file) : null;
      if (found !== null && !found.isFile()) {
        const reason = found.isDirectory() ? 'it is a folder' : 'it is not a file';
        return fail(failure('desk-unwritable', file, { reason }));
      }
      const refusal = found !== null && found.size > 0 ? inspect(file, migrations) : null;
      if (refusal !== null) return fail(refusal);
      if (request.use === 'window') hold = holdDesk(file);
    }
    db = new Database(file, { timeout: busyMilliseconds });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('recursive_triggers = ON');
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    migrate({ db, file, migrations, now: request.now() });
    const opened = db;
    const held = hold;
    return ok({
      db: asWritable(opened),
      file,
      close: () => {
        opened.close();
        held?.release();
      },
    });
  } catch (error) {
    db?.close();
    hold?.release();
    // What a file can do to us is expected and becomes a sentence; anything else is a bug and goes on.
    const expected = failureOfStoreError(error, file);
    if (expected === null) throw error;
    return fail(expected);
  }
}

/** The one true path of a desk, so that two ways to name it meet in one lock; its folder is made. */
function placeOf(file: string): string {
  const path = resolve(file);
  if (existsSync(path)) return realpathSync(path);
  mkdirSync(dirname(path), { recursive: true });
  return join(realpathSync(dirname(path)), basename(path));
}

function inspect(file: string, migrations: readonly Migration[]): Failure | null {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: busyMilliseconds });
  try {
    const found = schemaVersionOf(db);
    const known = newestVersion(migrations);
    const isDesk = db.pragma('application_id', { simple: true }) === deskApplicationId;
    const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
    // A file of no tables is one whose making was interrupted before its first commit.
    if (!isDesk && tables !== 0) {
      return failure('desk-damaged', file, { reason: 'it is a database but not a Voldesk desk' });
    }
    if (found > known) return failure('desk-newer', file, { found, known });
    const answer = db.pragma('quick_check(1)', { simple: true });
    return answer === 'ok'
      ? null
      : failure('desk-damaged', file, { reason: String(answer).replace(/\s+/g, ' ') });
  } finally {
    db.close();
  }
}
