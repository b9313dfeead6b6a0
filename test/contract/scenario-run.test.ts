import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioShockInput } from '../../shared/contract/scenario-shock.ts';
import type { ScenarioEditRequest } from '../../shared/contract/scenario-edits.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** What is asked of sessions and of the live book, over the real dispatcher and the real pool. */
const folder = temporaryFolder();
let service: TestService;
let scenarioId = 0;

const ask: TestService['ask'] = (name, input) => service.ask(name, input);
const refusal = (result: { ok: true } | { ok: false; error: Failure }): string =>
  result.ok ? 'done' : sentenceOf(result.error);
const of = (id = scenarioId) => ({ kind: 'session', scenarioId: id }) as const;
const edit = async (id: number, edits: ScenarioEditRequest[]) =>
  valueOf(await ask('scenario.edit', { scenarioId: id, edits }));
const branchOf = async (name: string, id = scenarioId) =>
  valueOf(await ask('scenario.branch', { scenarioId: id, name })).scenarioId;
const all = { kind: 'all' } as const;
const spot = (move: number): ScenarioShockInput => ({ spot: [{ kind: 'move', target: all, move }] });
const addOption = (contract: string, quantity: number): ScenarioEditRequest => ({
  kind: 'add',
  item: { instrument: 'option', book: 'What-if', contract, quantity },
});
const idOf = async (label: string, id = scenarioId) =>
  valueOf(await ask('scenario.open', { scenarioId: id })).rows.find((row) => row.label === label)
    ?.positionId ?? '';
const partNames = [
  'delta',
  'gamma',
  'vega',
  'theta',
  'vanna',
  'volga',
  'carry',
  'trades',
  'fixings',
  'residual',
] as const;
const sumOf = (parts: OutputOf<'pnl.explain'>['total']): number =>
  partNames.reduce((sum, name) => sum + parts[name], 0);

