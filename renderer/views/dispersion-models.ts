import type { Dispersion } from '../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { HistoryModel } from '../charts/history-chart.ts';
import { dispersionMeasures } from './dispersion-measures.ts';

type Past = OutputOf<'dispersion.history'>;

/** Values at shares of a sorted list, by linear interpolation. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** A measure through its past with its band, the day in front as the last point; null where none was kept. */
export function measureHistory(past: Past, cell: Dispersion, key: string): HistoryModel | null {
  const spec = dispersionMeasures.find((item) => item.key === key);
  const values = past.measures[key];
  if (spec === undefined || values === undefined) return null;
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const sorted = known.toSorted((a, b) => a - b);
  const today = spec.value(cell);
  return {
    label: `${spec.title} of ${cell.index}`,
    yTitle: `${spec.title}, ${spec.unit}`,
    formatY: spec.text,
    dates: today === null ? past.dates : [...past.dates, cell.asOf],
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

/** What the verdict means for the hedge that this desk makes, which is the reverse trade. */
export function hedgeAgainstVerdict(side: Dispersion['verdict']['side']): {
  readonly tone: 'gain' | 'loss' | 'dim';
  readonly mark: string;
  readonly sentence: string;
} {
  const own = 'The hedge made here buys index puts and sells calls on the names: the reverse trade.';
  if (side === 'reverse') return { tone: 'gain', mark: '▲', sentence: `${own} The votes speak for it.` };
  if (side === 'dispersion')
    return {
      tone: 'loss',
      mark: '▼',
      sentence: `${own} The votes speak against it: index options are dear against the names’, so protection costs more than usual.`,
    };
  return { tone: 'dim', mark: '●', sentence: `${own} The votes speak neither for nor against it.` };
}
