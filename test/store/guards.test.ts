import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { migrations } from '../../main/store/migrations/index.ts';
import { mutate, openTestStore } from '../support/store.ts';
import { valueOf } from '../support/service.ts';

// What the database itself refuses, whoever asks: these statements come past every handler.

describe('the database refuses', () => {
  const db = new Database(':memory:');
  beforeAll(() => {
    db.pragma('recursive_triggers = ON');
    db.pragma('foreign_keys = ON');
    for (const migration of migrations) migration.apply(db);
    db.exec(`
      INSERT INTO audit VALUES (1, 'now', 'me', 'test', '', 'done', '');
      INSERT INTO contract_event VALUES (1, 'C1', 1, 'fixed', 'now', 'me', 100, NULL, NULL, '');
      INSERT INTO basket VALUES (1, 'B', 1, 'now', 'me', '{}');
      INSERT INTO suggestion VALUES (1, 'approved', 'B', '2026-03-27', '2026-04-17', 'now', 'me', '1', '{}', 'h', '', 'now', 'me', NULL);
      INSERT INTO suggestion VALUES (2, 'reviewed', 'B', '2026-03-27', '2026-04-17', 'now', 'me', '1', '{}', 'h', '', NULL, NULL, NULL);
      INSERT INTO suggestion VALUES (3, 'exported', 'B', '2026-03-27', '2026-04-17', 'now', 'me', '1', '{}', 'h', '', 'now', 'me', 'now');
      INSERT INTO suggestion_fill VALUES (1, 3, 'l', 'C', 'sell', 1, 1.5, 0, 'now', 'k', 'f', 2, 'now', 'me');
      INSERT INTO suggestion_progress VALUES (1, 3, 'filled', 'now', 'me');
      INSERT INTO suggestion_event VALUES (1, 1, 'now', 'me', 'saved', 'null', 'h');
    `);
  });

  it.each([
    ['changing an audit row', `UPDATE audit SET actor = 'you'`],
    ['deleting an audit row', 'DELETE FROM audit'],
    [
      'replacing an audit row',
      `INSERT OR REPLACE INTO audit VALUES (1, 'now', 'you', 'test', '', 'done', '')`,
    ],
    ['changing a contract event', 'UPDATE contract_event SET level = 1'],
    ['deleting a contract event', 'DELETE FROM contract_event'],
    ['changing a saved basket', `UPDATE basket SET result = '[]'`],
    ['changing an approved snapshot', `UPDATE suggestion SET snapshot = '[]' WHERE suggestion_id = 1`],
    ['changing an approved hash', `UPDATE suggestion SET hash = 'x' WHERE suggestion_id = 1`],
    ['changing who approved', `UPDATE suggestion SET approved_by = 'you' WHERE suggestion_id = 1`],
    [
      'replacing an approved suggestion',
      `INSERT OR REPLACE INTO suggestion SELECT 1, 'draft', 'B', '2026-03-27', '2026-04-17', 'now', 'me', '1', '[]', 'h', '', NULL, NULL, NULL`,
    ],
    ['moving an approved suggestion back', `UPDATE suggestion SET state = 'draft' WHERE suggestion_id = 1`],
    ['moving a reviewed suggestion back', `UPDATE suggestion SET state = 'draft' WHERE suggestion_id = 2`],
    ['exporting what was not approved', `UPDATE suggestion SET state = 'exported' WHERE suggestion_id = 2`],
    ['deleting a suggestion', 'DELETE FROM suggestion'],
    ['changing a suggestion event', `UPDATE suggestion_event SET kind = 'x'`],
    ['changing a fill', 'UPDATE suggestion_fill SET price = 1'],
    ['deleting a fill', 'DELETE FROM suggestion_fill'],
    [
      'a fill of what was not exported',
      `INSERT INTO suggestion_fill VALUES (2, 1, 'l', 'C', 'sell', 1, 1.5, 0, 'now', 'k', 'f', 2, 'now', 'me')`,
    ],
    [
      'the same fill twice',
      `INSERT INTO suggestion_fill VALUES (2, 3, 'l', 'C', 'sell', 1, 1.5, 0, 'now', 'k', 'f', 2, 'now', 'me')`,
    ],
    ['taking back a state after the export', 'DELETE FROM suggestion_progress'],
    ['changing a state after the export', `UPDATE suggestion_progress SET state = 'cancelled'`],
    ['filling what was not exported', `INSERT INTO suggestion_progress VALUES (2, 1, 'filled', 'now', 'me')`],
    ['going on from filled', `INSERT INTO suggestion_progress VALUES (2, 3, 'part-filled', 'now', 'me')`],
    ['deleting a suggestion event', 'DELETE FROM suggestion_event'],
    [
      'a quote of a batch that is not there',
      `INSERT INTO underlier_mark VALUES (1, 1, 99, 1, 100, NULL, '')`,
    ],
    ['a text where a number belongs', `INSERT INTO desk_meta VALUES ('x', 'many')`],
  ])('%s', (_, sql) => {
    expect(() => db.exec(sql)).toThrow(
      /only grows?|never changes|only moves forward|are kept|FOREIGN KEY|UNIQUE|cannot store/,
    );
  });

  it('nothing that the review needs', () => {
    expect(
      db
        .prepare(`UPDATE suggestion SET state = 'exported', exported_at = 'now' WHERE suggestion_id = 1`)
        .run().changes,
    ).toBe(1);
    expect(
      db.prepare(`UPDATE suggestion SET snapshot = '[]', hash = 'x' WHERE suggestion_id = 2`).run().changes,
    ).toBe(1);
  });
});

describe('a mutation', () => {
  it('commits with its audit row', () => {
    const store = openTestStore();
    valueOf(mutate(store, (tx) => ok(tx.preferences.save('key', 'value'))));
    expect(store.read.preferences.read('key')).toBe('value');
    expect(store.read.audit.search({ search: '', limit: 10 })).toMatchObject({
      total: 1,
      entries: [{ actor: 'tester', command: 'test', outcome: 'done' }],
    });
  });

  it('leaves nothing but its refusal when it is refused', () => {
    const store = openTestStore();
    const refused = mutate(store, (tx) => {
      tx.preferences.save('key', 'value');
      return fail(failure('not-found', 'Basket X'));
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(store.read.preferences.read('key')).toBeNull();
    expect(store.read.audit.search({ search: 'basket x', limit: 10 }).entries).toMatchObject([
      { outcome: 'refused' },
    ]);
  });

  it('leaves nothing at all when it throws', () => {
    const store = openTestStore();
    const broken = (): unknown =>
      mutate(store, (tx) => {
        tx.preferences.save('key', 'value');
        throw new Error('a bug');
      });
    expect(broken).toThrow('a bug');
    expect(store.read.preferences.read('key')).toBeNull();
    expect(store.read.audit.search({ search: '', limit: 10 }).total).toBe(0);
  });

  it('finds audit rows by words that hold wildcards', () => {
    const store = openTestStore();
    for (const key of ['100%', '100x', 'a_b', 'axb']) {
      mutate(store, (tx) => {
        tx.describe({ subject: key });
        return ok(tx.preferences.save(key, ''));
      });
    }
    expect(
      store.read.audit.search({ search: '0%', limit: 10 }).entries.map(({ subject }) => subject),
    ).toEqual(['100%']);
    expect(
      store.read.audit.search({ search: 'a_b', limit: 10 }).entries.map(({ subject }) => subject),
    ).toEqual(['a_b']);
  });
});
