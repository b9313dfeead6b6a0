// Values: 80-digit arithmetic, rounded to 25 digits. Hull, Options, Futures and Other Derivatives, 8th ed., ex. 15.6.
import { describe, expect, test } from 'vitest';
import { blackGreeksColumns } from '../../../shared/quant/european/black-columns.ts';
import { blackGreeks, blackPrice, spotGreeks } from '../../../shared/quant/european/black.ts';
import type { BlackGreeks, EuropeanOption } from '../../../shared/quant/european/black.ts';

const relative = (got: number, want: number): number => Math.abs(got / want - 1);

describe('blackPrice', () => {
  test('matches 25-digit values at and far from the money', () => {
    const cases = [
      ['call', 100, 100, 1, 0.2, 7.965567455405796733786782],
      ['call', 100, 400, 0.25, 0.2, 7.575532479186121205640967e-44],
      ['call', 100, 1000, 0.1, 0.25, 7.271486378364352963210695e-187],
      ['call', 100, 100.0001, 1e-6, 0.1, 0.003939624266439797553205937],
      ['put', 3, 0.5, 2, 0.4, 0.0001397869555937552532226433],
      ['call', 50, 1e-3, 5, 2.5, 49.99974902262026618081142],
      ['call', 1, 1.5, 0.5, 30, 1],
    ] as const;
    for (const [optionType, forward, strike, timeToExpiry, vol, want] of cases) {
      const deviations = Math.log(forward / strike) / (vol * Math.sqrt(timeToExpiry));
      // one rounding of the total deviation moves the true price by this much
      const attainable = 1e-15 * (1 + deviations * deviations);
      const got = blackPrice({ optionType, forward, strike, timeToExpiry, vol });
      expect(relative(got, want), `${optionType} ${forward} ${strike}`).toBeLessThan(attainable);
    }
  });

  test('reprices the textbook example of a stock at 42 struck at 40', () => {
    const option = { forward: 42 * Math.exp(0.05), strike: 40, timeToExpiry: 0.5, vol: 0.2 };
    const discountFactor = Math.exp(-0.05);
    expect(blackPrice({ ...option, optionType: 'call', discountFactor })).toBeCloseTo(4.76, 2);
    expect(blackPrice({ ...option, optionType: 'put', discountFactor })).toBeCloseTo(0.81, 2);
  });

  test('is discounted intrinsic value without volatility or time, and 0 when it underflows', () => {
    const option = { forward: 100, strike: 90, timeToExpiry: 1, vol: 0, discountFactor: 0.9 } as const;
    expect(blackPrice({ ...option, optionType: 'call' })).toBe(9);
    expect(blackPrice({ ...option, optionType: 'put' })).toBe(0);
    expect(blackPrice({ ...option, optionType: 'call', vol: 0.2, timeToExpiry: 0 })).toBe(9);
    expect(blackPrice({ optionType: 'put', forward: 100, strike: 90, timeToExpiry: 1e-4, vol: 0.15 })).toBe(
      0,
    );
  });

  test('refuses a broken bound', () => {
    const option: EuropeanOption = {
      optionType: 'call',
      forward: 100,
      strike: 90,
      timeToExpiry: 1,
      vol: 0.2,
    };
    expect(() => blackPrice({ ...option, forward: 0 })).toThrow(/forward/);
    expect(() => blackPrice({ ...option, strike: -1 })).toThrow(/strike/);
    expect(() => blackPrice({ ...option, timeToExpiry: -1 })).toThrow(/timeToExpiry/);
    expect(() => blackPrice({ ...option, vol: Number.NaN })).toThrow(/vol/);
    expect(() => blackPrice({ ...option, discountFactor: 0 })).toThrow(/discountFactor/);
  });
});

