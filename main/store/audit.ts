import type { AuditEntry } from '../../shared/contract/desk.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type { Readers } from './types.ts';

export function createAuditReader(db: ReadableDb): Readers['audit'] {
  const where = `(:pattern = '%%' OR actor LIKE :pattern ESCAPE '\\' OR command LIKE :pattern ESCAPE '\\'
    OR subject LIKE :pattern ESCAPE '\\' OR detail LIKE :pattern ESCAPE '\\')`;
  const entries = db.prepare(
    `SELECT audit_id AS id, at, actor, command, subject, outcome, detail FROM audit
     WHERE ${where} ORDER BY audit_id DESC LIMIT :limit`,
  );
  const total = db.prepare(`SELECT count(*) FROM audit WHERE ${where}`).pluck();
  return {
    search: ({ search, limit }) => {
      const pattern = `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      return {
        total: total.get({ pattern }) as number,
        entries: entries.all({ pattern, limit }) as AuditEntry[],
      };
    },
  };
}

/** Appends; the database refuses anything else. */
export function createAuditWriter(db: WritableDb): (entry: Omit<AuditEntry, 'id'>) => void {
  const insert = db.prepare(
    'INSERT INTO audit (at, actor, command, subject, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return ({ at, actor, command, subject, outcome, detail }) => {
    insert.run(at, actor, command, subject, outcome, detail);
  };
}
