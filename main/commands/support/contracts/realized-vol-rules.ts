import { regularSessions, sessionOnOrBefore } from '../../../../shared/calendar.ts';
import type { RealizedVolTerms } from '../../../../shared/contract/vol-contracts.ts';
import { failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import { newestDay } from '../market/as-of.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import { datesInOrder, knownUnderlying, nameOf } from './forward-start-rules.ts';

/** What a realized-volatility contract must hold to be priced; each refusal names the contract and the fact. */
export function checkRealizedVol(read: Readers, terms: RealizedVolTerms): Result<null> {
  const { contractId, underlying, startDate, endDate, months, tick, multiplier, observationTimes } = terms;
  const known = knownUnderlying(read, contractId, underlying);
  if (!known.ok) return known;
  const dates = datesInOrder(contractId, startDate, endDate);
  if (!dates.ok) return dates;
  const refuse = (reason: string): Result<null> =>
    fail(failure('invalid-input', nameOf(contractId), { reason }));
  if (!Number.isInteger(terms.periodsPerYear))
    return refuse(`its year of ${terms.periodsPerYear} sessions is no whole number of sessions`);
  const sizes = [
    ['months', months],
    ['tick', tick],
    ['multiplier', multiplier],
  ] as const;
  const small = sizes.find(([, value]) => !(value > 0));
  if (small !== undefined) return refuse(`its ${small[0]} of ${small[1]} must be above 0`);
  const times = new Set(observationTimes);
  if (
    times.size < observationTimes.length ||
    observationTimes.some((time, i) => i > 0 && time <= (observationTimes[i - 1] ?? ''))
  )
    return refuse(`its times of observation ${observationTimes.join(', ')} do not ascend`);
  const calendar = calendarOfSymbol(read, underlying);
  const base = sessionOnOrBefore(calendar, startDate);
  if (regularSessions({ calendar, from: base, to: endDate }).length < 2)
    return refuse(`its period from ${startDate} to ${endDate} holds no session of ${calendar}`);
  const today = newestDay(read);
  if (today === null || startDate >= today || read.prices.upTo(underlying, today, 1).rows > 0)
    return ok(null);
  return fail(failure('missing-prices', underlying, { have: 0, asOf: today, need: 1 }));
}
