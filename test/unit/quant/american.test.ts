import { describe, expect, test } from 'vitest';
import { americanImpliedVol } from '../../../shared/quant/american/american-implied-vol.ts';
import { americanGreeks, americanPrice, exerciseBoundary } from '../../../shared/quant/american/american.ts';
import type { StockOption } from '../../../shared/quant/american/american.ts';

const put: StockOption = {
  optionType: 'put',
  spot: 100,
  strike: 100,
  timeToExpiry: 1,
  vol: 0.25,
  rate: 0.05,
};

const priceOf = (option: StockOption): number => {
  const found = americanPrice(option);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};
const greeksOf = (option: StockOption) => {
  const found = americanGreeks(option);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};
const boundaryOf = (option: StockOption & { readonly points?: number }) => {
  const found = exerciseBoundary(option);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};

describe('americanPrice', () => {
  test('of a call without dividends is the European price', () => {
    const call: StockOption = { ...put, optionType: 'call' };
    expect(priceOf(call)).toBe(priceOf({ ...call, exercise: 'european' }));
  });

  test('is intrinsic value where exercise is due, at expiry and at strike 0', () => {
    expect(priceOf({ ...put, spot: 60 })).toBe(40);
    expect(priceOf({ ...put, spot: 93, timeToExpiry: 0 })).toBe(7);
    expect(priceOf({ ...put, strike: 0 })).toBe(0);
    expect(priceOf({ ...put, optionType: 'call', strike: 0 })).toBe(100);
  });

  test('without volatility is the best discounted payoff, inside the life too', () => {
    const option: StockOption = { ...put, vol: 0, rate: 0.02, dividendYield: 0.1, timeToExpiry: 40 };
    const payoff = (t: number): number => 100 * Math.exp(-0.02 * t) - 100 * Math.exp(-0.1 * t);
    const turn = Math.log(0.1 / 0.02) / 0.08;
    expect(turn).toBeLessThan(40);
    expect(priceOf(option)).toBeCloseTo(payoff(turn), 12);
    expect(priceOf(option)).toBeGreaterThan(payoff(40));
  });

  // each was wrong by more than 1e-4 of the spot while the smooth-pasting iteration was used everywhere
  test('stays exact where drift outweighs noise', () => {
    const calm: StockOption = { ...put, strike: 99.50124791926824 };
    const cases = [
      [{ ...calm, vol: 0.03 }, 0.182306],
      [{ ...calm, strike: 98.51119396030626, vol: 0.02 }, 0.00331749],
      [{ ...calm, optionType: 'call', strike: 100, vol: 0.03, rate: 0.02, dividendYield: 0.08 }, 0.272661],
      [{ ...calm, strike: 100, vol: 0.05, timeToExpiry: 4, rate: 0.08, dividendYield: 0.03 }, 0.891623],
    ] as const;
    for (const [option, want] of cases) expect(priceOf(option)).toBeCloseTo(want, 5);
  });

  test('handles the two boundaries of very negative rates', () => {
    const option: StockOption = { ...put, vol: 0.2, rate: -0.02, dividendYield: -0.05 };
    const european = priceOf({ ...option, exercise: 'european' });
    const american = priceOf(option);
    expect(american).toBeGreaterThan(european + 0.1);
    // put–call symmetry holds across the two methods
    const mirrored: StockOption = { ...option, optionType: 'call', rate: -0.05, dividendYield: -0.02 };
    expect(priceOf(mirrored)).toBeCloseTo(american, 4);
    expect(exerciseBoundary(option)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  test('reports invalid-input and says which number is wrong', () => {
    const reasonOf = (bad: Partial<StockOption>): unknown => {
      const found = americanPrice({ ...put, ...bad });
      return found.ok ? found.value : found.error.detail['reason'];
    };
    expect(reasonOf({ spot: 0 })).toMatch(/spot/);
    expect(reasonOf({ strike: -1 })).toMatch(/strike/);
    expect(reasonOf({ timeToExpiry: -1 })).toMatch(/time to expiry/);
    expect(reasonOf({ vol: -0.1 })).toMatch(/volatility/);
    expect(reasonOf({ rate: Number.NaN })).toMatch(/rate/);
    expect(reasonOf({ dividendYield: Infinity })).toMatch(/dividend yield/);
    expect(reasonOf({ dividends: [{ timeToExDate: 0.5, amount: -1 }] })).toMatch(/dividend/);
    const large = { dividends: [{ timeToExDate: 0.5, amount: 120 }], dividendModel: 'escrowed' } as const;
    expect(reasonOf(large)).toMatch(/not below the spot/);
  });
});

describe('cash dividends', () => {
  const dividends = [{ timeToExDate: 0.4, amount: 3 }];
  const call: StockOption = { ...put, optionType: 'call', strike: 90, dividends };

  test('outside the life of the option change nothing', () => {
    const outside = [
      { timeToExDate: -0.1, amount: 3 },
      { timeToExDate: 1.2, amount: 3 },
    ];
    expect(priceOf({ ...put, dividends: outside })).toBe(priceOf(put));
  });

  test('make early exercise of a call worth something', () => {
    expect(priceOf(call)).toBeGreaterThan(priceOf({ ...call, exercise: 'european' }) + 0.01);
  });

  test('of nothing agree with the boundary method', () => {
    const nothing = [{ timeToExDate: 0.4, amount: 1e-9 }];
    for (const option of [
      put,
      { ...put, dividendYield: 0.03 },
      { ...put, optionType: 'call', dividendYield: 0.08 } as const,
    ])
      expect(priceOf({ ...option, dividends: nothing })).toBeCloseTo(priceOf(option), 4);
  });

  test('keep put–call parity for European options in both models', () => {
    for (const dividendModel of ['spotJump', 'escrowed'] as const) {
      const european = { ...call, dividendModel, exercise: 'european' } as const;
      const parity = 100 - 3 * Math.exp(-0.05 * 0.4) - 90 * Math.exp(-0.05);
      expect(priceOf(european) - priceOf({ ...european, optionType: 'put' })).toBeCloseTo(parity, 4);
    }
  });

  test('on the day of expiry fall before the payoff', () => {
    const last: StockOption = { ...call, dividends: [{ timeToExDate: 1, amount: 3 }], exercise: 'european' };
    expect(priceOf(last)).toBeCloseTo(
      priceOf({ ...call, dividends: [], strike: 93, exercise: 'european' }),
      3,
    );
  });

  test('have greeks that are differences of prices', () => {
    for (const dividendModel of ['spotJump', 'escrowed'] as const)
      for (const optionType of ['call', 'put'] as const) {
        const option: StockOption = { ...call, optionType, dividendModel };
        const greeks = greeksOf(option);
        const at = (change: Partial<StockOption>): number => priceOf({ ...option, ...change });
        const delta = (at({ spot: 100.5 }) - at({ spot: 99.5 })) / 1;
        const vega = (at({ vol: 0.26 }) - at({ vol: 0.24 })) / 0.02;
        const sooner = [{ timeToExDate: 0.39, amount: 3 }];
        const later = [{ timeToExDate: 0.41, amount: 3 }];
        const theta =
          (at({ timeToExpiry: 0.99, dividends: sooner }) - at({ timeToExpiry: 1.01, dividends: later })) /
          0.02;
        expect(greeks.deltaSpot).toBeCloseTo(delta, 3);
        expect(greeks.vegaPerVol).toBeCloseTo(vega, 1);
        expect(greeks.thetaPerYear).toBeCloseTo(theta, 2);
      }
  });
});

describe('americanGreeks', () => {
  test('are ±1 and 0 where exercise is due', () => {
    expect(greeksOf({ ...put, spot: 60 })).toEqual({
      price: 40,
      deltaSpot: -1,
      gammaSpot: 0,
      vegaPerVol: 0,
      thetaPerYear: 0,
    });
  });

  test('are differences of prices', () => {
    for (const option of [put, { ...put, optionType: 'call', dividendYield: 0.07 } as const]) {
      const greeks = greeksOf(option);
      const at = (change: Partial<StockOption>): number => priceOf({ ...option, ...change });
      expect(greeks.deltaSpot).toBeCloseTo((at({ spot: 100.01 }) - at({ spot: 99.99 })) / 0.02, 5);
      const gamma = (at({ spot: 100.5 }) - 2 * at({}) + at({ spot: 99.5 })) / 0.25;
      expect(greeks.gammaSpot).toBeCloseTo(gamma, 5);
      expect(greeks.vegaPerVol).toBeCloseTo((at({ vol: 0.251 }) - at({ vol: 0.249 })) / 0.002, 3);
      const theta = -(at({ timeToExpiry: 1.001 }) - at({ timeToExpiry: 0.999 })) / 0.002;
      expect(greeks.thetaPerYear).toBeCloseTo(theta, 4);
    }
  });
});

describe('exerciseBoundary', () => {
  test('starts at the strike, or where the yield outweighs the rate, and falls with the time left', () => {
    expect(boundaryOf(put)[0]).toEqual({ timeToExpiry: 0, spot: 100 });
    expect(boundaryOf({ ...put, dividendYield: 0.1 })[0]!.spot).toBeCloseTo(50, 12);
    const spots = boundaryOf(put).map((point) => point.spot);
    expect(spots.every((spot, i) => i === 0 || spot < spots[i - 1]!)).toBe(true);
  });

  test('reaches the boundary of the put that never expires', () => {
    const [rate, variance] = [0.05, 0.25 * 0.25];
    const exponent = (2 * rate) / variance;
    const perpetual = (100 * exponent) / (1 + exponent);
    const last = boundaryOf({ ...put, timeToExpiry: 120, points: 2 })[1]!;
    expect(last.spot / perpetual).toBeCloseTo(1, 3);
  });

  test('is where the price meets intrinsic value, smoothly', () => {
    const at = boundaryOf({ ...put, points: 2 })[1]!.spot;
    expect(priceOf({ ...put, spot: at * 0.9999 })).toBe(100 - at * 0.9999);
    const above = greeksOf({ ...put, spot: at * 1.0005 });
    expect(above.price).toBeCloseTo(100 - at * 1.0005, 4);
    expect(above.deltaSpot).toBeCloseTo(-1, 2);
  });

  test('of a call mirrors that of the put with rate and yield exchanged', () => {
    const puts = boundaryOf({ ...put, rate: 0.03, dividendYield: 0.06 });
    const calls = boundaryOf({ ...put, optionType: 'call', rate: 0.06, dividendYield: 0.03 });
    for (const [index, point] of puts.entries())
      expect(calls[index]!.spot * point.spot).toBeCloseTo(100 * 100, 6);
  });

  test('with cash dividends is empty for a call but before ex-dates, and for a put just before them', () => {
    const dividends = [{ timeToExDate: 0.6, amount: 3 }];
    const calls = boundaryOf({ ...put, optionType: 'call', dividends });
    expect(calls.length).toBe(1);
    expect(calls[0]!.timeToExpiry).toBeCloseTo(0.4, 12);
    const puts = boundaryOf({ ...put, dividends }).map((point) => point.timeToExpiry);
    expect(puts.some((left) => left < 0.4)).toBe(true);
    expect(puts.some((left) => left > 0.4 && left < 0.45)).toBe(false);
    const still = { ...put, dividends: [{ timeToExDate: 0.6, amount: 1e-9 }] };
    const last = boundaryOf(still).at(-1)!;
    expect(last.spot / boundaryOf({ ...put, points: 2 })[1]!.spot).toBeCloseTo(1, 2);
  });

  test('has no points where exercise is never worth it', () => {
    expect(boundaryOf({ ...put, optionType: 'call' })).toEqual([]);
    expect(boundaryOf({ ...put, exercise: 'european' })).toEqual([]);
  });
});

describe('americanImpliedVol', () => {
  const { vol: _, ...terms } = put;
  const volOf = (price: number, change: Partial<StockOption> = {}) =>
    americanImpliedVol({ ...terms, ...change, price });

  test('gives 0 for intrinsic value and for every price below none', () => {
    expect(volOf(40, { spot: 60 })).toEqual({ ok: true, value: 0 });
  });

  test('reports price-below-intrinsic, price-above-maximum and invalid-input', () => {
    expect(volOf(39.9, { spot: 60 })).toMatchObject({
      error: { code: 'price-below-intrinsic', detail: { price: 39.9, intrinsic: 40 } },
    });
    expect(volOf(100)).toMatchObject({ error: { code: 'price-above-maximum', detail: { maximum: 100 } } });
    expect(volOf(5, { timeToExpiry: 0 })).toMatchObject({ error: { code: 'invalid-input' } });
    expect(volOf(Number.NaN)).toMatchObject({ error: { code: 'invalid-input' } });
  });

  // each sent the search into the region of exercise, where the price does not move
  test('finds the way out of the region of exercise', () => {
    const calm = {
      ...put,
      strike: 120.02623677253723,
      timeToExpiry: 3.236372389694651,
      rate: 0.10523981928825378,
    };
    for (const option of [
      { ...calm, dividendYield: 0.003218812942504883, vol: 0.2096 },
      { ...put, strike: 190, timeToExpiry: 4, vol: 4 },
    ]) {
      const price = priceOf(option);
      const found = americanImpliedVol({ ...option, price });
      expect(found.ok && Math.abs(priceOf({ ...option, vol: found.value }) - price)).toBeLessThan(1e-6);
    }
  });

  test('gives the volatility back just above intrinsic value and with dividends', () => {
    const near = { ...put, spot: 82 };
    const found = volOf(priceOf(near), { spot: 82 });
    expect(found.ok && Math.abs(found.value - 0.25)).toBeLessThan(1e-6);
    for (const dividendModel of ['spotJump', 'escrowed'] as const) {
      const paying: StockOption = { ...put, dividends: [{ timeToExDate: 0.3, amount: 2 }], dividendModel };
      const back = americanImpliedVol({ ...paying, price: priceOf(paying) });
      expect(back.ok && Math.abs(back.value - 0.25)).toBeLessThan(1e-8);
    }
  });
});
