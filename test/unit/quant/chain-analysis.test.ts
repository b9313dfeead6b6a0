import { describe, expect, it } from 'vitest';
import { yearsToExpiry } from '../../../shared/calendar.ts';
import { blackGreeks, blackPrice } from '../../../shared/quant/european/black.ts';
import { ratesImpliedBy } from '../../../shared/quant/chain/chain-forward.ts';
import { analyzeChain } from '../../../shared/quant/chain/chain-analysis.ts';
import type { ChainInput, ExpiryQuotes, SideQuotes } from '../../../shared/quant/chain/chain-input.ts';
import type { OptionType } from '../../../shared/units.ts';

const spot = 4500;
const rate = 0.02;
const dividendYield = 0.01;
const asOf = '2022-02-04';
const smileOf = (strike: number): number =>
  0.2 - 0.25 * Math.log(strike / spot) + 0.4 * Math.log(strike / spot) ** 2;
const timeOf = (expiry: string): number =>
  yearsToExpiry({ calendar: 'NYSE', asOf, quotedAt: null, expiry, settlement: 'PM' });
const strikes = Array.from({ length: 61 }, (_, i) => 3750 + 25 * i);
const optionOf = (expiry: string, optionType: OptionType, strike: number) => {
  const timeToExpiry = timeOf(expiry);
  return {
    optionType,
    forward: spot * Math.exp((rate - dividendYield) * timeToExpiry),
    strike,
    timeToExpiry,
    vol: smileOf(strike),
    discountFactor: Math.exp(-rate * timeToExpiry),
  };
};

function sideOf(expiry: string, type: OptionType): SideQuotes {
  const prices = strikes.map((strike) => blackPrice(optionOf(expiry, type, strike)));
  return {
    contract: strikes.map((strike) => `${expiry}-${type}-${strike}`),
    bid: prices.map((price) => Math.max(0, price - 0.2)),
    ask: prices.map((price) => price + 0.2),
    last: prices.map((price) => price + 0.1),
    settlement: prices,
    volume: prices.map(() => 10),
    openInterest: prices.map(() => 1000),
    excluded: prices.map(() => false),
  };
}
const expiryOf = (expiry: string): ExpiryQuotes => ({
  key: `${expiry}:SPXW`,
  expiry,
  root: 'SPXW',
  settlement: 'PM',
  multiplier: 100,
  strikes,
  call: sideOf(expiry, 'call'),
  put: sideOf(expiry, 'put'),
});
const input: ChainInput = {
  symbol: 'SPX',
  asOf,
  quotedAt: null,
  spot,
  exercise: 'european',
  mark: 'mid',
  calendar: 'NYSE',
  futures: [],
  rates: null,
  expiries: [expiryOf('2022-04-14'), expiryOf('2022-02-25'), expiryOf('2022-03-18')],
};
const withSide = (
  change: (side: SideQuotes) => Partial<SideQuotes>,
  type: OptionType = 'put',
): ChainInput => {
  const [first] = input.expiries;
  return { ...input, expiries: [{ ...first!, [type]: { ...first![type], ...change(first![type]) } }] };
};
const at = <Value>(column: readonly Value[], index: number, value: Value): Value[] =>
  column.map((old, i) => (i === index ? value : old));

