import type { ReportTable } from '../../../../shared/contract/pnl.ts';
import type { DailySnapshot } from '../../../../shared/contract/pnl.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import type {
  Explanation,
  ExplainParts,
  GroupMeasures,
  Measures,
  Valuation,
} from '../../../../shared/quant/scenario/result.ts';
import type { FrozenDesk } from './frozen-desk.ts';
import { groupsByBook } from './daily-value.ts';

// The tables of the report: raw numbers with how they read; the window formats them.

type Column = ReportTable['columns'][number];
type Cell = ReportTable['rows'][number][number];

const text = (heading: string): Column => ({ heading, kind: 'text' });
const money = (heading: string): Column => ({ heading, kind: 'money' });
const cents = (heading: string): Column => ({ heading, kind: 'cents' });
const quantity = (heading: string): Column => ({ heading, kind: 'quantity' });
const count = (heading: string): Column => ({ heading, kind: 'count' });

const measureColumns: readonly Column[] = [
  money('Value'),
  money('Dollar delta'),
  money('Gamma per 1 %'),
  money('Vega per point'),
  money('Theta per day'),
];
const measureCells = (of: Measures): Cell[] => [
  of.value,
  of.deltaDollar,
  of.gammaDollar1Pct,
  of.vegaPerVolPoint,
  of.thetaPerDay,
];

function measuresTable(
  title: string,
  group: string,
  groups: readonly GroupMeasures[],
  total: Measures,
): ReportTable {
  const positions = groups.reduce((sum, one) => sum + one.positions, 0);
  return {
    title,
    columns: [text(group), count('Positions'), ...measureColumns],
    rows: [
      ...groups.map((one) => [one.group, one.positions, ...measureCells(one)]),
      ['Total', positions, ...measureCells(total)],
    ],
    totals: true,
  };
}

/** Unit cost of a row in money: what was paid for it, signed; null where it is not known or does not count so. */
function costOf(book: ScenarioBook, at: number, costs: FrozenDesk['costs']): number | null {
  const position = book.positions[at];
  const cost = position === undefined ? undefined : costs[position.positionId];
  if (position === undefined || cost === undefined || position.kind === 'future') return null;
  const multiplier = 'multiplier' in position && position.kind === 'option' ? position.multiplier : 1;
  return cost * multiplier * position.quantity;
}

/** The book by the trader's books, and every position with its cost and profit since it was opened. */
export function bookTables({ book, costs }: FrozenDesk, valuation: Valuation): ReportTable[] {
  const rows = valuation.positions.map(({ label, measures }, at): Cell[] => {
    const [cost, value] = [costOf(book, at, costs), measures?.value ?? null];
    const profit = cost === null || value === null ? null : value - cost;
    const position = book.positions[at];
    return [position?.book ?? '', label, position?.quantity ?? null, cost, value, profit];
  });
  const sum = (column: number): number =>
    rows.reduce((all, row) => all + (typeof row[column] === 'number' ? row[column] : 0), 0);
  return [
    measuresTable('By book', 'Book', groupsByBook(book, valuation), valuation.total),
    {
      title: 'Positions',
      columns: [
        text('Book'),
        text('Position'),
        quantity('Held'),
        money('Cost'),
        money('Value'),
        money('Profit'),
      ],
      rows: [...rows, ['Total', '', null, sum(3), sum(4), sum(5)]],
      totals: true,
    },
  ];
}

export const riskTables = (valuation: Valuation): ReportTable[] => [
  measuresTable('By name', 'Name', valuation.byName, valuation.total),
  measuresTable('Index and names', 'Side', valuation.byRole, valuation.total),
  measuresTable('By kind of contract', 'Kind', valuation.byFamily, valuation.total),
];

const parts: readonly (readonly [string, keyof ExplainParts])[] = [
  ['Delta', 'delta'],
  ['Gamma', 'gamma'],
  ['Vega', 'vega'],
  ['Theta', 'theta'],
  ['Vanna', 'vanna'],
  ['Volga', 'volga'],
  ['Carry', 'carry'],
  ['Trades', 'trades'],
  ['Fixings', 'fixings'],
  ['Residual', 'residual'],
  ['Total', 'total'],
];
const partColumns = parts.map(([heading]) => cents(heading));
const partCells = (of: ExplainParts): Cell[] => parts.map(([, part]) => of[part]);
/** Positions that the report names by their residual. */
const shownResiduals = 10;

export function explainTables(explanation: Explanation): ReportTable[] {
  const table = (
    title: string,
    heading: string,
    rows: readonly (ExplainParts & { readonly group: string })[],
  ): ReportTable => ({
    title,
    columns: [text(heading), ...partColumns],
    rows: [...rows.map((row) => [row.group, ...partCells(row)]), ['Total', ...partCells(explanation.total)]],
    totals: true,
  });
  return [
    table('By book', 'Book', explanation.byBook),
    table('By name', 'Name', explanation.byName),
    table('By kind of contract', 'Kind', explanation.byFamily),
    {
      title: 'Vega by slice',
      columns: [text('From'), text('To'), cents('Vega')],
      rows: [
        ...explanation.vegaBySlice.map(({ start, end, vega }) => [start, end, vega]),
        ['Strike by strike', '', explanation.vegaSmile],
        ['Total', '', explanation.total.vega],
      ],
      totals: true,
    },
    {
      title: 'Largest residuals',
      columns: [text('Position'), ...partColumns, text('Note')],
      rows: explanation.positions
        .slice(0, shownResiduals)
        .map((one) => [one.label, ...partCells(one), one.note ?? '']),
      totals: false,
    },
  ];
}

export const historyTable = (days: readonly DailySnapshot[]): ReportTable => ({
  title: 'Kept days',
  columns: [
    { heading: 'Day', kind: 'date' },
    count('Positions'),
    ...measureColumns,
    money('Change of value'),
    count('Not valued'),
  ],
  rows: days.map(({ asOf, positions, total, notValued }, at) => {
    const before = days[at - 1]?.total.value;
    const change = before === undefined ? null : total.value - before;
    return [asOf, positions, ...measureCells(total), change, notValued.length];
  }),
  totals: false,
});

export const reasonsTable = (
  title: string,
  rows: readonly { readonly label: string; readonly reason: string }[],
): ReportTable => ({
  title,
  columns: [text('Position'), text('Reason')],
  rows: rows.map(({ label, reason }) => [label, reason]),
  totals: false,
});

export const profitsTable = (
  title: string,
  rows: readonly { readonly name: string; readonly value: number; readonly profit: number }[],
): ReportTable => ({
  title,
  columns: [text('Stress'), money('Value'), money('Profit')],
  rows: rows.map(({ name, value, profit }) => [name, value, profit]),
  totals: false,
});
