import type { WritableDb } from './db.ts';
import type { Transaction } from './types.ts';

export function createExclusionWriter(
  db: WritableDb,
): (stamp: { readonly now: string; readonly actor: string }) => Transaction['exclusions'] {
  const add = db.prepare(
    `INSERT INTO quote_exclusion (underlier, contract, trade_date, reason, excluded_at, excluded_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const lift = db.prepare(
    'UPDATE quote_exclusion SET lifted_at = ? WHERE exclusion_id = ? AND lifted_at IS NULL',
  );
  const growRevision = db.prepare(`UPDATE desk_meta SET value = value + 1 WHERE key = 'data_revision'`);
  return ({ now, actor }) => ({
    add: ({ symbol, contract, tradeDate, reason }) => {
      growRevision.run();
      return Number(add.run(symbol, contract, tradeDate, reason, now, actor).lastInsertRowid);
    },
    lift: (exclusionId) => {
      if (lift.run(now, exclusionId).changes === 0) return false;
      growRevision.run();
      return true;
    },
  });
}
