import { z } from 'zod';
import { finite, fraction, isoDate, mutation, nothing, optionType, query, symbolName } from './define.ts';
import {
  constraintShadow,
  draftRequest,
  optionValuation,
  packageLimits,
  draftLeg,
  scenarioComparison,
  structureRequest,
  suggestionOrigin,
} from './hedge-package.ts';

export type { DraftLeg } from './hedge-package.ts';

export const hedgeObjective = z.enum(['net-delta', 'score', 'credit']);

/** A part of a whole. */
const share = fraction.min(0).max(1);

export const hedgeRequest = z.object({
  basket: z.string().min(1),
  asOf: isoDate.optional(),
  /** The underlying of the puts; absent: the basket's index. */
  indexProduct: symbolName.optional(),
  /** Absent: the first expiry between 20 and 60 days that index and names share. */
  expiry: isoDate.optional(),
  netDeltaLimit: fraction.min(0).default(0.05),
  coverage: fraction.min(0).default(1),
  /** Most protection, as a multiple of the basket notional: no pile of far puts for their delta alone. */
  maxCoverage: fraction.nullable().default(1.5),
  /** Account currency. */
  minCredit: finite.default(0),
  /** Share of each holding that may be sold calls on. */
  overwrite: share.default(1),
  /** 0: relative implied volatility only; 1: skew premium only. */
  balance: share.default(0.5),
  objective: z.array(hedgeObjective).min(1).default(['net-delta', 'score']),
  maxLegs: z.number().int().min(2).nullable().default(null),
  /** Different puts at most. */
  maxPutLegs: z.number().int().min(1).nullable().default(null),
  minOpenInterest: z.number().min(0).default(0),
  maxSpreadFraction: fraction.default(0.6),
  /** Absolute delta of the calls. */
  callDeltaRange: z.tuple([share, share]).default([0.05, 0.6]),
  putDeltaRange: z.tuple([share, share]).default([0.05, 0.7]),
  useBeta: z.boolean().default(true),
  /** 0 sells at the bid and buys at the ask; 0.5 trades at mid. */
  spreadShare: share.default(0),
  commissionPerContract: finite.default(0),
  excludeContracts: z.array(z.string()).default([]),
});
export type HedgeRequest = z.infer<typeof hedgeRequest>;
export type HedgeRequestInput = z.input<typeof hedgeRequest>;

export const legQuote = z.object({
  bid: finite.nullable(),
  ask: finite.nullable(),
  mark: finite.nullable(),
  vol: finite.nullable(),
  quotedAt: z.string().nullable(),
  source: z.string(),
});

export const hedgeLeg = z.object({
  legId: z.string(),
  side: z.enum(['sell', 'buy']),
  contract: z.string(),
  symbol: symbolName,
  type: optionType,
  expiry: isoDate,
  strike: finite,
  quantity: z.number().int(),
  multiplier: z.number(),
  /** The limit: what the suggestion counts with, per unit. */
  price: finite,
  quote: legQuote,
  /** Per unit of the underlying, of one long option. */
  delta: finite,
  gammaDollar1Pct: finite,
  vegaPerVolPoint: finite,
  thetaPerDay: finite,
  skewPremium: finite.nullable(),
  impliedToHistorical: finite.nullable(),
  score: finite.nullable(),
  rank: z.number().nullable(),
  openInterest: finite.nullable(),
  reasons: z.array(z.string()),
  flags: z.array(z.string()),
  decision: z.enum(['undecided', 'accepted', 'rejected']),
  decisionReason: z.string().nullable(),
  /** Absent: opens. */
  effect: z.enum(['open', 'close']).optional(),
  /** Absent in what older versions made; null where it has no volatility. */
  valuation: optionValuation.nullable().optional(),
  /** A reviewer's remark. */
  note: z.string().max(1000).optional(),
});
export type HedgeLeg = z.infer<typeof hedgeLeg>;

export const hedgeConstraint = z.object({
  name: z.string(),
  sentence: z.string(),
  limit: finite,
  value: finite,
  slack: finite,
  unit: z.enum(['money', 'fraction', 'contracts', 'legs', 'shares']),
  met: z.boolean(),
});
export type HedgeConstraint = z.infer<typeof hedgeConstraint>;

export const exposureTotals = z.object({
  /** Σ β S × delta units, account currency. */
  deltaDollar: finite,
  deltaFraction: finite,
  gammaDollar1Pct: finite,
  vegaPerVolPoint: finite,
  /** The part of it on the index; absent in what older versions made. */
  indexVegaPerVolPoint: finite.optional(),
  thetaPerDay: finite,
  premium: finite,
});

export const packageCheck = z.object({
  check: z.string(),
  sentence: z.string(),
  severity: z.enum(['blocking', 'warning']),
  passed: z.boolean(),
  legIds: z.array(z.string()),
});

