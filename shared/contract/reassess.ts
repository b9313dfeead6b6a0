import { z } from 'zod';
import { finite, fraction, isoDate, optionType, query, symbolName } from './define.ts';

/** Thresholds of the rules; absent: the usual one; null: switched off. */
export const reassessRules = z.object({
  /** |net delta| over the notional. */
  netDeltaLimit: fraction.nullable().optional(),
  daysToExpiry: z.number().int().nullable().optional(),
  letExpireDelta: fraction.optional(),
  impliedToHistorical: finite.nullable().optional(),
  capturedShare: fraction.nullable().optional(),
  /** Of the spot: a time value that is nearly none. */
  timeValueShare: fraction.nullable().optional(),
  indexMove: fraction.nullable().optional(),
  dispersionVotes: z.boolean().optional(),
  rSquaredDrop: finite.nullable().optional(),
  /** What "trade part" means where the rule does not say how many. */
  part: fraction.optional(),
});

const reassessRule = z.enum([
  'early-exercise',
  'days-to-expiry',
  'premium-captured',
  'net-delta',
  'implied-to-historical',
  'index-move',
  'dispersion-votes',
  'tracking',
]);
const ruleReason = z.object({ rule: reassessRule, reason: z.string() });

export const legDecision = z.object({
  /** The contract. */
  leg: z.string(),
  action: z.enum(['roll', 'trade-part', 'let-expire', 'keep']),
  rule: z.union([reassessRule, z.literal('none')]),
  reason: z.string(),
  /** The number that fired and its threshold, in the rule's own unit. */
  value: finite.nullable(),
  threshold: finite.nullable(),
  /** Contracts to trade, bought (+) or sold (−); null: none. */
  trade: z.number().nullable(),
  alsoFired: z.array(reassessRule),
  symbol: symbolName,
  side: z.enum(['sold', 'bought']),
  type: optionType,
  expiry: isoDate,
  strike: finite,
  quantity: z.number(),
  multiplier: finite,
  daysToExpiry: z.number(),
  openPrice: finite.nullable(),
  mark: finite.nullable(),
  delta: finite.nullable(),
  /** Where the contract cannot be priced today. */
  note: z.string().nullable(),
});
export type LegDecision = z.infer<typeof legDecision>;

export const reassessment = z.object({
  basket: z.string(),
  asOf: isoDate,
  /** What is looked at: options held, or the legs of a suggestion where none are. */
  source: z.enum(['positions', 'suggestion']),
  /** The newest suggestion of the basket that was approved. */
  suggestionId: z.number().nullable(),
  tradeDate: isoDate.nullable(),
  notional: finite,
  netDelta: finite.nullable(),
  netDeltaFraction: finite.nullable(),
  actions: z.array(legDecision),
  fired: z.array(ruleReason),
  unfired: z.array(ruleReason),
  warnings: z.array(z.string()),
});
export type HedgeReassessment = z.infer<typeof reassessment>;

const rollQuote = z.object({
  contract: z.string(),
  optionType,
  expiry: isoDate,
  days: z.number(),
  strike: finite,
  bid: finite.nullable(),
  ask: finite.nullable(),
  delta: finite.nullable(),
  openInterest: finite.nullable(),
});
const roll = z.object({
  from: rollQuote,
  to: rollQuote,
  /** Per unit. */
  closePrice: finite,
  openPrice: finite,
  /** Per unit: received (+) or paid (−). */
  credit: finite,
  strikeChange: finite,
  deltaChange: finite.nullable(),
  daysAdded: z.number(),
  isCredit: z.boolean(),
});

export const reassessCommands = {
  /** What to do with each leg of the hedge that is on, by which rule, and why the others did not fire. */
  'hedge.reassess': query({
    input: z.object({
      basket: z.string().min(1),
      asOf: isoDate.optional(),
      rules: reassessRules.default({}),
      /** Announced dividends; where a name has none here, the next is expected from its past ones. */
      dividends: z.array(z.object({ symbol: symbolName, exDate: isoDate, amount: finite })).default([]),
    }),
    output: reassessment,
  }),
  /** The contract that replaces one held, from the chain of the day. */
  'hedge.roll': query({
    input: z.object({
      symbol: symbolName,
      contract: z.string().min(1),
      side: z.enum(['sold', 'bought']).default('sold'),
      quantity: z.number().int().min(1).default(1),
      asOf: isoDate.optional(),
      keep: z.enum(['strike', 'delta']).default('strike'),
      targetDays: z.number().int().min(1).max(1000).default(30),
      creditOnly: z.boolean().default(true),
      /** Per unit. */
      minCredit: finite.default(0),
      /** 0 trades at the far sides of the market, 0.5 at mid. */
      spreadShare: fraction.default(0),
      /** Of what is rolled into. */
      minOpenInterest: z.number().min(0).default(0),
      /** Of what is rolled into, (ask − bid) / mid. */
      maxSpreadFraction: fraction.default(0.6),
    }),
    output: z.object({
      asOf: isoDate,
      best: roll,
      others: z.array(roll),
      reason: z.string(),
      quantity: z.number(),
      multiplier: finite,
      /** Of all contracts, underlier currency. */
      creditMoney: finite,
      quoteModel: z.string(),
    }),
  }),
};
