import type { ReadableDb, WritableDb } from './db.ts';
import type { Readers, Transaction } from './types.ts';

export function createPreferenceReader(db: ReadableDb): Readers['preferences'] {
  const value = db.prepare('SELECT value FROM preference WHERE key = ?').pluck();
  return { read: (key) => (value.get(key) as string | undefined) ?? null };
}

export function createPreferenceWriter(db: WritableDb): Transaction['preferences'] {
  const save = db.prepare(
    'INSERT INTO preference (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    save: (key, value) => {
      save.run(key, value);
    },
  };
}
