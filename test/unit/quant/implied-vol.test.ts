import { describe, expect, test } from 'vitest';
import { failure, sentenceOf } from '../../../shared/failure.ts';
import { blackPrice } from '../../../shared/quant/european/black.ts';
import { impliedVol, impliedVolReasons, impliedVols } from '../../../shared/quant/european/implied-vol.ts';

const quote = { optionType: 'call', forward: 100, strike: 90, timeToExpiry: 0.5, price: 12 } as const;

describe('impliedVol', () => {
  test('reports price-below-intrinsic for a call under its intrinsic value, with both numbers', () => {
    expect(impliedVol({ ...quote, price: 9.5 })).toEqual({
      ok: false,
      error: { code: 'price-below-intrinsic', detail: { price: 9.5, intrinsic: 10 } },
    });
    expect(impliedVol({ ...quote, price: -1, strike: 120 })).toMatchObject({
      error: { code: 'price-below-intrinsic', detail: { intrinsic: 0 } },
    });
  });

  test('reports price-above-maximum at and over the forward, and over the strike of a put', () => {
    expect(impliedVol({ ...quote, price: 95, discountFactor: 0.95 })).toMatchObject({
      error: { code: 'price-above-maximum', detail: { price: 95, maximum: 95 } },
    });
    expect(impliedVol({ ...quote, optionType: 'put', price: 90.1 })).toMatchObject({
      error: { code: 'price-above-maximum', detail: { maximum: 90 } },
    });
  });

  test('reports invalid-input and says which number is wrong', () => {
    const reasonOf = (bad: object): unknown => {
      const found = impliedVol({ ...quote, ...bad });
      return found.ok ? found : found.error.code === 'invalid-input' && found.error.detail['reason'];
    };
    expect(reasonOf({ forward: 0 })).toMatch(/forward/);
    expect(reasonOf({ strike: -1 })).toMatch(/strike/);
    expect(reasonOf({ timeToExpiry: 0 })).toMatch(/time to expiry/);
    expect(reasonOf({ discountFactor: 0 })).toMatch(/discount factor/);
    expect(reasonOf({ price: Number.NaN })).toMatch(/price/);
    expect(reasonOf({ forward: Infinity })).toMatch(/forward/);
  });

  test('carries what the user’s sentence needs', () => {
    const found = impliedVol({ ...quote, price: 9.5 });
    if (found.ok) throw new Error('a price below intrinsic has no volatility');
    expect(sentenceOf(failure(found.error.code, 'The call', found.error.detail))).toBe(
      'The call has no implied volatility: price 9.5 is below intrinsic 10. Correct the quote or exclude it.',
    );
  });

  test('gives 0 for a price equal to intrinsic value, however that was rounded', () => {
    for (const [forward, strike, discountFactor] of [
      [100, 90, 1],
      [100.1, 90.3, 1],
      [100.1, 90.3, 0.957],
      [4801.37, 4123.5, 0.9987],
    ] as const)
      for (const intrinsic of [
        discountFactor * (forward - strike),
        discountFactor * forward - discountFactor * strike,
      ]) {
        const found = impliedVol({ ...quote, forward, strike, discountFactor, price: intrinsic });
        expect(found.ok && found.value, `${forward} ${strike}`).toBeLessThan(0.1);
      }
    expect(impliedVol({ ...quote, price: 10 })).toEqual({ ok: true, value: 0 });
    expect(impliedVol({ ...quote, strike: 110, price: 0 })).toEqual({ ok: true, value: 0 });
  });

  test('is exact at the money, where the price is an error function', () => {
    for (const vol of [1e-8, 1e-4, 0.2, 1, 4, 12]) {
      const option = { optionType: 'put', forward: 80, strike: 80, timeToExpiry: 1, vol } as const;
      const found = impliedVol({ ...option, price: blackPrice(option) });
      expect(found.ok && Math.abs(found.value / vol - 1), `vol ${vol}`).toBeLessThan(vol > 10 ? 1e-8 : 1e-14);
    }
  });

  test('reaches prices of 1e-300 and forwards one rounding away from the strike', () => {
    const far = { optionType: 'call', forward: 1, strike: 40, timeToExpiry: 1, vol: 0.1 } as const;
    expect(blackPrice(far)).toBeLessThan(1e-290);
    const found = impliedVol({ ...far, price: blackPrice(far) });
    expect(found.ok && Math.abs(found.value / far.vol - 1)).toBeLessThan(1e-15 * 4);
    const near = {
      optionType: 'call',
      forward: 1,
      strike: 1 + Number.EPSILON,
      timeToExpiry: 1,
      vol: 0.3,
    } as const;
    const close = impliedVol({ ...near, price: blackPrice(near) });
    expect(close.ok && Math.abs(close.value / near.vol - 1)).toBeLessThan(4e-15);
  });
});

describe('impliedVols', () => {
  test('equals impliedVol row by row, with its reasons', () => {
    const prices = Float64Array.from([12, 9.5, 10, 100, Number.NaN, 0.4, 30]);
    const count = prices.length;
    const strikes = Float64Array.from({ length: count }, () => 90);
    const optionTypes = Int8Array.from([1, 1, 1, 1, 1, -1, -1]);
    const outVols = new Float64Array(count);
    const outReasons = new Uint8Array(count);
    const rows = { count, optionTypes, strikes, prices, outVols, outReasons };
    const reasonOf = {
      'price-below-intrinsic': impliedVolReasons.belowIntrinsic,
      'price-above-maximum': impliedVolReasons.aboveMaximum,
      'invalid-input': impliedVolReasons.invalidInput,
    };
    for (const asColumn of [true, false]) {
      const value = (x: number): Float64Array | number => (asColumn ? new Float64Array(count).fill(x) : x);
      impliedVols({ ...rows, forwards: value(100), times: value(0.5), discountFactors: value(1) });
      for (let row = 0; row < count; row++) {
        const optionType = optionTypes[row] === 1 ? 'call' : 'put';
        const single = impliedVol({ ...quote, optionType, price: prices[row]! });
        expect(outReasons[row]).toBe(single.ok ? impliedVolReasons.none : reasonOf[single.error.code]);
        expect(outVols[row]).toBe(single.ok ? single.value : Number.NaN);
      }
    }
  });
});
