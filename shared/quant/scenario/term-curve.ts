import { daysBetween, daysPerYear } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { Vol, Years } from '../../units.ts';
import { volAtMaturity } from '../surface/surface.ts';
import type { TermPoint } from '../surface/surface.ts';
import type { ExpiryMarket, NameMarket } from './book.ts';
import { atmVolOf } from './smile-layers.ts';

/** A name's volatilities, forwards and discount factors by time in years from the market day, by whole days. */
export interface TermCurve {
  /** At-the-money-forward volatility to a time, linear in total variance, held flat outside; null without any. */
  readonly volAt: (time: Years) => Vol | null;
  readonly forwardAt: (time: Years) => number;
  readonly discountAt: (time: Years) => number;
}

/** Expiries nearer than this say little about a term. */
const fewestDays = 3;

interface Node {
  readonly time: Years;
  readonly log: number;
}

function logLinear(start: number, nodes: readonly Node[], slope: number): (time: Years) => number {
  const all = [{ time: 0, log: Math.log(start) }, ...nodes];
  return (time) => {
    if (time <= 0) return start;
    const after = all.findIndex((node) => node.time >= time);
    const at = after < 0 ? all.length - 1 : Math.max(1, after);
    const [near, far] = [all[at - 1], all[at]];
    if (near === undefined || far === undefined) return start * Math.exp(slope * time);
    return Math.exp(near.log + ((far.log - near.log) * (time - near.time)) / (far.time - near.time));
  };
}

/** One expiry a day: the PM one where two settle on the same day. */
function expiriesOfDays(
  asOf: IsoDate,
  expiries: readonly ExpiryMarket[],
): readonly (readonly [Years, ExpiryMarket])[] {
  const byDays = new Map<number, ExpiryMarket>();
  for (const expiry of expiries) {
    const days = daysBetween(asOf, expiry.expiry);
    if (days < fewestDays || !(expiry.timeToExpiry > 0)) continue;
    const known = byDays.get(days);
    if (known === undefined || (known.settlement === 'AM' && expiry.settlement === 'PM'))
      byDays.set(days, expiry);
  }
  return [...byDays.entries()]
    .map(([days, expiry]) => [days / daysPerYear, expiry] as const)
    .sort((a, b) => a[0] - b[0]);
}

/**
 * The term structure of a name's market, for contracts whose dates are no expiries.
 *
 * Limits: forwards and discount factors are exponential between expiries and keep their last slope beyond;
 * without expiries the name's rate carries both and there is no volatility.
 * Source: math §5.4, §10. Proof: test/unit/quant/scenario/shock-market.test.ts
 */
export function termCurve(asOf: IsoDate, name: NameMarket): TermCurve {
  const used = expiriesOfDays(asOf, name.expiries);
  const points = used.flatMap(([timeToExpiry, expiry]): TermPoint[] => {
    const vol = atmVolOf(expiry);
    return vol === null ? [] : [{ timeToExpiry, vol }];
  });
  const [first, last] = [points[0], points.at(-1)];
  return {
    volAt: (time) => {
      if (first === undefined || last === undefined) return null;
      if (time <= first.timeToExpiry) return first.vol;
      return time >= last.timeToExpiry ? last.vol : volAtMaturity(points, time);
    },
    forwardAt: logLinear(
      name.spot,
      used.map(([time, { forward }]) => ({ time, log: Math.log(forward) })),
      name.rate,
    ),
    discountAt: logLinear(
      1,
      used.map(([time, { discountFactor }]) => ({ time, log: Math.log(discountFactor) })),
      -name.rate,
    ),
  };
}
