import { z } from 'zod';
import { finite, fraction, isoDate, mutation, nothing, query, symbolName } from './define.ts';

/** Least and most of the basket; absent is open. */
const shareLimits = z.object({
  min: fraction.min(0).max(1).optional(),
  max: fraction.min(0).max(1).optional(),
});

/** The rules of math §8; null switches a rule off. */
export const basketRules = z.object({
  index: symbolName,
  /** Names typed in: the basket is exactly these and only the fit is computed. */
  names: z.array(symbolName).optional(),
  maxNames: z.number().int().min(1).max(500).nullable().default(20),
  minRSquared: fraction.nullable().default(0.8),
  minVolDifferential: finite.nullable().default(null),
  volDifferentialShare: fraction.default(1),
  volDifferentialKind: z.enum(['historical', 'implied']).default('historical'),
  termDays: z.number().int().default(60),
  /** Selected names over the index's names, strictly below. */
  maxIndexShare: fraction.nullable().default(0.7),
  /** Σ min(basket weight, index weight), strictly below. */
  maxWeightOverlap: fraction.nullable().default(null),
  frequency: z.enum(['daily', 'weekly']).default('daily'),
  /** Estimation window; absent: all prices up to `holdoutFrom` or the as-of day. */
  from: isoDate.optional(),
  to: isoDate.optional(),
  /** First day of the holdout; it runs to the as-of day. */
  holdoutFrom: isoDate.optional(),
  capital: finite.default(10_000_000),
  lotSize: z.number().int().min(1).default(100),
  /** Shares a lot by name, before `lotSize`. */
  lotSizes: z.record(symbolName, z.number().int().min(1)).optional(),
  /** `listed`: a name's lot is what one of its option contracts stands for; `lotSize` where it has none. */
  lots: z.enum(['lotSize', 'listed']).optional(),
  /** Weights of every name, of names by themselves, of sectors. */
  nameBounds: shareLimits.optional(),
  boundsBySymbol: z.record(symbolName, shareLimits).optional(),
  sectorBounds: z.record(z.string(), shareLimits).optional(),
  lock: z.array(symbolName).default([]),
  exclude: z.array(symbolName).default([]),
  asOf: isoDate.optional(),
});
export type BasketRules = z.infer<typeof basketRules>;
export type BasketRulesInput = z.input<typeof basketRules>;

export const basketName = z.object({
  symbol: symbolName,
  name: z.string(),
  /** Weight of the fit, normalized to sum 1. */
  weight: finite,
  indexWeight: finite.nullable(),
  price: finite,
  shares: z.number().int(),
  /** Shares a lot; absent in baskets saved before it was kept. */
  lotSize: z.number().int().min(1).optional(),
  value: finite,
  beta: finite.nullable(),
  vol: finite.nullable(),
  /** σ of the name less σ of the index, decimal. */
  volDifferential: finite.nullable(),
  meetsDifferential: z.boolean().nullable(),
});

export const basketFit = z.object({
  rSquared: finite,
  beta: finite,
  /** Per year, decimal. */
  alpha: finite,
  /** Standard deviation of the return difference, annualized, decimal. */
  trackingError: finite,
  observations: z.number(),
  from: isoDate,
  to: isoDate,
});

export const basketResult = z.object({
  index: symbolName,
  asOf: isoDate,
  rules: basketRules,
  names: z.array(basketName),
  notional: finite,
  inSample: basketFit,
  holdout: basketFit.nullable(),
  indexShareByName: finite,
  indexShareByWeight: finite,
  indexVol: finite.nullable(),
  basketVol: finite.nullable(),
  swaps: z.array(z.object({ out: symbolName.nullable(), in: symbolName.nullable(), rSquared: finite })),
  checks: z.array(
    z.object({
      rule: z.string(),
      limit: z.string(),
      value: z.string(),
      met: z.boolean(),
      /** Reported, not asked for: the holdout takes no part in the choice. */
      reported: z.boolean().optional(),
    }),
  ),
  /** Cumulative returns from the first day, decimal, for the fit chart. */
  series: z.object({
    dates: z.array(isoDate),
    index: z.array(z.number()),
    basket: z.array(z.number()),
    holdoutFrom: isoDate.nullable(),
  }),
  /** Names of the index that could not take part, with the reason. */
  leftOut: z.array(z.object({ symbol: symbolName, reason: z.string() })),
  warnings: z.array(z.string()),
});
export type BasketResult = z.infer<typeof basketResult>;

/** What was agreed to beside the numbers; kept with the version. */
const savedResult = basketResult.extend({
  note: z.string().optional(),
  /** Why it was saved although rules are not met, and which. */
  acceptance: z.object({ reason: z.string(), unmet: z.array(z.string()) }).optional(),
});
export type SavedResult = z.infer<typeof savedResult>;

export const savedBasket = z.object({
  basketId: z.number(),
  name: z.string(),
  version: z.number(),
  savedAt: z.string(),
  result: savedResult,
});
export type SavedBasket = z.infer<typeof savedBasket>;

export const basketCommands = {
  'basket.build': query({ input: basketRules, output: basketResult }),
  /** A new version of the name; earlier versions stay. */
  'basket.save': mutation({
    input: z.object({
      name: z.string().trim().min(1).max(80),
      result: basketResult,
      note: z.string().trim().max(400).optional(),
      /** The reason to save a basket that does not meet every rule asked for; refused without one. */
      acceptance: z.string().trim().min(1).max(400).optional(),
    }),
    output: z.object({ basketId: z.number(), version: z.number() }),
  }),
  /** Takes the newest version of a name away; refused where a suggestion was made on it. */
  'basket.remove': mutation({
    input: z.object({ name: z.string(), version: z.number().int().min(1) }),
    output: z.object({ name: z.string(), version: z.number() }),
  }),
  'basket.list': query({ input: nothing, output: z.object({ baskets: z.array(savedBasket) }) }),
  /** The newest version where none is named. */
  'basket.read': query({
    input: z.object({ name: z.string(), version: z.number().int().min(1).optional() }),
    output: savedBasket,
  }),
};