describe('blackGreeks', () => {
  const option: EuropeanOption = {
    optionType: 'put',
    forward: 103,
    strike: 97,
    timeToExpiry: 0.7,
    vol: 0.33,
    discountFactor: 0.96,
  };
  /** Central difference with a bump of a relative 1e-4: error about 1e-8 of the scale. */
  const difference = (
    of: (option: EuropeanOption) => number,
    field: 'forward' | 'vol' | 'timeToExpiry',
  ): number => {
    const bump = 1e-4 * option[field];
    const at = (value: number): number => of({ ...option, [field]: value });
    return (at(option[field] + bump) - at(option[field] - bump)) / (2 * bump);
  };
  const greek =
    (name: keyof BlackGreeks) =>
    (at: EuropeanOption): number =>
      blackGreeks(at)[name];

  test('are the differences of price and of each other', () => {
    for (const optionType of ['call', 'put'] as const) {
      const at = { ...option, optionType };
      const greeks = blackGreeks(at);
      const slope = (name: keyof BlackGreeks, field: 'forward' | 'vol' | 'timeToExpiry'): number =>
        difference((moved) => greek(name)({ ...moved, optionType }), field);
      expect(greeks.deltaForward).toBeCloseTo(slope('price', 'forward'), 7);
      expect(greeks.gammaForward).toBeCloseTo(slope('deltaForward', 'forward'), 8);
      expect(greeks.speed).toBeCloseTo(slope('gammaForward', 'forward'), 9);
      expect(greeks.vegaPerVol).toBeCloseTo(slope('price', 'vol'), 5);
      expect(greeks.volga).toBeCloseTo(slope('vegaPerVol', 'vol'), 4);
      expect(greeks.vanna).toBeCloseTo(slope('deltaForward', 'vol'), 6);
      expect(greeks.thetaPerYear).toBeCloseTo(-slope('price', 'timeToExpiry'), 5);
      expect(greeks.charm).toBeCloseTo(-slope('deltaForward', 'timeToExpiry'), 6);
      expect(greeks.rhoPerRate).toBe(-at.timeToExpiry * greeks.price);
    }
  });

  test('without deviation are the step of the payoff, one half at the strike, and never NaN', () => {
    for (const [forward, delta] of [
      [110, 1],
      [100, 0.5],
      [90, 0],
    ] as const) {
      const greeks = blackGreeks({ optionType: 'call', forward, strike: 100, timeToExpiry: 0, vol: 0.2 });
      expect(greeks.deltaForward).toBe(delta);
      expect(Object.values(greeks).every(Number.isFinite)).toBe(true);
    }
    const still = blackGreeks({ optionType: 'put', forward: 100, strike: 100, timeToExpiry: 1, vol: 0 });
    const nearly = blackGreeks({ optionType: 'put', forward: 100, strike: 100, timeToExpiry: 1, vol: 1e-9 });
    expect(still.vegaPerVol).toBeCloseTo(nearly.vegaPerVol, 6);
  });
});

describe('spotGreeks', () => {
  test('are the differences of the price seen from the spot', () => {
    const at = (spot: number, rate: number, dividendYield: number, timeToExpiry: number) => {
      const greeks = blackGreeks({
        optionType: 'call',
        forward: spot * Math.exp((rate - dividendYield) * timeToExpiry),
        strike: 105,
        timeToExpiry,
        vol: 0.25,
        discountFactor: Math.exp(-rate * timeToExpiry),
      });
      return spotGreeks({ greeks, spot, timeToExpiry, rate, dividendYield });
    };
    const [spot, rate, yields, time] = [100, 0.04, 0.015, 0.8];
    const greeks = at(spot, rate, yields, time);
    const h = 1e-4;
    expect(greeks.deltaSpot).toBeCloseTo(
      (at(spot + h, rate, yields, time).price - at(spot - h, rate, yields, time).price) / (2 * h),
      7,
    );
    expect(greeks.gammaSpot).toBeCloseTo(
      (at(spot + h, rate, yields, time).deltaSpot - at(spot - h, rate, yields, time).deltaSpot) / (2 * h),
      7,
    );
    expect(greeks.rhoPerRate).toBeCloseTo(
      (at(spot, rate + h, yields, time).price - at(spot, rate - h, yields, time).price) / (2 * h),
      5,
    );
    expect(greeks.rhoPerDividendYield).toBeCloseTo(
      (at(spot, rate, yields + h, time).price - at(spot, rate, yields - h, time).price) / (2 * h),
      5,
    );
    expect(greeks.thetaPerYear).toBeCloseTo(
      -(at(spot, rate, yields, time + h).price - at(spot, rate, yields, time - h).price) / (2 * h),
      6,
    );
  });
});

describe('blackGreeksColumns', () => {
  test('equals blackGreeks row by row but for roundings, with columns or one value for all', () => {
    const count = 40;
    const optionTypes = Int8Array.from({ length: count }, (_, row) => (row % 2 === 0 ? 1 : -1));
    const strikes = Float64Array.from({ length: count }, (_, row) => 60 + 2 * row);
    const vols = Float64Array.from({ length: count }, (_, row) => (row % 7 === 0 ? 0 : 0.1 + 0.01 * row));
    const column = (): Float64Array => new Float64Array(count);
    const into = {
      price: column(),
      deltaForward: column(),
      gammaForward: column(),
      vegaPerVol: column(),
      thetaPerYear: column(),
    };
    const all = { count, optionTypes, strikes, vols, into };
    for (const asColumn of [true, false]) {
      const value = (x: number): Float64Array | number => (asColumn ? column().fill(x) : x);
      blackGreeksColumns({ ...all, forwards: value(100), times: value(0.4), discountFactors: value(0.97) });
      for (let row = 0; row < count; row++) {
        const greeks = blackGreeks({
          optionType: row % 2 === 0 ? 'call' : 'put',
          forward: 100,
          strike: strikes[row]!,
          timeToExpiry: 0.4,
          vol: vols[row]!,
          discountFactor: 0.97,
        });
        // up to six deviations from the money, each deviation squared adding a rounding or two
        for (const name of Object.keys(into) as (keyof typeof into)[])
          expect(Math.abs(into[name][row]! - greeks[name]), `${name} of row ${row}`).toBeLessThanOrEqual(
            2e-14 * Math.abs(greeks[name]),
          );
      }
    }
  });
});
