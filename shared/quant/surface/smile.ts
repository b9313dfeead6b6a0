import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol, Years } from '../../units.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';
import { inVolPoints } from '../risk-units.ts';
import { correctionKnots, correctLocally, scoreOf } from './smile-correction.ts';
import { butterflyGrid, holdsButterfly, lowestButterfly, ownPoints, withBreaks } from './smile-grids.ts';
import { densityAt, smileVolAt } from './smile-shape.ts';
import type { SmileShape, SviParams } from './smile-shape.ts';
import { calibrateSsviSlice, calibrateSvi, repairSvi } from './svi-calibration.ts';
import type { VarianceQuotes } from './svi-calibration.ts';

/** One strike's volatility, with its weight and, where known, the volatilities of bid and ask. */
export interface SmileQuote {
  readonly strike: number;
  readonly vol: Vol;
  /** Of the squared error in volatility; vega over spread, squared, is the usual one. */
  readonly weight: number;
  readonly bidVol?: Vol | null;
  readonly askVol?: Vol | null;
}

export interface SmileFit {
  readonly model:
    'SVI' | 'SVI with local correction' | 'SSVI' | 'SSVI with local correction' | 'scaled neighbor' | 'flat';
  readonly params: Readonly<Record<string, number>>;
  /** Weighted root mean square error, in volatility points (0.01 of vol). */
  readonly rmseVolPoints: number;
  /** Largest error of a quote that is not an outlier, in volatility points. */
  readonly maxErrorVolPoints: number;
  readonly quotesUsed: number;
  /** Share of the quotes with bid and ask whose curve lies between them; null where none has both. */
  readonly insideSpreadShare: number | null;
  /** Least g of Durrleman on 500 points and more; below zero is arbitrage. */
  readonly butterflyMin: number;
  readonly arbitrageFree: boolean;
  readonly outlierStrikes: readonly number[];
  readonly note: string | null;
  readonly shape: SmileShape;
}

/** g is held a little above zero, so that no rounding and no point between the grid's turns it negative. */
const leastButterfly = 1e-4;
const rounding = 1e-9;
/** Quotes without bid and ask are believed to this, decimal volatility, or to their own scatter if that is more. */
const leastScatter = 0.0002;
/** Deviations of the scatter that count as a half-spread. */
const scatterReach = 1.5;
const fewestForSvi = 5;
/** Weight of negative density against the fit, each tried where the one before left some. */
const repairScales = [50, 1000, 20_000];
const fewestForSlice = 3;
const fewestForCorrection = 8;
/** A curve inside this share of the spreads is left as it is. */
const enoughInside = 0.98;

interface Prepared extends VarianceQuotes {
  readonly vol: Float64Array;
  readonly half: Float64Array;
  readonly bidVol: readonly (number | null)[];
  readonly askVol: readonly (number | null)[];
  readonly strikes: readonly number[];
  readonly hasSpreads: boolean;
}

/** Noise of the volatilities: how far each lies off the line between its neighbors, typically. */
function scatterOf(k: Float64Array, vol: Float64Array): number {
  const n = k.length;
  if (n < 5) return 0;
  const distances = new Float64Array(n - 2);
  for (let i = 1; i + 1 < n; i += 1) {
    const share = (k[i]! - k[i - 1]!) / (k[i + 1]! - k[i - 1]!);
    const line = (1 - share) * vol[i - 1]! + share * vol[i + 1]!;
    // Of equal and independent noise the distance has 1.5 times the variance.
    distances[i - 1] = Math.abs(vol[i]! - line) / Math.sqrt(1.5);
  }
  return 1.4826 * medianOf(distances);
}

