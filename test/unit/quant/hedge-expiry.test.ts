import { describe, expect, it } from 'vitest';
import {
  allowedOutcomes,
  endingOf,
  proposeEnding,
  type ExpiringOption,
} from '../../../shared/quant/hedge/expiry-outcome.ts';

const call = (quantity: number, delivery: 'physical' | 'cash' = 'physical'): ExpiringOption => ({
  optionType: 'call',
  strike: 100,
  quantity,
  multiplier: 100,
  delivery,
});
const put = (quantity: number, delivery: 'physical' | 'cash' = 'physical'): ExpiringOption => ({
  ...call(quantity, delivery),
  optionType: 'put',
});

describe('proposeEnding', () => {
  it('assigns calls sold in the money: shares go at the strike', () => {
    expect(proposeEnding(call(-3), 107)).toMatchObject({
      outcome: 'assignment',
      stockQuantity: -300,
      cash: 30_000,
      intrinsic: 7,
      isPinned: false,
    });
  });

  it('exercises what is held, and takes or delivers by the kind of option', () => {
    expect(proposeEnding(call(2), 107)).toMatchObject({
      outcome: 'exercise',
      stockQuantity: 200,
      cash: -20_000,
    });
    expect(proposeEnding(put(2), 90)).toMatchObject({
      outcome: 'exercise',
      stockQuantity: -200,
      cash: 20_000,
    });
    expect(proposeEnding(put(-2), 90)).toMatchObject({
      outcome: 'assignment',
      stockQuantity: 200,
      cash: -20_000,
    });
  });

  it('settles an index in cash by the difference, and nothing moves out of the money', () => {
    expect(proposeEnding(put(5, 'cash'), 92.5)).toMatchObject({
      outcome: 'cash-settlement',
      stockQuantity: 0,
      cash: 5 * 100 * 7.5,
    });
    expect(proposeEnding(call(-5, 'cash'), 101)).toMatchObject({ outcome: 'cash-settlement', cash: -500 });
    expect(proposeEnding(put(5, 'cash'), 100.01)).toMatchObject({ outcome: 'worthless', cash: 0 });
  });

  it('is exercised from one cent on, and says where it is pinned', () => {
    expect(proposeEnding(call(1), 100.009)).toMatchObject({ outcome: 'worthless', isPinned: true });
    expect(proposeEnding(call(1), 100.01)).toMatchObject({ outcome: 'exercise', isPinned: true });
    expect(proposeEnding(call(1), 100.1).reason).toMatch(/a holder may do otherwise/);
    expect(proposeEnding(call(1), 101).isPinned).toBe(false);
  });

  it('is worth what physical delivery and a cash settlement have in common: the intrinsic value', () => {
    for (const option of [call(-3), call(4), put(-2), put(6)]) {
      for (const price of [80, 99, 100, 101, 130]) {
        const physical = proposeEnding(option, price);
        const cash = proposeEnding({ ...option, delivery: 'cash' }, price);
        expect(physical.cash + physical.stockQuantity * price).toBeCloseTo(cash.cash, 8);
      }
    }
  });
});

describe('endingOf', () => {
  it('needs a price for cash alone', () => {
    expect(endingOf(call(1, 'cash'), { outcome: 'cash-settlement', settlementPrice: null })).toBeNull();
    expect(endingOf(call(-1), { outcome: 'assignment', settlementPrice: null })).toEqual({
      stockQuantity: -100,
      cash: 10_000,
    });
  });

  it('allows what side and delivery allow', () => {
    expect(allowedOutcomes(call(-1))).toEqual(['assignment', 'worthless']);
    expect(allowedOutcomes(call(1))).toEqual(['exercise', 'worthless']);
    expect(allowedOutcomes(put(1, 'cash'))).toEqual(['cash-settlement', 'worthless']);
  });
});
