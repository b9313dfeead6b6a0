import { describe, expect, it } from 'vitest';
import { flatSmile, type ExpiryMarket, type NameMarket } from '../../../../shared/quant/scenario/book.ts';
import { impliedYield, rateOf } from '../../../../shared/quant/scenario/carry.ts';
import { overrideMarket } from '../../../../shared/quant/scenario/override-market.ts';
import { atmVolOf, volAtStrike } from '../../../../shared/quant/scenario/smile-layers.ts';

const expiry = (date: string, timeToExpiry: number, vol: number, root = 'X'): ExpiryMarket => {
  const forward = 100 * Math.exp(0.02 * timeToExpiry);
  return {
    key: `${date}:${root}`,
    expiry: date,
    settlement: 'PM',
    timeToExpiry,
    forward,
    discountFactor: Math.exp(-0.03 * timeToExpiry),
    smile: { ...flatSmile({ vol, timeToExpiry, forward }), b: 0.05 * timeToExpiry, rho: -0.6, sigma: 0.2 },
    smileReason: null,
    layers: [],
  };
};
const name: NameMarket = {
  symbol: 'X',
  spot: 100,
  exercise: 'european',
  calendar: 'NYSE',
  expiries: [
    expiry('2026-12-18', 0.08, 0.2),
    expiry('2026-12-18', 0.08, 0.2, 'XW'),
    expiry('2027-03-19', 0.33, 0.22),
    expiry('2027-06-18', 0.58, 0.24),
  ],
  rate: 0.03,
  dividends: [],
  dividendTreatment: 'yield',
  betas: {},
};
const book = { asOf: '2026-11-20', names: [name, { ...name, symbol: 'Y' }], indexes: [], positions: [] };
const changed = (...overrides: Parameters<typeof overrideMarket>[1]) => {
  const found = overrideMarket(book, overrides);
  if (!found.ok) throw new Error(String(found.error.detail['reason']));
  const [x, y] = found.value.names;
  if (x === undefined || y === undefined) throw new Error('both names stay');
  expect(y).toEqual(book.names[1]);
  return x;
};
const of = (
  input: 'spot' | 'vol' | 'volShift' | 'dividendYield' | 'rate',
  value: number,
  date: string | null = null,
) => ({ symbol: 'X', input, expiry: date, value }) as const;

describe('overrideMarket', () => {
  it('gives the book itself where nothing is overridden', () => {
    expect(overrideMarket(book, [])).toEqual({ ok: true, value: book });
  });

  it('sets at-the-money volatility exactly, and the smile keeps its shape around it', () => {
    const x = changed(of('vol', 0.3));
    for (const [at, one] of x.expiries.entries()) {
      expect(atmVolOf(one)).toBeCloseTo(0.3, 12);
      const before = name.expiries[at]!;
      const skew = (market: ExpiryMarket): number => volAtStrike(market, 90)! - atmVolOf(market)!;
      expect(skew(one)).toBeCloseTo(skew(before), 12);
    }
  });

  it('sets one expiry alone, all its roots, and shifts come on top of levels', () => {
    const x = changed(of('vol', 0.4, '2026-12-18'), of('volShift', 0.01));
    expect(x.expiries.slice(0, 2).map((one) => atmVolOf(one)!.toFixed(12))).toEqual([
      '0.410000000000',
      '0.410000000000',
    ]);
    for (const at of [2, 3])
      expect(atmVolOf(x.expiries[at]!)).toBeCloseTo(atmVolOf(name.expiries[at]!)! + 0.01, 12);
  });

  it('moves the spot with every forward, the volatility of a strike staying', () => {
    const x = changed(of('spot', 90));
    expect(x.spot).toBeCloseTo(90, 12);
    for (const [at, one] of x.expiries.entries()) {
      expect(one.forward).toBeCloseTo(0.9 * name.expiries[at]!.forward, 10);
      expect(volAtStrike(one, 95)).toBeCloseTo(volAtStrike(name.expiries[at]!, 95)!, 14);
    }
  });

  it('sets rate and yield at every expiry, one leaving the other', () => {
    const rated = changed(of('rate', 0.05));
    for (const one of rated.expiries) {
      expect(rateOf(one)).toBeCloseTo(0.05, 12);
      expect(impliedYield(100, one)).toBeCloseTo(0.01, 12);
    }
    const yielding = changed(of('dividendYield', 0.04));
    for (const one of yielding.expiries) {
      expect(rateOf(one)).toBeCloseTo(0.03, 12);
      expect(one.forward).toBeCloseTo(100 * Math.exp(-0.01 * one.timeToExpiry), 10);
    }
  });

  it.each([
    [of('spot', 0), 'the spot of X is 0 and must be above 0'],
    [of('vol', -0.2), 'the volatility of X is -0.2 and must be above 0'],
    [of('vol', 0.2, '2026-12-19'), 'X has no expiry on 2026-12-19 in the frozen market'],
    [{ ...of('spot', 1), symbol: 'Z' }, 'Z is not in the frozen market'],
    [of('rate', Number.NaN), 'the rate of X is NaN'],
  ])('refuses %o', (override, reason) => {
    expect(overrideMarket(book, [override])).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', detail: { reason } },
    });
  });
});
