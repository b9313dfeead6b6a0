import { sessionsPerYear } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Fraction, Vol } from '../../units.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

/** Estimators that need one mark an observation. */
export type MarkEstimator = 'zeroMean' | 'sampleMean';
/** Estimators that need the range of each period. */
export type BarEstimator =
  'highLow' | 'parkinson' | 'garmanKlass' | 'garmanKlassYangZhang' | 'rogersSatchell' | 'yangZhang';
export type ReturnKind = 'log' | 'simple';

/** One period's prices, underlier currency, all > 0. */
export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}
export interface RealizedVol {
  readonly vol: Vol;
  readonly observations: number;
}
type RealizedFailure = Reasoned<'invalid-input'>;

const invalid = (reason: string): { readonly ok: false; readonly error: RealizedFailure } =>
  fail(reasoned('invalid-input', { reason }));

const isPrice = (price: number): boolean => Number.isFinite(price) && price > 0;

/** The period's own contradiction in words, or null when the four prices agree. */
export function barProblem(bar: Bar): string | null {
  if (!isPrice(bar.open) || !isPrice(bar.high) || !isPrice(bar.low) || !isPrice(bar.close))
    return 'a price is missing, zero or negative';
  if (bar.high < bar.low) return `high ${bar.high} is below low ${bar.low}`;
  if (bar.open > bar.high || bar.open < bar.low)
    return `open ${bar.open} is outside ${bar.low} to ${bar.high}`;
  if (bar.close > bar.high || bar.close < bar.low)
    return `close ${bar.close} is outside ${bar.low} to ${bar.high}`;
  return null;
}

/** Returns of consecutive marks, one fewer than the marks. */
export function returnsOf(marks: readonly number[], kind: ReturnKind): Float64Array {
  const returns = new Float64Array(Math.max(0, marks.length - 1));
  for (let i = 1; i < marks.length; i += 1) {
    const ratio = (marks[i] ?? Number.NaN) / (marks[i - 1] ?? Number.NaN);
    returns[i - 1] = kind === 'log' ? Math.log(ratio) : ratio - 1;
  }
  return returns;
}