describe('the analysis of a chain', () => {
  const chain = analyzeChain(input);

  it('orders expiries by time and recovers forwards and discount factors by parity', () => {
    expect(chain.expiries.map((one) => one.expiry)).toEqual(['2022-02-25', '2022-03-18', '2022-04-14']);
    for (const one of chain.expiries) {
      const { forward, discountFactor } = optionOf(one.expiry, 'call', 4500);
      expect(one.forwardSource).toBe('parity');
      expect(one.forward).toBeCloseTo(forward, 6);
      expect(one.discountFactor).toBeCloseTo(discountFactor, 8);
      expect(one.impliedRate).toBeCloseTo(rate, 6);
      expect(one.forwardNote).toMatch(/^Put–call parity over \d+ pairs; standard error/);
    }
  });

  it('recovers each volatility and greek, spot delta and money units included', () => {
    for (const one of chain.expiries) {
      for (const type of ['call', 'put'] as const) {
        const side = one.rows![type];
        for (const [i, strike] of strikes.entries()) {
          if (side.reason[i] !== null) continue;
          const option = optionOf(one.expiry, type, strike);
          const greeks = blackGreeks(option);
          // The bid of a worthless option is cut at zero, so its middle is not its price.
          if (greeks.price < 1) continue;
          expect(side.markVol[i]).toBeCloseTo(option.vol, 4);
          expect(side.delta[i]).toBeCloseTo((greeks.deltaForward * option.forward) / spot, 4);
          expect(side.gammaDollar1Pct[i]! / ((greeks.gammaForward * option.forward ** 2) / 100)).toBeCloseTo(
            1,
            2,
          );
          expect(side.vegaPerVolPoint[i]).toBeCloseTo(greeks.vegaPerVol / 100, 2);
          expect(side.thetaPerDay[i]).toBeCloseTo(greeks.thetaPerYear / 365, 2);
        }
      }
    }
  });

  it('has a rho that agrees with moving the rate, spot held', () => {
    const [one] = chain.expiries;
    const i = strikes.indexOf(4500);
    const option = optionOf(one!.expiry, 'call', 4500);
    const h = 1e-6;
    const moved = (bump: number): number =>
      blackPrice({
        ...option,
        forward: option.forward * Math.exp(bump * option.timeToExpiry),
        discountFactor: option.discountFactor * Math.exp(-bump * option.timeToExpiry),
      });
    expect(one!.rows!.call.rhoPerBasisPoint[i]).toBeCloseTo(((moved(h) - moved(-h)) / (2 * h)) * 1e-4, 5);
  });

  it('fits every expiry inside the spread without arbitrage, and measures the skew that went in', () => {
    for (const one of chain.expiries) {
      expect(one.fit).toMatchObject({ arbitrageFree: true, note: null });
      expect(one.fit!.insideSpreadShare).toBeGreaterThan(0.97);
      expect(one.fit!.curve.vol).toHaveLength(one.fit!.curve.logMoneyness.length);
      expect(one.skew.atmVol).toBeCloseTo(smileOf(one.forward!), 3);
      expect(one.skew.slope).toBeCloseTo(-0.25, 1);
      expect(one.skew.riskReversal25).toBeLessThan(0);
    }
  });

  it('has an IV index from sixteen options and a model-free volatility beside it', () => {
    const [thirty, sixty, ninety, later] = chain.ivIndex;
    expect(thirty).toMatchObject({ termDays: 30, optionsUsed: 16 });
    expect(thirty!.vol).toBeCloseTo(0.2, 2);
    expect(sixty!.vol).toBeCloseTo(0.2, 2);
    expect(ninety!.note).toBe('One expiry alone, 69 days away: 8 of 16 options.');
    expect(later).toMatchObject({ termDays: 120, vol: null });
    expect(chain.modelFreeVol30).toBeGreaterThan(0.2);
    expect(chain.modelFreeVol30).toBeLessThan(0.23);
  });

  it('gives the rates that parity implies to chains that cannot tell them', () => {
    const rates = ratesImpliedBy(chain);
    expect(rates?.source).toBe('put–call parity of SPX');
    expect(rates?.points).toHaveLength(3);
    for (const point of rates!.points) expect(point.rate).toBeCloseTo(rate, 6);
    expect(ratesImpliedBy({ symbol: 'KO', expiries: [{ timeToExpiry: 1, impliedRate: null }] })).toBeNull();
  });

  it('is plain data: the same after a round trip through JSON', () => {
    expect(JSON.parse(JSON.stringify(chain))).toEqual(chain);
  });

  it('leaves out rows that were not asked for', () => {
    const some = analyzeChain({ ...input, rowKeys: ['2022-03-18:SPXW'] });
    expect(some.expiries.map((one) => one.rows !== null)).toEqual([false, true, false]);
    expect(some.expiries[0]!.rowCount).toBe(61);
  });
});

