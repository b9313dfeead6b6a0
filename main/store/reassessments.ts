import type { HedgeReassessment, ReassessCause, ReassessRun } from '../../shared/contract/reassess.ts';
import type { ReadableDb, WritableDb } from './db.ts';

/** A run as it is stored; `result` is what was found. */
export type StoredReassessRun = Pick<
  ReassessRun,
  'runId' | 'basket' | 'asOf' | 'cause' | 'runAt' | 'runBy' | 'rules' | 'result'
>;

export interface ReassessmentReader {
  /** Newest first; of one basket where it is named. */
  readonly list: (basket: string | null, limit: number) => readonly StoredReassessRun[];
  readonly find: (runId: number) => StoredReassessRun | null;
  /** The newest of the basket with a smaller number. */
  readonly before: (run: { readonly basket: string; readonly runId: number }) => StoredReassessRun | null;
}

export interface ReassessmentWriter {
  readonly add: (run: {
    readonly cause: ReassessCause;
    readonly rules: ReassessRun['rules'];
    readonly result: HedgeReassessment;
  }) => number;
}

type Row = Omit<StoredReassessRun, 'rules' | 'result'> & { readonly rules: string; readonly result: string };

const columns =
  'run_id AS runId, basket, as_of_date AS asOf, cause, run_at AS runAt, run_by AS runBy, rules, result';

export function createReassessmentReader(db: ReadableDb): ReassessmentReader {
  const list = db.prepare(
    `SELECT ${columns} FROM reassessment_run WHERE (:basket IS NULL OR basket = :basket)
     ORDER BY run_id DESC LIMIT :limit`,
  );
  const one = db.prepare(`SELECT ${columns} FROM reassessment_run WHERE run_id = ?`);
  const before = db.prepare(
    `SELECT ${columns} FROM reassessment_run WHERE basket = ? AND run_id < ? ORDER BY run_id DESC LIMIT 1`,
  );
  const shaped = ({ rules, result, ...row }: Row): StoredReassessRun => ({
    ...row,
    rules: JSON.parse(rules) as ReassessRun['rules'],
    result: JSON.parse(result) as HedgeReassessment,
  });
  const orNull = (row: unknown): StoredReassessRun | null => (row === undefined ? null : shaped(row as Row));
  return {
    list: (basket, limit) => (list.all({ basket, limit }) as Row[]).map(shaped),
    find: (runId) => orNull(one.get(runId)),
    before: ({ basket, runId }) => orNull(before.get(basket, runId)),
  };
}

export function createReassessmentWriter(
  db: WritableDb,
): (stamp: { readonly now: string; readonly actor: string }) => ReassessmentWriter {
  const insert = db.prepare(
    `INSERT INTO reassessment_run (basket, as_of_date, cause, run_at, run_by, rules, result)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ now, actor }) => ({
    add: ({ cause, rules, result }) =>
      Number(
        insert.run(
          result.basket,
          result.asOf,
          cause,
          now,
          actor,
          JSON.stringify(rules),
          JSON.stringify(result),
        ).lastInsertRowid,
      ),
  });
}