beforeAll(async () => {
  service = openDemoService();
  const { freezeId } = valueOf(await ask('scenario.freeze', {}));
  scenarioId = valueOf(await ask('scenario.create', { freezeId, name: 'First' })).scenarioId;
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

describe('a grid', () => {
  it('is the full revaluation at every node, of the whole book and of a selection', async () => {
    const values = [-0.1, 0, 0.1];
    const axes = {
      axisA: { kind: 'spot' as const, target: all, values },
      axisB: { kind: 'volParallel' as const, target: all, values: [-0.02, 0, 0.05] },
    };
    const grid = valueOf(await ask('scenario.grid', { of: of(), ...axes }));
    expect([grid.aCount, grid.bCount, grid.total.profit.length]).toEqual([3, 3, 9]);
    const corner = valueOf(
      await ask('scenario.value', {
        of: of(),
        shock: { ...spot(-0.1), vol: [{ kind: 'parallel', target: all, change: 0.05 }] },
      }),
    );
    expect(grid.total.profit[2]).toBeCloseTo(corner.profit, 2);
    expect(grid.total.vegaPerVolPoint[2]).toBeCloseTo(corner.total.vegaPerVolPoint, 2);
    expect(grid.total.profit[4]).toBeCloseTo(0, 6);
    const positionIds = [await idOf('MERI 2026-12-18 4850 P')];
    const one = valueOf(await ask('scenario.grid', { of: of(), ...axes, positionIds }));
    expect(one.total.profit[2]).toBeCloseTo(
      corner.profits[corner.positions.findIndex(({ positionId }) => positionId === positionIds[0])] ?? 0,
      3,
    );
    const curve = valueOf(await ask('scenario.curve', { of: of(), axis: axes.axisA, days: [0, 10] }));
    expect(curve.lines.map(({ date }) => date)).toEqual(['2026-11-20', '2026-11-30']);
    expect(curve.lines[0]?.columns.profit[0]).toBeCloseTo(grid.total.profit[1] ?? 0, 2);
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const asked = service.port.request(
      'scenario.grid',
      {
        of: of(),
        axisA: { kind: 'spot', target: all, values: Array.from({ length: 101 }, (_, at) => at / 200 - 0.25) },
        axisB: { kind: 'days', values: Array.from({ length: 101 }, (_, at) => at) },
      },
      { signal: controller.signal },
    );
    controller.abort();
    expect(await asked).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});

describe('branches', () => {
  it('side by side say their values and exactly what differs, three at once', async () => {
    const [a, b, c] = [await branchOf('A'), await branchOf('B'), await branchOf('C')];
    const call = await idOf('DLNT 2026-12-18 330 C');
    await edit(b, [{ kind: 'remove', positionId: call }, addOption('MERI 2026-12-18 4700 P', 5)]);
    const inner = await branchOf('B of B', b);
    await edit(inner, [{ kind: 'market', symbol: 'MERI', input: 'vol', expiry: null, value: 0.3 }]);
    await edit(c, [
      { kind: 'date', asOf: '2026-11-30' },
      { kind: 'change', positionId: call, quantity: -6 },
      { kind: 'shock', shock: await withDefaults(spot(-0.08)) },
    ]);
    const compared = valueOf(await ask('scenario.compare', { scenarioIds: [a, b, c, inner] }));
    expect(compared.sessions.map(({ name, date }) => [name, date])).toEqual([
      ['A', '2026-11-20'],
      ['B', '2026-11-20'],
      ['C', '2026-11-30'],
      ['B of B', '2026-11-20'],
    ]);
    const lines = (id: number) =>
      compared.differences
        .filter((one) => one.scenarioId === id)
        .map(({ subject, what, first, other }) => [subject, what, first, other]);
    const inB = [
      ['DLNT 2026-12-18 330 C in Meridian overlay', 'removed', '-12', null],
      ['MERI 2026-12-18 4700 P in What-if', 'added', null, '5'],
    ];
    expect(lines(b)).toEqual(inB);
    expect(lines(inner)).toEqual([...inB, ['MERI at-the-money volatility', 'added', null, '30.00%']]);
    expect(lines(c)).toEqual([
      ['DLNT 2026-12-18 330 C in Meridian overlay', 'changed', '-12', '-6'],
      ['date', 'changed', '2026-11-20', '2026-11-30'],
      ['shock', 'added', null, 'spot -8.00%, all names'],
    ]);
    expect(lines(a)).toEqual([]);
    for (const [at, { total }] of compared.sessions.entries()) {
      const sum = compared.byFamily.reduce((all_, { values }) => all_ + (values[at] ?? 0), 0);
      expect(sum).toBeCloseTo(total.value, 4);
    }
    const puts = compared.rows.find(({ label }) => label === 'MERI 2026-12-18 4700 P');
    expect(puts?.quantities).toEqual([null, 5, null, 5]);
  });

  it('add the book of another to their own, and take it off again', async () => {
    const [base, other] = [await branchOf('Base'), await branchOf('Other')];
    const rows = valueOf(await ask('scenario.open', { scenarioId: other })).rows;
    await edit(
      other,
      rows.slice(2).map(({ positionId }) => ({ kind: 'remove', positionId })),
    );
    await edit(other, [addOption('MERI 2026-12-18 4700 P', 3)]);
    const added = valueOf(await ask('scenario.combine', { scenarioId: base, otherId: other, sign: 'add' }));
    expect(added).toMatchObject({ changed: 2, added: 1, removed: 0 });
    const off = valueOf(
      await ask('scenario.combine', { scenarioId: base, otherId: other, sign: 'subtract' }),
    );
    expect(off).toMatchObject({ changed: 0, added: 0, removed: 0, unsaved: false });
    valueOf(await ask('scenario.combine', { scenarioId: base, otherId: base, sign: 'subtract' }));
    const { total } = valueOf(await ask('scenario.value', { of: of(base) }));
    expect(total.value).toBe(0);
  });

  it('are explained cent by cent against the frozen book, and before against under a shock', async () => {
    const id = await branchOf('Explained');
    await edit(id, [
      addOption('MERI 2026-12-18 4700 P', 5),
      { kind: 'market', symbol: 'MERI', input: 'vol', expiry: null, value: 0.25 },
    ]);
    const branch = valueOf(
      await ask('scenario.explain', { from: { kind: 'frozen', scenarioId: id }, to: of(id) }),
    );
    const [from, to] = [
      valueOf(await ask('scenario.value', { of: { kind: 'frozen', scenarioId: id } })),
      valueOf(await ask('scenario.value', { of: of(id) })),
    ];
    expect(sumOf(branch.total)).toBe(branch.total.total);
    expect(Math.abs(branch.total.total / 100 - (to.total.value - from.total.value))).toBeLessThan(0.2);
    expect(branch.total.trades).toBeGreaterThan(0);
    const shocked = valueOf(
      await ask('scenario.explain', {
        from: of(id),
        to: of(id),
        fromShock: null,
        toShock: { ...spot(-0.05), daysForward: 7 },
      }),
    );
    expect(shocked).toMatchObject({ from: '2026-11-20', to: '2026-11-27' });
    for (const one of [shocked.total, ...shocked.positions, ...shocked.byName, ...shocked.byBook])
      expect(sumOf(one)).toBe(one.total);
    const backward = await ask('scenario.explain', {
      from: of(id),
      to: of(id),
      fromShock: { daysForward: 3 },
      toShock: null,
    });
    expect(refusal(backward)).toMatch(/it goes from 2026-11-23 back to 2026-11-20/);
  });

  it('become a draft suggestion of their listed options; what is no order is named', async () => {
    const id = await branchOf('Promoted');
    expect(refusal(await ask('scenario.promote', { scenarioId: id }))).toBe(
      'Session Promoted has no option left to choose from: it changes no position. Loosen the filters or choose another expiry.',
    );
    await edit(id, [
      addOption('MERI 2026-12-18 4850 P', 2),
      { kind: 'change', positionId: await idOf('DLNT 2026-12-18 330 C'), quantity: -8 },
      { kind: 'change', positionId: await idOf('BRYX'), quantity: 0 },
    ]);
    const { suggestionId, legs, left } = valueOf(await ask('scenario.promote', { scenarioId: id }));
    expect(legs).toBe(2);
    expect(left).toEqual([
      { label: 'BRYX', reason: 'Suggestions hold listed options: trade the shares apart.' },
    ]);
    const suggestion = valueOf(await ask('suggestion.read', { suggestionId }));
    expect(suggestion.state).toBe('draft');
    expect(
      suggestion.proposal.legs.map(({ side, contract, quantity }) => [side, contract, quantity]),
    ).toEqual(
      expect.arrayContaining([
        ['buy', 'MERI 2026-12-18 4850 P', 2],
        ['buy', 'DLNT 2026-12-18 330 C', 4],
      ]),
    );
  });
});

async function withDefaults(shock: ScenarioShockInput) {
  const { stressId } = valueOf(await ask('scenario.addStress', { name: `t${JSON.stringify(shock)}`, shock }));
  const { stresses } = valueOf(await ask('scenario.stresses', {}));
  const found = stresses.find((one) => one.stressId === stressId);
  valueOf(await ask('scenario.removeStress', { stressId }));
  if (found === undefined) throw new Error('an added stress is listed');
  return found.shock;
}

describe('stresses', () => {
  it('of the library run on the book, and of one’s own come and go and come back', async () => {
    const { stresses } = valueOf(await ask('scenario.stresses', { of: of() }));
    expect(stresses.map(({ stressId }) => stressId)).toEqual([
      '1987-10-19',
      '2008-10',
      '2018-02-05',
      '2020-03-16',
    ]);
    for (const { shock } of stresses)
      expect(valueOf(await ask('scenario.value', { of: of(), shock })).profit).not.toBe(0);
    const own = valueOf(await ask('scenario.addStress', { name: 'Mine', shock: spot(-0.3) }));
    expect(refusal(await ask('scenario.addStress', { name: 'Mine', shock: spot(-0.3) }))).toMatch(
      /exists already/,
    );
    valueOf(await ask('scenario.removeStress', { stressId: own.stressId }));
    expect(refusal(await ask('scenario.removeStress', { stressId: own.stressId }))).toMatch(
      /is removed already/,
    );
    expect(valueOf(await ask('scenario.restoreStress', { stressId: own.stressId }))).toEqual(own);
    expect(refusal(await ask('scenario.removeStress', { stressId: '2008-10' }))).toMatch(
      /Those of the library stay/,
    );
  });

  it('replay stored days, each from the one before', async () => {
    const replay = valueOf(await ask('scenario.replay', { of: of(), from: '2026-11-16', to: '2026-11-20' }));
    expect(replay.days.map(({ date }) => date)).toEqual([
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
    ]);
    const [day] = replay.days.slice(-1);
    const again = valueOf(await ask('scenario.value', { of: of(), shock: day?.shock ?? null }));
    expect(again.profit).toBe(day?.profit);
    expect(day?.moved).toBeGreaterThan(10);
    expect(refusal(await ask('scenario.replay', { of: of(), from: '2026-11-21', to: '2026-11-22' }))).toMatch(
      /^Two market days from 2026-11-21 to 2026-11-22 is not on this desk/,
    );
  });
});

describe('a file of shocks', () => {
  const run = (file: unknown) => ask('scenario.run', { fileName: 'x.json', text: JSON.stringify(file) });

  it('gives base, value, change and its parts, which sum to the change to the cent', async () => {
    const answer = valueOf(
      await run({
        name: 'Friday',
        shocks: [
          { name: 'down', spot: -0.08 },
          { vol: { MERI: 0.06 }, correlation: { MERI: 0.1 }, days: 10 },
          { byBeta: { index: 'MERI', move: 0.05 }, rates: 0.01, smileRule: 'stickyDelta' },
          { volTermWeighted: 0.06, skewTilt: 0.02, volRelative: 0.1, dividends: -1 },
        ],
      }),
    );
    expect(answer).toMatchObject({ name: 'Friday', asOf: '2026-11-20', notValued: [] });
    expect(answer.rows[0]?.shock).toBe('down');
    for (const { value, change, explained, residual } of answer.rows) {
      expect(change).toBeCloseTo(value - answer.base, 6);
      const sum = Object.values(explained).reduce((all_, part) => all_ + part, residual);
      // Each position's total is rounded to a cent of its own.
      expect(Math.abs(sum - change)).toBeLessThan(0.2);
    }
  });

  it('runs on a session of the desk with edits on top, and an exported session under every stress', async () => {
    const session = valueOf(
      await run({ session: 'First', edits: [addOption('MERI 2026-12-18 4700 P', 5)], shocks: [{ spot: 0 }] }),
    );
    const { total } = valueOf(await ask('scenario.value', { of: of() }));
    expect(session.base).toBeGreaterThan(total.value);
    expect(session.rows[0]?.change).toBe(0);
    const { text } = valueOf(await ask('scenario.export', { scenarioId }));
    const file = valueOf(await ask('scenario.run', { fileName: 'f', text }));
    expect(file.rows.map(({ shock }) => shock)).toEqual([
      '19 October 1987',
      '6 to 10 October 2008',
      '5 February 2018',
      '16 March 2020',
      'Mine',
    ]);
    expect(file.base).toBeCloseTo(total.value, 6);
  });

  it('is refused with the field that is wrong', async () => {
    expect(refusal(await run({ shocks: [{ spott: 1 }] }))).toBe(
      'x.json is not a scenario file: shocks.0: Unrecognized key: "spott". Correct the file or choose another.',
    );
    expect(refusal(await run({}))).toMatch(/it names no shocks/);
    expect(refusal(await ask('scenario.run', { fileName: 'x.json', text: 'hello' }))).toMatch(
      /it is not JSON/,
    );
    expect(refusal(await run({ session: 'None', shocks: [{ spot: 0 }] }))).toMatch(
      /^Session None is not on this desk/,
    );
    expect(refusal(await run({ shocks: [{ correlation: { NONE: 0.1 } }] }))).toMatch(
      /NONE has no members in this book/,
    );
  });
});

describe('the live book', () => {
  it('is kept once a day with value and risk by book, name and kind', async () => {
    const taken = valueOf(await ask('snapshot.take', {}));
    expect(taken).toMatchObject({ asOf: '2026-11-20', known: false });
    const kept = valueOf(await ask('snapshot.keep', { freezeId: taken.freezeId, reason: 'start' }));
    expect(kept.byBook.map(({ group }) => group)).toEqual(['Meridian overlay', 'Contracts']);
    expect(kept.byBook.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(kept.total.value, 4);
    expect(valueOf(await ask('snapshot.take', {})).known).toBe(true);
    expect(valueOf(await ask('snapshot.list', {})).days).toEqual([kept]);
    expect(refusal(await ask('snapshot.keep', { freezeId: 'none' }))).toMatch(/Freeze the live book again/);
  });

  it('has its profit between two days explained to the cent: by book, name, kind, slice and position', async () => {
    const found = valueOf(await ask('pnl.explain', {}));
    expect(found).toMatchObject({ from: '2026-11-19', to: '2026-11-20', notValued: [] });
    for (const one of [found.total, ...found.positions, ...found.byBook, ...found.byName, ...found.byFamily])
      expect(sumOf(one)).toBe(one.total);
    for (const groups of [found.positions, found.byBook, found.byName, found.byFamily])
      expect(groups.reduce((sum, { total }) => sum + total, 0)).toBe(found.total.total);
    expect(found.vegaBySlice.reduce((sum, { vega }) => sum + vega, found.vegaSmile)).toBe(found.total.vega);
    expect(found.basis[0]).toMatch(/no snapshot of that day was kept/);
    const [day, before] = [
      valueOf(await ask('scenario.value', { of: { kind: 'live', asOf: '2026-11-20' } })),
      valueOf(await ask('scenario.value', { of: { kind: 'live', asOf: '2026-11-19' } })),
    ];
    expect(Math.abs(found.total.total / 100 - (day.total.value - before.total.value))).toBeLessThan(0.2);
    const alone = valueOf(await ask('pnl.explain', { book: 'Meridian overlay' }));
    expect(alone.total.total).toBe(found.byBook.find(({ group }) => group === 'Meridian overlay')?.total);
    expect(refusal(await ask('pnl.explain', { book: 'None' }))).toMatch(/^The book None is not on this desk/);
    expect(refusal(await ask('pnl.explain', { from: '2026-11-20', to: '2026-11-19' }))).toMatch(
      /is not before/,
    );
  });

  it('counts trades between the days with what was paid for them', async () => {
    valueOf(
      await ask('snapshot.keep', {
        freezeId: valueOf(await ask('snapshot.take', { asOf: '2026-11-19' })).freezeId,
      }),
    );
    const path = join(folder.path, 'positions.csv');
    const rows = [
      'book,symbol,contract,quantity,multiplier,cost_price',
      'New book,MERI,MERI 2026-12-18 4700 P,10,100,50',
    ];
    writeFileSync(path, `${rows.join('\n')}\n`);
    await service.importFile(path);
    const found = valueOf(await ask('pnl.explain', {}));
    const traded = found.positions.find(({ book }) => book === 'New book');
    const { positions } = valueOf(await ask('positions.list', {}));
    const value = positions.find(({ book }) => book === 'New book')?.value ?? 0;
    expect(traded?.trades).toBe(Math.round((value - 10 * 100 * 50) * 100));
    expect(traded?.total).toBe(traded?.trades);
    expect(found.basis[0]).toMatch(/the book as it was kept/);
  });

  it('lists what cannot be valued, each with its reason, frozen, under a shock and explained', async () => {
    const path = join(folder.path, 'odd.csv');
    const rows = [
      'book,symbol,contract,quantity,multiplier,cost_price',
      'Odd,ZZZZ,,100,1,10',
      'Odd,BRYX,BRYX 2026-11-13 150 C,3,100,1',
      'Odd,MERI,MERI 2026-12-25 4700 P,2,100,10',
      'Odd,UNDR,UNDR1 2026-12-18 50 C,1,100,1',
      'Odd,MERI,MERI 2026-12-18 F,2,50,5000',
    ];
    writeFileSync(path, `${rows.join('\n')}\n`);
    await service.importFile(path);
    const { freezeId, notIncluded } = valueOf(await ask('scenario.freeze', {}));
    expect(notIncluded.map(({ reason }) => reason)).toEqual([
      'BRYX 2026-11-13 150 C expired on 2026-11-13. Import newer positions.',
      'MERI 2026-12-18 F has no price on 2026-11-20. Import its quotes.',
      'UNDR1 2026-12-18 50 C is an adjusted contract: what it delivers is not known. Value it by hand.',
      'ZZZZ has no price on or before 2026-11-20. Import its prices.',
    ]);
    const { scenarioId: odd } = valueOf(await ask('scenario.create', { freezeId, name: 'Odd' }));
    expect(valueOf(await ask('scenario.open', { scenarioId: odd })).notIncluded).toEqual(notIncluded);
    const { notValued } = valueOf(await ask('scenario.value', { of: of(odd), shock: spot(-0.1) }));
    expect(notValued).toMatchObject([
      {
        label: 'MERI 2026-12-25 4700 P',
        reason: expect.stringMatching(/MERI has no expiry 2026-12-25/) as string,
      },
    ]);
    const explained = valueOf(await ask('pnl.explain', { from: '2026-11-19' }));
    expect(explained.notValued.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['MERI 2026-12-25 4700 P', 'ZZZZ']),
    );
    expect(new Set(explained.notValued.map(({ positionId }) => positionId)).size).toBe(
      explained.notValued.length,
    );
  });

  it('is reported in the sections chosen, with an as-of line and one on the data', async () => {
    const sections = [
      'book',
      'risk',
      'explain',
      'stresses',
      'scenarios',
      'history',
      'premium',
      'contracts',
      'not-valued',
      'quality',
    ] as const;
    const report = valueOf(await ask('report.build', { title: 'Friday', sections: [...sections] }));
    expect(report.sections.map(({ section }) => section)).toEqual(sections);
    expect(report.asOfLine).toMatch(/^Market of 2026-11-20, quotes of 2026-11-20T/);
    expect(report.qualityLine).toMatch(
      /finding.* in the data; everything held is valued|5 positions are not valued\.$/,
    );
    const tables = report.sections.flatMap((section) => section.tables);
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
    const explained = tables.find(
      ({ title, columns }) => title === 'By book' && columns[1]?.kind === 'cents',
    );
    const totals = explained?.rows.at(-1) ?? [];
    expect(totals.slice(1, -1).reduce<number>((sum, cell) => sum + Number(cell), 0)).toBe(totals.at(-1));
    expect(report.sections.every(({ tables: own, notes }) => own.length + notes.length > 0)).toBe(true);
  });
});
