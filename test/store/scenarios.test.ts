import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../main/store/migrations/index.ts';
import type { ScenarioEdit } from '../../shared/contract/scenario-edits.ts';
import { scenarioShock } from '../../shared/contract/scenario-shock.ts';
import { ok } from '../../shared/result.ts';
import type { Store, Transaction } from '../../main/store/index.ts';
import { temporaryFolder, valueOf } from '../support/service.ts';
import { mutate, openTestStore, testMoment } from '../support/store.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const change = (quantity: number): ScenarioEdit => ({ kind: 'change', positionId: 'p', quantity });
const step = (quantity: number, mergeKey: string | null = null) => ({
  label: `to ${quantity}`,
  mergeKey,
  edits: [change(quantity)],
});
const write = <T>(store: Store, work: (tx: Transaction['scenarios']) => T): T =>
  valueOf(mutate(store, (tx) => ok(work(tx.scenarios))));
const content = { asOf: '2026-03-27', hash: 'h', content: '{"a":0.1}' };
function session(store: Store, name = 'S'): number {
  return write(store, (scenarios) => {
    const snapshotId = scenarios.keepSnapshot(content);
    return scenarios.insert({ parentId: null, snapshotId, name, note: '', inherited: [], saved: [] });
  });
}

describe('a session in the desk file', () => {
  it('keeps its frozen book once, and its steps in order, undone ones last', () => {
    const store = openTestStore();
    const [a, b] = [session(store, 'A'), session(store, 'B')];
    expect(store.read.scenarios.find(a)?.snapshotId).toBe(store.read.scenarios.find(b)?.snapshotId);
    expect(store.read.scenarios.content(1)).toBe(content.content);
    write(store, (scenarios) => {
      for (const quantity of [1, 2, 3]) scenarios.addStep(a, step(quantity));
      scenarios.moveCursor(a, 1);
    });
    expect(store.read.scenarios.steps(a).map(({ label, inForce }) => [label, inForce])).toEqual([
      ['to 1', true],
      ['to 2', false],
      ['to 3', false],
    ]);
    write(store, (scenarios) => scenarios.addStep(a, step(9)));
    expect(store.read.scenarios.steps(a).map(({ step: number, label }) => [number, label])).toEqual([
      [1, 'to 1'],
      [2, 'to 9'],
    ]);
    expect(store.read.scenarios.steps(b)).toEqual([]);
  });

  it('makes one step of a run with the same key, until something else comes between', () => {
    const store = openTestStore();
    const id = session(store);
    write(store, (scenarios) => {
      for (const quantity of [1, 2, 3]) scenarios.addStep(id, step(quantity, 'k'));
      scenarios.save(id, [change(3)]);
      scenarios.addStep(id, step(4, 'k'));
      scenarios.addStep(id, step(5, 'other'));
      scenarios.addStep(id, step(6, 'k'));
    });
    expect(store.read.scenarios.steps(id).map(({ label }) => label)).toEqual([
      'to 3',
      'to 4',
      'to 5',
      'to 6',
    ]);
  });

  it('survives a restart as it was written, working copy and saved state apart', () => {
    const file = join(folder.path, 'restart.voldesk');
    const store = openTestStore(file);
    const id = session(store);
    write(store, (scenarios) => {
      scenarios.addStep(id, step(0.1 + 0.2));
      scenarios.save(id, [change(7)]);
    });
    const [before, steps] = [store.read.scenarios.find(id), store.read.scenarios.steps(id)];
    store.close();
    const again = openTestStore(file);
    expect(again.read.scenarios.find(id)).toEqual(before);
    expect(again.read.scenarios.steps(id)).toEqual(steps);
    expect(steps[0]?.edits).toEqual([change(0.30000000000000004)]);
    again.close();
  });

  it('is hidden when deleted, gives its name away, and can come back', () => {
    const store = openTestStore();
    const id = session(store);
    write(store, (scenarios) => scenarios.setDeleted(id, true));
    expect(store.read.scenarios.list()).toEqual([]);
    expect(store.read.scenarios.deleted()).toEqual([{ scenarioId: id, name: 'S', deletedAt: testMoment }]);
    expect(store.read.scenarios.named('S')).toBeNull();
    const other = session(store);
    expect(store.read.scenarios.named('S')?.scenarioId).toBe(other);
    expect(() => write(store, (scenarios) => scenarios.setDeleted(id, false))).toThrow(/UNIQUE/);
  });

  it('leaves the revision of the live data alone', () => {
    const store = openTestStore();
    const before = store.read.desk.dataRevision();
    const id = session(store);
    write(store, (scenarios) => scenarios.addStep(id, step(1)));
    expect(store.read.desk.dataRevision()).toBe(before);
  });
});