describe('bad quotes in a chain', () => {
  const i = strikes.indexOf(4200);
  const put = (changed: ChainInput) => analyzeChain(changed).expiries[0]!.rows!.put;

  it('blank a crossed quote with its sentence and count it', () => {
    const changed = withSide((side) => ({ bid: at(side.bid, i, 500) }));
    const side = put(changed);
    expect(side.markVol[i]).toBeNull();
    expect(side.delta[i]).toBeNull();
    expect(side.reason[i]).toMatch(/^SPX 14 Apr 2022 4200 put is crossed: bid 500 is above ask/);
    expect(analyzeChain(changed).quality.crossed).toBe(1);
  });

  it('blank a price below intrinsic with the two numbers', () => {
    const deep = strikes.length - 1;
    const side = put(withSide((one) => ({ bid: at(one.bid, deep, 10), ask: at(one.ask, deep, 12) })));
    expect(side.markVol[deep]).toBeNull();
    expect(side.reason[deep]).toContain('price 11 is below intrinsic');
  });

  it('count a zero bid, keep its mark at half the ask and give it no bid volatility', () => {
    const changed = withSide((side) => ({ bid: at(side.bid, 0, 0), ask: at(side.ask, 0, 0.1) }));
    const side = put(changed);
    expect(side.mark[0]).toBe(0.05);
    expect(side.bidVol[0]).toBeNull();
    expect(side.markVol[0]).toBeGreaterThan(0);
    expect(analyzeChain(changed).quality.zeroBid).toBe(1);
  });

  it('leave an excluded quote out of everything and say so', () => {
    const changed = withSide((side) => ({
      excluded: at(side.excluded, i, true),
      ask: at(side.ask, i, 2000),
    }));
    const side = put(changed);
    expect(side.markVol[i]).toBeNull();
    expect(side.reason[i]).toContain('is excluded by hand');
    expect(analyzeChain(changed).quality.excluded).toBe(1);
    expect(analyzeChain(changed).expiries[0]!.fit!.maxErrorVolPoints).toBeLessThan(1);
  });

  it('blank an option without a quote, and stay silent where none is listed', () => {
    const unquoted = put(withSide((side) => ({ ask: at(side.ask, i, null), bid: at(side.bid, i, null) })));
    expect(unquoted.reason[i]).toMatch(/has no ask\. Import one or choose another mark\.$/);
    const unlisted = put(
      withSide((side) => ({
        contract: at(side.contract, i, null),
        ask: at(side.ask, i, null),
        bid: at(side.bid, i, null),
      })),
    );
    expect(unlisted.reason[i]).toBeNull();
    expect(unlisted.markVol[i]).toBeNull();
  });
});

