import type { Database } from 'better-sqlite3';

/** One frozen step of the schema. `version` is what `user_version` reads after it. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly apply: (db: Database) => void;
}
