import { z } from 'zod';
import { contractState } from './contract-state.ts';
import { finite, isoDate, mutation, optionType, query, symbolName } from './define.ts';

const positive = finite.gt(0);

/** What a contract's terms say where they say nothing; terms stored before a field existed get it too. */
const usualTerms = {
  strikeMultiplier: 1,
  strikeOffset: 0,
  putStrikeMultiplier: null,
  normalizedBy: 'firstFixing',
  amount: 1_000_000,
  premium: 'deferred',
  tradePrice: null,
  fixedStrike: null,
  secondUnderlying: null,
  underlyingKind: 'price',
  fixingDays: 1,
  fixingPrices: 'close',
  fixingRoundTo: 0,
  settlement: 'cash',
  carryFactor: null,
  discountFactor: null,
  option: null,
} as const;

/** The right to buy or sell the contract itself, on or before its strike is fixed. */
const rightOnContract = z.object({
  optionType,
  /** Price of the contract agreed, in the payoff's unit. */
  contractPrice: finite.min(0),
  expiryDate: isoDate,
  /** Lognormal volatility of the contract's forward value; null: volatilities taken as certain. */
  volOfVol: finite.min(0).nullable(),
});

export const forwardStartTerms = z.object({
  contractId: z.string().min(1).max(60),
  underlying: symbolName,
  firstReferenceDate: isoDate,
  secondReferenceDate: isoDate,
  optionType: z.enum(['call', 'put', 'straddle']),
  family: z.enum(['relative', 'absolute']),
  power: z.union([z.literal(1), z.literal(2)]),
  strikeMultiplier: finite.default(usualTerms.strikeMultiplier),
  strikeOffset: finite.default(usualTerms.strikeOffset),
  /** A straddle whose put is struck at another multiple of the first fixing: a strangle. Null: the same. */
  putStrikeMultiplier: positive.nullable().default(usualTerms.putStrikeMultiplier),
  normalizedBy: z.enum(['firstFixing', 'strike']).default(usualTerms.normalizedBy),
  /** Relative: currency paid per 1.00 of payoff. Absolute: units of the underlying. */
  amount: finite.default(usualTerms.amount),
  /** Contracts held, signed. */
  quantity: finite,
  premium: z.enum(['paid', 'deferred']).default(usualTerms.premium),
  /** Price agreed, in the payoff's unit (decimal for relative). */
  tradePrice: finite.nullable().default(usualTerms.tradePrice),
  fixedStrike: finite.nullable().default(usualTerms.fixedStrike),
  /** A related underlying that is read at the second reference time; null: the same one. */
  secondUnderlying: symbolName.nullable().default(usualTerms.secondUnderlying),
  /** `future`: a future's price, without carry. `yield`: 100 less the price of an interest-rate future. */
  underlyingKind: z.enum(['price', 'index', 'future', 'yield']).default(usualTerms.underlyingKind),
  /** Sessions up to and with a reference date whose prices its fixing averages. */
  fixingDays: z.number().int().min(1).max(60).default(usualTerms.fixingDays),
  /** Prices of each of these sessions that are averaged. */
  fixingPrices: z.enum(['close', 'open-close', 'high-low']).default(usualTerms.fixingPrices),
  /** Step that a fixing is rounded to, halves up; 0 leaves the average as it is. */
  fixingRoundTo: finite.min(0).default(usualTerms.fixingRoundTo),
  /** `physical`: a fixed quantity (absolute) or a fixed value over F₁ (relative) at the strike. `listed`: becomes options at its fixing. */
  settlement: z.enum(['cash', 'physical', 'listed']).default(usualTerms.settlement),
  /** R = forward over spot of the period, by hand; null: from the market. */
  carryFactor: positive.nullable().default(usualTerms.carryFactor),
  /** From today to the payment, by hand; null: from the market. */
  discountFactor: positive.nullable().default(usualTerms.discountFactor),
  option: rightOnContract.nullable().default(usualTerms.option),
});
export type ForwardStartTerms = z.infer<typeof forwardStartTerms>;

/** Terms as a desk file holds them, with what is usual where it holds nothing. */
export const storedForwardStartTerms = (stored: object): ForwardStartTerms =>
  ({ ...usualTerms, ...stored }) as ForwardStartTerms;

