import type { volContractCommands } from '../../shared/contract/vol-contracts.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { enterContract, entryUndone, isRealizedVol } from './support/contracts/contract-entry.ts';
import { contractNotFound, knownUnderlying, nameOf } from './support/contracts/forward-start-rules.ts';
import { analyzeRealizedVol } from './support/contracts/realized-vol-analysis.ts';
import { observeContract } from './support/contracts/realized-vol-observe.ts';
import { quoteRealizedVol } from './support/contracts/realized-vol-quote.ts';
import { checkRealizedVol } from './support/contracts/realized-vol-rules.ts';
import { volSpecOf } from './support/contracts/realized-vol-spec.ts';
import { marketDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { termStructure } from './support/market/term-structure.ts';

/** The life of a realized-volatility contract, and what can be asked of it. */
export const volContractHandlers = (chains: ChainDesk): HandlersFor<typeof volContractCommands> => ({
  'contracts.addRealizedVol': (terms, tx) => {
    const checked = checkRealizedVol(tx.read, terms);
    if (!checked.ok) return checked;
    tx.reversible(entryUndone(terms.contractId));
    return enterContract(tx, { kind: 'realized-vol', terms });
  },

  'contracts.restore': ({ contractId, reason }, tx) => {
    if (tx.read.contracts.find(contractId) !== null)
      return fail(failure('already-exists', nameOf(contractId)));
    if (!tx.contracts.restore(contractId, reason)) {
      const next = 'Only a contract that was removed can be brought back.';
      return fail(failure('not-found', nameOf(contractId), { next }));
    }
    const why = reason.trim() === '' ? 'its return is undone' : reason;
    tx.reversible({
      title: `Bring back ${contractId}`,
      undo: { command: 'contracts.remove', input: { contractId, reason: why } },
    });
    tx.describe({
      subject: nameOf(contractId),
      detail: `brought back${reason === '' ? '' : `: ${reason}`}`,
    });
    tx.announce({ type: 'contracts.changed' });
    return ok({});
  },

  'contracts.observe': observeContract,

  'contracts.quoteRealizedVol': async (asked, context) => {
    const day = marketDay(context.read, asked.asOf);
    if (!day.ok) return day;
    const { underlying, contractId } = asked.terms;
    const known = knownUnderlying(context.read, contractId, underlying);
    if (!known.ok) return known;
    const structure = await termStructure(underlying, day.value, context, chains);
    return quoteRealizedVol(asked, day.value, structure, context.read);
  },

  'contracts.volSpec': async ({ underlying, kind, asOf }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const known = knownUnderlying(context.read, `on ${underlying}`, underlying);
    return known.ok ? ok(await volSpecOf({ underlying, kind }, day.value, context, chains)) : known;
  },

  'contracts.volAnalysis': async (asked, context) => {
    const day = marketDay(context.read, asked.asOf);
    if (!day.ok) return day;
    const { read } = context;
    const contract = read.contracts.find(asked.contractId);
    if (contract === null || !isRealizedVol(contract)) return fail(contractNotFound(asked.contractId));
    const structure = await termStructure(contract.terms.underlying, day.value, context, chains);
    return ok(analyzeRealizedVol(contract, asked, { asOf: day.value, structure, read }));
  },
});
