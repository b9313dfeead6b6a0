import { z } from 'zod';
import { finite, isoDate, mutation, nothing, optionType, query, symbolName } from './define.ts';

export const forwardStartTerms = z.object({
  contractId: z.string().min(1).max(60),
  underlying: symbolName,
  firstReferenceDate: isoDate,
  secondReferenceDate: isoDate,
  optionType: z.enum(['call', 'put', 'straddle']),
  family: z.enum(['relative', 'absolute']),
  power: z.union([z.literal(1), z.literal(2)]),
  strikeMultiplier: finite.default(1),
  strikeOffset: finite.default(0),
  normalizedBy: z.enum(['firstFixing', 'strike']).default('firstFixing'),
  /** Relative: currency paid per 1.00 of payoff. Absolute: units of the underlying. */
  amount: finite.default(1_000_000),
  /** Contracts held, signed. */
  quantity: finite,
  premium: z.enum(['paid', 'deferred']).default('deferred'),
  /** Price agreed, in the payoff's unit (decimal for relative). */
  tradePrice: finite.nullable().default(null),
  fixedStrike: finite.nullable().default(null),
});
export type ForwardStartTerms = z.infer<typeof forwardStartTerms>;

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
});
export type RealizedVolTerms = z.infer<typeof realizedVolTerms>;

export const contractState = z.enum(['anticipatory', 'fixing-due', 'live', 'settling', 'settled']);

/** What one contract is worth on a day, with how it was found. */
export const forwardStartValue = z.object({
  terms: forwardStartTerms,
  state: contractState,
  stateNote: z.string(),
  /** Volatility used: forward volatility of the slice before the fixing, volatility left after it. */
  vol: finite.nullable(),
  volSource: z.string(),
  forward: finite.nullable(),
  discountFactor: finite.nullable(),
  carryFactor: finite.nullable(),
  /** Per contract in the payoff's unit; decimal for relative. */
  unitPrice: finite.nullable(),
  /** Volatility that the trade price implies. */
  tradeImpliedVol: finite.nullable(),
  value: finite.nullable(),
  profit: finite.nullable(),
  /** Account currency, for the quantity held. */
  deltaDollar: finite.nullable(),
  gammaDollar1Pct: finite.nullable(),
  vegaPerVolPoint: finite.nullable(),
  reason: z.string().nullable(),
});
export type ForwardStartValue = z.infer<typeof forwardStartValue>;

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
  observations: z.array(
    z.object({
      date: isoDate,
      mark: finite.nullable(),
      return: finite.nullable(),
      squared: finite.nullable(),
      runningVol: finite.nullable(),
      status: z.enum(['ok', 'missing', 'expected']),
    }),
  ),
  warnings: z.array(z.string()),
  reason: z.string().nullable(),
});
export type RealizedVolValue = z.infer<typeof realizedVolValue>;

export const exposureSlice = z.object({
  start: isoDate,
  end: isoDate,
  kind: z.enum(['slice', 'gap', 'overlap']),
  forwardVol: finite.nullable(),
  vegaPerVolPoint: finite,
  gammaDollar1Pct: finite,
  byContract: z.array(
    z.object({
      contractId: z.string(),
      instrument: z.enum(['forward-start', 'realized-vol', 'listed-option']),
      vegaPerVolPoint: finite,
      gammaDollar1Pct: finite,
    }),
  ),
});

export const exposure = z.object({
  underlying: symbolName,
  asOf: isoDate,
  spot: finite.nullable(),
  slices: z.array(exposureSlice),
  contracts: z.array(
    z.object({
      contractId: z.string(),
      instrument: z.enum(['forward-start', 'realized-vol', 'listed-option']),
      label: z.string(),
      start: isoDate,
      end: isoDate,
      quantity: finite,
    }),
  ),
  totals: z.object({ vegaPerVolPoint: finite, gammaDollar1Pct: finite }),
  /** Contracts of one unit of the slice's forward-start straddle that flatten it. */
  hedges: z.array(
    z.object({
      start: isoDate,
      end: isoDate,
      contract: z.string(),
      byVega: finite.nullable(),
      byGamma: finite.nullable(),
      whole: z.number().nullable(),
      leftVegaPerVolPoint: finite.nullable(),
    }),
  ),
  notIncluded: z.array(z.object({ subject: z.string(), reason: z.string() })),
});
export type Exposure = z.infer<typeof exposure>;

export const contractCommands = {
  'contracts.list': query({
    input: z.object({ asOf: isoDate.optional(), underlying: symbolName.optional() }),
    output: z.object({
      asOf: isoDate.nullable(),
      forwardStarts: z.array(forwardStartValue),
      realizedVols: z.array(realizedVolValue),
    }),
  }),
  'contracts.addForwardStart': mutation({
    input: forwardStartTerms,
    output: z.object({ contractId: z.string() }),
  }),
  'contracts.addRealizedVol': mutation({
    input: realizedVolTerms,
    output: z.object({ contractId: z.string() }),
  }),
  'contracts.remove': mutation({
    input: z.object({ contractId: z.string(), reason: z.string().max(500) }),
    output: nothing,
  }),
  'contracts.fix': mutation({
    input: z.object({ contractId: z.string(), level: finite, reason: z.string().max(500).default('') }),
    output: z.object({ contractId: z.string(), fixedStrike: finite }),
  }),
  'contracts.settle': mutation({
    input: z.object({ contractId: z.string(), level: finite.optional(), vol: finite.optional() }),
    output: z.object({ contractId: z.string(), amount: finite }),
  }),
  /**
   * Price ↔ volatility of a contract not yet entered; give one of the two. Prices are as agreed: of a
   * deferred premium, what is paid at the end. `value` is of today.
   */
  'contracts.quote': query({
    input: z.object({
      terms: forwardStartTerms,
      vol: finite.optional(),
      price: finite.optional(),
      asOf: isoDate.optional(),
    }),
    output: z.object({
      vol: finite,
      price: finite,
      value: finite,
      vegaPerVolPoint: finite,
      gammaDollar1Pct: finite,
      marketVol: finite.nullable(),
      marketPrice: finite.nullable(),
      note: z.string(),
    }),
  }),
  'exposure.read': query({
    input: z.object({
      underlying: symbolName.optional(),
      asOf: isoDate.optional(),
      includeListed: z.boolean().default(true),
    }),
    output: z.object({ underlyings: z.array(exposure) }),
  }),
};

export const position = z.object({
  positionId: z.number(),
  book: z.string(),
  symbol: symbolName,
  instrument: z.enum(['stock', 'option', 'future', 'cash']),
  contract: z.string(),
  type: optionType.nullable(),
  expiry: isoDate.nullable(),
  strike: finite.nullable(),
  quantity: finite,
  multiplier: finite,
  costPrice: finite.nullable(),
  mark: finite.nullable(),
  value: finite.nullable(),
  delta: finite.nullable(),
  deltaDollar: finite.nullable(),
  vegaPerVolPoint: finite.nullable(),
  gammaDollar1Pct: finite.nullable(),
  thetaPerDay: finite.nullable(),
  reason: z.string().nullable(),
});
export type Position = z.infer<typeof position>;

export const positionCommands = {
  'positions.list': query({
    input: z.object({ asOf: isoDate.optional() }),
    output: z.object({ asOf: isoDate.nullable(), positions: z.array(position) }),
  }),
};
