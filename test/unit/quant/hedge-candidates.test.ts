import { describe, expect, test } from 'vitest';
import {
  candidatesOf,
  tradePrice,
  type CandidateFilters,
  type OptionRow,
} from '../../../shared/quant/hedge/candidates.ts';
import { scoreCandidates } from '../../../shared/quant/hedge/score.ts';

const good: OptionRow = {
  id: 'A 100 call',
  symbol: 'A',
  optionType: 'call',
  expiry: '2026-04-28',
  strike: 100,
  bid: 2,
  ask: 2.2,
  vol: 0.33,
  delta: 0.3,
  atmVol: 0.3,
  fitVol: 0.32,
  historicalVol: 0.22,
  openInterest: 500,
  isStale: false,
  isAdjusted: false,
};
const filters: CandidateFilters = { deltaRange: [0.05, 0.6], minOpenInterest: 100, maxSpreadFraction: 0.6 };
const sell = (
  row: Partial<OptionRow>,
  more: Partial<CandidateFilters> = {},
): ReturnType<typeof candidatesOf> =>
  candidatesOf({ rows: [{ ...good, ...row }], side: 'sell', filters: { ...filters, ...more } });

describe('candidatesOf', () => {
  test('carries the numbers of both sets', () => {
    const [candidate] = sell({}).candidates;
    expect(candidate!.skewPremium).toBeCloseTo(0.1, 14);
    expect(candidate!.fitPremium).toBeCloseTo(0.03125, 14);
    expect(candidate!.impliedToHistorical).toBeCloseTo(1.5, 14);
    expect(candidate!.price).toBe(2);
    expect(candidate!.limit).toBeNull();
  });

  test.each([
    ['adjusted', { isAdjusted: true }, {}],
    ['excluded', {}, { excludeContracts: ['A 100 call'] }],
    ['no-bid', { bid: 0 }, {}],
    ['no-bid', { bid: null }, {}],
    ['no-ask', { ask: null }, {}],
    ['crossed', { bid: 2.3 }, {}],
    ['stale', { isStale: true }, {}],
    ['no-volatility', { vol: null }, {}],
    ['delta', { delta: 0.61 }, {}],
    ['delta', { delta: 0.04 }, {}],
    ['spread', { bid: 1, ask: 2.2 }, {}],
    ['open-interest', { openInterest: 99 }, {}],
    ['open-interest', { openInterest: null }, {}],
    ['premium', {}, { minPremium: 2.01 }],
  ] as const)('counts %s', (filter, row, more) => {
    const result = sell(row, more);
    expect(result.candidates).toEqual([]);
    expect(result.filtered).toEqual({ [filter]: 1 });
    expect(result.rejected).toEqual([{ id: 'A 100 call', filter }]);
  });

  test('a put to buy may have a zero bid, and its delta counts by size', () => {
    const rows = [{ ...good, optionType: 'put' as const, bid: 0, ask: 0.05, delta: -0.06 }];
    expect(
      candidatesOf({ rows, side: 'buy', filters: { ...filters, maxSpreadFraction: 2 } }).candidates,
    ).toHaveLength(1);
  });

  test('open interest can limit the contracts', () => {
    expect(sell({}, { maxOpenInterestShare: 0.05 }).candidates[0]!.limit).toBe(25);
  });

  test('trades at the far side, or part of the way to mid', () => {
    const quote = { bid: 2, ask: 3 };
    expect(tradePrice({ ...quote, side: 'sell', spreadShare: 0 })).toBe(2);
    expect(tradePrice({ ...quote, side: 'buy', spreadShare: 0 })).toBe(3);
    expect(tradePrice({ ...quote, side: 'sell', spreadShare: 0.5 })).toBe(2.5);
    expect(tradePrice({ ...quote, side: 'buy', spreadShare: 0.25 })).toBe(2.75);
  });
});

describe('scoreCandidates', () => {
  const candidates = [
    { id: 'a', skewPremium: 0.1, impliedToHistorical: 1.0 },
    { id: 'b', skewPremium: 0.2, impliedToHistorical: 1.5 },
    { id: 'c', skewPremium: -0.1, impliedToHistorical: 2.0 },
    { id: 'd', skewPremium: null, impliedToHistorical: 1.5 },
  ];
  test('all weight on one number ranks by that number', () => {
    const bySkew = scoreCandidates({ candidates, balance: 1 });
    expect(['b', 'a', 'd', 'c'].map((id) => bySkew.get(id)!.rank)).toEqual([1, 2, 3, 4]);
    const byRatio = scoreCandidates({ candidates, balance: 0 });
    expect(['c', 'b', 'd', 'a'].map((id) => byRatio.get(id)!.rank)).toEqual([1, 2, 3, 4]);
  });
  test('standardizes: scores of all candidates that have both average 0', () => {
    const scores = [...scoreCandidates({ candidates: candidates.slice(0, 3), balance: 0.3 }).values()];
    expect(scores.reduce((sum, s) => sum + s.score, 0)).toBeCloseTo(0, 12);
    expect(scores.reduce((sum, s) => sum + s.skewZ! ** 2, 0) / 3).toBeCloseTo(1, 12);
  });
  test('says which sets a candidate belongs to', () => {
    const scores = scoreCandidates({ candidates, balance: 0.5 });
    expect(scores.get('a')).toMatchObject({ inFirstSet: true, inSecondSet: false });
    expect(scores.get('c')).toMatchObject({ inFirstSet: false, inSecondSet: true });
    expect(scores.get('d')).toMatchObject({ inFirstSet: false, inSecondSet: true, skewZ: null });
  });
  test('equal numbers have no spread and follow their ids', () => {
    const same = ['y', 'x'].map((id) => ({ id, skewPremium: 0.1, impliedToHistorical: 1.2 }));
    const scores = scoreCandidates({ candidates: same, balance: 0.5 });
    expect([scores.get('x'), scores.get('y')].map((s) => [s!.score, s!.rank])).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });
});
