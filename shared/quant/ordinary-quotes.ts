/**
 * What the kernels for ordinary quotes share: Mills' ratio, an exponential and a logarithm without corner
 * cases, small enough for the compiler to put them into the loops that call them.
 *
 * Source: fdlibm for exponential and logarithm; own fit of Mills' ratio.
 * Proof:  test/unit/quant/ordinary-quotes.test.ts
 */
import { expTerms, logTerms, logTwo, millsBottom, millsTop, rounder } from './ordinary-coefficients.ts';

// Named one by one: a loop over a table would double the time.
const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = millsTop;
const [, b1, b2, b3, b4, b5, b6, b7, b8, b9] = millsBottom;
const [l0, l1, l2, l3, l4, l5, l6, l7] = logTerms;
const [e0, e1, e2, e3, e4] = expTerms;
const { high: logTwoHigh, low: logTwoLow, inverse: logTwoInverse } = logTwo;
/** Square of the largest z = (F − K)/(F + K) that `logTerms` serve. */
const mostSquaredShare = 0.02944;
/** The largest exponent of `expOfMinus` is under 60 powers of two. */
const halvings = Float64Array.from({ length: 64 }, (_, k) => 2 ** -k);

/** Φ(−a)/φ(a) for −½ ≤ a ≤ 8½. */
export function millsOrdinary(a: number): number {
  const u = a + 0.5;
  const top = (((((((m8 * u + m7) * u + m6) * u + m5) * u + m4) * u + m3) * u + m2) * u + m1) * u + m0;
  const bottom = (((((((b9 * u + b8) * u + b7) * u + b6) * u + b5) * u + b4) * u + b3) * u + b2) * u + b1;
  return top / (bottom * u + 1);
}

/** e^(−exponent) for 0 ≤ exponent ≤ 40. */
export function expOfMinus(exponent: number): number {
  const n = exponent * logTwoInverse + rounder - rounder;
  const high = n * logTwoHigh - exponent;
  const low = n * -logTwoLow;
  const r = high - low;
  const rr = r * r;
  const c = r - rr * (e0 + rr * (e1 + rr * (e2 + rr * (e3 + rr * e4))));
  return (1 - (low - (r * c) / (2 - c) - high)) * halvings[n]!;
}

/** ln(F/K), to the last place near the money too. */
export function logOrdinary(forward: number, strike: number): number {
  const z = (forward - strike) / (forward + strike);
  const w = z * z;
  if (!(w < mostSquaredShare)) return Math.log(forward / strike);
  return z * (l0 + w * (l1 + w * (l2 + w * (l3 + w * (l4 + w * (l5 + w * (l6 + w * l7)))))));
}
