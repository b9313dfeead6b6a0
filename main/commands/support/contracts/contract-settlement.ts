import type { ContractObservation } from '../../../../shared/contract/vol-contracts.ts';
import { failure } from '../../../../shared/failure.ts';
import { packagePayoff } from '../../../../shared/quant/contracts/forward-start-package.ts';
import { settlementVol } from '../../../../shared/quant/contracts/vol-contract-observations.ts';
import { contractValue } from '../../../../shared/quant/contracts/vol-contract.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers, StoredForwardStart, StoredRealizedVol } from '../../../store/index.ts';
import { newestDay } from '../market/as-of.ts';
import { proposeFixing } from './fixing-proposal.ts';
import { nameOf } from './forward-start-rules.ts';
import { fixingOf, payoffsOf, standingTerms } from './forward-start-terms.ts';
import { observationFailure, observationsOf } from './realized-vol-value.ts';

/** What a forward-start contract pays for a level at its end; the failures say what is missing. */
export function forwardStartAmount(
  contract: StoredForwardStart,
  level: number | undefined,
  read: Readers,
): Result<{ amount: number; level: number }> {
  const terms = standingTerms(contract);
  const fixing = fixingOf(contract);
  const name = nameOf(terms.contractId);
  if (terms.option !== null) {
    const next = 'Say whether the right on it is used first.';
    return fail(failure('wrong-state', name, { state: 'a right not used yet', action: 'settled', next }));
  }
  if (fixing === null) {
    const next = 'Fix its strike first.';
    return fail(failure('wrong-state', name, { state: 'not fixed', action: 'settled', next }));
  }
  const proposed = level === undefined ? proposeFixing(read, contract, 'second') : null;
  const final = level ?? proposed?.level ?? null;
  const today = newestDay(read);
  if (today === null || today < terms.secondReferenceDate) {
    return fail(
      failure('wrong-state', name, {
        state: `running until ${terms.secondReferenceDate}`,
        action: 'settled',
        next: 'Import that day first.',
      }),
    );
  }
  if (final === null) {
    const date = proposed?.prices.find(({ price }) => price === null)?.date ?? terms.secondReferenceDate;
    return fail(failure('missing-session', proposed?.underlying ?? terms.underlying, { date }));
  }
  const paid = packagePayoff({ payoffs: payoffsOf(terms), fixing, secondFixing: final });
  if (!paid.ok) return fail(failure('invalid-input', name, paid.error.detail));
  const premium = terms.premium === 'deferred' ? (terms.tradePrice ?? 0) : 0;
  return ok({ amount: terms.quantity * terms.amount * (paid.value - premium), level: final });
}

/** What a realized-volatility contract pays, from its observations where no volatility is given. */
export function realizedVolAmount(
  { terms }: StoredRealizedVol,
  vol: number | undefined,
  read: Readers,
): Result<{ amount: number; vol: number; lines: readonly ContractObservation[] }> {
  const observations = observationsOf(read, terms, terms.endDate);
  const found = vol === undefined ? settlementVol(observations, terms.tick) : ok(vol);
  if (!found.ok) {
    return fail(
      !observations.realized.ok
        ? observationFailure(terms, observations)
        : failure('wrong-state', nameOf(terms.contractId), {
            state: `running until ${terms.endDate}`,
            action: 'settled',
            next: 'Import the prices of its whole period first.',
          }),
    );
  }
  const size = { multiplier: terms.multiplier, months: terms.months, tick: terms.tick };
  const moved = found.value - (terms.tradeVol ?? 0);
  const amount = Math.sign(moved) * contractValue({ ...size, vol: Math.abs(moved) }).value * terms.quantity;
  return ok({ amount, vol: found.value, lines: observations.rows });
}
