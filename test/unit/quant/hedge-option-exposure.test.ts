import { describe, expect, it } from 'vitest';
import { optionExposure } from '../../../shared/quant/hedge/option-exposure.ts';
import { valueUnder, type OptionBasis } from '../../../shared/quant/hedge/standard-scenarios.ts';
import type { OptionType } from '../../../shared/units.ts';

const basis: OptionBasis = {
  underlyingPrice: 100,
  forward: 100 * Math.exp((0.045 - 0.01) * 0.4),
  discountFactor: Math.exp(-0.045 * 0.4),
  timeToExpiry: 0.4,
  vol: 0.28,
  exercise: 'european',
};

describe('the exposures of an option that is held', () => {
  it.each([
    ['european', 'call', 105],
    ['european', 'put', 95],
    ['american', 'put', 110],
    ['american', 'call', 100],
  ] as const)(
    'are the slopes of what it is valued at again: %s %s at %i',
    (exercise, optionType: OptionType, strike) => {
      const option = { ...basis, exercise, optionType, strike };
      const value = (spotMove: number, volShift = 0): number =>
        valueUnder(option, { spotMove, volShift }) ?? 0;
      const found = optionExposure(option);
      const step = 0.005;
      const [up, down, now] = [value(step), value(-step), value(0)];
      // Money of a unit for a move of the spot by 1 %.
      expect(found?.delta).toBeCloseTo((up - down) / (2 * step * basis.underlyingPrice), 2);
      expect(found?.gammaDollar1Pct).toBeCloseTo(((up - 2 * now + down) / step ** 2) * 0.01, 1);
      expect(found?.vegaPerVolPoint).toBeCloseTo((value(0, 0.005) - value(0, -0.005)) / 1, 3);
      expect(found?.thetaPerDay ?? 0).toBeLessThan(0);
    },
  );

  it('has none once no time is left', () => {
    expect(optionExposure({ ...basis, timeToExpiry: 0, optionType: 'put', strike: 100 })).toBeNull();
  });
});
