import type { ScenarioGrid } from '../../../shared/contract/scenario-value.ts';
import type { HeatMapModel } from '../../charts/heat-map.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { compact, shortDate, signedMoney } from '../../format.ts';
import { axisValues, type AxisChoice, type GridMeasure } from '../../state/scenario-choices.ts';
import { axisTitle, measureWords, nodeText } from './axis-words.ts';
import { groupWords } from './result-models.ts';

/** Parts of the book that a grid holds, the whole first. */
export const gridParts = (
  grid: ScenarioGrid,
): readonly { readonly key: string; readonly label: string }[] => [
  { key: 'all', label: 'Whole book' },
  ...(['byRole', 'byFamily', 'byName'] as const).flatMap((by) =>
    grid[by].map((one) => ({ key: `${by}:${one.group}`, label: groupWords(one.group) })),
  ),
];

const partOf = (grid: ScenarioGrid, part: string) =>
  (['byRole', 'byFamily', 'byName'] as const)
    .flatMap((by) => grid[by].map((one) => ({ key: `${by}:${one.group}`, one })))
    .find(({ key }) => key === part)?.one ?? grid.total;

const tidy = (value: number): string => {
  const text = compact(value);
  return value > 0 ? `+${text}` : text;
};

/** A measure over two shocks: gains one color, losses the other, the same strength at the same size. */
export function gridModel(options: {
  readonly grid: ScenarioGrid;
  readonly axes: { readonly a: AxisChoice; readonly b: AxisChoice };
  readonly measure: GridMeasure;
  readonly part: string;
  readonly currency: string;
}): HeatMapModel | null {
  const { grid, axes, measure, part, currency } = options;
  const [a, b] = [axisValues(axes.a), axisValues(axes.b)];
  if (a.length !== grid.aCount || b.length !== grid.bCount) return null;
  const columns = partOf(grid, part)[measure];
  const values = a.map((_, row) => b.map((__, column) => columns[row * b.length + column] ?? null));
  const most = columns.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  const words = measureWords[measure];
  return {
    rows: a.map((value) => nodeText(axes.a.kind, value)),
    columns: b.map((value) => nodeText(axes.b.kind, value)),
    rowTitle: axisTitle(axes.a),
    columnTitle: axisTitle(axes.b),
    valueTitle: `${words.label}, ${words.unit(currency)}`,
    values,
    format: (value) => signedMoney(value),
    formatShort: tidy,
    domain: { low: -most, center: 0, high: most },
    inFront: null,
  };
}

/** Profit against one shock, a line a date; the last date is the thick one. */
export function curveModel(options: {
  readonly curve: OutputOf<'scenario.curve'>;
  readonly axis: AxisChoice;
  readonly measure: GridMeasure;
  readonly currency: string;
}): LineModel {
  const { curve, axis, measure, currency } = options;
  const words = measureWords[measure];
  const x = curve.values;
  return {
    xKind: 'number',
    xTitle: axisTitle(axis),
    yTitle: `${words.label}, ${words.unit(currency)}`,
    formatX: (value) => nodeText(axis.kind, value),
    formatY: (value) => compact(value),
    lines: curve.lines.map((line, at) => ({
      label: line.daysForward === 0 ? `${shortDate(line.date)}, today` : shortDate(line.date),
      color: at,
      x,
      y: line.columns[measure],
      width: at === curve.lines.length - 1 ? 3 : 1,
    })),
    levels: [{ y: 0, label: '' }],
    uprights: x[0] !== undefined && x[0] < 0 ? [{ x: 0, label: 'as it stands' }] : [],
  };
}
