import { describe, expect, test } from 'vitest';
import { inverseNormCdf } from '../../../shared/quant/math/normal.ts';
import {
  packagePayoff,
  pricePackage,
  type PayoffPackage,
} from '../../../shared/quant/contracts/forward-start-package.ts';
import { settlementPayoff } from '../../../shared/quant/contracts/forward-start-settlement.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';
import type { ForwardStartPayoff } from '../../../shared/quant/contracts/forward-start-terms.ts';
import { priceOptionOnForwardStart } from '../../../shared/quant/contracts/option-on-forward-start.ts';

// Families without a published value against simulation: fixed seed, within three standard errors.

const draws = 120_000;

/** Uniforms in (0, 1) by a small generator with a fixed seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
}

const random = generator(20_261_120);
const normals = Array.from(
  { length: draws },
  () => [inverseNormCdf(random()), inverseNormCdf(random())] as const,
);

interface Estimate {
  readonly mean: number;
  readonly error: number;
}

function estimate(value: (first: number, second: number) => number): Estimate {
  let [sum, squares] = [0, 0];
  for (const [first, second] of normals) {
    const one = value(first, second);
    sum += one;
    squares += one * one;
  }
  const mean = sum / draws;
  return { mean, error: Math.sqrt(Math.max(0, squares / draws - mean * mean) / draws) };
}

const market = {
  timeToStart: 0.4,
  timeToEnd: 0.75,
  vol: 0.32,
  volToStart: 0.24,
  forward: 90,
  carryFactor: 1.015,
  discountFactor: 0.96,
};
const tau = market.timeToEnd - market.timeToStart;

/** First and second fixing of a path; the same normals for every family. */
function fixings(first: number, second: number): { readonly first: number; readonly second: number } {
  const early = market.volToStart * Math.sqrt(market.timeToStart);
  const late = market.vol * Math.sqrt(tau);
  const level = market.forward * Math.exp(early * first - 0.5 * early * early);
  return { first: level, second: level * market.carryFactor * Math.exp(late * second - 0.5 * late * late) };
}

const expectWithin = ({ mean, error }: Estimate, price: number): void => {
  expect(error).toBeGreaterThan(0);
  expect(Math.abs(mean - price) / error).toBeLessThan(3);
};

const paidBy =
  (payoffs: PayoffPackage) =>
  (first: number, second: number): number => {
    const path = fixings(first, second);
    const paid = packagePayoff({
      payoffs,
      fixing: { firstFixing: path.first },
      secondFixing: path.second,
    });
    return paid.ok ? market.discountFactor * paid.value : Number.NaN;
  };

const families: readonly (readonly [string, ForwardStartPayoff])[] = (
  ['call', 'put', 'straddle'] as const
).flatMap((optionType) =>
  (['relative', 'absolute'] as const).flatMap((family) =>
    ([1, 2] as const).flatMap((power) =>
      [
        ['plain', {}],
        ['at 108 %', { strikeMultiplier: 1.08 }],
        ['with an offset', { strikeMultiplier: 0.9, strikeOffset: 6 }],
        ...(family === 'relative'
          ? ([['per strike', { strikeMultiplier: 0.9, strikeOffset: 6, normalizedBy: 'strike' }]] as const)
          : []),
      ].map(
        ([name, more]) =>
          [
            `${family} ${power === 2 ? 'quadratic ' : ''}${optionType} ${name as string}`,
            { optionType, family, power, ...(more as object) },
          ] as const,
      ),
    ),
  ),
);

describe('a forward-start contract before its fixing, against simulation', () => {
  test.each(families)('%s', (_, payoff) => {
    const priced = priceBeforeFixing({ payoff, market });
    if (!priced.ok) throw new Error(String(priced.error.detail['reason']));
    expectWithin(estimate(paidBy([payoff])), priced.value.price);
  });

  test('a strangle, relative and absolute', () => {
    for (const family of ['relative', 'absolute'] as const) {
      const payoffs: PayoffPackage = [
        { optionType: 'put', family, power: 1, strikeMultiplier: 0.93 },
        { optionType: 'call', family, power: 1, strikeMultiplier: 1.07 },
      ];
      const { vol, ...rest } = market;
      const priced = pricePackage({ payoffs, at: { phase: 'beforeFixing', market: rest }, vol });
      if (!priced.ok) throw new Error('no price');
      expectWithin(estimate(paidBy(payoffs)), priced.value.price);
    }
  });

  test('a related underlying at the second time counts by its own forward over the first', () => {
    // A future 2 % above its index now, read at the end: the basis is certain, R = 1.02 × 1.015.
    const carryFactor = market.carryFactor * 1.02;
    const payoff: ForwardStartPayoff = { optionType: 'call', family: 'relative', power: 1 };
    const priced = priceBeforeFixing({ payoff, market: { ...market, carryFactor } });
    if (!priced.ok) throw new Error('no price');
    const simulated = estimate((first, second) => {
      const path = fixings(first, second);
      return market.discountFactor * Math.max(0, (1.02 * path.second) / path.first - 1);
    });
    expectWithin(simulated, priced.value.price);
  });
});

