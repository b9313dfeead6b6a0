import { ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol, Years } from '../../units.ts';
import { payoffMoment } from './forward-start-moments.ts';
import type { PayoffMoment } from './forward-start-moments.ts';
import { offsetMoments } from './forward-start-offset.ts';
import { fixedLevels } from './forward-start-settlement.ts';
import { aboveZero, atLeastZero, invalidForwardStart } from './forward-start-terms.ts';
import type {
  AfterFixing,
  BeforeFixing,
  ForwardStartFailure,
  ForwardStartPayoff,
  ForwardStartPrice,
  LevelMoments,
} from './forward-start-terms.ts';

/** Wider than any market's σ√t, and still integrated in a few milliseconds. */
const largestDeviationToStart = 10;

/**
 * Price and risk of a forward-start contract before its strike is fixed.
 *
 * @param contract.payoff the terms; strikeMultiplier ≥ 0
 * @param contract.market times in years with timeToEnd ≥ timeToStart ≥ 0, vols ≥ 0, the rest > 0
 * @returns per 1.00 of payoff (relative) or per unit of the underlier (absolute); `invalid-input` where a
 *   needed forward or volToStart is missing, where a strike used as the unit could fall to 0 (b < 0), or
 *   where the value is beyond the largest double
 *
 * Limits: relative 1e-12 where the value is above 1e-8; vol = 0 gives intrinsic value. Relative contracts
 * without offset have no delta: level and volToStart do not enter.
 * Source: math §10 (time-dependent Black–Scholes). Proof: test/reference/quant/forward-start.test.ts
 */
export function priceBeforeFixing(contract: {
  readonly payoff: ForwardStartPayoff;
  readonly market: BeforeFixing;
}): Result<ForwardStartPrice, ForwardStartFailure> {
  const { payoff, market } = contract;
  const { optionType, family, power, strikeMultiplier: m = 1, strikeOffset: b = 0 } = payoff;
  const { normalizedBy = 'firstFixing' } = payoff;
  const { timeToStart, timeToEnd, vol, carryFactor = 1, discountFactor = 1 } = market;
  const tau = timeToEnd - timeToStart;
  if (!atLeastZero(timeToStart) || !atLeastZero(tau)) {
    return invalidForwardStart(
      `the reference times ${timeToStart} and ${timeToEnd} years are not 0 or later, in order`,
    );
  }
  if (!atLeastZero(vol)) return invalidForwardStart(`vol is ${vol}`);
  if (!aboveZero(carryFactor)) return invalidForwardStart(`carryFactor is ${carryFactor}`);
  if (!aboveZero(discountFactor)) return invalidForwardStart(`discountFactor is ${discountFactor}`);
  if (!atLeastZero(m) || !Number.isFinite(b)) {
    return invalidForwardStart(`the strike is ${m} times the first fixing plus ${b}`);
  }
  const byStrike = family === 'relative' && normalizedBy === 'strike';
  if (byStrike && (b < 0 || (m === 0 && b === 0))) {
    return invalidForwardStart('a payoff per unit of strike needs a strike that cannot fall to 0');
  }
  const needsLevel = family === 'absolute' || b !== 0;
  const needsVolToStart = timeToStart > 0 && (b !== 0 || (family === 'absolute' && power === 2));
  const forward = market.forward ?? 1;
  const volToStart = needsVolToStart ? (market.volToStart ?? Number.NaN) : 0;
  if (needsLevel && market.forward === undefined) return invalidForwardStart('the forward is missing');
  if (needsLevel && !aboveZero(forward)) return invalidForwardStart(`forward is ${forward}`);
  if (needsVolToStart && market.volToStart === undefined) return invalidForwardStart('volToStart is missing');
  if (!atLeastZero(volToStart)) return invalidForwardStart(`volToStart is ${volToStart}`);

  const deviation = vol * Math.sqrt(tau);
  const deviationToStart = volToStart * Math.sqrt(timeToStart);
  if (b !== 0 && deviationToStart > largestDeviationToStart) {
    return invalidForwardStart(
      `a deviation of ${deviationToStart} to the fixing is beyond the ${largestDeviationToStart} that a strike offset allows`,
    );
  }
  const moments =
    b === 0
      ? plainMoments({ payoff, m, forward, carryFactor, deviation, deviationToStart })
      : offsetMoments({
          optionType,
          power,
          unit: family === 'absolute' ? 'none' : normalizedBy,
          strikeMultiplier: m,
          strikeOffset: b,
          forward,
          carryFactor,
          deviation,
          deviationToStart,
        });
  const gammaForward = discountFactor * moments.perForwardTwice;
  // Any claim on F₁: ∂V/∂σ₁ = σ₁ t₁ F² V″, and time runs off that variance alone.
  const varianceSlope = forward * forward * gammaForward;
  const price: ForwardStartPrice = {
    price: discountFactor * moments.value,
    deltaForward: discountFactor * moments.perForward,
    gammaForward,
    vegaPerVol: discountFactor * moments.perDeviation * Math.sqrt(tau),
    vegaToStartPerVol: volToStart * timeToStart * varianceSlope,
    thetaPerYear: timeToStart > 0 ? -0.5 * volToStart * volToStart * varianceSlope : 0,
    perCarryFactor: discountFactor * moments.perCarryFactor,
  };
  return finitePrice(price);
}

