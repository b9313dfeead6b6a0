import type { overrideCommands } from '../../shared/contract/overrides.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { CommandCall, MarketOverride } from '../store/index.ts';
import type { HandlersFor } from './handlers.ts';

/** Values that a kind cannot have: a price of nothing, a rate of several hundred per cent. */
function whyNot(kind: 'forward' | 'rate' | 'yield' | 'price', value: number): string | null {
  if (!Number.isFinite(value)) return 'a number that is not finite';
  if (kind === 'forward' || kind === 'price')
    return value > 0 ? null : `a ${kind} of ${value}: it must be above zero`;
  return Math.abs(value) <= 1 ? null : `a ${kind} of ${value}: it is decimal, 0.05 for 5%, and at most 1`;
}

/** The command that puts an override back as it was. */
const setAgain = ({ symbol, kind, expiry, tradeDate, value, reason }: MarketOverride): CommandCall => ({
  command: 'override.set',
  input: { symbol, kind, expiry, tradeDate, value, reason },
});

const isOfKind = (
  one: MarketOverride,
  sought: Pick<MarketOverride, 'kind' | 'expiry' | 'tradeDate'>,
): boolean => one.kind === sought.kind && one.expiry === sought.expiry && one.tradeDate === sought.tradeDate;

const spanOf = (tradeDate: string | null): string => (tradeDate === null ? 'every day' : tradeDate);

export const overrideHandlers: HandlersFor<typeof overrideCommands> = {
  'quotes.exclude': ({ symbol, contract, tradeDate, reason }, tx) => {
    const { quotes, underliers } = tx.read;
    if (underliers.find(symbol) === null) return fail(failure('missing-chain', symbol, { asOf: 'any day' }));
    const same = quotes
      .allExclusions(symbol)
      .find((one) => one.contract === contract && one.tradeDate === tradeDate);
    if (same !== undefined) return fail(failure('already-exists', `The exclusion of ${contract}`));
    const exclusionId = tx.exclusions.add({ symbol, contract, tradeDate, reason });
    tx.reversible({
      title: `Leave out ${contract}`,
      undo: { command: 'quotes.restore', input: { symbol, contract, tradeDate } },
    });
    tx.describe({ subject: contract, detail: `excluded on ${spanOf(tradeDate)}: ${reason}` });
    return ok({ exclusionId });
  },

  'quotes.restore': (which, tx) => {
    const found =
      'exclusionId' in which
        ? tx.read.quotes.exclusion(which.exclusionId)
        : (tx.read.quotes
            .allExclusions(which.symbol)
            .find((one) => one.contract === which.contract && one.tradeDate === which.tradeDate) ?? null);
    if (found === null || !tx.exclusions.lift(found.exclusionId)) {
      const name =
        'exclusionId' in which ? `Exclusion ${which.exclusionId}` : `An exclusion of ${which.contract}`;
      return fail(failure('not-found', name, { next: 'List the exclusions of the name.' }));
    }
    tx.reversible({
      title: `Take back ${found.contract}`,
      undo: {
        command: 'quotes.exclude',
        input: {
          symbol: found.symbol,
          contract: found.contract,
          tradeDate: found.tradeDate,
          reason: found.reason,
        },
      },
    });
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
    const replaced = tx.read.overrides.list(symbol).find((one) => isOfKind(one, { kind, expiry, tradeDate }));
    const overrideId = tx.overrides.set({ symbol, kind, expiry, tradeDate, value, reason });
    tx.reversible({
      title: `Set the ${kind} of ${expiry === null ? symbol : `${symbol} ${expiry}`}`,
      undo:
        replaced === undefined
          ? { command: 'override.clear', input: { symbol, kind, expiry, tradeDate } }
          : setAgain(replaced),
    });
    tx.describe({
      subject: expiry === null ? symbol : `${symbol} ${expiry}`,
      detail: `${kind} ${value} on ${spanOf(tradeDate)}: ${reason}`,
    });
    return ok({ overrideId });
  },

  'override.clear': (which, tx) => {
    const found =
      'overrideId' in which
        ? tx.read.overrides.find(which.overrideId)
        : (tx.read.overrides.list(which.symbol).find((one) => isOfKind(one, which)) ?? null);
    if (found === null || !tx.overrides.clear(found.overrideId)) {
      const name =
        'overrideId' in which
          ? `Override ${which.overrideId}`
          : `A ${which.kind} of ${which.symbol} set by hand`;
      return fail(failure('not-found', name, { next: 'List the overrides.' }));
    }
    tx.reversible({
      title: `Reset the ${found.kind} of ${found.expiry === null ? found.symbol : `${found.symbol} ${found.expiry}`}`,
      undo: setAgain(found),
    });
    tx.describe({
      subject: found.expiry === null ? found.symbol : `${found.symbol} ${found.expiry}`,
      detail: `${found.kind} ${found.value} cleared`,
    });
    return ok({ ...found });
  },

  'override.list': async ({ symbol }, { read }) =>
    ok({ overrides: read.overrides.list(symbol).map((one) => ({ ...one })) }),
};
