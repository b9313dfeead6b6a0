import { describe, expect, test } from 'vitest';
import type { ScenarioHead } from '../../../shared/contract/scenario.ts';
import type { Report } from '../../../shared/contract/pnl.ts';
import type { ScenarioExplanation } from '../../../shared/contract/scenario-value.ts';
import {
  axisOf,
  axisOfKind,
  axisValues,
  scenarioChoices,
  usualChoices,
} from '../../../renderer/state/scenario-choices.ts';
import { groupRows, partsMiss, positionRows } from '../../../renderer/views/profit/explain-models.ts';
import { cellText, reportPage } from '../../../renderer/views/profit/report-page.ts';
import { nodeText } from '../../../renderer/views/scenario/axis-words.ts';
import { gridModel } from '../../../renderer/views/scenario/grid-models.ts';
import { branchesOf, freeSessionName } from '../../../renderer/views/scenario/scenario-models.ts';
import {
  curveDays,
  sessionsAfter,
  targetOf,
  targetWord,
} from '../../../renderer/views/scenario/shock-models.ts';

const head = (scenarioId: number, name: string, parentId: number | null): ScenarioHead => ({
  scenarioId,
  name,
  note: '',
  parentId,
  parentName: null,
  asOf: '2026-11-20',
  takenAt: '2026-11-20T20:00:00Z',
  date: '2026-11-20',
  unsaved: false,
  canUndo: false,
  canRedo: false,
  added: 0,
  changed: 0,
  removed: 0,
  marketEdits: 0,
  shock: null,
  createdAt: '2026-11-20T20:00:00Z',
  createdBy: 'me',
  changedAt: '2026-11-20T20:00:00Z',
  savedAt: '2026-11-20T20:00:00Z',
});

const parts = (over: Partial<ScenarioExplanation['total']>): ScenarioExplanation['total'] => ({
  delta: 0,
  gamma: 0,
  vega: 0,
  theta: 0,
  vanna: 0,
  volga: 0,
  carry: 0,
  trades: 0,
  fixings: 0,
  residual: 0,
  total: 0,
  ...over,
});

describe('branches', () => {
  test('stand under their parents, and at the top where the parent is gone', () => {
    const tree = branchesOf([
      head(3, 'C of A', 1),
      head(2, 'B', 99),
      head(1, 'A', null),
      head(4, 'D of C', 3),
    ]);
    expect(tree.map((line) => [line.head.name, line.depth])).toEqual([
      ['A', 0],
      ['C of A', 1],
      ['D of C', 2],
      ['B', 0],
    ]);
  });
  test('get the first name that nobody has', () => {
    expect(freeSessionName('Crash', ['crash ', 'Crash (2)'])).toBe('Crash (3)');
  });
});

describe('axes', () => {
  test('of 21 nodes are even, meet zero, and of days are whole and stand once', () => {
    const spot = axisValues(axisOfKind('spot'));
    expect(spot).toHaveLength(21);
    expect(spot[10]).toBe(0);
    expect(spot[6]).toBe(-0.08);
    expect(axisValues({ ...axisOfKind('days'), from: 0, to: 4 })).toEqual([0, 1, 2, 3, 4]);
  });
  test('whose ends are changed over still ascend', () => {
    expect(axisValues({ ...axisOfKind('rate', 3), from: 0.01, to: -0.01 })).toEqual([-0.01, 0, 0.01]);
  });
  test('by beta and of correlation need an index, others take all names or one', () => {
    expect(axisOf(axisOfKind('correlation'), null)).toBeNull();
    expect(axisOf(axisOfKind('byBeta', 1), 'MERI')).toMatchObject({ kind: 'byBeta', index: 'MERI' });
    expect(axisOf({ ...axisOfKind('spot', 1), symbol: 'BLZA' }, null)).toMatchObject({
      target: { kind: 'names', symbols: ['BLZA'] },
    });
  });
  test('say their nodes in the unit of the title', () => {
    expect(nodeText('spot', -0.08)).toBe('−8');
    expect(nodeText('volParallel', 0.025)).toBe('+2.5');
    expect(nodeText('spot', 0.1)).toBe('+10');
    expect(nodeText('days', 30)).toBe('30');
  });
  test('are remembered, and what makes no sense is as usual', () => {
    const preferences = {
      scenario: {
        tab: 'grid',
        measure: 'nothing',
        axisA: { kind: 'spot', from: -0.1, to: 0.1, nodes: 5 },
        compareIds: [1, 'x'],
      },
    };
    const read = scenarioChoices({ preferences });
    expect(read).toMatchObject({
      tab: 'grid',
      measure: 'profit',
      compareIds: [1],
      axisB: usualChoices.axisB,
    });
    expect(read.axisA.nodes).toBe(5);
    expect(scenarioChoices({ preferences })).toBe(read);
  });
});

