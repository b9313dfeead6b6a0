import { describe, expect, test } from 'vitest';
import { americanGreeks } from '../../../../shared/quant/american/american.ts';
import { blackGreeks, spotGreeks } from '../../../../shared/quant/european/black.ts';
import { boundaryFamily, servesVol } from '../../../../shared/quant/scenario/boundary-family.ts';
import { addPremium, boundaryRoom, setBoundary } from '../../../../shared/quant/scenario/boundary-premium.ts';

interface Option {
  readonly optionType: 'call' | 'put';
  readonly spot: number;
  readonly strike: number;
  readonly timeToExpiry: number;
  readonly vol: number;
  readonly rate: number;
  readonly dividendYield: number;
}

const room = boundaryRoom();

function byFamily(option: Option) {
  const { optionType, spot, strike, timeToExpiry, vol, rate, dividendYield } = option;
  const sign = optionType === 'call' ? 1 : -1;
  const family = boundaryFamily(sign, option);
  const greeks = blackGreeks({
    optionType,
    forward: spot * Math.exp((rate - dividendYield) * timeToExpiry),
    strike,
    timeToExpiry,
    vol,
    discountFactor: Math.exp(-rate * timeToExpiry),
  });
  const unit = { ...spotGreeks({ greeks, spot, timeToExpiry, rate, dividendYield }) };
  if (family === 'never') return unit;
  if (family === 'other' || !servesVol(family, vol)) return null;
  setBoundary(room, family, vol);
  addPremium(unit, room, { sign, spot, strike, rate, carry: rate - dividendYield, vol });
  return unit;
}

/** Numbers between 0 and 1, the same in every run. */
function numbers(): () => number {
  let state = 7;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('a family of boundaries', () => {
  test('prices within 1e-6 of the spot of the converged American price, greeks with it', () => {
    const random = numbers();
    let compared = 0;
    for (let i = 0; i < 600; i++) {
      const option: Option = {
        optionType: random() < 0.5 ? 'put' : 'call',
        spot: 100,
        strike: 60 + 80 * random(),
        timeToExpiry: 0.02 + 1.5 * random() ** 2,
        vol: 0.1 + 0.7 * random(),
        rate: 0.001 + 0.08 * random(),
        dividendYield: 0.06 * random(),
      };
      const [ours, direct] = [byFamily(option), americanGreeks(option)];
      if (ours === null || !direct.ok) continue;
      compared += 1;
      const { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear } = direct.value;
      expect(Math.abs(ours.price - price)).toBeLessThan(100e-6);
      expect(Math.abs(ours.deltaSpot - deltaSpot)).toBeLessThan(3e-5);
      expect(Math.abs(ours.gammaSpot - gammaSpot)).toBeLessThan(3e-5);
      expect(Math.abs(ours.vegaPerVol - vegaPerVol)).toBeLessThan(5e-3);
      expect(Math.abs(ours.thetaPerYear - thetaPerYear)).toBeLessThan(1e-2);
    }
    expect(compared).toBe(600);
  });

  test('gives one option the same value whichever options were priced before it', () => {
    const option: Option = {
      optionType: 'put',
      spot: 100,
      strike: 105,
      timeToExpiry: 0.4,
      vol: 0.27,
      rate: 0.04,
      dividendYield: 0.01,
    };
    const family = boundaryFamily(-1, option);
    if (typeof family === 'string') throw new Error('exercise pays here');
    const values = [0.27, 0.9, 0.12, 0.27, 0.2701, 0.27].map((vol) => {
      setBoundary(room, family, vol);
      const unit = { price: 0, deltaSpot: 0, gammaSpot: 0, vegaPerVol: 0, thetaPerYear: 0 };
      addPremium(unit, room, { sign: -1, spot: 100, strike: 90, rate: 0.04, carry: 0.03, vol });
      return unit.price;
    });
    expect(values[3]).toBe(values[0]);
    expect(values[5]).toBe(values[0]);
  });

  test('is continuous over the edge between two of its cells', () => {
    const edge = Math.exp(-5 * 0.25);
    const option = {
      optionType: 'put',
      spot: 100,
      strike: 108,
      timeToExpiry: 0.7,
      rate: 0.05,
      dividendYield: 0.02,
    } as const;
    const [below, above] = [edge * (1 - 1e-9), edge * (1 + 1e-9)].map((vol) => byFamily({ ...option, vol })!);
    expect(Math.abs(below!.price - above!.price)).toBeLessThan(1e-6);
    expect(Math.abs(below!.vegaPerVol - above!.vegaPerVol)).toBeLessThan(1e-3);
  });

  test('knows where exercise never pays, and where it has two boundaries', () => {
    const market = { timeToExpiry: 1, rate: 0.03, dividendYield: 0 };
    expect(boundaryFamily(1, market)).toBe('never');
    expect(boundaryFamily(-1, { ...market, rate: -0.01, dividendYield: -0.02 })).toBe('other');
    expect(typeof boundaryFamily(-1, market)).toBe('object');
  });

  test('an option to be exercised now is its payoff', () => {
    const due: Option = {
      optionType: 'put',
      spot: 50,
      strike: 100,
      timeToExpiry: 0.5,
      vol: 0.2,
      rate: 0.08,
      dividendYield: 0,
    };
    expect(byFamily(due)).toMatchObject({
      price: 50,
      deltaSpot: -1,
      gammaSpot: 0,
      vegaPerVol: 0,
      thetaPerYear: 0,
    });
  });
});
