import { describe, expect, it } from 'vitest';
import { blackPrice } from '../../../shared/quant/european/black.ts';
import { fitSmile, smileCurve } from '../../../shared/quant/surface/smile.ts';
import type { SmileFit, SmileQuote } from '../../../shared/quant/surface/smile.ts';
import {
  basis,
  butterflyAt,
  densityAt,
  evaluate,
  evaluated,
  smileVol,
  smileVolAt,
  splineBasis,
} from '../../../shared/quant/surface/smile-shape.ts';
import type { SmileShape } from '../../../shared/quant/surface/smile-shape.ts';

const svi: SmileShape = {
  a: 0.004,
  b: 0.08,
  rho: -0.6,
  m: 0.02,
  sigma: 0.09,
  forward: 4500,
  timeToExpiry: 0.25,
  knots: [],
  coefficients: [],
};
const bumpy: SmileShape = {
  ...svi,
  knots: [-0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  coefficients: [0, 0, 0, 0.0015, -0.001, 0.0012, 0, 0],
};
const strikes = Array.from({ length: 41 }, (_, i) => 3000 + 60 * i);
const quotesOf = (shape: SmileShape, width = 0.004): SmileQuote[] =>
  strikes.map((strike) => {
    const vol = smileVol(shape, strike);
    return { strike, vol, weight: 1, bidVol: vol - width / 2, askVol: vol + width / 2 };
  });
const fitted = (quotes: readonly SmileQuote[], forward = 4500, timeToExpiry = 0.25): SmileFit => {
  const result = fitSmile({ forward, timeToExpiry, quotes });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

describe('the fitted smile', () => {
  it('recovers its own SVI parameters from exact volatilities', () => {
    const fit = fitted(quotesOf(svi));
    expect(fit.model).toBe('SVI');
    for (const name of ['a', 'b', 'rho', 'm', 'sigma'] as const)
      expect(fit.params[name]).toBeCloseTo(svi[name], 4);
    for (const strike of strikes) expect(smileVol(fit.shape, strike)).toBeCloseTo(smileVol(svi, strike), 6);
    expect(fit).toMatchObject({ arbitrageFree: true, insideSpreadShare: 1, quotesUsed: 41, note: null });
    expect(fit.butterflyMin).toBeGreaterThan(0);
  });

  it('follows a bump that SVI cannot, within the spread and without arbitrage', () => {
    const fit = fitted(quotesOf(bumpy, 0.002));
    expect(fit.model).toBe('SVI with local correction');
    expect(fit.insideSpreadShare).toBeGreaterThanOrEqual(0.95);
    expect(fit.arbitrageFree).toBe(true);
  });

  it('does not chase one wrong quote, and names its strike', () => {
    const quotes = quotesOf(svi).map((quote) =>
      quote.strike === 4200
        ? { ...quote, vol: quote.vol + 0.15, bidVol: quote.vol + 0.148, askVol: quote.vol + 0.152 }
        : quote,
    );
    const fit = fitted(quotes);
    expect(fit.outlierStrikes).toEqual([4200]);
    expect(Math.abs(smileVol(fit.shape, 4200) - smileVol(svi, 4200))).toBeLessThan(0.002);
    expect(fit.maxErrorVolPoints).toBeLessThan(0.3);
  });

  it('stays free of arbitrage where the quotes are not, and tells how far off it is', () => {
    const quotes = strikes.map((strike, i) => ({ strike, vol: i % 2 === 0 ? 0.2 : 0.32, weight: 1 }));
    const fit = fitted(quotes);
    expect(fit.arbitrageFree).toBe(true);
    expect(fit.rmseVolPoints).toBeGreaterThan(4);
  });

  it('falls back to a three-parameter slice with four quotes and to a flat volatility with two, saying so', () => {
    const slice = fitted(quotesOf(svi).filter((_, i) => i % 12 === 0));
    expect(slice).toMatchObject({ model: 'SSVI', quotesUsed: 4, arbitrageFree: true });
    expect(slice.note).toContain('4 usable quotes');
    const flat = fitted([
      { strike: 4400, vol: 0.22, weight: 1 },
      { strike: 4600, vol: 0.2, weight: 1 },
    ]);
    expect(flat).toMatchObject({ model: 'flat', note: 'Flat volatility: 2 usable quotes.' });
    expect(smileVol(flat.shape, 4000)).toBeGreaterThan(0.2);
    expect(smileVol(flat.shape, 4000)).toBeLessThan(0.22);
  });

  it('refuses no quotes, a bad forward and a bad time', () => {
    const unusable = [{ strike: 4500, vol: 0, weight: 1 }];
    expect(fitSmile({ forward: 4500, timeToExpiry: 0.1, quotes: unusable })).toMatchObject({
      error: { code: 'too-few-quotes' },
    });
    expect(fitSmile({ forward: 0, timeToExpiry: 0.1, quotes: quotesOf(svi) })).toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(fitSmile({ forward: 1, timeToExpiry: 0, quotes: quotesOf(svi) })).toMatchObject({
      error: { code: 'invalid-input' },
    });
  });

  it('does not depend on the scale of prices', () => {
    const fit = fitted(quotesOf(bumpy));
    const scaled = fitted(
      quotesOf(bumpy).map((quote) => ({ ...quote, strike: quote.strike / 1000 })),
      4.5,
    );
    for (const k of [-0.3, -0.1, 0, 0.1])
      expect(smileVolAt(scaled.shape, k)).toBeCloseTo(smileVolAt(fit.shape, k), 9);
  });
});

describe('the shape of a smile', () => {
  it('has first and second derivatives that agree with differences', () => {
    const h = 1e-4;
    for (const k of [-0.31, -0.12, 0, 0.05, 0.17, 0.42]) {
      const at = (x: number): number => {
        evaluate(bumpy, x);
        return evaluated.w;
      };
      const [low, middle, high] = [at(k - h), at(k), at(k + h)];
      evaluate(bumpy, k);
      expect(evaluated.slope).toBeCloseTo((high - low) / (2 * h), 6);
      expect(evaluated.curvature).toBeCloseTo((high - 2 * middle + low) / (h * h), 3);
    }
  });

  it('has basis functions that add to one inside their knots', () => {
    for (const k of [-0.19, -0.05, 0, 0.13, 0.29]) {
      expect(splineBasis(bumpy.knots, k)).toBeGreaterThanOrEqual(0);
      expect(basis[0]! + basis[1]! + basis[2]! + basis[3]!).toBeCloseTo(1, 12);
    }
    expect(splineBasis(bumpy.knots, 0.9)).toBe(-1);
  });

  it('has a density that is the second difference of its own call prices', () => {
    const price = (strike: number): number =>
      blackPrice({
        optionType: 'call',
        forward: 4500,
        strike,
        timeToExpiry: 0.25,
        vol: smileVol(bumpy, strike),
      });
    for (const strike of [3600, 4200, 4500, 4800]) {
      const h = strike * 1e-3;
      const density = (price(strike + h) - 2 * price(strike) + price(strike - h)) / (h * h);
      expect(Math.abs(densityAt(bumpy, Math.log(strike / 4500)) / (density * strike) - 1)).toBeLessThan(2e-3);
    }
  });

  it('has a density of mass one and mean one forward', () => {
    const { shape } = fitted(quotesOf(bumpy));
    let [mass, mean] = [0, 0];
    for (let k = -4; k < 3; k += 0.001) {
      const density = densityAt(shape, k) * 0.001;
      mass += density;
      mean += density * Math.exp(k);
    }
    expect(mass).toBeCloseTo(1, 4);
    expect(mean).toBeCloseTo(1, 4);
  });

  it('reports butterfly arbitrage as a negative g', () => {
    // Gatheral & Jacquier (2014), example 3.1 (Vogt): raw SVI with a negative density.
    const vogt = { ...svi, a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153, timeToExpiry: 1 };
    const lowest = Math.min(...Array.from({ length: 300 }, (_, i) => butterflyAt(vogt, -1.5 + 0.01 * i)));
    expect(lowest).toBeLessThan(-0.01);
    const quotes = Array.from({ length: 31 }, (_, i) => {
      const strike = 100 * Math.exp(-1.5 + 0.1 * i);
      return { strike, vol: smileVol({ ...vogt, forward: 100 }, strike), weight: 1 };
    });
    const fit = fitted(quotes, 100, 1);
    expect(fit.arbitrageFree).toBe(true);
    expect(fit.note).not.toBeNull();
  });

  it('draws a curve over the quotes and a tenth beyond', () => {
    const curve = smileCurve(svi, -0.4, 0.2);
    expect(curve.logMoneyness[0]).toBeCloseTo(-0.46, 12);
    expect(curve.logMoneyness.at(-1)).toBeCloseTo(0.26, 12);
    expect(curve.vol).toHaveLength(81);
    expect(Math.min(...curve.density)).toBeGreaterThanOrEqual(0);
  });
});
