import { z } from 'zod';
import type { Explanation, NotValued, Valuation } from '../quant/scenario/result.ts';
import { finite, isoDate, symbolName } from './define.ts';

// What scenarios answer with; money in the account currency, greeks of what is held, signed.

const measuresShape = {
  value: finite,
  deltaDollar: finite,
  gammaDollar1Pct: finite,
  vegaPerVolPoint: finite,
  thetaPerDay: finite,
};
export const scenarioMeasures = z.object(measuresShape);
export type ScenarioMeasures = z.infer<typeof scenarioMeasures>;

export const contractFamily = z.enum([
  'stock',
  'cash',
  'future',
  'listed-option',
  'forward-start',
  'realized-vol',
]);

export const notValued = z.object({
  positionId: z.string(),
  label: z.string(),
  reason: z.string(),
}) satisfies z.ZodType<NotValued>;

const groupMeasures = z.object({ group: z.string(), positions: z.number(), ...measuresShape });

export const positionValue = z.object({
  positionId: z.string(),
  symbol: z.string(),
  label: z.string(),
  family: contractFamily,
  measures: scenarioMeasures.nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});

/** A book valued in full, in the market it is in. */
export const scenarioValuation = z.object({
  asOf: isoDate,
  total: scenarioMeasures,
  positions: z.array(positionValue),
  byName: z.array(groupMeasures),
  byRole: z.array(groupMeasures),
  byFamily: z.array(groupMeasures),
  notValued: z.array(notValued),
  notes: z.array(z.string()),
}) satisfies z.ZodType<Valuation>;
export type ScenarioValuation = z.infer<typeof scenarioValuation>;

/** Columns of a grid or curve, row-major: the first axis down, the second across. */
const gridColumns = z.object({
  profit: z.array(finite),
  deltaDollar: z.array(finite),
  gammaDollar1Pct: z.array(finite),
  vegaPerVolPoint: z.array(finite),
  thetaPerDay: z.array(finite),
});
const gridGroup = gridColumns.extend({ group: z.string() });

export const scenarioGrid = z.object({
  aCount: z.number(),
  bCount: z.number(),
  baseValue: finite,
  total: gridColumns,
  byName: z.array(gridGroup),
  byRole: z.array(gridGroup),
  byFamily: z.array(gridGroup),
  notValued: z.array(notValued),
  notes: z.array(z.string()),
  valuations: z.number(),
});
export type ScenarioGrid = z.infer<typeof scenarioGrid>;

export const scenarioCurve = z.object({
  values: z.array(finite),
  lines: z.array(z.object({ daysForward: z.number(), date: isoDate, columns: gridColumns })),
  baseValue: finite,
  notValued: z.array(notValued),
  notes: z.array(z.string()),
});
export type ScenarioCurve = z.infer<typeof scenarioCurve>;

/** Parts of a profit, whole cents of the account currency: they sum to `total` exactly. */
const partsShape = {
  delta: z.number().int(),
  gamma: z.number().int(),
  vega: z.number().int(),
  theta: z.number().int(),
  vanna: z.number().int(),
  volga: z.number().int(),
  carry: z.number().int(),
  trades: z.number().int(),
  fixings: z.number().int(),
  residual: z.number().int(),
  total: z.number().int(),
};
const explainParts = z.object(partsShape);
export type ScenarioParts = z.infer<typeof explainParts>;
const groupExplain = z.object({ group: z.string(), ...partsShape });
const sliceVega = z.object({ start: isoDate, end: isoDate, vega: z.number().int() });

/** Where the difference of two books comes from; every amount in whole cents. */
export const scenarioExplanation = z.object({
  from: isoDate,
  to: isoDate,
  total: explainParts,
  vegaBySlice: z.array(sliceVega),
  vegaSmile: z.number().int(),
  positions: z.array(
    z.object({
      positionId: z.string(),
      symbol: z.string(),
      label: z.string(),
      book: z.string().nullable(),
      family: contractFamily,
      ...partsShape,
      vegaBySlice: z.array(sliceVega),
      vegaSmile: z.number().int(),
      note: z.string().nullable(),
    }),
  ),
  byName: z.array(groupExplain),
  byFamily: z.array(groupExplain),
  byBook: z.array(groupExplain),
  notValued: z.array(notValued),
}) satisfies z.ZodType<Explanation>;
export type ScenarioExplanation = z.infer<typeof scenarioExplanation>;

/** A name of a frozen market, as a session shows and edits it. */
export const scenarioName = z.object({
  symbol: symbolName,
  spot: finite,
  rate: finite.nullable(),
  dividendYield: finite.nullable(),
  exercise: z.enum(['european', 'american']),
  expiries: z.array(
    z.object({
      key: z.string(),
      expiry: isoDate,
      root: z.string(),
      forward: finite,
      atmVol: finite.nullable(),
      multiplier: finite,
      /** Listed strikes, ascending. */
      strikes: z.array(finite),
    }),
  ),
});
export type ScenarioName = z.infer<typeof scenarioName>;
