import { dayNumber, type IsoDate } from '../../../../shared/dates.ts';
import { alignSeries, type DatedSeries } from '../../../../shared/quant/dispersion/correlation.ts';

/** Simple returns of an index and names over the same periods, oldest first. */
export interface ReturnPanel {
  /** The day each return ends on. */
  readonly dates: readonly IsoDate[];
  readonly index: readonly number[];
  readonly stocks: Readonly<Record<string, readonly number[]>>;
  readonly leftOut: readonly { readonly symbol: string; readonly reason: string }[];
}

/** A name that misses more than this share of the index's days cannot be compared with it. */
const mostMissing = 0.02;

const simpleReturns = (levels: ArrayLike<number>): number[] =>
  Array.from(
    { length: Math.max(0, levels.length - 1) },
    (_, t) => (levels[t + 1] ?? 0) / (levels[t] ?? 1) - 1,
  );

/** The last day of each calendar week (Monday to Sunday) among ascending days. */
function weekEnds(dates: readonly IsoDate[]): readonly number[] {
  const weekOf = (date: IsoDate): number => Math.floor(((dayNumber(date) ?? 0) + 3) / 7);
  return dates.flatMap((date, at) => {
    const next = dates[at + 1];
    return next === undefined || weekOf(next) !== weekOf(date) ? [at] : [];
  });
}

/** Lines index and names up on their common days within [from, to] and takes returns, daily or weekly. */
export function returnPanel(request: {
  readonly index: DatedSeries;
  readonly names: readonly DatedSeries[];
  readonly from?: IsoDate | undefined;
  readonly to: IsoDate;
  readonly frequency: 'daily' | 'weekly';
}): ReturnPanel {
  const within = (series: DatedSeries): DatedSeries => {
    const kept = series.dates.flatMap((date, at) =>
      (request.from === undefined || date >= request.from) && date <= request.to ? [at] : [],
    );
    return {
      name: series.name,
      dates: kept.map((at) => series.dates[at] ?? ''),
      values: kept.map((at) => series.values[at] ?? 0),
    };
  };
  const index = within(request.index);
  const indexDays = new Set(index.dates);
  const leftOut: { symbol: string; reason: string }[] = [];
  const names = request.names.map(within).filter((series) => {
    const common = series.dates.filter((date) => indexDays.has(date)).length;
    const complete = common >= Math.floor(index.dates.length * (1 - mostMissing));
    if (!complete) {
      leftOut.push({
        symbol: series.name,
        reason: `has prices on ${common} of the ${index.dates.length} days`,
      });
    }
    return complete;
  });
  const aligned = alignSeries([index, ...names]);
  const rows = request.frequency === 'weekly' ? weekEnds(aligned.dates) : aligned.dates.map((_, at) => at);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] ?? 0);
  const [indexColumn = new Float64Array(), ...columns] = aligned.columns.map(pick);
  return {
    dates: rows.slice(1).map((row) => aligned.dates[row] ?? ''),
    index: simpleReturns(indexColumn),
    stocks: Object.fromEntries(names.map((series, at) => [series.name, simpleReturns(columns[at] ?? [])])),
    leftOut,
  };
}
