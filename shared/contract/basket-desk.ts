import { z } from 'zod';
import { basketRules } from './basket.ts';
import { finite, fraction, isoDate, query, symbolName } from './define.ts';

/** A saved basket: the newest version where none is named. */
const version = z.object({ name: z.string().min(1), version: z.number().int().min(1).optional() });

const versionHead = z.object({
  name: z.string(),
  version: z.number(),
  savedAt: z.string(),
  index: symbolName,
  asOf: isoDate,
  names: z.number(),
  rSquared: finite,
  rSquaredHoldout: finite.nullable(),
  trackingError: finite,
  notional: finite,
  /** What was written when it was saved. */
  note: z.string().nullable(),
  /** Why it was saved although rules are not met, and which. */
  accepted: z.object({ reason: z.string(), unmet: z.array(z.string()) }).nullable(),
});
export type BasketVersionHead = z.infer<typeof versionHead>;

export const basketFrontier = z.object({
  index: symbolName,
  asOf: isoDate,
  points: z.array(
    z.object({
      maxNames: z.number(),
      /** Names held; null where no basket of that size meets the rules. */
      names: z.number().nullable(),
      rSquared: finite.nullable(),
      rSquaredHoldout: finite.nullable(),
      trackingError: finite.nullable(),
      symbols: z.array(symbolName),
      reason: z.string().nullable(),
    }),
  ),
});
export type BasketFrontier = z.infer<typeof basketFrontier>;

export const basketComparison = z.object({
  before: versionHead,
  after: versionHead,
  rows: z.array(
    z.object({
      symbol: symbolName,
      change: z.enum(['in', 'out', 'kept']),
      weightBefore: finite,
      weightAfter: finite,
      sharesBefore: z.number(),
      sharesAfter: z.number(),
    }),
  ),
  /** Half the sum of the weights' changes. */
  turnover: fraction,
  /** Rules that differ, in words. */
  rules: z.array(z.object({ rule: z.string(), before: z.string(), after: z.string() })),
});
export type BasketComparison = z.infer<typeof basketComparison>;

export const basketTrades = z.object({
  basket: versionHead,
  asOf: isoDate,
  /** Books whose shares count, and all that hold shares. */
  books: z.array(z.string()),
  allBooks: z.array(z.string()),
  rows: z.array(
    z.object({
      symbol: symbolName,
      held: z.number(),
      target: z.number(),
      /** Bought when positive. */
      trade: z.number(),
      side: z.enum(['buy', 'sell', 'none']),
      lotSize: z.number(),
      /** Held once traded; differs from the target where whole lots are asked for. */
      after: z.number(),
      price: finite.nullable(),
      value: finite.nullable(),
      note: z.string().nullable(),
    }),
  ),
  bought: finite,
  sold: finite,
  /** Bought less sold: what the trades cost. */
  net: finite,
  /** The larger of bought and sold over the target's value. */
  turnover: fraction,
  warnings: z.array(z.string()),
});
export type BasketTrades = z.infer<typeof basketTrades>;

export const basketUniverse = z.object({
  index: symbolName,
  /** Day of the composition. */
  asOf: isoDate,
  /** Where its weights come from and what was done to them. */
  note: z.string(),
  names: z.array(
    z.object({
      symbol: symbolName,
      name: z.string(),
      sector: z.string().nullable(),
      /** In the index; all of them sum to 1. */
      weight: fraction,
      /** Closes stored up to the day. */
      prices: z.number(),
    }),
  ),
  /** The heaviest first; names without a sector are in none. */
  sectors: z.array(z.object({ sector: z.string(), names: z.number(), weight: fraction })),
});
export type BasketUniverse = z.infer<typeof basketUniverse>;

export const driftRule = z.enum(['rSquared', 'maxIndexShare', 'maxWeightOverlap', 'minVolDifferential']);

export const basketDrift = z.object({
  basket: versionHead,
  asOf: isoDate,
  /** What it was built by: the limits of every day. */
  rules: basketRules,
  /** Observations of the trailing r², as the fit had. */
  window: z.number(),
  days: z.array(
    z.object({
      date: isoDate,
      /** Of what is held, at that day's weights, over the trailing window. */
      rSquared: finite.nullable(),
      /** Since the basket's day; null before twenty observations. */
      rSquaredSince: finite.nullable(),
      trackingError: finite.nullable(),
      indexShareByName: fraction,
      weightOverlap: fraction,
      /** Names that meet the differential, over those with a volatility; null where the rule is off. */
      differentialShare: fraction.nullable(),
      lowestDifferential: z.object({ symbol: symbolName, value: finite }).nullable(),
      broken: z.array(driftRule),
    }),
  ),
  /** The first day of each rule that broke. */
  firstBroken: z.array(
    z.object({ rule: driftRule, date: isoDate, limit: finite, value: finite, sentence: z.string() }),
  ),
  warnings: z.array(z.string()),
});
export type BasketDrift = z.infer<typeof basketDrift>;

export const basketDeskCommands = {
  /** Whom a basket may be chosen from: the index's names of that day with sector and weight. */
  'basket.universe': query({
    input: z.object({ index: symbolName, asOf: isoDate.optional() }),
    output: basketUniverse,
  }),
  /** How r² grows with the number of names, all other rules held; the r² asked for is switched off. */
  'basket.frontier': query({
    input: z.object({
      rules: basketRules,
      sizes: z.array(z.number().int().min(1).max(500)).min(1).max(24).default([3, 5, 8, 10, 15, 20, 30]),
    }),
    output: basketFrontier,
  }),
  /** Every version of a name, newest first. */
  'basket.versions': query({
    input: z.object({ name: z.string().min(1) }),
    output: z.object({ versions: z.array(versionHead) }),
  }),
  'basket.compare': query({
    input: z.object({ before: version, after: version }),
    output: basketComparison,
  }),
  /** From the shares held in the books to the basket's. */
  'basket.trades': query({
    input: version.extend({
      /** Absent: all books together. */
      book: z.string().optional(),
      /** Shares held of names that the basket does not have. */
      others: z.enum(['keep', 'sell']).default('keep'),
      /** Trades rounded to whole lots of each name: what is left over is shown. */
      wholeLots: z.boolean().default(false),
      asOf: isoDate.optional(),
    }),
    output: basketTrades,
  }),
  'basket.drift': query({ input: version.extend({ asOf: isoDate.optional() }), output: basketDrift }),
};