function prepare(forward: number, timeToExpiry: number, input: readonly SmileQuote[]): Prepared {
  const quotes = input
    .filter((quote) => quote.vol > 0 && quote.weight > 0 && quote.strike > 0)
    .sort((a, b) => a.strike - b.strike);
  const k = Float64Array.from(quotes, (quote) => Math.log(quote.strike / forward));
  const vol = Float64Array.from(quotes, (quote) => quote.vol);
  const w = vol.map((value) => value * value * timeToExpiry);
  // dw = 2σT·dσ turns a weight of volatility errors into one of variance errors.
  const weight = Float64Array.from(quotes, (quote) => quote.weight / (2 * quote.vol * timeToExpiry) ** 2);
  const assumedHalf = scatterReach * Math.max(leastScatter, scatterOf(k, vol));
  const half = Float64Array.from(quotes, (quote) =>
    quote.bidVol != null && quote.askVol != null && quote.askVol > quote.bidVol
      ? (quote.askVol - quote.bidVol) / 2
      : assumedHalf,
  );
  let nearest = 0;
  for (let i = 1; i < k.length; i += 1) if (Math.abs(k[i]!) < Math.abs(k[nearest]!)) nearest = i;
  return {
    k,
    w,
    weight,
    vol,
    half,
    bidVol: quotes.map((quote) => quote.bidVol ?? null),
    askVol: quotes.map((quote) => quote.askVol ?? null),
    strikes: quotes.map((quote) => quote.strike),
    hasSpreads: quotes.some((quote) => quote.bidVol != null && quote.askVol != null),
    atmDeviation: Math.sqrt(w[nearest] ?? 0),
  };
}

function medianOf(values: Float64Array): number {
  const ascending = Float64Array.from(values).sort();
  const half = ascending.length >> 1;
  const high = ascending[half] ?? 0;
  return ascending.length % 2 === 1 ? high : (high + (ascending[half - 1] ?? high)) / 2;
}

/** Huber: a quote further off than the others' scatter allows pulls with a constant force only. */
function robustWeights(shape: SmileShape, quotes: Prepared): Float64Array {
  const misses = quotes.vol.map(
    (value, i) => Math.abs(value - smileVolAt(shape, quotes.k[i]!)) / quotes.half[i]!,
  );
  const bound = Math.max(1, 2 * 1.4826 * medianOf(misses));
  return quotes.weight.map((value, i) => value * Math.min(1, bound / Math.max(misses[i]!, 1e-12)));
}

/** A curve that leaves the band of its own quotes between them is not a smile, however small its error. */
function isSensible(shape: SmileShape, quotes: Prepared): boolean {
  const lowest = Math.min(...quotes.vol);
  const highest = Math.max(...quotes.vol);
  const [from, to] = [quotes.k[0]!, quotes.k[quotes.k.length - 1]!];
  for (let i = 0; i <= 60; i += 1) {
    const value = smileVolAt(shape, from + ((to - from) * i) / 60);
    if (!(value > 0.5 * lowest && value < 1.5 * highest)) return false;
  }
  return true;
}

interface Base {
  readonly shape: SmileShape;
  readonly model: 'SVI' | 'SSVI' | 'flat';
  readonly note: string | null;
}

