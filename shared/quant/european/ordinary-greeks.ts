/**
 * Prices and first greeks of ordinary options: up to 8 deviations from the money, a total deviation under 1.
 * One exponential a row. With Y = Φ/φ, price and delta are Y(t ∓ a) times one density, and both follow
 * from the moments of Mills' ratio: the odd ones give the price, the even ones the rest of the delta.
 *
 * Source: math §3; derivatives of Black (1976).
 * Proof:  test/unit/quant/ordinary-quotes.test.ts (against blackGreeks), test/unit/quant/black.test.ts
 */
import type { ColumnOrNumber, GreeksColumns } from './black-columns.ts';
import { ordinary } from './ordinary-coefficients.ts';
import { expOfMinus, logOrdinary, millsOrdinary } from './ordinary-quotes.ts';

const { mostDeviation, mostDistance, mostProduct, mostSquaredLog, smallHalfDeviation } = ordinary;
const leastProduct = 1 / mostProduct;
const inverseSqrtTwoPi = 0.3989422804014327;

export interface GreeksTable {
  readonly count: number;
  readonly optionTypes: Int8Array;
  readonly forwards: ColumnOrNumber;
  readonly strikes: Float64Array;
  readonly times: ColumnOrNumber;
  readonly vols: ColumnOrNumber;
  readonly discountFactors: ColumnOrNumber;
  readonly into: GreeksColumns;
}

/** Writes each ordinary row; the price of every other row becomes NaN, which marks it for the general path. */
export function ordinaryGreeks(table: GreeksTable): void {
  const { count, optionTypes, forwards, strikes, times, vols, discountFactors } = table;
  const { price, deltaForward, gammaForward, vegaPerVol, thetaPerYear } = table.into;
  // Column and number apart: a variable that may be either keeps the compiler from making numbers of it.
  const forwardColumn = typeof forwards === 'number' ? null : forwards;
  const oneForward = typeof forwards === 'number' ? forwards : 0;
  const timeColumn = typeof times === 'number' ? null : times;
  const oneTime = typeof times === 'number' ? times : 0;
  const volColumn = typeof vols === 'number' ? null : vols;
  const oneVol = typeof vols === 'number' ? vols : 0;
  const discountFactorColumn = typeof discountFactors === 'number' ? null : discountFactors;
  const oneDiscountFactor = typeof discountFactors === 'number' ? discountFactors : 0;
  for (let row = 0; row < count; row++) {
    price[row] = Number.NaN;
    const forward = forwardColumn === null ? oneForward : forwardColumn[row]!;
    const strike = strikes[row]!;
    const vol = volColumn === null ? oneVol : volColumn[row]!;
    const discountFactor = discountFactorColumn === null ? oneDiscountFactor : discountFactorColumn[row]!;
    const rootTime = Math.sqrt(timeColumn === null ? oneTime : timeColumn[row]!);
    const product = forward * strike;
    if (!(product > leastProduct && product < mostProduct && forward > 0)) continue;
    const s = vol * rootTime;
    if (!(s > 0 && s < mostDeviation)) continue;
    const x = logOrdinary(forward, strike);
    if (!(x * x < mostSquaredLog)) continue;
    const inverse = 1 / s;
    const a = (x < 0 ? -x : x) * inverse;
    if (!(a < mostDistance)) continue;
    const t = 0.5 * s;
    const expand = t < smallHalfDeviation;
    const y = millsOrdinary(expand ? a : a - t);
    let odd = 0; // Y(t − a) − Y(−t − a)
    let even = 0; // their mean
    if (expand) {
      const i1 = 1 - a * y;
      const i2 = y - a * i1;
      const i3 = 2 * i1 - a * i2;
      const i4 = 3 * i2 - a * i3;
      const i5 = 4 * i3 - a * i4;
      const i6 = 5 * i4 - a * i5;
      const i7 = 6 * i5 - a * i6;
      const i8 = 7 * i6 - a * i7;
      const i9 = 8 * i7 - a * i8;
      const i10 = 9 * i8 - a * i9;
      const i11 = 10 * i9 - a * i10;
      const i12 = 11 * i10 - a * i11;
      const i13 = 12 * i11 - a * i12;
      const w = t * t;
      const oddTail = i9 * (1 / 362880) + w * (i11 * (1 / 39916800) + w * (i13 * (1 / 6227020800)));
      const evenTail = i8 * (1 / 40320) + w * (i10 * (1 / 3628800) + w * (i12 * (1 / 479001600)));
      odd = s * (i1 + w * (i3 * (1 / 6) + w * (i5 * (1 / 120) + w * (i7 * (1 / 5040) + w * oddTail))));
      even = y + w * (i2 * 0.5 + w * (i4 * (1 / 24) + w * (i6 * (1 / 720) + w * evenTail)));
    } else {
      const lower = millsOrdinary(a + t);
      odd = y - lower;
      even = 0.5 * (y + lower);
    }
    const root = Math.sqrt(product);
    // e^(−½(h² + t²))/√2π, which times √(K/F) is the density at d1
    const density = discountFactor * inverseSqrtTwoPi * expOfMinus(0.5 * (a * a + t * t));
    const weight = density * root; // discounted forward times the density at d1
    const calls = optionTypes[row]! > 0;
    const difference = forward - strike;
    const intrinsic = (calls ? difference > 0 : difference < 0) ? Math.abs(difference) : 0;
    price[row] = discountFactor * intrinsic + weight * odd;
    const near = x <= 0 ? even + 0.5 * odd : even - 0.5 * odd;
    const tail = (weight * near) / forward; // discounted Φ(d1) under the forward, Φ(−d1) above it
    const whole = x <= 0 ? (calls ? 0 : -discountFactor) : calls ? discountFactor : 0;
    deltaForward[row] = x <= 0 ? whole + tail : whole - tail;
    gammaForward[row] = (weight * inverse) / (forward * forward);
    vegaPerVol[row] = weight * rootTime;
    thetaPerYear[row] = (-0.5 * weight * vol) / rootTime;
  }
}
