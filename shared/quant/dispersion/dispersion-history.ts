import { sessionsPerYear, type IsoDate } from '../../dates.ts';
import { assertThat } from '../../result.ts';
import { rollingStretches, type Stretch } from './correlation-window.ts';
import type { DatedSeries } from './correlation.ts';
import { measuresOfParts, type DispersionMeasures } from './dispersion-parts.ts';
import { correlationOfParts, type VarianceParts } from './index-correlation.ts';

export interface DispersionHistoryInput {
  /** Weights are held fixed over the whole history. */
  readonly components: readonly { readonly symbol: string; readonly weight: number }[];
  /** Implied volatility of the term, decimal, days ascending. */
  readonly indexVol: DatedSeries;
  readonly componentVols: readonly DatedSeries[];
  /** Adjusted closes, days ascending. */
  readonly indexCloses: DatedSeries;
  readonly componentCloses: readonly DatedSeries[];
  /** Days, by name, whose return from the close before cannot be used; a window with one has no value. */
  readonly unusableReturns?: ReadonlyMap<string, readonly IsoDate[]> | undefined;
  /** Sessions of historical volatilities and price correlations. */
  readonly window: number;
  /** Sessions of implied-volatility correlations, at most and at least. */
  readonly volWindow: number;
  readonly fewestVolObservations: number;
  /** Only days from this one on, from no more of the past than they need; absent: all. */
  readonly since?: IsoDate | undefined;
}

export interface DispersionDay {
  readonly date: IsoDate;
  readonly measures: DispersionMeasures;
}

/** Below this share of all squares so far, a difference of running sums is taken again from the returns. */
const cancelled = 1e-6;

/** Values on the days of a grid, both ascending; NaN inside the array where the series has none. */
function onGrid({ dates, values }: DatedSeries, days: readonly IsoDate[]): Float64Array {
  const found = new Float64Array(days.length).fill(Number.NaN);
  let at = days[0] === undefined ? 0 : firstFrom(dates, days[0]);
  for (let t = 0; t < days.length; t++) {
    const day = days[t]!;
    if (dates[at] !== day) while (at < dates.length && dates[at]! < day) at++;
    if (dates[at] === day) found[t] = values[at++] ?? Number.NaN;
  }
  return found;
}

