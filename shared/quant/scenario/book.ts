import type { CalendarName, ExpirySettlement } from '../../calendar.ts';
import type { IsoDate } from '../../dates.ts';
import type { Exercise, Fraction, OptionType, Vol, Years } from '../../units.ts';
import type { ForwardStartPayoff } from '../contracts/forward-start-terms.ts';
import type { ContractEstimator } from '../contracts/vol-contract-observations.ts';
import type { PeriodProgress } from '../contracts/vol-contract.ts';
import type { SmileShape } from '../surface/smile-shape.ts';
import type { SmileLayer } from './smile-layers.ts';

/**
 * A book with the market it is valued in, frozen: plain data, so it is stored, copied and sent to workers.
 * Everything a revaluation needs is here; money is in the account currency, which is the underlier's.
 */
export interface ScenarioBook {
  /** The market day. Times below are counted from its quotes. */
  readonly asOf: IsoDate;
  /** One entry a symbol; order does not matter. */
  readonly names: readonly NameMarket[];
  /** Membership of each index that correlation shocks may move. */
  readonly indexes: readonly IndexMembership[];
  readonly positions: readonly ScenarioPosition[];
}

/** One underlying as it stood. */
export interface NameMarket {
  readonly symbol: string;
  /** Underlier currency, > 0. Where a name has no spot of its own, the nearest forward. */
  readonly spot: number;
  /** Of its listed options. */
  readonly exercise: Exercise;
  readonly calendar: CalendarName;
  /** By `timeToExpiry` ascending, as the chain analysis gives them; may be empty. */
  readonly expiries: readonly ExpiryMarket[];
  /** Continuously compounded; used where no expiry gives a discount factor. */
  readonly rate: Fraction;
  /** Cash dividends still to come, underlier currency a share, ex-dates ascending; empty where none are known. */
  readonly dividends: readonly DatedDividend[];
  /**
   * How American options see dividends. `yield`: spread evenly as the yield that the expiry's forward
   * implies, as the chain analysis does when it reads volatilities. `cash`: the dividends above as jumps of
   * the spot, and what the forward implies beyond them as a yield.
   */
  readonly dividendTreatment: 'yield' | 'cash';
  /** Beta of the name to index symbols, from returns; absent: none known, and shocks by beta leave it where it is. */
  readonly betas: Readonly<Record<string, number>>;
}

export interface DatedDividend {
  readonly exDate: IsoDate;
  readonly amount: number;
}

/** One expiry of a name's chain. */
export interface ExpiryMarket {
  /** As `ExpiryAnalysis.key`: date and root, for example 2026-03-27:SPXW. */
  readonly key: string;
  readonly expiry: IsoDate;
  readonly settlement: ExpirySettlement;
  /** Calendar years (ACT/365F) from the quotes to settlement, as `yearsToExpiry` counts. */
  readonly timeToExpiry: Years;
  readonly forward: number;
  readonly discountFactor: number;
  /**
   * Fitted total variance by log-moneyness, as `ExpiryAnalysis.fit.shape`; `flatSmile` where only a level is
   * known; null where nothing is, `smileReason` saying why. Its own clock may be the trading clock:
   * total variance is what counts, and volatilities here are per calendar year.
   */
  readonly smile: SmileShape | null;
  /** A whole sentence where `smile` is null. */
  readonly smileReason: string | null;
  /** What shocks have done to the smile, oldest first; empty in a market as it stood. */
  readonly layers: readonly SmileLayer[];
}

export interface IndexMembership {
  readonly index: string;
  /** Weights as they stand on the market day, of names in the book's market or not. */
  readonly members: readonly { readonly symbol: string; readonly weight: Fraction }[];
}

interface HeldPosition {
  /** Stable and unique within a book: branches are matched by it. */
  readonly positionId: string;
  /** The trader's book or strategy, for grouping; null: none. */
  readonly book: string | null;
  /** Underlying. */
  readonly symbol: string;
  /** As shown: contract name or symbol. */
  readonly label: string;
  /** Held, signed: shares, contracts. */
  readonly quantity: number;
}

