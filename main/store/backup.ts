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
import { copyDesk, problemsOf } from './desk-file.ts';
import { holdDesk } from './lock.ts';
import { failureOfStoreError } from './sqlite-failures.ts';

interface BackupFile {
  readonly file: string;
  readonly bytes: number;
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
  let subject = request.backup;
  try {
    const problems = problemsOf(request.backup);
    if (problems !== null) return fail(failure('desk-damaged', request.backup, { reason: problems }));
    subject = desk;
    const hold = holdDesk(desk);
    try {
      copyFileSync(request.backup, incoming);
      flushToDisk(incoming);
      const keptAs = existsSync(desk)
        ? freeName(`${desk}.before-restore.${request.now.replaceAll(':', '')}`)
        : null;
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
    const expected = failureOfStoreError(error, subject);
    if (expected === null) throw error;
    return fail(expected);
  }
}

/** The name itself, or with the first number that is free: two restores of one second keep two files. */
function freeName(name: string): string {
  let free = name;
  for (let nth = 1; existsSync(free); nth += 1) free = `${name}.${nth}`;
  return free;
}

function flushToDisk(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
