import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioShock } from '../../shared/contract/scenario-shock.ts';
import type { ScenarioEditRequest } from '../../shared/contract/scenario-edits.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** The life of sessions over the real dispatcher, on the market that ships, in a desk file. */
const folder = temporaryFolder();
const file = join(folder.path, 'desk.voldesk');
let service: TestService;
let scenarioId = 0;
let optionId = '';

const ask: TestService['ask'] = (name, input) => service.ask(name, input);
const refusal = (result: { ok: true } | { ok: false; error: Failure }): string =>
  result.ok ? 'done' : sentenceOf(result.error);
const of = (id = scenarioId) => ({ kind: 'session', scenarioId: id }) as const;
const edit = async (edits: ScenarioEditRequest[], id = scenarioId, mergeKey: string | null = null) =>
  valueOf(await ask('scenario.edit', { scenarioId: id, edits, mergeKey }));
const put = {
  kind: 'add',
  item: { instrument: 'option', book: 'What-if', contract: 'MERI 2026-12-18 4700 P', quantity: 5 },
} as const;
const shock: ScenarioShock = {
  spot: [{ kind: 'move', target: { kind: 'all' }, move: -0.08 }],
  vol: [{ kind: 'termWeighted', target: { kind: 'all' }, change: 0.06 }],
  correlation: [{ index: 'MERI', change: { kind: 'add', correlation: 0.15 }, moves: 'index' }],
  daysForward: 10,
  rateShift: 0,
  yieldShift: 0,
  dividendChange: 0,
  smileRule: { kind: 'stickyStrike' },
  realized: { move: 'jump', vol: null },
};
const branchOf = async (name: string, id = scenarioId) =>
  valueOf(await ask('scenario.branch', { scenarioId: id, name })).scenarioId;

/** Everything of the live desk: all tables but those of sessions, the log of what was asked, and computed days. */
function liveHash(): string {
  const db = new Database(file, { readonly: true });
  const own = /^(scenario|daily_snapshot|audit$|edit|derived_day$|sqlite_)/;
  const tables = (
    db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all() as string[]
  ).filter((name) => !own.test(name));
  const hash = createHash('sha256');
  for (const table of tables) {
    hash.update(table);
    for (const row of db.prepare(`SELECT * FROM ${table}`).raw().iterate()) hash.update(JSON.stringify(row));
  }
  db.close();
  expect(tables).toEqual(expect.arrayContaining(['position', 'option_quote', 'suggestion', 'desk_meta']));
  return hash.digest('hex');
}