describe('a grid', () => {
  const columns = (profit: readonly number[]) => ({
    profit: [...profit],
    deltaDollar: [...profit],
    gammaDollar1Pct: [...profit],
    vegaPerVolPoint: [...profit],
    thetaPerDay: [...profit],
  });
  const axes = { a: { ...axisOfKind('volParallel', 2) }, b: { ...axisOfKind('spot', 3) } };
  const grid = {
    aCount: 2,
    bCount: 3,
    baseValue: 0,
    total: columns([1, 2, 3, 4, 5, -6]),
    byName: [{ group: 'BLZA', ...columns([10, 20, 30, 40, 50, 60]) }],
    byRole: [],
    byFamily: [],
    notValued: [],
    notes: [],
    valuations: 6,
  };
  test('is read row by row, its colors even on both sides', () => {
    const model = gridModel({ grid, axes, measure: 'profit', part: 'all', currency: 'USD' });
    expect(model?.values).toEqual([
      [1, 2, 3],
      [4, 5, -6],
    ]);
    expect(model?.domain).toEqual({ low: -6, center: 0, high: 6 });
  });
  test('of a part is that part, and one of another shape is not drawn', () => {
    const model = gridModel({ grid, axes, measure: 'profit', part: 'byName:BLZA', currency: 'USD' });
    expect(model?.values[1]).toEqual([40, 50, 60]);
    expect(
      gridModel({ grid: { ...grid, aCount: 5 }, axes, measure: 'profit', part: 'all', currency: 'USD' }),
    ).toBeNull();
  });
});

describe('dates of curves', () => {
  test('step sessions: Thanksgiving 2026 and weekends are no days', () => {
    const sessions = sessionsAfter('2026-11-20', 'USD', 5);
    expect(sessions.map((one) => one.date)).toEqual([
      '2026-11-20',
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-27',
      '2026-11-30',
    ]);
    expect(curveDays(sessions, 5)).toEqual([0, 3, 5, 7, 10]);
    expect(curveDays(sessions, 1)).toEqual([0, 3]);
  });
  test('targets survive their word', () => {
    for (const target of [
      { kind: 'all' },
      { kind: 'members', index: 'MERI' },
      { kind: 'names', symbols: ['A', 'B'] },
    ] as const)
      expect(
        targetOf(
          targetWord({
            ...target,
            ...('symbols' in target ? { symbols: [...target.symbols] } : {}),
          } as never),
        ),
      ).toEqual(target);
  });
});

describe('an explanation', () => {
  const position = (positionId: string, book: string, over: Partial<ScenarioExplanation['total']>) => ({
    positionId,
    symbol: 'MERI',
    label: positionId,
    book,
    family: 'stock' as const,
    ...parts(over),
    vegaBySlice: [],
    vegaSmile: 0,
    note: null,
  });
  const explained: ScenarioExplanation = {
    from: '2026-11-19',
    to: '2026-11-20',
    total: parts({ delta: 300, residual: -10, total: 290 }),
    vegaBySlice: [],
    vegaSmile: 0,
    positions: [
      position('a', 'X', { delta: 100, residual: 1, total: 101 }),
      position('b', 'Y', { delta: 200, residual: -11, total: 189 }),
    ],
    byName: [],
    byFamily: [],
    byBook: [
      { group: 'X', ...parts({ delta: 100, residual: 1, total: 101 }) },
      { group: 'Y', ...parts({ delta: 200, residual: -11, total: 189 }) },
    ],
    notValued: [],
  };
  test('ends with the sum of all, and says by how much parts would miss it', () => {
    expect(groupRows(explained, 'book', String).at(-1)?.parts.total).toBe(290);
    expect(partsMiss(explained.total)).toBe(0);
    expect(partsMiss(parts({ delta: 5, total: 4 }))).toBe(1);
  });
  test('opens a group into its positions, the least explained first', () => {
    expect(positionRows(explained, 'book', null).map((row) => row.id)).toEqual(['b', 'a', 'total']);
    const inside = positionRows(explained, 'book', 'X');
    expect(inside.map((row) => row.id)).toEqual(['a', 'total']);
    expect(inside.at(-1)?.parts.total).toBe(101);
  });
});

describe('a report', () => {
  const report: Report = {
    title: 'Book <A>',
    asOfLine: 'Market of 2026-11-20',
    qualityLine: '3 findings',
    sections: [
      {
        section: 'book',
        heading: 'The book',
        notes: [],
        tables: [
          {
            title: 'T',
            columns: [
              { heading: 'Name', kind: 'text' },
              { heading: 'IV', kind: 'vol' },
              { heading: 'Profit', kind: 'cents' },
            ],
            rows: [['a & b', 0.2015, -123_456]],
            totals: false,
          },
        ],
      },
    ],
  };
  test('carries day and data quality at its head, units in headings, and no markup from names', () => {
    const page = reportPage(report);
    expect(page).toContain('<h1>Book &lt;A&gt;</h1><p>Market of 2026-11-20</p><p>3 findings</p>');
    expect(page).toContain('IV, %');
    expect(page).toContain('a &amp; b');
    expect(page).toContain('20.15');
  });
  test('writes nothing as a dash', () => {
    expect(cellText(null, 'money')).toBe('—');
    expect(cellText('2026-12-18', 'date')).toBe('18 Dec 2026');
  });
});
