import { z } from 'zod';
import { column, finite, isoDate, query, symbolName, textColumn } from './define.ts';

/** How time to expiry is counted for volatility. */
export const chainClock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('calendar') }),
  z.object({
    kind: z.literal('trading'),
    /** Sessions that a weekend day or a holiday counts. */
    closedDayWeight: z.number().min(0).max(1).default(0),
    /** The part of a session that passes overnight; above zero, so that a morning settlement has time. */
    overnightShare: z.number().min(0.01).max(0.99).default(0.2),
    /** Days that count more or less than one session. */
    events: z
      .array(z.object({ date: isoDate, weight: z.number().min(0).max(50) }))
      .max(100)
      .default([]),
  }),
]);

export const markChoice = z.enum(['mid', 'last', 'settlement', 'model', 'conservative']);
export type MarkChoice = z.infer<typeof markChoice>;

/** One side of a chain: columns as long as `strikes`. Volatilities decimal. */
export const chainSide = z.object({
  contract: textColumn,
  bid: column,
  ask: column,
  last: column,
  mark: column,
  bidVol: column,
  markVol: column,
  askVol: column,
  fitVol: column,
  /** Spot delta per 1 unit of the underlying. */
  delta: column,
  gammaDollar1Pct: column,
  vegaPerVolPoint: column,
  thetaPerDay: column,
  rhoPerBasisPoint: column,
  openInterest: column,
  volume: column,
  /** Contracts held, signed; null where none. */
  held: column,
  /** Contracts that the newest suggestion still open or approved would trade, signed; null where none. */
  suggested: column,
  /** Why a volatility is blank: a whole sentence; null where it is not. */
  reason: textColumn,
  /** Taken out of forwards, fits and the IV Index: by hand, or an adjusted contract. */
  excluded: z.array(z.boolean()),
});
export type ChainSide = z.infer<typeof chainSide>;

export const smileFit = z.object({
  model: z.string(),
  params: z.record(z.string(), z.number()),
  /** Vega- and spread-weighted, in volatility points (0.01 of vol). */
  rmseVolPoints: finite,
  maxErrorVolPoints: finite,
  quotesUsed: z.number(),
  insideSpreadShare: finite.nullable(),
  butterflyMin: finite,
  arbitrageFree: z.boolean(),
  /** Log-moneyness ascending, with the fitted vol and the risk-neutral density. */
  curve: z.object({
    logMoneyness: z.array(z.number()),
    vol: z.array(z.number()),
    density: z.array(z.number()),
  }),
  outlierStrikes: z.array(z.number()),
  /** Said where a fallback stood in, or nothing. */
  note: z.string().nullable(),
});
export type SmileFitOut = z.infer<typeof smileFit>;

export const skewMeasures = z.object({
  atmVol: finite.nullable(),
  riskReversal25: finite.nullable(),
  butterfly25: finite.nullable(),
  riskReversal10: finite.nullable(),
  butterfly10: finite.nullable(),
  /** σ(90 %) − σ(110 %) of forward moneyness. */
  skew90110: finite.nullable(),
  /** ∂σ/∂k at the money forward. */
  slope: finite.nullable(),
  /** Shares of σ at the money. */
  riskReversal25OverAtm: finite.nullable(),
  skew90110OverAtm: finite.nullable(),
  /** Times √T, T in years. */
  skew90110RootTime: finite.nullable(),
  slopeRootTime: finite.nullable(),
});

export const chainExpiry = z.object({
  /** Stable key: expiry date and root, for example 2026-03-27:SPXW. */
  key: z.string(),
  expiry: isoDate,
  root: z.string(),
  settlement: z.enum(['AM', 'PM']),
  days: z.number(),
  timeToExpiry: finite,
  forward: finite.nullable(),
  forwardSource: z.enum(['parity', 'future', 'spot-carry', 'manual', 'none']),
  forwardStandardError: finite.nullable(),
  /** In words: pairs used, outliers dropped, or why there is no forward. */
  forwardNote: z.string(),
  discountFactor: finite,
  discountSource: z.string(),
  impliedRate: finite.nullable(),
  multiplier: z.number(),
  fit: smileFit.nullable(),
  fitReason: z.string().nullable(),
  skew: skewMeasures,
  rowCount: z.number(),
  /** Present for the expiries asked for; null otherwise. */
  rows: z.object({ strikes: z.array(z.number()), call: chainSide, put: chainSide }).nullable(),
});
export type ChainExpiry = z.infer<typeof chainExpiry>;

