/**
 * The inverse of the normalized Black function: total deviation s = σ√T from b(x, s), x ≤ 0.
 *
 * Four regions of the price, each with an initial guess from a rational cubic through the region's
 * ends, then third order Householder steps on the price, on 1/ln(price) where it is small, or on the
 * logarithm of what is left to the maximum where it is large.
 *
 * Source: Jäckel (2015), Let's Be Rational, Wilmott 75; Delbourgo and Gregory (1985), IMA J. Numer. Anal. 5.
 * Proof:  test/reference/quant/implied-vol.test.ts
 */
import { inverseCentralMass, inverseNormCdfFast, millsRatio, normCdf, sqrtTwoPi } from '../math/normal.ts';
import { normalizedVega, priceOverVega, remainderOverVega } from './normalized-black.ts';

const twoPi = 2 * Math.PI;
const sqrtThree = Math.sqrt(3);
const lowerMapScale = twoPi / Math.sqrt(27);
const logSqrtTwoPi = 0.9189385332046728;
/** A step below this share of the deviation leaves an error under its fourth power, which no digit shows. */
const lastStep = 1e-4;
const maxSteps = 8;
/** Keeps the guess finite where the map underflows. */
const smallestMapped = 1e-300;
const smallestControl = -(1 - Math.sqrt(Number.EPSILON));
const largestControl = 2 / (Number.EPSILON * Number.EPSILON);

/**
 * Total deviation s with b(x, s) = beta, for x ≤ 0 and beta ≥ 0. A beta that rounding has lifted to the
 * maximum e^(x/2) gives Infinity, one that has underflowed gives 0.
 */
export function normalizedImpliedDeviation(beta: number, x: number): number {
  if (!(beta > 0)) return 0;
  const highest = Math.exp(0.5 * x);
  if (beta >= highest) return Infinity;
  if (x === 0) return atTheMoney(beta);
  const sCentral = Math.sqrt(-2 * x);
  const halfCentral = 0.5 * sCentral; // at the point of inflection h = −t
  const vCentral = normalizedVega(halfCentral, halfCentral);
  const bCentral = vCentral * priceOverVega(-halfCentral, halfCentral);
  if (beta < bCentral) {
    const sLow = sCentral - bCentral / vCentral;
    const hLow = x / sLow;
    const vLow = normalizedVega(hLow, 0.5 * sLow);
    const bLow = vLow * priceOverVega(hLow, 0.5 * sLow);
    if (beta < bLow) return stepsOnLogarithm(lowestGuess(beta, x, sLow, bLow, vLow), beta, x);
    const control = controlForRightCurvature(bLow, bCentral, sLow, sCentral, 1 / vLow, 1 / vCentral);
    const guess = rationalCubic(beta, bLow, bCentral, sLow, sCentral, 1 / vLow, 1 / vCentral, control);
    return stepsOnPrice(guess, beta, x);
  }
  const sHigh = vCentral > 0 ? sCentral + (highest - bCentral) / vCentral : sCentral;
  const hHigh = x / sHigh;
  const vHigh = normalizedVega(hHigh, 0.5 * sHigh);
  const bHigh = highest - vHigh * remainderOverVega(hHigh, 0.5 * sHigh);
  let guess: number;
  if (beta <= bHigh) {
    const control = controlForLeftCurvature(bCentral, bHigh, sCentral, sHigh, 1 / vCentral, 1 / vHigh);
    guess = rationalCubic(beta, bCentral, bHigh, sCentral, sHigh, 1 / vCentral, 1 / vHigh, control);
  } else {
    guess = highestGuess(beta, x, sHigh, bHigh, highest);
  }
  return beta > 0.5 * highest ? stepsOnRemainder(guess, beta, x, highest) : stepsOnPrice(guess, beta, x);
}

/** b(0, s) = Φ(s/2) − Φ(−s/2), inverted in closed form and polished once. */
function atTheMoney(beta: number): number {
  const s = 2 * inverseCentralMass(beta);
  if (s < 1e-150) return s;
  return beta < 0.5 ? s - stepOnPrice(s, beta, 0) : s - stepOnRemainder(s, beta, 0, 1);
}

// ---- initial guesses ------------------------------------------------------------------------------

