import type { volContractCommands } from '../../shared/contract/vol-contracts.ts';
import type { HandlersFor } from './handlers.ts';
import { enterContract } from './support/contracts/contract-entry.ts';
import { datesInOrder, knownUnderlying } from './support/contracts/forward-start-rules.ts';

export const volContractHandlers: HandlersFor<typeof volContractCommands> = {
  'contracts.addRealizedVol': (terms, tx) => {
    const known = knownUnderlying(tx.read, terms.contractId, terms.underlying);
    if (!known.ok) return known;
    const dates = datesInOrder(terms.contractId, terms.startDate, terms.endDate);
    return dates.ok ? enterContract(tx, { kind: 'realized-vol', terms }) : dates;
  },
};
