import { describe, expect, test } from 'vitest';
import type { Position } from '../../../shared/contract/contracts.ts';
import type { Exposure } from '../../../shared/contract/exposure.ts';
import type { AuditEntry, HealthFinding } from '../../../shared/contract/desk.ts';
import { parseDate, parsePercent, percentSquared } from '../../../renderer/format.ts';
import { detailLines, entriesOf } from '../../../renderer/views/records/audit-models.ts';
import {
  contractsIn,
  exposureModel,
  sliceRows,
} from '../../../renderer/views/forward-starts/exposure-models.ts';
import { unitPriceText } from '../../../renderer/views/forward-starts/forward-start-columns.ts';
import { countsBySeverity, placeOf } from '../../../renderer/views/records/health-models.ts';
import { positionColumnsFor } from '../../../renderer/views/records/positions-columns.ts';
import { sumOf, sumsByName } from '../../../renderer/views/records/positions-models.ts';

const held = (change: Partial<Position>): Position => ({
  positionId: 1,
  book: 'main',
  symbol: 'ABC',
  instrument: 'stock',
  contract: 'ABC',
  type: null,
  expiry: null,
  strike: null,
  quantity: 100,
  multiplier: 1,
  costPrice: null,
  mark: 50,
  value: 5000,
  delta: 1,
  deltaDollar: 5000,
  vegaPerVolPoint: 0,
  gammaDollar1Pct: 0,
  thetaPerDay: 0,
  reason: null,
  ...change,
});
const soldCall = held({
  positionId: 2,
  instrument: 'option',
  type: 'call',
  quantity: -1,
  multiplier: 100,
  value: -200,
  deltaDollar: -1500,
  vegaPerVolPoint: -8,
});

describe('positions', () => {
  test('a name is the sum of its lines, with the calls sold against its shares', () => {
    const sum = sumOf('ABC', [held({}), soldCall]);
    expect([sum.value, sum.deltaDollar, sum.vegaPerVolPoint, sum.callsPerShare]).toEqual([4800, 3500, -8, 1]);
  });
  test('a number that no line has stays blank, and lines without a value are counted', () => {
    const blank = held({ value: null, deltaDollar: null, reason: 'no price' });
    const sum = sumOf('ABC', [blank, held({ quantity: -100, value: 300, deltaDollar: null })]);
    expect([sum.value, sum.deltaDollar, sum.unvalued, sum.callsPerShare]).toEqual([300, null, 1, null]);
  });
  test('names come with the largest value first, sold or held', () => {
    const sums = sumsByName([held({}), held({ symbol: 'XYZ', value: -9000 })]);
    expect(sums.map((sum) => sum.symbol)).toEqual(['XYZ', 'ABC']);
  });
  test('only the columns that help are shown', () => {
    const keys = (rows: readonly Position[]) => positionColumnsFor(rows, 'USD').map((column) => column.key);
    expect(keys([held({})])).not.toContain('strike');
    expect(keys([held({})])).not.toContain('book');
    expect(keys([held({}), held({ book: 'other', reason: 'no price' }), soldCall])).toEqual(
      expect.arrayContaining(['book', 'strike', 'type', 'reason']),
    );
  });
});

const exposure: Exposure = {
  underlying: 'ABC',
  asOf: '2026-11-20',
  marketDate: '2026-11-20',
  spot: 100,
  slices: [
    {
      start: '2026-11-20',
      end: '2026-12-18',
      kind: 'gap',
      forwardVol: 0.2,
      vegaPerVolPoint: 5,
      vegaFactor: 1,
      adjustedVegaPerVolPoint: 5,
      gammaDollar1Pct: 7,
      byContract: [
        {
          contractId: 'P',
          instrument: 'listed-option',
          vegaPerVolPoint: 5,
          adjustedVegaPerVolPoint: 5,
          gammaDollar1Pct: 7,
        },
      ],
    },
    {
      start: '2026-12-18',
      end: '2027-03-19',
      kind: 'slice',
      forwardVol: null,
      vegaPerVolPoint: -3,
      vegaFactor: 1,
      adjustedVegaPerVolPoint: -3,
      gammaDollar1Pct: 0,
      byContract: [
        {
          contractId: 'P',
          instrument: 'listed-option',
          vegaPerVolPoint: 1,
          adjustedVegaPerVolPoint: 1,
          gammaDollar1Pct: 0,
        },
        {
          contractId: 'FS',
          instrument: 'forward-start',
          vegaPerVolPoint: -4,
          adjustedVegaPerVolPoint: -4,
          gammaDollar1Pct: 0,
        },
      ],
    },
  ],
  contracts: [
    {
      contractId: 'FS',
      instrument: 'forward-start',
      label: 'relative straddle',
      start: '2026-12-18',
      end: '2027-03-19',
      quantity: -2,
      premium: -100,
      vegaPerVolPoint: -4,
      gammaDollar1Pct: 0,
    },
    {
      contractId: 'P',
      instrument: 'listed-option',
      label: 'P',
      start: '2026-11-01',
      end: '2027-03-19',
      quantity: 6,
      premium: 60,
      vegaPerVolPoint: 6,
      gammaDollar1Pct: 7,
    },
  ],
  totals: { vegaPerVolPoint: 2, adjustedVegaPerVolPoint: 2, gammaDollar1Pct: 7, premium: -40 },
  hedges: [
    {
      start: '2026-11-20',
      end: '2026-12-18',
      contract: 'straddle',
      byVega: -0.5,
      byGamma: -0.4,
      whole: -1,
      leftVegaPerVolPoint: 5,
    },
  ],
  assumed: [],
  notIncluded: [],
};

