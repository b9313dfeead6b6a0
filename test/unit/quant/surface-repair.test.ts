import { describe, expect, it } from 'vitest';
import { fitSmile } from '../../../shared/quant/surface/smile.ts';
import type { SmileQuote } from '../../../shared/quant/surface/smile.ts';
import {
  butterflyAt,
  evaluate,
  evaluated,
  totalVarianceAt,
} from '../../../shared/quant/surface/smile-shape.ts';
import type { SmileShape } from '../../../shared/quant/surface/smile-shape.ts';
import { withWings } from '../../../shared/quant/surface/smile-wings.ts';
import { withBorrowedShapes } from '../../../shared/quant/surface/surface-borrowed.ts';
import { quotedCalendarArbitrage, reconciled } from '../../../shared/quant/surface/surface-quotes.ts';
import type { SurfaceSlice } from '../../../shared/quant/surface/surface-quotes.ts';
import { repairCalendar } from '../../../shared/quant/surface/surface-repair.ts';
import { arbitrageOf } from '../../support/surface-grid.ts';

const forward = 100;
const strikes = Array.from({ length: 41 }, (_, i) => 70 + 1.5 * i);

/** Quotes of a skewed smile around a level, all with the same half-spread. */
const quotesOf = (level: number, half: number, used = strikes): SmileQuote[] =>
  used.map((strike) => {
    const k = Math.log(strike / forward);
    const vol = level - 0.2 * k + 0.4 * k * k;
    return { strike, vol, weight: 1 / (half * half), bidVol: vol - half, askVol: vol + half };
  });

function sliceOf(timeToExpiry: number, quotes: readonly SmileQuote[]): SurfaceSlice {
  const fitted = fitSmile({ forward, timeToExpiry, quotes });
  if (!fitted.ok) throw new Error(fitted.error.code);
  return { timeToExpiry, fit: fitted.value, quotes };
}

const named = (slices: readonly SurfaceSlice[]) =>
  repairCalendar(slices).map(({ fit }, i) => ({
    key: String(i),
    timeToExpiry: slices[i]!.timeToExpiry,
    fit,
  }));

const svi: SmileShape = {
  a: 0.008,
  b: 0.06,
  rho: -0.5,
  m: 0,
  sigma: 0.15,
  forward,
  timeToExpiry: 0.25,
  knots: [],
  coefficients: [],
};

describe('withWings', () => {
  const ks = [-0.3, -0.1, 0, 0.1, 0.2];
  const winged = withWings(svi, ks);

  it('leaves the curve between the outermost quotes as it is', () => {
    for (const k of [-0.3, -0.15, 0, 0.05, 0.2])
      expect(totalVarianceAt(winged, k)).toBe(totalVarianceAt(svi, k));
  });

  it('joins value and slope, levels out, and keeps the density positive all the way', () => {
    for (const [edge, outward] of [
      [-0.3, -1],
      [0.2, 1],
    ] as const) {
      evaluate(winged, edge);
      const inside = { ...evaluated };
      evaluate(winged, edge + outward * 1e-9);
      expect(evaluated.w).toBeCloseTo(inside.w, 9);
      expect(evaluated.slope).toBeCloseTo(inside.slope, 6);
      expect(totalVarianceAt(winged, outward * 50)).toBe(totalVarianceAt(winged, outward * 5));
    }
    for (let i = -3000; i <= 3000; i += 1) expect(butterflyAt(winged, i / 1000)).toBeGreaterThan(0);
  });

  it('has derivatives that agree with differences along the wings', () => {
    const step = 1e-5;
    for (const k of [-0.5, -0.36, 0.23, 0.27]) {
      evaluate(winged, k);
      const { slope } = evaluated;
      const difference = (totalVarianceAt(winged, k + step) - totalVarianceAt(winged, k - step)) / (2 * step);
      expect(slope).toBeCloseTo(difference, 7);
    }
  });

  it('starts inside the quotes where prices that stop falling leave no way on', () => {
    // Steep enough at the edge that the put would be worth something at a strike of zero.
    const steep: SmileShape = { ...svi, a: -0.0418, b: 0.1637, rho: -0.845, m: -0.589, sigma: 0.479 };
    const { wings } = withWings({ ...steep, timeToExpiry: 0.0274 }, [-0.9, -0.8, -0.37, -0.2, 0, 0.05]);
    expect(wings!.left!.k[0]).toBeGreaterThan(-0.9);
  });
});

describe('a floor', () => {
  const lower: SmileShape = { ...svi, a: 0.002 };
  const floor: SmileShape = { ...svi, b: 0.02, a: 0.012 };

  it('is never undercut, and a sharp one is the higher of the two', () => {
    for (const floorBlend of [0, 0.03]) {
      const raised: SmileShape = { ...lower, floors: [floor], floorBlend };
      for (let i = -100; i <= 100; i += 1) {
        const k = i / 100;
        const highest = Math.max(totalVarianceAt(lower, k), totalVarianceAt(floor, k));
        const w = totalVarianceAt(raised, k);
        expect(w).toBeGreaterThanOrEqual(highest);
        expect(w).toBeLessThanOrEqual(highest * Math.exp(floorBlend / 4) * (1 + 1e-15));
      }
    }
  });

  it('is joined with derivatives that agree with differences', () => {
    const raised: SmileShape = { ...lower, floors: [floor], floorBlend: 0.2 };
    const step = 1e-5;
    for (let i = -40; i <= 40; i += 1) {
      const k = i / 100 + 0.003;
      evaluate(raised, k);
      const { slope, curvature } = evaluated;
      const at = (x: number): number => totalVarianceAt(raised, x);
      expect(slope).toBeCloseTo((at(k + step) - at(k - step)) / (2 * step), 7);
      expect(curvature).toBeCloseTo((at(k + step) - 2 * at(k) + at(k - step)) / step ** 2, 2);
    }
  });
});

