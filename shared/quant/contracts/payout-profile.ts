import { ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { packagePayoff, type PayoffPackage } from './forward-start-package.ts';
import type { ForwardStartFailure } from './forward-start-terms.ts';

/** A position whose payoff is drawn against X = F₂/F₁. */
export interface ProfilePosition {
  readonly payoffs: PayoffPackage;
  /** Quantity × amount, signed. */
  readonly scale: number;
  /** F₁ that X starts from; known once fixed, expected before. Underlier currency. */
  readonly firstFixing: number;
}

/** `count` values from `low` to `high`, both included. */
export const evenMoves = (low: number, high: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/**
 * What a position pays at its second reference time for each move, account currency.
 *
 * Failures: `invalid-input` where the fixing is not above 0 or a strike cannot be a unit
 * Source: math §10. Proof: test/unit/quant/break-even-history.test.ts
 */
export function payoutProfile(
  position: ProfilePosition,
  moves: readonly number[],
): Result<readonly number[], ForwardStartFailure> {
  const { payoffs, scale, firstFixing } = position;
  const paid: number[] = [];
  for (const move of moves) {
    const one = packagePayoff({ payoffs, fixing: { firstFixing }, secondFixing: firstFixing * move });
    if (!one.ok) return one;
    paid.push(scale * one.value);
  }
  return ok(paid);
}

/** Where a line drawn through points crosses zero, ascending; a touching end counts once. */
export function zeroCrossings(x: readonly number[], y: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const [here, next] = [y[i]!, y[i + 1]];
    if (here === 0 && (y[i - 1] ?? 0) * (next ?? 0) < 0) found.push(x[i]!);
    else if (next !== undefined && here * next < 0) {
      found.push(x[i]! + ((x[i + 1]! - x[i]!) * here) / (here - next));
    }
  }
  return found;
}
