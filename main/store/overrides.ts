import type { ReadableDb, WritableDb } from './db.ts';
import type { MarketOverride } from './rows.ts';
import type { OverrideReader, Transaction } from './types.ts';

const columns = `override_id AS overrideId, underlier AS symbol, kind, expiry, trade_date AS tradeDate, value, reason,
  set_at AS setAt, set_by AS setBy`;

export function createOverrideReader(db: ReadableDb): OverrideReader {
  const all = db.prepare(
    `SELECT ${columns} FROM market_override WHERE cleared_at IS NULL ORDER BY underlier, override_id`,
  );
  const ofName = db.prepare(
    `SELECT ${columns} FROM market_override WHERE underlier = ? AND cleared_at IS NULL ORDER BY override_id`,
  );
  const ofDay = db.prepare(
    `SELECT ${columns} FROM market_override
     WHERE underlier = ? AND (trade_date IS NULL OR trade_date = ?) AND cleared_at IS NULL
     ORDER BY trade_date IS NOT NULL, override_id`,
  );
  const one = db.prepare(
    `SELECT ${columns} FROM market_override WHERE override_id = ? AND cleared_at IS NULL`,
  );
  return {
    list: (symbol) => (symbol === undefined ? all.all() : ofName.all(symbol)) as MarketOverride[],
    on: (symbol, date) => ofDay.all(symbol, date) as MarketOverride[],
    find: (overrideId) => (one.get(overrideId) as MarketOverride | undefined) ?? null,
  };
}

export function createOverrideWriter(
  db: WritableDb,
): (stamp: { readonly now: string; readonly actor: string }) => Transaction['overrides'] {
  const insert = db.prepare(
    `INSERT INTO market_override (underlier, kind, expiry, trade_date, value, reason, set_at, set_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const endSame = db.prepare(
    `UPDATE market_override SET cleared_at = ?
     WHERE underlier = ? AND kind = ? AND expiry IS ? AND trade_date IS ? AND cleared_at IS NULL`,
  );
  const end = db.prepare(
    'UPDATE market_override SET cleared_at = ? WHERE override_id = ? AND cleared_at IS NULL',
  );
  const growRevision = db.prepare(`UPDATE desk_meta SET value = value + 1 WHERE key = 'data_revision'`);
  return ({ now, actor }) => ({
    set: ({ symbol, kind, expiry, tradeDate, value, reason }) => {
      growRevision.run();
      endSame.run(now, symbol, kind, expiry, tradeDate);
      return Number(insert.run(symbol, kind, expiry, tradeDate, value, reason, now, actor).lastInsertRowid);
    },
    clear: (overrideId) => {
      if (end.run(now, overrideId).changes === 0) return false;
      growRevision.run();
      return true;
    },
  });
}
