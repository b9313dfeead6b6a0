import { z } from 'zod';
import { finite, fraction, isoDate, query, symbolName } from './define.ts';

const termDays = z.number().int().min(2).max(400);

/** A correlation matrix of an index's names, in the order to be shown. */
export const correlationTable = z.object({
  index: symbolName,
  asOf: isoDate,
  termDays: z.number(),
  kind: z.enum(['returns', 'impliedVol']),
  observed: z.enum(['levels', 'changes', 'logReturns']),
  sort: z.enum(['cluster', 'weight']),
  names: z.array(symbolName),
  /** Index weights beside the names. */
  weights: z.array(finite),
  /** Rows in the order of the names. */
  values: z.array(z.array(finite)),
  /** Observations behind every pair, and the days they span. */
  observations: z.number(),
  from: isoDate.nullable(),
  to: isoDate.nullable(),
  /** Plain mean off the diagonal; null for fewer than two names. */
  average: finite.nullable(),
  /** Pairs by the product of their weights; null for fewer than two names. */
  weightedAverage: finite.nullable(),
  /** Index weight of the names in the matrix. */
  weightUsed: finite,
  leftOut: z.array(z.object({ symbol: symbolName, reason: z.string() })),
  /** Why there is no matrix. */
  reason: z.string().nullable(),
});
export type CorrelationTable = z.infer<typeof correlationTable>;

const greeks = z.object({
  vegaPerVolPoint: finite,
  thetaPerDay: finite,
  gammaDollar1Pct: finite,
  deltaDollar: finite,
  /** Paid when positive, received when negative. */
  premium: finite,
});
export type DispersionGreeks = z.infer<typeof greeks>;

/** One straddle of the trade: a call and a put at the strike nearest the forward. */
const tradeLeg = z.object({
  symbol: symbolName,
  expiry: isoDate,
  strike: finite,
  call: z.string(),
  put: z.string(),
  multiplier: finite,
  /** Straddles, negative when sold. */
  contracts: z.number().int(),
  /** Before rounding to whole contracts. */
  exact: finite,
  /** Of one long straddle, by contract. */
  perContract: greeks,
  /** Of the position. */
  position: greeks,
});

/** One option of the trade as it is sent: what to trade and how much of it. */
const tradeOrder = z.object({
  contract: z.string(),
  symbol: symbolName,
  optionType: z.enum(['call', 'put']),
  expiry: isoDate,
  strike: finite,
  multiplier: finite,
  side: z.enum(['buy', 'sell']),
  /** Whole contracts, always above 0. */
  quantity: z.number().int(),
});

export const dispersionTrade = z.object({
  index: symbolName,
  asOf: isoDate,
  termDays: z.number(),
  side: z.enum(['dispersion', 'reverse']),
  weighting: z.enum(['vega', 'theta', 'gamma']),
  expiry: isoDate,
  indexLeg: tradeLeg,
  legs: z.array(tradeLeg),
  /** The same as single options, index first; legs of no whole contract are left out. */
  orders: z.array(tradeOrder),
  net: z.object({ index: greeks, names: greeks, total: greeks }),
  /** Every name of the index, best first. */
  selection: z.array(
    z.object({
      symbol: symbolName,
      weight: finite,
      vol: finite.nullable(),
      historicalVol: finite.nullable(),
      impliedToHistorical: finite.nullable(),
      richness: z.enum(['rich', 'cheap', 'fair']).nullable(),
      varianceContribution: finite.nullable(),
      openInterest: finite.nullable(),
      relativeSpread: finite.nullable(),
      score: fraction.nullable(),
      picked: z.boolean(),
      reason: z.string(),
    }),
  ),
  /** Index weight of the picked names. */
  weightPicked: fraction,
  warnings: z.array(z.string()),
});
export type DispersionTrade = z.infer<typeof dispersionTrade>;

/** The exchange's own measures of the same thing, beside ours. */
export const dispersionNeighbors = z.object({
  index: symbolName,
  asOf: isoDate,
  termDays: z.number(),
  /** From at-the-money volatilities of the largest names. */
  listedCorrelation: z.object({
    value: finite.nullable(),
    ours: finite.nullable(),
    indexVol: finite.nullable(),
    weightedVol: finite.nullable(),
    names: z.number(),
    missing: z.array(symbolName),
    weightUsed: fraction.nullable(),
    reason: z.string().nullable(),
    method: z.string(),
  }),
  /** The same at the strikes where each one's own call has a forward delta, from low to high. */
  deltaCorrelations: z.array(
    z.object({
      delta: fraction,
      value: finite.nullable(),
      indexVol: finite.nullable(),
      weightedVol: finite.nullable(),
      names: z.number(),
      missing: z.array(symbolName),
      weightUsed: fraction.nullable(),
      reason: z.string().nullable(),
      method: z.string(),
    }),
  ),
  /** From model-free volatilities over 30 days, decimal. */
  dispersionIndex: z.object({
    value: finite.nullable(),
    /** √(Σ w σ² − σ_I²) with our volatilities of the term. */
    ours: finite.nullable(),
    indexVol: finite.nullable(),
    names: z.number(),
    missing: z.array(symbolName),
    weightUsed: fraction.nullable(),
    reason: z.string().nullable(),
    method: z.string(),
  }),
  components: z.array(
    z.object({
      symbol: symbolName,
      weight: finite,
      vol: finite.nullable(),
      atmVol: finite.nullable(),
      modelFreeVol: finite.nullable(),
    }),
  ),
});

export const dispersionDeskCommands = {
  /** Keeps every name's past implied volatilities, a chain at a time so that whoever waits comes first. */
  'dispersion.keep': query({
    input: z.object({}),
    output: z.object({
      names: z.number().int(),
      /** Chain days of the names, and those of them that had to be computed. */
      days: z.number().int(),
      computed: z.number().int(),
    }),
  }),
  'dispersion.matrix': query({
    input: z.object({
      index: symbolName,
      termDays: termDays.default(30),
      kind: z.enum(['returns', 'impliedVol']).default('returns'),
      /** Of implied volatilities; price returns are always log returns. */
      observed: z.enum(['levels', 'changes']).default('levels'),
      sort: z.enum(['cluster', 'weight']).default('cluster'),
      /** Sessions that are correlated; the term for price returns and a year for volatilities where absent. */
      sessions: z.number().int().min(10).max(2520).optional(),
      asOf: isoDate.optional(),
    }),
    output: correlationTable,
  }),
  /** Names chosen and sized against a number of index straddles. */
  'dispersion.trade': query({
    input: z.object({
      index: symbolName,
      termDays: termDays.default(30),
      side: z.enum(['dispersion', 'reverse']).default('dispersion'),
      weighting: z.enum(['vega', 'theta', 'gamma']).default('vega'),
      /** Names picked by their score. */
      maxNames: z.number().int().min(1).max(500).default(10),
      /** Exactly these instead. */
      names: z.array(symbolName).min(1).optional(),
      indexContracts: z.number().int().min(1).max(1_000_000).default(100),
      /** How much each part of the score counts. */
      score: z
        .object({ price: finite.min(0), contribution: finite.min(0), liquidity: finite.min(0) })
        .default({ price: 1, contribution: 1, liquidity: 1 }),
      asOf: isoDate.optional(),
    }),
    output: dispersionTrade,
  }),
  'dispersion.neighbors': query({
    input: z.object({
      index: symbolName,
      termDays: termDays.default(30),
      largest: z.number().int().min(2).max(500).default(50),
      asOf: isoDate.optional(),
    }),
    output: dispersionNeighbors,
  }),
};
