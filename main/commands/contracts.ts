import type { contractCommands } from '../../shared/contract/contracts.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { isForwardStart, isRealizedVol, isSettled } from './support/contracts/contract-entry.ts';
import { forwardStartAmount, realizedVolAmount } from './support/contracts/contract-settlement.ts';
import { structuresOn } from './support/contracts/contract-structures.ts';
import { deskCalendar } from './support/contracts/desk-calendar.ts';
import { contractNotFound, nameOf } from './support/contracts/forward-start-rules.ts';
import { becomes } from './support/contracts/forward-start-terms.ts';
import { forwardStartValue } from './support/contracts/forward-start-value.ts';
import { realizedVolValue } from './support/contracts/realized-vol-value.ts';
import { newestDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';

/** What both kinds of contract share: the list, the end, the calendar. */
export const contractHandlers = (chains: ChainDesk): HandlersFor<typeof contractCommands> => ({
  'contracts.list': async ({ asOf, underlying }, context) => {
    const { read } = context;
    const day = asOf ?? newestDay(read);
    const held = read.contracts
      .list()
      .filter(({ terms }) => underlying === undefined || terms.underlying === underlying);
    if (day === null) return ok({ asOf: null, forwardStarts: [], realizedVols: [] });
    const structures = structuresOn(day, context, chains);
    return ok({
      asOf: day,
      forwardStarts: await Promise.all(
        held
          .filter(isForwardStart)
          .map(async (contract) =>
            forwardStartValue(contract, day, await structures.forTerms(contract.terms)),
          ),
      ),
      realizedVols: await Promise.all(
        held
          .filter(isRealizedVol)
          .map(async (contract) =>
            realizedVolValue(contract, day, await structures.of(contract.terms.underlying), read),
          ),
      ),
    });
  },

  'contracts.remove': ({ contractId, reason }, tx) => {
    if (tx.read.contracts.find(contractId) === null) return fail(contractNotFound(contractId));
    if (reason.trim() === '')
      return fail(failure('reason-required', nameOf(contractId), { action: 'removed' }));
    tx.contracts.addEvent(contractId, { kind: 'removed', level: null, vol: null, amount: null, reason });
    tx.reversible({
      title: `Remove ${contractId}`,
      undo: { command: 'contracts.restore', input: { contractId } },
    });
    tx.describe({ subject: nameOf(contractId), detail: `removed: ${reason}` });
    tx.announce({ type: 'contracts.changed' });
    return ok({});
  },

  'contracts.settle': ({ contractId, level, vol }, tx) => {
    const contract = tx.read.contracts.find(contractId);
    if (contract === null) return fail(contractNotFound(contractId));
    if (isSettled(contract)) {
      return fail(
        failure('wrong-state', nameOf(contractId), {
          state: 'settled',
          action: 'settled again',
          next: 'A confirmed settlement is final.',
        }),
      );
    }
    const settled = isForwardStart(contract)
      ? forwardStartAmount(contract, level, tx.read)
      : realizedVolAmount(contract, vol, tx.read);
    if (!settled.ok) return settled;
    const { amount } = settled.value;
    const found = { level: null, vol: null, ...settled.value };
    const delivered = isForwardStart(contract)
      ? becomes(contract)
          .filter(
            ({ optionType, strike }) => ((found.level ?? 0) - strike) * (optionType === 'call' ? 1 : -1) > 0,
          )
          .map(
            ({ optionType, strike, units }) =>
              `${optionType} on ${Math.abs(units)} units at ${strike} exercised`,
          )
      : [];
    tx.contracts.addEvent(contractId, {
      kind: 'settled',
      level: found.level,
      vol: found.vol,
      amount,
      reason: delivered.join('; '),
      ...('lines' in settled.value && vol === undefined ? { lines: settled.value.lines } : {}),
    });
    tx.describe({
      subject: nameOf(contractId),
      detail: [`settled for ${amount}`, ...delivered].join('; '),
    });
    tx.announce({ type: 'contracts.changed' });
    return ok({ contractId, amount });
  },

  'contracts.calendar': async ({ asOf, days }, { read }) => {
    const day = asOf ?? newestDay(read);
    return ok({ asOf: day, dates: day === null ? [] : deskCalendar(read, day, days) });
  },
});
