import type { Fraction, Vol, Years } from '../../units.ts';

/** Whom a shock moves. `index` alone, or the members of an index in the book's membership, without it. */
export type Target =
  | { readonly kind: 'all' }
  | { readonly kind: 'names'; readonly symbols: readonly string[] }
  | { readonly kind: 'members'; readonly index: string };

/** Simple moves: −0.08 is down 8 %. Several compound in the order given. */
export type SpotShock =
  /** The same move for each target. */
  | { readonly kind: 'move'; readonly target: Target; readonly move: Fraction }
  /**
   * The index moves by `move`, every name with a beta to it by β·move, plus its own part where one is given.
   * Names without a beta to it stay where they are and are listed in the notes.
   */
  | {
      readonly kind: 'byBeta';
      readonly index: string;
      readonly move: Fraction;
      /** Idiosyncratic part by symbol, added to β·move. */
      readonly own?: Readonly<Record<string, Fraction>>;
    };

/** Changes of volatility, decimal: 0.01 is one point up. Several add up, after the relative ones, which compound. */
export type VolShock =
  /** σ·(1 + change) */
  | { readonly kind: 'relative'; readonly target: Target; readonly change: Fraction }
  /** σ + change at every strike and expiry */
  | { readonly kind: 'parallel'; readonly target: Target; readonly change: Vol }
  /** σ + change·√(30/T), T in calendar days left, not under one: VR(T) */
  | { readonly kind: 'termWeighted'; readonly target: Target; readonly change: Vol }
  /** Linear in ln(K/F): + change at 90 % of the forward, 0 at it, held beyond three times as far either side */
  | { readonly kind: 'skewTilt'; readonly target: Target; readonly change: Vol }
  /** Forward volatility from one time to another, calendar days from the scenario's date, + change; later expiries take it through total variance */
  | {
      readonly kind: 'slice';
      readonly target: Target;
      readonly fromDays: number;
      readonly toDays: number;
      readonly change: Vol;
    }
  /**
   * A moved surface, as a replay gives it: change by time (rows, ascending) and by ln(K/F)/√T (columns,
   * ascending), linear between and held flat beyond.
   */
  | {
      readonly kind: 'surface';
      readonly symbol: string;
      readonly times: readonly Years[];
      readonly standardMoneyness: readonly number[];
      /** times × standardMoneyness, row-major */
      readonly changes: readonly Vol[];
    };

/** How the smile moves with the spot and with time, before any change of volatility. */
export type SmileRule =
  /** The volatility of a strike stays. */
  | { readonly kind: 'stickyStrike' }
  /** The volatility of a delta stays: a function of ln(K/F)/√T. */
  | { readonly kind: 'stickyDelta' }
  /** Between and beyond: 1 is sticky strike, 0 sticky delta, 2 about what local volatility does. */
  | { readonly kind: 'skewStickiness'; readonly ratio: number };

/**
 * The one correlation between an index's members, by math §7, at every maturity, after the volatility shocks.
 * `moves` says which side gives: the index's volatility at fixed members', or the members' (all by one
 * factor a maturity) at a fixed index volatility.
 */
export interface CorrelationShock {
  readonly index: string;
  /** Added to the implied correlation, or its new level. 0.15 is 15 points. */
  readonly change: { readonly kind: 'add' | 'level'; readonly correlation: number };
  readonly moves: 'index' | 'members';
}

/** What realized volatility contracts observe in the days that pass. */
export interface RealizedAssumption {
  /**
   * Where the spot's move falls: `jump`: in one session, the first still to come, of which the period must
   * have its base; `spread`: evenly over the sessions that pass; `ignored`: nowhere.
   */
  readonly move: 'jump' | 'spread' | 'ignored';
  /** Of the sessions that pass, beside the move; null: what the base market's forward volatility says. */
  readonly vol: Vol | null;
}

/**
 * One scenario, everything that may change at once. Applied in this order: spot; date; rates and dividends,
 * which give the forwards; the smile by its rule; volatility; correlation. Then positions are carried over
 * the days that pass at the scenario's spot, and valued.
 */
