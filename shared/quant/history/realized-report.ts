import { regularSessions } from '../../calendar.ts';
import type { CalendarName } from '../../calendar.ts';
import { sessionsPerYear } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { Vol } from '../../units.ts';
import {
  barProblem,
  exponentiallyWeightedVol,
  realizedVolFromBars,
  realizedVolFromMarks,
} from './realized-vol.ts';
import { splitLike } from './return-screen.ts';
import type { Bar, BarEstimator, MarkEstimator } from './realized-vol.ts';

/** One session's prices; open, high and low null where the source gives closes only. */
export interface DatedBar {
  readonly date: IsoDate;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number;
}
export interface RealizedRow {
  readonly estimator: string;
  /** Sessions, that is returns. */
  readonly window: number;
  readonly vol: Vol | null;
  readonly observations: number;
  readonly reason: string | null;
}
export interface ConeRow {
  readonly window: number;
  readonly minimum: Vol;
  readonly quartile1: Vol;
  readonly median: Vol;
  readonly quartile3: Vol;
  readonly maximum: Vol;
  readonly latest: Vol;
}
export interface RealizedReport {
  readonly rows: readonly RealizedRow[];
  readonly cone: readonly ConeRow[];
  readonly warnings: readonly string[];
}

export const realizedWindows = [10, 20, 30, 60, 90, 120, 150, 180] as const;
const riskMetricsDecay = 0.94;
const markEstimators: readonly MarkEstimator[] = ['zeroMean', 'sampleMean'];
const barEstimators: readonly BarEstimator[] = [
  'highLow',
  'parkinson',
  'garmanKlass',
  'garmanKlassYangZhang',
  'rogersSatchell',
  'yangZhang',
];

interface Series {
  readonly bars: readonly DatedBar[];
  /** Why the return into bar i cannot be used, or null. */
  readonly gapBefore: readonly (string | null)[];
  /** Why bar i's range cannot be used, or null. */
  readonly rangeProblem: readonly (string | null)[];
}

function rangeProblemOf(bar: DatedBar): string | null {
  if (bar.open === null || bar.high === null || bar.low === null)
    return `No open, high and low on ${bar.date}.`;
  const problem = barProblem({ open: bar.open, high: bar.high, low: bar.low, close: bar.close });
  return problem === null ? null : `Prices of ${bar.date} contradict themselves: ${problem}.`;
}

function inspect(
  bars: readonly DatedBar[],
  calendar: CalendarName,
  confirmedJumps: ReadonlySet<IsoDate>,
  warnings: string[],
): Series {
  const gapBefore: (string | null)[] = [];
  const rangeProblem: (string | null)[] = [];
  for (const [i, bar] of bars.entries()) {
    const previous = bars[i - 1];
    let gap: string | null = null;
    if (previous !== undefined) {
      const missing = regularSessions({ calendar, from: previous.date, to: bar.date }).find(
        (date) => date > previous.date && date < bar.date,
      );
      const split = confirmedJumps.has(bar.date) ? null : splitLike(previous.close, bar.close);
      if (missing !== undefined) gap = `No price on ${missing}. Import that day or correct the calendar.`;
      else if (split !== null)
        gap = `The close moves from ${previous.close} to ${bar.close} on ${bar.date}, as an unadjusted ${split} would. Import adjusted prices or confirm the move.`;
      if (gap !== null) warnings.push(gap);
    }
    gapBefore.push(gap);
    const problem = rangeProblemOf(bar);
    if (problem !== null && bar.high !== null) warnings.push(problem);
    rangeProblem.push(problem);
  }
  return { bars, gapBefore, rangeProblem };
}

/** The first reason in bars from..to, both included; null when there is none. */
function firstReason(reasons: readonly (string | null)[], from: number, to: number): string | null {
  for (let i = from; i <= to; i += 1) {
    const reason = reasons[i];
    if (reason !== null && reason !== undefined) return reason;
  }
  return null;
}

