import { yearsToExpiry } from '../../calendar.ts';
import { daysPerYear } from '../../dates.ts';
import type { Fraction, Years } from '../../units.ts';
import type { ChainInput } from './chain-input.ts';
import { inPercent } from '../words.ts';

/** Futures as a curve: log-linear between them and from the spot, at their own carry beyond the last. */
export interface FuturesCurve {
  readonly carry: Fraction | null;
  readonly at: (time: Years) => { readonly forward: number; readonly note: string } | null;
}

/** Futures closer together than this say nothing about carry. */
const shortestCarrySpan: Years = 14 / daysPerYear;
const plausibleCarry = { lowest: -0.02, highest: 0.15 } as const;

/** The curve through a chain's futures and its spot. Proof: test/unit/quant/chain-forward.test.ts */
export function futuresCurve(input: ChainInput): FuturesCurve {
  const points = input.futures
    .filter((future) => future.price > 0)
    .map((future) => ({
      name: future.expiry,
      price: future.price,
      time: yearsToExpiry({
        calendar: input.calendar,
        asOf: input.asOf,
        quotedAt: input.quotedAt,
        expiry: future.expiry,
        settlement: 'PM',
      }),
    }))
    .filter((point) => point.time > 0)
    .sort((a, b) => a.time - b.time);
  if (points.length > 0 && input.spot !== null) points.unshift({ name: 'spot', price: input.spot, time: 0 });
  const last = points.at(-1);
  const start = points[points.length > 2 ? 1 : 0];
  let carry: Fraction | null = null;
  if (last !== undefined && start !== undefined && last.time - start.time >= shortestCarrySpan) {
    const rate = Math.log(last.price / start.price) / (last.time - start.time);
    if (rate >= plausibleCarry.lowest && rate <= plausibleCarry.highest) carry = rate;
  }
  return {
    carry,
    at: (time) => {
      const after = points.findIndex((point) => point.time >= time);
      const [near, far] = [points[after - 1], points[after]];
      if (near !== undefined && far !== undefined) {
        const share = (time - near.time) / (far.time - near.time);
        const forward = near.price * (far.price / near.price) ** share;
        return { forward, note: `Between ${near.name} and the future of ${far.name}, log-linear.` };
      }
      if (last === undefined || carry === null || time < last.time) return null;
      return {
        forward: last.price * Math.exp(carry * (time - last.time)),
        note: `Carried on from the future of ${last.name} at the futures' ${inPercent(carry, 2)} a year.`,
      };
    },
  };
}
