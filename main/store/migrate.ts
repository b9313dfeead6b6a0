import type { Database } from 'better-sqlite3';
import type { IsoInstant } from '../../shared/dates.ts';
import { copyDesk, deskApplicationId, newestVersion, schemaVersionOf } from './desk-file.ts';
import type { Migration } from './migrations/index.ts';

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
