import type { HealthFinding } from '../../../../shared/contract/desk.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { Readers } from '../../../store/index.ts';
import { isForwardStart, isSettled } from './contract-entry.ts';
import { proposeFixing } from './fixing-proposal.ts';
import { forwardStartState } from './forward-start-terms.ts';

/** Contracts that wait for a person on a day: a fixing, a right to use or let go, a settlement. */
export function dueFindings(read: Readers, asOf: IsoDate): HealthFinding[] {
  return read.contracts
    .list()
    .filter(isForwardStart)
    .filter((contract) => !isSettled(contract))
    .flatMap((contract): HealthFinding[] => {
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
