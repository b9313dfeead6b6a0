import { gaussLegendreNodes } from '../math/numeric.ts';
import { normCdf, normPdf, sqrtTwoPi } from '../math/normal.ts';
import { logRatio, normalizedBlack } from '../european/normalized-black.ts';

/** A straddle pays on both sides; with power 2 the squares of both. */
export type PayoffType = 'call' | 'put' | 'straddle';
export type PayoffPower = 1 | 2;

/** E[payoff] of a lognormal X, undiscounted, and its derivatives. */
export interface PayoffMoment {
  readonly value: number;
  readonly perMean: number;
  readonly perMeanTwice: number;
  readonly perStrike: number;
  readonly perStrikeTwice: number;
  /** To the deviation s = σ√τ. */
  readonly perDeviation: number;
}

const rule = gaussLegendreNodes(64);
/** Exponents beyond this many nats below the peak add nothing to a double. */
const negligibleNats = 45;

/**
 * ∫₀^∞ φ(u − peak)·(1 − e^(−su))² du, all of one sign so that no digits cancel. With X = k·e^(−su) and
 * peak = −d₂ it is E[((k − X)⁺)²]/k²; with X = k·e^(su), the square completed and peak = d₂ + 2s it is
 * E[((X − k)⁺)²]/(E[X]²·e^(s²)).
 */
function squaredTail(peak: number, s: number): number {
  const reach = Math.sqrt(2 * negligibleNats);
  const low = Math.max(0, peak - reach);
  const high = peak > 0 ? peak + reach : peak + Math.sqrt(peak * peak + 2 * negligibleNats);
  const half = 0.5 * (high - low);
  const middle = 0.5 * (high + low);
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i++) {
    const u = middle + half * rule.nodes[i]!;
    const distance = u - peak;
    const gain = Math.expm1(-s * u);
    sum += rule.weights[i]! * Math.exp(-0.5 * distance * distance) * gain * gain;
  }
  return (sum * half) / sqrtTwoPi;
}

/**
 * Expected payoff of f(X − k), X lognormal with the given mean and deviation: (X − k)⁺, (k − X)⁺, |X − k|
 * or their squares. A strike at or below 0 is always exercised by the call. Positional: the kernel of
 * every forward-start price.
 *
 * @param mean > 0; @param deviation σ√τ ≥ 0
 *
 * Limits: at deviation 0 intrinsic value; at the kink itself the first derivatives are the mean of both
 * sides and the second ones 0.
 * Source: math §10, truncated second moments. Proof: test/unit/quant/forward-start.test.ts
 */
export function payoffMoment(
  optionType: PayoffType,
  power: PayoffPower,
  mean: number,
  strike: number,
  deviation: number,
): PayoffMoment {
  const s = deviation;
  const above = strike <= 0 ? Infinity : 0;
  const x = above > 0 ? Infinity : logRatio(mean, strike);
  const scaled = above > 0 ? Infinity : x === 0 ? 0 : s > 0 ? x / s : x * Infinity;
  const d1 = scaled + 0.5 * s;
  const d2 = scaled - 0.5 * s;
  const outOfTheMoney =
    above > 0 || s === 0 ? 0 : Math.sqrt(mean) * Math.sqrt(strike) * normalizedBlack(-Math.abs(x), s);
  const call1 = mean > strike ? mean - strike + outOfTheMoney : outOfTheMoney;
  const put1 = mean > strike ? outOfTheMoney : strike - mean + outOfTheMoney;

  if (power === 1) {
    const kink = s === 0 || above > 0 ? 0 : normPdf(d2) / (strike * s);
    const deviationSlope = above > 0 ? 0 : strike * normPdf(d2);
    const call: PayoffMoment = {
      value: call1,
      perMean: normCdf(d1),
      perMeanTwice: s === 0 || above > 0 ? 0 : normPdf(d1) / (mean * s),
      perStrike: -normCdf(d2),
      perStrikeTwice: kink,
      perDeviation: deviationSlope,
    };
    if (optionType === 'call') return call;
    const put: PayoffMoment = {
      ...call,
      value: put1,
      perMean: -normCdf(-d1),
      perStrike: normCdf(-d2),
    };
    return optionType === 'put' ? put : sum(call, put);
  }

  const growth = Math.exp(s * s);
  const straddle = (mean - strike) ** 2 + mean * mean * Math.expm1(s * s);
  if (optionType === 'straddle') {
    return {
      value: straddle,
      perMean: 2 * (mean - strike + mean * Math.expm1(s * s)),
      perMeanTwice: 2 * growth,
      perStrike: 2 * (strike - mean),
      perStrikeTwice: 2,
      perDeviation: 2 * s * mean * mean * growth,
    };
  }
  const sign = optionType === 'call' ? 1 : -1;
  const first = sign > 0 ? call1 : put1;
  const value =
    above > 0
      ? sign > 0
        ? straddle
        : 0
      : s === 0
        ? first * first
        : sign > 0
          ? mean * mean * growth * squaredTail(d2 + 2 * s, s)
          : strike * strike * squaredTail(-d2, s);
  const squaredMass = growth * normCdf(sign * (d1 + s)); // E[X²; exercised]/mean²
  return {
    value,
    perMean: (2 * sign * (sign * value + strike * first)) / mean,
    perMeanTwice: 2 * squaredMass,
    perStrike: -2 * sign * first,
    perStrikeTwice: 2 * normCdf(sign * d2),
    perDeviation: 2 * s * mean * mean * squaredMass,
  };
}

function sum(a: PayoffMoment, b: PayoffMoment): PayoffMoment {
  return {
    value: a.value + b.value,
    perMean: a.perMean + b.perMean,
    perMeanTwice: a.perMeanTwice + b.perMeanTwice,
    perStrike: a.perStrike + b.perStrike,
    perStrikeTwice: a.perStrikeTwice + b.perStrikeTwice,
    perDeviation: a.perDeviation + b.perDeviation,
  };
}
