import type { overrideCommands } from '../../shared/contract/overrides.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';

/** Values that a kind cannot have: a price of nothing, a rate of several hundred per cent. */
function whyNot(kind: 'forward' | 'rate' | 'yield' | 'price', value: number): string | null {
  if (!Number.isFinite(value)) return 'a number that is not finite';
  if (kind === 'forward' || kind === 'price')
    return value > 0 ? null : `a ${kind} of ${value}: it must be above zero`;
  return Math.abs(value) <= 1 ? null : `a ${kind} of ${value}: it is decimal, 0.05 for 5%, and at most 1`;
}

const spanOf = (tradeDate: string | null): string => (tradeDate === null ? 'every day' : tradeDate);

export const overrideHandlers: HandlersFor<typeof overrideCommands> = {
  'quotes.exclude': ({ symbol, contract, tradeDate, reason }, tx) => {
    const { quotes } = tx.read;
    if (quotes.chainDates(symbol).length === 0)
      return fail(failure('missing-chain', symbol, { asOf: 'any day' }));
    const same = quotes
      .allExclusions(symbol)
      .find((one) => one.contract === contract && one.tradeDate === tradeDate);
    if (same !== undefined) return fail(failure('already-exists', `The exclusion of ${contract}`));
    const exclusionId = tx.exclusions.add({ symbol, contract, tradeDate, reason });
    tx.describe({ subject: contract, detail: `excluded on ${spanOf(tradeDate)}: ${reason}` });
    return ok({ exclusionId });
  },

  'quotes.restore': ({ exclusionId }, tx) => {
    const found = tx.read.quotes.exclusion(exclusionId);
    if (found === null || !tx.exclusions.lift(exclusionId))
      return fail(
        failure('not-found', `Exclusion ${exclusionId}`, { next: 'List the exclusions of the name.' }),
      );
    tx.describe({ subject: found.contract, detail: `restored on ${spanOf(found.tradeDate)}` });
    return ok({ ...found });
  },

  'quotes.exclusions': async ({ symbol }, { read }) =>
    ok({ exclusions: read.quotes.allExclusions(symbol).map((one) => ({ ...one })) }),

  'override.set': ({ symbol, kind, expiry, tradeDate, value, reason }, tx) => {
    if (tx.read.underliers.find(symbol) === null)
      return fail(failure('not-found', symbol, { next: 'Import its quotes or prices first.' }));
    const wrong = whyNot(kind, value);
    if (wrong !== null) return fail(failure('invalid-request', 'override.set', { reason: wrong }));
    if (kind === 'price' && expiry !== null)
      return fail(
        failure('invalid-request', 'override.set', {
          reason: 'a price for one expiry: a name has one price',
        }),
      );
    if (kind === 'forward' && expiry === null)
      return fail(
        failure('invalid-request', 'override.set', {
          reason: 'a forward without its expiry: name the expiry',
        }),
      );
    const overrideId = tx.overrides.set({ symbol, kind, expiry, tradeDate, value, reason });
    tx.describe({
      subject: expiry === null ? symbol : `${symbol} ${expiry}`,
      detail: `${kind} ${value} on ${spanOf(tradeDate)}: ${reason}`,
    });
    return ok({ overrideId });
  },

  'override.clear': ({ overrideId }, tx) => {
    const found = tx.read.overrides.find(overrideId);
    if (found === null || !tx.overrides.clear(overrideId))
      return fail(failure('not-found', `Override ${overrideId}`, { next: 'List the overrides.' }));
    tx.describe({
      subject: found.expiry === null ? found.symbol : `${found.symbol} ${found.expiry}`,
      detail: `${found.kind} ${found.value} cleared`,
    });
    return ok({ ...found });
  },

  'override.list': async ({ symbol }, { read }) =>
    ok({ overrides: read.overrides.list(symbol).map((one) => ({ ...one })) }),
};
