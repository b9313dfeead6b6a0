import { describe, expect, test } from 'vitest';
import { preTradeChecks, type CheckedLeg } from '../../../shared/quant/hedge/checks.ts';

const call: CheckedLeg = {
  legId: 'c1',
  label: 'A 28 Apr 100 call',
  side: 'sell',
  symbol: 'A',
  quantity: 3,
  multiplier: 100,
  limitPrice: 2,
  bid: 2,
  ask: 2.2,
  isStale: false,
  isModelQuote: false,
  openInterest: 500,
};
const put: CheckedLeg = {
  ...call,
  legId: 'p1',
  label: 'I 28 Apr 400 put',
  side: 'buy',
  symbol: 'I',
  limitPrice: 2.2,
};
const settings = { holdings: [{ symbol: 'A', shares: 350 }] };
const failing = (leg: Partial<CheckedLeg>, more = {}): readonly string[] =>
  preTradeChecks([{ ...call, ...leg }, put], { ...settings, ...more })
    .filter(({ passed }) => !passed)
    .map(({ check }) => check);

describe('preTradeChecks', () => {
  test('all are listed and all pass for a clean package', () => {
    const checks = preTradeChecks([call, put], settings);
    expect(checks.map(({ check }) => check)).toEqual([
      'crossed',
      'zero-bid',
      'one-sided',
      'stale',
      'model-quote',
      'naked',
      'oversell',
      'from-market',
      'tick',
      'size',
      'early-exercise',
      'value',
    ]);
    expect(checks.every(({ passed, legIds }) => passed && legIds.length === 0)).toBe(true);
  });

  test.each([
    ['crossed', { bid: 2.3 }, {}],
    ['stale', { isStale: true }, {}],
    ['model-quote', { isModelQuote: true }, {}],
    ['naked', { symbol: 'B' }, {}],
    ['oversell', { quantity: 4 }, {}],
    ['from-market', { limitPrice: 1.5 }, {}],
    ['tick', { limitPrice: 2.02 }, {}],
    ['size', { openInterest: 20 }, {}],
    ['value', {}, { maxLegValue: 650 }],
  ] as const)('%s is caught', (check, leg, more) => {
    expect(failing(leg, more)).toContain(check);
  });

  test('an option that nobody bids for, or with one side missing, blocks', () => {
    expect(failing({ bid: 0 })).toEqual(['zero-bid']);
    expect(failing({ bid: null })).toEqual(['zero-bid']);
    expect(failing({ ask: null })).toEqual(['one-sided']);
    const blind = preTradeChecks([{ ...put, bid: null }], settings).find(
      ({ check }) => check === 'one-sided',
    );
    expect(blind).toMatchObject({ passed: false, severity: 'blocking', legIds: ['p1'] });
  });

  test('calls sold before use up shares, and the sentence has the numbers', () => {
    const checks = preTradeChecks([call], { holdings: [{ symbol: 'A', shares: 350, callsShort: 1 }] });
    expect(checks.find(({ check }) => check === 'oversell')).toMatchObject({
      passed: false,
      sentence: 'More calls than shares: A needs 400 shares and holds 350. Sell fewer.',
    });
  });

  test('a rejected leg is not checked', () => {
    expect(preTradeChecks([{ ...call, quantity: 0, bid: 9 }], settings).every(({ passed }) => passed)).toBe(
      true,
    );
  });
});