function plainMoments(input: {
  readonly payoff: ForwardStartPayoff;
  readonly m: number;
  readonly forward: number;
  readonly carryFactor: number;
  readonly deviation: number;
  readonly deviationToStart: number;
}): LevelMoments {
  const { payoff, m, forward, carryFactor, deviation, deviationToStart } = input;
  const { optionType, family, power } = payoff;
  const unit = payoffMoment(optionType, power, carryFactor, m, deviation);
  if (family === 'relative') {
    const scale = payoff.normalizedBy === 'strike' ? m ** -power : 1;
    return {
      value: scale * unit.value,
      perForward: 0,
      perForwardTwice: 0,
      perDeviation: scale * unit.perDeviation,
      perCarryFactor: scale * unit.perMean,
    };
  }
  // E[F₁^p]: F for p = 1, F²·e^(σ₁²t₁) for p = 2
  const level = power === 1 ? forward : forward * forward * Math.exp(deviationToStart * deviationToStart);
  return {
    value: level * unit.value,
    perForward: (power * level * unit.value) / forward,
    perForwardTwice: power === 1 ? 0 : (2 * level * unit.value) / (forward * forward),
    perDeviation: level * unit.perDeviation,
    perCarryFactor: level * unit.perMean,
  };
}

/**
 * Price and risk of a forward-start contract inside its reference period: Black on the forward with the
 * fixed strike, over the payoff's unit for relative contracts; closed second moments for power 2.
 *
 * @param contract.market forward > 0, timeToEnd ≥ 0 in years, vol ≥ 0
 * @returns `invalid-input` where the fixing is missing or a bound is broken
 *
 * Limits: at timeToEnd 0 or vol 0 the payoff itself.
 * Source: math §10. Proof: test/reference/quant/forward-start.test.ts
 */
export function priceAfterFixing(contract: {
  readonly payoff: ForwardStartPayoff;
  readonly market: AfterFixing;
}): Result<ForwardStartPrice, ForwardStartFailure> {
  const { payoff, market } = contract;
  const { forward, timeToEnd, vol, discountFactor = 1 } = market;
  if (!aboveZero(forward)) return invalidForwardStart(`forward is ${forward}`);
  if (!atLeastZero(timeToEnd)) return invalidForwardStart(`timeToEnd is ${timeToEnd}`);
  if (!atLeastZero(vol)) return invalidForwardStart(`vol is ${vol}`);
  if (!aboveZero(discountFactor)) return invalidForwardStart(`discountFactor is ${discountFactor}`);
  const levels = fixedLevels(payoff, market);
  if (!levels.ok) return levels;
  const { strike, unit } = levels.value;
  const moment = payoffMoment(
    payoff.optionType,
    payoff.power,
    forward / unit,
    strike / unit,
    vol * Math.sqrt(timeToEnd),
  );
  return finitePrice(pricedMoment(moment, { forward, unit, timeToEnd, vol, discountFactor }));
}

function pricedMoment(
  moment: PayoffMoment,
  scale: {
    readonly forward: number;
    readonly unit: number;
    readonly timeToEnd: Years;
    readonly vol: Vol;
    readonly discountFactor: number;
  },
): ForwardStartPrice {
  const { forward, unit, timeToEnd, vol, discountFactor } = scale;
  const gammaForward = (discountFactor * moment.perMeanTwice) / (unit * unit);
  return {
    price: discountFactor * moment.value,
    deltaForward: (discountFactor * moment.perMean) / unit,
    gammaForward,
    vegaPerVol: discountFactor * moment.perDeviation * Math.sqrt(timeToEnd),
    vegaToStartPerVol: 0,
    thetaPerYear: timeToEnd > 0 ? -0.5 * vol * vol * forward * forward * gammaForward : 0,
    perCarryFactor: 0,
  };
}

function finitePrice(price: ForwardStartPrice): Result<ForwardStartPrice, ForwardStartFailure> {
  return Object.values(price).every(Number.isFinite)
    ? ok(price)
    : invalidForwardStart('the value is beyond the largest number');
}
