import { describe, expect, it } from 'vitest';
import { fillReport, matchFills, type FillRow, type SentLeg } from '../../../shared/quant/hedge/fills.ts';

const call: SentLeg = {
  legId: 'sell:1',
  contract: 'ACME 2026-12-18 105 C',
  symbol: 'ACME',
  side: 'sell',
  quantity: 10,
  multiplier: 100,
  limit: 1.25,
  mid: 1.3,
};
const put: SentLeg = {
  legId: 'buy:1',
  contract: 'SPXW 2026-12-18 4900 P',
  symbol: 'SPX',
  side: 'buy',
  quantity: 2,
  multiplier: 100,
  limit: 55.3,
  mid: 55,
};
const legs = [call, put];
const fill = (changes: Partial<FillRow> = {}): FillRow => ({
  line: 2,
  contract: call.contract,
  side: 'sell',
  quantity: 4,
  price: 1.27,
  commission: 2.6,
  tradedAt: '2026-11-23T15:00:00Z',
  ...changes,
});
const match = (
  fills: readonly FillRow[],
  knownKeys: readonly string[] = [],
  filled: readonly (readonly [string, number])[] = [],
) => matchFills({ legs, fills, knownKeys: new Set(knownKeys), filled: new Map(filled) });

describe('matchFills', () => {
  it('puts executions to legs by contract and side', () => {
    const found = match([fill(), fill({ line: 3, contract: put.contract, side: 'buy', quantity: 2 })]);
    expect(found.matched.map(({ legId, quantity }) => [legId, quantity])).toEqual([
      ['sell:1', 4],
      ['buy:1', 2],
    ]);
    expect(found.refused).toEqual([]);
  });

  it('knows an index option by its underlying where a broker leaves out the root', () => {
    const [first] = match([fill({ contract: 'SPX 2026-12-18 4900 P', side: 'buy', quantity: 1 })]).matched;
    expect(first?.legId).toBe('buy:1');
  });

  it('counts two equal executions of one file as two, and the file read again as none', () => {
    const twice = [fill({ quantity: 3 }), fill({ line: 3, quantity: 3 })];
    const first = match(twice);
    expect(first.matched).toHaveLength(2);
    const again = match(
      twice,
      first.matched.map(({ key }) => key),
      [['sell:1', 6]],
    );
    expect(again).toMatchObject({ matched: [], duplicates: 2, refused: [] });
  });

  it('refuses what fits no leg, the other side, and more than is open, each by its line', () => {
    const found = match([
      fill({ line: 2, contract: 'ACME 2026-12-18 110 C' }),
      fill({ line: 3, side: 'buy' }),
      fill({ line: 4, quantity: 8 }),
      fill({ line: 5, quantity: 3 }),
      fill({ line: 6, quantity: 2 }),
    ]);
    expect(found.matched.map(({ line }) => line)).toEqual([4, 6]);
    expect(found.refused).toEqual([
      { line: 2, contract: 'ACME 2026-12-18 110 C', reason: 'no leg is ACME 2026-12-18 110 C' },
      {
        line: 3,
        contract: call.contract,
        reason: 'the leg ACME 2026-12-18 105 C was sent to sell, not to buy',
      },
      { line: 5, contract: call.contract, reason: '3 are more than the 2 open of 10 sent' },
    ]);
  });
});

describe('fillReport', () => {
  it('counts slippage against limit and middle, worse as more, for either side', () => {
    const report = fillReport(legs, [
      { legId: 'sell:1', quantity: 4, price: 1.27, commission: 2 },
      { legId: 'sell:1', quantity: 6, price: 1.22, commission: 3 },
      { legId: 'buy:1', quantity: 1, price: 55.5, commission: 1 },
    ]);
    const [sold, bought] = report.legs;
    expect(sold).toMatchObject({ ordered: 10, filled: 10, open: 0, commission: 5 });
    expect(sold?.averagePrice).toBeCloseTo(1.24, 12);
    expect(sold?.slippageToLimit).toBeCloseTo(0.01, 12);
    expect(sold?.slippageToMidMoney).toBeCloseTo(60, 9);
    expect(bought).toMatchObject({ filled: 1, open: 1 });
    expect(bought?.slippageToLimit).toBeCloseTo(0.2, 12);
    expect(bought?.slippageToMidMoney).toBeCloseTo(50, 9);
    expect(report.slippageToLimitMoney).toBeCloseTo(10 + 20, 9);
    expect(report.premium).toBeCloseTo(1240 - 5550, 9);
    expect(report).toMatchObject({ state: 'part-filled', commission: 6 });
  });

  it('is filled only when every leg is', () => {
    expect(fillReport(legs, []).state).toBe('exported');
    expect(
      fillReport(legs, [
        { legId: 'sell:1', quantity: 10, price: 1.25, commission: 0 },
        { legId: 'buy:1', quantity: 2, price: 55.3, commission: 0 },
      ]),
    ).toMatchObject({ state: 'filled', slippageToLimitMoney: 0 });
  });
});
