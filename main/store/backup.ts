import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database, { type Database as Connection } from 'better-sqlite3';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { holdDesk } from './lock.ts';
import { deskApplicationId, newestVersion, schemaVersionOf } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { failureOfStoreError } from './sqlite-failures.ts';

export interface BackupFile {
  readonly file: string;
  readonly bytes: number;
}

/** Writes a copy and checks it; throws what SQLite or the file system throws, and leaves no half copy. */
export function copyDesk(db: Connection, file: string): BackupFile {
  try {
    db.prepare('VACUUM INTO ?').run(file);
    const problems = problemsOf(file);
    if (problems !== null) throw new Error(`the copy is not sound: ${problems}`);
    return { file, bytes: statSync(file).size };
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

/** A verified copy of an open desk. Refuses a file that exists and one that cannot be written. */
export function backupDesk(db: Connection, file: string): Result<BackupFile> {
  const path = resolve(file);
  if (existsSync(path)) return fail(failure('already-exists', path));
  if (!existsSync(dirname(path))) {
    return fail(failure('desk-unwritable', path, { reason: 'its folder does not exist' }));
  }
  try {
    return ok(copyDesk(db, path));
  } catch (error) {
    // A full disk and a forbidden folder are expected here; anything else is a bug and goes on.
    const expected = failureOfStoreError(error, path);
    if (expected === null) throw error;
    return fail(expected);
  }
}

/**
 * Puts a backup in a desk's place: checked first, copied beside it, swapped in by a rename; the desk that was
 * there is kept under `keptAs`. Refuses while a window holds the desk.
 */
export function restoreDesk(request: {
  readonly backup: string;
  readonly desk: string;
  /** A moment for the kept file's name. */
  readonly now: string;
}): Result<{ readonly file: string; readonly bytes: number; readonly keptAs: string | null }> {
  const desk = resolve(request.desk);
  if (!existsSync(request.backup)) return fail(failure('file-not-found', request.backup));
  const incoming = `${desk}.incoming`;
  try {
    const problems = problemsOf(request.backup);
    if (problems !== null) return fail(failure('desk-damaged', request.backup, { reason: problems }));
    const hold = holdDesk(desk);
    try {
      copyFileSync(request.backup, incoming);
      flushToDisk(incoming);
      const keptAs = existsSync(desk) ? `${desk}.before-restore.${request.now.replaceAll(':', '')}` : null;
      if (keptAs !== null) {
        const old = new Database(desk);
        old.pragma('wal_checkpoint(TRUNCATE)');
        old.close();
        renameSync(desk, keptAs);
      }
      for (const suffix of ['-wal', '-shm']) rmSync(`${desk}${suffix}`, { force: true });
      renameSync(incoming, desk);
      return ok({ file: desk, bytes: statSync(desk).size, keptAs });
    } finally {
      hold.release();
      rmSync(incoming, { force: true });
    }
  } catch (error) {
    const expected = failureOfStoreError(error, desk);
    if (expected === null) throw error;
    return fail(expected);
  }
}

/** Why a file is no sound desk; null when it is one. */
function problemsOf(file: string): string | null {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    if (db.pragma('application_id', { simple: true }) !== deskApplicationId)
      return 'it is not a Voldesk desk';
    const version = schemaVersionOf(db);
    const known = newestVersion(migrations);
    if (version > known) return `it was written by a newer version (schema ${version})`;
    const answer = db.pragma('quick_check(1)', { simple: true });
    return answer === 'ok' ? null : String(answer);
  } finally {
    db.close();
  }
}

function flushToDisk(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
