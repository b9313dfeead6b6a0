import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../../shared/canonical.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import type { NotValued } from '../../../../shared/quant/scenario/result.ts';

/** Listed contracts of one expiry, so that a session finds them without the chain. */
export interface ListedExpiry {
  /** As `ExpiryMarket.key`. */
  readonly key: string;
  readonly root: string;
  readonly expiry: string;
  readonly multiplier: number;
  readonly strikes: readonly number[];
}

/** The live book and its market of a day, frozen whole: plain data, the content of a stored snapshot. */
export interface FrozenDesk {
  readonly format: 1;
  readonly book: ScenarioBook;
  /** By symbol. */
  readonly listed: Readonly<Record<string, readonly ListedExpiry[]>>;
  /** Cost per unit by position; those without one are absent. */
  readonly costs: Readonly<Record<string, number>>;
  /** Held live but not in the book, with why. */
  readonly notIncluded: readonly NotValued[];
  /** What to know of the data, one sentence each. */
  readonly quality: readonly string[];
}

export interface FrozenText {
  readonly asOf: string;
  readonly hash: string;
  readonly content: string;
}

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The canonical text of a frozen desk, and its hash. */
export function frozenText(desk: FrozenDesk): FrozenText {
  const content = canonicalJson(desk);
  return { asOf: desk.book.asOf, hash: hashOfText(content), content };
}
