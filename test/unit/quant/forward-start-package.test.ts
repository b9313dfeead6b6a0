import { describe, expect, test } from 'vitest';
import {
  impliedPackageVol,
  packagePayoff,
  pricePackage,
  type PackageMarket,
  type PayoffPackage,
} from '../../../shared/quant/contracts/forward-start-package.ts';
import { priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';

const strangle: PayoffPackage = [
  { optionType: 'put', family: 'relative', power: 1, strikeMultiplier: 0.95 },
  { optionType: 'call', family: 'relative', power: 1, strikeMultiplier: 1.05 },
];
const before: PackageMarket = {
  phase: 'beforeFixing',
  market: { timeToStart: 0.25, timeToEnd: 0.5, carryFactor: 1.01, discountFactor: 0.97 },
};
const after: PackageMarket = {
  phase: 'afterFixing',
  market: { firstFixing: 5000, forward: 5100, timeToEnd: 0.2, discountFactor: 0.99 },
};

describe('pricePackage', () => {
  test('prices a strangle as its put and its call', () => {
    const priced = pricePackage({ payoffs: strangle, at: before, vol: 0.25 });
    const legs = strangle.map((payoff) =>
      priceBeforeFixing({
        payoff,
        market: { timeToStart: 0.25, timeToEnd: 0.5, carryFactor: 1.01, discountFactor: 0.97, vol: 0.25 },
      }),
    );
    if (!priced.ok || !legs[0]!.ok || !legs[1]!.ok) throw new Error('no price');
    expect(priced.value.price).toBe(legs[0]!.value.price + legs[1]!.value.price);
    expect(priced.value.vegaPerVol).toBe(legs[0]!.value.vegaPerVol + legs[1]!.value.vegaPerVol);
    expect(priced.value.deltaForward).toBe(0);
  });

  test('names the leg’s own failure', () => {
    const broken = pricePackage({ payoffs: strangle, at: before, vol: -1 });
    expect(broken).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});

describe('impliedPackageVol', () => {
  test.each([
    ['before the fixing', before],
    ['inside the period', after],
  ])('gives back the volatility of a strangle %s', (_, at) => {
    for (const vol of [0.05, 0.2, 0.8]) {
      const priced = pricePackage({ payoffs: strangle, at, vol });
      if (!priced.ok) throw new Error('no price');
      const found = impliedPackageVol({ payoffs: strangle, at, price: priced.value.price });
      expect(found.ok ? found.value : null).toBeCloseTo(vol, 10);
    }
  });

  test('refuses a price below what the strangle is worth without volatility', () => {
    const market = { ...after.market, firstFixing: 4000, forward: 5000, timeToEnd: 0.2, discountFactor: 1 };
    const found = impliedPackageVol({
      payoffs: strangle,
      at: { phase: 'afterFixing', market },
      price: 0.19,
    });
    expect(found).toMatchObject({ ok: false, error: { code: 'price-below-intrinsic' } });
  });
});

describe('packagePayoff', () => {
  test('pays nothing between the strikes and the distance outside', () => {
    const paid = (secondFixing: number) =>
      packagePayoff({ payoffs: strangle, fixing: { firstFixing: 4000 }, secondFixing });
    expect([3800, 4000, 4200].map(paid)).toEqual([0, 0, 0].map((value) => ({ ok: true, value })));
    expect(paid(3600)).toMatchObject({ ok: true, value: expect.closeTo(0.05, 12) as number });
    expect(paid(4400)).toMatchObject({ ok: true, value: expect.closeTo(0.05, 12) as number });
  });
});
