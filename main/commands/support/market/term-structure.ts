import { daysPerYear, yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import { volAtMaturity, type TermPoint } from '../../../../shared/quant/surface/surface.ts';
import type { Vol, Years } from '../../../../shared/units.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay } from './as-of.ts';
import type { ChainDesk } from './chain-desk.ts';

/** An underlying's volatilities, forwards and discount factors by time from a day. */
export interface TermStructure {
  readonly spot: number | null;
  /** At-the-money-forward volatility to a time; held flat before the first and after the last point. Null without any. */
  readonly volAt: (time: Years) => Vol | null;
  readonly forwardAt: (time: Years) => number | null;
  readonly discountAt: (time: Years) => number;
  /** Where the numbers come from, in words. */
  readonly source: string;
  readonly reason: string | null;
}

/** Expiries nearer than this say little about a term. */
const fewestDays = 3;

/** ln of a curve through (0, start) and points, linear in time, its last slope kept beyond the last point. */
function logLinear(
  start: number,
  points: readonly { readonly time: Years; readonly value: number }[],
): (time: Years) => number {
  const nodes = [
    { time: 0, log: Math.log(start) },
    ...points.map(({ time, value }) => ({ time, log: Math.log(value) })),
  ];
  return (time) => {
    const after = nodes.findIndex((node) => node.time >= time);
    const at = after < 0 ? nodes.length - 1 : Math.max(1, after);
    const [near, far] = [nodes[at - 1], nodes[at]];
    if (near === undefined || far === undefined || far.time <= near.time) return start;
    return Math.exp(near.log + ((far.log - near.log) * (time - near.time)) / (far.time - near.time));
  };
}

const flatOutside =
  (points: readonly TermPoint[]) =>
  (time: Years): Vol | null => {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return null;
    if (time <= first.timeToExpiry) return first.vol;
    if (time >= last.timeToExpiry) return last.vol;
    return volAtMaturity(points, time);
  };

/** The newest term structure of a name on or before a day: from its chain, else from stored volatilities. */
export async function termStructure(
  symbol: string,
  asOf: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<TermStructure> {
  const { read } = context;
  const day = chainDay(read, symbol, asOf);
  const chain = day.ok ? await chains.analyzed(context, symbol, day.value, 'mid') : day;
  if (chain.ok) {
    const { analysis, spot } = chain.value;
    const byTime = new Map<number, (typeof analysis.expiries)[number]>();
    for (const expiry of analysis.expiries) {
      const known = byTime.get(expiry.days);
      if (
        expiry.days >= fewestDays &&
        expiry.forward !== null &&
        (known === undefined || expiry.rowCount > known.rowCount)
      ) {
        byTime.set(expiry.days, expiry);
      }
    }
    const used = [...byTime.values()]
      .map((expiry) => ({ expiry, time: yearsBetween(asOf, expiry.expiry) }))
      .filter(({ time }) => time > 0)
      .sort((a, b) => a.time - b.time);
    const points = used.flatMap(({ expiry, time }) =>
      expiry.skew.atmVol === null ? [] : [{ timeToExpiry: time, vol: expiry.skew.atmVol }],
    );
    const forwards = used.flatMap(({ expiry, time }) =>
      expiry.forward === null ? [] : [{ time, value: expiry.forward }],
    );
    const level = spot ?? forwards[0]?.value ?? null;
    const forward = level === null ? null : logLinear(level, forwards);
    const last = used.at(-1)?.expiry.expiry ?? asOf;
    return {
      spot: level,
      volAt: flatOutside(points),
      forwardAt: (time) => forward?.(time) ?? null,
      discountAt: logLinear(
        1,
        used.map(({ expiry, time }) => ({ time, value: expiry.discountFactor })),
      ),
      source: `at-the-money volatilities of the chain of ${analysis.asOf}, ${points.length} expiries to ${last}, flat beyond`,
      reason:
        points.length === 0
          ? `${symbol}'s chain of ${analysis.asOf} gives no at-the-money volatility.`
          : null,
    };
  }
  const stored = read.vols
    .on(symbol, asOf)
    .map(({ termDays, vol }) => ({ timeToExpiry: termDays / daysPerYear, vol }));
  const spot = read.prices.closeOn(symbol, asOf)?.close ?? null;
  return {
    spot,
    volAt: flatOutside(stored),
    forwardAt: () => spot,
    discountAt: () => 1,
    source:
      stored.length > 0 ? `stored volatilities of ${asOf}; forwards without carry, undiscounted` : 'none',
    reason: stored.length === 0 ? sentenceOf(chain.error) : null,
  };
}
