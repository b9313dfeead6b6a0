import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { HistoryModel } from '../../charts/history-chart.ts';
import type { PastRange } from '../../state/dispersion.ts';
import { dispersionMeasures } from './dispersion-measures.ts';

type Past = OutputOf<'dispersion.history'>;
type Reading = NonNullable<Past['statistics'][string]>[number];

/** Values at shares of a sorted list, by linear interpolation. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** A measure through its past with its band, the day in front as the last point; null where none was kept. */
export function measureHistory(
  past: Past,
  cell: Dispersion,
  key: string,
  range: PastRange,
): HistoryModel | null {
  const spec = dispersionMeasures.find((item) => item.key === key);
  const all = past.measures[key];
  if (spec === undefined || all === undefined) return null;
  const values = all.slice(-sessionsIn[range]);
  const dates = past.dates.slice(-sessionsIn[range]);
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const sorted = known.toSorted((a, b) => a - b);
  const today = spec.value(cell);
  return {
    label: `${spec.title} of ${cell.index}`,
    yTitle: `${spec.title}, ${spec.unit}`,
    formatY: spec.text,
    dates: today === null ? dates : [...dates, cell.asOf],
    values: today === null ? values : [...values, today],
    asOf: cell.asOf,
    band: {
      minimum: sorted[0] ?? 0,
      quartile1: quantile(sorted, 0.25),
      median: quantile(sorted, 0.5),
      quartile3: quantile(sorted, 0.75),
      maximum: sorted.at(-1) ?? 0,
    },
  };
}

/** Today read against the past of a range, as the desk found it; null where it has too little. */
export const readingIn = (past: Past, key: string, range: PastRange): Reading | null =>
  past.statistics[key]?.find((item) => item.range === range && item.percentile !== null) ?? null;

/** Days of market sessions in a range, to show as much. */
const sessionsIn: Readonly<Record<PastRange, number>> = {
  '3 months': 63,
  '6 months': 126,
  '1 year': 252,
  '2 years': 504,
};
