import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trackingBasket } from '../../../shared/quant/basket/basket.ts';
import { rollingCorrelations } from '../../../shared/quant/dispersion/correlation-window.ts';
import { dispersionMeasures } from '../../../shared/quant/dispersion/dispersion.ts';
import { basketReturns, trackingFit } from '../../../shared/quant/math/regression.ts';
import { dowMembers, dowPrices } from '../../support/dow.ts';
import { fileBeside } from '../../support/reference.ts';

const prices = dowPrices();
const weightsFile = fileBeside('data/dow/weights_20190627.csv');
const window = 30;

describe.skipIf(prices === null || weightsFile === null)('the thirty stocks of the Dow', () => {
  const { dates, raw, split, dividend, adjusted, index, symbols } = prices!;
  const dayOf = (date: string): number => dates.indexOf(date);
  /** Price returns, splits taken out: what a price index moves by. */
  const returns = Object.fromEntries(
    symbols.map((symbol) => [
      symbol,
      raw[symbol]!.map((close, t) =>
        Math.log((close * split[symbol]![t]!) / (raw[symbol]![t - 1] ?? Number.NaN)),
      ),
    ]),
  );
  const indexReturns = index.map((level, t) => Math.log(level / (index[t - 1] ?? Number.NaN)));
  const weightsOn = (t: number): ReadonlyMap<string, number> => {
    const members = dowMembers(prices!, dates[t]!);
    const sum = members.reduce((total, symbol) => total + raw[symbol]![t]!, 0);
    return new Map(members.map((symbol) => [symbol, raw[symbol]![t]! / sum]));
  };
  const volAt = (column: Float64Array, t: number): number | null => {
    const part = column.subarray(t - window + 1, t + 1);
    const squares = part.reduce((sum, r) => sum + r * r, 0);
    return Number.isFinite(squares) ? Math.sqrt((squares / window) * 252) : null;
  };

  it('have price over the sum of prices as weights, and the divisor makes the average of it', () => {
    const rows = readFileSync(weightsFile!, 'utf8').trim().split(/\r?\n/).slice(1);
    const published = new Map(rows.map((row) => [row.split(',')[0] ?? '', row.split(',').map(Number)]));
    const divisor = published.get('_DIVISOR')?.[1] ?? Number.NaN;
    const t = dayOf('2019-06-27');
    const weights = weightsOn(t);
    expect(weights.size).toBe(30);
    for (const [symbol, weight] of weights) {
      expect(raw[symbol]![t], symbol).toBeCloseTo(published.get(symbol)?.[1] ?? Number.NaN, 2);
      expect(weight, symbol).toBeCloseTo(published.get(symbol)?.[2] ?? Number.NaN, 5);
    }
    const sum = [...weights.keys()].reduce((total, symbol) => total + raw[symbol]![t]!, 0);
    expect(Math.abs(sum / divisor / index[t]! - 1)).toBeLessThan(2e-4);
  });

  it('have adjusted closes that follow from raw closes, splits and dividends', () => {
    let [checked, off] = [0, 0];
    for (const symbol of symbols) {
      for (let t = 1; t < dates.length; t++) {
        const total = (raw[symbol]![t]! * split[symbol]![t]! + dividend[symbol]![t]!) / raw[symbol]![t - 1]!;
        const given = adjusted[symbol]![t]! / adjusted[symbol]![t - 1]!;
        if (!Number.isFinite(total) || !Number.isFinite(given)) continue;
        checked++;
        if (Math.abs(total / given - 1) > 0.001) off++;
      }
    }
    expect(checked).toBeGreaterThan(22_000);
    expect(off / checked).toBeLessThan(0.001);
  });

  it('make up the volatility of the average: its third coefficient is near 1 on every day', () => {
    const windowAt = rollingCorrelations(symbols.map((symbol) => ({ symbol, values: returns[symbol]! })));
    const thirds: number[] = [];
    for (let t = window; t < dates.length; t++) {
      const { measures, weightUsed } = dispersionMeasures({
        components: [...weightsOn(t)].map(([symbol, weight]) => ({
          symbol,
          weight,
          vol: null,
          historicalVol: volAt(returns[symbol]!, t),
        })),
        indexVol: null,
        indexHistoricalVol: volAt(indexReturns, t),
        priceCorrelations: windowAt(t - window + 1, t),
        volCorrelations: null,
      });
      const day = dates[t]!;
      expect(measures.realizedCorrelation, day).toBeGreaterThan(0);
      expect(measures.realizedCorrelation, day).toBeLessThan(1);
      expect(measures.corrWeightedHistoricalVol, day).toBeLessThan(measures.weightedHistoricalVol ?? 0);
      expect(weightUsed.priceCorrelations, day).toBeGreaterThan(0.98);
      const third = measures.thirdCoefficient ?? Number.NaN;
      thirds.push(third);
    }
    expect(thirds).toHaveLength(dates.length - window);
    // Volatilities count the drift and correlations do not: months that only rise fall short of 1.
    expect(thirds.reduce((a, b) => a + b, 0) / thirds.length).toBeCloseTo(1, 1);
    expect(Math.min(...thirds)).toBeGreaterThan(0.84);
    expect(Math.max(...thirds)).toBeLessThan(1.035);
    expect(thirds.filter((third) => Math.abs(third - 1) < 0.02).length / thirds.length).toBeGreaterThan(0.75);
  });

  it('make it up to 2 % where volatilities leave the drift out, as correlations do', () => {
    const windowAt = rollingCorrelations(symbols.map((symbol) => ({ symbol, values: returns[symbol]! })));
    const aboutMean = (column: Float64Array, t: number): number => {
      const part = column.subarray(t - window + 1, t + 1);
      const mean = part.reduce((a, b) => a + b, 0) / window;
      return Math.sqrt((part.reduce((sum, r) => sum + (r - mean) ** 2, 0) / window) * 252);
    };
    for (let t = window; t < dates.length; t++) {
      const at = windowAt(t - window + 1, t);
      const members = [...weightsOn(t)].filter(([symbol]) => at?.names.includes(symbol) === true);
      const sum = members.reduce((total, [, weight]) => total + weight, 0);
      const found = at?.portfolioVol({
        symbols: members.map(([symbol]) => symbol),
        weights: members.map(([, weight]) => weight / sum),
        vols: members.map(([symbol]) => aboutMean(returns[symbol]!, t)),
      });
      const share = found?.ok === true ? found.value / aboutMean(indexReturns, t) : Number.NaN;
      expect(Math.abs(share - 1), dates[t]).toBeLessThan(0.022);
    }
  });

  it('give baskets of 5 to 20 names that follow the average in 2019 as they did before', () => {
    const from2019 = dayOf(dates.find((date) => date >= '2019-01-01')!);
    // Names with every price; the others would shorten the panel.
    const whole = symbols.filter((symbol) => raw[symbol]!.every(Number.isFinite));
    expect(whole).toHaveLength(31);
    const simple = (column: Float64Array, from: number, to: number): number[] =>
      [...column.subarray(from, to)].map(Math.expm1);
    const stocks = Object.fromEntries(whole.map((symbol) => [symbol, simple(returns[symbol]!, 1, from2019)]));
    const target = simple(indexReturns, 1, from2019);
    const later = simple(indexReturns, from2019, dates.length);
    let before = 0;
    for (let maxNames = 5; maxNames <= 20; maxNames++) {
      const found = trackingBasket({ index: target, stocks, maxNames, invested: true });
      if (!found.ok) throw new Error('a basket');
      const { names, weights, rSquared } = found.value;
      const holdout = trackingFit({
        index: later,
        basket: basketReturns(
          names.map((symbol) => simple(returns[symbol]!, from2019, dates.length)),
          names.map((symbol) => weights[symbol]!),
        ),
      });
      expect(names.length).toBeLessThanOrEqual(maxNames);
      expect(Object.values(weights).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
      expect(rSquared).toBeGreaterThan(before);
      expect(rSquared).toBeGreaterThan(0.85);
      expect(holdout.ok && holdout.value.rSquared).toBeGreaterThan(maxNames < 10 ? 0.7 : 0.85);
      before = rSquared;
    }
    expect(before).toBeGreaterThan(0.99);
  });
});