/** Place of the first date that is not before a day. */
function firstFrom(dates: readonly IsoDate[], day: IsoDate): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dates[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function logReturns(levels: Float64Array, breaks: readonly number[]): Float64Array {
  const found = new Float64Array(levels.length).fill(Number.NaN);
  for (let t = 1; t < levels.length; t++) found[t] = Math.log(levels[t]! / levels[t - 1]!);
  for (const t of breaks) found[t] = Number.NaN;
  return found;
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

/** The series of a history on its days: what a worker is sent, without a date for every value. */
export interface DispersionGrid {
  readonly days: readonly IsoDate[];
  /** Place of the first day that is asked for, and of the first with an index volatility. */
  readonly wanted: number;
  readonly firstVolDay: number;
  readonly weights: Float64Array;
  readonly indexVols: Float64Array;
  readonly indexCloses: Float64Array;
  /** A name each, in the order of the weights; NaN where it has none. */
  readonly vols: readonly Float64Array[];
  readonly closes: readonly Float64Array[];
  /** Places of the days whose return cannot be used, of the index and of each name. */
  readonly indexBreaks: readonly number[];
  readonly breaks: readonly (readonly number[])[];
  readonly window: number;
  readonly volWindow: number;
  readonly fewestVolObservations: number;
}

/** A history's series laid on the index's sessions, from no more of the past than `since` needs. */
export function dispersionGrid(input: DispersionHistoryInput): DispersionGrid {
  const { components, indexCloses, window, volWindow, fewestVolObservations, since } = input;
  assertThat(window >= 2 && volWindow >= fewestVolObservations, 'windows must hold their observations');
  const sessions = sessionsOf(input);
  const indexVols = onGrid(input.indexVol, sessions);
  const found = since === undefined ? 0 : sessions.findIndex((day) => day >= since);
  const asked = found < 0 ? sessions.length : found;
  const first = Math.max(0, asked - Math.max(window, volWindow));
  const days = sessions.slice(first);
  const laid = (series: readonly DatedSeries[]): Float64Array[] => {
    const of = new Map(series.map((one) => [one.name, one]));
    return components.map(({ symbol }) =>
      onGrid(of.get(symbol) ?? { name: symbol, dates: [], values: [] }, days),
    );
  };
  const breaksOf = (name: string): number[] => {
    const dates = input.unusableReturns?.get(name) ?? [];
    // A day that is no session of the index stands for the next one: the return into that spans it.
    return [...new Set(dates.map((date) => firstFrom(days, date)).filter((t) => t < days.length))];
  };
  return {
    days,
    wanted: asked - first,
    firstVolDay: Math.max(0, indexVols.findIndex(Number.isFinite) - first),
    weights: Float64Array.from(components, ({ weight }) => weight),
    indexVols: indexVols.slice(first),
    indexCloses: onGrid(indexCloses, days),
    vols: laid(input.componentVols),
    closes: laid(input.componentCloses),
    indexBreaks: breaksOf(indexCloses.name),
    breaks: components.map(({ symbol }) => breaksOf(symbol)),
    window,
    volWindow,
    fewestVolObservations,
  };
}

/** `dispersionHistoryOn` of the grid of the series. */
export const dispersionHistory = (input: DispersionHistoryInput): readonly DispersionDay[] =>
  dispersionHistoryOn(dispersionGrid(input));

/**
 * Every measure of math §7 on each day that has an implied volatility of the index, days ascending.
 *
 * Each day uses only what was known on it. Time goes with days × names × windows: no matrix is built.
 * Limits: today's weights on every day, so a name that entered
 * the index later counts before it did; a measure without its inputs is null, as in `dispersionMeasures`.
 * Source: math §7. Proof: test/unit/quant/dispersion-history.test.ts (every day against `dispersionMeasures`)
 */
export function dispersionHistoryOn(grid: DispersionGrid): readonly DispersionDay[] {
  const { days, wanted, firstVolDay, weights, indexVols, vols } = grid;
  const { window, volWindow, fewestVolObservations } = grid;
  const indexHistoricalVols = rollingVols(logReturns(grid.indexCloses, grid.indexBreaks), window);
  const returns = grid.closes.map((levels, i) => logReturns(levels, grid.breaks[i] ?? []));
  const historicalVols = returns.map((column) => rollingVols(column, window));
  const volStretchAt = rollingStretches(vols);
  const returnStretchAt = rollingStretches(returns);
  const scratch = { x: new Float64Array(weights.length), y: new Float64Array(weights.length) };

  return days.flatMap((date, t): readonly DispersionDay[] => {
    const indexVol = indexVols[t] ?? Number.NaN;
    if (t < wanted || !Number.isFinite(indexVol)) return [];
    const volFrom = Math.max(firstVolDay, t - volWindow + 1);
    const hasVolWindow = t - volFrom + 1 >= fewestVolObservations;
    const [corrWeightedVol] = hasVolWindow
      ? correlatedVols(volStretchAt(volFrom, t), weights, vols, vols, t, scratch)
      : nulls;
    const [histCorrWeightedVol, corrWeightedHistoricalVol] =
      t < window
        ? nulls
        : correlatedVols(returnStretchAt(t - window + 1, t), weights, vols, historicalVols, t, scratch);
    const indexHistoricalVol = orNull(indexHistoricalVols[t]);
    const implied = sleeveOf(weights, vols, t);
    const realized = sleeveOf(weights, historicalVols, t);
    return [
      {
        date,
        measures: measuresOfParts({
          indexVol,
          indexHistoricalVol,
          impliedCorrelation: correlationBetween(implied, indexVol),
          realizedCorrelation: correlationBetween(realized, indexHistoricalVol),
          weightedVol: implied?.weightedVol ?? null,
          weightedHistoricalVol: realized?.weightedVol ?? null,
          corrWeightedVol,
          histCorrWeightedVol,
          corrWeightedHistoricalVol,
        }),
      },
    ];
  });
}

const nulls = [null, null] as const;
const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;
const correlationBetween = (parts: VarianceParts | null, indexVol: number | null): number | null =>
  parts === null || indexVol === null ? null : correlationOfParts(parts, indexVol);

/** Zero-mean volatility of the `window` returns up to and with each day; NaN where one is missing. */
function rollingVols(returns: Float64Array, window: number): Float64Array {
  const n = returns.length;
  const known = new Int32Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) {
    const value = returns[t]!;
    const isKnown = Number.isFinite(value);
    known[t + 1] = known[t]! + (isKnown ? 1 : 0);
    squares[t + 1] = squares[t]! + (isKnown ? value * value : 0);
  }
  const vols = new Float64Array(n).fill(Number.NaN);
  for (let t = window - 1; t < n; t++) {
    const from = t - window + 1;
    if (known[t + 1]! - known[from]! < window) continue;
    let sum = squares[t + 1]! - squares[from]!;
    if (sum <= cancelled * squares[t + 1]!) {
      sum = 0;
      for (let s = from; s <= t; s++) sum += returns[s]! ** 2;
    }
    vols[t] = Math.sqrt((sum / window) * sessionsPerYear);
  }
  return vols;
}

/** Weighted sums of the names that have a volatility on a day, their weights brought to sum 1; null where none has. */
function sleeveOf(weights: Float64Array, vols: readonly Float64Array[], t: number): VarianceParts | null {
  let [held, weighted, own] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const vol = vols[i]![t]!;
    if (!Number.isFinite(vol)) continue;
    const exposure = weights[i]! * vol;
    held += weights[i]!;
    weighted += exposure;
    own += exposure * exposure;
  }
  if (!(held > 0)) return null;
  const [weightedVol, ownVariance] = [weighted / held, own / (held * held)];
  return { weightedVol, ownVariance, pairVariance: weightedVol * weightedVol - ownVariance };
}

/** Volatilities of two portfolios of the names under the correlations of a stretch; null without a name. */
function correlatedVols(
  stretch: Stretch,
  weights: Float64Array,
  first: readonly Float64Array[],
  second: readonly Float64Array[],
  t: number,
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
): readonly [number | null, number | null] {
  if (stretch.count < 2) return nulls;
  const fill = (into: Float64Array, vols: readonly Float64Array[]): number => {
    let held = 0;
    for (let i = 0; i < weights.length; i++) {
      const vol = stretch.isIn[i] === 1 ? vols[i]![t]! : Number.NaN;
      const has = Number.isFinite(vol);
      into[i] = has ? weights[i]! * vol : 0;
      if (has) held += weights[i]!;
    }
    return held;
  };
  const heldFirst = fill(x, first);
  const isOne = first === second;
  const heldSecond = isOne ? 0 : fill(y, second);
  const [one, other] = stretch.vols(x, isOne ? x : y);
  return [heldFirst > 0 ? one / heldFirst : null, heldSecond > 0 ? other / heldSecond : null];
}