describe('repairCalendar', () => {
  it('leaves a surface that is in order as it was between its quotes', () => {
    const slices = [0.1, 0.3, 0.6].map((time) => sliceOf(time, quotesOf(0.2, 0.005)));
    const repaired = repairCalendar(slices);
    expect(repaired.map(({ raise }) => raise?.strike ?? null)).toEqual([null, null, null]);
    for (const [i, { fit }] of repaired.entries()) {
      for (const strike of strikes) {
        const k = Math.log(strike / forward);
        expect(totalVarianceAt(fit.shape, k)).toBe(totalVarianceAt(slices[i]!.fit.shape, k));
      }
    }
  });

  it('raises a later expiry that is bid and offered below an earlier one, and says so', () => {
    const slices = [sliceOf(0.1, quotesOf(0.3, 0.002)), sliceOf(0.12, quotesOf(0.22, 0.002))];
    const [, far] = repairCalendar(slices);
    expect(arbitrageOf(named(slices))).toEqual([]);
    expect(far!.raise!.mostVolPointsAtQuotes).toBeGreaterThan(3);
    expect(far!.quotedArbitrage!.strikes.length).toBeGreaterThan(20);
    expect(far!.fit.insideSpreadShare).toBeLessThan(0.5);
  });

  it('moves the wider market, not the tighter, where both can agree within their spreads', () => {
    const wide = sliceOf(0.5, quotesOf(0.26, 0.03));
    const tight = sliceOf(0.52, quotesOf(0.245, 0.001));
    const [near, far] = reconciled([wide, tight]);
    expect(near!.fit.insideSpreadShare).toBe(1);
    expect(far!.fit.insideSpreadShare).toBe(1);
    const atMoney = (slice: SurfaceSlice): number => totalVarianceAt(slice.fit.shape, 0);
    expect(atMoney(wide)).toBeGreaterThan(atMoney(tight));
    expect(atMoney(near!)).toBeLessThanOrEqual(atMoney(far!) * 1.001);
    expect(Math.abs(atMoney(far!) / atMoney(tight) - 1)).toBeLessThan(0.002);
  });

  it('does not order two expiries of the same moment', () => {
    const slices = [sliceOf(0.1, quotesOf(0.3, 0.002)), sliceOf(0.1, quotesOf(0.22, 0.002))];
    expect(repairCalendar(slices).map(({ raise }) => raise)).toEqual([null, null]);
    const later = sliceOf(0.2, quotesOf(0.15, 0.05));
    expect(arbitrageOf(named([...slices, later]))).toEqual([]);
  });

  it('lets a single stale quote move nobody else', () => {
    const stale: SmileQuote = { strike: 100, vol: 0.6, weight: 1e6, bidVol: 0.599, askVol: 0.601 };
    const slices = [0.1, 0.2, 0.3].map((time) =>
      sliceOf(time, time === 0.2 ? [stale] : quotesOf(0.2, 0.005)),
    );
    const [first, , last] = repairCalendar(slices);
    expect(first!.fit.insideSpreadShare).toBe(1);
    expect(last!.fit.insideSpreadShare).toBe(1);
    expect(arbitrageOf(named(slices))).toEqual([]);
  });
});

describe('withBorrowedShapes', () => {
  it('gives one quote the shape of the next expiry at its own level', () => {
    const lone = sliceOf(0.2, quotesOf(0.21, 0.005, [90]));
    const full = sliceOf(0.3, quotesOf(0.2, 0.005));
    const [borrowed] = withBorrowedShapes([lone, full]);
    expect(borrowed!.fit.model).toBe('scaled neighbor');
    const k = Math.log(0.9);
    expect(Math.sqrt(totalVarianceAt(borrowed!.fit.shape, k) / 0.2)).toBeCloseTo(lone.quotes[0]!.vol, 10);
    expect(borrowed!.fit.arbitrageFree).toBe(true);
  });

  // the wings of the lender bend within less than a point of the grid; raised 800 times they had arbitrage there
  it('does not raise a far lower shape whose narrow bends the factor would turn into arbitrage', () => {
    const lender = sliceOf(0.003, quotesOf(0.45, 0.005, [98, 99, 100, 101, 102]));
    const lone = sliceOf(0.57, quotesOf(0.92, 0.01, [100]));
    const shape: SmileShape = {
      ...svi,
      a: 0.00015,
      b: 0.0021,
      rho: -0.703,
      m: 0.0992,
      sigma: 0.1004,
      timeToExpiry: 0.003,
    };
    const steep = { ...lender, fit: { ...lender.fit, shape: withWings(shape, []) } };
    const [, borrowed] = withBorrowedShapes([steep, lone]);
    expect(borrowed!.fit.model).toBe('scaled neighbor');
    expect(arbitrageOf([{ key: 'borrowed', timeToExpiry: 0.57, fit: borrowed!.fit }])).toEqual([]);
  });
});

describe('quotedCalendarArbitrage', () => {
  it('names the strikes whose bid is above the later ask in total variance, and no others', () => {
    const near = sliceOf(0.1, quotesOf(0.3, 0.002));
    const far = sliceOf(0.12, quotesOf(0.22, 0.002));
    const found = quotedCalendarArbitrage(near, far);
    for (const { strike, nearBidVol, farAskVol } of found) {
      expect(strikes).toContain(strike);
      expect(nearBidVol ** 2 * 0.1).toBeGreaterThan(farAskVol ** 2 * 0.12);
    }
    expect(quotedCalendarArbitrage(near, sliceOf(0.3, quotesOf(0.3, 0.002)))).toEqual([]);
  });
});
