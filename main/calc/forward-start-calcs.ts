import { z } from 'zod';
import {
  impliedVolAfterFixing,
  impliedVolBeforeFixing,
} from '../../shared/quant/contracts/forward-start-implied-vol.ts';
import type {
  AfterFixing,
  BeforeFixing,
  ForwardStartPayoff,
} from '../../shared/quant/contracts/forward-start-terms.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../shared/quant/contracts/forward-start.ts';
import { priceOptionOnForwardStart } from '../../shared/quant/contracts/option-on-forward-start.ts';
import type { UnderlyingContract } from '../../shared/quant/contracts/option-on-forward-start.ts';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { aboveZero, calc, discountFactor, invalid, number, optionType, zeroOrMore } from './define-calc.ts';
import type { CalcFailure } from './define-calc.ts';

const payoffType = z.enum(['call', 'put', 'straddle']);
const payoff = {
  family: z.enum(['relative', 'absolute']),
  power: z.union([z.literal(1), z.literal(2)], 'must be 1 or 2').default(1),
  strikeMultiplier: zeroOrMore.default(1),
  strikeOffset: number.default(0),
  normalizedBy: z.enum(['firstFixing', 'strike']).default('firstFixing'),
};
const market = {
  timeToStart: zeroOrMore.optional(),
  timeToEnd: zeroOrMore,
  volToStart: zeroOrMore.optional(),
  forward: aboveZero.optional(),
  carryFactor: aboveZero.default(1),
  discountFactor,
  fixedStrike: aboveZero.optional(),
  firstFixing: aboveZero.optional(),
};
const vol = zeroOrMore;

interface Fields extends Omit<ForwardStartPayoff, 'optionType'> {
  readonly timeToStart?: number | undefined;
  readonly timeToEnd: number;
  readonly volToStart?: number | undefined;
  readonly forward?: number | undefined;
  readonly carryFactor: number;
  readonly discountFactor: number;
  readonly fixedStrike?: number | undefined;
  readonly firstFixing?: number | undefined;
}
type Phased =
  | { readonly phase: 'beforeFixing'; readonly market: Omit<BeforeFixing, 'vol'> }
  | { readonly phase: 'afterFixing'; readonly market: Omit<AfterFixing, 'vol'> };

/** A fixed strike or a first fixing puts the contract inside its reference period. */
function phaseOf(fields: Fields): Result<Phased, CalcFailure> {
  const { timeToStart, timeToEnd, volToStart, forward, carryFactor, fixedStrike, firstFixing } = fields;
  const payment = fields.discountFactor;
  if (fixedStrike !== undefined || firstFixing !== undefined) {
    if (forward === undefined) return invalid('forward is missing');
    return ok({
      phase: 'afterFixing',
      market: { fixedStrike, firstFixing, forward, timeToEnd, discountFactor: payment },
    });
  }
  if (timeToStart === undefined) {
    return invalid('timeToStart is missing, and so are fixedStrike and firstFixing');
  }
  return ok({
    phase: 'beforeFixing',
    market: { timeToStart, timeToEnd, volToStart, forward, carryFactor, discountFactor: payment },
  });
}

export const forwardStartCalcs = {
  forwardStart: calc({ optionType: payoffType, ...payoff, ...market, vol }, (input) => {
    const phased = phaseOf(input);
    if (!phased.ok) return phased;
    const price =
      phased.value.phase === 'beforeFixing'
        ? priceBeforeFixing({ payoff: input, market: { ...phased.value.market, vol: input.vol } })
        : priceAfterFixing({ payoff: input, market: { ...phased.value.market, vol: input.vol } });
    return price.ok ? ok({ ...price.value }) : price;
  }),

  forwardStartImpliedVol: calc({ optionType: payoffType, ...payoff, ...market, price: number }, (input) => {
    const phased = phaseOf(input);
    if (!phased.ok) return phased;
    const implied =
      phased.value.phase === 'beforeFixing'
        ? impliedVolBeforeFixing({ payoff: input, market: phased.value.market, price: input.price })
        : impliedVolAfterFixing({ payoff: input, market: phased.value.market, price: input.price });
    return implied.ok ? ok({ vol: implied.value }) : implied;
  }),

  /** `optionType` is the option's own, `underlyingOptionType` the contract's. */
  optionOnForwardStart: calc(
    {
      optionType,
      underlyingOptionType: payoffType,
      ...payoff,
      ...market,
      vol,
      contractStrike: zeroOrMore,
      timeToExpiry: zeroOrMore,
      volToExpiry: zeroOrMore.optional(),
      volOfVol: zeroOrMore.optional(),
      optionDiscountFactor: aboveZero.optional(),
    },
    (input) => {
      const phased = phaseOf(input);
      if (!phased.ok) return phased;
      const terms = { ...input, optionType: input.underlyingOptionType };
      const contract: UnderlyingContract =
        phased.value.phase === 'beforeFixing'
          ? { phase: 'beforeFixing', payoff: terms, market: { ...phased.value.market, vol: input.vol } }
          : { phase: 'afterFixing', payoff: terms, market: { ...phased.value.market, vol: input.vol } };
      const price = priceOptionOnForwardStart({
        option: {
          optionType: input.optionType,
          contractStrike: input.contractStrike,
          timeToExpiry: input.timeToExpiry,
          discountFactor: input.optionDiscountFactor,
          volToExpiry: input.volToExpiry,
          volOfVol: input.volOfVol,
        },
        contract,
      });
      return price.ok ? ok({ ...price.value }) : price;
    },
  ),
};