function sumOfSquares(values: Float64Array, center: number): number {
  let sum = 0;
  for (const value of values) sum += (value - center) * (value - center);
  return sum;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * Realized volatility of a series of marks.
 *
 * @param series.marks          n + 1 prices for n returns, ascending in time, all > 0
 * @param series.returns        log (default) or simple
 * @param series.periodsPerYear default 252
 * @returns annualized, decimal, with n; or invalid-input: a mark that is no price, or too few
 *
 * Limits: zeroMean divides by n, sampleMean by n − 1 and so needs two returns.
 * Source: math §6. Proof: test/reference/quant/realized-vol.test.ts, test/unit/quant/realized-vol.test.ts
 */
export function realizedVolFromMarks(series: {
  readonly estimator: MarkEstimator;
  readonly marks: readonly number[];
  readonly returns?: ReturnKind;
  readonly periodsPerYear?: number;
}): Result<RealizedVol, RealizedFailure> {
  const { estimator, marks, returns: kind = 'log', periodsPerYear = sessionsPerYear } = series;
  if (!isPrice(periodsPerYear)) return invalid(`periodsPerYear is ${periodsPerYear}`);
  const bad = marks.findIndex((mark) => !isPrice(mark));
  if (bad >= 0) return invalid(`mark ${bad + 1} is ${marks[bad] ?? 'missing'}`);
  const returns = returnsOf(marks, kind);
  const n = returns.length;
  const need = estimator === 'sampleMean' ? 2 : 1;
  if (n < need) return invalid(`${estimator} needs ${need + 1} marks and has ${marks.length}`);
  const variance =
    estimator === 'sampleMean'
      ? sumOfSquares(returns, meanOf(returns)) / (n - 1)
      : sumOfSquares(returns, 0) / n;
  return ok({ vol: Math.sqrt(periodsPerYear * variance), observations: n });
}

/**
 * Exponentially weighted volatility of log returns: weights decay, decay², … back from the last return,
 * scaled to add to one, about a mean of zero.
 *
 * @param series.decay in (0, 1); 0.94 is the RiskMetrics daily value
 * Source: J.P. Morgan/Reuters, RiskMetrics Technical Document (1996), §5.2.
 * Proof: test/unit/quant/realized-vol.test.ts
 */
export function exponentiallyWeightedVol(series: {
  readonly marks: readonly number[];
  readonly decay: Fraction;
  readonly periodsPerYear?: number;
}): Result<RealizedVol, RealizedFailure> {
  const { marks, decay, periodsPerYear = sessionsPerYear } = series;
  if (!(decay > 0 && decay < 1)) return invalid(`decay is ${decay} and must be between 0 and 1`);
  const bad = marks.findIndex((mark) => !isPrice(mark));
  if (bad >= 0) return invalid(`mark ${bad + 1} is ${marks[bad] ?? 'missing'}`);
  const returns = returnsOf(marks, 'log');
  if (returns.length < 1) return invalid(`needs 2 marks and has ${marks.length}`);
  let weighted = 0;
  let total = 0;
  for (const value of returns) {
    weighted = decay * weighted + value * value;
    total = decay * total + 1;
  }
  return ok({ vol: Math.sqrt((periodsPerYear * weighted) / total), observations: returns.length });
}

const centralVariance = (values: Float64Array): number =>
  sumOfSquares(values, meanOf(values)) / (values.length - 1);

function rogersSatchellTerm(bar: Bar): number {
  return (
    Math.log(bar.high / bar.close) * Math.log(bar.high / bar.open) +
    Math.log(bar.low / bar.close) * Math.log(bar.low / bar.open)
  );
}

function barTerm(estimator: BarEstimator, bar: Bar, previousClose: number): number {
  const range = Math.log(bar.high / bar.low);
  const drift = Math.log(bar.close / bar.open);
  switch (estimator) {
    case 'highLow':
      return range * range;
    case 'parkinson':
      return (range * range) / (4 * Math.LN2);
    case 'garmanKlass':
      return 0.5 * range * range - (2 * Math.LN2 - 1) * drift * drift;
    case 'garmanKlassYangZhang':
      return (
        Math.log(bar.open / previousClose) ** 2 + 0.5 * range * range - (2 * Math.LN2 - 1) * drift * drift
      );
    case 'rogersSatchell':
    case 'yangZhang':
      return rogersSatchellTerm(bar);
  }
}

/** Yang–Zhang: overnight variance, open-to-close variance and Rogers–Satchell in their minimum-variance mix. */
function yangZhangVariance(bars: readonly Bar[], first: Bar): number {
  const n = bars.length;
  const overnight = new Float64Array(n);
  const daily = new Float64Array(n);
  let rogersSatchell = 0;
  let previousClose = first.close;
  for (const [i, bar] of bars.entries()) {
    overnight[i] = Math.log(bar.open / previousClose);
    daily[i] = Math.log(bar.close / bar.open);
    rogersSatchell += rogersSatchellTerm(bar) / n;
    previousClose = bar.close;
  }
  const k = 0.34 / (1.34 + (n + 1) / (n - 1));
  return centralVariance(overnight) + k * centralVariance(daily) + (1 - k) * rogersSatchell;
}

/**
 * Realized volatility of a series of bars.
 *
 * @param series.bars each an observation; for yangZhang and garmanKlassYangZhang the first bar gives only
 *   the previous close
 * @param series.periodsPerYear default 252
 * @returns annualized, decimal; or invalid-input naming the bar that contradicts itself, or too few bars
 *
 * Limits: highLow is the contract's form without the divisor 4 ln 2; parkinson has it. All but the
 * Yang–Zhang pair take no account of the move overnight.
 * Source: math §6; Parkinson (1980); Garman & Klass (1980), the practical form; Rogers & Satchell (1991);
 * Yang & Zhang (2000). Proof: test/reference/quant/realized-vol.test.ts
 */
export function realizedVolFromBars(series: {
  readonly estimator: BarEstimator;
  readonly bars: readonly Bar[];
  readonly periodsPerYear?: number;
}): Result<RealizedVol, RealizedFailure> {
  const { estimator, bars, periodsPerYear = sessionsPerYear } = series;
  if (!isPrice(periodsPerYear)) return invalid(`periodsPerYear is ${periodsPerYear}`);
  for (const [i, bar] of bars.entries()) {
    const problem = barProblem(bar);
    if (problem !== null) return invalid(`bar ${i + 1}: ${problem}`);
  }
  const usesPreviousClose = estimator === 'yangZhang' || estimator === 'garmanKlassYangZhang';
  const observed = usesPreviousClose ? bars.slice(1) : bars;
  const need = estimator === 'yangZhang' ? 3 : usesPreviousClose ? 2 : 1;
  const [first] = bars;
  if (first === undefined || bars.length < need)
    return invalid(`${estimator} needs ${need} bars and has ${bars.length}`);
  let sum = 0;
  let previousClose = first.close;
  for (const bar of observed) {
    sum += barTerm(estimator, bar, previousClose);
    previousClose = bar.close;
  }
  const variance = estimator === 'yangZhang' ? yangZhangVariance(observed, first) : sum / observed.length;
  // Rogers–Satchell terms are non-negative in exact arithmetic; rounding may leave −1e-20.
  return ok({ vol: Math.sqrt(periodsPerYear * Math.max(0, variance)), observations: observed.length });
}

/**
 * Volatility of adjoining periods together: the root of their weighted mean variance.
 *
 * @param strip.parts vol ≥ 0 and weight ≥ 0 (lengths of time in any one unit), weights not all 0
 * Source: math §11. Proof: test/unit/quant/realized-vol.test.ts
 */
export function rootMeanSquare(strip: {
  readonly parts: readonly { readonly vol: Vol; readonly weight: number }[];
}): Result<Vol, RealizedFailure> {
  let weighted = 0;
  let total = 0;
  for (const { vol, weight } of strip.parts) {
    if (!(Number.isFinite(vol) && vol >= 0)) return invalid(`a volatility is ${vol}`);
    if (!(Number.isFinite(weight) && weight >= 0)) return invalid(`a weight is ${weight}`);
    weighted += weight * vol * vol;
    total += weight;
  }
  return total > 0 ? ok(Math.sqrt(weighted / total)) : invalid('the weights add to nothing');
}
