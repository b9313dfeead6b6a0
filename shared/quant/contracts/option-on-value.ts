import { ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { OptionType } from '../../units.ts';
import { overPanels } from './forward-start-quadrature.ts';
import type { Bend } from './forward-start-quadrature.ts';
import { normPdf } from '../math/normal.ts';
import { findRoot } from '../math/numeric.ts';

/** Standard deviations either side that still weigh in a double. */
const reach = 10;

/**
 * E[(W(F) − K)⁺] or E[(K − W(F))⁺] for F lognormal and W monotone, or falling and then rising (`valley`).
 * The levels where W = K are found first, so that the quadrature meets no kink and adds positive terms only.
 *
 * @param claim.deviation σ√t of F, > 0
 * @param claim.growthPower how W grows with F: 1 or 2
 * @param claim.valueAt undiscounted W; its failure is handed on
 * @param claim.bends where W turns fast, in standard normals
 *
 * Source: math §10, compound value. Proof: test/reference/quant/compound.test.ts
 */
export function optionOnValue<E>(claim: {
  readonly optionType: OptionType;
  readonly strike: number;
  readonly forward: number;
  readonly deviation: number;
  readonly growthPower: number;
  readonly valueAt: (forward: number) => Result<number, E>;
  readonly bends: readonly Bend[];
  readonly valley: boolean;
}): Result<number, E> {
  const { optionType, strike, forward, deviation: a, growthPower, valueAt, bends, valley } = claim;
  let failed: E | null = null;
  const excess = (z: number): number => {
    const value = valueAt(forward * Math.exp(a * z - 0.5 * a * a));
    if (value.ok) return value.value - strike;
    failed = value.error;
    return 0;
  };
  if (a === 0) {
    const at = excess(0);
    return failed === null ? ok(Math.max(optionType === 'call' ? at : -at, 0)) : { ok: false, error: failed };
  }
  const low = -reach - growthPower * a;
  const high = reach + growthPower * a;
  const turns = valley ? [low, lowestPoint(excess, low, high), high] : [low, high];
  const cuts = [low];
  for (let i = 1; i < turns.length; i++) {
    const root = findRoot({ of: excess, low: turns[i - 1]!, high: turns[i]! });
    if (root.ok) cuts.push(root.value);
  }
  cuts.push(high);
  const sign = optionType === 'call' ? 1 : -1;
  let total = 0;
  for (let i = 1; i < cuts.length; i++) {
    const [from, to] = [cuts[i - 1]!, cuts[i]!];
    if (!(to > from) || sign * excess(0.5 * (from + to)) <= 0) continue;
    overPanels({
      low: from,
      high: to,
      bends,
      widest: Math.min(1, 2 / a),
      visit: (z, weight) => {
        const mass = weight * normPdf(z);
        if (mass > 0) total += mass * Math.max(sign * excess(z), 0);
      },
    });
  }
  return failed === null ? ok(total) : { ok: false, error: failed };
}

/** Golden-section search for the bottom of a valley. */
function lowestPoint(of: (x: number) => number, from: number, to: number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let left = high - share * (high - low);
  let right = low + share * (high - low);
  let [atLeft, atRight] = [of(left), of(right)];
  for (let step = 0; step < 60; step++) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - share * (high - low);
      atLeft = of(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + share * (high - low);
      atRight = of(right);
    }
  }
  return 0.5 * (low + high);
}