export interface Shock {
  readonly spot: readonly SpotShock[];
  /** Calendar days, ≥ 0, whole. The time of day stays. */
  readonly daysForward: number;
  /** Added to every continuously compounded rate; dividend yields stay. */
  readonly rateShift: Fraction;
  /** Added to every dividend and borrow yield. */
  readonly yieldShift: Fraction;
  /** Cash dividends times 1 + this; forwards move by what the known dividends are worth. */
  readonly dividendChange: Fraction;
  readonly smileRule: SmileRule;
  readonly vol: readonly VolShock[];
  readonly correlation: readonly CorrelationShock[];
  readonly realized: RealizedAssumption;
}

/** Nothing moves. */
export const noShock: Shock = {
  spot: [],
  daysForward: 0,
  rateShift: 0,
  yieldShift: 0,
  dividendChange: 0,
  smileRule: { kind: 'stickyStrike' },
  vol: [],
  correlation: [],
  realized: { move: 'jump', vol: null },
};

/** A shock from the parts that are not nothing. */
export const shockOf = (parts: Partial<Shock>): Shock => ({ ...noShock, ...parts });

/** Both at once: lists joined, shifts added, dividend changes compounded; rule and assumption of the first. */
export const combineShocks = (first: Shock, second: Shock): Shock => ({
  spot: [...first.spot, ...second.spot],
  daysForward: first.daysForward + second.daysForward,
  rateShift: first.rateShift + second.rateShift,
  yieldShift: first.yieldShift + second.yieldShift,
  dividendChange: (1 + first.dividendChange) * (1 + second.dividendChange) - 1,
  smileRule: first.smileRule,
  vol: [...first.vol, ...second.vol],
  correlation: [...first.correlation, ...second.correlation],
  realized: first.realized,
});

/** One direction of a grid or curve; `values` ascending, in the unit of the shock it makes. */
export type ShockAxis =
  | { readonly kind: 'spot'; readonly target: Target; readonly values: readonly Fraction[] }
  | { readonly kind: 'byBeta'; readonly index: string; readonly values: readonly Fraction[] }
  | {
      readonly kind: 'volRelative' | 'volParallel' | 'volTermWeighted' | 'skewTilt';
      readonly target: Target;
      readonly values: readonly number[];
    }
  | {
      readonly kind: 'correlation';
      readonly index: string;
      readonly moves: CorrelationShock['moves'];
      /** Added to the implied correlation. */
      readonly values: readonly number[];
    }
  | { readonly kind: 'days'; readonly values: readonly number[] }
  | { readonly kind: 'rate' | 'yield' | 'dividends'; readonly values: readonly Fraction[] };

/** The shock that an axis makes at one of its values. */
export function axisShock(axis: ShockAxis, value: number): Shock {
  switch (axis.kind) {
    case 'spot':
      return shockOf({ spot: [{ kind: 'move', target: axis.target, move: value }] });
    case 'byBeta':
      return shockOf({ spot: [{ kind: 'byBeta', index: axis.index, move: value }] });
    case 'volRelative':
      return shockOf({ vol: [{ kind: 'relative', target: axis.target, change: value }] });
    case 'volParallel':
      return shockOf({ vol: [{ kind: 'parallel', target: axis.target, change: value }] });
    case 'volTermWeighted':
      return shockOf({ vol: [{ kind: 'termWeighted', target: axis.target, change: value }] });
    case 'skewTilt':
      return shockOf({ vol: [{ kind: 'skewTilt', target: axis.target, change: value }] });
    case 'correlation':
      return shockOf({
        correlation: [{ index: axis.index, change: { kind: 'add', correlation: value }, moves: axis.moves }],
      });
    case 'days':
      return shockOf({ daysForward: value });
    case 'rate':
      return shockOf({ rateShift: value });
    case 'yield':
      return shockOf({ yieldShift: value });
    case 'dividends':
      return shockOf({ dividendChange: value });
  }
}