function rowOf(series: Series, estimator: string, window: number, periodsPerYear: number): RealizedRow {
  const { bars } = series;
  const last = bars.length - 1;
  const first = last - window;
  const blank = (reason: string): RealizedRow => ({ estimator, window, vol: null, observations: 0, reason });
  if (first < 0) return blank(`Needs ${window + 1} daily prices and there are ${bars.length}.`);
  const gap = firstReason(series.gapBefore, first + 1, last);
  if (gap !== null) return blank(gap);
  const marks = bars.slice(first).map((bar) => bar.close);
  const barEstimator = barEstimators.find((name) => name === estimator);
  let outcome;
  if (barEstimator === undefined) {
    const markEstimator = markEstimators.find((name) => name === estimator);
    outcome =
      markEstimator === undefined
        ? exponentiallyWeightedVol({ marks, decay: riskMetricsDecay, periodsPerYear })
        : realizedVolFromMarks({ estimator: markEstimator, marks, periodsPerYear });
  } else {
    const usesPreviousClose = barEstimator === 'yangZhang' || barEstimator === 'garmanKlassYangZhang';
    const from = usesPreviousClose ? first : first + 1;
    const problem = firstReason(series.rangeProblem, from, last);
    if (problem !== null) return blank(problem);
    outcome = realizedVolFromBars({
      estimator: barEstimator,
      bars: bars.slice(from).filter((bar): bar is DatedBar & Bar => bar.open !== null),
      periodsPerYear,
    });
  }
  if (!outcome.ok) return blank(`Cannot be computed: ${outcome.error.detail['reason']}.`);
  return { estimator, window, ...outcome.value, reason: null };
}

/** Value at a fraction of the way through ascending values, straight lines between (the usual quartile). */
function quantileOf(ascending: Float64Array, fraction: number): number {
  const at = fraction * (ascending.length - 1);
  const below = Math.floor(at);
  const low = ascending[below] ?? 0;
  return low + (at - below) * ((ascending[below + 1] ?? low) - low);
}

function coneOf(series: Series, window: number, periodsPerYear: number): ConeRow | null {
  const { bars, gapBefore } = series;
  const vols: number[] = [];
  let sum = 0;
  let run = 0;
  const squares: number[] = [];
  let latest: number | null = null;
  for (let i = 1; i < bars.length; i += 1) {
    latest = null;
    if (gapBefore[i] !== null) {
      run = 0;
      squares.push(0);
      continue;
    }
    const value = Math.log((bars[i]?.close ?? 1) / (bars[i - 1]?.close ?? 1)) ** 2;
    squares.push(value);
    run += 1;
    if (run < window) continue;
    sum = 0;
    for (let j = squares.length - window; j < squares.length; j += 1) sum += squares[j] ?? 0;
    latest = Math.sqrt((periodsPerYear * sum) / window);
    vols.push(latest);
  }
  if (latest === null || vols.length < 2) return null;
  const ascending = Float64Array.from(vols).sort();
  return {
    window,
    minimum: quantileOf(ascending, 0),
    quartile1: quantileOf(ascending, 0.25),
    median: quantileOf(ascending, 0.5),
    quartile3: quantileOf(ascending, 0.75),
    maximum: quantileOf(ascending, 1),
    latest,
  };
}

/**
 * Realized volatilities of a daily series by estimator and window, with the volatility cone of the
 * zero-mean estimator and what is wrong with the prices.
 *
 * @param series.bars           dates ascending, closes > 0 (rows that are not are reported and left out)
 * @param series.calendar       finds missing sessions; 'none' counts weekdays
 * @param series.confirmedJumps days whose jump a person has confirmed to be no unadjusted split
 * @returns a row for every estimator and window: a volatility, or the reason there is none
 *
 * Limits: a window with a missing session, or with a jump that looks like an unadjusted split, has no
 * value. A bar that contradicts itself blanks the range estimators only.
 * Source: math §6. Proof: test/unit/quant/realized-report.test.ts
 */
export function realizedReport(series: {
  readonly bars: readonly DatedBar[];
  readonly calendar: CalendarName;
  readonly windows?: readonly number[];
  readonly periodsPerYear?: number;
  readonly confirmedJumps?: readonly IsoDate[];
}): RealizedReport {
  const { calendar, windows = realizedWindows, periodsPerYear = sessionsPerYear } = series;
  const warnings: string[] = [];
  const bars = series.bars.filter((bar) => {
    const usable = Number.isFinite(bar.close) && bar.close > 0;
    if (!usable) warnings.push(`The close of ${bar.date} is ${bar.close} and was left out.`);
    return usable;
  });
  const inspected = inspect(bars, calendar, new Set(series.confirmedJumps), warnings);
  const names = [...markEstimators, ...barEstimators, 'exponentiallyWeighted'];
  return {
    rows: windows.flatMap((window) => names.map((name) => rowOf(inspected, name, window, periodsPerYear))),
    cone: windows
      .map((window) => coneOf(inspected, window, periodsPerYear))
      .filter((row): row is ConeRow => row !== null),
    warnings,
  };
}
