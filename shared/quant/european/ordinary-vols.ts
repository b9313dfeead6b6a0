/**
 * Implied volatilities of ordinary quotes: up to 8 deviations from the money, a total deviation under 1,
 * ln(F/K) within ±2.5. One exponential a row, no corner cases; every other row is left to the general path.
 *
 * The search starts from Bachelier's model, which prices as Black's does up to a smooth factor: a guess
 * within 1.5e-5 of the deviation, which one Householder step of fourth order carries below a rounding.
 *
 * Source: Hagan and Woodward (1999), Applied Mathematical Finance 6, for Black against Bachelier;
 *         Jäckel (2015), Let's Be Rational, for the step; own fits; math §3.
 * Proof:  test/unit/quant/ordinary-quotes.test.ts, test/reference/quant/implied-vol.test.ts
 */
import type { ColumnOrNumber } from './black-columns.ts';
import {
  deviationTerms,
  farBottom,
  farTop,
  nearBottom,
  nearShare,
  nearTop,
  ordinary,
  sinhTerms,
} from './ordinary-coefficients.ts';
import { expOfMinus, logOrdinary, millsOrdinary, roughLog } from './ordinary-quotes.ts';

const [n0, n1, n2, n3] = nearTop;
const [, d1, d2, d3] = nearBottom;
const [f0, f1, f2, f3] = farTop;
const [, g1, g2] = farBottom;
const [, h1, h2, h3] = sinhTerms;
const [c0, c1, c2, c3, c4, c5] = deviationTerms;
const { mostDeviation, mostDistance, mostMiss, mostProduct, mostSquaredLog } = ordinary;
const { smallHalfDeviation, tinyHalfDeviation } = ordinary;
const leastProduct = 1 / mostProduct;
const inverseSqrtTwoPi = 0.3989422804014327;

/** In `outReasons`: the row is not an ordinary quote, and nothing is said about it here. */
export const notOrdinary = 255;

export interface ImpliedVolTable {
  readonly count: number;
  readonly optionTypes: Int8Array;
  readonly forwards: ColumnOrNumber;
  readonly strikes: Float64Array;
  readonly times: ColumnOrNumber;
  readonly prices: Float64Array;
  readonly discountFactors: ColumnOrNumber;
  readonly outVols: Float64Array;
  readonly outReasons: Uint8Array;
}

/**
 * Writes the volatility of each ordinary row with reason 0, and `notOrdinary` into the others' reasons.
 * One function from end to end, so that no number is boxed on the way.
 */