describe('the choices of a chain', () => {
  const firstPut = (chain: ChainInput) => analyzeChain(chain).expiries[0]!.rows!.put;
  const i = strikes.indexOf(4400);

  it('marks at last, settlement, bid or the model', () => {
    const quoted = input.expiries[1]!.put;
    expect(firstPut({ ...input, mark: 'last' }).mark[i]).toBe(quoted.last[i]);
    expect(firstPut({ ...input, mark: 'settlement' }).mark[i]).toBe(quoted.settlement[i]);
    expect(firstPut({ ...input, mark: 'conservative' }).mark[i]).toBe(quoted.bid[i]);
    const model = firstPut({ ...input, mark: 'model' });
    expect(model.markVol[i]).toBe(model.fitVol[i]);
    expect(model.mark[i]).toBeGreaterThan(quoted.bid[i]!);
    expect(model.mark[i]).toBeLessThan(quoted.ask[i]!);
  });

  it('takes a future of the same expiry for the forward and says how far parity is', () => {
    const chain = analyzeChain({ ...input, futures: [{ expiry: '2022-03-18', price: 4510 }] });
    const one = chain.expiries[1]!;
    expect(one).toMatchObject({ forward: 4510, forwardSource: 'future', forwardStandardError: null });
    expect(one.forwardNote).toMatch(/differs by -0\.\d+%/);
  });

  it('takes a forward set by hand over everything', () => {
    const chain = analyzeChain({ ...input, manualForwards: { '2022-03-18:SPXW': 4444 } });
    expect(chain.expiries[1]).toMatchObject({ forward: 4444, forwardSource: 'manual' });
  });

  it('prices an expiry without pairs off the spot, and has no forward without one', () => {
    const blank = (side: SideQuotes): SideQuotes => ({
      ...side,
      bid: side.bid.map(() => 0),
      ask: side.ask.map(() => null),
    });
    const callsOnly = { ...input, expiries: input.expiries.map((one) => ({ ...one, put: blank(one.put) })) };
    expect(analyzeChain(callsOnly).expiries[0]).toMatchObject({ forwardSource: 'spot-carry', forward: spot });
    const lost = analyzeChain({ ...callsOnly, spot: null }).expiries[0]!;
    expect(lost).toMatchObject({ forward: null, forwardSource: 'none', fit: null });
    expect(lost.fitReason).toContain('has no forward');
    expect(lost.rows!.call.reason[10]).toBe(lost.fitReason);
  });

  it('says that an expiry has settled', () => {
    const chain = analyzeChain({ ...input, asOf: '2022-03-18', expiries: [input.expiries[2]!] });
    expect(chain.expiries[0]!.fitReason).toMatch(/settled on 2022-03-18/);
    expect(chain.expiries[0]!.rows!.call.markVol.every((value) => value === null)).toBe(true);
  });

  it('models bid and ask where the source has none, and says so', () => {
    const none = (side: SideQuotes): SideQuotes => ({
      ...side,
      bid: side.bid.map(() => null),
      ask: side.ask.map(() => null),
    });
    const chain = analyzeChain({
      ...input,
      expiries: input.expiries.map((one) => ({ ...one, call: none(one.call), put: none(one.put) })),
    });
    expect(chain.quoteModel.kind).toBe('spread-model');
    expect(chain.quoteModel.note).toMatch(/^No bid or ask in the source\./);
    const side = chain.expiries[0]!.rows!.put;
    expect(side.mark[i]).toBe(input.expiries[1]!.put.settlement[i]);
    expect(side.bid[i]).toBeLessThan(side.mark[i]!);
    expect(side.ask[i]).toBeGreaterThan(side.mark[i]!);
    expect(side.bidVol[i]).toBeLessThan(side.askVol[i]!);
    expect(chain.expiries[0]!.fit!.arbitrageFree).toBe(true);
    expect(chain.quality.twoSided).toBe(0);
  });

  it('borrows the rate of the expiries that fix one, and uses given rates where none does', () => {
    const thin = { ...input.expiries[1]!, strikes: strikes.slice(28, 32) };
    const cut = (side: SideQuotes): SideQuotes =>
      Object.fromEntries(
        Object.entries(side).map(([name, column]) => [name, column.slice(28, 32)]),
      ) as unknown as SideQuotes;
    const expiries = [{ ...thin, call: cut(thin.call), put: cut(thin.put) }];
    const borrowed = analyzeChain({ ...input, expiries: [...expiries, input.expiries[0]!] }).expiries[0]!;
    expect(borrowed).toMatchObject({
      impliedRate: null,
      discountSource: 'put–call parity of the other expiries',
    });
    expect(borrowed.discountFactor).toBeCloseTo(Math.exp(-rate * borrowed.timeToExpiry), 6);
    const given = analyzeChain({
      ...input,
      expiries,
      rates: { points: [{ timeToExpiry: 0, rate: 0.03 }], source: 'Treasury curve' },
    }).expiries[0]!;
    expect(given).toMatchObject({ discountSource: 'Treasury curve' });
    expect(given.discountFactor).toBeCloseTo(Math.exp(-0.03 * given.timeToExpiry), 12);
    const assumed = analyzeChain({ ...input, expiries }).expiries[0]!;
    expect(assumed).toMatchObject({ discountFactor: 1, discountSource: 'assumed rate 0%: no rates known' });
  });
});
