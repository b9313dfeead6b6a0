/**
 * What the kernels for ordinary quotes share: Mills' ratio, an exponential and a logarithm without corner
 * cases, small enough for the compiler to put them into the loops that call them.
 *
 * Source: fdlibm for exponential and logarithm; own fit of Mills' ratio.
 * Proof:  test/unit/quant/ordinary-quotes.test.ts
 */
import {
  expTerms,
  logTerms,
  logTwo,
  millsBottom,
  millsTop,
  mostSquaredShare,
  roughLogTerms,
  rounder,
} from './ordinary-coefficients.ts';

// Named one by one: a loop over a table would double the time.
const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = millsTop;
const [, b1, b2, b3, b4, b5, b6, b7, b8, b9] = millsBottom;
const [l0, l1, l2, l3, l4, l5, l6, l7] = logTerms;
const [e0, e1, e2, e3, e4] = expTerms;
const { high: logTwoHigh, low: logTwoLow, inverse: logTwoInverse } = logTwo;
const [, r1, r2, r3] = roughLogTerms;
/** The largest exponent of `expOfMinus` is under 60 powers of two. */
const halvings = Float64Array.from({ length: 64 }, (_, k) => 2 ** -k);

/** Φ(−a)/φ(a) for −½ ≤ a ≤ 8½. */
export function millsOrdinary(a: number): number {
  const u = a + 0.5;
  const uu = u * u;
  // even and odd powers apart: two short waits instead of a long one
  const top = (((m8 * uu + m6) * uu + m4) * uu + m2) * uu + m0 + u * (((m7 * uu + m5) * uu + m3) * uu + m1);
  const bottom =
    (((b8 * uu + b6) * uu + b4) * uu + b2) * uu + 1 + u * ((((b9 * uu + b7) * uu + b5) * uu + b3) * uu + b1);
  return top / bottom;
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

/** Reads and writes the words of one double; the machines this runs on are little-endian. */
const asNumber = new Float64Array(1);
const asWords = new Int32Array(asNumber.buffer);
/** Upper words of 1, and of √½. */
const wordOfOne = 0x3ff00000;
const wordOfRootHalf = 0x3fe6a09e;

/** k of a positive number's 2^k·m with √½ ≤ m < √2. */
function exponentOf(value: number): number {
  asNumber[0] = value;
  return ((asWords[1]! + (wordOfOne - wordOfRootHalf)) >>> 20) - 1023;
}

/** ln(F/K), to the last place near the money too; forward and strike above 0. */
export function logOrdinary(forward: number, strike: number): number {
  let z = (forward - strike) / (forward + strike);
  let w = z * z;
  let k = 0;
  if (!(w < mostSquaredShare)) {
    k = exponentOf(forward / strike);
    asWords[0] = 0;
    asWords[1] = (k + 1023) << 20;
    const scaled = strike * asNumber[0]!;
    z = (forward - scaled) / (forward + scaled);
    w = z * z;
  }
  const ww = w * w;
  const even = ((l6 * ww + l4) * ww + l2) * ww + l0;
  const log = z * (even + w * (((l7 * ww + l5) * ww + l3) * ww + l1));
  return k === 0 ? log : k * logTwoHigh + (k * logTwoLow + log);
}

/** ln(value) to 3e-8, for a first guess; value above 0 and not subnormal. */
export function roughLog(value: number): number {
  const k = exponentOf(value);
  asWords[1] = asWords[1]! - (k << 20);
  const m = asNumber[0]!;
  const z = (m - 1) / (m + 1);
  const w = z * z;
  return k * Math.LN2 + z * (2 + w * (r1 + w * (r2 + w * r3)));
}
