import { yearsBetween } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import { failure, sentenceOf } from '../../failure.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { priceAfterFixing, priceBeforeFixing } from '../contracts/forward-start.ts';
import { forwardVol } from '../surface/surface.ts';
import type { ForwardStartPosition, FuturePosition, RealizedVolPosition } from './book.ts';
import { cannotValue } from './option-value.ts';
import { varianceOfMove } from './roll.ts';
import type { TermCurve } from './term-curve.ts';

/** Value of a whole position with derivatives in ln(spot), volatility and time. */
export interface ContractValue {
  readonly value: number;
  /** S·∂V/∂S */
  readonly perLogSpot: number;
  /** S²·∂²V/∂S² */
  readonly gammaTimesSpotSquared: number;
  /** To the volatility it is valued at. */
  readonly vegaPerVol: number;
  /** Spot, rates, yields and volatilities held. */
  readonly thetaPerYear: number;
  /** The volatility it is valued at, and the times in years that it spans; null where there is none. */
  readonly vol: { readonly value: Vol; readonly from: number; readonly to: number } | null;
}

const noVol = (symbol: string): string => `${symbol} has no at-the-money volatility in the frozen market.`;

/** Volatility between two times of a curve. */
function volBetween(curve: TermCurve, symbol: string, from: number, to: number): Result<Vol, string> {
  const [near, far] = [from > 0 ? curve.volAt(from) : 0, curve.volAt(to)];
  if (near === null || far === null) return fail(noVol(symbol));
  if (from <= 0) return ok(far);
  const vol = forwardVol({ nearVol: near, nearTime: from, farVol: far, farTime: to });
  return vol.ok ? vol : fail(sentenceOf(failure(vol.error.code, symbol, vol.error.detail)));
}

/**
 * A forward-start contract held, before or after its fixing, as the contract desk values it: without the
 * premium owed.
 *
 * @param given volatility of its slice, or of the time left; absent: the curve's
 * Source: math §10. Proof: test/unit/quant/scenario/revalue.test.ts
 */
export function valueForwardStart(
  asOf: IsoDate,
  position: ForwardStartPosition,
  curve: TermCurve,
  given?: Vol,
): Result<ContractValue, string> {
  const { payoff, fixedStrike, secondReferenceDate, label, symbol } = position;
  if (asOf >= secondReferenceDate)
    return fail(`${label} ended on ${secondReferenceDate}: confirm the final level.`);
  const timeToStart = Math.max(0, yearsBetween(asOf, position.firstReferenceDate));
  const timeToEnd = yearsBetween(asOf, secondReferenceDate);
  const vol =
    given === undefined
      ? volBetween(curve, symbol, fixedStrike === null ? timeToStart : 0, timeToEnd)
      : ok(given);
  if (!vol.ok) return vol;
  const [near, far] = [curve.forwardAt(timeToStart), curve.forwardAt(timeToEnd)];
  const discountFactor = curve.discountAt(timeToEnd);
  const priced =
    fixedStrike === null
      ? priceBeforeFixing({
          payoff,
          market: {
            timeToStart,
            timeToEnd,
            vol: vol.value,
            volToStart: timeToStart > 0 ? (curve.volAt(timeToStart) ?? 0) : 0,
            forward: near,
            carryFactor: far / near,
            discountFactor,
          },
        })
      : priceAfterFixing({
          payoff,
          market: { fixedStrike, forward: far, timeToEnd, vol: vol.value, discountFactor },
        });
  if (!priced.ok) return fail(cannotValue(label, String(priced.error.detail['reason'])));
  const { price, deltaForward, gammaForward, vegaPerVol, thetaPerYear } = priced.value;
  const scale = position.quantity * position.amount;
  const [forward, time] = fixedStrike === null ? [near, timeToStart] : [far, timeToEnd];
  const rate = -Math.log(discountFactor) / timeToEnd;
  // The forward's drift to the spot; a forward at the spot itself has none.
  const carry = time > 0 ? Math.log(forward / curve.forwardAt(0)) / time : 0;
  return ok({
    value: scale * price,
    perLogSpot: scale * deltaForward * forward,
    gammaTimesSpotSquared: scale * gammaForward * forward * forward,
    vegaPerVol: scale * vegaPerVol,
    thetaPerYear: scale * (thetaPerYear + rate * price - carry * forward * deltaForward),
    vol: { value: vol.value, from: fixedStrike === null ? timeToStart : 0, to: timeToEnd },
  });
}

/**
 * A realized-volatility contract held, before, inside or at the end of its period: realized part, the move
 * since the last observation and the implied rest combine in variance.
 *
 * @param given volatility of the rest; absent: the curve's
 * Limits: no convexity adjustment and no discounting, as the contract desk marks it; days that pass are
 * expected to realize what is implied, so it has no theta.
 * Source: math §11. Proof: test/unit/quant/scenario/revalue.test.ts
 */
export function valueRealizedVol(
  asOf: IsoDate,
  position: RealizedVolPosition,
  curve: TermCurve,
  given?: Vol,
): Result<ContractValue, string> {
  const { progress, label, symbol, startDate, endDate } = position;
  if (progress === null) return fail(position.progressReason ?? `${label} has no observations.`);
  const { observationsDone, observationsExpected, realizedVol } = progress;
  if (!(observationsExpected > 0)) return fail(`The period of ${label} holds no session.`);
  const share = observationsDone / observationsExpected;
  const [from, to] = [Math.max(0, yearsBetween(asOf, startDate)), yearsBetween(asOf, endDate)];
  const over = asOf >= endDate || share === 1;
  const rest = over ? ok(0) : given === undefined ? volBetween(curve, symbol, from, to) : ok(given);
  if (!rest.ok) return rest;
  const scale = position.quantity * position.multiplier * position.months;
  const pending = position.pendingReturn ?? 0;
  const variance =
    (share === 0 ? 0 : share * realizedVol ** 2) +
    (1 - share) * rest.value ** 2 +
    varianceOfMove(position, pending);
  const vol = Math.sqrt(variance);
  const live = asOf >= startDate && !over && vol > 0;
  // σ = √(A + B·x²) in the move x since the last observation
  const perSquare = live ? varianceOfMove(position, 1) : 0;
  const slope = live ? (perSquare * pending) / vol : 0;
  const curvature = live ? perSquare / vol - (perSquare * perSquare * pending * pending) / vol ** 3 : 0;
  return ok({
    value: scale * vol,
    perLogSpot: scale * slope,
    gammaTimesSpotSquared: scale * (curvature - slope),
    vegaPerVol: scale * (vol > 0 ? ((1 - share) * rest.value) / vol : Math.sqrt(1 - share)),
    thetaPerYear: 0,
    vol: over ? null : { value: rest.value, from, to },
  });
}

/** A future marked against its reference price. */
export function valueFuture(position: FuturePosition, curve: TermCurve): ContractValue {
  const forward = curve.forwardAt(position.timeToExpiry);
  const units = position.quantity * position.multiplier;
  const carry =
    position.timeToExpiry > 0 ? Math.log(forward / curve.forwardAt(0)) / position.timeToExpiry : 0;
  return {
    value: units * (forward - position.referencePrice),
    perLogSpot: units * forward,
    gammaTimesSpotSquared: 0,
    vegaPerVol: 0,
    thetaPerYear: -carry * units * forward,
    vol: null,
  };
}
