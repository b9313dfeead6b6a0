import { z } from 'zod';
import { finite, fraction, isoDate, symbolName } from './define.ts';

/** A part of a whole. */
const share = fraction.min(0).max(1);

/** What an option is valued from again under a scenario. Prices per unit, years, volatilities decimal. */
export const optionValuation = z.object({
  underlyingPrice: finite,
  forward: finite,
  discountFactor: finite,
  timeToExpiry: finite,
  vol: finite,
  exercise: z.enum(['european', 'american']),
});
export type OptionValuation = z.infer<typeof optionValuation>;

const worstCase = z.object({ spotMove: fraction, volShift: fraction, profit: finite });

/** Profit and loss under the standard scenarios, account currency: rows a volatility shift, columns a spot move. */
export const scenarioComparison = z.object({
  spotMoves: z.array(fraction),
  /** Decimal: 0.05 is 5 volatility points. */
  volShifts: z.array(fraction),
  before: z.array(z.array(finite)),
  after: z.array(z.array(finite)),
  worstBefore: worstCase,
  worstAfter: worstCase,
  /** Contracts without a volatility: not in the numbers. */
  left: z.array(z.string()),
});
export type ScenarioComparison = z.infer<typeof scenarioComparison>;

/** Where the legs come from: the programme, a hand, or another desk. */
export const suggestionOrigin = z.enum(['hedge', 'hand', 'roll', 'collar', 'dispersion', 'scenario']);
export type SuggestionOrigin = z.infer<typeof suggestionOrigin>;

/** What a package is held to; null: not asked. */
export const packageLimits = z.object({
  overwrite: finite,
  coverage: finite,
  maxCoverage: finite.nullable(),
  minCredit: finite.nullable(),
  netDeltaLimit: finite.nullable(),
  maxLegs: z.number().nullable(),
  /** Absent in what older versions made. */
  maxPutLegs: z.number().nullable().optional(),
});
export type PackageLimits = z.infer<typeof packageLimits>;

/** A leg asked for by name. */
export const draftLeg = z.object({
  /** In any style a chain or broker writes it, for example `SPXW 2026-03-20 5000 P`. */
  contract: z.string().min(1).max(64),
  /** The underlying; absent: what the contract's root stands for. */
  symbol: symbolName.optional(),
  side: z.enum(['sell', 'buy']),
  /** Contracts. */
  quantity: z.number().int().min(1),
  /** Per unit; absent: the side of the market a trade meets. */
  limit: finite.min(0).optional(),
  /** Shown with the leg. */
  reason: z.string().max(500).default(''),
});
export type DraftLeg = z.input<typeof draftLeg>;

export const draftRequest = z.object({
  /** A saved basket the legs belong to; null: free of one. */
  basket: z.string().min(1).nullable().default(null),
  /** What the package is called where it has no basket. */
  title: z.string().min(1).max(80).default('Free legs'),
  origin: suggestionOrigin.default('hand'),
  legs: z.array(draftLeg).min(1).max(500),
  /** Absent: the newest market day. */
  asOf: isoDate.optional(),
  /** With a basket: whose puts protect it; absent: its index. */
  indexProduct: symbolName.optional(),
  useBeta: z.boolean().default(true),
  /** 0 trades at the far sides of the market, 0.5 at mid. */
  spreadShare: share.default(0),
  commissionPerContract: finite.default(0),
  /** Held to these; what is left out is not asked. */
  limits: packageLimits.partial().default({}),
  note: z.string().max(500).default(''),
});
export type DraftRequest = z.input<typeof draftRequest>;

/** Legs of another structure, ready for a draft. */
export const structureRequest = z.object({
  basket: z.string().min(1),
  /** A put bought and a call sold on every name; or a put bought and one further down sold on the index. */
  kind: z.enum(['collars', 'put-spread']),
  asOf: isoDate.optional(),
  indexProduct: symbolName.optional(),
  targetDays: z.number().int().min(1).max(1000).default(35),
  /** Absolute deltas of the put bought, the call sold where none pays for it, and the put sold. */
  putDelta: share.default(0.3),
  callDelta: share.default(0.25),
  soldDelta: share.default(0.12),
  /** Of each holding, or of the basket's notional. */
  share: fraction.min(0).max(2).default(1),
  maxSpreadFraction: fraction.default(0.6),
});

/** What one step looser of a limit would buy: changes of the totals, the programme solved again. */
export const constraintShadow = z.object({
  /** Named as in `constraints`. */
  constraint: z.string(),
  from: finite,
  to: finite,
  netPremium: finite,
  netDeltaFraction: finite,
  score: finite,
  coverage: finite,
  proven: z.boolean(),
  sentence: z.string(),
});
export type ConstraintShadow = z.infer<typeof constraintShadow>;