/** What the hedge stands on, as it was: enough to compute every total of the package again. */
export const hedgeHolding = z.object({
  symbol: symbolName,
  shares: finite,
  spot: finite,
  /** To the index. */
  beta: finite,
  /** Shares a contract of its options. */
  multiplier: finite,
  /** Contracts of calls already sold on it. */
  shortCalls: finite,
});
export type HedgeHolding = z.infer<typeof hedgeHolding>;

export const hedgeProposal = z.object({
  /** Absent: the programme's. */
  origin: suggestionOrigin.optional(),
  /** Absent: as the request says. */
  limits: packageLimits.optional(),
  /** Of legs on neither the basket's names nor the index of the request. */
  underlyings: z.array(z.object({ symbol: symbolName, price: finite, beta: finite })).optional(),
  /** Options held already on the basket's names and the index, signed; null valuation: left out of scenarios. */
  held: z
    .array(
      z.object({
        contract: z.string(),
        symbol: symbolName,
        type: optionType,
        strike: finite,
        quantity: finite,
        multiplier: finite,
        beta: finite,
        valuation: optionValuation.nullable(),
      }),
    )
    .optional(),
  /** Severities of checks that the desk changed. */
  checkSeverities: z.record(z.string(), z.enum(['blocking', 'warning'])).optional(),
  /** Full revaluation before and after; absent in what older versions made. */
  scenarios: scenarioComparison.optional(),
  request: hedgeRequest,
  basket: z.string(),
  basketVersion: z.number(),
  index: symbolName,
  asOf: isoDate,
  expiry: isoDate,
  indexLevel: finite,
  indexMultiplier: finite,
  currency: z.string(),
  holdings: z.array(hedgeHolding),
  /** Delta and protected notional of options held already, money. */
  existingNetDelta: finite,
  existingProtection: finite,
  status: z.enum(['optimal', 'feasible', 'infeasible']),
  gap: finite.nullable(),
  seconds: finite,
  basketNotional: finite,
  netDelta: finite,
  netDeltaFraction: finite,
  netPremium: finite,
  premiumReceived: finite,
  premiumPaid: finite,
  coverage: finite,
  legs: z.array(hedgeLeg),
  constraints: z.array(hedgeConstraint),
  /** For an infeasible run: the smallest set in conflict, and what would do. */
  conflict: z.array(z.object({ constraint: z.string(), sentence: z.string(), relaxTo: finite.nullable() })),
  before: exposureTotals,
  after: exposureTotals,
  checks: z.array(packageCheck),
  candidateCounts: z.object({
    calls: z.number(),
    puts: z.number(),
    filtered: z.record(z.string(), z.number()),
  }),
  /** The best candidates not taken, with why. */
  notTaken: z.array(z.object({ contract: z.string(), score: finite.nullable(), reason: z.string() })),
  quoteModel: z.string(),
  warnings: z.array(z.string()),
});
export type HedgeProposal = z.infer<typeof hedgeProposal>;

export const suggestionState = z.enum([
  'draft',
  'reviewed',
  'approved',
  'exported',
  'part-filled',
  'filled',
  'cancelled',
  'expired',
  'rejected',
]);
export type SuggestionState = z.infer<typeof suggestionState>;

export const suggestion = z.object({
  suggestionId: z.number(),
  state: suggestionState,
  createdAt: z.string(),
  approvedAt: z.string().nullable(),
  approvedBy: z.string().nullable(),
  exportedAt: z.string().nullable(),
  version: z.string(),
  /** SHA-256 of the canonical snapshot: inputs, legs with decisions, settings, version. */
  hash: z.string(),
  note: z.string(),
  proposal: hedgeProposal,
});
export type Suggestion = z.infer<typeof suggestion>;

export const ticketFormat = z.enum(['baskettrader', 'fix', 'fix-multileg', 'sheet']);

