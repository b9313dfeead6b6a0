import type { BasketResult, SavedBasket } from '../../shared/contract/basket.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type { BasketReader, Transaction } from './types.ts';

interface Row {
  readonly basketId: number;
  readonly name: string;
  readonly version: number;
  readonly savedAt: string;
  readonly result: string;
}

const columns = 'basket_id AS basketId, name, version, saved_at AS savedAt, result';

export function createBasketReader(db: ReadableDb): BasketReader {
  const newest = db.prepare(
    `SELECT ${columns} FROM basket AS this
     WHERE version = (SELECT max(version) FROM basket WHERE name = this.name) ORDER BY basket_id DESC`,
  );
  const latest = db.prepare(`SELECT ${columns} FROM basket WHERE name = ? ORDER BY version DESC LIMIT 1`);
  const exact = db.prepare(`SELECT ${columns} FROM basket WHERE name = ? AND version = ?`);
  const shaped = ({ result, ...row }: Row): SavedBasket => ({
    ...row,
    result: JSON.parse(result) as BasketResult,
  });
  return {
    list: () => (newest.all() as Row[]).map(shaped),
    find: (name, version) => {
      const row = (version === undefined ? latest.get(name) : exact.get(name, version)) as Row | undefined;
      return row === undefined ? null : shaped(row);
    },
  };
}

export function createBasketWriter(
  db: WritableDb,
): (stamp: { readonly now: string; readonly actor: string }) => Transaction['baskets'] {
  const nextVersion = db.prepare('SELECT coalesce(max(version), 0) + 1 FROM basket WHERE name = ?').pluck();
  const insert = db.prepare(
    'INSERT INTO basket (name, version, saved_at, saved_by, result) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = db.prepare('DELETE FROM basket WHERE name = ? AND version = ?');
  return ({ now, actor }) => ({
    insert: (name, result) => {
      const version = nextVersion.get(name) as number;
      const { lastInsertRowid } = insert.run(name, version, now, actor, JSON.stringify(result));
      return { basketId: Number(lastInsertRowid), version };
    },
    remove: (name, version) => remove.run(name, version).changes > 0,
  });
}
