import { z } from 'zod';
import { contractState } from './contract-state.ts';
import { finite, isoDate, mutation, nothing, query, symbolName } from './define.ts';

/** A time of the exchange's day. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 15:30');

export const realizedVolTerms = z.object({
  contractId: z.string().min(1).max(60),
  underlying: symbolName,
  kind: z.enum(['monthly', 'quarterly', 'annual', 'custom']),
  startDate: isoDate,
  endDate: isoDate,
  estimator: z
    .enum(['zeroMean', 'sampleMean', 'highLow', 'parkinson', 'garmanKlass', 'rogersSatchell'])
    .default('zeroMean'),
  returns: z.enum(['log', 'simple']).default('log'),
  periodsPerYear: z.number().min(245).max(262).default(252),
  multiplier: finite.default(100_000),
  months: finite,
  /** Decimal: 0.0001 is 0.01 %. */
  tick: finite.default(0.0001),
  quantity: finite,
  tradeVol: finite.nullable().default(null),
  /** Of the listed options the contract expires with. */
  expiryDate: isoDate.nullable().default(null),
  /** Account currency to lodge for one contract bought, and for one sold. */
  longBond: finite.nullable().default(null),
  shortBond: finite.nullable().default(null),
  /** Whether a disrupted session lowers the count that the sum is divided by. */
  disruptedDays: z.enum(['lowerCount', 'keepCount']).default('lowerCount'),
  /** Marks within a session, the last its close; none: the close alone. */
  observationTimes: z.array(clockTime).max(24).default([]),
});
export type RealizedVolTerms = z.infer<typeof realizedVolTerms>;

/** What terms hold that were stored before these were asked for. */
const usualTerms: Partial<RealizedVolTerms> = {
  expiryDate: null,
  longBond: null,
  shortBond: null,
  disruptedDays: 'lowerCount',
  observationTimes: [],
};

/** Terms as a desk file holds them, with what is usual where it holds nothing. */
export const storedRealizedVolTerms = (stored: object): RealizedVolTerms =>
  ({ ...usualTerms, ...stored }) as RealizedVolTerms;

/** How volatility is expected from variance: its root, or less the second order of E[√V] ≤ √E[V]. */
const convexity = z.enum(['none', 'secondOrder']).default('none');
const volUncertainty = z.number().min(0).max(2).default(0);

const observation = z.object({
  date: isoDate,
  /** Null: the close. */
  time: clockTime.nullable(),
  mark: finite.nullable(),
  /** What the store has in the place of a mark corrected or left out. */
  storedMark: finite.nullable(),
  return: finite.nullable(),
  squared: finite.nullable(),
  runningVol: finite.nullable(),
  status: z.enum(['ok', 'corrected', 'disrupted', 'missing', 'expected']),
  note: z.string(),
});
export type ContractObservation = z.infer<typeof observation>;

/** What a person says of one mark: a price as traded, a disrupted session, or that the store has it right. */
const toldObservation = z.object({
  date: isoDate,
  time: clockTime.nullable().default(null),
  status: z.enum(['marked', 'disrupted', 'stored']),
  mark: finite.nullable().default(null),
  open: finite.nullable().default(null),
  high: finite.nullable().default(null),
  low: finite.nullable().default(null),
  /** Why, where it differs from the reason of them all. */
  reason: z.string().max(500).default(''),
});
export type ToldObservation = z.infer<typeof toldObservation>;

const estimatorRow = z.object({
  estimator: z.string(),
  vol: finite.nullable(),
  differenceTicks: finite.nullable(),
  /** Account currency, of the quantity held. */
  difference: finite.nullable(),
  reason: z.string().nullable(),
});

const stripPart = z.object({
  startDate: isoDate,
  endDate: isoDate,
  months: finite,
  observations: z.number(),
  fairVol: finite.nullable(),
  /** Given, or of a held contract over just this period. */
  quotedVol: finite.nullable(),
  /** The one that the strip counts with. */
  vol: finite.nullable(),
  source: z.string(),
  contractsPerWhole: finite.nullable(),
});

const strip = z.object({
  parts: z.array(stripPart),
  combinedVol: finite.nullable(),
  wholeVol: finite.nullable(),
  wholeSource: z.string(),
  richVol: finite.nullable(),
  richTicks: finite.nullable(),
  rich: finite.nullable(),
  reason: z.string().nullable(),
});

const variance = z.object({
  strikeVol: finite,
  vegaPerVolPoint: finite,
  /** Account currency per point of volatility squared. */
  variancePerVolPointSquared: finite,
  /** What the swap pays beyond the contract at realized volatilities about the strike. */
  beyond: z.array(z.object({ vol: finite, contract: finite, amount: finite })),
});