/** How prices moved since the review. Prices per unit. */
export const suggestionDrift = z.object({
  suggestionId: z.number(),
  reviewedOn: isoDate,
  legs: z.array(
    z.object({
      legId: z.string(),
      contract: z.string(),
      side: z.enum(['sell', 'buy']),
      quantity: z.number(),
      /** The limit. */
      reviewedPrice: finite,
      /** What the limit stood against: the side of the market a trade meets, or the mark where none was observed. */
      reviewedQuote: finite.nullable(),
      basis: z.enum(['market', 'mark']),
      bid: finite.nullable(),
      ask: finite.nullable(),
      mark: finite.nullable(),
      quote: finite.nullable(),
      quotedOn: isoDate.nullable(),
      /** Today's less the reviewed one. */
      change: finite.nullable(),
      changeFraction: finite.nullable(),
      /** What the change is worth to us, account currency: better (+), worse (−). */
      money: finite.nullable(),
      /** Whether the limit would trade against today's market; null where that is not observed. */
      limitTrades: z.boolean().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  money: finite,
  /** Legs without a quote today are not in `money`. */
  unknown: z.number(),
  sentence: z.string(),
});
export type SuggestionDrift = z.infer<typeof suggestionDrift>;

export const frontierPoint = z.object({
  netDeltaLimit: finite,
  netDeltaFraction: finite.nullable(),
  netPremium: finite.nullable(),
  status: z.string(),
});

export const hedgeCommands = {
  /** Solves; saves nothing. Slow: report progress, can be cancelled. */
  'hedge.suggest': query({ input: hedgeRequest, output: hedgeProposal }),
  'hedge.frontier': query({
    input: z.object({ request: hedgeRequest, limits: z.array(fraction).min(2).max(20) }),
    output: z.object({ points: z.array(frontierPoint) }),
  }),
  /** What one step looser of each limit would buy, each by solving again. Slow: report progress, can be cancelled. */
  'hedge.shadows': query({
    input: z.object({ request: hedgeRequest }),
    output: z.object({ shadows: z.array(constraintShadow) }),
  }),
  /** Collars on the names, or a put spread on the index, as legs that `suggestion.draft` takes. */
  'hedge.structure': query({
    input: structureRequest,
    output: z.object({
      basket: z.string(),
      asOf: isoDate,
      legs: z.array(draftLeg),
      /** Names without one, with why. */
      warnings: z.array(z.string()),
    }),
  }),
  /**
   * A draft of legs named one by one, of a basket or free of one: priced from the newest chains up to the day,
   * checked, and reviewed, approved and exported like any other. Every leg must be listed; one without a limit
   * must be quoted.
   */
  'suggestion.draft': mutation({ input: draftRequest, output: suggestion }),
  'suggestion.save': mutation({
    input: z.object({ proposal: hedgeProposal, note: z.string().default('') }),
    output: suggestion,
  }),
  'suggestion.list': query({
    input: nothing,
    output: z.object({
      suggestions: z.array(
        z.object({
          suggestionId: z.number(),
          state: suggestionState,
          basket: z.string(),
          createdAt: z.string(),
          asOf: isoDate,
          expiry: isoDate,
          legs: z.number(),
          netPremium: finite,
          netDeltaFraction: finite,
          hash: z.string(),
        }),
      ),
      /** Whose snapshot was changed from outside: not listed, not used, and nothing else is lost. */
      refused: z.array(z.object({ suggestionId: z.number(), sentence: z.string() })),
    }),
  }),
  'suggestion.read': query({ input: z.object({ suggestionId: z.number() }), output: suggestion }),
  /** Accept, reject (with a reason) or reset one leg; totals, constraints and checks are recomputed at once. */
  'suggestion.decide': mutation({
    input: z.object({
      suggestionId: z.number(),
      legId: z.string(),
      decision: z.enum(['undecided', 'accepted', 'rejected']),
      reason: z.string().max(500).nullable().default(null),
    }),
    output: suggestion,
  }),
  'suggestion.editQuantity': mutation({
    input: z.object({
      suggestionId: z.number(),
      legId: z.string(),
      quantity: z.number().int().min(0),
      price: finite.optional(),
    }),
    output: suggestion,
  }),
  'suggestion.approve': mutation({
    input: z.object({
      suggestionId: z.number(),
      /** What the reviewer saw; refused where it is no longer so. */
      hash: z.string().optional(),
      overrideReason: z.string().max(500).nullable().default(null),
      /** Takes the legs nobody decided on as accepted; without it they keep the suggestion from being approved. */
      acceptUndecided: z.boolean().default(false),
    }),
    output: suggestion,
  }),
  'suggestion.reject': mutation({
    input: z.object({ suggestionId: z.number(), reason: z.string().max(500) }),
    output: suggestion,
  }),
  /** The ticket's text as an export would give it; nothing is marked. */
  'suggestion.ticket': query({
    input: z.object({ suggestionId: z.number(), format: ticketFormat }),
    output: z.object({
      fileName: z.string(),
      mediaType: z.string(),
      text: z.string(),
      drift: suggestionDrift,
    }),
  }),
  /** The ticket's text; the same bytes every time. Marks the suggestion exported. */
  'suggestion.export': mutation({
    input: z.object({ suggestionId: z.number(), format: ticketFormat }),
    output: z.object({
      fileName: z.string(),
      mediaType: z.string(),
      text: z.string(),
      state: suggestionState,
      /** Of the newest quotes, for whoever sends it; the text does not depend on it. */
      drift: suggestionDrift,
    }),
  }),
};