export function ordinaryVols(table: ImpliedVolTable): void {
  const { count, optionTypes, forwards, strikes, times, prices, discountFactors, outVols, outReasons } =
    table;
  // Column and number apart: a variable that may be either keeps the compiler from making numbers of it.
  const forwardColumn = typeof forwards === 'number' ? null : forwards;
  const oneForward = typeof forwards === 'number' ? forwards : 0;
  const timeColumn = typeof times === 'number' ? null : times;
  const oneTime = typeof times === 'number' ? times : 0;
  const discountFactorColumn = typeof discountFactors === 'number' ? null : discountFactors;
  const oneDiscountFactor = typeof discountFactors === 'number' ? discountFactors : 0;
  for (let row = 0; row < count; row++) {
    outReasons[row] = notOrdinary;
    const forward = forwardColumn === null ? oneForward : forwardColumn[row]!;
    const strike = strikes[row]!;
    const time = timeColumn === null ? oneTime : timeColumn[row]!;
    const price = prices[row]!;
    const discountFactor = discountFactorColumn === null ? oneDiscountFactor : discountFactorColumn[row]!;
    const product = forward * strike;
    if (!(product > leastProduct && product < mostProduct && forward > 0)) continue;
    if (!(time > 0 && time < Infinity && discountFactor > 0 && discountFactor < Infinity)) continue;
    const difference = forward - strike;
    const gap = difference < 0 ? -difference : difference;
    let timeValue = price / discountFactor;
    if (optionTypes[row]! > 0 ? difference > 0 : difference < 0) {
      if (price === discountFactor * gap) continue;
      const larger = difference > 0 ? forward : strike;
      const smaller = difference > 0 ? strike : forward;
      // what the subtraction lost, so that only the price's own rounding remains
      timeValue = timeValue - gap - (larger - gap - smaller);
    }
    if (!(timeValue > 0)) continue;
    const x = logOrdinary(forward, strike);
    const square = x * x;
    if (!(square < mostSquaredLog)) continue;
    const size = x < 0 ? -x : x;
    const root = Math.sqrt(product);
    let guess = 0;
    if (timeValue > nearShare * gap) {
      const straddle = timeValue + 0.5 * gap;
      const y = gap / straddle;
      const w = y * y;
      const top = ((n3 * w + n2) * w + n1) * w + n0;
      const bottom = ((d3 * w + d2) * w + d1) * w + 1;
      guess = (straddle * bottom) / (root * top * (1 + square * (h1 + square * (h2 + square * h3))));
    } else {
      const h = Math.sqrt(-roughLog(timeValue / gap));
      guess = (size * ((g2 * h + g1) * h + 1)) / (((f3 * h + f2) * h + f1) * h + f0);
    }
    const q = guess * guess;
    const s = guess * (1 + q * (c0 + square * (c1 + square * c2) + q * (c3 + c4 * square + c5 * q)));
    if (!(s < mostDeviation)) continue;
    const inverse = 1 / s;
    const a = size * inverse;
    if (!(a < mostDistance)) continue;
    const t = 0.5 * s;
    const expand = t < smallHalfDeviation;
    // the price in multiples of the vega: Y(t − a) − Y(−t − a), Y(−a) being Mills' ratio
    const y = millsOrdinary(expand ? a : a - t);
    let ratio = 0;
    if (expand) {
      const i1 = 1 - a * y;
      const i2 = y - a * i1;
      const i3 = 2 * i1 - a * i2;
      const i4 = 3 * i2 - a * i3;
      const i5 = 4 * i3 - a * i4;
      const i6 = 5 * i4 - a * i5;
      const i7 = 6 * i5 - a * i6;
      const w = t * t;
      let tail = i7 * (1 / 5040);
      if (t >= tinyHalfDeviation) {
        const i8 = 7 * i6 - a * i7;
        const i9 = 8 * i7 - a * i8;
        const i10 = 9 * i8 - a * i9;
        const i11 = 10 * i9 - a * i10;
        const i12 = 11 * i10 - a * i11;
        const i13 = 12 * i11 - a * i12;
        tail += w * (i9 * (1 / 362880) + w * (i11 * (1 / 39916800) + w * (i13 * (1 / 6227020800))));
      }
      ratio = s * (i1 + w * (i3 * (1 / 6) + w * (i5 * (1 / 120) + w * tail)));
    } else ratio = y - millsOrdinary(a + t);
    const density = inverseSqrtTwoPi * expOfMinus(0.5 * (a * a + t * t));
    const hit = (ratio * density * root) / timeValue;
    const miss = hit - 1;
    if (!(miss < mostMiss && miss > -mostMiss)) continue;
    const v = miss / (hit + 1);
    const w = v * v;
    // the logarithm of price over target, and its first three derivatives to s
    const logHit = v * (2 + w * (2 / 3 + w * (2 / 5)));
    const slope = 1 / ratio;
    const newton = -logHit * ratio;
    const pull = a * a * inverse;
    const bend = pull - 0.25 * s;
    const second = bend - slope;
    const third = bend * bend - 3 * pull * inverse - 0.25 + slope * (2 * slope - 3 * bend);
    const step = (newton * (1 + 0.5 * second * newton)) / (1 + newton * (second + newton * third * (1 / 6)));
    outVols[row] = (s + step) / Math.sqrt(time);
    outReasons[row] = 0;
  }
}
