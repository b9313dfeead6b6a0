import type { IsoDate } from '../../dates.ts';
import type { Fraction, OptionType, Vol } from '../../units.ts';
import { ruleOrder, rules } from './reassess-rules.ts';

/** An option of a hedge that is on, with today's market. Prices per unit, underlier currency. */
export interface HeldLeg {
  /** The contract's readable name. */
  readonly leg: string;
  readonly symbol: string;
  readonly side: 'sold' | 'bought';
  readonly optionType: OptionType;
  readonly strike: number;
  readonly expiry: IsoDate;
  /** Calendar days; negative once expired. */
  readonly daysToExpiry: number;
  /** Contracts, > 0. */
  readonly quantity: number;
  readonly multiplier: number;
  /** What it was opened at. */
  readonly openPrice: number | null;
  readonly mark: number | null;
  /** Of one long option. */
  readonly delta: number | null;
  readonly vol: Vol | null;
  readonly historicalVol: Vol | null;
  /** Implied over historical when it was traded. */
  readonly impliedToHistoricalThen: number | null;
  readonly spot: number | null;
  /** To the index; 1 for the index itself. */
  readonly beta: number;
  readonly isIndex: boolean;
  readonly canExerciseEarly: boolean;
  /** The next one before expiry, known or expected. */
  readonly nextDividend: { readonly exDate: IsoDate; readonly amount: number } | null;
}

export type HedgeSide = 'dispersion' | 'reverse' | 'wait';

/** A hedge as it stands. Money in account currency. */
export interface HeldHedge {
  readonly legs: readonly HeldLeg[];
  readonly notional: number;
  /** Of stocks and options together; null where some option has no delta. */
  readonly netDelta: number | null;
  readonly tradeDate: IsoDate | null;
  readonly indexLevel: number | null;
  readonly indexLevelThen: number | null;
  /** What the timing votes favor; null where they cannot be told. */
  readonly votes: HedgeSide | null;
  readonly votesThen: HedgeSide | null;
  readonly rSquared: number | null;
  readonly rSquaredThen: number | null;
}

/** Thresholds of the rules; null switches a rule off. */
export interface ReassessRules {
  /** |net delta| over the notional. */
  readonly netDeltaLimit: Fraction | null;
  /** A leg this near its expiry is rolled or left to expire. */
  readonly daysToExpiry: number | null;
  /** Near expiry, a sold option of at most this absolute delta is left to expire. */
  readonly letExpireDelta: Fraction;
  /** Sold options of a lower implied over historical volatility are reduced. */
  readonly impliedToHistorical: number | null;
  /** Share of the premium received that is earned. */
  readonly capturedShare: Fraction | null;
  /** Of the spot: a time value that is nearly none. */
  readonly timeValueShare: Fraction | null;
  /** Absolute move of the index since the trade. */
  readonly indexMove: Fraction | null;
  readonly dispersionVotes: boolean;
  /** Loss of the basket's r² against the index since it was built. */
  readonly rSquaredDrop: number | null;
  /** Share of a leg that "trade part" means, where the rule does not say how many. */
  readonly part: Fraction;
}

export const usualReassessRules: ReassessRules = {
  netDeltaLimit: 0.05,
  daysToExpiry: 7,
  letExpireDelta: 0.1,
  impliedToHistorical: 1,
  capturedShare: 0.8,
  timeValueShare: 0.001,
  indexMove: 0.05,
  dispersionVotes: true,
  rSquaredDrop: 0.1,
  part: 0.5,
};

export type ReassessRuleName = keyof typeof rules;
export type LegAction = 'roll' | 'trade-part' | 'let-expire' | 'keep';

/** What one rule wants of one leg. */
export interface Finding {
  readonly leg: string;
  readonly action: Exclude<LegAction, 'keep'>;
  readonly reason: string;
  /** The number that fired and the threshold it passed, in the rule's own unit. */
  readonly value: number;
  readonly threshold: number;
  /** Contracts to trade: positive buys, negative sells; null: all of them, or none. */
  readonly trade: number | null;
}

/** What one rule found: what it wants, or why it wants nothing. */
export interface RuleVerdict {
  readonly fired: boolean;
  readonly findings: readonly Finding[];
  readonly reason: string;
}

export interface LegDecision {
  readonly leg: string;
  readonly action: LegAction;
  /** The first rule that fired on the leg; `none` keeps it. */
  readonly rule: ReassessRuleName | 'none';
  readonly reason: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly trade: number | null;
  /** Rules of lower rank that fired on it too. */
  readonly alsoFired: readonly ReassessRuleName[];
}

export interface Reassessment {
  readonly actions: readonly LegDecision[];
  readonly fired: readonly { readonly rule: ReassessRuleName; readonly reason: string }[];
  readonly unfired: readonly { readonly rule: ReassessRuleName; readonly reason: string }[];
}

/**
 * Whether to roll, trade part, let expire or keep each leg of a hedge that is on. Every rule is looked at;
 * where several fire on a leg the first in `ruleOrder` decides, as the most pressing. A rule that did not
 * fire says how far it was from it.
 *
 * Source: math §9, re-assessment. Proof: test/unit/quant/hedge-reassess.test.ts
 */
export function reassessHedge(hedge: HeldHedge, settings: ReassessRules): Reassessment {
  const verdicts = ruleOrder.map((rule) => ({ rule, ...rules[rule](hedge, settings) }));
  const fired = verdicts.filter((verdict) => verdict.fired);
  const actions = hedge.legs.map(({ leg }): LegDecision => {
    const found = fired.flatMap(({ rule, findings }) =>
      findings.filter((finding) => finding.leg === leg).map((finding) => ({ rule, ...finding })),
    );
    const [first, ...rest] = found;
    if (first === undefined) {
      return {
        leg,
        action: 'keep',
        rule: 'none',
        reason: `None of ${ruleOrder.length} rules asks for a change.`,
        value: null,
        threshold: null,
        trade: null,
        alsoFired: [],
      };
    }
    return { ...first, alsoFired: rest.map(({ rule }) => rule) };
  });
  const said = ({ rule, reason }: (typeof verdicts)[number]) => ({ rule, reason });
  return {
    actions,
    fired: fired.map(said),
    unfired: verdicts.filter((verdict) => !verdict.fired).map(said),
  };
}
