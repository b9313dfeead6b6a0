import { describe, expect, test } from 'vitest';
import { rightRisk } from '../../../shared/quant/contracts/option-on-forward-start-risk.ts';
import { priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';
import type { ForwardStartPayoff } from '../../../shared/quant/contracts/forward-start-terms.ts';

const straddle: ForwardStartPayoff = { optionType: 'straddle', family: 'relative', power: 1 };
const market = { timeToStart: 0.5, timeToEnd: 0.75, volToStart: 0.2, carryFactor: 1, discountFactor: 0.98 };

describe('rightRisk', () => {
  test('of a right sure to be used has the contract’s own vega and no delta', () => {
    const contract = priceBeforeFixing({ payoff: straddle, market: { ...market, vol: 0.3 } });
    const right = rightRisk({
      option: { optionType: 'call', contractStrike: 0, timeToExpiry: 0.25 },
      payoff: straddle,
      at: { phase: 'beforeFixing', market },
      vol: 0.3,
    });
    if (!contract.ok || !right.ok) throw new Error('no price');
    expect(right.value.price).toBeCloseTo(contract.value.price, 12);
    expect(right.value.vegaPerVol / contract.value.vegaPerVol).toBeCloseTo(1, 6);
    expect(right.value.deltaForward).toBe(0);
  });

  test('of an absolute contract moves with the level as Black on it does', () => {
    const payoff: ForwardStartPayoff = { optionType: 'call', family: 'absolute', power: 1 };
    const contract = priceBeforeFixing({ payoff, market: { ...market, forward: 100, vol: 0.3 } });
    if (!contract.ok) throw new Error('no price');
    const right = rightRisk({
      option: {
        optionType: 'call',
        contractStrike: contract.value.price,
        timeToExpiry: 0.25,
        volToExpiry: 0.2,
      },
      payoff,
      at: { phase: 'beforeFixing', market: { ...market, forward: 100 } },
      vol: 0.3,
    });
    if (!right.ok) throw new Error('no price');
    // At the money forward the delta is near half of the contract's, and gamma is positive.
    const share = right.value.deltaForward / contract.value.deltaForward;
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.6);
    expect(right.value.gammaForward).toBeGreaterThan(0);
    expect(right.value.vegaToStartPerVol).toBeGreaterThan(0);
    expect(right.value.thetaPerYear).toBeLessThan(0);
  });

  test('says what the price of the right says', () => {
    const late = rightRisk({
      option: { optionType: 'call', contractStrike: 0.1, timeToExpiry: 0.9 },
      payoff: straddle,
      at: { phase: 'beforeFixing', market },
      vol: 0.3,
    });
    expect(late).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});
