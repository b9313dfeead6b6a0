import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { OptionType, Vol, Years } from '../../units.ts';
import { priceAfterFixing, priceBeforeFixing } from './forward-start.ts';
import { payoffMoment } from './forward-start-moments.ts';
import { fixedLevels } from './forward-start-settlement.ts';
import { aboveZero, atLeastZero, invalidForwardStart } from './forward-start-terms.ts';
import type { AfterFixing, BeforeFixing, ForwardStartPayoff } from './forward-start-terms.ts';
import type { Bend } from './forward-start-quadrature.ts';
import { optionOnValue } from './option-on-value.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

export type OptionOnForwardStartFailure = Reasoned<'invalid-input' | 'negative-forward-variance'>;

/** The right to buy (call) or sell (put) a forward-start contract. */
export interface ForwardStartOption {
  readonly optionType: OptionType;
  /** Price of the contract agreed, in the contract's own unit, ≥ 0. */
  readonly contractStrike: number;
  readonly timeToExpiry: Years;
  /** To the option's expiry; left out, the rate of the contract's discount factor is taken as constant. */
  readonly discountFactor?: number | undefined;
  /** Deterministic volatilities: the underlier's volatility to the option's expiry. */
  readonly volToExpiry?: Vol | undefined;
  /** Uncertain volatility: the lognormal volatility of the contract's forward value. */
  readonly volOfVol?: Vol | undefined;
}

/** A contract whose strike is to be fixed, or one inside its reference period. */
export type UnderlyingContract =
  | { readonly phase: 'beforeFixing'; readonly payoff: ForwardStartPayoff; readonly market: BeforeFixing }
  | { readonly phase: 'afterFixing'; readonly payoff: ForwardStartPayoff; readonly market: AfterFixing };

export interface ForwardStartOptionPrice {
  /** Discounted, in the contract's own unit. */
  readonly price: number;
  /** The contract's expected value at the option's expiry. */
  readonly contractForward: number;
}

/** Wider than any market's σ√t, and still integrated in a few milliseconds. */
const largestDeviation = 10;

/**
 * Price of an option on a forward-start contract: an option on volatility.
 *
 * With `volOfVol` it is Black on the contract's forward value. Otherwise volatilities are deterministic and
 * the value is exact: a relative contract before its fixing has a certain value; an absolute one moves as the
 * underlier or as its square; after the fixing, and with a strike offset, one quadrature split at the levels
 * where the option is at the money. `volToExpiry` left out after the fixing is the contract's own vol.
 *
 * @returns `negative-forward-variance` where the variance to the option's expiry exceeds the variance to the
 *   contract's next reference time; `invalid-input` where the option outlives that time
 *
 * Limits: relative 1e-10 against quadrature of 30 digits.
 * Source: math §10. Proof: test/reference/quant/compound.test.ts
 */