const observationLogEntry = toldObservation.extend({
  at: z.string(),
  actor: z.string(),
  inForce: z.boolean(),
});

export const realizedVolValue = z.object({
  terms: realizedVolTerms,
  state: contractState,
  stateNote: z.string(),
  observationsDone: z.number(),
  observationsExpected: z.number(),
  realizedVol: finite.nullable(),
  remainingVol: finite.nullable(),
  remainingVolSource: z.string(),
  fairVol: finite.nullable(),
  /** Remaining volatility at which the trade breaks even. */
  breakEvenRemainingVol: finite.nullable(),
  /** One contract, account currency. */
  contractValue: finite.nullable(),
  tickValue: finite,
  value: finite.nullable(),
  profit: finite.nullable(),
  profitTicks: finite.nullable(),
  vegaPerVolPoint: finite.nullable(),
  /** Marks by the calendar, before sessions left out. */
  observationsScheduled: z.number(),
  missing: z.number(),
  disrupted: z.number(),
  corrected: z.number(),
  /** The lowest it can still settle at: what is locked in. */
  floorVol: finite.nullable(),
  settledVol: finite.nullable(),
  /** Performance bond of the quantity held, for its side. */
  bond: finite.nullable(),
  observations: z.array(observation),
  warnings: z.array(z.string()),
  reason: z.string().nullable(),
});
export type RealizedVolValue = z.infer<typeof realizedVolValue>;

export const volContractCommands = {
  'contracts.addRealizedVol': mutation({
    input: realizedVolTerms,
    output: z.object({ contractId: z.string() }),
  }),
  /** Brings back the contract removed last under an id, with all that happened to it. */
  'contracts.restore': mutation({
    input: z.object({ contractId: z.string(), reason: z.string().max(500).default('') }),
    output: nothing,
  }),
  /** Corrects marks, adds marks within sessions, declares sessions disrupted; what it replaces stays in the log. */
  'contracts.observe': mutation({
    input: z.object({
      contractId: z.string(),
      observations: z.array(toldObservation).min(1).max(20_000),
      reason: z.string().max(500),
    }),
    output: z.object({ contractId: z.string(), observations: z.number() }),
  }),
  /** A contract before it is entered, at the market, at a volatility or at a value of one contract. */
  'contracts.quoteRealizedVol': query({
    input: z.object({
      terms: realizedVolTerms,
      vol: finite.optional(),
      value: finite.optional(),
      convexity,
      volUncertainty,
      asOf: isoDate.optional(),
    }),
    output: z.object({
      asOf: isoDate,
      fairVol: finite,
      fairValue: finite,
      convexityAdjustment: finite,
      remainingVol: finite.nullable(),
      remainingVolSource: z.string(),
      realizedVol: finite.nullable(),
      observationsDone: z.number(),
      observationsExpected: z.number(),
      /** The one asked for, else the fair one rounded to the tick. */
      vol: finite,
      value: finite,
      tickValue: finite,
      /** Ticks and money that fair stands above `vol`, for the quantity. */
      edgeTicks: finite,
      edge: finite,
      breakEvenRemainingVol: finite.nullable(),
      vegaPerVolPoint: finite,
      bond: finite.nullable(),
      warnings: z.array(z.string()),
    }),
  }),
  /** Usual terms of a kind of contract on a name: its period between listed expiries, its size. */
  'contracts.volSpec': query({
    input: z.object({
      underlying: symbolName,
      kind: realizedVolTerms.shape.kind,
      asOf: isoDate.optional(),
    }),
    output: z.object({
      startDate: isoDate,
      endDate: isoDate,
      expiryDate: isoDate.nullable(),
      months: finite,
      multiplier: finite,
      tick: finite,
      /** Listed, nearest first. */
      expiries: z.array(z.object({ date: isoDate, isMonthly: z.boolean() })),
      note: z.string(),
    }),
  }),
  /** Estimators on the same window, the strip of shorter contracts, the equal variance swap, the log of marks. */
  'contracts.volAnalysis': query({
    input: z.object({
      contractId: z.string(),
      /** Volatilities quoted for the parts, in order; null takes a held contract's or the fair one. */
      partVols: z.array(finite.nullable()).max(60).default([]),
      wholeVol: finite.optional(),
      convexity,
      volUncertainty,
      asOf: isoDate.optional(),
    }),
    output: z.object({
      asOf: isoDate,
      fairVol: finite.nullable(),
      convexityAdjustment: finite.nullable(),
      lockedInVariance: finite.nullable(),
      estimators: z.array(estimatorRow),
      strip,
      variance: variance.nullable(),
      log: z.array(observationLogEntry),
      reason: z.string().nullable(),
    }),
  }),
};