/** One price of a fixing, as it was observed or typed. */
export const fixingPrice = z.object({ date: isoDate, what: z.string().max(40), price: positive });
export type FixingPrice = z.infer<typeof fixingPrice>;

/** A fixing as confirmed; a later one corrects it and leaves it standing. */
export const fixingRecord = z.object({
  at: z.string(),
  actor: z.string(),
  level: finite,
  reason: z.string(),
  prices: z.array(fixingPrice),
});

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
  /** Change of value when the carry factor rises by 0.01; zero once the strike is fixed. */
  carryPer1Pct: finite.nullable(),
  /** What its fixing made of it, where it settles into listed options or by delivery. */
  becomes: z.array(
    z.object({ optionType, strike: finite, expiry: isoDate, units: finite, contract: z.string() }),
  ),
  fixings: z.array(fixingRecord),
  reason: z.string().nullable(),
});
export type ForwardStartValue = z.infer<typeof forwardStartValue>;

/** The stored prices that a fixing would take, and what they come to. */
const fixingProposal = z.object({
  contractId: z.string(),
  underlying: symbolName,
  which: z.enum(['first', 'second']),
  referenceDate: isoDate,
  /** Whether the market of the reference date is on the desk. */
  isDue: z.boolean(),
  prices: z.array(
    z.object({
      date: isoDate,
      what: z.string(),
      price: finite.nullable(),
      /** Where it comes from, or why there is none. */
      note: z.string(),
    }),
  ),
  roundTo: finite,
  average: finite.nullable(),
  level: finite.nullable(),
  /** One, or put and call of a strangle; empty where there is no level or for the second fixing. */
  strikes: z.array(finite),
  reason: z.string().nullable(),
});
export type FixingProposal = z.infer<typeof fixingProposal>;

/** Against history and against the chain: does the contract's price pay for more than it is worth? */
const richness = z.object({
  contractId: z.string(),
  price: finite,
  priceSource: z.string(),
  contractVol: finite.nullable(),
  /** Forward volatility of the same period in the chain, or the volatility left. */
  marketVol: finite.nullable(),
  marketNote: z.string(),
  /** Moves X = F₂/F₁ at which the undiscounted price is earned back; one or two. */
  breakEvens: z.array(finite),
  history: z
    .object({
      from: isoDate,
      to: isoDate,
      sessions: z.number(),
      /** Overlapping windows, and how many of them share no day. */
      windows: z.number(),
      independentWindows: z.number(),
      /** Share of past moves that would have earned the price back, and what they paid on average. */
      earnedShare: finite,
      meanPayoff: finite,
      /** Volatility that makes the contract worth its past payoffs' average. */
      fairVol: finite.nullable(),
      /** Share of past windows whose realized volatility is below the contract's. */
      volPercentile: finite.nullable(),
      realizedVol: z.object({ low: finite, median: finite, high: finite, newest: finite }).nullable(),
      /** Cumulative share of the past moves: X ascending. */
      curve: z.object({ move: z.array(finite), share: z.array(finite) }),
    })
    .nullable(),
  reason: z.string().nullable(),
});
export type Richness = z.infer<typeof richness>;

/** Payoff of contracts against X = F₂/F₁, account currency, at their second reference times. */
const payoutProfile = z.object({
  move: z.array(finite),
  /** Sum of the contracts, and less what was agreed to be paid. */
  total: z.array(finite),
  net: z.array(finite),
  contracts: z.array(
    z.object({
      contractId: z.string(),
      label: z.string(),
      payoff: z.array(finite),
      premium: finite.nullable(),
      /** First fixing that the level of an absolute payoff is counted from. */
      firstFixing: finite.nullable(),
      note: z.string(),
    }),
  ),
  breakEvens: z.array(finite),
  notIncluded: z.array(z.object({ subject: z.string(), reason: z.string() })),
});
export type PayoutProfile = z.infer<typeof payoutProfile>;