describe('inside the reference period, against simulation', () => {
  const inside = { forward: 97, timeToEnd: 0.3, vol: 0.28, discountFactor: 0.98 };
  test.each(families)('%s', (_, payoff) => {
    const fixing = { firstFixing: 88 };
    const priced = priceAfterFixing({ payoff, market: { ...inside, ...fixing } });
    if (!priced.ok) throw new Error(String(priced.error.detail['reason']));
    const deviation = inside.vol * Math.sqrt(inside.timeToEnd);
    const simulated = estimate((first) => {
      const secondFixing = inside.forward * Math.exp(deviation * first - 0.5 * deviation * deviation);
      const paid = settlementPayoff({ payoff, fixing, secondFixing });
      return paid.ok ? inside.discountFactor * paid.value : Number.NaN;
    });
    expectWithin(simulated, priced.value.price);
  });
});

describe('the right to buy or sell a contract, against simulation', () => {
  const option = { timeToExpiry: 0.25, volToExpiry: 0.22, discountFactor: 0.985 };
  const payoff: ForwardStartPayoff = { optionType: 'straddle', family: 'absolute', power: 2 };

  test.each(['call', 'put'] as const)('a %s on an absolute quadratic straddle', (optionType) => {
    const today = priceBeforeFixing({ payoff, market });
    if (!today.ok) throw new Error('no price');
    const contractStrike = (today.value.price / option.discountFactor) * 1.05;
    const priced = priceOptionOnForwardStart({
      option: { ...option, optionType, contractStrike },
      contract: { phase: 'beforeFixing', payoff, market },
    });
    if (!priced.ok) throw new Error('no price');
    const rest = market.volToStart ** 2 * market.timeToStart - option.volToExpiry ** 2 * option.timeToExpiry;
    const left = market.timeToStart - option.timeToExpiry;
    const deviation = option.volToExpiry * Math.sqrt(option.timeToExpiry);
    const simulated = estimate((first) => {
      const later = priceBeforeFixing({
        payoff,
        market: {
          ...market,
          timeToStart: left,
          timeToEnd: left + tau,
          volToStart: Math.sqrt(rest / left),
          forward: market.forward * Math.exp(deviation * first - 0.5 * deviation * deviation),
          discountFactor: market.discountFactor / option.discountFactor,
        },
      });
      const gain = later.ok ? later.value.price - contractStrike : Number.NaN;
      return option.discountFactor * Math.max(0, optionType === 'call' ? gain : -gain);
    });
    expectWithin(simulated, priced.value.price);
  });

  test('with an uncertain volatility it is Black on the contract’s own value', () => {
    const relative: ForwardStartPayoff = { optionType: 'straddle', family: 'relative', power: 1 };
    const today = priceBeforeFixing({ payoff: relative, market });
    if (!today.ok) throw new Error('no price');
    const forwardValue = today.value.price / option.discountFactor;
    const priced = priceOptionOnForwardStart({
      option: { ...option, optionType: 'call', contractStrike: forwardValue, volOfVol: 0.6 },
      contract: { phase: 'beforeFixing', payoff: relative, market },
    });
    if (!priced.ok) throw new Error('no price');
    const deviation = 0.6 * Math.sqrt(option.timeToExpiry);
    const simulated = estimate((first) => {
      const value = forwardValue * Math.exp(deviation * first - 0.5 * deviation * deviation);
      return option.discountFactor * Math.max(0, value - forwardValue);
    });
    expectWithin(simulated, priced.value.price);
  });
});
