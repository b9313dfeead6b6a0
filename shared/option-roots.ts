import type { Exercise } from './units.ts';

/** What a listed option's root says about its contracts. */
export interface RootConventions {
  /** SPX for SPXW, NVDA for NVDA1. */
  readonly underlying: string;
  readonly settlement: 'AM' | 'PM';
  readonly exercise: Exercise;
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

/** United States index options; every other root is a stock or a fund: PM, American. */
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
  const known = indexRoots.get(letters) ?? index(letters, 'PM', 'american');
  return { ...known, multiplier: 100, adjusted };
}