/** One side of a roll: the contract left, or the one entered. */
const rollSide = z.object({
  contractId: z.string(),
  firstReferenceDate: isoDate,
  secondReferenceDate: isoDate,
  vol: finite,
  price: finite,
  /** As its premium is paid: of a deferred one, at the end. */
  agreedPrice: finite,
  value: finite,
  vegaPerVolPoint: finite,
});

const rollProposal = z.object({
  from: rollSide,
  to: rollSide,
  /** Of the new contract: as many as were held, or as many as keep the vega. */
  quantityAsHeld: finite,
  quantityForVega: finite,
  /** Forward volatility of the new period less that of the old. */
  volBasis: finite,
  /** Money paid (above 0) to leave one and enter the other, quantity as held. */
  cost: finite,
  /** How far the two periods' forward volatilities moved apart over past days; null without a history. */
  basisHistory: z
    .object({
      days: z.number(),
      from: isoDate,
      to: isoDate,
      mean: finite,
      standardDeviation: finite,
      /** Of day-to-day changes; null where they do not vary. */
      correlation: finite.nullable(),
    })
    .nullable(),
  note: z.string(),
});
export type RollProposal = z.infer<typeof rollProposal>;

export const forwardStartCommands = {
  'contracts.addForwardStart': mutation({
    input: forwardStartTerms,
    output: z.object({ contractId: z.string() }),
  }),
  'contracts.fixing': query({
    input: z.object({
      contractId: z.string(),
      which: z.enum(['first', 'second']).default('first'),
      asOf: isoDate.optional(),
    }),
    output: fixingProposal,
  }),
  /** A level, or the prices it is the average of; with prices, the contract's own rounding applies. */
  'contracts.fix': mutation({
    input: z.object({
      contractId: z.string(),
      level: finite.optional(),
      prices: z.array(fixingPrice).max(200).optional(),
      reason: z.string().max(500).default(''),
    }),
    output: z.object({ contractId: z.string(), level: finite, fixedStrike: finite }),
  }),
  /** Whether the right on a contract is used on its expiry. */
  'contracts.exercise': mutation({
    input: z.object({
      contractId: z.string(),
      exercised: z.boolean(),
      reason: z.string().max(500).default(''),
    }),
    output: z.object({ contractId: z.string(), state: contractState }),
  }),
  /** Carry and discount factor by hand; null goes back to the market. */
  'contracts.mark': mutation({
    input: z.object({
      contractId: z.string(),
      carryFactor: positive.nullable(),
      discountFactor: positive.nullable(),
      reason: z.string().max(500),
    }),
    output: z.object({ contractId: z.string() }),
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
      carryFactor: finite,
      discountFactor: finite,
      carryPer1Pct: finite,
      marketVol: finite.nullable(),
      marketPrice: finite.nullable(),
      note: z.string(),
    }),
  }),
  'contracts.richness': query({
    input: z.object({
      contractId: z.string(),
      years: z.number().min(1).max(50).default(10),
      asOf: isoDate.optional(),
    }),
    output: richness,
  }),
  'contracts.profile': query({
    input: z.object({
      contractIds: z.array(z.string()).max(3000),
      /** A contract not entered, drawn with the others. */
      ticket: forwardStartTerms.optional(),
      low: finite.min(0).default(0.6),
      high: finite.max(5).default(1.4),
      asOf: isoDate.optional(),
    }),
    output: payoutProfile,
  }),
  /** Leaving a contract before its fixing for the next one. */
  'contracts.rollProposal': query({
    input: z.object({
      contractId: z.string(),
      /** Of the new contract; absent: begins where the old one ends, as long as it. */
      firstReferenceDate: isoDate.optional(),
      secondReferenceDate: isoDate.optional(),
      asOf: isoDate.optional(),
    }),
    output: rollProposal,
  }),
  'contracts.roll': mutation({
    input: z.object({
      contractId: z.string(),
      into: z.object({
        contractId: z.string().min(1).max(60),
        firstReferenceDate: isoDate,
        secondReferenceDate: isoDate,
        quantity: finite,
        tradePrice: finite,
      }),
      /** Price the old contract is left at, in its payoff's unit and as its premium is paid. */
      price: finite,
      reason: z.string().max(500),
    }),
    output: z.object({ contractId: z.string(), amount: finite }),
  }),
};
