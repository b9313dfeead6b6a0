import { describe, expect, test } from 'vitest';
import { priceOptionOnForwardStart } from '../../../shared/quant/contracts/option-on-forward-start.ts';
import type {
  ForwardStartOption,
  UnderlyingContract,
} from '../../../shared/quant/contracts/option-on-forward-start.ts';
import { priceBeforeFixing } from '../../../shared/quant/contracts/forward-start.ts';

const price = (option: ForwardStartOption, contract: UnderlyingContract): number => {
  const result = priceOptionOnForwardStart({ option, contract });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.price;
};
const market = {
  timeToStart: 0.5,
  timeToEnd: 0.75,
  vol: 0.3,
  volToStart: 0.25,
  forward: 100,
  carryFactor: 1.01,
  discountFactor: 0.97,
};
const straddle = { optionType: 'straddle', family: 'absolute', power: 1 } as const;

describe('priceOptionOnForwardStart', () => {
  test('keeps parity: call less put is today’s value less the discounted strike', () => {
    for (const payoff of [
      straddle,
      { ...straddle, power: 2 as const },
      { ...straddle, strikeOffset: 3 },
      { ...straddle, optionType: 'call' as const, family: 'relative' as const },
    ]) {
      const contract: UnderlyingContract = { phase: 'beforeFixing', payoff, market };
      const today = priceBeforeFixing(contract);
      if (!today.ok) throw new Error('contract');
      const contractStrike = 0.9 * today.value.price;
      const option = { contractStrike, timeToExpiry: 0.3, volToExpiry: 0.2, discountFactor: 0.985 };
      const difference =
        price({ ...option, optionType: 'call' }, contract) -
        price({ ...option, optionType: 'put' }, contract);
      const parity = today.value.price - 0.985 * contractStrike;
      expect(Math.abs(difference / parity - 1)).toBeLessThan(1e-11);
    }
  });

  test('is the payoff on a certain value for a relative contract without a volatility of volatility', () => {
    const payoff = { optionType: 'call', family: 'relative', power: 1 } as const;
    const contract: UnderlyingContract = {
      phase: 'beforeFixing',
      payoff,
      market: { ...market, discountFactor: 1 },
    };
    const today = priceBeforeFixing(contract);
    const option = { optionType: 'call', contractStrike: 0.05, timeToExpiry: 0.3 } as const;
    expect(price(option, contract)).toBeCloseTo((today.ok ? today.value.price : Number.NaN) - 0.05, 15);
    expect(price({ ...option, contractStrike: 1 }, contract)).toBe(0);
  });

  test('with a strike of 0 is the contract itself', () => {
    const contract: UnderlyingContract = { phase: 'beforeFixing', payoff: { ...straddle, power: 2 }, market };
    const today = priceBeforeFixing(contract);
    const got = price(
      { optionType: 'call', contractStrike: 0, timeToExpiry: 0.2, volToExpiry: 0.2 },
      contract,
    );
    expect(got / (today.ok ? today.value.price : Number.NaN)).toBeCloseTo(1, 13);
  });

  test('reports an expiry after the fixing, and more variance near than far', () => {
    const contract: UnderlyingContract = { phase: 'beforeFixing', payoff: { ...straddle, power: 2 }, market };
    const option = { optionType: 'call', contractStrike: 1, timeToExpiry: 0.6, volToExpiry: 0.2 } as const;
    const late = priceOptionOnForwardStart({ option, contract });
    expect(late.ok ? '' : late.error.code).toBe('invalid-input');
    const crossed = priceOptionOnForwardStart({
      option: { ...option, timeToExpiry: 0.4, volToExpiry: 0.5 },
      contract,
    });
    expect(crossed.ok ? '' : crossed.error.code).toBe('negative-forward-variance');
  });
});
