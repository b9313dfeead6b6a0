import { describe, expect, it } from 'vitest';
import { americanPrice } from '../../../shared/quant/american/american.ts';
import { blackPrice } from '../../../shared/quant/european/black.ts';
import {
  scenarioGrid,
  standardScenarios,
  valueUnder,
} from '../../../shared/quant/hedge/standard-scenarios.ts';

const put = {
  underlyingPrice: 100,
  forward: 101,
  discountFactor: 0.99,
  timeToExpiry: 0.25,
  vol: 0.2,
  exercise: 'european',
  optionType: 'put',
  strike: 95,
} as const;

describe('valueUnder', () => {
  it('moves the forward with the spot and shifts the volatility', () => {
    expect(valueUnder(put, { spotMove: -0.1, volShift: 0.05 })).toBeCloseTo(
      blackPrice({ ...put, forward: 101 * 0.9, vol: 0.25 }),
      12,
    );
  });

  it('prices early exercise with rate and yield held', () => {
    const rate = -Math.log(0.99) / 0.25;
    const dividendYield = rate - Math.log(101 / 100) / 0.25;
    const priced = americanPrice({
      optionType: 'put',
      strike: 95,
      spot: 80,
      rate,
      dividendYield,
      timeToExpiry: 0.25,
      vol: 0.2,
      accuracy: 'fast',
    });
    const found = valueUnder({ ...put, exercise: 'american' }, { spotMove: -0.2, volShift: 0 });
    expect(priced.ok && found === priced.value).toBe(true);
    expect(found).toBeGreaterThanOrEqual(15);
  });
});

describe('scenarioGrid', () => {
  it('sums stock and options, and finds the worst of the grid', () => {
    const grid = scenarioGrid({
      positions: [
        { units: 100, price: 100, beta: 1.5 },
        { units: 100, price: 100, beta: 1, option: put },
      ],
    });
    const [down, flat] = [0, standardScenarios.spotMoves.indexOf(0)];
    const unshifted = standardScenarios.volShifts.indexOf(0);
    expect(grid.profit[unshifted]?.[flat]).toBeCloseTo(0, 10);
    const option = blackPrice({ ...put, forward: 101 * 0.8 }) - blackPrice({ ...put });
    expect(grid.profit[unshifted]?.[down]).toBeCloseTo(100 * (100 * 1.5 * -0.2 + option), 8);
    const all = grid.profit.flat();
    expect(grid.worst.profit).toBe(Math.min(...all));
    expect(grid.left).toEqual([]);
  });

  it('leaves out what has no volatility, by place', () => {
    const grid = scenarioGrid({ positions: [{ units: 1, price: 1, beta: 1, option: null }] });
    expect(grid.left).toEqual([0]);
    expect(grid.worst.profit).toBe(0);
  });
});