/** The curves to choose from, preferred first; each free of butterfly arbitrage and within its quotes. */
function baseFits(
  forward: number,
  timeToExpiry: number,
  quotes: Prepared,
  grid: Float64Array,
): readonly Base[] {
  const n = quotes.k.length;
  const shapeOf = (params: SviParams): SmileShape => ({
    ...params,
    forward,
    timeToExpiry,
    knots: [],
    coefficients: [],
  });
  const isGood = (shape: SmileShape): boolean =>
    holdsButterfly(shape, grid, leastButterfly) &&
    holdsButterfly(shape, ownPoints(shape, grid), leastButterfly) &&
    isSensible(shape, quotes);
  const bases: Base[] = [];
  if (n >= fewestForSvi) {
    let params = calibrateSvi(quotes, null).params;
    let weighted: VarianceQuotes = quotes;
    for (let pass = 0; pass < 2; pass += 1) {
      weighted = { ...quotes, weight: robustWeights(shapeOf(params), quotes) };
      params = calibrateSvi(weighted, params).params;
    }
    const shape = shapeOf(params);
    if (isGood(shape)) return [{ shape, model: 'SVI', note: null }];
    for (const penaltyScale of repairScales) {
      params = repairSvi(weighted, params, grid, penaltyScale).params;
      const repaired = shapeOf(params);
      if (!isGood(repaired)) continue;
      bases.push({ shape: repaired, model: 'SVI', note: 'SVI was pulled back from butterfly arbitrage.' });
      break;
    }
  }
  if (n >= fewestForSlice) {
    const first = shapeOf(calibrateSsviSlice(quotes).params);
    const slice = shapeOf(calibrateSsviSlice({ ...quotes, weight: robustWeights(first, quotes) }).params);
    const note =
      n < fewestForSvi
        ? `Three-parameter SSVI slice: ${n} usable quotes.`
        : 'SVI cannot follow these quotes without butterfly arbitrage; a three-parameter SSVI slice stands in.';
    if (isGood(slice)) bases.push({ shape: slice, model: 'SSVI', note });
  }
  if (bases.length > 0) return bases;
  let [sum, total] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    sum += quotes.weight[i]! * quotes.w[i]!;
    total += quotes.weight[i]!;
  }
  const note =
    n < fewestForSlice
      ? `Flat volatility: ${n} usable ${n === 1 ? 'quote' : 'quotes'}.`
      : 'Flat volatility: no curve follows these quotes without arbitrage.';
  return [{ shape: shapeOf({ a: sum / total, b: 0, rho: 0, m: 0, sigma: 1 }), model: 'flat', note }];
}

/** Corrects each base locally where it needs it, and takes the one nearest the quotes. */
function bestOf(
  bases: readonly Base[],
  quotes: Prepared,
  grid: Float64Array,
): Omit<SmileFit, keyof Measures> {
  let best: {
    readonly fit: Omit<SmileFit, keyof Measures>;
    readonly inside: number;
    readonly miss: number;
  } | null = null;
  for (const base of bases) {
    let { shape } = base;
    let model: SmileFit['model'] = base.model;
    if (
      base.model !== 'flat' &&
      quotes.k.length >= fewestForCorrection &&
      scoreOf(shape, quotes).inside < enoughInside
    ) {
      const weight = robustWeights(shape, quotes);
      const corrected = correctLocally(
        shape,
        { ...quotes, weight },
        grid,
        leastButterfly,
        !quotes.hasSpreads,
      );
      if (corrected !== shape && isSensible(corrected, quotes)) {
        shape = corrected;
        model = base.model === 'SVI' ? 'SVI with local correction' : 'SSVI with local correction';
      }
    }
    const { inside, miss } = scoreOf(shape, quotes);
    if (best === null || inside > best.inside + 0.005 || (inside >= best.inside && miss < best.miss))
      best = { fit: { model, note: base.note, shape }, inside, miss };
  }
  return best!.fit;
}

/**
 * Arbitrage-free smile of one expiry: SVI fitted robustly by weight, pulled back from butterfly arbitrage
 * where it has any, then corrected locally where the quotes' spreads ask for it and g ≥ 0 allows it. Where
 * SVI cannot follow, an SSVI slice, then a flat volatility, each saying so in `note`.
 *
 * @param request.quotes vol > 0 and weight > 0 each; others are left out
 * @returns the fit; or too-few-quotes when none is usable, invalid-input for a bad forward or time
 *
 * Limits: arbitrage is checked on 500 log-strikes and the knots of the correction, out to eight deviations
 * or the last quote, and not beyond; the wings are SVI's straight lines within Lee's bound.
 * Source: math §5.2; Gatheral & Jacquier (2014); Zeliade Systems (2009).
 * Proof: test/unit/quant/smile.test.ts, test/property/quant/smile.test.ts
 */
