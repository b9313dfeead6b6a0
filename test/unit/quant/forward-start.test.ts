import { describe, expect, test } from 'vitest';
import {
  impliedVolAfterFixing,
  impliedVolBeforeFixing,
} from '../../../shared/quant/contracts/forward-start-implied-vol.ts';
import { fixingLevel, settlementPayoff } from '../../../shared/quant/contracts/forward-start-settlement.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';
import type {
  AfterFixing,
  BeforeFixing,
  ForwardStartPayoff,
  ForwardStartPrice,
} from '../../../shared/quant/contracts/forward-start-terms.ts';

const before = (payoff: ForwardStartPayoff, market: BeforeFixing): ForwardStartPrice => {
  const result = priceBeforeFixing({ payoff, market });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const after = (payoff: ForwardStartPayoff, market: AfterFixing): ForwardStartPrice => {
  const result = priceAfterFixing({ payoff, market });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const relativeError = (got: number, want: number): number => Math.abs(got / want - 1);

const atTheMoneyCall: ForwardStartPayoff = { optionType: 'call', family: 'relative', power: 1 };
const quarter: BeforeFixing = { timeToStart: 0.25, timeToEnd: 0.5, vol: 0.5 };
const everyPayoff = (['call', 'put', 'straddle'] as const).flatMap((optionType) =>
  (['relative', 'absolute'] as const).flatMap((family) =>
    ([1, 2] as const).map((power): ForwardStartPayoff => ({ optionType, family, power })),
  ),
);

describe('priceBeforeFixing', () => {
  test('gives 9.947645 % for 50 % over a quarter, against 9.9736 % of the straight line', () => {
    const price = before(atTheMoneyCall, quarter).price;
    expect(relativeError(price, 0.0994764496602257859)).toBeLessThan(1e-14);
    expect((0.5 * Math.sqrt(0.25)) / Math.sqrt(2 * Math.PI)).toBeCloseTo(0.099736, 6);
  });

  test('has the vega e^(−s²/8)·√(τ/2π) and no delta, gamma or theta', () => {
    const price = before(atTheMoneyCall, { ...quarter, discountFactor: 0.98 });
    const vega = 0.98 * Math.exp(-(0.25 ** 2) / 8) * Math.sqrt(0.25 / (2 * Math.PI));
    expect(relativeError(price.vegaPerVol, vega)).toBeLessThan(1e-14);
    expect([price.deltaForward, price.gammaForward, price.thetaPerYear]).toEqual([0, 0, -0]);
  });

  test('prices call and put alike at R = 1, and their difference is the carry otherwise', () => {
    const put: ForwardStartPayoff = { ...atTheMoneyCall, optionType: 'put' };
    expect(before(atTheMoneyCall, quarter).price).toBe(before(put, quarter).price);
    const carried = { ...quarter, carryFactor: 1.02, discountFactor: 0.97 };
    const difference = before(atTheMoneyCall, carried).price - before(put, carried).price;
    expect(difference).toBeCloseTo(0.97 * 0.02, 15);
  });

  test('prices the squared straddle as D(R²e^(s²) − 2R + 1), half in the call and half in the put together', () => {
    const squared = (optionType: 'call' | 'put' | 'straddle', market: BeforeFixing): number =>
      before({ optionType, family: 'relative', power: 2 }, market).price;
    const market = { ...quarter, vol: 0.0004, carryFactor: 1, discountFactor: 0.99 };
    const exact = 0.99 * Math.expm1(0.0002 ** 2);
    expect(relativeError(squared('straddle', market), exact)).toBeLessThan(1e-14);
    expect(relativeError(squared('call', market) + squared('put', market), exact)).toBeLessThan(1e-13);
  });

  test('pays per unit of the strike what it pays per unit of the fixing, over m or m²', () => {
    for (const power of [1, 2] as const) {
      const payoff: ForwardStartPayoff = { ...atTheMoneyCall, power, strikeMultiplier: 1.1 };
      const byFixing = before(payoff, quarter).price;
      const byStrike = before({ ...payoff, normalizedBy: 'strike' }, quarter).price;
      expect(relativeError(byStrike, byFixing / 1.1 ** power)).toBeLessThan(1e-15);
    }
  });

  test('is worth its payoff at vol 0, and doubles with the level where it is absolute', () => {
    const market = { timeToStart: 1, timeToEnd: 2, vol: 0, carryFactor: 1.1, forward: 50 };
    expect(before(atTheMoneyCall, market).price).toBeCloseTo(0.1, 15);
    const absolute: ForwardStartPayoff = { ...atTheMoneyCall, family: 'absolute' };
    expect(before(absolute, market).price).toBeCloseTo(5, 13);
    expect(before(absolute, { ...market, forward: 100 }).price).toBeCloseTo(10, 13);
  });

  // 30-digit quadrature over the first fixing, mpmath.
  const offsets: readonly (readonly [ForwardStartPayoff, BeforeFixing, number])[] = [
    [
      { ...atTheMoneyCall, strikeOffset: 5 },
      {
        timeToStart: 0.25,
        timeToEnd: 0.5,
        vol: 0.2,
        volToStart: 0.3,
        forward: 100,
        carryFactor: 1.01,
        discountFactor: 0.98,
      },
      0.0233809638917801201,
    ],
    [
      { optionType: 'put', family: 'relative', power: 1, strikeMultiplier: 1.05, strikeOffset: -4 },
      {
        timeToStart: 0.5,
        timeToEnd: 1,
        vol: 0.25,
        volToStart: 0.2,
        forward: 100,
        carryFactor: 0.99,
        discountFactor: 0.97,
      },
      0.0780367018094803017,
    ],
    [
      { optionType: 'straddle', family: 'absolute', power: 1, strikeMultiplier: 0.9, strikeOffset: 12 },
      { timeToStart: 0.5, timeToEnd: 0.75, vol: 0.3, volToStart: 0.4, forward: 100, discountFactor: 0.99 },
      12.3518061785662392,
    ],
    [
      { optionType: 'call', family: 'absolute', power: 2, strikeOffset: -10 },
      {
        timeToStart: 1,
        timeToEnd: 1.25,
        vol: 0.3,
        volToStart: 0.25,
        forward: 80,
        carryFactor: 1.02,
        discountFactor: 0.95,
      },
      271.136903312714639,
    ],
    [
      { optionType: 'put', family: 'relative', power: 2, strikeOffset: 3 },
      { timeToStart: 0.3, timeToEnd: 0.4, vol: 0.15, volToStart: 0.2, forward: 50 },
      0.00587102194741867165,
    ],
    [
      { ...atTheMoneyCall, strikeOffset: 5, normalizedBy: 'strike' },
      {
        timeToStart: 0.25,
        timeToEnd: 0.5,
        vol: 0.2,
        volToStart: 0.3,
        forward: 100,
        carryFactor: 1.01,
        discountFactor: 0.98,
      },
      0.0222615870988883482,
    ],
    [
      {
        optionType: 'straddle',
        family: 'relative',
        power: 2,
        strikeMultiplier: 0.95,
        strikeOffset: 7,
        normalizedBy: 'strike',
      },
      { timeToStart: 0.75, timeToEnd: 1, vol: 0.35, volToStart: 0.3, forward: 100, discountFactor: 0.96 },
      0.0293346241510927184,
    ],
    [
      { optionType: 'put', family: 'absolute', power: 1, strikeOffset: -20 },
      { timeToStart: 0.25, timeToEnd: 0.5, vol: 0.2, volToStart: 0.6, forward: 100 },
      0.123991444531823453,
    ],
  ];

  test('integrates a strike offset to 13 digits', () => {
    for (const [payoff, market, want] of offsets)
      expect(relativeError(before(payoff, market).price, want), JSON.stringify(payoff)).toBeLessThan(1e-13);
  });

  test('is a plain option on the whole variance when the strike is the offset alone', () => {
    for (const { optionType, power } of everyPayoff) {
      for (const strike of [60, 100, 150]) {
        const start = before(
          { optionType, family: 'absolute', power, strikeMultiplier: 0, strikeOffset: strike },
          { timeToStart: 0.5, timeToEnd: 0.75, vol: 0.4, volToStart: 0.25, forward: 100, carryFactor: 1.02 },
        );
        const plain = after(
          { optionType, family: 'absolute', power },
          {
            fixedStrike: strike,
            forward: 102,
            timeToEnd: 0.75,
            vol: Math.sqrt((0.25 ** 2 * 0.5 + 0.4 ** 2 * 0.25) / 0.75),
          },
        );
        expect(relativeError(start.price, plain.price)).toBeLessThan(1e-13);
        expect(relativeError(start.deltaForward, plain.deltaForward * 1.02)).toBeLessThan(1e-12);
        expect(relativeError(start.gammaForward, plain.gammaForward * 1.02 ** 2)).toBeLessThan(1e-12);
      }
    }
  });

  test('has the derivatives that central differences of its price give', () => {
    const base: BeforeFixing = {
      timeToStart: 0.4,
      timeToEnd: 0.9,
      vol: 0.3,
      volToStart: 0.25,
      forward: 100,
      carryFactor: 1.01,
      discountFactor: 0.97,
    };
    for (const payoff of everyPayoff) {
      for (const terms of [{}, { strikeOffset: 4 }, { strikeOffset: 4, normalizedBy: 'strike' as const }]) {
        const full = { ...payoff, strikeMultiplier: 1.05, ...terms };
        const price = before(full, base);
        const up = (change: Partial<BeforeFixing>): number => before(full, { ...base, ...change }).price;
        const scale = Math.abs(price.price) + Math.abs(price.deltaForward * 100);
        const slope = (a: number, b: number, h: number): number => (a - b) / (2 * h);
        const check = (got: number, want: number): void =>
          expect(Math.abs(got - want), `${JSON.stringify(full)}: ${got} ${want}`).toBeLessThan(2e-6 * scale);
        check(price.deltaForward * 100, slope(up({ forward: 100.01 }), up({ forward: 99.99 }), 1e-4));
        const curvature = up({ forward: 101 }) - 2 * price.price + up({ forward: 99 });
        expect(Math.abs(price.gammaForward - curvature)).toBeLessThan(
          1e-3 * Math.abs(price.gammaForward) + 1e-9 * scale,
        );
        check(price.vegaPerVol, slope(up({ vol: 0.3001 }), up({ vol: 0.2999 }), 1e-4));
        check(price.vegaToStartPerVol, slope(up({ volToStart: 0.2501 }), up({ volToStart: 0.2499 }), 1e-4));
        check(price.perCarryFactor, slope(up({ carryFactor: 1.0101 }), up({ carryFactor: 1.0099 }), 1e-4));
        const earlier = up({ timeToStart: 0.4001, timeToEnd: 0.9001 });
        const later = up({ timeToStart: 0.3999, timeToEnd: 0.8999 });
        check(price.thetaPerYear, slope(later, earlier, 1e-4));
      }
    }
  });

  test('refuses what it cannot price, with the reason', () => {
    const absolute: ForwardStartPayoff = { ...atTheMoneyCall, family: 'absolute' };
    const refused = (payoff: ForwardStartPayoff, market: BeforeFixing): string => {
      const result = priceBeforeFixing({ payoff, market });
      return result.ok ? 'priced' : `${result.error.code}: ${result.error.detail['reason']}`;
    };
    expect(refused(absolute, quarter)).toBe('invalid-input: the forward is missing');
    expect(refused({ ...absolute, power: 2 }, { ...quarter, forward: 100 })).toBe(
      'invalid-input: volToStart is missing',
    );
    expect(refused(atTheMoneyCall, { ...quarter, timeToEnd: 0.2 })).toMatch(/reference times/);
    expect(refused(atTheMoneyCall, { ...quarter, vol: Number.NaN })).toBe('invalid-input: vol is NaN');
    expect(refused({ ...atTheMoneyCall, power: 2 }, { ...quarter, vol: 1e3 })).toMatch(/largest number/);
    expect(
      refused(
        { ...atTheMoneyCall, strikeOffset: -1, normalizedBy: 'strike' },
        { ...quarter, forward: 100, volToStart: 0.2 },
      ),
    ).toMatch(/cannot fall to 0/);
    const wild = { ...quarter, forward: 100, volToStart: 50 };
    expect(refused({ ...atTheMoneyCall, strikeOffset: 1 }, wild)).toMatch(
      /beyond the 10 that a strike offset/,
    );
  });
});

describe('priceAfterFixing', () => {
  test('keeps put = call + D(1 − F/K), and a gamma of the squared straddle that ignores the level', () => {
    const market: AfterFixing = {
      fixedStrike: 80,
      forward: 90,
      timeToEnd: 0.2,
      vol: 0.3,
      discountFactor: 0.99,
    };
    const call = after(atTheMoneyCall, market);
    const put = after({ ...atTheMoneyCall, optionType: 'put' }, market);
    expect(put.price).toBeCloseTo(call.price + 0.99 * (1 - 90 / 80), 15);
    const squared: ForwardStartPayoff = { optionType: 'straddle', family: 'relative', power: 2 };
    const gamma = (0.99 * 2 * Math.exp(0.3 ** 2 * 0.2)) / 80 ** 2;
    for (const forward of [40, 90, 200])
      expect(relativeError(after(squared, { ...market, forward }).gammaForward, gamma)).toBeLessThan(1e-15);
  });

  test('joins the price before the fixing at the moment of fixing', () => {
    for (const payoff of everyPayoff) {
      const start = before(
        { ...payoff, strikeMultiplier: 1.1 },
        { timeToStart: 0, timeToEnd: 0.5, vol: 0.3, forward: 120 },
      );
      const struck = after(
        { ...payoff, strikeMultiplier: 1.1 },
        { firstFixing: 120, forward: 120, timeToEnd: 0.5, vol: 0.3 },
      );
      expect(relativeError(struck.price, start.price)).toBeLessThan(1e-13);
    }
  });

  test('holds the near-term relation ∂X/∂σ₀ = σ₀F²ΓΔt for every family', () => {
    for (const payoff of everyPayoff) {
      const price = after(payoff, {
        fixedStrike: 100,
        forward: 93,
        timeToEnd: 0.3,
        vol: 0.4,
        discountFactor: 0.98,
      });
      expect(relativeError(price.vegaPerVol, 0.4 * 93 ** 2 * price.gammaForward * 0.3)).toBeLessThan(1e-12);
    }
  });

  test('becomes the payoff at the second reference time', () => {
    for (const payoff of everyPayoff) {
      for (const level of [80, 100, 130]) {
        const price = after(payoff, { firstFixing: 100, forward: level, timeToEnd: 0, vol: 0.4 });
        const paid = settlementPayoff({ payoff, fixing: { firstFixing: 100 }, secondFixing: level });
        expect(paid).toEqual({ ok: true, value: expect.closeTo(price.price, 10) });
      }
    }
  });
});

describe('impliedVolBeforeFixing and impliedVolAfterFixing', () => {
  test('report a price under the value at vol 0 and one over the highest possible', () => {
    const market = { timeToStart: 0.25, timeToEnd: 0.5, carryFactor: 1.1, discountFactor: 0.9 };
    const code = (payoff: ForwardStartPayoff, price: number): string => {
      const result = impliedVolBeforeFixing({ payoff, market, price });
      return result.ok ? 'found' : result.error.code;
    };
    for (const power of [1, 2] as const) {
      for (const optionType of ['call', 'straddle'] as const) {
        expect(code({ ...atTheMoneyCall, optionType, power }, 0.9 * 0.1 ** power * 0.99)).toBe(
          'price-below-intrinsic',
        );
      }
      expect(code({ ...atTheMoneyCall, optionType: 'put', power }, 0.9)).toBe('price-above-maximum');
    }
    expect(code(atTheMoneyCall, 0.9 * 1.1)).toBe('price-above-maximum');
    expect(code({ ...atTheMoneyCall, optionType: 'straddle' }, 0.9 * 2.1)).toBe('price-above-maximum');
    expect(code(atTheMoneyCall, Number.NaN)).toBe('invalid-input');
  });

  test('need a slice with a length', () => {
    const before = impliedVolBeforeFixing({
      payoff: atTheMoneyCall,
      market: { timeToStart: 1, timeToEnd: 1 },
      price: 0.1,
    });
    const after = impliedVolAfterFixing({
      payoff: atTheMoneyCall,
      market: { fixedStrike: 1, forward: 1, timeToEnd: 0 },
      price: 0.1,
    });
    expect([before.ok, after.ok]).toEqual([false, false]);
  });
});

describe('fixingLevel', () => {
  test('is the mean of the prices observed, rounded to the step with halves up', () => {
    expect(fixingLevel({ prices: [4210.1, 4211.2], roundTo: 0.25 })).toEqual({ ok: true, value: 4210.75 });
    expect(fixingLevel({ prices: [1.125], roundTo: 0.05 })).toEqual({ ok: true, value: 1.15 });
    expect(fixingLevel({ prices: [1, 2] })).toEqual({ ok: true, value: 1.5 });
    expect(fixingLevel({ prices: [] }).ok).toBe(false);
    expect(fixingLevel({ prices: [0] }).ok).toBe(false);
  });
});
