import type { CalendarName, ExpirySettlement } from '../../calendar.ts';
import type { IsoDate, IsoInstant } from '../../dates.ts';
import type { Exercise, Fraction, Years } from '../../units.ts';
import type { TradingClock } from '../../trading-clock.ts';
import type { CashDividend } from './forward-curve.ts';

export type MarkChoice = 'mid' | 'last' | 'settlement' | 'model' | 'conservative';
export type Column = readonly (number | null)[];

/** One side's quotes, columns as long as `strikes`; a contract that is not listed is null throughout. */
export interface SideQuotes {
  readonly contract: readonly (string | null)[];
  readonly bid: Column;
  readonly ask: Column;
  readonly last: Column;
  readonly settlement: Column;
  readonly volume: Column;
  readonly openInterest: Column;
  readonly excluded: readonly boolean[];
}

/** The quotes of one expiry: one date, root, settlement and multiplier. */
export interface ExpiryQuotes {
  /** Stable: expiry date and root, for example 2026-03-27:SPXW. */
  readonly key: string;
  readonly expiry: IsoDate;
  readonly root: string;
  readonly settlement: ExpirySettlement;
  readonly multiplier: number;
  /** Ascending, underlier currency. */
  readonly strikes: readonly number[];
  readonly call: SideQuotes;
  readonly put: SideQuotes;
}

/** How time to expiry is counted for volatility: calendar days over 365, or sessions over 252. */
export type ChainClock = { readonly kind: 'calendar' } | ({ readonly kind: 'trading' } & TradingClock);

/** Everything one day's chain is analyzed from; plain data, so it crosses to a worker. */
export interface ChainInput {
  readonly symbol: string;
  readonly asOf: IsoDate;
  readonly quotedAt: IsoInstant | null;
  readonly spot: number | null;
  readonly exercise: Exercise;
  readonly mark: MarkChoice;
  readonly calendar: CalendarName;
  readonly futures: readonly { readonly expiry: IsoDate; readonly price: number }[];
  /** Continuously compounded zero rates, timeToExpiry ascending, and where they come from; null: none known. */
  readonly rates: {
    readonly points: readonly { readonly timeToExpiry: Years; readonly rate: Fraction }[];
    readonly source: string;
  } | null;
  readonly dividends?: readonly CashDividend[];
  /** Forwards set by hand, by expiry key. */
  readonly manualForwards?: Readonly<Record<string, number>>;
  /** Rates set by hand, continuously compounded, by expiry key. */
  readonly manualRates?: Readonly<Record<string, Fraction>>;
  /** Dividend and borrow set by hand as one yield, by expiry key; needs the spot. */
  readonly manualYields?: Readonly<Record<string, Fraction>>;
  /** Absent: calendar. */
  readonly clock?: ChainClock;
  /** Smallest price step, for modelled quotes; default 0.05. */
  readonly tick?: number;
  /** Terms of the IV Index, calendar days; absent: the usual ones. */
  readonly ivTerms?: readonly number[];
  /** True: no smile is fitted, for long histories of the IV Index. */
  readonly withoutFits?: boolean;
  /** Keys whose rows are wanted; absent: all. */
  readonly rowKeys?: readonly string[];
  readonly expiries: readonly ExpiryQuotes[];
}

/** One side of an analyzed chain: columns as long as `strikes`; volatilities decimal. */
export interface SideAnalysis {
  readonly contract: (string | null)[];
  readonly bid: (number | null)[];
  readonly ask: (number | null)[];
  readonly last: (number | null)[];
  readonly mark: (number | null)[];
  readonly bidVol: (number | null)[];
  readonly markVol: (number | null)[];
  readonly askVol: (number | null)[];
  readonly fitVol: (number | null)[];
  /** Spot delta per 1 unit of the underlying. */
  readonly delta: (number | null)[];
  readonly gammaDollar1Pct: (number | null)[];
  readonly vegaPerVolPoint: (number | null)[];
  /** Forward and discount factor held; where early exercise matters, spot, rate and yield held. */
  readonly thetaPerDay: (number | null)[];
  /** Spot held, the forward moving with the rate. */
  readonly rhoPerBasisPoint: (number | null)[];
  readonly openInterest: (number | null)[];
  readonly volume: (number | null)[];
  /** Why a mark volatility is blank: a whole sentence; null where it is not, or nothing is listed. */
  readonly reason: (string | null)[];
  /** Taken out of fits by hand, or an adjusted contract. */
  readonly excluded: boolean[];
}
