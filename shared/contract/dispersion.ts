import { z } from 'zod';
import { column, finite, isoDate, query, symbolName } from './define.ts';

export const dispersionComponent = z.object({
  symbol: symbolName,
  name: z.string(),
  weight: finite,
  vol: finite.nullable(),
  historicalVol: finite.nullable(),
  impliedToHistorical: finite.nullable(),
  /** Share of the index variance that the name explains with price-return correlations, decimal. */
  varianceContribution: finite.nullable(),
  optionsUsed: z.number().nullable(),
  reason: z.string().nullable(),
});

export const dispersionVote = z.object({
  rule: z.string(),
  sentence: z.string(),
  value: finite.nullable(),
  /** Of the stored history, 0 to 1; null where there is too little. */
  percentile: finite.nullable(),
  historyDays: z.number(),
  threshold: z.string(),
  vote: z.enum(['dispersion', 'reverse', 'wait', 'no-data']),
  /** Long-dated (vega) or short-dated (gamma) trades. */
  speaksFor: z.enum(['all', 'long-dated', 'short-dated']),
});

/** Everything of math §7 for one index, term and day. Volatilities decimal; correlations 1 = 100 %. */
export const dispersion = z.object({
  index: symbolName,
  name: z.string(),
  asOf: isoDate,
  termDays: z.number(),
  weightsAsOf: isoDate.nullable(),
  weightsNote: z.string(),
  indexVol: finite.nullable(),
  indexHistoricalVol: finite.nullable(),
  impliedToHistorical: finite.nullable(),
  impliedCorrelation: finite.nullable(),
  /** Said where it is above 1 or below 0, and what that means. */
  impliedCorrelationNote: z.string().nullable(),
  realizedCorrelation: finite.nullable(),
  weightedVol: finite.nullable(),
  firstCoefficient: finite.nullable(),
  corrWeightedVol: finite.nullable(),
  secondCoefficient: finite.nullable(),
  corrWeightedVolSpread: finite.nullable(),
  corrWeightedHistoricalVol: finite.nullable(),
  thirdCoefficient: finite.nullable(),
  histCorrWeightedVol: finite.nullable(),
  histCorrCoefficient: finite.nullable(),
  weightedHistoricalVol: finite.nullable(),
  weightedHistoricalCoefficient: finite.nullable(),
  /** Why a measure is blank, by its key. */
  reasons: z.record(z.string(), z.string()),
  coverage: z.object({
    weight: finite,
    names: z.number(),
    of: z.number(),
    missing: z.array(symbolName),
    effectiveNames: finite,
    badge: z.enum(['none', 'partial', 'complete']),
  }),
  ivHistoryDays: z.number(),
  votes: z.array(dispersionVote),
  verdict: z.object({ side: z.enum(['dispersion', 'reverse', 'wait']), sentence: z.string() }),
  components: z.array(dispersionComponent),
});
export type Dispersion = z.infer<typeof dispersion>;

export const dispersionCommands = {
  'dispersion.read': query({
    input: z.object({
      index: symbolName,
      termDays: z.number().int().min(2).max(400).default(30),
      asOf: isoDate.optional(),
    }),
    output: dispersion,
  }),
  /** Indices across, terms down: every index of the desk that has weights. */
  'dispersion.board': query({
    input: z.object({ terms: z.array(z.number().int()).min(1).max(8), asOf: isoDate.optional() }),
    output: z.object({ asOf: isoDate, cells: z.array(dispersion) }),
  }),
  /** The measures of past days, oldest first, before the day asked for: two years of sessions at most. */
  'dispersion.history': query({
    input: z.object({
      index: symbolName,
      termDays: z.number().int().min(2).max(400).default(30),
      asOf: isoDate.optional(),
    }),
    output: z.object({
      index: symbolName,
      asOf: isoDate,
      termDays: z.number(),
      dates: z.array(isoDate),
      /** By the measure's name, beside `dates`. */
      measures: z.record(z.string(), column),
    }),
  }),
};
