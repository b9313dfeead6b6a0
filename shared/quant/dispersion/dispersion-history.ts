import { sessionsPerYear, type IsoDate } from '../../dates.ts';
import { assertThat } from '../../result.ts';
import { rollingCorrelations } from './correlation-window.ts';
import type { DatedSeries } from './correlation.ts';
import { dispersionMeasures, type DispersionMeasures } from './dispersion.ts';

export interface DispersionHistoryInput {
  /** Weights are held fixed over the whole history. */
  readonly components: readonly { readonly symbol: string; readonly weight: number }[];
  /** Implied volatility of the term, decimal, days ascending. */
  readonly indexVol: DatedSeries;
  readonly componentVols: readonly DatedSeries[];
  /** Adjusted closes, days ascending. */
  readonly indexCloses: DatedSeries;
  readonly componentCloses: readonly DatedSeries[];
  /** Sessions of historical volatilities and price correlations. */
  readonly window: number;
  /** Sessions of implied-volatility correlations, at most and at least. */
  readonly volWindow: number;
  readonly fewestVolObservations: number;
}

export interface DispersionDay {
  readonly date: IsoDate;
  readonly measures: DispersionMeasures;
}

/** Values on the days of a grid; NaN inside the array where the series has none. */
function onGrid(series: DatedSeries, days: readonly IsoDate[]): Float64Array {
  const at = new Map(series.dates.map((date, i) => [date, series.values[i] ?? Number.NaN]));
  return Float64Array.from(days, (day) => at.get(day) ?? Number.NaN);
}

const logReturns = (levels: Float64Array): Float64Array =>
  levels.map((level, t) => (t === 0 ? Number.NaN : Math.log(level / (levels[t - 1] ?? Number.NaN))));

/** Zero-mean volatility of the `window` returns up to and with `end`; null where one is missing. */
function volAt(returns: Float64Array, end: number, window: number): number | null {
  if (end - window + 1 < 0) return null;
  let squares = 0;
  for (let t = end - window + 1; t <= end; t += 1) squares += (returns[t] ?? Number.NaN) ** 2;
  return Number.isFinite(squares) ? Math.sqrt((squares / window) * sessionsPerYear) : null;
}

/**
 * The days of the history: the index's sessions. An index without prices takes the days on which half of
 * its names have one, and those of its volatility; its realized measures are then null.
 */
function sessionsOf({ indexCloses, indexVol, componentCloses }: DispersionHistoryInput): readonly IsoDate[] {
  if (indexCloses.dates.length > 0) return indexCloses.dates;
  const counts = new Map<IsoDate, number>();
  for (const { dates } of componentCloses) {
    for (const date of dates) counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  const common = [...counts].filter(([, count]) => count * 2 >= componentCloses.length);
  return [...new Set([...common.map(([date]) => date), ...indexVol.dates])].sort();
}

/**
 * Every measure of math §7 on each day that has an implied volatility of the index, days ascending.
 *
 * Each day uses only what was known on it. Time goes with days × names × windows: no matrix is built.
 * Limits: today's weights on every day, so a name that entered
 * the index later counts before it did; a measure without its inputs is null, as in `dispersionMeasures`.
 * Source: math §7. Proof: test/unit/quant/dispersion-history.test.ts
 */
export function dispersionHistory(input: DispersionHistoryInput): readonly DispersionDay[] {
  const { components, indexCloses, window, volWindow, fewestVolObservations } = input;
  assertThat(window >= 2 && volWindow >= fewestVolObservations, 'windows must hold their observations');
  const days = sessionsOf(input);
  const closesOf = new Map(input.componentCloses.map((series) => [series.name, series]));
  const volsOf = new Map(input.componentVols.map((series) => [series.name, series]));
  const nothing = (name: string): DatedSeries => ({ name, dates: [], values: [] });
  const indexVols = onGrid(input.indexVol, days);
  const indexReturns = logReturns(onGrid(indexCloses, days));
  const names = components.map(({ symbol, weight }) => ({
    symbol,
    weight,
    vols: onGrid(volsOf.get(symbol) ?? nothing(symbol), days),
    returns: logReturns(onGrid(closesOf.get(symbol) ?? nothing(symbol), days)),
  }));
  const volWindowAt = rollingCorrelations(names.map(({ symbol, vols }) => ({ symbol, values: vols })));
  const returnWindowAt = rollingCorrelations(
    names.map(({ symbol, returns }) => ({ symbol, values: returns })),
  );
  const firstVolDay = Math.max(0, indexVols.findIndex(Number.isFinite));

  return days.flatMap((date, t): readonly DispersionDay[] => {
    const indexVol = indexVols[t] ?? Number.NaN;
    if (!Number.isFinite(indexVol)) return [];
    const volFrom = Math.max(firstVolDay, t - volWindow + 1);
    const { measures } = dispersionMeasures({
      components: names.map(({ symbol, weight, vols, returns }) => {
        const vol = vols[t] ?? Number.NaN;
        return {
          symbol,
          weight,
          vol: Number.isFinite(vol) ? vol : null,
          historicalVol: volAt(returns, t, window),
        };
      }),
      indexVol,
      indexHistoricalVol: volAt(indexReturns, t, window),
      priceCorrelations: t < window ? null : returnWindowAt(t - window + 1, t),
      volCorrelations: t - volFrom + 1 < fewestVolObservations ? null : volWindowAt(volFrom, t),
    });
    return [{ date, measures }];
  });
}
