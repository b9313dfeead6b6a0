import { gunzipSync, gzipSync } from 'node:zlib';
import type { ScenarioEdit, ScenarioStep } from '../../shared/contract/scenario-edits.ts';
import type { ScenarioShock } from '../../shared/contract/scenario-shock.ts';
import { assertThat } from '../../shared/result.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type {
  ScenarioReader,
  ScenarioWriter,
  StoredDaily,
  StoredScenario,
  StoredSnapshot,
  StoredStress,
} from './scenario-rows.ts';

type SessionRow = Omit<StoredScenario, 'inherited' | 'saved'> & {
  readonly inherited: string;
  readonly saved: string;
};
type StepRow = Omit<ScenarioStep, 'edits' | 'inForce'> & { readonly edits: string; readonly inForce: number };

const sessionColumns = `scenario_id AS scenarioId, parent_id AS parentId, snapshot_id AS snapshotId, name, note,
  inherited, saved, cursor, created_at AS createdAt, created_by AS createdBy, changed_at AS changedAt,
  saved_at AS savedAt, deleted_at AS deletedAt`;
const stressColumns =
  'stress_id AS stressId, name, note, shock, made_at AS madeAt, made_by AS madeBy, removed_at AS removedAt FROM scenario_stress';
const dailyColumns = `daily_id AS dailyId, as_of_date AS asOf, snapshot_id AS snapshotId, reason,
  taken_at AS takenAt, taken_by AS takenBy, value FROM daily_snapshot`;

const sessionOf = (row: SessionRow): StoredScenario => ({
  ...row,
  inherited: JSON.parse(row.inherited) as ScenarioEdit[],
  saved: JSON.parse(row.saved) as ScenarioEdit[],
});
const stressOf = (row: Omit<StoredStress, 'shock'> & { readonly shock: string }): StoredStress => ({
  ...row,
  shock: JSON.parse(row.shock) as ScenarioShock,
});
const dailyOf = (row: StoredDaily): StoredDaily => ({
  ...row,
  value: JSON.parse(row.value as string) as unknown,
});

export function createScenarioReader(db: ReadableDb): ScenarioReader {
  const all = db.prepare(`SELECT ${sessionColumns} FROM scenario WHERE deleted_at IS NULL ORDER BY name`);
  const deleted = db.prepare(
    `SELECT scenario_id AS scenarioId, name, deleted_at AS deletedAt FROM scenario
     WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, scenario_id DESC LIMIT 50`,
  );
  const one = db.prepare(`SELECT ${sessionColumns} FROM scenario WHERE scenario_id = ?`);
  const named = db.prepare(`SELECT ${sessionColumns} FROM scenario WHERE name = ? AND deleted_at IS NULL`);
  const steps = db.prepare(
    `SELECT step, label, edits, made_at AS madeAt, made_by AS madeBy, step <= cursor AS inForce
     FROM scenario_step JOIN scenario USING (scenario_id) WHERE scenario_id = ? ORDER BY step`,
  );
  const snapshot = db.prepare(
    `SELECT snapshot_id AS snapshotId, hash, as_of_date AS asOf, taken_at AS takenAt, taken_by AS takenBy
     FROM scenario_snapshot WHERE snapshot_id = ?`,
  );
  const content = db.prepare('SELECT content FROM scenario_snapshot WHERE snapshot_id = ?').pluck();
  const stresses = db.prepare(`SELECT ${stressColumns} WHERE removed_at IS NULL ORDER BY name`);
  const stress = db.prepare(`SELECT ${stressColumns} WHERE stress_id = ?`);
  const daily = db.prepare(
    `SELECT ${dailyColumns} WHERE daily_id IN (SELECT max(daily_id) FROM daily_snapshot GROUP BY as_of_date)
     ORDER BY as_of_date`,
  );
  const dailyOn = db.prepare(`SELECT ${dailyColumns} WHERE as_of_date = ? ORDER BY daily_id DESC LIMIT 1`);
  const maybe = <Row, T>(row: unknown, shape: (found: Row) => T): T | null =>
    row === undefined ? null : shape(row as Row);
  return {
    list: () => (all.all() as SessionRow[]).map(sessionOf),
    deleted: () => deleted.all() as ReturnType<ScenarioReader['deleted']>[number][],
    find: (scenarioId) => maybe(one.get(scenarioId), sessionOf),
    named: (name) => maybe(named.get(name), sessionOf),
    steps: (scenarioId) =>
      (steps.all(scenarioId) as StepRow[]).map((row) => ({
        ...row,
        edits: JSON.parse(row.edits) as ScenarioEdit[],
        inForce: row.inForce === 1,
      })),
    snapshot: (snapshotId) => (snapshot.get(snapshotId) as StoredSnapshot | undefined) ?? null,
    content: (snapshotId) =>
      maybe(content.get(snapshotId), (zipped: Buffer) => gunzipSync(zipped).toString()),
    stresses: () => (stresses.all() as Parameters<typeof stressOf>[0][]).map(stressOf),
    stress: (stressId) => maybe(stress.get(stressId), stressOf),
    daily: () => (daily.all() as StoredDaily[]).map(dailyOf),
    dailyOn: (asOf) => maybe(dailyOn.get(asOf), dailyOf),
  };
}

