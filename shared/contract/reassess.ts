import { z } from 'zod';
import { finite, fraction, isoDate, mutation, nothing, optionType, query, symbolName } from './define.ts';

/** Thresholds of the rules; absent: the one the desk keeps, else the usual one; null: switched off. */
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

/** What made somebody, or the desk itself, look. */
export const reassessCause = z.enum(['hand', 'schedule', 'import', 'start']);
export type ReassessCause = z.infer<typeof reassessCause>;

/** A run as the log lists it. */
export const reassessRunHead = z.object({
  runId: z.number(),
  basket: z.string(),
  asOf: isoDate,
  cause: reassessCause,
  runAt: z.string(),
  runBy: z.string(),
  fired: z.array(reassessRule),
  /** Legs that are not kept as they are. */
  toAct: z.number(),
  legs: z.number(),
  netDelta: finite.nullable(),
  netDeltaFraction: finite.nullable(),
});
export type ReassessRunHead = z.infer<typeof reassessRunHead>;

export const reassessRun = reassessRunHead.extend({ rules: reassessRules, result: reassessment });
export type ReassessRun = z.infer<typeof reassessRun>;

const numberChange = z.object({ before: finite.nullable(), after: finite.nullable() });

/** What changed between two runs; legs that did not are left out. */
export const reassessDifference = z.object({
  before: reassessRunHead,
  after: reassessRunHead,
  /** Rules that fire now and did not, and the other way round, with the sentence of the later run. */
  nowFired: z.array(ruleReason),
  nowQuiet: z.array(ruleReason),
  legs: z.array(
    z.object({
      leg: z.string(),
      change: z.enum(['new', 'gone', 'decision', 'quantity', 'numbers']),
      actionBefore: z.string().nullable(),
      actionAfter: z.string().nullable(),
      reason: z.string().nullable(),
      quantity: numberChange,
      mark: numberChange,
      delta: numberChange,
    }),
  ),
  netDelta: numberChange,
  netDeltaFraction: numberChange,
  /** Thresholds that were asked otherwise. */
  rules: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
});
export type ReassessDifference = z.infer<typeof reassessDifference>;

export const reassessSchedule = z.object({
  /** `off`: only on events. */
  kind: z.enum(['off', 'sessions', 'weekly']),
  /** Of `sessions`: every so many. */
  every: z.number().int().min(1).max(250).default(5),
  /** Of `weekly`: 1 Monday to 5 Friday. */
  weekday: z.number().int().min(1).max(5).default(1),
});
export type ReassessSchedule = z.infer<typeof reassessSchedule>;

export const reassessDue = z.object({
  basket: z.string(),
  /** The newest market day. */
  asOf: isoDate.nullable(),
  due: z.boolean(),
  /** Why it is due, or when it will be. */
  sentence: z.string(),
  byEvent: z.boolean(),
  bySchedule: z.boolean(),
  nextOn: isoDate.nullable(),
  schedule: reassessSchedule,
  lastRun: reassessRunHead.nullable(),
});
export type ReassessDue = z.infer<typeof reassessDue>;

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
  /** Keeps a run in the log, with the thresholds it was asked with. */
  'reassess.save': mutation({
    input: z.object({
      result: reassessment,
      rules: reassessRules.default({}),
      cause: reassessCause.default('hand'),
    }),
    output: reassessRunHead,
  }),
  /** Newest first. */
  'reassess.runs': query({
    input: z.object({ basket: z.string().optional(), limit: z.number().int().min(1).max(1000).default(200) }),
    output: z.object({ runs: z.array(reassessRunHead) }),
  }),
  'reassess.run': query({ input: z.object({ runId: z.number() }), output: reassessRun }),
  /** A run against the one before it of the same basket, or against the one named. */
  'reassess.compare': query({
    input: z.object({ runId: z.number(), against: z.number().optional() }),
    output: reassessDifference,
  }),
  /** Whether each basket with a hedge that is on should be looked at again; cheap, for a status line. */
  'reassess.due': query({ input: nothing, output: z.object({ baskets: z.array(reassessDue) }) }),
  'reassess.setSchedule': mutation({
    input: z.object({ basket: z.string().min(1), schedule: reassessSchedule }),
    output: reassessDue,
  }),
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