export const chain = z.object({
  underlying: symbolName,
  name: z.string(),
  currency: z.string(),
  asOf: isoDate,
  quotedAt: z.string().nullable(),
  /** Calendar days between the quotes and the newest market day of the desk. */
  ageDays: z.number(),
  source: z.string(),
  spot: finite.nullable(),
  spotSource: z.string(),
  exercise: z.enum(['european', 'american']),
  mark: markChoice,
  /** How the times to expiry, and so the volatilities, are counted. */
  clock: z.object({ kind: z.enum(['calendar', 'trading']), note: z.string() }),
  /** How bid and ask came to be: `quoted`, or a spread model in words. */
  quoteModel: z.object({ kind: z.enum(['quoted', 'spread-model']), note: z.string() }),
  expiries: z.array(chainExpiry),
  ivIndex: z.array(
    z.object({
      termDays: z.number(),
      vol: finite.nullable(),
      optionsUsed: z.number(),
      note: z.string().nullable(),
    }),
  ),
  modelFreeVol30: finite.nullable(),
  quality: z.object({
    quotes: z.number(),
    twoSided: z.number(),
    zeroBid: z.number(),
    crossed: z.number(),
    withoutVol: z.number(),
    excluded: z.number(),
  }),
});
export type Chain = z.infer<typeof chain>;

export const realizedRow = z.object({
  estimator: z.string(),
  window: z.number(),
  vol: finite.nullable(),
  observations: z.number(),
  reason: z.string().nullable(),
});

export const volatilityReport = z.object({
  symbol: symbolName,
  asOf: isoDate,
  rows: z.array(realizedRow),
  /** The volatility cone of the default estimator, one row a window. */
  cone: z.array(
    z.object({
      window: z.number(),
      minimum: finite,
      quartile1: finite,
      median: finite,
      quartile3: finite,
      maximum: finite,
      latest: finite,
    }),
  ),
  warnings: z.array(z.string()),
});
export type VolatilityReport = z.infer<typeof volatilityReport>;

/** Where a measure stands in its own stored past, two ways that differ; fractions. */
const standing = z.object({
  /** Share of the past days below today’s value. */
  percentile: finite.nullable(),
  /** (today − lowest) / (highest − lowest), today among them. */
  rank: finite.nullable(),
});

export const scanRow = z.object({
  symbol: symbolName,
  name: z.string(),
  kind: z.string(),
  spot: finite.nullable(),
  iv30: finite.nullable(),
  iv60: finite.nullable(),
  hv20: finite.nullable(),
  hv60: finite.nullable(),
  ivMinusHv: finite.nullable(),
  ivRank: finite.nullable(),
  ivPercentile: finite.nullable(),
  historyDays: z.number(),
  atmVol: finite.nullable(),
  riskReversal25: finite.nullable(),
  butterfly25: finite.nullable(),
  skew90110: finite.nullable(),
  slope: finite.nullable(),
  /** Shares of σ at the money. */
  riskReversal25OverAtm: finite.nullable(),
  skew90110OverAtm: finite.nullable(),
  /** Times √T, T in years. */
  skew90110RootTime: finite.nullable(),
  slopeRootTime: finite.nullable(),
  /** Stored chain days behind `standing`. */
  skewHistoryDays: z.number(),
  standing: z.object({
    iv30: standing,
    riskReversal25: standing,
    skew90110: standing,
    slope: standing,
    ivMinusHv: standing,
  }),
  openInterest: finite.nullable(),
  volume: finite.nullable(),
  reason: z.string().nullable(),
});
export type ScanRow = z.infer<typeof scanRow>;

export const chainCommands = {
  'chain.read': query({
    input: z.object({
      symbol: symbolName,
      asOf: isoDate.optional(),
      mark: markChoice.default('mid'),
      /** Keys whose rows are wanted; absent: the first; empty: none; `['all']`: all. */
      expiryKeys: z.array(z.string()).optional(),
      clock: chainClock.default({ kind: 'calendar' }),
    }),
    output: chain,
  }),
  'volatility.read': query({
    input: z.object({ symbol: symbolName, asOf: isoDate.optional() }),
    output: volatilityReport,
  }),
  'skew.read': query({
    input: z.object({ symbols: z.array(symbolName).min(1), asOf: isoDate.optional() }),
    output: z.object({
      asOf: isoDate,
      symbols: z.array(
        z.object({
          symbol: symbolName,
          reason: z.string().nullable(),
          expiries: z.array(
            skewMeasures.extend({
              expiry: isoDate,
              days: z.number(),
              fitErrorVolPoints: finite.nullable(),
              arbitrageFree: z.boolean(),
            }),
          ),
          ivIndex: z.array(
            z.object({ termDays: z.number(), vol: finite.nullable(), optionsUsed: z.number() }),
          ),
        }),
      ),
    }),
  }),
  /** One row a name: all names of an index, or all of the desk. */
  'scan.read': query({
    input: z.object({
      index: symbolName.optional(),
      asOf: isoDate.optional(),
      /** True: each measure against its own stored days, which takes the analysis of all of them once. */
      standing: z.boolean().default(false),
    }),
    output: z.object({ asOf: isoDate, rows: z.array(scanRow) }),
  }),
};
