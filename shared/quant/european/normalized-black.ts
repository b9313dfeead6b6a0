/**
 * Black's formula in normalized form, the kernel of pricing and of implied volatility.
 *
 * With x = −|ln(F/K)| and s = σ√T the out-of-the-money option is worth b(x, s)·√(FK). Everything
 * here is written as a multiple of the normalized vega v = e^(−½(h² + t²))/√(2π), h = x/s, t = s/2,
 * so that no factor underflows and no two nearly equal probabilities are subtracted.
 *
 * Source: Jäckel (2015), Let's Be Rational, Wilmott 75; math §3.
 * Proof:  test/reference/quant/implied-vol.test.ts (normalized table), test/unit/quant/black.test.ts
 */
import { normRatio } from '../math/normal.ts';

const inverseSqrtTwoPi = 0.3989422804014327;
/** Below this half deviation the difference of two ratios is expanded in it. */
const smallHalfDeviation = 0.21;
/** Beyond this distance the moments come from the continued fraction. */
const farOut = 8;

/** ln(F/K), exact to the last place near the money as well. */
export function logRatio(forward: number, strike: number): number {
  const ratio = forward / strike;
  return ratio > 0.5 && ratio < 2
    ? Math.log1p((forward - strike) / strike)
    : logOfRatio(forward, strike, ratio);
}

function logOfRatio(forward: number, strike: number, ratio: number): number {
  const representable = ratio > 1e-300 && ratio < 1e300;
  return representable ? Math.log(ratio) : Math.log(forward) - Math.log(strike);
}

/** v(x, s), the derivative of b(x, s) to s. */
export function normalizedVega(h: number, t: number): number {
  return inverseSqrtTwoPi * Math.exp(-0.5 * (h * h + t * t));
}

/** b/v = Y(h + t) − Y(h − t) with Y = Φ/φ, for h ≤ 0 and t > 0. */
export function priceOverVega(h: number, t: number): number {
  return t < smallHalfDeviation ? expandedDifference(-h, t) : normRatio(h + t) - normRatio(h - t);
}

/** (e^(x/2) − b)/v, what is left to the highest possible price; a sum of two positive parts. */
export function remainderOverVega(h: number, t: number): number {
  return normRatio(-h - t) + normRatio(h - t);
}

/**
 * Y(t − a) − Y(−t − a) = 2 ∫ sinh(tu) e^(−au − u²/2) du, in odd moments I₁, I₃ … of the integrand,
 * which obey I(k+1) = k·I(k−1) − a·I(k). Its rounding grows with a² as the price's own condition does.
 */
function expandedDifference(a: number, t: number): number {
  if (a > farOut) return expandedFarOut(a, t);
  const y = normRatio(-a);
  const i1 = 1 - a * y;
  const i2 = y - a * i1;
  const i3 = 2 * i1 - a * i2;
  const i4 = 3 * i2 - a * i3;
  const i5 = 4 * i3 - a * i4;
  const i6 = 5 * i4 - a * i5;
  const i7 = 6 * i5 - a * i6;
  const w = t * t;
  if (t < 0.03) return 2 * t * (i1 + w * (i3 / 6 + w * (i5 / 120 + (w * i7) / 5040)));
  const i8 = 7 * i6 - a * i7;
  const i9 = 8 * i7 - a * i8;
  const i10 = 9 * i8 - a * i9;
  const i11 = 10 * i9 - a * i10;
  const i12 = 11 * i10 - a * i11;
  const i13 = 12 * i11 - a * i12;
  const tail = i9 / 362880 + w * (i11 / 39916800 + (w * i13) / 6227020800);
  return 2 * t * (i1 + w * (i3 / 6 + w * (i5 / 120 + w * (i7 / 5040 + w * tail))));
}

/** The same far out: ratios of successive moments from the continued fraction, backwards. */
function expandedFarOut(a: number, t: number): number {
  const w = t * t;
  const levels = 24;
  let ratio = 0.5 * (Math.sqrt(a * a + 4 * (levels + 1)) - a); // I(k+1)/I(k) at the start
  let series = 1;
  for (let k = levels; k >= 2; k--) {
    const lower = k / (a + ratio); // I(k)/I(k−1)
    if (k % 2 === 0) series = 1 + ((w * ratio * lower) / (k * (k + 1))) * series;
    ratio = lower;
  }
  const first = 1 / (a + ratio); // I₁/I₀
  return 2 * t * first * normRatio(-a) * series;
}

/** b(x, s) for x ≤ 0 and s > 0. */
export function normalizedBlack(x: number, s: number): number {
  const h = x / s;
  const t = 0.5 * s;
  if (h + t > 0.85) return Math.exp(0.5 * x) - remainderOverVega(h, t) * normalizedVega(h, t);
  const vega = normalizedVega(h, t);
  return vega === 0 ? 0 : vega * priceOverVega(h, t);
}
