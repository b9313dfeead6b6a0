import { describe, expect, test } from 'vitest';
import { blackGreeksColumns } from '../../../shared/quant/european/black-columns.ts';
import { blackGreeks, blackPrice } from '../../../shared/quant/european/black.ts';
import { normalizedImpliedDeviation } from '../../../shared/quant/european/implied-deviation.ts';
import { impliedVols } from '../../../shared/quant/european/implied-vol.ts';
import { millsRatio } from '../../../shared/quant/math/normal.ts';
import { logRatio } from '../../../shared/quant/european/normalized-black.ts';
import { ordinaryGreeks } from '../../../shared/quant/european/ordinary-greeks.ts';
import { expOfMinus, logOrdinary, millsOrdinary } from '../../../shared/quant/european/ordinary-quotes.ts';
import { notOrdinary, ordinaryVols } from '../../../shared/quant/european/ordinary-vols.ts';
import { greeksTable, impliedVolTable, optionTable } from '../../support/option-tables.ts';

const places = (got: number, want: number): number => Math.abs(got / want - 1) / Number.EPSILON;

describe('the elementary functions of ordinary quotes', () => {
  test('agree with the general ones to a few roundings over their whole range', () => {
    for (let i = 0; i <= 4000; i++) {
      const share = i / 4000;
      const a = 8.5 * share;
      expect(places(millsOrdinary(a), millsRatio(a)), `mills ${a}`).toBeLessThan(6);
      expect(places(expOfMinus(40 * share), Math.exp(-40 * share)), `exp ${-40 * share}`).toBeLessThan(2);
      const strike = 100 * Math.exp(2.5 * (2 * share - 1));
      if (strike !== 100)
        expect(places(logOrdinary(100, strike), logRatio(100, strike)), `log ${strike}`).toBeLessThan(3);
    }
    expect(logOrdinary(100, 100)).toBe(0);
  });

  test('continue Mills’ ratio smoothly below zero, where Φ(½)/φ(½) is known', () => {
    // Φ(½) and φ(½) to 17 digits
    expect(places(millsOrdinary(-0.5), 0.69146246127401312 / 0.35206532676429952)).toBeLessThan(4);
  });
});

describe('ordinaryVols', () => {
  test('agrees with the general inverse to a few roundings, from a hundredth of a vol point to its bounds', () => {
    const options = optionTable({ count: 40_000, seed: 11, leastDeviation: 3e-4, mostDeviation: 1.1 });
    const table = impliedVolTable(options);
    ordinaryVols(table);
    let ordinary = 0;
    for (let row = 0; row < table.count; row++) {
      const { forward, strike, time, discountFactor, outOfMoney } = options[row]!;
      if (!outOfMoney || table.outReasons[row] === notOrdinary) continue;
      ordinary++;
      const beta = table.prices[row]! / discountFactor / Math.sqrt(forward) / Math.sqrt(strike);
      const s = normalizedImpliedDeviation(beta, -Math.abs(logRatio(forward, strike)));
      expect(places(table.outVols[row]!, s / Math.sqrt(time)), JSON.stringify(options[row])).toBeLessThan(16);
    }
    expect(ordinary).toBeGreaterThan(15_000);
  });

  test('leaves to the general path what it does not cover, and never writes a reason of its own', () => {
    const one = (
      forward: number,
      strike: number,
      time: number,
      price: number,
      discountFactor = 1,
    ): number => {
      const outReasons = new Uint8Array(1);
      ordinaryVols({
        count: 1,
        optionTypes: Int8Array.of(1),
        forwards: forward,
        strikes: Float64Array.of(strike),
        times: time,
        prices: Float64Array.of(price),
        discountFactors: discountFactor,
        outVols: new Float64Array(1),
        outReasons,
      });
      return outReasons[0]!;
    };
    expect(one(100, 100, 1, 8)).toBe(0);
    for (const odd of [
      [-100, -100, 1, 8],
      [100, 100, 0, 8],
      [100, 100, Infinity, 8],
      [100, 100, 1, Number.NaN],
      [100, 100, 1, Infinity],
      [100, 100, 1, 0],
      [100, 100, 1, -1],
      [100, 100, 1, 60],
      [100, 100, 1, 100],
      [100, 90, 1, 10],
      [100, 90, 1, 9],
      [100, 2000, 1, 1e-3],
      [1e150, 1e150, 1, 1e149],
      [100, 100, 1, 8, 0],
      [100, 100, 1, 8, Number.NaN],
      [100, 130, 0.001, 1e-300],
    ] as const)
      expect(one(...(odd as [number, number, number, number])), odd.join(' ')).toBe(notOrdinary);
  });

  test('with the general path behind it, inverts a table of everything', () => {
    const options = optionTable({ count: 20_000, seed: 5, leastDeviation: 1e-4, mostDeviation: 4 });
    const table = impliedVolTable(options);
    impliedVols(table);
    for (let row = 0; row < table.count; row++) {
      const { forward, strike, time, vol, discountFactor, optionType } = options[row]!;
      const { price, vegaPerVol } = blackGreeks({
        optionType,
        forward,
        strike,
        timeToExpiry: time,
        vol,
        discountFactor,
      });
      if (!(price > 1e-280)) continue;
      // what rounding the price, the strike and their difference moves the volatility by
      const moved = (2e-15 * (price + discountFactor * (forward + strike))) / (vol * vegaPerVol);
      if (!(moved < 1e-3)) continue;
      expect(table.outReasons[row]).toBe(0);
      expect(Math.abs(table.outVols[row]! / vol - 1)).toBeLessThan(1e-14 + moved);
    }
  });
});

describe('ordinaryGreeks', () => {
  test('agrees with blackGreeks to the accuracy asked of prices and greeks', () => {
    const options = optionTable({ count: 40_000, seed: 3, leastDeviation: 3e-4, mostDeviation: 1.2 });
    const table = greeksTable(options);
    ordinaryGreeks(table);
    let ordinary = 0;
    for (let row = 0; row < table.count; row++) {
      const { optionType, forward, strike, time, vol, discountFactor } = options[row]!;
      if (Number.isNaN(table.into.price[row]!)) continue;
      ordinary++;
      const want = blackGreeks({ optionType, forward, strike, timeToExpiry: time, vol, discountFactor });
      expect(Math.abs(table.into.price[row]! / want.price - 1), `price ${row}`).toBeLessThan(1e-13);
      for (const name of ['deltaForward', 'gammaForward', 'vegaPerVol', 'thetaPerYear'] as const)
        expect(Math.abs(table.into[name][row]! / want[name] - 1), `${name} ${row}`).toBeLessThan(1e-13);
    }
    expect(ordinary).toBeGreaterThan(30_000);
  });

  test('gives a call and a put of one strike deltas a discount factor apart, at the money too', () => {
    const table = greeksTable(
      (['call', 'put'] as const).map((optionType) => ({
        optionType,
        forward: 100,
        strike: 100,
        time: 0.5,
        vol: 0.2,
        discountFactor: 0.97,
        outOfMoney: true,
        price: blackPrice({ optionType, forward: 100, strike: 100, timeToExpiry: 0.5, vol: 0.2 }),
      })),
    );
    blackGreeksColumns(table);
    const [call, put] = table.into.deltaForward;
    expect(call! - put!).toBeCloseTo(0.97, 14);
    expect(table.into.price[0]).toBeCloseTo(table.into.price[1]!, 13);
  });
});
