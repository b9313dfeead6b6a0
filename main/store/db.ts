import type { Database } from 'better-sqlite3';

declare const canWrite: unique symbol;

/** A connection for reading. The type keeps a query from writing: `exec` and `transaction` are not on it. */
export type ReadableDb = Pick<Database, 'prepare' | 'inTransaction'>;

/** A connection inside a transaction, or one that begins it. Only `open.ts` makes one. */
export type WritableDb = Database & { readonly [canWrite]: true };

export const asWritable = (db: Database): WritableDb => db as WritableDb;