describe('exposure by slice', () => {
  test('lanes stand in order of time, cut at today, and say how many are held', () => {
    const model = exposureModel(exposure, [], 'USD');
    expect(model?.lanes.map((lane) => [lane.label, lane.start])).toEqual([
      ['6 × P', '2026-11-20'],
      ['−2 × FS, relative straddle', '2026-12-18'],
    ]);
  });
  test('parts of a bar are stacked by instrument and name the currency', () => {
    const vega = exposureModel(exposure, [], 'USD')?.panes[0];
    expect(vega?.title).toBe('Vega by slice, USD per vol pt');
    expect(vega?.bars[1]?.parts.map((part) => [part.id, part.value])).toEqual([
      ['FS', -4],
      ['P', 1],
    ]);
  });
  test('nothing to cut draws nothing', () => {
    expect(exposureModel({ ...exposure, slices: [] }, [], 'USD')).toBeNull();
  });
  test('a slice carries its hedge with the difference, or blanks where there is none', () => {
    const [near, far] = sliceRows(exposure);
    expect(near?.difference).toBeCloseTo(-0.1, 12);
    expect([near?.days, near?.whole]).toEqual([28, -1]);
    expect([far?.byVega, far?.difference, far?.whole]).toEqual([null, null, null]);
  });
  test('a slice lights the contracts with a part in it', () => {
    expect(contractsIn(exposure, { start: '2026-12-18', end: '2027-03-19' })).toEqual(['P', 'FS']);
    expect(contractsIn(exposure, { start: '2026-12-18', end: '2027-03-20' })).toEqual([]);
  });
  test('a unit price is in per cent for a relative contract, in points for an absolute one', () => {
    expect(unitPriceText('relative', 0.09947645)).toBe('9.9476');
    expect(unitPriceText('absolute', 12.5)).toBe('12.5000');
  });
});

const entry = (change: Partial<AuditEntry>): AuditEntry => ({
  id: 1,
  at: '2026-11-20T10:00:00Z',
  actor: 'user',
  command: 'basket.save',
  subject: 'A',
  outcome: 'done',
  detail: '',
  ...change,
});

describe('audit', () => {
  const rows = [
    entry({ id: 3, command: 'preference.save' }),
    entry({ id: 2, outcome: 'refused' }),
    entry({ id: 1 }),
  ];
  const ids = (...choice: [Parameters<typeof entriesOf>[1], boolean]) =>
    entriesOf(rows, ...choice).map((row) => row.id);
  test('where the window was left is out of sight unless asked for; refusals never are', () => {
    expect(ids('all', false)).toEqual([2, 1]);
    expect(ids('all', true)).toEqual([3, 2, 1]);
    expect(ids('refused', false)).toEqual([2]);
  });
  test('a detail that is data is read line by line, a sentence stays one', () => {
    expect(detailLines('{"a":1,"b":"x","c":null}')).toEqual([
      ['a', '1'],
      ['b', 'x'],
      ['c', 'none'],
    ]);
    expect(detailLines('removed: wrong book')).toBeNull();
    expect(detailLines('{broken')).toBeNull();
  });
});

describe('health', () => {
  const finding = (change: Partial<HealthFinding>): HealthFinding => ({
    severity: 'note',
    subject: 'ABC',
    rule: 'zero bids',
    sentence: '',
    count: 4,
    ...change,
  });
  test('findings are counted, not the quotes or days in them, severities without any included', () => {
    const counts = countsBySeverity([finding({}), finding({ severity: 'error', count: 1 }), finding({})]);
    expect(counts).toEqual([
      { severity: 'error', findings: 1 },
      { severity: 'warning', findings: 0 },
      { severity: 'note', findings: 2 },
    ]);
  });
  test('a finding opens the place where it can be seen or put right', () => {
    expect(placeOf({ rule: 'crossed quotes' }).view).toBe('chain');
    expect(placeOf({ rule: 'short stock' }).view).toBe('positions');
    expect(placeOf({ rule: 'weights do not sum to 100 %' }).view).toBe('dispersion');
    expect(placeOf({ rule: 'short price history' })).toMatchObject({ view: 'imports', isName: false });
  });
});

describe('what is typed', () => {
  test('dates are read as people write them, and only real days', () => {
    expect(['18 Dec 2026', '18dec26', '2026-12-18', '18.Dec.26'].map(parseDate)).toEqual(
      Array.from({ length: 4 }, () => '2026-12-18'),
    );
    expect(['31 Feb 2027', '18 Foo 2026', '18/12/2026', ''].map(parseDate)).toEqual([null, null, null, null]);
  });
  test('per cent is understood with its sign and without', () => {
    expect(parsePercent('11.22')).toBeCloseTo(0.1122, 12);
    expect(parsePercent('11.22 %')).toBeCloseTo(0.1122, 12);
    expect(parsePercent('eleven')).toBeNull();
  });
  test('a squared return is shown in squared per cent', () => {
    expect(percentSquared(0.000175)).toBe('1.7500');
  });
});
