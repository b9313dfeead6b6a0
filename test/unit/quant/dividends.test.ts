import { describe, expect, test } from 'vitest';
import {
  dividendsWithin,
  forwardWithDividends,
  presentValueOfDividends,
} from '../../../shared/quant/american/dividends.ts';

const dividends = [
  { timeToExDate: 0.8, amount: 1 },
  { timeToExDate: 0.3, amount: 2 },
  { timeToExDate: 0, amount: 5 },
  { timeToExDate: 1.1, amount: 5 },
  { timeToExDate: 1, amount: 3 },
];

describe('dividends', () => {
  test('within a life run from after now up to and with the end, ascending', () => {
    expect(dividendsWithin(dividends, 1).map((one) => one.timeToExDate)).toEqual([0.3, 0.8, 1]);
  });

  test('are worth their discounted sum', () => {
    const worth = presentValueOfDividends({ dividends, timeToExpiry: 1, rate: 0.1 });
    expect(worth).toBeCloseTo(2 * Math.exp(-0.03) + Math.exp(-0.08) + 3 * Math.exp(-0.1), 14);
  });

  test('lower the forward by what they grow to', () => {
    const worth = presentValueOfDividends({ dividends, timeToExpiry: 1, rate: 0.1 });
    const forward = forwardWithDividends({ spot: 100, timeToExpiry: 1, rate: 0.1, dividends });
    expect(forward).toBeCloseTo((100 - worth) * Math.exp(0.1), 12);
    const yielding = forwardWithDividends({ spot: 100, timeToExpiry: 1, rate: 0.1, dividendYield: 0.04 });
    expect(yielding).toBeCloseTo(100 * Math.exp(0.06), 12);
  });
});
