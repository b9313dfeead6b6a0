import { describe, expect, test } from 'vitest';
import {
  sizeDispersionTrade,
  type DispersionWeighting,
} from '../../../shared/quant/dispersion/dispersion-trade.ts';

const index = { symbol: 'I', vegaPerVolPoint: 1000, thetaPerDay: -400, gammaDollar1Pct: 9000 };
const components = [
  { symbol: 'A', weight: 0.3, vegaPerVolPoint: 12, thetaPerDay: -7, gammaDollar1Pct: 80 },
  { symbol: 'B', weight: 0.1, vegaPerVolPoint: 5, thetaPerDay: -2, gammaDollar1Pct: 30 },
];
const size = (weighting: DispersionWeighting, side: 'dispersion' | 'reverse' = 'dispersion') => {
  const result = sizeDispersionTrade({ side, weighting, index, indexContracts: 50, components });
  if (!result.ok) throw new Error(String(result.error.detail['reason']));
  return result.value;
};

describe('sizeDispersionTrade', () => {
  test.each(['vega', 'theta', 'gamma'] as const)(
    '%s-weighted: that exposure nets out to half a contract each',
    (weighting) => {
      const { net, components: sized } = size(weighting);
      const [own, most] = {
        vega: [net.vegaPerVolPoint, 6 + 2.5],
        theta: [net.thetaPerDay, 3.5 + 1],
        gamma: [net.gammaDollar1Pct, 40 + 15],
      }[weighting];
      expect(Math.abs(own!)).toBeLessThanOrEqual(most!);
      // Vega is shared three to one, as the weights are.
      expect((sized[0]!.exact * 12) / (sized[1]!.exact * 5)).toBeCloseTo(3, 10);
    },
  );

  test('vega-weighted contracts are the index vega by weight over the own vega', () => {
    const { index: sold, components: bought } = size('vega');
    expect(sold.contracts).toBe(-50);
    expect(bought.map(({ contracts }) => contracts)).toEqual([3125, 2500]);
  });

  test('the reverse trade is the mirror', () => {
    expect(size('theta', 'reverse').components.map(({ exact }) => -exact)).toEqual(
      size('theta').components.map(({ exact }) => exact),
    );
    expect(size('theta', 'reverse').index.contracts).toBe(50);
  });

  test('says what it cannot weigh by', () => {
    const none = sizeDispersionTrade({
      side: 'dispersion',
      weighting: 'theta',
      index: { ...index, thetaPerDay: 0 },
      indexContracts: 5,
      components,
    });
    expect(none.ok ? '' : none.error.detail['reason']).toBe('I has no theta to weigh by');
    expect(
      sizeDispersionTrade({ side: 'dispersion', weighting: 'vega', index, indexContracts: 5, components: [] })
        .ok,
    ).toBe(false);
  });
});
