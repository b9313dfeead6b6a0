import { blackKernel } from './black.ts';
import { normCdf, normPdf } from '../math/normal.ts';
import { logRatio } from './normalized-black.ts';
import { ordinaryGreeks } from './ordinary-greeks.ts';
import type { GreeksTable } from './ordinary-greeks.ts';

/** A column of one value a row, or one value for all rows. */
export type ColumnOrNumber = Float64Array | number;

/** Where the columns of `blackGreeksColumns` are written; each at least `count` long. */
export interface GreeksColumns {
  readonly price: Float64Array;
  readonly deltaForward: Float64Array;
  readonly gammaForward: Float64Array;
  readonly vegaPerVol: Float64Array;
  readonly thetaPerYear: Float64Array;
}

/**
 * Prices and first greeks of many European options, column by column, without allocating.
 * Ordinary rows take the short way of `ordinary-greeks.ts`.
 *
 * @param table.optionTypes +1 for a call, −1 for a put; row order is the caller's
 * @param table.into        receives what `blackGreeks` gives, under the same names and units
 *
 * Limits: bounds are those of `EuropeanOption` and are not checked row by row; a row outside them
 *         gets NaN, so callers filter first.
 * Source: math §3.
 * Proof:  test/unit/quant/black.test.ts (equals blackGreeks row by row but for roundings)
 */
export function blackGreeksColumns(table: GreeksTable): void {
  ordinaryGreeks(table);
  finishGreeks(table);
}

/** Computes the rows that `ordinaryGreeks`, or the lanes in its place, left with a price that is NaN. */
export function finishGreeks(table: GreeksTable): void {
  const { count, optionTypes, forwards, strikes, times, vols, discountFactors, into } = table;
  for (let row = 0; row < count; row++) {
    if (into.price[row] === into.price[row]) continue;
    const sign = optionTypes[row]!;
    const forward = typeof forwards === 'number' ? forwards : forwards[row]!;
    const strike = strikes[row]!;
    const rootTime = Math.sqrt(typeof times === 'number' ? times : times[row]!);
    const vol = typeof vols === 'number' ? vols : vols[row]!;
    const discountFactor = typeof discountFactors === 'number' ? discountFactors : discountFactors[row]!;
    const deviation = vol * rootTime;
    const x = logRatio(forward, strike);
    into.price[row] = discountFactor * blackKernel(sign, forward, strike, x, deviation);
    if (deviation > 0) {
      const d1 = x / deviation + 0.5 * deviation;
      const density = discountFactor * normPdf(d1);
      into.deltaForward[row] = discountFactor * sign * normCdf(sign * d1);
      into.gammaForward[row] = density / (forward * deviation);
      into.vegaPerVol[row] = density * forward * rootTime;
      into.thetaPerYear[row] = (-0.5 * density * forward * vol) / rootTime;
    } else {
      const share = forward === strike ? 0.5 : sign * (forward - strike) > 0 ? 1 : 0;
      into.deltaForward[row] = discountFactor * sign * share;
      into.gammaForward[row] = 0;
      into.vegaPerVol[row] = forward === strike ? discountFactor * forward * rootTime * normPdf(0) : 0;
      into.thetaPerYear[row] = 0;
    }
  }
}
