import { rmSync, statSync } from 'node:fs';
import Database, { type Database as Connection } from 'better-sqlite3';
import { migrations, type Migration } from './migrations/index.ts';

/** `VOLD`: marks the file as a desk for anyone who looks. */
export const deskApplicationId = 0x564f4c44;

export const schemaVersionOf = (db: Connection): number =>
  Number(db.pragma('user_version', { simple: true }));

/** The schema version these migrations lead to. */
export const newestVersion = (steps: readonly Migration[]): number => steps.at(-1)?.version ?? 0;

/** Why a file is no sound desk; null when it is one. */
export function problemsOf(file: string): string | null {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    if (db.pragma('application_id', { simple: true }) !== deskApplicationId)
      return 'it is not a Voldesk desk';
    const version = schemaVersionOf(db);
    if (version > newestVersion(migrations)) return `it was written by a newer version (schema ${version})`;
    const answer = db.pragma('quick_check(1)', { simple: true });
    return answer === 'ok' ? null : String(answer);
  } finally {
    db.close();
  }
}

/** Writes a copy and checks it; throws what SQLite or the file system throws, and leaves no half copy. */
export function copyDesk(db: Connection, file: string): { readonly file: string; readonly bytes: number } {
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