/** Interpolates f = (2π/√27)·|x|·Φ(−|x|/(√3·s))³, which is smooth down to a price of 0. */
function lowestGuess(beta: number, x: number, sLow: number, bLow: number, vLow: number): number {
  const size = -x;
  const z = size / (sqrtThree * sLow);
  const y = z * z;
  const s2 = sLow * sLow;
  // Φ(−z) = ratio·φ(z), and the powers of φ(z) cancel against vLow = φ(√3·z)·e^(−s²/8)
  const ratio = millsRatio(z);
  const spread = Math.exp(0.125 * s2);
  const value = ((lowerMapScale * size * vLow * spread) / twoPi) * ratio * ratio * ratio;
  const slope = y * ratio * ratio * spread;
  const curvature =
    ((1 / 12) *
      y *
      ratio *
      spread *
      (8 * sqrtThree * sLow * size + (3 * s2 * (s2 - 8) - 8 * x * x) * ratio)) /
    (s2 * sLow * vLow);
  const control = clampControl(
    (0.5 * bLow * curvature + (slope - 1)) / (slope - value / bLow),
    curvature > 0,
    slope,
    1,
    value / bLow,
  );
  let f = rationalCubic(beta, 0, bLow, 0, value, 1, slope, control);
  if (!(f > 0)) {
    const share = beta / bLow;
    f = (value * share + bLow * (1 - share)) * share;
  }
  const mapped = Math.max(Math.cbrt(f / (lowerMapScale * size)), smallestMapped);
  return size / (sqrtThree * Math.abs(inverseNormCdfFast(mapped)));
}

/** Interpolates f = Φ(−s/2), which falls to 0 at the highest price. */
function highestGuess(beta: number, x: number, sHigh: number, bHigh: number, highest: number): number {
  const w = (x / sHigh) * (x / sHigh);
  const value = normCdf(-0.5 * sHigh);
  const slope = -0.5 * Math.exp(0.5 * w);
  const curvature = (0.5 * sqrtTwoPi * Math.exp(w + 0.125 * sHigh * sHigh) * w) / sHigh;
  const width = highest - bHigh;
  let f = 0;
  if (width > 0 && curvature < 1e150) {
    const mean = -value / width;
    const control = clampControl(
      (0.5 * width * curvature + (-0.5 - slope)) / (mean - slope),
      curvature > 0,
      -0.5,
      slope,
      mean,
    );
    f = rationalCubic(beta, bHigh, highest, value, 0, slope, -0.5, control);
  }
  if (!(f > 0)) {
    const share = (beta - bHigh) / width;
    f = (value * (1 - share) + 0.5 * width * share) * (1 - share);
  }
  return -2 * inverseNormCdfFast(f);
}

/** Delbourgo–Gregory rational cubic with a shape parameter. */
function rationalCubic(
  at: number,
  left: number,
  right: number,
  yLeft: number,
  yRight: number,
  slopeLeft: number,
  slopeRight: number,
  control: number,
): number {
  const width = right - left;
  if (!(Math.abs(width) > 0)) return 0.5 * (yLeft + yRight);
  const share = (at - left) / width;
  const rest = 1 - share;
  if (control >= largestControl) return yRight * share + yLeft * rest;
  const top =
    yRight * share * share * share +
    (control * yRight - width * slopeRight) * share * share * rest +
    (control * yLeft + width * slopeLeft) * share * rest * rest +
    yLeft * rest * rest * rest;
  return top / (1 + (control - 3) * share * rest);
}

function controlForRightCurvature(
  left: number,
  right: number,
  yLeft: number,
  yRight: number,
  slopeLeft: number,
  slopeRight: number,
): number {
  const mean = (yRight - yLeft) / (right - left);
  return clampControl((slopeRight - slopeLeft) / (slopeRight - mean), false, slopeRight, slopeLeft, mean);
}

function controlForLeftCurvature(
  left: number,
  right: number,
  yLeft: number,
  yRight: number,
  slopeLeft: number,
  slopeRight: number,
): number {
  const mean = (yRight - yLeft) / (right - left);
  return clampControl((slopeRight - slopeLeft) / (mean - slopeLeft), false, slopeRight, slopeLeft, mean);
}