export function priceOptionOnForwardStart(input: {
  readonly option: ForwardStartOption;
  readonly contract: UnderlyingContract;
}): Result<ForwardStartOptionPrice, OptionOnForwardStartFailure> {
  const { option, contract } = input;
  const { optionType, contractStrike, timeToExpiry, volOfVol } = option;
  if (!atLeastZero(timeToExpiry)) return invalidForwardStart(`timeToExpiry is ${timeToExpiry}`);
  if (!atLeastZero(contractStrike)) return invalidForwardStart(`contractStrike is ${contractStrike}`);
  const { market } = contract;
  const deadline = contract.phase === 'beforeFixing' ? contract.market.timeToStart : market.timeToEnd;
  if (timeToExpiry > deadline) {
    const which = contract.phase === 'beforeFixing' ? 'first' : 'second';
    return invalidForwardStart(`the option expires after the contract's ${which} reference time`);
  }
  const toPayment = market.discountFactor ?? 1;
  const constantRate = market.timeToEnd > 0 ? toPayment ** (timeToExpiry / market.timeToEnd) : 1;
  const toExpiry = option.discountFactor ?? constantRate;
  if (!aboveZero(toExpiry)) return invalidForwardStart(`the option's discount factor is ${toExpiry}`);

  const today = priceContract(contract);
  if (!today.ok) return today;
  const contractForward = today.value / toExpiry;
  const black = (deviation: number): Result<ForwardStartOptionPrice, OptionOnForwardStartFailure> => {
    const value =
      contractForward > 0
        ? payoffMoment(optionType, 1, contractForward, contractStrike, deviation).value
        : optionType === 'put'
          ? contractStrike
          : 0;
    return ok({ price: toExpiry * value, contractForward });
  };
  if (volOfVol !== undefined) {
    if (!atLeastZero(volOfVol)) return invalidForwardStart(`volOfVol is ${volOfVol}`);
    return black(volOfVol * Math.sqrt(timeToExpiry));
  }

  const volToExpiry =
    option.volToExpiry ?? (contract.phase === 'afterFixing' ? contract.market.vol : undefined);
  const { family, power, strikeOffset = 0 } = contract.payoff;
  const certain = contract.phase === 'beforeFixing' && family === 'relative' && strikeOffset === 0;
  if (certain || timeToExpiry === 0) return black(0);
  if (volToExpiry === undefined) return invalidForwardStart('neither volToExpiry nor volOfVol is given');
  if (!atLeastZero(volToExpiry)) return invalidForwardStart(`volToExpiry is ${volToExpiry}`);
  const deviation = volToExpiry * Math.sqrt(timeToExpiry);
  if (deviation > largestDeviation) {
    return invalidForwardStart(`a deviation of ${deviation} to the expiry is beyond ${largestDeviation}`);
  }

  if (contract.phase === 'beforeFixing') {
    const { timeToStart, timeToEnd, volToStart } = contract.market;
    // For power 1 without offset the variance after the option's expiry does not enter.
    const needsRest = power === 2 || strikeOffset !== 0;
    const rest = needsRest
      ? varianceLeft(volToExpiry, timeToExpiry, volToStart ?? Number.NaN, timeToStart)
      : ok(0);
    if (!rest.ok) return rest;
    if (strikeOffset === 0) return black(power * deviation);
    const timeLeft = timeToStart - timeToExpiry;
    const later: BeforeFixing = {
      ...contract.market,
      timeToStart: timeLeft,
      timeToEnd: timeToEnd - timeToExpiry,
      volToStart: timeLeft > 0 ? Math.sqrt(rest.value / timeLeft) : 0,
      discountFactor: toPayment / toExpiry,
    };
    return optionOnLevel(contract.market.forward ?? 1, 1, (forward) =>
      priceContract({ ...contract, market: { ...later, forward } }),
    );
  }

  const { timeToEnd, vol, forward } = contract.market;
  const rest = varianceLeft(volToExpiry, timeToExpiry, vol, timeToEnd);
  if (!rest.ok) return rest;
  const levels = fixedLevels(contract.payoff, contract.market);
  if (!levels.ok) return levels;
  const timeLeft = timeToEnd - timeToExpiry;
  const later: AfterFixing = {
    ...contract.market,
    timeToEnd: timeLeft,
    vol: timeLeft > 0 ? Math.sqrt(rest.value / timeLeft) : 0,
    discountFactor: toPayment / toExpiry,
  };
  const { strike } = levels.value;
  const bend: Bend[] =
    strike > 0 && deviation > 0
      ? [
          {
            at: Math.log(strike / forward) / deviation + 0.5 * deviation,
            width: Math.sqrt(rest.value) / deviation,
          },
        ]
      : [];
  return optionOnLevel(
    forward,
    power,
    (level) => priceContract({ ...contract, market: { ...later, forward: level } }),
    bend,
  );

  function optionOnLevel(
    level: number,
    growthPower: number,
    valueAt: (level: number) => Result<number, Reasoned<'invalid-input'>>,
    bends: readonly Bend[] = [],
  ): Result<ForwardStartOptionPrice, OptionOnForwardStartFailure> {
    const value = optionOnValue({
      optionType,
      strike: contractStrike,
      forward: level,
      deviation,
      growthPower,
      valueAt,
      bends,
      valley: contract.payoff.optionType === 'straddle',
    });
    return value.ok ? ok({ price: toExpiry * value.value, contractForward }) : value;
  }
}

function priceContract(contract: UnderlyingContract): Result<number, Reasoned<'invalid-input'>> {
  const priced = contract.phase === 'beforeFixing' ? priceBeforeFixing(contract) : priceAfterFixing(contract);
  return priced.ok ? ok(priced.value.price) : priced;
}

/** Total variance between two times; a hair below zero from rounding counts as none. */
function varianceLeft(
  nearVol: Vol,
  nearTime: Years,
  farVol: Vol,
  farTime: Years,
): Result<number, OptionOnForwardStartFailure> {
  const near = nearVol * nearVol * nearTime;
  const far = farVol * farVol * farTime;
  if (Number.isNaN(far)) return invalidForwardStart('volToStart is missing');
  if (far - near < -4 * Number.EPSILON * far) {
    return fail(reasoned('negative-forward-variance', { nearVol, nearTime, farVol, farTime }));
  }
  return ok(Math.max(far - near, 0));
}
