import { describe, expect, it } from 'vitest';
import { yearsToExpiry } from '../../../shared/calendar.ts';
import { americanGreeks, americanPrice } from '../../../shared/quant/american/american.ts';
import { analyzeChain } from '../../../shared/quant/chain/chain-analysis.ts';
import type { ChainInput, SideQuotes } from '../../../shared/quant/chain/chain-input.ts';
import type { OptionType } from '../../../shared/units.ts';

const spot = 100;
const rate = 0.05;
const dividendYield = 0.01;
const expiry = '2022-08-19';
const timeToExpiry = yearsToExpiry({
  calendar: 'NYSE',
  asOf: '2022-02-04',
  quotedAt: null,
  expiry,
  settlement: 'PM',
});
const strikes = Array.from({ length: 17 }, (_, i) => 80 + 2.5 * i);
const volOf = (strike: number): number => 0.25 - 0.1 * Math.log(strike / spot);
const optionOf = (optionType: OptionType, strike: number) =>
  ({ optionType, spot, strike, timeToExpiry, rate, dividendYield, vol: volOf(strike) }) as const;

function sideOf(type: OptionType): SideQuotes {
  const prices = strikes.map((strike) => {
    const price = americanPrice(optionOf(type, strike));
    if (!price.ok) throw new Error(price.error.code);
    return price.value;
  });
  return {
    contract: strikes.map((strike) => `${type}${strike}`),
    bid: prices.map((price) => price - 0.02),
    ask: prices.map((price) => price + 0.02),
    last: prices,
    settlement: prices.map(() => null),
    volume: prices.map(() => 1),
    openInterest: prices.map(() => 1),
    excluded: prices.map(() => false),
  };
}
const input: ChainInput = {
  symbol: 'KO',
  asOf: '2022-02-04',
  quotedAt: null,
  spot,
  exercise: 'american',
  mark: 'mid',
  calendar: 'NYSE',
  futures: [],
  rates: { points: [{ timeToExpiry: 1, rate }], source: 'Treasury curve' },
  expiries: [
    {
      key: `${expiry}:KO`,
      expiry,
      root: 'KO',
      settlement: 'PM',
      multiplier: 100,
      strikes,
      call: sideOf('call'),
      put: sideOf('put'),
    },
  ],
};

describe('an American chain', () => {
  const [one] = analyzeChain(input).expiries;
  const forward = spot * Math.exp((rate - dividendYield) * timeToExpiry);

  it('has its forward after early exercise is taken out of the pairs, and says so', () => {
    expect(Math.abs(one!.forward! / forward - 1)).toBeLessThan(2e-4);
    expect(one!.forwardNote).toContain('Early exercise taken out of the pairs.');
    const asEuropean = analyzeChain({ ...input, exercise: 'european' }).expiries[0]!;
    expect(Math.abs(asEuropean.forward! / forward - 1)).toBeGreaterThan(1e-3);
  });

  it('recovers the volatility of each option, in the money puts included', () => {
    for (const type of ['call', 'put'] as const)
      for (const [i, strike] of strikes.entries()) {
        const vol = one!.rows![type].markVol[i];
        // Deep in the money a hundredth of vega is left: the forward's last digits move the volatility.
        if (vol === null || (type === 'put' && strike > 115)) continue;
        expect(Math.abs(vol! - volOf(strike)), `${type} ${strike}`).toBeLessThan(0.002);
      }
    const european = analyzeChain({ ...input, exercise: 'european' }).expiries[0]!;
    const i = strikes.indexOf(115);
    expect(european.rows!.put.markVol[i]! - volOf(115)).toBeGreaterThan(0.01);
  });

  it('has the greeks of early exercise where it matters', () => {
    const i = strikes.indexOf(115);
    const greeks = americanGreeks(optionOf('put', 115));
    if (!greeks.ok) throw new Error(greeks.error.code);
    expect(one!.rows!.put.delta[i]).toBeCloseTo(greeks.value.deltaSpot, 2);
    expect(one!.rows!.put.vegaPerVolPoint[i]).toBeCloseTo(greeks.value.vegaPerVol / 100, 2);
    expect(one!.rows!.put.rhoPerBasisPoint[i]).toBeLessThan(0);
    const [bid, mark, ask] = [
      one!.rows!.put.bidVol[i]!,
      one!.rows!.put.markVol[i]!,
      one!.rows!.put.askVol[i]!,
    ];
    expect(bid).toBeLessThan(mark);
    expect(mark).toBeLessThan(ask);
  });

  it('blanks a put worth no more than its exercise value, with that reason', () => {
    const put = input.expiries[0]!.put;
    const at = strikes.length - 1;
    const deep = { ...put, bid: put.bid.with(at, 19.9), ask: put.ask.with(at, 20.1) };
    const chain = analyzeChain({ ...input, expiries: [{ ...input.expiries[0]!, put: deep }] });
    expect(chain.expiries[0]!.rows!.put.markVol[at]).toBeNull();
    expect(chain.expiries[0]!.rows!.put.reason[at]).toMatch(/price 20 is no more than its exercise value/);
  });

  it('falls back to European formulas without a spot, and says so', () => {
    const blind = analyzeChain({ ...input, spot: null }).expiries[0]!;
    expect(blind.forwardNote).toContain('Without a spot');
    expect(blind.rows!.call.markVol[4]).toBeGreaterThan(0.2);
  });
});
