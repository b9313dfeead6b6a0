import { z } from 'zod';
import { column, finite, fraction, isoDate, query, symbolName } from './define.ts';

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
  dispersionEnd: z.enum(['high', 'low']),
  extreme: fraction,
  level: finite.nullable(),
  vote: z.enum(['dispersion', 'reverse', 'wait', 'no-data']),
  /** Long-dated (vega) or short-dated (gamma) trades. */
  speaksFor: z.enum(['all', 'long-dated', 'short-dated']),
});

export const dispersionMeasure = z.enum([
  'indexVol',
  'indexHistoricalVol',
  'impliedToHistorical',
  'impliedCorrelation',
  'realizedCorrelation',
  'correlationSpread',
  'weightedVol',
  'firstCoefficient',
  'corrWeightedVol',
  'secondCoefficient',
  'corrWeightedVolSpread',
  'corrWeightedHistoricalVol',
  'thirdCoefficient',
  'histCorrWeightedVol',
  'histCorrCoefficient',
  'weightedHistoricalVol',
  'weightedHistoricalCoefficient',
]);

const timingRule = z.enum([
  'impliedToHistorical',
  'impliedCorrelation',
  'firstCoefficient',
  'secondCoefficient',
  'thirdCoefficient',
]);

/** The thresholds of the timing rules; absent fields keep the usual ones. */
export const dispersionTiming = z.object({
  /** Sessions of history that a measure is read against; 504 where absent. */
  historyDays: z.number().int().min(20).max(2520).optional(),
  /** Fewer days of history are no data; 60 where absent. */
  minHistoryDays: z.number().int().min(5).max(2520).optional(),
  /** Votes that a side needs; 2 where absent. */
  minVotes: z.number().int().min(1).max(5).optional(),
  rules: z
    .partialRecord(
      timingRule,
      z.object({
        /** How near an end of history counts as high or low; 0.2 where absent. */
        extreme: fraction.min(0.01).max(0.5).optional(),
        /** The level the value must be beyond too; null: none; the usual one where absent. */
        level: finite.nullable().optional(),
      }),
    )
    .optional(),
});

const timingVerdict = z.object({ side: z.enum(['dispersion', 'reverse', 'wait']), sentence: z.string() });

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
  correlationSpread: finite.nullable(),
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
  /** What the numbers leave out or take on trust, a sentence each. */
  concerns: z.array(z.string()),
  /** What the votes rest on: those asked for, else those kept on the desk, else the usual ones. */
  timing: z.object({
    historyDays: z.number(),
    minHistoryDays: z.number(),
    minVotes: z.number(),
    isUsual: z.boolean(),
  }),
  votes: z.array(dispersionVote),
  verdict: timingVerdict,
  /** The votes that speak for longer maturities (vega), and for shorter ones (gamma). */
  verdictByMaturity: z.object({ longDated: timingVerdict, shortDated: timingVerdict }),
  /** The product's own hedge buys index volatility and sells the names' calls: a reverse position. */
  ownHedge: z.object({
    side: z.literal('reverse'),
    /** Null where the verdict is to wait. */
    agrees: z.boolean().nullable(),
    sentence: z.string(),
  }),
  components: z.array(dispersionComponent),
});
export type Dispersion = z.infer<typeof dispersion>;
export type DispersionMeasureName = z.infer<typeof dispersionMeasure>;
export type DispersionTiming = z.infer<typeof dispersionTiming>;

/** One measure against the newest part of its past. */
export const rangeStatistics = z.object({
  range: z.enum(['3 months', '6 months', '1 year', '2 years', 'all']),
  days: z.number(),
  min: finite.nullable(),
  max: finite.nullable(),
  mean: finite.nullable(),
  percentile: finite.nullable(),
  zScore: finite.nullable(),
});

const termDays = z.number().int().min(2).max(400);
const sessions = z.number().int().min(20).max(2520).default(504);

export const dispersionCommands = {
  'dispersion.read': query({
    input: z.object({
      index: symbolName,
      termDays: termDays.default(30),
      asOf: isoDate.optional(),
      timing: dispersionTiming.optional(),
    }),
    output: dispersion,
  }),
  /** Indices across, terms down: every index of the desk that has weights. */
  'dispersion.board': query({
    input: z.object({
      terms: z.array(z.number().int()).min(1).max(8),
      asOf: isoDate.optional(),
      timing: dispersionTiming.optional(),
    }),
    output: z.object({
      asOf: isoDate,
      cells: z.array(dispersion),
      /** Indices that have no board, with the sentence that says why. */
      leftOut: z.array(z.object({ index: symbolName, reason: z.string() })),
    }),
  }),
  /** The measures of past days, oldest first, before the day asked for: two years of sessions unless more are asked for. */
  'dispersion.history': query({
    input: z.object({
      index: symbolName,
      termDays: termDays.default(30),
      asOf: isoDate.optional(),
      sessions,
    }),
    output: z.object({
      index: symbolName,
      asOf: isoDate,
      termDays: z.number(),
      dates: z.array(isoDate),
      /** By the measure's name, beside `dates`. */
      measures: z.record(z.string(), column),
      /** The day asked for, by the measure's name. */
      values: z.record(z.string(), finite.nullable()),
      /** Each value against its past over 3 months to all, by the measure's name. */
      statistics: z.record(z.string(), z.array(rangeStatistics)),
    }),
  }),
  /** Where several indices and terms stand in their past, with a thin line of it for each range. */
  'dispersion.pasts': query({
    input: z.object({
      cells: z
        .array(z.object({ index: symbolName, termDays }))
        .min(1)
        .max(40),
      asOf: isoDate.optional(),
      sessions,
      /** Values of a thin line, the day's own last. */
      points: z.number().int().min(8).max(120).default(40),
    }),
    output: z.object({
      asOf: isoDate,
      cells: z.array(
        z.object({
          index: symbolName,
          termDays: z.number(),
          /** By the measure's name, one entry a range from 3 months to all. */
          measures: z.record(z.string(), z.array(rangeStatistics.extend({ line: column }))),
        }),
      ),
    }),
  }),
  /** One measure across terms: the day's value, its past and where it stands in it. */
  'dispersion.terms': query({
    input: z.object({
      index: symbolName,
      measure: dispersionMeasure,
      terms: z.array(termDays).min(1).max(8),
      asOf: isoDate.optional(),
      sessions,
    }),
    output: z.object({
      index: symbolName,
      asOf: isoDate,
      measure: dispersionMeasure,
      terms: z.array(
        z.object({
          termDays: z.number(),
          value: finite.nullable(),
          /** Why the value is blank. */
          reason: z.string().nullable(),
          dates: z.array(isoDate),
          values: column,
          statistics: z.array(rangeStatistics),
        }),
      ),
    }),
  }),
};
