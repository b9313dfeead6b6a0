import type { IsoDate } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { realizedVolFromBars, realizedVolFromMarks } from '../history/realized-vol.ts';
import type { Bar, BarEstimator, MarkEstimator, RealizedVol, ReturnKind } from '../history/realized-vol.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';
import { roundToTick } from './vol-contract.ts';

/** Estimators a contract may name (math §6). */
export type ContractEstimator = MarkEstimator | Exclude<BarEstimator, 'garmanKlassYangZhang'>;

export interface ObservationTerms {
  readonly estimator: ContractEstimator;
  readonly returns: ReturnKind;
  /** Sessions a year; marks a session multiply it. */
  readonly periodsPerYear: number;
  /**
   * What a disrupted session does, whose return falls to the next mark: `lowerCount` (default) leaves it out
   * of the count the sum is divided by, `keepCount` divides by it all the same.
   */
  readonly disruptedDays?: 'lowerCount' | 'keepCount' | undefined;
  /** Times of the marks within a session, ascending; the last is the close. None or empty: the close alone. */
  readonly observationTimes?: readonly string[] | undefined;
}

/** What a person said about one mark: its price, or that the session was disrupted. */
export interface OwnObservation {
  /** Null: disrupted. */
  readonly price: SessionPrice | null;
  readonly reason: string;
}

/** A mark's name: the session for its close, with a time for the others. */
export const observationKey = (date: IsoDate, time: string | null): string =>
  time === null ? date : `${date}T${time}`;

/** A session's prices; open, high and low only where the estimator needs them. */
export interface SessionPrice {
  readonly close: number;
  readonly open?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly low?: number | null | undefined;
}

export interface ObservationRow {
  readonly date: IsoDate;
  /** Of marks within a session; null where the close is the only one. */
  readonly time: string | null;
  /** The mark used; null where it is missing, left out or still to come. */
  readonly mark: number | null;
  /** What the store has in the place of a mark corrected or left out. */
  readonly storedMark: number | null;
  /** Why a mark was corrected or left out. */
  readonly note: string;
  /** Return from the session before, or ln(high/low) for highLow; null on the first row of marks. */
  readonly return: number | null;
  /** What the row adds to the sum under the root; null where it adds nothing by itself. */
  readonly squared: number | null;
  /** Realized volatility up to and with this row. */
  readonly runningVol: Vol | null;
  readonly status: 'ok' | 'corrected' | 'disrupted' | 'missing' | 'expected';
}

export type ObservationFailure = Reasoned<'missing-session' | 'invalid-input'>;

export interface VolContractObservations {
  /** The base session, then one row an observation. */
  readonly rows: readonly ObservationRow[];
  /** Disrupted ones among them where they keep their place in the count. */
  readonly observationsDone: number;
  /** What the sum is divided by in the end. */
  readonly observationsExpected: number;
  /** Every mark of the period, as the calendar has them. */
  readonly observationsScheduled: number;
  readonly missing: number;
  readonly disrupted: number;
  readonly corrected: number;
  /** Of the observations done; null before the first one; a failure where a session is missing. */
  readonly realized: Result<RealizedVol | null, ObservationFailure>;
  readonly warnings: readonly string[];
}

/** Fewer observations than this make an estimate that says little. */
const fewestObservations = 20;

/**
 * The observation table of a realized-volatility contract.
 *
 * @param contract.sessions the base session, whose mark the first return starts from, and every session of
 *   the period, ascending; each after the base is one observation, or as many as there are times
 * @param contract.prices   by date; corrected for corporate actions; the close is the last mark of a session
 * @param contract.own      by `observationKey`: corrections, marks within a session, disrupted sessions
 * @param contract.asOf     sessions after it are still expected
 *
 * Limits: nothing is bridged but a session declared disrupted: from the first missing mark on there is no
 * running volatility, and `realized` is `missing-session` with its date.
 * Source: math §6, §11. Proof: test/unit/quant/vol-contract-observations.test.ts
 */
