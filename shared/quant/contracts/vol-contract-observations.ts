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
  readonly periodsPerYear: number;
}

/** A session's prices; open, high and low only where the estimator needs them. */
export interface SessionPrice {
  readonly close: number;
  readonly open?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly low?: number | null | undefined;
}

export interface ObservationRow {
  readonly date: IsoDate;
  /** The close; null where it is missing or still to come. */
  readonly mark: number | null;
  /** Return from the session before, or ln(high/low) for highLow; null on the first row of marks. */
  readonly return: number | null;
  /** What the row adds to the sum under the root; null where it adds nothing by itself. */
  readonly squared: number | null;
  /** Realized volatility up to and with this row. */
  readonly runningVol: Vol | null;
  readonly status: 'ok' | 'missing' | 'expected';
}

export type ObservationFailure = Reasoned<'missing-session' | 'invalid-input'>;

export interface VolContractObservations {
  /** The base session, then one row an observation. */
  readonly rows: readonly ObservationRow[];
  readonly observationsDone: number;
  readonly observationsExpected: number;
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
 *   the period, ascending; each after the base is one observation
 * @param contract.prices   by date; corrected for corporate actions
 * @param contract.asOf     sessions after it are still expected
 *
 * Limits: nothing is bridged: from the first missing session on there is no running volatility, and
 * `realized` is `missing-session` with its date.
 * Source: math §6, §11. Proof: test/unit/quant/vol-contract.test.ts
 */
export function observeVolContract(contract: {
  readonly terms: ObservationTerms;
  readonly sessions: readonly IsoDate[];
  readonly prices: ReadonlyMap<IsoDate, SessionPrice>;
  readonly asOf: IsoDate;
}): VolContractObservations {
  const { terms, sessions, prices, asOf } = contract;
  const rows: ObservationRow[] = [];
  const known: Bar[] = [];
  let failed: ObservationFailure | null = null;
  let latest: RealizedVol | null = null;
  for (const [i, date] of sessions.entries()) {
    const price = date <= asOf ? barOf(terms.estimator, prices.get(date), i === 0) : null;
    if (price === null) {
      const status = date <= asOf ? 'missing' : 'expected';
      if (status === 'missing') failed ??= reasoned('missing-session', { date });
      rows.push({ date, mark: null, return: null, squared: null, runningVol: null, status });
      continue;
    }
    const previous = rows.at(-1)?.mark ?? null;
    if (failed === null) known.push(price);
    const running = failed === null && i > 0 ? runningVol(terms, known) : null;
    if (running !== null && !running.ok) failed ??= running.error;
    if (running?.ok === true) latest = running.value ?? latest;
    rows.push({
      date,
      mark: price.close,
      ...contribution(terms, price, previous, i === 0),
      runningVol: running?.ok === true ? (running.value?.vol ?? null) : null,
      status: 'ok',
    });
  }
  const observed = rows.slice(1);
  const observationsExpected = observed.length;
  const missing = observed.filter(({ status }) => status === 'missing').length;
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
    observationsDone: observed.filter(({ status }) => status === 'ok').length,
    observationsExpected,
    realized: failed === null ? ok(latest) : fail(failed),
    warnings,
  };
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

/** Null while the estimator needs more observations; `known` starts with the base session. */
function runningVol(
  terms: ObservationTerms,
  known: readonly Bar[],
): Result<RealizedVol | null, Reasoned<'invalid-input'>> {
  const { estimator, returns, periodsPerYear } = terms;
  if (usesMarks(estimator)) {
    if (estimator === 'sampleMean' && known.length < 3) return ok(null);
    return realizedVolFromMarks({
      estimator,
      marks: known.map(({ close }) => close),
      returns,
      periodsPerYear,
    });
  }
  if (estimator !== 'yangZhang') {
    return realizedVolFromBars({ estimator, bars: known.slice(1), periodsPerYear });
  }
  return known.length < 3 ? ok(null) : realizedVolFromBars({ estimator, bars: known, periodsPerYear });
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
