import { z } from 'zod';
import { chainClock, markChoice } from './chain.ts';
import { finite, isoDate, query, symbolName } from './define.ts';

/** A daily measure of a name's volatility or skew. */
export const skewMeasure = z.enum([
  'iv30',
  'atmVol',
  'riskReversal25',
  'butterfly25',
  'skew90110',
  'slope',
  'ivMinusHv',
]);
export type SkewMeasure = z.infer<typeof skewMeasure>;

/** Where today stands in a measure's own past, two ways that differ. */
export const historyReading = z.object({
  value: finite.nullable(),
  /** Share of the past days below today's value, fraction. */
  percentile: finite.nullable(),
  /** (today − lowest) / (highest − lowest), today among them, fraction. */
  rank: finite.nullable(),
  lowest: finite.nullable(),
  highest: finite.nullable(),
  median: finite.nullable(),
  /** Past days with a value, today's left out. */
  days: z.number(),
  /** Why there is no percentile or rank. */
  reason: z.string().nullable(),
});
export type HistoryReading = z.infer<typeof historyReading>;

export const skewHistory = z.object({
  symbol: symbolName,
  asOf: isoDate,
  measures: z.array(
    z.object({
      measure: skewMeasure,
      dates: z.array(isoDate),
      values: z.array(finite.nullable()),
      reading: historyReading,
    }),
  ),
});

const surfaceExpiry = z.object({
  key: z.string(),
  expiry: isoDate,
  days: z.number(),
  timeToExpiry: finite,
  forward: finite.nullable(),
  model: z.string().nullable(),
  atmVol: finite.nullable(),
  /** Of the smile drawn over the quotes and a tenth beyond: log-moneyness ascending. */
  curve: z
    .object({ logMoneyness: z.array(finite), vol: z.array(finite), density: z.array(finite) })
    .nullable(),
  /** At each of `logMoneyness`; null without a fit. */
  vols: z.array(finite.nullable()),
  /** At each of `deltas`. */
  deltaVols: z.array(finite.nullable()),
  insideSpreadShare: finite.nullable(),
  rmseVolPoints: finite.nullable(),
  arbitrageFree: z.boolean(),
  note: z.string().nullable(),
});

export const surface = z.object({
  symbol: symbolName,
  asOf: isoDate,
  mark: markChoice,
  clock: z.object({ kind: z.enum(['calendar', 'trading']), note: z.string() }),
  /** Of the grid's columns, ascending. */
  logMoneyness: z.array(finite),
  /** Forward call deltas of the grid's columns, from the highest: 0.9 is the 10-delta put. */
  deltas: z.array(finite),
  expiries: z.array(surfaceExpiry),
  ivIndex: z.array(z.object({ termDays: z.number(), vol: finite.nullable(), note: z.string().nullable() })),
  /** Between neighbors that have an at-the-money volatility. */
  forwardVols: z.array(
    z.object({
      near: z.string(),
      far: z.string(),
      fromTime: finite,
      toTime: finite,
      vol: finite.nullable(),
      /** Negative forward variance, in a sentence. */
      reason: z.string().nullable(),
    }),
  ),
  /** Strikes at which quotes, or curves before they were raised, leave an arbitrage. */
  findings: z.array(
    z.object({
      kind: z.enum(['calendar in the quotes', 'raised to an earlier expiry', 'outlier']),
      key: z.string(),
      against: z.string().nullable(),
      strike: finite,
      sentence: z.string(),
    }),
  ),
});
export type Surface = z.infer<typeof surface>;

export const surfaceCommands = {
  'surface.read': query({
    input: z.object({
      symbol: symbolName,
      asOf: isoDate.optional(),
      mark: markChoice.default('mid'),
      clock: chainClock.default({ kind: 'calendar' }),
    }),
    output: surface,
  }),
  /** Every stored chain day's measures up to a day, with today's percentile and rank. */
  'skew.history': query({
    input: z.object({
      symbol: symbolName,
      asOf: isoDate.optional(),
      measure: skewMeasure.optional(),
      /** Sessions looked back over. */
      sessions: z.number().int().min(2).max(2520).default(252),
    }),
    output: skewHistory,
  }),
};
