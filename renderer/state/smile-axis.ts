import type { ChainExpiry } from '../../shared/contract/chain.ts';
import { daysPerYear } from '../../shared/dates.ts';
import { normCdf } from '../../shared/quant/math/normal.ts';
import type { SmileAxis } from './chain.ts';

/**
 * Where a strike stands on the chosen axis; null where the axis needs what is not there.
 * Moneyness is strike ÷ forward (decimal); standardized is ln(K/F) ÷ (σ√T) with the at-the-money σ;
 * delta is that of the call on the forward, N(d₁) with the strike's own volatility.
 */
export function axisValue(place: {
  readonly axis: SmileAxis;
  readonly expiry: Pick<ChainExpiry, 'forward' | 'timeToExpiry' | 'skew'>;
  readonly strike: number;
  readonly vol: number | null;
}): number | null {
  const { axis, expiry, strike, vol } = place;
  if (axis === 'strike') return strike;
  const { forward, timeToExpiry } = expiry;
  if (forward === null || !(forward > 0) || !(strike > 0)) return null;
  if (axis === 'forward-moneyness') return strike / forward;
  const logMoneyness = Math.log(strike / forward);
  if (axis === 'standardized') return standardized(logMoneyness, expiry.skew.atmVol, timeToExpiry);
  const deviation = vol === null ? 0 : vol * Math.sqrt(timeToExpiry);
  return deviation > 0 ? normCdf(-logMoneyness / deviation + deviation / 2) : null;
}

const standardized = (logMoneyness: number, vol: number | null, years: number): number | null =>
  vol !== null && vol * Math.sqrt(years) > 0 ? logMoneyness / (vol * Math.sqrt(years)) : null;

/** The fitted curve on the chosen axis, x ascending. */
export function curveOn(
  axis: SmileAxis,
  expiry: Pick<ChainExpiry, 'forward' | 'timeToExpiry' | 'skew' | 'fit'>,
): { readonly x: readonly number[]; readonly vol: readonly number[] } {
  const { fit, forward } = expiry;
  if (fit === null || forward === null) return { x: [], vol: [] };
  const points = fit.curve.logMoneyness.flatMap((logMoneyness, index) => {
    const vol = fit.curve.vol[index];
    if (vol === undefined) return [];
    const x = axisValue({ axis, expiry, strike: forward * Math.exp(logMoneyness), vol });
    return x === null ? [] : [{ x, vol }];
  });
  points.sort((a, b) => a.x - b.x);
  return { x: points.map((point) => point.x), vol: points.map((point) => point.vol) };
}

/** Strikes that the window of the chain keeps: all, the nearest to the forward, or within ±σ√T. */
export function strikesInWindow(choice: {
  readonly strikes: readonly number[];
  readonly window: { readonly by: 'all' | 'count' | 'sigma'; readonly size: number };
  readonly forward: number | null;
  readonly vol: number | null;
  readonly timeToExpiry: number;
}): { readonly from: number; readonly to: number } {
  const { strikes, window, forward, vol, timeToExpiry } = choice;
  const all = { from: 0, to: strikes.length };
  if (window.by === 'all' || forward === null || strikes.length === 0) return all;
  if (window.by === 'count') {
    const at = nearestStrike(strikes, forward);
    const half = Math.floor(window.size / 2);
    const from = Math.max(0, Math.min(at - half, strikes.length - window.size));
    return { from, to: Math.min(strikes.length, from + window.size) };
  }
  if (vol === null) return all;
  // At least a day's worth, so that an expiring chain still shows some strikes.
  const reach = window.size * vol * Math.sqrt(Math.max(timeToExpiry, 1 / daysPerYear));
  const [low, high] = [forward * Math.exp(-reach), forward * Math.exp(reach)];
  const from = strikes.findIndex((strike) => strike >= low);
  const after = strikes.findIndex((strike) => strike > high);
  return { from: from < 0 ? 0 : from, to: after < 0 ? strikes.length : after };
}

/** Index of the strike nearest to the forward. */
export function nearestStrike(strikes: readonly number[], forward: number): number {
  let best = 0;
  strikes.forEach((strike, index) => {
    if (Math.abs(strike - forward) < Math.abs((strikes[best] ?? Infinity) - forward)) best = index;
  });
  return best;
}