export function fitSmile(request: {
  readonly forward: number;
  readonly timeToExpiry: Years;
  readonly quotes: readonly SmileQuote[];
}): Result<SmileFit, Reasoned<'too-few-quotes' | 'invalid-input'>> {
  const { forward, timeToExpiry } = request;
  if (!(forward > 0 && Number.isFinite(forward)))
    return fail(reasoned('invalid-input', { reason: `forward is ${forward}` }));
  if (!(timeToExpiry > 0 && Number.isFinite(timeToExpiry)))
    return fail(reasoned('invalid-input', { reason: `timeToExpiry is ${timeToExpiry}` }));
  const quotes = prepare(forward, timeToExpiry, request.quotes);
  const n = quotes.k.length;
  if (n === 0) return fail(reasoned('too-few-quotes', { have: 0, need: 1 }));
  const knots = n >= fewestForCorrection ? correctionKnots(quotes).slice(3, -3) : [];
  const grid = butterflyGrid(quotes.atmDeviation, quotes.k[0]!, quotes.k[n - 1]!, knots);
  const chosen = bestOf(baseFits(forward, timeToExpiry, quotes, grid), quotes, grid);
  return ok({ ...measure(chosen.shape, quotes, withBreaks(chosen.shape, grid)), ...chosen });
}

/** A fit with another shape in its place, measured anew against the same quotes on its own points. */
export function withShape(fit: SmileFit, shape: SmileShape, input: readonly SmileQuote[]): SmileFit {
  const quotes = prepare(shape.forward, shape.timeToExpiry, input);
  const plain = butterflyGrid(quotes.atmDeviation, quotes.k[0]!, quotes.k.at(-1)!, []);
  const grid = withBreaks(shape, plain);
  return { ...fit, ...measure(shape, quotes, grid), shape };
}

type Measures = Omit<SmileFit, 'model' | 'note' | 'shape'>;

function measure(shape: SmileShape, quotes: Prepared, grid: Float64Array): Measures {
  const n = quotes.k.length;
  const errors = quotes.vol.map((value, i) => smileVolAt(shape, quotes.k[i]!) - value);
  const misses = errors.map((error, i) => Math.abs(error) / quotes.half[i]!);
  const outlierBound = Math.max(3, 4 * 1.4826 * medianOf(misses));
  let [sum, total, worst, inside, twoSided] = [0, 0, 0, 0, 0];
  const outlierStrikes: number[] = [];
  for (let i = 0; i < n; i += 1) {
    const error = errors[i]!;
    const weight = quotes.weight[i]! * (2 * quotes.vol[i]! * shape.timeToExpiry) ** 2;
    sum += weight * error * error;
    total += weight;
    const [bid, ask] = [quotes.bidVol[i] ?? null, quotes.askVol[i] ?? null];
    if (bid !== null && ask !== null) {
      twoSided += 1;
      const fitted = quotes.vol[i]! + error;
      if (fitted >= bid - rounding && fitted <= ask + rounding) inside += 1;
    }
    if (misses[i]! > outlierBound && Math.abs(error) > 0.005) outlierStrikes.push(quotes.strikes[i]!);
    else worst = Math.max(worst, Math.abs(error));
  }
  const butterflyMin = lowestButterfly(shape, grid);
  const { a, b, rho, m, sigma, coefficients } = shape;
  return {
    params: { a, b, rho, m, sigma, corrections: coefficients.filter((value) => value !== 0).length },
    rmseVolPoints: inVolPoints(Math.sqrt(sum / total)),
    maxErrorVolPoints: inVolPoints(worst),
    quotesUsed: n,
    insideSpreadShare: twoSided > 0 ? inside / twoSided : null,
    butterflyMin,
    arbitrageFree: butterflyMin >= -rounding,
    outlierStrikes,
  };
}

/** The curve to draw: log-moneyness ascending over the quotes and a tenth beyond, with volatility and density. */
export function smileCurve(
  shape: SmileShape,
  lowest: number,
  highest: number,
  points = 81,
): { readonly logMoneyness: number[]; readonly vol: number[]; readonly density: number[] } {
  const margin = 0.1 * (highest - lowest) || 0.05;
  const logMoneyness = Array.from(
    { length: points },
    (_, i) => lowest - margin + ((highest - lowest + 2 * margin) * i) / (points - 1),
  );
  return {
    logMoneyness,
    vol: logMoneyness.map((k) => smileVolAt(shape, k)),
    density: logMoneyness.map((k) => densityAt(shape, k)),
  };
}
