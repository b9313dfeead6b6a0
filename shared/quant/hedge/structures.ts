import type { Fraction } from '../../units.ts';

/** An option with a market on both sides. Prices per unit; delta of one long option. */
export interface QuotedOption {
  readonly contract: string;
  readonly strike: number;
  readonly bid: number;
  readonly ask: number;
  readonly delta: number;
}

export interface Collar {
  readonly put: QuotedOption;
  readonly call: QuotedOption;
  /** Per unit: received (+) or paid (−). */
  readonly credit: number;
}

const nearestDelta = (options: readonly QuotedOption[], wanted: number): QuotedOption | null =>
  options.reduce<QuotedOption | null>(
    (best, one) =>
      best === null || Math.abs(Math.abs(one.delta) - wanted) < Math.abs(Math.abs(best.delta) - wanted)
        ? one
        : best,
    null,
  );

/**
 * A put bought and a call sold on the same shares: the put nearest the delta asked for, and the highest call
 * above it whose bid pays for it; where none does, the call nearest its own delta.
 *
 * @param request.putDelta   absolute; `callDelta` the same, for where no call pays for the put
 * @returns null without a put and a call above it
 * Source: features F6. Proof: test/unit/quant/hedge-structures.test.ts
 */
export function collarOf(request: {
  readonly calls: readonly QuotedOption[];
  readonly puts: readonly QuotedOption[];
  readonly putDelta: Fraction;
  readonly callDelta: Fraction;
}): Collar | null {
  const put = nearestDelta(request.puts, request.putDelta);
  if (put === null) return null;
  const above = request.calls.filter(({ strike }) => strike > put.strike);
  const paying = above.filter(({ bid, delta }) => bid >= put.ask && delta <= 0.5);
  const highest = paying.reduce<QuotedOption | null>(
    (best, one) => (best === null || one.strike > best.strike ? one : best),
    null,
  );
  const call = highest ?? nearestDelta(above, request.callDelta);
  return call === null ? null : { put, call, credit: call.bid - put.ask };
}

export interface PutSpread {
  readonly bought: QuotedOption;
  readonly sold: QuotedOption;
  /** Per unit, > 0. */
  readonly cost: number;
  /** The most it pays, per unit. */
  readonly width: number;
}

/**
 * A put bought and one further down sold: each nearest the delta asked for, the sold one below.
 *
 * @returns null where fewer than two puts can be traded
 * Source: math §9. Proof: test/unit/quant/hedge-structures.test.ts
 */
export function putSpreadOf(request: {
  readonly puts: readonly QuotedOption[];
  readonly boughtDelta: Fraction;
  readonly soldDelta: Fraction;
}): PutSpread | null {
  const bought = nearestDelta(request.puts, request.boughtDelta);
  if (bought === null) return null;
  const sold = nearestDelta(
    request.puts.filter(({ strike, bid }) => strike < bought.strike && bid > 0),
    request.soldDelta,
  );
  return sold === null
    ? null
    : { bought, sold, cost: bought.ask - sold.bid, width: bought.strike - sold.strike };
}
