import { isSession } from '../../../../shared/calendar.ts';
import type { ForwardStartTerms } from '../../../../shared/contract/forward-starts.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { failure, type Failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import { newestDay } from '../market/as-of.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import { isStrangle } from './forward-start-terms.ts';

export const nameOf = (contractId: string): string => `Contract ${contractId}`;

export const contractNotFound = (contractId: string): Failure =>
  failure('not-found', nameOf(contractId), { next: 'List the contracts to see what there is.' });

/** Both ends of a period, in order. */
export function datesInOrder(contractId: string, start: IsoDate, end: IsoDate): Result<null> {
  if (start < end) return ok(null);
  const reason = `it ends on ${end}, not after it starts on ${start}`;
  return fail(failure('invalid-input', nameOf(contractId), { reason }));
}

/** A name the desk knows; a contract on another one could never be priced or fixed. */
export function knownUnderlying(read: Readers, contractId: string, symbol: string): Result<null> {
  if (read.underliers.find(symbol) !== null) return ok(null);
  const next = `${nameOf(contractId)} names it as its underlying: import its chain or prices first, or correct the name.`;
  return fail(failure('not-found', symbol, { next }));
}

/** What a forward-start contract must hold to be entered; each refusal names the contract and the fact. */
export function checkForwardStart(read: Readers, terms: ForwardStartTerms): Result<null> {
  const { contractId, underlying, secondUnderlying, firstReferenceDate, secondReferenceDate, option } = terms;
  const refuse = (reason: string): Result<null> =>
    fail(failure('invalid-input', nameOf(contractId), { reason }));
  for (const symbol of [underlying, ...(secondUnderlying === null ? [] : [secondUnderlying])]) {
    const known = knownUnderlying(read, contractId, symbol);
    if (!known.ok) return known;
  }
  const ordered = datesInOrder(contractId, firstReferenceDate, secondReferenceDate);
  if (!ordered.ok) return ordered;
  const dates = [
    ['first', firstReferenceDate, underlying],
    ['second', secondReferenceDate, secondUnderlying ?? underlying],
  ] as const;
  for (const [which, date, symbol] of dates) {
    const calendar = calendarOfSymbol(read, symbol);
    if (isSession(calendar, date)) continue;
    const where = calendar === 'none' ? `of ${symbol}` : `on ${calendar}`;
    return refuse(`its ${which} reference date ${date} is no trading day ${where}`);
  }
  const today = newestDay(read);
  if (today !== null && firstReferenceDate < today && terms.fixedStrike === null) {
    return refuse(
      `its first reference date ${firstReferenceDate} has passed and no fixed strike is given with it`,
    );
  }
  if (isStrangle(terms) && (terms.putStrikeMultiplier ?? 1) > terms.strikeMultiplier) {
    return refuse(
      `its put is struck at ${terms.putStrikeMultiplier} of the first fixing, above its call at ${terms.strikeMultiplier}`,
    );
  }
  if (option === null) return ok(null);
  if (isStrangle(terms))
    return refuse('a right on a strangle has to be entered as rights on its put and call');
  if (terms.fixedStrike !== null) return refuse('its strike is fixed already, before the right on it ends');
  if (option.expiryDate > firstReferenceDate) {
    return refuse(
      `the right on it ends on ${option.expiryDate}, after its strike is fixed on ${firstReferenceDate}`,
    );
  }
  return ok(null);
}