beforeAll(async () => {
  copyDemoDesk(file);
  service = openTestService(file);
  const frozen = valueOf(await ask('scenario.freeze', {}));
  const created = valueOf(await ask('scenario.create', { freezeId: frozen.freezeId, name: 'First' }));
  scenarioId = created.scenarioId;
  const { rows } = valueOf(await ask('scenario.open', { scenarioId }));
  optionId = rows.find(({ label }) => label === 'DLNT 2026-12-18 330 C')?.positionId ?? '';
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

describe('a session', () => {
  it('is new, saved, and holds everything that is held live', async () => {
    const { head, rows, notIncluded } = valueOf(await ask('scenario.open', { scenarioId }));
    expect(head).toMatchObject({ unsaved: false, canUndo: false, asOf: '2026-11-20', parentId: null });
    expect([rows.length, notIncluded.length]).toEqual([30, 0]);
  });

  it('values the frozen book as the desk values the live one', async () => {
    const valued = valueOf(await ask('scenario.value', { of: of() }));
    expect(valued).toMatchObject({ profit: 0, notValued: [], asOf: '2026-11-20' });
    const { positions } = valueOf(await ask('positions.list', {}));
    const { forwardStarts, realizedVols } = valueOf(await ask('contracts.list', {}));
    const live = [...positions, ...forwardStarts, ...realizedVols].reduce(
      (sum, { value }) => sum + (value ?? 0),
      0,
    );
    expect(valued.total.value).toBeCloseTo(live, 2);
  });

  it('keeps each step, marks what is not saved, undoes and redoes', async () => {
    const id = await branchOf('Steps');
    const added = await edit([put, { kind: 'remove', positionId: optionId }], id);
    expect(added).toMatchObject({ unsaved: true, canUndo: true, added: 1, removed: 1 });
    const opened = valueOf(await ask('scenario.open', { scenarioId: id }));
    expect(
      opened.rows.filter(({ change }) => change !== 'same').map(({ label, change }) => [label, change]),
    ).toEqual([
      ['DLNT 2026-12-18 330 C', 'removed'],
      ['MERI 2026-12-18 4700 P', 'added'],
    ]);
    expect(opened.steps).toMatchObject([
      { label: 'Add +5 MERI 2026-12-18 4700 P, and 1 more', inForce: true },
    ]);
    const back = valueOf(await ask('scenario.undo', { scenarioId: id }));
    expect(back).toMatchObject({ unsaved: false, canUndo: false, canRedo: true, added: 0, removed: 0 });
    expect(refusal(await ask('scenario.undo', { scenarioId: id }))).toMatch(/cannot be undone/);
    expect(valueOf(await ask('scenario.redo', { scenarioId: id }))).toMatchObject({
      unsaved: true,
      added: 1,
    });
    expect(valueOf(await ask('scenario.save', { scenarioId: id })).unsaved).toBe(false);
    expect(valueOf(await ask('scenario.undo', { scenarioId: id })).unsaved).toBe(true);
    expect(valueOf(await ask('scenario.revert', { scenarioId: id }))).toMatchObject({
      unsaved: false,
      added: 1,
    });
    expect(refusal(await ask('scenario.revert', { scenarioId: id }))).toMatch(/Nothing was changed since/);
  });

  it('takes a slider as one undo, and a change that is taken back as none', async () => {
    const id = await branchOf('Slider');
    for (const quantity of [-11, -10, -9])
      await edit([{ kind: 'change', positionId: optionId, quantity }], id, 'q');
    expect(valueOf(await ask('scenario.open', { scenarioId: id })).steps).toHaveLength(1);
    const same = await edit([{ kind: 'change', positionId: optionId, quantity: -12 }], id);
    expect(same).toMatchObject({ unsaved: false, changed: 0, canUndo: true });
  });

  it('is saved under another name and goes back to what was saved itself', async () => {
    const id = await branchOf('Draft of a session');
    await edit([put], id);
    const made = valueOf(await ask('scenario.saveAs', { scenarioId: id, name: 'Kept' }));
    expect(made).toMatchObject({ name: 'Kept', unsaved: false, added: 1 });
    const { sessions } = valueOf(await ask('scenario.list', {}));
    expect(sessions.find((one) => one.scenarioId === id)).toMatchObject({ unsaved: false, added: 0 });
  });

  it('is renamed, deleted, and comes back, under another name where its own is taken', async () => {
    const id = await branchOf('To go');
    expect(
      valueOf(await ask('scenario.rename', { scenarioId: id, name: 'Gone', note: 'why' })),
    ).toMatchObject({
      name: 'Gone',
      note: 'why',
    });
    valueOf(await ask('scenario.delete', { scenarioId: id }));
    expect(refusal(await ask('scenario.open', { scenarioId: id }))).toBe(
      'Session Gone is deleted and cannot be used. Restore it first.',
    );
    const listed = valueOf(await ask('scenario.list', {}));
    expect(listed.deleted.map(({ name }) => name)).toContain('Gone');
    await branchOf('Gone');
    expect(valueOf(await ask('scenario.restore', { scenarioId: id })).name).toBe('Gone (2)');
    expect(refusal(await ask('scenario.branch', { scenarioId, name: 'Gone' }))).toMatch(/exists already/);
  });

  it('takes inputs by hand: an at-the-money volatility to the digit, one expiry alone, a spot, a rate', async () => {
    const id = await branchOf('Inputs');
    const market = (
      input: 'spot' | 'vol' | 'rate' | 'dividendYield',
      value: number | null,
      expiry: string | null = null,
    ) => ({ kind: 'market', symbol: 'MERI', input, expiry, value }) as const;
    const meri = async () =>
      valueOf(await ask('scenario.market', { scenarioId: id })).names.find(({ symbol }) => symbol === 'MERI');
    const before = await meri();
    await edit([market('vol', 0.3), market('vol', 0.4, '2026-12-18'), market('rate', 0.03)], id);
    const after = await meri();
    expect(after?.expiries.map(({ atmVol }) => atmVol?.toFixed(9))).toEqual(
      after?.expiries.map(({ expiry }) => (expiry === '2026-12-18' ? '0.400000000' : '0.300000000')),
    );
    expect(after?.rate).toBeCloseTo(0.03, 12);
    await edit([market('spot', 5000)], id);
    expect((await meri())?.spot).toBeCloseTo(5000, 9);
    await edit(
      [market('vol', null), market('vol', null, '2026-12-18'), market('rate', null), market('spot', null)],
      id,
    );
    expect(await meri()).toEqual(before);
    expect(refusal(await ask('scenario.edit', { scenarioId: id, edits: [market('vol', -0.1)] }))).toBe(
      'Session Inputs cannot be computed: the volatility of MERI is -0.1 and must be above 0. Correct the input.',
    );
  });

  it('goes forward to a day of its own: options expire and fixings happen on the way', async () => {
    const id = await branchOf('Later');
    await edit([{ kind: 'date', asOf: '2026-12-21' }], id);
    const later = valueOf(await ask('scenario.value', { of: of(id) }));
    expect(later.asOf).toBe('2026-12-21');
    expect(later.positions.find(({ positionId }) => positionId === optionId)?.note).toMatch(
      /Expires worthless|Exercised/,
    );
    expect(
      refusal(await ask('scenario.edit', { scenarioId: id, edits: [{ kind: 'date', asOf: '2026-11-19' }] })),
    ).toMatch(/2026-11-19 lies before 2026-11-20/);
  });

  it('holds every kind of trade: shares, futures, money, contracts to come', async () => {
    const id = await branchOf('Kinds');
    const head = await edit(
      [
        { kind: 'add', item: { instrument: 'stock', book: 'W', symbol: 'BRYX', quantity: 100 } },
        { kind: 'add', item: { instrument: 'cash', book: 'W', symbol: 'USD', quantity: 1000 } },
        {
          kind: 'add',
          item: {
            instrument: 'future',
            book: 'W',
            symbol: 'MERI',
            expiry: '2026-12-18',
            quantity: 2,
            multiplier: 50,
          },
        },
        {
          kind: 'add',
          item: {
            instrument: 'realized-vol',
            book: 'W',
            terms: {
              contractId: 'RV-NEW',
              underlying: 'MERI',
              kind: 'quarterly',
              startDate: '2026-12-18',
              endDate: '2027-03-19',
              estimator: 'zeroMean',
              returns: 'log',
              periodsPerYear: 252,
              multiplier: 100_000,
              months: 3,
              tick: 0.0001,
              quantity: 2,
              tradeVol: null,
              expiryDate: null,
              longBond: null,
              shortBond: null,
              disruptedDays: 'lowerCount',
              observationTimes: [],
            },
          },
        },
      ],
      id,
    );
    expect(head.added).toBe(4);
    const { positions, notValued } = valueOf(await ask('scenario.value', { of: of(id) }));
    expect(notValued).toEqual([]);
    expect(positions.slice(-4).map(({ family }) => family)).toEqual([
      'stock',
      'cash',
      'future',
      'realized-vol',
    ]);
  });
});

describe('bad input', () => {
  const refused = async (edits: ScenarioEditRequest[]) =>
    refusal(await ask('scenario.edit', { scenarioId, edits }));
  const option = (contract: string) =>
    [
      { kind: 'add', item: { instrument: 'option', book: 'W', contract, quantity: 1 } },
    ] as ScenarioEditRequest[];

  it('gets one sentence that says what is wrong', async () => {
    expect(await refused(option('some put'))).toBe(
      'some put cannot be computed: it is not the name of a listed option. Correct the input.',
    );
    expect(await refused(option('NONE 2026-12-18 100 C'))).toMatch(
      /^NONE in the frozen market is not on this desk\./,
    );
    expect(await refused(option('MERI 2026-12-17 4700 P'))).toMatch(/MERI has 2026-12-18/);
    expect(await refused([{ kind: 'remove', positionId: 'nothing' }])).toMatch(
      /^Position nothing is not on this desk\. Choose a row of Session First\.$/,
    );
    expect(
      await refused([
        { kind: 'remove', positionId: optionId },
        { kind: 'remove', positionId: optionId },
      ]),
    ).toMatch(/is removed already and cannot be removed/);
    expect(refusal(await ask('scenario.open', { scenarioId: 999 }))).toMatch(
      /^Session 999 is not on this desk/,
    );
    expect(refusal(await ask('scenario.create', { freezeId: 'gone', name: 'X' }))).toBe(
      'That frozen book is not on this desk. Freeze the live book again.',
    );
    expect(refusal(await ask('scenario.redo', { scenarioId }))).toMatch(/cannot be redone/);
    const far = { ...shock, spot: [{ kind: 'move', target: { kind: 'all' }, move: -1 }] } as never;
    expect(refusal(await ask('scenario.value', { of: of(), shock: far }))).toMatch(
      /^Session First cannot be computed/,
    );
  });
});

describe('the live book', () => {
  it('is not touched by a long random session, which a new process opens as it was, to the bit', async () => {
    const id = await branchOf('Random');
    const { rows } = valueOf(await ask('scenario.open', { scenarioId: id }));
    const before = liveHash();
    const row = fc.constantFrom(...rows.map(({ positionId }) => positionId));
    const symbol = fc.constantFrom('MERI', 'BRYX', 'DLNT');
    const quantity = fc.integer({ min: -50, max: 50 });
    const move = fc.integer({ min: -20, max: 20 }).map((points) => points / 100);
    const one: fc.Arbitrary<ScenarioEditRequest | 'undo' | 'redo' | 'save' | 'revert'> = fc.oneof(
      fc.constantFrom('undo', 'redo', 'save', 'revert'),
      fc.record({ kind: fc.constant('change'), positionId: row, quantity }),
      fc.record({ kind: fc.constant('remove'), positionId: row }),
      fc.record({ kind: fc.constant('restore'), positionId: row }),
      quantity.map((held) => ({ ...put, item: { ...put.item, quantity: held } })),
      fc.record({
        kind: fc.constant('market'),
        symbol,
        input: fc.constant('volShift'),
        expiry: fc.constant(null),
        value: fc.option(move),
      }),
      move.map((by) => ({
        kind: 'shock',
        shock: { ...shock, spot: [{ kind: 'move', target: { kind: 'all' }, move: by }] },
      })),
    ) as never;
    const [steps = []] = fc.sample(fc.array(one, { minLength: 250, maxLength: 250 }), {
      seed: 7,
      numRuns: 1,
    });
    for (const step of steps) {
      const result =
        typeof step === 'string'
          ? await ask(`scenario.${step}`, { scenarioId: id })
          : await ask('scenario.edit', { scenarioId: id, edits: [step] });
      // Undo at the end of the log and the like are refused; nothing may fail unexpectedly.
      if (!result.ok) expect(['wrong-state', 'not-found']).toContain(result.error.code);
    }
    const opened = valueOf(await ask('scenario.open', { scenarioId: id }));
    const valued = valueOf(await ask('scenario.value', { of: of(id) }));
    expect(opened.steps.length).toBeGreaterThan(20);
    expect(liveHash()).toBe(before);
    await service.port.close();
    service = openTestService(file);
    expect(valueOf(await ask('scenario.open', { scenarioId: id }))).toEqual(opened);
    expect(valueOf(await ask('scenario.value', { of: of(id) }))).toEqual(valued);
    for (let at = opened.steps.filter(({ inForce }) => inForce).length; at > 0; at -= 1)
      valueOf(await ask('scenario.undo', { scenarioId: id }));
    const undone = valueOf(await ask('scenario.open', { scenarioId: id }));
    expect(undone.rows.every(({ change }) => change === 'same')).toBe(true);
    expect(undone.head.canUndo).toBe(false);
  });

  it('may change, and its imports be undone, and a session stays as it was frozen', async () => {
    const before = valueOf(await ask('scenario.value', { of: of() }));
    const { batches } = valueOf(await ask('imports.list', {}));
    for (const { batchId, undoneAt } of batches)
      if (undoneAt === null) valueOf(await ask('imports.undo', { batchId }));
    expect(valueOf(await ask('positions.list', {})).positions).toEqual([]);
    expect(valueOf(await ask('scenario.value', { of: of() }))).toEqual(before);
    for (const { batchId } of batches) valueOf(await ask('imports.redo', { batchId }));
  }, 60_000);
});

describe('a session file', () => {
  it('comes back as it left, steps and all, and gives the same bytes again', async () => {
    const id = await branchOf('To a file');
    await edit([put], id);
    await edit([{ kind: 'shock', shock }], id);
    const { text, fileName } = valueOf(await ask('scenario.export', { scenarioId: id }));
    expect(fileName).toBe('To a file.voldesk-scenario.json');
    const head = valueOf(await ask('scenario.import', { fileName, text }));
    expect(head).toMatchObject({ name: 'To a file (2)', unsaved: false, added: 1, canUndo: true });
    const [a, b] = [
      valueOf(await ask('scenario.value', { of: of(id) })),
      valueOf(await ask('scenario.value', { of: of(head.scenarioId) })),
    ];
    expect({ ...b, takenAt: '' }).toEqual({ ...a, takenAt: '' });
    valueOf(await ask('scenario.delete', { scenarioId: id }));
    const renamed = valueOf(await ask('scenario.rename', { scenarioId: head.scenarioId, name: 'To a file' }));
    expect(valueOf(await ask('scenario.export', { scenarioId: renamed.scenarioId })).text).toBe(text);
  });

  it('is refused, and said why, whichever byte of it was changed', async () => {
    const { text } = valueOf(await ask('scenario.export', { scenarioId }));
    const places = fc.sample(fc.integer({ min: 0, max: text.length - 1 }), { seed: 3, numRuns: 60 });
    for (const at of [...places, 0, 12, text.length - 2, text.length - 1]) {
      const other = text[at] === '1' ? '2' : '1';
      const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
      const result = await ask('scenario.import', { fileName: 'f.json', text: changed });
      expect(result.ok, `byte ${at}`).toBe(false);
      if (!result.ok) expect(['file-altered', 'wrong-content', 'file-newer']).toContain(result.error.code);
    }
    const sentence = async (changed: string) =>
      refusal(await ask('scenario.import', { fileName: 'f.json', text: changed }));
    expect(await sentence(text.replace('"First"', '"Other"'))).toBe(
      'f.json was changed since it was written: its edits do not match their checksum. Export it again where it came from.',
    );
    expect(await sentence(text.replace(/"spot":(\d)/, '"spot":9$1'))).toMatch(
      /its frozen book does not match/,
    );
    expect(await sentence(text.replace('"version":1', '"version":2'))).toMatch(
      /written by a newer version \(format 2/,
    );
    expect(await sentence(` ${text}`)).toMatch(/its text is not as it was written/);
    expect(await sentence(text.slice(0, 5000))).toMatch(/its text is no longer whole/);
    expect(await sentence('date,symbol\n')).toBe(
      'f.json is not a scenario session file: it does not begin as one. Correct the file or choose another.',
    );
  }, 60_000);
});
