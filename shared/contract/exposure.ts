import { z } from 'zod';
import { finite, isoDate, query, symbolName } from './define.ts';

const instrument = z.enum(['forward-start', 'realized-vol', 'listed-option']);

/** How the vega of a slice is brought to one term, so that near and far can be added up. */
export const vegaRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('raw') }),
  /** × √(term / days to the slice's middle). */
  z.object({ kind: z.literal('root-time'), termDays: z.number().min(1).max(3650).default(30) }),
  /** Factors by hand, by days to the slice's middle; straight between them, flat outside. */
  z.object({
    kind: z.literal('curve'),
    points: z
      .array(z.object({ days: z.number().min(0).max(20_000), factor: finite.min(0).max(100) }))
      .min(1)
      .max(40),
  }),
]);
export type VegaRule = z.infer<typeof vegaRule>;

const exposureSlice = z.object({
  start: isoDate,
  end: isoDate,
  kind: z.enum(['slice', 'gap', 'overlap']),
  forwardVol: finite.nullable(),
  vegaPerVolPoint: finite,
  /** What the rule asked for multiplies its vega by; 1 for raw. */
  vegaFactor: finite,
  adjustedVegaPerVolPoint: finite,
  gammaDollar1Pct: finite,
  byContract: z.array(
    z.object({
      contractId: z.string(),
      instrument,
      vegaPerVolPoint: finite,
      adjustedVegaPerVolPoint: finite,
      gammaDollar1Pct: finite,
    }),
  ),
});

const hedgeNumber = z.object({
  start: isoDate,
  end: isoDate,
  contract: z.string(),
  byVega: finite.nullable(),
  byGamma: finite.nullable(),
  whole: z.number().nullable(),
  leftVegaPerVolPoint: finite.nullable(),
});

export const exposure = z.object({
  underlying: symbolName,
  /** The day it is for: the market's, or a later one that the book was aged to. */
  asOf: isoDate,
  /** The day its volatilities and forwards are of. */
  marketDate: isoDate,
  spot: finite.nullable(),
  slices: z.array(exposureSlice),
  contracts: z.array(
    z.object({
      contractId: z.string(),
      instrument,
      label: z.string(),
      start: isoDate,
      end: isoDate,
      quantity: finite,
      /** Value today of the position, account currency: what would be paid for its vega. */
      premium: finite,
      vegaPerVolPoint: finite,
      gammaDollar1Pct: finite,
    }),
  ),
  totals: z.object({
    vegaPerVolPoint: finite,
    adjustedVegaPerVolPoint: finite,
    gammaDollar1Pct: finite,
    premium: finite,
  }),
  /** Contracts of one unit of the slice's forward-start straddle that flatten it. */
  hedges: z.array(hedgeNumber),
  notIncluded: z.array(z.object({ subject: z.string(), reason: z.string() })),
  /** What was taken for granted: a fixing not yet confirmed, sessions still to come. */
  assumed: z.array(z.string()),
});
export type Exposure = z.infer<typeof exposure>;

/** All names together, by calendar month. */
const exposureAcross = z.object({
  asOf: isoDate,
  currencies: z.array(z.string()),
  months: z.array(
    z.object({
      start: isoDate,
      end: isoDate,
      vegaPerVolPoint: finite,
      adjustedVegaPerVolPoint: finite,
      gammaDollar1Pct: finite,
      byUnderlying: z.array(
        z.object({
          underlying: symbolName,
          vegaPerVolPoint: finite,
          adjustedVegaPerVolPoint: finite,
          gammaDollar1Pct: finite,
        }),
      ),
    }),
  ),
  underlyings: z.array(
    z.object({
      underlying: symbolName,
      currency: z.string(),
      contracts: z.number(),
      listedOptions: z.number(),
      premium: finite,
      vegaPerVolPoint: finite,
      adjustedVegaPerVolPoint: finite,
      gammaDollar1Pct: finite,
      byInstrument: z.array(z.object({ instrument, vegaPerVolPoint: finite })),
      gaps: z.number(),
      overlaps: z.number(),
      notIncluded: z.number(),
    }),
  ),
});
export type ExposureAcross = z.infer<typeof exposureAcross>;

export const hedgeSource = z.discriminatedUnion('kind', [
  /** Contracts and listed options held. */
  z.object({ kind: z.literal('book') }),
  z.object({ kind: z.literal('listed') }),
  z.object({ kind: z.literal('suggestion'), suggestionId: z.number() }),
]);
export type HedgeSource = z.infer<typeof hedgeSource>;

const profileHedge = z.object({
  underlying: symbolName,
  asOf: isoDate,
  source: z.string(),
  /** Account currency per 1.00 of payoff of one straddle that the numbers count in. */
  amount: finite,
  slices: z.array(
    z.object({
      start: isoDate,
      end: isoDate,
      kind: z.enum(['slice', 'gap', 'overlap']),
      forwardVol: finite.nullable(),
      vegaPerVolPoint: finite,
      targetVegaPerVolPoint: finite,
      contract: z.string().nullable(),
      contractVegaPerVolPoint: finite.nullable(),
      exact: finite.nullable(),
      whole: z.number().nullable(),
      afterVegaPerVolPoint: finite,
      leftVegaPerVolPoint: finite,
    }),
  ),
  gamma: z.object({
    before: finite,
    after: finite,
    target: finite,
    /** Near-term contracts that alone bring gamma to its target, beside those that do so for vega. */
    byGamma: finite.nullable(),
    byVega: finite.nullable(),
    /** byVega less byGamma. */
    difference: finite.nullable(),
  }),
  /** ∂X/∂σ₀ against σ₀S²ΓΔt of each position. */
  nearTerm: z.array(
    z.object({
      contractId: z.string(),
      vegaPerVolPoint: finite,
      fromGammaPerVolPoint: finite,
      difference: finite,
    }),
  ),
  notIncluded: z.array(z.object({ subject: z.string(), reason: z.string() })),
});
export type ProfileHedge = z.infer<typeof profileHedge>;

export const exposureCommands = {
  'exposure.read': query({
    input: z.object({
      underlying: symbolName.optional(),
      asOf: isoDate.optional(),
      /** A day after the market's that the book is aged to: forward volatilities and forwards as they stand. */
      on: isoDate.optional(),
      includeListed: z.boolean().default(true),
      vega: vegaRule.default({ kind: 'raw' }),
    }),
    output: z.object({ underlyings: z.array(exposure) }),
  }),
  'exposure.across': query({
    input: z.object({
      asOf: isoDate.optional(),
      on: isoDate.optional(),
      includeListed: z.boolean().default(true),
      vega: vegaRule.default({ kind: 'raw' }),
    }),
    output: exposureAcross,
  }),
  /** Contracts per slice that bring a book's vega to a profile. */
  'exposure.hedge': query({
    input: z.object({
      underlying: symbolName,
      asOf: isoDate.optional(),
      source: hedgeSource.default({ kind: 'book' }),
      /** Where time is cut: at the contracts held, at month or quarter ends from today, at listed expiries. */
      cut: z.enum(['contracts', 'months', 'quarters', 'expiries']).default('contracts'),
      /** By slice start; absent slices aim at zero. */
      targets: z
        .array(z.object({ start: isoDate, vegaPerVolPoint: finite }))
        .max(400)
        .default([]),
      targetGammaDollar1Pct: finite.default(0),
      amount: finite.gt(0).default(1_000_000),
    }),
    output: profileHedge,
  }),
};