/** Keeps the interpolation monotone and convex where its data are. */
function clampControl(
  control: number,
  preferSmooth: boolean,
  slopeRight: number,
  slopeLeft: number,
  mean: number,
): number {
  const monotone = slopeLeft * mean >= 0 && slopeRight * mean >= 0;
  const convex = slopeLeft <= mean && mean <= slopeRight;
  const concave = slopeLeft >= mean && mean >= slopeRight;
  let least = smallestControl;
  if (monotone && mean !== 0) least = Math.max(least, (slopeRight + slopeLeft) / mean);
  if (convex || concave) {
    const a = Math.abs((slopeRight - slopeLeft) / (slopeRight - mean));
    const b = Math.abs((slopeRight - slopeLeft) / (mean - slopeLeft));
    least = Math.max(least, Math.max(a, b));
  } else if (monotone && preferSmooth) {
    least = largestControl;
  }
  if (!(control === control)) return least === least ? least : largestControl;
  return least === least ? Math.max(control, least) : control;
}

// ---- Householder steps ----------------------------------------------------------------------------

/** Third order Householder correction of a Newton step, from ratios of derivatives. */
function householder(newton: number, halley: number, third: number): number {
  return (newton * (1 + 0.5 * halley * newton)) / (1 + newton * (halley + (third * newton) / 6));
}

function stepsOnPrice(guess: number, beta: number, x: number): number {
  let s = guess;
  for (let pass = 0; pass < maxSteps; pass++) {
    const change = stepOnPrice(s, beta, x);
    s = s - change > 0 ? s - change : 0.5 * s;
    if (Math.abs(change) <= lastStep * s) break;
  }
  return s;
}

function stepOnPrice(s: number, beta: number, x: number): number {
  const h = x / s;
  const t = 0.5 * s;
  const newton = priceOverVega(h, t) - beta / normalizedVega(h, t);
  const bend = (h * h) / s - 0.25 * s;
  return -householder(-newton, bend, bend * bend - 3 * (h / s) * (h / s) - 0.25);
}

function stepsOnRemainder(guess: number, beta: number, x: number, highest: number): number {
  let s = guess;
  for (let pass = 0; pass < maxSteps; pass++) {
    const change = stepOnRemainder(s, beta, x, highest);
    s = s - change > 0 ? s - change : 0.5 * s;
    if (Math.abs(change) <= lastStep * s) break;
  }
  return s;
}

function stepOnRemainder(s: number, beta: number, x: number, highest: number): number {
  const h = x / s;
  const t = 0.5 * s;
  const ratio = remainderOverVega(h, t);
  const logRemainder = Math.log(ratio) - 0.5 * (h * h + t * t) - logSqrtTwoPi;
  const slope = 1 / ratio;
  const newton = (Math.log(highest - beta) - logRemainder) / -slope;
  const bend = (h * h) / s - 0.25 * s;
  const third = bend * bend - 3 * (h / s) * (h / s) - 0.25;
  return -householder(newton, bend + slope, third + slope * (2 * slope + 3 * bend));
}

function stepsOnLogarithm(guess: number, beta: number, x: number): number {
  let s = guess;
  const target = Math.log(beta);
  for (let pass = 0; pass < maxSteps; pass++) {
    const h = x / s;
    const t = 0.5 * s;
    const ratio = priceOverVega(h, t);
    const logPrice = Math.log(ratio) - 0.5 * (h * h + t * t) - logSqrtTwoPi;
    const slope = 1 / ratio;
    const newton = ((target - logPrice) * (logPrice / target)) / slope;
    const bend = (h * h) / s - 0.25 * s;
    const third = bend * bend - 3 * (h / s) * (h / s) - 0.25;
    const inverse = 1 / logPrice;
    const halley = bend - slope * (1 + 2 * inverse);
    const cubic =
      third + 2 * slope * slope * (1 + 3 * inverse * (1 + inverse)) - 3 * bend * slope * (1 + 2 * inverse);
    const change = householder(newton, halley, cubic);
    s = s + change > 0 ? s + change : 0.5 * s;
    if (Math.abs(change) <= lastStep * s) break;
  }
  return s;
}
