import { weekday } from './dates.ts';
import type { IsoDate } from './dates.ts';
import type { Exercise } from './units.ts';

/** What a listed option's root says about its contracts. */
export interface RootConventions {
  /** SPX for SPXW, NVDA for NVDA1. */
  readonly underlying: string;
  readonly settlement: 'AM' | 'PM';
  /** Null where the root does not say: a stock or fund is American, another index most often European. */
  readonly exercise: Exercise | null;
  readonly multiplier: number;
  /** The deliverable is not standard: a corporate action changed it, or it is a FLEX contract. */
  readonly adjusted: boolean;
}

type Known = Pick<RootConventions, 'underlying' | 'settlement' | 'exercise'>;

const index = (underlying: string, settlement: 'AM' | 'PM', exercise: Exercise = 'european'): Known => ({
  underlying,
  settlement,
  exercise,
});

/** United States index options; every other root settles at the close. */
const indexRoots = new Map<string, Known>([
  ['SPX', index('SPX', 'AM')],
  ['SPXW', index('SPX', 'PM')],
  ['SPXPM', index('SPX', 'PM')],
  ['SPXQ', index('SPX', 'PM')],
  ['XSP', index('XSP', 'PM')],
  ['XSPW', index('XSP', 'PM')],
  ['NANOS', index('NANOS', 'PM')],
  ['NDX', index('NDX', 'AM')],
  ['NDXP', index('NDX', 'PM')],
  ['XND', index('XND', 'PM')],
  ['RUT', index('RUT', 'AM')],
  ['RUTW', index('RUT', 'PM')],
  ['MRUT', index('MRUT', 'PM')],
  ['DJX', index('DJX', 'AM')],
  ['DJXW', index('DJX', 'PM')],
  ['VIX', index('VIX', 'AM')],
  ['VIXW', index('VIX', 'AM')],
  ['OEX', index('OEX', 'PM', 'american')],
  ['XEO', index('XEO', 'PM')],
  ['SIXM', index('SIXM', 'AM')],
]);

/**
 * Conventions of a United States option root. A root that ends in a digit after letters (NVDA1) is an
 * adjusted contract, one that starts with a digit (1SPX) a FLEX contract.
 */
export function conventionsOf(root: string): RootConventions {
  const match = /^([1-9]?)([A-Z.]+)([1-9]?)$/.exec(root);
  const letters = match?.[2] ?? root;
  const adjusted = match !== null && (match[1] !== '' || match[3] !== '');
  const known = indexRoots.get(letters) ?? { underlying: letters, settlement: 'PM', exercise: null };
  return { ...known, multiplier: 100, adjusted };
}

/** Roots of the options that settle at the close, where the index has both kinds. */
const closingRoots = new Map([
  ['SPX', 'SPXW'],
  ['NDX', 'NDXP'],
  ['RUT', 'RUTW'],
  ['DJX', 'DJXW'],
]);

const isThirdFriday = (date: IsoDate): boolean => {
  const day = Number(date.slice(8));
  return weekday(date) === 5 && day >= 15 && day <= 21;
};

/**
 * The root of an option whose file names only the underlying: an index with two roots has the one that
 * settles at the opening on third Fridays and the other on any other day.
 *
 * Limits: a third Friday that is a holiday, and the closing-settled options of third Fridays, are missed.
 */
export function rootFor(underlying: string, expiry: IsoDate): string {
  const closing = closingRoots.get(underlying);
  return closing === undefined || isThirdFriday(expiry) ? underlying : closing;
}

/** Indian index underlyings: their roots are their names. */
const indianIndices: ReadonlySet<string> = new Set([
  'NIFTY',
  'BANKNIFTY',
  'FINNIFTY',
  'MIDCPNIFTY',
  'NIFTYNXT50',
  'SENSEX',
  'BANKEX',
]);

/** Whether a symbol is known to be an index rather than a stock or a fund. */
export const isIndexSymbol = (symbol: string): boolean => indexRoots.has(symbol) || indianIndices.has(symbol);
