import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { HistoryModel } from '../../charts/history-chart.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { integer } from '../../format.ts';
import type { PastRange } from '../../state/dispersion-choices.ts';
import { measureSpec } from './dispersion-measures.ts';

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
  overlay: string | null = null,
): HistoryModel | null {
  const spec = measureSpec(key);
  const all = past.measures[key];
  if (spec === undefined || all === undefined) return null;
  const values = all.slice(-sessionsIn[range]);
  const dates = past.dates.slice(-sessionsIn[range]);
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const sorted = known.toSorted((a, b) => a - b);
  const today = spec.value(cell);
  const over = overlay === null || overlay === key ? undefined : measureSpec(overlay);
  const overValues = over === undefined ? [] : (past.measures[over.key] ?? []).slice(-sessionsIn[range]);
  return {
    label: `${spec.title} of ${cell.index}`,
    yTitle: `${spec.title}, ${spec.unit}`,
    formatY: spec.text,
    dates: [...dates, cell.asOf],
    values: [...values, today],
    overlay:
      over === undefined
        ? null
        : {
            label: over.title,
            yTitle: `${over.title}, ${over.unit}`,
            formatY: over.text,
            values: [...overValues, over.value(cell)],
          },
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
  all: Infinity,
};

type Across = OutputOf<'dispersion.terms'>;
export type TermRow = Across['terms'][number];

/** The measure today over its terms, with the middle half and the ends of each term's own past. */
export function acrossModel(across: Across, range: PastRange): LineModel | null {
  const spec = measureSpec(across.measure);
  if (spec === undefined) return null;
  const rows = across.terms.flatMap((row) => {
    const known = row.values.slice(-sessionsIn[range]).filter((value) => value !== null);
    const sorted = known.toSorted((a, b) => a - b);
    return [{ days: row.termDays, value: row.value, sorted }];
  });
  const kept = rows.filter(({ value, sorted }) => value !== null || sorted.length > 1);
  if (kept.length < 2) return null;
  const past = kept.filter(({ sorted }) => sorted.length > 1);
  const line = (label: string, of: (sorted: readonly number[]) => number, style: 'dashed' | 'dots') => ({
    label,
    color: 'dim' as const,
    x: past.map(({ days }) => days),
    y: past.map(({ sorted }) => of(sorted)),
    style,
    width: 1 as const,
  });
  return {
    xKind: 'number',
    xTitle: 'Term, calendar days',
    yTitle: `${spec.title}, ${spec.unit}`,
    formatX: integer,
    formatY: spec.text,
    lines: [
      { label: 'Today', color: 0, x: kept.map(({ days }) => days), y: kept.map(({ value }) => value) },
      ...(past.length < 2
        ? []
        : [
            line('median', (sorted) => quantile(sorted, 0.5), 'dashed'),
            line('lowest', (sorted) => quantile(sorted, 0), 'dots'),
            line('highest', (sorted) => quantile(sorted, 1), 'dots'),
          ]),
    ],
    ...(past.length < 2
      ? {}
      : {
          bands: [
            {
              label: 'Middle half of the past',
              color: 0,
              x: past.map(({ days }) => days),
              low: past.map(({ sorted }) => quantile(sorted, 0.25)),
              high: past.map(({ sorted }) => quantile(sorted, 0.75)),
            },
          ],
        }),
  };
}
