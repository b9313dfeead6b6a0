import { sentenceOf } from '../../../../shared/failure.ts';
import type { HealthFinding } from '../../../../shared/contract/desk.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { Readers, StoredContract } from '../../../store/index.ts';
import { isForwardStart, isRealizedVol, isSettled } from './contract-entry.ts';
import { proposeFixing } from './fixing-proposal.ts';
import { forwardStartState } from './forward-start-terms.ts';
import { observationFailure, observationsOf } from './realized-vol-value.ts';

/** Contracts that wait for a person on a day: a fixing, a right to use or let go, a settlement. */
export function dueFindings(read: Readers, asOf: IsoDate): HealthFinding[] {
  const open = read.contracts.list().filter((contract) => !isSettled(contract));
  return [...forwardStartFindings(read, asOf, open), ...realizedVolFindings(read, asOf, open)];
}

/** Volatility contracts with a missing mark, and those that have ended. */
function realizedVolFindings(read: Readers, asOf: IsoDate, open: readonly StoredContract[]): HealthFinding[] {
  return open.filter(isRealizedVol).flatMap(({ terms }): HealthFinding[] => {
    const { contractId, underlying, startDate, endDate } = terms;
    if (asOf < startDate) return [];
    const observations = observationsOf(read, terms, asOf);
    const finding = (rule: string, count: number, sentence: string): HealthFinding[] => [
      { severity: 'warning', subject: underlying, rule, count, sentence },
    ];
    if (!observations.realized.ok) {
      const why = sentenceOf(observationFailure(terms, observations));
      return finding('observation missing', Math.max(1, observations.missing), `${contractId}: ${why}`);
    }
    return asOf < endDate
      ? []
      : finding(
          'settlement due',
          1,
          `${contractId} ended on ${endDate} and is not settled. Confirm its settlement.`,
        );
  });
}

function forwardStartFindings(
  read: Readers,
  asOf: IsoDate,
  open: readonly StoredContract[],
): HealthFinding[] {
  return open.filter(isForwardStart).flatMap((contract): HealthFinding[] => {
    const { contractId, firstReferenceDate, secondReferenceDate, underlying } = contract.terms;
    const { state, stateNote } = forwardStartState(contract, asOf);
    const finding = (rule: string, sentence: string): HealthFinding[] => [
      { severity: 'warning', subject: underlying, rule, count: 1, sentence },
    ];
    if (state === 'exercise-due') return finding('right due', `${contractId}: ${stateNote}`);
    if (state === 'settling') {
      return finding(
        'settlement due',
        `${contractId} ended on ${secondReferenceDate} and is not settled. Confirm its final level.`,
      );
    }
    if (state !== 'fixing-due') return [];
    const { reason } = proposeFixing(read, contract, 'first');
    const next =
      reason === null
        ? 'Its stored prices are there: confirm the level.'
        : `${reason} Import it, or type the level.`;
    return finding('fixing due', `${contractId} was to be fixed on ${firstReferenceDate}. ${next}`);
  });
}