export interface StockPosition extends HeldPosition {
  readonly kind: 'stock';
  /** Dividends received on the way, account currency, for the whole position; 0 in a book as it stood. */
  readonly dividendsReceived: number;
}

/** Money; the symbol is only a label and moves nothing. */
export interface CashPosition extends HeldPosition {
  readonly kind: 'cash';
}

/** A listed future: worth the move of its forward from `referencePrice`. */
export interface FuturePosition extends HeldPosition {
  readonly kind: 'future';
  readonly multiplier: number;
  readonly expiry: IsoDate;
  readonly timeToExpiry: Years;
  /** The settlement price it is marked against. */
  readonly referencePrice: number;
}

export interface ListedOptionPosition extends HeldPosition {
  readonly kind: 'option';
  readonly optionType: OptionType;
  readonly strike: number;
  readonly multiplier: number;
  /** The expiry in its name's market. */
  readonly expiryKey: string;
  /** Stock is delivered, or the intrinsic value is paid in cash. */
  readonly delivery: 'physical' | 'cash';
  /**
   * Volatility of its own mark, per calendar year; the difference to the smile is kept through every shock,
   * so that the unshocked value is the mark. Null: the smile's.
   */
  readonly vol: Vol | null;
}

export interface ForwardStartPosition extends HeldPosition {
  readonly kind: 'forward-start';
  readonly payoff: ForwardStartPayoff;
  readonly firstReferenceDate: IsoDate;
  readonly secondReferenceDate: IsoDate;
  /** Relative: currency per 1.00 of payoff. Absolute: units of the underlying. */
  readonly amount: number;
  /** K once fixed; null before. */
  readonly fixedStrike: number | null;
}

export interface RealizedVolPosition extends HeldPosition {
  readonly kind: 'realized-vol';
  readonly startDate: IsoDate;
  readonly endDate: IsoDate;
  readonly estimator: ContractEstimator;
  readonly periodsPerYear: number;
  readonly multiplier: number;
  readonly months: number;
  readonly tick: Vol;
  /** What is observed so far; null where a session is missing, `progressReason` saying which. */
  readonly progress: PeriodProgress | null;
  readonly progressReason: string | null;
  /** Sessions whose observation is still to come, ascending; as many as expected less done. */
  readonly sessionsLeft: readonly IsoDate[];
  /** ln of the spot's move since the last observation, to be part of the next one; absent: 0, as at a close. */
  readonly pendingReturn?: number | undefined;
}

/** What became of a position whose date has passed: money received, and shares delivered. Made by `shockBook`. */
export interface SettledPosition extends HeldPosition {
  readonly kind: 'settled';
  /** What it was, for the family it belongs to. */
  readonly was: 'option' | 'forward-start' | 'realized-vol' | 'future';
  /** Account currency, signed, for the whole position; earns no interest. */
  readonly cash: number;
  /** Delivered, signed; worth the spot each. */
  readonly shares: number;
  /** One sentence: on which day, at which level. */
  readonly note: string;
}

export type ScenarioPosition =
  | StockPosition
  | CashPosition
  | FuturePosition
  | ListedOptionPosition
  | ForwardStartPosition
  | RealizedVolPosition
  | SettledPosition;

/** A smile of one level: for names of which only a volatility by term is known. */
export const flatSmile = (level: {
  readonly vol: Vol;
  readonly timeToExpiry: Years;
  readonly forward: number;
}): SmileShape => ({
  a: level.vol * level.vol * level.timeToExpiry,
  b: 0,
  rho: 0,
  m: 0,
  sigma: 1,
  forward: level.forward,
  timeToExpiry: level.timeToExpiry,
  knots: [],
  coefficients: [],
});