export function createScenarioWriter(
  db: WritableDb,
  read: ScenarioReader,
): (stamp: { readonly now: string; readonly actor: string }) => ScenarioWriter {
  const sameContent = db.prepare('SELECT snapshot_id FROM scenario_snapshot WHERE hash = ?').pluck();
  const addSnapshot = db.prepare(
    'INSERT INTO scenario_snapshot (hash, as_of_date, taken_at, taken_by, content) VALUES (?, ?, ?, ?, ?)',
  );
  const add = db.prepare(
    `INSERT INTO scenario
       (parent_id, snapshot_id, name, note, inherited, saved, cursor, created_at, created_by, changed_at, saved_at)
     VALUES (:parentId, :snapshotId, :name, :note, :inherited, :saved, 0, :now, :actor, :now, :now)`,
  );
  const dropUndone = db.prepare('DELETE FROM scenario_step WHERE scenario_id = ? AND step > ?');
  const lastKey = db
    .prepare('SELECT merge_key FROM scenario_step WHERE scenario_id = ? AND step = ?')
    .pluck();
  const addStep = db.prepare(
    `INSERT INTO scenario_step (scenario_id, step, label, merge_key, edits, made_at, made_by)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (scenario_id, step) DO UPDATE SET label = excluded.label, edits = excluded.edits,
       made_at = excluded.made_at, made_by = excluded.made_by`,
  );
  const endMerging = db.prepare('UPDATE scenario_step SET merge_key = NULL WHERE scenario_id = ?');
  const setCursor = db.prepare('UPDATE scenario SET cursor = ?, changed_at = ? WHERE scenario_id = ?');
  const save = db.prepare('UPDATE scenario SET saved = ?, saved_at = ? WHERE scenario_id = ?');
  const rename = db.prepare('UPDATE scenario SET name = ?, note = ?, changed_at = ? WHERE scenario_id = ?');
  const setDeleted = db.prepare('UPDATE scenario SET deleted_at = ? WHERE scenario_id = ?');
  const addStress = db.prepare(
    'INSERT INTO scenario_stress (name, note, shock, made_at, made_by) VALUES (?, ?, ?, ?, ?)',
  );
  const setRemoved = db.prepare('UPDATE scenario_stress SET removed_at = ? WHERE stress_id = ?');
  const addDaily = db.prepare(
    `INSERT INTO daily_snapshot (as_of_date, snapshot_id, reason, taken_at, taken_by, value)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const found = (scenarioId: number): StoredScenario => {
    const session = read.find(scenarioId);
    assertThat(session !== null, `session ${scenarioId} must be on the desk`);
    return session;
  };
  return ({ now, actor }) => ({
    keepSnapshot: ({ asOf, hash, content, takenAt = now }) => {
      const known = sameContent.get(hash) as number | undefined;
      return known ?? Number(addSnapshot.run(hash, asOf, takenAt, actor, gzipSync(content)).lastInsertRowid);
    },
    insert: ({ inherited, saved, ...session }) =>
      Number(
        add.run({
          ...session,
          inherited: JSON.stringify(inherited),
          saved: JSON.stringify(saved),
          now,
          actor,
        }).lastInsertRowid,
      ),
    addStep: (scenarioId, { label, mergeKey, edits }) => {
      const { cursor } = found(scenarioId);
      dropUndone.run(scenarioId, cursor);
      const merges = mergeKey !== null && lastKey.get(scenarioId, cursor) === mergeKey;
      const step = merges ? cursor : cursor + 1;
      addStep.run(scenarioId, step, label, mergeKey, JSON.stringify(edits), now, actor);
      setCursor.run(step, now, scenarioId);
    },
    moveCursor: (scenarioId, cursor) => {
      assertThat(cursor >= 0 && cursor <= read.steps(scenarioId).length, 'a cursor stays within the log');
      endMerging.run(scenarioId);
      setCursor.run(cursor, now, scenarioId);
    },
    save: (scenarioId, edits) => {
      endMerging.run(scenarioId);
      save.run(JSON.stringify(edits), now, scenarioId);
    },
    rename: (scenarioId, name, note) => void rename.run(name, note, now, scenarioId),
    setDeleted: (scenarioId, deleted) => void setDeleted.run(deleted ? now : null, scenarioId),
    addStress: ({ name, note, shock }) =>
      Number(addStress.run(name, note, JSON.stringify(shock), now, actor).lastInsertRowid),
    setStressRemoved: (stressId, removed) => void setRemoved.run(removed ? now : null, stressId),
    addDaily: ({ asOf, snapshotId, reason, value }) =>
      Number(addDaily.run(asOf, snapshotId, reason, now, actor, JSON.stringify(value)).lastInsertRowid),
  });
}
