import { assertThat, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { aboveZero, atLeastZero, invalidForwardStart } from './forward-start-terms.ts';
import type { AfterFixing, ForwardStartFailure, ForwardStartPayoff } from './forward-start-terms.ts';

/** The strike and the unit that a relative payoff is divided by, once the first fixing is known. */
export function fixedLevels(
  payoff: ForwardStartPayoff,
  fixing: Pick<AfterFixing, 'fixedStrike' | 'firstFixing'>,
): Result<{ readonly strike: number; readonly unit: number }, ForwardStartFailure> {
  const { strikeMultiplier: m = 1, strikeOffset: b = 0, normalizedBy = 'firstFixing' } = payoff;
  const { fixedStrike, firstFixing } = fixing;
  if (fixedStrike === undefined && firstFixing === undefined) {
    return invalidForwardStart('neither fixedStrike nor firstFixing is given');
  }
  if (firstFixing !== undefined && !aboveZero(firstFixing)) {
    return invalidForwardStart(`firstFixing is ${firstFixing}`);
  }
  const strike = fixedStrike ?? m * (firstFixing ?? Number.NaN) + b;
  if (!Number.isFinite(strike)) return invalidForwardStart(`fixedStrike is ${strike}`);
  if (payoff.family === 'absolute') return ok({ strike, unit: 1 });
  const unit = normalizedBy === 'strike' ? strike : (firstFixing ?? (strike - b) / m);
  if (!aboveZero(unit)) return invalidForwardStart(`the payoff's unit is ${unit}`);
  return ok({ strike, unit });
}

/**
 * What the contract pays at the second reference time, in its own unit.
 *
 * @param settlement.secondFixing underlier currency, ≥ 0
 * Source: math §10. Proof: test/reference/quant/forward-start.test.ts (settlement)
 */
export function settlementPayoff(settlement: {
  readonly payoff: ForwardStartPayoff;
  readonly fixing: Pick<AfterFixing, 'fixedStrike' | 'firstFixing'>;
  readonly secondFixing: number;
}): Result<number, ForwardStartFailure> {
  const { payoff, fixing, secondFixing } = settlement;
  if (!atLeastZero(secondFixing)) return invalidForwardStart(`the second fixing is ${secondFixing}`);
  const levels = fixedLevels(payoff, fixing);
  if (!levels.ok) return levels;
  const move = (secondFixing - levels.value.strike) / levels.value.unit;
  const gain =
    payoff.optionType === 'call'
      ? Math.max(move, 0)
      : payoff.optionType === 'put'
        ? Math.max(-move, 0)
        : Math.abs(move);
  return ok(gain ** payoff.power);
}

/**
 * The level a fixing gives: the mean of the prices observed, rounded to the contract's step, halves up.
 *
 * @param observed.prices at least one, > 0, underlier currency
 * @param observed.roundTo step in underlier currency; 0 leaves the mean as it is
 * Source: math §10 (averaged and rounded fixings). Proof: test/unit/quant/forward-start.test.ts
 */
export function fixingLevel(observed: {
  readonly prices: readonly number[];
  readonly roundTo?: number | undefined;
}): Result<number, ForwardStartFailure> {
  const { prices, roundTo = 0 } = observed;
  assertThat(roundTo >= 0, `roundTo must be 0 or more; got ${roundTo}`);
  if (prices.length === 0) return invalidForwardStart('no price was observed');
  const bad = prices.find((price) => !aboveZero(price));
  if (bad !== undefined) return invalidForwardStart(`an observed price is ${bad}`);
  const mean = prices.reduce((a, b) => a + b, 0) / prices.length;
  if (roundTo === 0) return ok(mean);
  const steps = Math.floor(mean / roundTo + 0.5 + 1e-9);
  // Twelve digits: a step such as 0.05 has no exact double and its multiples would show it.
  return ok(Number((steps * roundTo).toPrecision(12)));
}
