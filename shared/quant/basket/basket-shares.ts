import { failure, type Failure } from '../../failure.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { Fraction } from '../../units.ts';

export interface ShareHolding {
  readonly symbol: string;
  readonly shares: number;
  /** Account currency. */
  readonly value: number;
  /** Of the invested money. */
  readonly weight: Fraction;
  readonly targetWeight: Fraction;
}

export interface ShareBasket {
  readonly holdings: readonly ShareHolding[];
  readonly invested: number;
  readonly cash: number;
}

/**
 * Whole round lots of each name for a capital, near the target weights and never above the capital.
 *
 * Each name gets the lots that its share of the capital pays; then a lot at a time goes to the name
 * furthest below its target, as long as that brings it nearer and the cash pays.
 *
 * @param input.targets  weights ≥ 0, normalized to sum 1 here; price per share > 0
 * @param input.lotSize  shares a lot; 1 buys single shares; a target's own goes before
 * Failures: `basket-without-shares` where the capital buys no lot of anything; `invalid-input`.
 * Source: math §8 (whole shares or round lots for a given capital).
 * Proof:  test/unit/quant/basket.test.ts, test/property/quant/basket.test.ts
 */
export function basketShares(input: {
  readonly targets: readonly {
    readonly symbol: string;
    readonly weight: Fraction;
    readonly price: number;
    readonly lotSize?: number | undefined;
  }[];
  readonly capital: number;
  readonly lotSize?: number;
}): Result<ShareBasket, Failure> {
  const { targets, capital, lotSize = 1 } = input;
  const total = targets.reduce((sum, target) => sum + target.weight, 0);
  const bad = targets.find((t) => !(t.price > 0) || !(t.weight >= 0) || !Number.isFinite(t.price * t.weight));
  const subject = 'The basket';
  if (bad !== undefined) {
    return fail(
      failure('invalid-input', bad.symbol, { reason: 'its price must be above 0 and its weight not below' }),
    );
  }
  const sizes = targets.map((target) => target.lotSize ?? lotSize);
  if (!(capital > 0) || !(total > 0) || !sizes.every((size) => Number.isInteger(size) && size >= 1)) {
    return fail(
      failure('invalid-input', subject, { reason: 'capital, weights and lot size must be above 0' }),
    );
  }
  const wanted = targets.map((target) => (target.weight / total) * capital);
  const lotValue = targets.map((target, i) => target.price * sizes[i]!);
  const lots = targets.map((_, i) => Math.floor(wanted[i]! / lotValue[i]! + 1e-12));
  let cash = capital - lots.reduce((sum, count, i) => sum + count * lotValue[i]!, 0);
  for (;;) {
    let most = -1;
    let shortest = 0;
    for (let i = 0; i < targets.length; i++) {
      const short = wanted[i]! - lots[i]! * lotValue[i]!;
      if (lotValue[i]! <= cash && short > lotValue[i]! / 2 && short > shortest) [most, shortest] = [i, short];
    }
    if (most < 0) break;
    lots[most]!++;
    cash -= lotValue[most]!;
  }
  const values = lots.map((count, i) => count * lotValue[i]!);
  const invested = values.reduce((a, b) => a + b, 0);
  if (!(invested > 0)) return fail(failure('basket-without-shares', subject));
  return ok({
    holdings: targets.map((target, i) => ({
      symbol: target.symbol,
      shares: lots[i]! * sizes[i]!,
      value: values[i]!,
      weight: values[i]! / invested,
      targetWeight: target.weight / total,
    })),
    invested,
    cash: capital - invested,
  });
}