export function observeVolContract(contract: {
  readonly terms: ObservationTerms;
  readonly sessions: readonly IsoDate[];
  readonly prices: ReadonlyMap<IsoDate, SessionPrice>;
  readonly own?: ReadonlyMap<string, OwnObservation> | undefined;
  readonly asOf: IsoDate;
}): VolContractObservations {
  const { terms, sessions, prices, own, asOf } = contract;
  const keepsCount = terms.disruptedDays === 'keepCount';
  const rows: ObservationRow[] = [];
  const running = runningVolOf(terms);
  let failed: ObservationFailure | null = null;
  let latest: RealizedVol | null = null;
  let lastMark: number | null = null;
  for (const { date, time } of scheduleOf(terms, sessions)) {
    const isBase = rows.length === 0;
    const isClose = time === null || time === terms.observationTimes?.at(-1);
    const stored = isClose ? prices.get(date) : undefined;
    const said = own?.get(observationKey(date, isClose ? null : time));
    // The base has to have a mark: it is never left out.
    const told = isBase && said?.price === null ? undefined : said;
    const blank = { date, time, storedMark: null, return: null, squared: null, runningVol: null };
    if (told?.price === null) {
      if (keepsCount && date <= asOf) running.leaveOut();
      const storedMark = stored?.close ?? null;
      rows.push({ ...blank, mark: null, storedMark, note: told.reason, status: 'disrupted' });
      continue;
    }
    const price = date <= asOf ? barOf(terms.estimator, told?.price ?? stored, isBase) : null;
    if (price === null) {
      const status = date <= asOf ? 'missing' : 'expected';
      if (status === 'missing') failed ??= reasoned('missing-session', { date });
      rows.push({ ...blank, mark: null, note: '', status });
      continue;
    }
    if (failed === null) {
      const upToNow = running.add(price);
      if (upToNow.ok) latest = upToNow.value;
      else {
        const { reason } = upToNow.error.detail;
        failed = reasoned('invalid-input', {
          reason: `on ${date} ${String(reason).replace(/^bar \d+: |^mark \d+ /, 'its ')}`,
        });
      }
    }
    const isCorrected = told !== undefined;
    rows.push({
      ...blank,
      mark: price.close,
      storedMark: isCorrected ? (stored?.close ?? null) : null,
      ...contribution(terms, price, failed === null ? lastMark : null, isBase),
      runningVol: failed === null ? (latest?.vol ?? null) : null,
      note: told?.reason ?? '',
      status: isCorrected && (stored !== undefined || isClose) ? 'corrected' : 'ok',
    });
    lastMark = price.close;
  }
  const observed = rows.slice(1);
  const count = (status: ObservationRow['status'], among = observed): number =>
    among.filter((row) => row.status === status).length;
  const disrupted = count('disrupted');
  const missing = count('missing');
  const observationsExpected = observed.length - (keepsCount ? 0 : disrupted);
  const inPlace = observed.filter(({ status, date }) => status === 'disrupted' && date <= asOf).length;
  const warnings = [
    ...(observationsExpected < fewestObservations
      ? [
          `Only ${observationsExpected} observations in the period: fewer than ${fewestObservations} say little.`,
        ]
      : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'session has' : 'sessions have'} no price.`] : []),
  ];
  return {
    rows,
    observationsDone: count('ok') + count('corrected') + (keepsCount ? inPlace : 0),
    observationsExpected,
    observationsScheduled: observed.length,
    missing,
    disrupted,
    corrected: count('corrected', rows),
    realized: failed === null ? ok(latest) : fail(failed),
    warnings,
  };
}

/** Every mark of a period: the close of the base session, then the times of each session after it. */
function scheduleOf(
  { observationTimes = [] }: ObservationTerms,
  sessions: readonly IsoDate[],
): { readonly date: IsoDate; readonly time: string | null }[] {
  const times = observationTimes.length === 0 ? [null] : observationTimes;
  return sessions.flatMap((date, i) =>
    (i === 0 ? [times.at(-1) ?? null] : times).map((time) => ({ date, time })),
  );
}

/**
 * The level a contract settles at: its estimator over every observation, rounded to the tick.
 *
 * Failures: `missing-session` where a session has no price; `invalid-input` before the last observation
 * Source: math §11. Proof: test/unit/quant/vol-contract.test.ts
 */
export function settlementVol(
  observations: VolContractObservations,
  tick: Vol,
): Result<Vol, ObservationFailure> {
  const { realized, observationsDone, observationsExpected } = observations;
  if (!realized.ok) return realized;
  if (realized.value === null || observationsDone < observationsExpected) {
    const reason = `${observationsDone} of ${observationsExpected} observations are in`;
    return fail(reasoned('invalid-input', { reason }));
  }
  return ok(roundToTick(realized.value.vol, tick));
}

const usesMarks = (estimator: ContractEstimator): estimator is MarkEstimator =>
  estimator === 'zeroMean' || estimator === 'sampleMean';

/** A bar where the estimator can use the prices, or null: a price it needs is not there. */
function barOf(estimator: ContractEstimator, price: SessionPrice | undefined, isBase: boolean): Bar | null {
  if (price === undefined) return null;
  const { close, open, high, low } = price;
  if (usesMarks(estimator) || isBase) {
    return { open: open ?? close, high: high ?? close, low: low ?? close, close };
  }
  if (high === null || high === undefined || low === null || low === undefined) return null;
  const usesRangeOnly = estimator === 'highLow' || estimator === 'parkinson';
  if (usesRangeOnly) return { open: open ?? close, high, low, close };
  return open === null || open === undefined ? null : { open, high, low, close };
}

interface RunningVol {
  /** The base session first. Null while the estimator needs more observations. */
  readonly add: (bar: Bar) => Result<RealizedVol | null, Reasoned<'invalid-input'>>;
  /** An observation that is left out and keeps its place in the count. */
  readonly leaveOut: () => void;
}

/** The contract's volatility as its observations come in. Of closes it is summed, of ranges taken anew each time. */
function runningVolOf(terms: ObservationTerms): RunningVol {
  const { estimator, returns } = terms;
  const periodsPerYear = terms.periodsPerYear * Math.max(1, terms.observationTimes?.length ?? 1);
  const known: Bar[] = [];
  const closes: number[] = [];
  let leftOut = 0;
  const inCount = (found: RealizedVol): RealizedVol => {
    if (leftOut === 0) return found;
    const bound = estimator === 'sampleMean' ? 1 : 0;
    const share = (found.observations - bound) / (found.observations + leftOut - bound);
    return { ...found, vol: found.vol * Math.sqrt(share) };
  };
  let [count, mean, aboutMean, aboutZero] = [0, 0, 0, 0];
  const addClose = (close: number): ReturnType<RunningVol['add']> => {
    const before = closes.at(-1);
    closes.push(close);
    if (!(close > 0 && Number.isFinite(close)) || before === undefined) {
      const checked = realizedVolFromMarks({ estimator: 'zeroMean', marks: [close, close] });
      return checked.ok ? ok(null) : checked;
    }
    const change = returns === 'log' ? Math.log(close / before) : close / before - 1;
    count += 1;
    const offMean = change - mean;
    mean += offMean / count;
    aboutMean += offMean * (change - mean);
    aboutZero += change * change;
    if (estimator === 'sampleMean' && count < 2) return ok(null);
    const variance = estimator === 'sampleMean' ? aboutMean / (count - 1) : aboutZero / count;
    return ok(inCount({ vol: Math.sqrt(periodsPerYear * variance), observations: count }));
  };
  return {
    leaveOut: () => {
      leftOut += 1;
    },
    add: (bar) => {
      if (usesMarks(estimator)) return addClose(bar.close);
      known.push(bar);
      const bars = estimator === 'yangZhang' ? known : known.slice(1);
      if (bars.length < (estimator === 'yangZhang' ? 3 : 1)) return ok(null);
      const found = realizedVolFromBars({ estimator, bars, periodsPerYear });
      return found.ok ? ok(inCount(found.value)) : found;
    },
  };
}

function contribution(
  terms: ObservationTerms,
  bar: Bar,
  previousClose: number | null,
  isBase: boolean,
): Pick<ObservationRow, 'return' | 'squared'> {
  const { estimator, returns } = terms;
  if (isBase) return { return: null, squared: null };
  if (usesMarks(estimator)) {
    if (previousClose === null) return { return: null, squared: null };
    const ratio = bar.close / previousClose;
    const change = returns === 'log' ? Math.log(ratio) : ratio - 1;
    return { return: change, squared: change * change };
  }
  const change = estimator === 'highLow' ? Math.log(bar.high / bar.low) : Math.log(bar.close / bar.open);
  if (estimator === 'yangZhang') return { return: change, squared: null };
  const term = realizedVolFromBars({ estimator, bars: [bar], periodsPerYear: 1 });
  return { return: change, squared: term.ok ? term.value.vol ** 2 : null };
}
