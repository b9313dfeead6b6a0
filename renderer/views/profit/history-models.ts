import type { DailySnapshot } from '../../../shared/contract/pnl.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { compact } from '../../format.ts';
import { gridMeasures, type GridMeasure } from '../../state/scenario-choices.ts';

export type HistoryMeasure = 'value' | Exclude<GridMeasure, 'profit'>;
export const historyMeasures: readonly HistoryMeasure[] = [
  'value',
  ...gridMeasures.filter((one) => one !== 'profit'),
];

/** A measure of the book through the kept days: all of it, and its parts. */
export function historyModel(
  days: readonly DailySnapshot[],
  measure: HistoryMeasure,
  title: string,
  words: (group: string) => string,
): LineModel | null {
  if (days.length < 2) return null;
  const x = days.map((day) => day.asOf);
  const families = [...new Set(days.flatMap((day) => day.byFamily.map((one) => one.group)))];
  return {
    xKind: 'date',
    xTitle: 'day',
    yTitle: title,
    formatY: compact,
    lines: [
      { label: 'All', color: 'text', x, y: days.map((day) => day.total[measure]), width: 3 },
      ...families.map((family, at) => ({
        label: words(family),
        color: at,
        x,
        y: days.map((day) => day.byFamily.find((one) => one.group === family)?.[measure] ?? null),
        width: 1 as const,
      })),
    ],
  };
}
