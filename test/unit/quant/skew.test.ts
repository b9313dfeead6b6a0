import { describe, expect, it } from 'vitest';
import { callDeltaAt, smileVolAt } from '../../../shared/quant/surface/smile-shape.ts';
import type { SmileShape } from '../../../shared/quant/surface/smile-shape.ts';
import { logMoneynessAtCallDelta, skewOf } from '../../../shared/quant/surface/skew.ts';

const flat: SmileShape = {
  a: 0.04 * 0.5,
  b: 0,
  rho: 0,
  m: 0,
  sigma: 1,
  forward: 100,
  timeToExpiry: 0.5,
  knots: [],
  coefficients: [],
};
const skewed: SmileShape = { ...flat, a: 0.008, b: 0.06, rho: -0.5, sigma: 0.15 };

describe('skew measures', () => {
  it('are zero on a flat smile, and the level is the level', () => {
    const skew = skewOf({ shape: flat, lowest: -0.6, highest: 0.6 });
    expect(skew.atmVol).toBeCloseTo(0.2, 14);
    for (const value of [
      skew.riskReversal25,
      skew.butterfly25,
      skew.riskReversal10,
      skew.butterfly10,
      skew.skew90110,
      skew.slope,
    ])
      expect(value).toBeCloseTo(0, 12);
  });

  it('find the closed-form delta strike on a flat smile: k = s²/2 − s·z', () => {
    const deviation = 0.2 * Math.sqrt(0.5);
    const k = logMoneynessAtCallDelta(flat, 0.25, -1, 1);
    expect(k).toBeCloseTo(deviation ** 2 / 2 + 0.6744897501960817 * deviation, 12);
  });

  it('read the fitted curve at 25 and 10 forward delta', () => {
    const skew = skewOf({ shape: skewed, lowest: -0.6, highest: 0.6 });
    for (const [delta, reversal, butterfly] of [
      [0.25, skew.riskReversal25, skew.butterfly25],
      [0.1, skew.riskReversal10, skew.butterfly10],
    ] as const) {
      const call = logMoneynessAtCallDelta(skewed, delta, -1, 1)!;
      const put = logMoneynessAtCallDelta(skewed, 1 - delta, -1, 1)!;
      expect(callDeltaAt(skewed, call)).toBeCloseTo(delta, 10);
      expect(callDeltaAt(skewed, put) - 1).toBeCloseTo(-delta, 10);
      expect(reversal).toBeCloseTo(smileVolAt(skewed, call) - smileVolAt(skewed, put), 12);
      expect(butterfly).toBeCloseTo(
        (smileVolAt(skewed, call) + smileVolAt(skewed, put)) / 2 - smileVolAt(skewed, 0),
        12,
      );
    }
    expect(skew.riskReversal25).toBeLessThan(0);
    expect(skew.butterfly25).toBeGreaterThan(0);
    expect(skew.skew90110).toBeCloseTo(
      smileVolAt(skewed, Math.log(0.9)) - smileVolAt(skewed, Math.log(1.1)),
      12,
    );
  });

  it('have a slope that agrees with differences', () => {
    const h = 1e-5;
    const difference = (smileVolAt(skewed, h) - smileVolAt(skewed, -h)) / (2 * h);
    expect(skewOf({ shape: skewed, lowest: -0.6, highest: 0.6 }).slope).toBeCloseTo(difference, 8);
  });

  it('come normalized by the level and by the root of time too', () => {
    const skew = skewOf({ shape: skewed, lowest: -0.6, highest: 0.6 });
    expect(skew.riskReversal25OverAtm).toBeCloseTo(skew.riskReversal25! / skew.atmVol!, 14);
    expect(skew.skew90110OverAtm).toBeCloseTo(skew.skew90110! / skew.atmVol!, 14);
    // the same total variance in a quarter of the time: volatilities double, these do not change
    const sooner = skewOf({ shape: { ...skewed, timeToExpiry: 0.125 }, lowest: -0.6, highest: 0.6 });
    expect(sooner.skew90110! / skew.skew90110!).toBeCloseTo(2, 12);
    expect(sooner.skew90110RootTime).toBeCloseTo(skew.skew90110RootTime!, 14);
    expect(sooner.slopeRootTime).toBeCloseTo(skew.slopeRootTime!, 14);
    expect(sooner.skew90110OverAtm).toBeCloseTo(skew.skew90110OverAtm!, 14);
  });

  it('are null where the quotes do not reach, instead of read off an extrapolation', () => {
    const narrow = skewOf({ shape: skewed, lowest: -0.05, highest: 0.05 });
    expect(narrow.atmVol).not.toBeNull();
    expect(narrow).toMatchObject({
      riskReversal25: null,
      butterfly10: null,
      skew90110: null,
      skew90110OverAtm: null,
      skew90110RootTime: null,
    });
    const oneSided = skewOf({ shape: skewed, lowest: -0.5, highest: -0.2 });
    expect(oneSided).toMatchObject({ atmVol: null, slope: null });
  });
});
