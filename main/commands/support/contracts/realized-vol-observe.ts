import type { ParsedInputOf } from '../../../../shared/contract/index.ts';
import type { ToldObservation } from '../../../../shared/contract/vol-contracts.ts';
import { failure, type Failure } from '../../../../shared/failure.ts';
import { observationKey } from '../../../../shared/quant/contracts/vol-contract-observations.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { MutationContext } from '../../handlers.ts';
import { newestDay } from '../market/as-of.ts';
import { isRealizedVol, isSettled } from './contract-entry.ts';
import { contractNotFound, nameOf } from './forward-start-rules.ts';
import { observationWindow, toldInForce } from './realized-vol-window.ts';

const wordsOf = (one: ToldObservation): string =>
  one.status === 'marked' ? `marked at ${one.mark}` : one.status === 'disrupted' ? 'disrupted' : 'as stored';

/** Why one mark cannot be told; null where it can. */
function whyNot(one: ToldObservation, isBase: boolean, today: string | null): string | null {
  const { status, date, mark, open, high, low } = one;
  if (status === 'disrupted')
    return isBase ? `${date} is the base of its first return and cannot be left out` : null;
  if (status === 'stored') return null;
  if (today === null || date > today) return `${date} is still to come`;
  const prices = [mark, open, high, low].filter((price) => price !== null);
  const bad = prices.find((price) => !(price > 0 && Number.isFinite(price)));
  if (mark === null || bad !== undefined)
    return `the mark ${bad ?? 'left out'} of ${date} is no price above 0`;
  const outside = [mark, open].find(
    (price) => price !== null && ((high !== null && price > high) || (low !== null && price < low)),
  );
  return outside == null
    ? null
    : `${outside} of ${date} lies outside its range from ${low ?? mark} to ${high ?? mark}`;
}

/** Takes what a person says of marks of a contract; the words before stay in its log. */
export function observeContract(
  { contractId, observations, reason }: ParsedInputOf<'contracts.observe'>,
  tx: MutationContext,
): Result<{ contractId: string; observations: number }> {
  const contract = tx.read.contracts.find(contractId);
  if (contract === null || !isRealizedVol(contract)) return fail(contractNotFound(contractId));
  const name = nameOf(contractId);
  const refuse = (why: string): Result<never, Failure> =>
    fail(failure('invalid-input', name, { reason: why }));
  if (isSettled(contract)) {
    const next = 'A confirmed settlement is final.';
    return fail(failure('wrong-state', name, { state: 'settled', action: 'observed again', next }));
  }
  const { terms } = contract;
  const today = newestDay(tx.read);
  const told = tx.read.contracts.observations(contractId);
  const { sessions } = observationWindow(tx.read, terms, today ?? terms.startDate, told);
  const [base] = sessions;
  const close = terms.observationTimes.at(-1) ?? null;
  const before = toldInForce(told);
  const back: ToldObservation[] = [];
  const known = new Set(sessions);
  for (const given of observations) {
    const one = { ...given, time: given.time === close ? null : given.time };
    const { date, time } = one;
    const isScheduled =
      known.has(date) && (time === null || (date !== base && terms.observationTimes.includes(time)));
    if (!isScheduled)
      return refuse(`${date}${time === null ? '' : ` ${time}`} is no observation of its period`);
    const wrong = whyNot(one, date === base, today);
    if (wrong !== null) return refuse(wrong);
    const standing = before.get(observationKey(date, time));
    if (one.status === 'stored' && standing === undefined)
      return refuse(`the mark of ${date} is the stored one already`);
    const why = one.reason.trim() === '' ? reason : one.reason;
    const replaces = time === null || standing !== undefined || one.status === 'disrupted';
    if (replaces && why.trim() === '')
      return fail(failure('reason-required', `The mark of ${contractId} on ${date}`, { action: 'changed' }));
    back.push(
      standing === undefined
        ? { date, time, status: 'stored', mark: null, open: null, high: null, low: null, reason: '' }
        : {
            date,
            time,
            status: standing.status,
            mark: standing.mark,
            open: standing.open,
            high: standing.high,
            low: standing.low,
            reason: standing.reason,
          },
    );
    const prices = one.status === 'marked' ? {} : { mark: null, open: null, high: null, low: null };
    tx.contracts.addObservation(contractId, { ...one, ...prices, reason: why });
  }
  const [first] = observations;
  const what =
    observations.length === 1 && first !== undefined
      ? `${first.date}${first.time === null ? '' : ` ${first.time}`} ${wordsOf(first)}`
      : `${observations.length} marks`;
  tx.reversible({
    title: `Observe ${contractId}: ${what}`,
    undo: {
      command: 'contracts.observe',
      input: { contractId, observations: back.toReversed(), reason: 'taken back' },
    },
  });
  tx.describe({ subject: name, detail: `${what}: ${reason}` });
  tx.announce({ type: 'contracts.changed' });
  return ok({ contractId, observations: observations.length });
}
