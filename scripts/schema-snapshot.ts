import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrations } from '../main/store/migrations/index.ts';

// npm run schema:snapshot: writes the schema that all migrations together make. A test compares it.

const db = new Database(':memory:');
for (const migration of migrations) migration.apply(db);
const rows = db
  .prepare(
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name`,
  )
  .pluck()
  .all() as string[];
const file = new URL('../test/store/schema.snapshot.sql', import.meta.url);
writeFileSync(file, `${rows.map((sql) => `${sql};`).join('\n\n')}\n`);
process.stderr.write(`${rows.length} objects written to ${file.pathname}\n`);
