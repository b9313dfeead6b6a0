import type { ForwardStartTerms } from '../../../../shared/contract/forward-starts.ts';
import type { RealizedVolTerms } from '../../../../shared/contract/vol-contracts.ts';
import { failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { StoredContract, StoredForwardStart, StoredRealizedVol } from '../../../store/index.ts';
import type { MutationContext } from '../../handlers.ts';
import { nameOf } from './forward-start-rules.ts';

export const isForwardStart = (contract: StoredContract): contract is StoredForwardStart =>
  contract.kind === 'forward-start';
export const isRealizedVol = (contract: StoredContract): contract is StoredRealizedVol =>
  contract.kind === 'realized-vol';
export const isSettled = ({ events }: StoredContract): boolean =>
  events.some(({ kind }) => kind === 'settled');

/** Puts a contract on the desk under an identifier that no standing one has. */
export function enterContract(
  tx: MutationContext,
  contract:
    | { readonly kind: 'forward-start'; readonly terms: ForwardStartTerms }
    | { readonly kind: 'realized-vol'; readonly terms: RealizedVolTerms },
): Result<{ contractId: string }> {
  const { contractId } = contract.terms;
  if (!tx.contracts.insert(contract)) return fail(failure('already-exists', nameOf(contractId)));
  tx.describe({ subject: nameOf(contractId), detail: JSON.stringify(contract.terms) });
  tx.announce({ type: 'contracts.changed' });
  return ok({ contractId });
}

/** How an entry is taken back. */
export const entryUndone = (contractId: string): Parameters<MutationContext['reversible']>[0] => ({
  title: `Enter ${contractId}`,
  undo: { command: 'contracts.remove', input: { contractId, reason: 'its entry is undone' } },
});
