import type { LogMoneyness } from '../../units.ts';
import { evaluate, evaluated, totalVarianceAt } from './smile-shape.ts';
import type { SmileShape, Wing } from './smile-shape.ts';

/** A wing that falls outward levels out within this many deviations: convex, so always free of arbitrage. */
const fallingBend = 0.25;
/** Where the curve may bend down it gives up this share of its density; where it may not, it keeps this much of g. */
const densityGiven = 0.75;
const densityKept = 0.005;
/** First steps, deviations; further out, shares of the log-moneyness. */
const nearStep = 0.05;
const farStep = 0.02;
const mostSteps = 600;
const leastButterfly = 1e-4;

/** Durrleman's g less the part of the curvature. */
function withoutCurvature(k: LogMoneyness, w: number, slope: number): number {
  const lead = 1 - (k * slope) / (2 * w);
  return lead * lead - ((slope * slope) / 4) * (1 / w + 0.25);
}

/** The wing that levels out soonest, by parabolas along which g stays above zero; null where there is none. */
function wingFrom(shape: SmileShape, from: LogMoneyness, outward: 1 | -1): Wing | null {
  const deviation = Math.sqrt(Math.max(0, totalVarianceAt(shape, 0)));
  evaluate(shape, from);
  let { w } = evaluated;
  let slope = outward * evaluated.slope;
  let k = from;
  if (!(w > 0 && deviation > 0 && Number.isFinite(slope))) return null;
  const wing = { k: [] as number[], w: [] as number[], slope: [] as number[], curvature: [] as number[] };
  const push = (curvature: number): void => {
    wing.k.push(k);
    wing.w.push(w);
    wing.slope.push(slope);
    wing.curvature.push(curvature);
  };
  if (slope < 0) {
    const length = Math.min(fallingBend * deviation, w / -slope);
    push(-slope / length);
    k += outward * length;
    w += (slope * length) / 2;
    slope = 0;
  }
  for (let steps = 0; slope > 0; steps += 1) {
    if (steps === mostSteps) return null;
    const room = withoutCurvature(k, w, outward * slope);
    const curvature = -2 * Math.min(densityGiven * room, room - densityKept);
    let step = Math.max(nearStep * deviation, farStep * Math.abs(k));
    if (curvature < 0) step = Math.min(step, -slope / curvature);
    for (let halving = 0; ; halving += 1) {
      const [nextW, nextSlope] = [w + slope * step + (curvature * step * step) / 2, slope + curvature * step];
      const g = withoutCurvature(k + outward * step, nextW, outward * nextSlope) + curvature / 2;
      if (g >= leastButterfly) break;
      if (halving === 20) return null;
      step /= 2;
    }
    push(curvature);
    k += outward * step;
    w += slope * step + (curvature * step * step) / 2;
    slope = Math.max(0, slope + curvature * step);
    // Rounding leaves a last sliver of slope.
    if (slope < 1e-12) slope = 0;
  }
  push(0);
  return wing;
}

/** The wing from the outermost quote that one can be drawn from: prices that stop falling leave no way on. */
function wingBeyond(shape: SmileShape, ks: readonly LogMoneyness[], outward: 1 | -1): Wing | null {
  const outermost = ks.filter((k) => outward * k > 0).sort((a, b) => outward * (b - a));
  for (const from of [...outermost, 0]) {
    const wing = wingFrom(shape, from, outward);
    if (wing !== null) return wing;
  }
  return null;
}

/**
 * A smile that levels out beyond its last quotes as soon as butterfly arbitrage allows. Straight wings of
 * different slopes cross somewhere; level ones nest as the quotes do.
 *
 * @param shape without wings
 * @param ks log-moneyness of the quotes, between which nothing changes where a curve can go on from the last
 * Proof: test/unit/quant/surface-repair.test.ts
 */
export const withWings = (shape: SmileShape, ks: readonly LogMoneyness[]): SmileShape =>
  shape.b === 0
    ? shape
    : { ...shape, wings: { left: wingBeyond(shape, ks, -1), right: wingBeyond(shape, ks, 1) } };
