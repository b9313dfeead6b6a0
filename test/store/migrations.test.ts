import { copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { migrations, type Migration } from '../../main/store/migrations/index.ts';
import { openDesk } from '../../main/store/open.ts';
import { temporaryFolder, valueOf } from '../support/service.ts';
import { openTestStore, testMoment } from '../support/store.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const now = (): string => testMoment;

describe('migrations', () => {
  it('are numbered in tens, upward', () => {
    const versions = migrations.map(({ version }) => version);
    expect(versions.every((version) => version % 10 === 0)).toBe(true);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it('make the schema of the snapshot (npm run schema:snapshot after adding one)', () => {
    const db = new Database(':memory:');
    for (const migration of migrations) migration.apply(db);
    const rows = db
      .prepare(
        `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name`,
      )
      .pluck()
      .all() as string[];
    const snapshot = readFileSync(join(import.meta.dirname, 'schema.snapshot.sql'), 'utf8');
    expect(`${rows.map((sql) => `${sql};`).join('\n\n')}\n`).toBe(snapshot);
  });

  it('make every table strict', () => {
    const db = new Database(':memory:');
    for (const migration of migrations) migration.apply(db);
    const loose = db.prepare(
      `SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    );
    expect(loose.pluck().all()).toEqual([]);
  });

  it('work each from the version before it, after a verified backup of it', () => {
    const file = join(folder.path, 'steps.voldesk');
    const next: Migration = {
      version: (migrations.at(-1)?.version ?? 0) + 10,
      name: 'a step of a test',
      apply: (db) => db.exec('CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT'),
    };
    const steps = [...migrations, next];
    for (let upTo = 1; upTo <= steps.length; upTo++) {
      const desk = valueOf(openDesk({ file, use: 'command', now, migrations: steps.slice(0, upTo) }));
      expect(desk.db.pragma('user_version', { simple: true })).toBe(steps[upTo - 1]?.version);
      desk.close();
    }
    const backups = readdirSync(folder.path).filter((name) => name.startsWith('steps.voldesk.schema-'));
    expect(backups).toHaveLength(steps.length - 1);
    const backup = new Database(join(folder.path, backups[0] ?? ''), { readonly: true });
    expect(backup.pragma('user_version', { simple: true })).toBe(steps[0]?.version);
    backup.close();
  });

  it('leave the desk as it was when a step fails', () => {
    const file = join(folder.path, 'broken.voldesk');
    openTestStore(file).close();
    const broken: Migration = {
      version: 9990,
      name: 'breaks half way',
      apply: (db) => {
        db.exec('CREATE TABLE half (id INTEGER) STRICT');
        throw new Error('half way');
      },
    };
    expect(() => openDesk({ file, use: 'command', now, migrations: [...migrations, broken] })).toThrow(
      'half way',
    );
    const store = openTestStore(file);
    expect(store.read.desk.schemaVersion()).toBe(migrations.at(-1)?.version);
    expect(store.read.desk.integrityProblems()).toEqual([]);
    store.close();
  });

  it('refuse a desk of a newer version and leave its bytes alone', () => {
    const file = join(folder.path, 'newer.voldesk');
    openTestStore(file).close();
    const db = new Database(file);
    db.pragma('user_version = 990');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    copyFileSync(file, `${file}.before`);
    const opened = openDesk({ file, use: 'window', now });
    expect(opened).toMatchObject({ ok: false, error: { code: 'desk-newer', detail: { found: 990 } } });
    expect(readFileSync(file).equals(readFileSync(`${file}.before`))).toBe(true);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});
