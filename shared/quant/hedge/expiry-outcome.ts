import type { OptionType } from '../../units.ts';
import { inDecimals, inWhole } from '../words.ts';

/** How an option ends. */
export type ExpiryOutcome = 'exercise' | 'assignment' | 'cash-settlement' | 'worthless';

export interface ExpiringOption {
  readonly optionType: OptionType;
  readonly strike: number;
  /** Signed contracts: short is negative. */
  readonly quantity: number;
  readonly multiplier: number;
  /** What is delivered in the money: shares, or the difference in cash. */
  readonly delivery: 'physical' | 'cash';
}

export interface Ending {
  /** Shares received (+) or delivered (−). */
  readonly stockQuantity: number;
  /** Money received (+) or paid (−). */
  readonly cash: number;
}

export interface ProposedEnding extends Ending {
  readonly outcome: ExpiryOutcome;
  /** Per unit, ≥ 0. */
  readonly intrinsic: number;
  /** So near its strike that either end is likely. */
  readonly isPinned: boolean;
  readonly reason: string;
}

/** Of the strike: nearer than this it is anybody's guess whether a holder exercises. */
const pinShare = 0.002;
/** The clearing house exercises by itself what is in the money by at least this much a unit. */
const exercisedFrom = 0.01;

const intrinsicAt = ({ optionType, strike }: ExpiringOption, price: number): number =>
  Math.max(0, optionType === 'call' ? price - strike : strike - price);

/** Outcomes that a person may confirm for an option: what its side and its delivery allow. */
export const allowedOutcomes = ({ quantity, delivery }: ExpiringOption): readonly ExpiryOutcome[] => [
  delivery === 'cash' ? 'cash-settlement' : quantity > 0 ? 'exercise' : 'assignment',
  'worthless',
];

/**
 * Stock and cash that an ending brings: a delivery moves shares against the strike, a cash settlement pays the
 * difference, nothing moves for what is worthless.
 *
 * @param request.settlementPrice  per unit; needed for a cash settlement alone
 * @returns null where a cash settlement has no price
 * Proof: test/unit/quant/hedge-expiry.test.ts
 */
export function endingOf(
  option: ExpiringOption,
  request: { readonly outcome: ExpiryOutcome; readonly settlementPrice: number | null },
): Ending | null {
  const { optionType, strike, quantity, multiplier } = option;
  const units = quantity * multiplier;
  switch (request.outcome) {
    case 'worthless':
      return { stockQuantity: 0, cash: 0 };
    case 'cash-settlement':
      return request.settlementPrice === null
        ? null
        : { stockQuantity: 0, cash: units * intrinsicAt(option, request.settlementPrice) };
    case 'exercise':
    case 'assignment': {
      const stockQuantity = optionType === 'call' ? units : -units;
      return { stockQuantity, cash: -stockQuantity * strike };
    }
  }
}

/**
 * How an option ends at its settlement price: in the money by a cent or more it is exercised, assigned or
 * settled in cash, otherwise it is worthless.
 *
 * Limits: a holder may do otherwise near the strike, which `isPinned` says; a person confirms.
 * Source: features G6. Proof: test/unit/quant/hedge-expiry.test.ts
 */
export function proposeEnding(option: ExpiringOption, settlementPrice: number): ProposedEnding {
  const { optionType, strike, quantity } = option;
  const intrinsic = intrinsicAt(option, settlementPrice);
  const [inMoney] = allowedOutcomes(option);
  const outcome: ExpiryOutcome = intrinsic >= exercisedFrom && inMoney !== undefined ? inMoney : 'worthless';
  const ending = endingOf(option, { outcome, settlementPrice }) ?? { stockQuantity: 0, cash: 0 };
  const isPinned = Math.abs(settlementPrice - strike) <= pinShare * strike;
  const side = settlementPrice > strike ? 'above' : settlementPrice < strike ? 'below' : 'at';
  const where = `Settled at ${inDecimals(settlementPrice)}, ${side} the strike of ${inDecimals(strike)}`;
  const what = {
    exercise: `the ${inWhole(quantity)} held are exercised`,
    assignment: `the ${inWhole(-quantity)} sold are assigned`,
    'cash-settlement': `the difference of ${inDecimals(intrinsic)} is settled in cash`,
    worthless: `the ${optionType} ends worthless`,
  }[outcome];
  const pinned = isPinned ? ' So near the strike a holder may do otherwise: check the notice.' : '';
  return { ...ending, outcome, intrinsic, isPinned, reason: `${where}: ${what}.${pinned}` };
}
