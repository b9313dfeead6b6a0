import type { Database } from 'better-sqlite3';
import type { IsoInstant } from '../../shared/dates.ts';
import { copyDesk } from './backup.ts';
import type { Migration } from './migrations/index.ts';

/** `VOLD`: marks the file as a desk for anyone who looks. */
export const deskApplicationId = 0x564f4c44;

export const schemaVersionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

/** The schema version these migrations lead to. */
export const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

/**
 * Brings a desk to the newest schema in one transaction, after a verified backup of what was there.
 * A failed step leaves the file as it was. Safe beside another process doing the same.
 */
export function migrate(request: {
  readonly db: Database;
  readonly file: string;
  readonly migrations: readonly Migration[];
  readonly now: IsoInstant;
}): void {
  const { db, file, migrations } = request;
  const found = schemaVersionOf(db);
  const target = newestVersion(migrations);
  if (found >= target) return;
  if (found > 0) copyDesk(db, `${file}.schema-${found}.${request.now.replaceAll(':', '')}.bak`);
  db.transaction(() => {
    const before = schemaVersionOf(db);
    for (const migration of migrations.filter((one) => one.version > before)) {
      migration.apply(db);
      db.pragma(`user_version = ${migration.version}`);
    }
    db.pragma(`application_id = ${deskApplicationId}`);
  }).immediate();
}
