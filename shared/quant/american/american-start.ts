/**
 * A first boundary of the American put: QD+, the quadratic approximation with Li's correction.
 *
 * Source: Li (2010), Review of Derivatives Research 13. math §4.
 */
import type { PutMarket } from './american-boundary.ts';
import { normCdfAbsolute, normPdf } from '../math/normal.ts';

/** A step below this share of a deviation is close enough: the collocation does the rest. */
const closeEnough = 1e-3;
const mostSteps = 20;

/** Writes ln B at the times after the first, ascending, each by safeguarded Newton steps from the one before. */
export function approximateLogBoundaries(
  market: PutMarket,
  logStart: number,
  times: Float64Array,
  into: Float64Array,
): void {
  const floor = perpetualLogBoundary(market);
  let guess = logStart;
  for (let i = 1; i < into.length; i++) {
    const reach = market.vol * Math.sqrt(times[i]!);
    // the boundary falls about with the root of the time left
    guess =
      i === 1
        ? Math.max(logStart - reach, 0.5 * (floor + logStart))
        : Math.max(
            logStart + (guess - logStart) * Math.sqrt(times[i]! / times[i - 1]!),
            0.5 * (floor + guess),
          );
    guess = approximateLogBoundary(market, times[i]!, floor, logStart, guess);
    into[i] = guess;
  }
}

/** ln of the boundary of a put that never expires; −Infinity when it is never exercised. */
function perpetualLogBoundary(market: PutMarket): number {
  const { rate, dividendYield, vol } = market;
  const variance = vol * vol;
  const a = 0.5 - (rate - dividendYield) / variance;
  const exponent = a - Math.sqrt(a * a + (2 * rate) / variance);
  return exponent < 0 ? Math.log(exponent / (exponent - 1)) : -Infinity;
}

function approximateLogBoundary(
  market: PutMarket,
  tau: number,
  floor: number,
  ceiling: number,
  guess: number,
): number {
  const { rate, dividendYield, vol } = market;
  const variance = vol * vol;
  const loss = -Math.expm1(-rate * tau);
  const rateOverLoss = rate * tau > 1e-9 ? rate / loss : 1 / tau;
  const omega = (2 * (rate - dividendYield)) / variance - 1;
  const spread = Math.sqrt(omega * omega + (8 * rateOverLoss) / variance);
  const exponent = -0.5 * (omega + spread);
  const exponentSlope = (2 * rateOverLoss * rateOverLoss) / (variance * spread); // times the rate
  const lossYield = Math.exp(-dividendYield * tau);
  const lossRate = 1 - loss;
  const s = vol * Math.sqrt(tau);
  let low = floor;
  let high = ceiling;
  let x = guess;
  for (let step = 0; step < mostSteps; step++) {
    const b = Math.exp(x);
    const d1 = (x + (rate - dividendYield) * tau) / s + 0.5 * s;
    const sold = lossYield * normCdfAbsolute(-d1);
    const cash = lossRate * normCdfAbsolute(s - d1);
    const density = lossYield * normPdf(d1);
    const european = cash - b * sold;
    const premium = 1 - b - european;
    let power = exponent;
    if (premium > 0) {
      const theta = rate * cash - dividendYield * b * sold - (vol * b * density) / (2 * Math.sqrt(tau));
      power +=
        ((lossRate * 2) / variance / spread) *
        (rateOverLoss - theta / (lossRate * premium) - exponentSlope / spread);
    }
    const value = (1 - sold) * b + power * premium;
    if (value > 0) high = x;
    else low = x;
    const slope = ((1 - sold) * (1 - power) + density / s) * b;
    let next = x - value / slope;
    if (!(next > low && next < high)) next = low > -Infinity ? 0.5 * (low + high) : high - 1;
    const change = next - x;
    x = next;
    if (Math.abs(change) < closeEnough * s) break;
  }
  return x;
}