describe('stresses and kept days', () => {
  it('come by name and by day, the newest of a day', () => {
    const store = openTestStore();
    const shock = scenarioShock.parse({ daysForward: 3 });
    const [b] = ['B', 'A'].map((name) =>
      write(store, (scenarios) => scenarios.addStress({ name, note: '', shock })),
    );
    expect(store.read.scenarios.stresses().map(({ name }) => name)).toEqual(['A', 'B']);
    write(store, (scenarios) => scenarios.setStressRemoved(b ?? 0, true));
    expect(store.read.scenarios.stresses()).toMatchObject([{ name: 'A', shock, removedAt: null }]);
    write(store, (scenarios) => {
      const snapshotId = scenarios.keepSnapshot(content);
      for (const [asOf, value] of [
        ['2026-03-27', 1],
        ['2026-03-26', 2],
        ['2026-03-27', 3],
      ] as const)
        scenarios.addDaily({ asOf, snapshotId, reason: 'hand', value });
    });
    expect(store.read.scenarios.daily().map(({ asOf, value }) => [asOf, value])).toEqual([
      ['2026-03-26', 2],
      ['2026-03-27', 3],
    ]);
    expect(store.read.scenarios.dailyOn('2026-03-27')?.value).toBe(3);
    expect(store.read.scenarios.dailyOn('2026-03-28')).toBeNull();
  });
});

describe('the database refuses', () => {
  const db = new Database(':memory:');
  beforeAll(() => {
    db.pragma('recursive_triggers = ON');
    db.pragma('foreign_keys = ON');
    for (const migration of migrations) migration.apply(db);
    db.exec(`
      INSERT INTO scenario_snapshot VALUES (1, 'h', '2026-03-27', 'now', 'me', x'00');
      INSERT INTO scenario VALUES (1, NULL, 1, 'S', '', '[]', '[]', 0, 'now', 'me', 'now', 'now', NULL);
      INSERT INTO daily_snapshot VALUES (1, '2026-03-27', 1, 'hand', 'now', 'me', '{}');
    `);
  });

  it.each([
    ['changing a frozen book', `UPDATE scenario_snapshot SET content = x'01'`],
    [
      'replacing a frozen book',
      `INSERT OR REPLACE INTO scenario_snapshot VALUES (1, 'x', 'd', 'now', 'me', x'01')`,
    ],
    ['deleting a frozen book', 'DELETE FROM scenario_snapshot'],
    ['deleting a session', 'DELETE FROM scenario'],
    [
      'two sessions of one name',
      `INSERT INTO scenario VALUES (2, NULL, 1, 'S', '', '[]', '[]', 0, '', '', '', '', NULL)`,
    ],
    [
      'a session on no frozen book',
      `INSERT INTO scenario VALUES (2, NULL, 9, 'T', '', '[]', '[]', 0, '', '', '', '', NULL)`,
    ],
    ['edits that are no JSON', `UPDATE scenario SET saved = 'x'`],
    ['changing a kept day', `UPDATE daily_snapshot SET value = '[]'`],
    ['deleting a kept day', 'DELETE FROM daily_snapshot'],
  ])('%s', (_, sql) => {
    expect(() => db.exec(sql)).toThrow(
      /never changes|are kept|not deleted|only grow|UNIQUE|FOREIGN KEY|CHECK/,
    );
  });
});
