import type { Vol, Years } from '../../units.ts';
import { smileVol } from '../surface/smile-shape.ts';
import type { ExpiryMarket } from './book.ts';

/**
 * What one shock did to the smile of one expiry: it maps a strike to the strike of the smile before, and that
 * smile's volatility to the new one. Plain data, so that shocked markets can be stored and shocked again.
 * In this order: rule, relative, shift and tilt and surface, added variance, factor, floor.
 */
export interface SmileLayer {
  readonly forwardBefore: number;
  readonly forwardAfter: number;
  readonly timeBefore: Years;
  readonly timeAfter: Years;
  /** Skew stickiness: 1 sticky strike, 0 sticky delta. */
  readonly stickiness: number;
  /** σ·(1 + relative) */
  readonly relative: number;
  /** Added at every strike, decimal. */
  readonly shift: Vol;
  /** Added at 90 % of the forward, linear in ln(K/F), bounded. */
  readonly tilt: Vol;
  /** Added by ln(K/F), ascending, linear between and flat outside; null: none. */
  readonly surface: SurfaceRow | null;
  /** Added to the annualized variance: slices of forward volatility. */
  readonly addedVariance: number;
  /** Times this: correlation. */
  readonly factor: number;
}

export interface SurfaceRow {
  readonly logMoneyness: readonly number[];
  readonly changes: readonly Vol[];
}

/** No shock takes a volatility below this, decimal: a tenth of a point. */
export const leastVol = 0.001;
/** Where the tilt is counted from: 90 % of the forward. */
const tiltReach = -Math.log(0.9);
const farthestTilt = 3;

/** Whether a layer leaves every volatility to the bit. */
export const isNothing = (layer: SmileLayer): boolean =>
  (layer.forwardBefore === layer.forwardAfter || layer.stickiness === 1) &&
  (layer.timeBefore === layer.timeAfter || layer.stickiness === 1) &&
  layer.relative === 0 &&
  layer.shift === 0 &&
  layer.tilt === 0 &&
  layer.surface === null &&
  layer.addedVariance === 0 &&
  layer.factor === 1;

/** A function of ascending points, linear between and flat outside. */
export function interpolated(xs: readonly number[], ys: readonly number[], x: number): number {
  const last = xs.length - 1;
  if (x <= xs[0]!) return ys[0]!;
  if (x >= xs[last]!) return ys[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  return ys[low]! + ((ys[high]! - ys[low]!) * (x - xs[low]!)) / (xs[high]! - xs[low]!);
}

/** ln of the strike whose volatility a strike takes from the smile before. */
export function logStrikeBefore(layer: SmileLayer, logStrike: number): number {
  const { stickiness } = layer;
  if (stickiness === 1) return logStrike;
  const scale = Math.sqrt(layer.timeBefore / layer.timeAfter);
  const byDelta = Math.log(layer.forwardBefore) + (logStrike - Math.log(layer.forwardAfter)) * scale;
  return stickiness * logStrike + (1 - stickiness) * byDelta;
}

/** The new volatility of a strike, given what the smile before says of `logStrikeBefore`. */
export function volThrough(layer: SmileLayer, logStrike: number, volBefore: Vol): Vol {
  const k = logStrike - Math.log(layer.forwardAfter);
  let vol = volBefore * (1 + layer.relative) + layer.shift;
  if (layer.tilt !== 0) vol += layer.tilt * Math.min(farthestTilt, Math.max(-farthestTilt, -k / tiltReach));
  if (layer.surface !== null) vol += interpolated(layer.surface.logMoneyness, layer.surface.changes, k);
  vol = Math.max(vol, leastVol);
  if (layer.addedVariance !== 0)
    vol = Math.sqrt(Math.max(vol * vol + layer.addedVariance, leastVol * leastVol));
  return Math.max(vol * layer.factor, leastVol);
}

/**
 * Volatility of a strike in an expiry's market, per calendar year, every layer applied; null without a smile.
 *
 * Source: math §12. Proof: test/unit/quant/scenario/smile-layers.test.ts
 */
export function volAtStrike(expiry: ExpiryMarket, strike: number): Vol | null {
  const { smile, layers } = expiry;
  if (smile === null) return null;
  const time = layers[0]?.timeBefore ?? expiry.timeToExpiry;
  let logStrike = Math.log(strike);
  const path: number[] = [];
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    path.push(logStrike);
    logStrike = logStrikeBefore(layers[i]!, logStrike);
  }
  const start = path.length === 0 || logStrike === path[0] ? strike : Math.exp(logStrike);
  // The smile may count by another clock: its total variance is spread over calendar time.
  let vol = smileVol(smile, start);
  if (smile.timeToExpiry !== time) vol *= Math.sqrt(smile.timeToExpiry / time);
  for (const [i, layer] of layers.entries()) vol = volThrough(layer, path[layers.length - 1 - i]!, vol);
  return vol;
}

/** At-the-money-forward volatility of an expiry; null without a smile. */
export const atmVolOf = (expiry: ExpiryMarket): Vol | null => volAtStrike(expiry, expiry.forward);

/**
 * The volatility an option's own mark moves to: the smile's move at its strike on top of its distance to the
 * smile; where there is no smile, through the layer alone.
 *
 * @param expiry.layers ends with the layer of the move; where nothing moved, the volatility itself is given back
 */
export function ownVolAfter(before: ExpiryMarket, after: ExpiryMarket, strike: number, vol: Vol): Vol {
  if (after.layers.length === before.layers.length) return vol;
  const [was, is] = [volAtStrike(before, strike), volAtStrike(after, strike)];
  if (was !== null && is !== null) return Math.max(leastVol, is + (vol - was));
  return volThrough(after.layers.at(-1)!, Math.log(strike), vol);
}
