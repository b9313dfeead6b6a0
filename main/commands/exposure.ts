import type { exposureCommands, HedgeSource } from '../../shared/contract/exposure.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Readers } from '../store/index.ts';
import type { HandlersFor } from './handlers.ts';
import { exposureBook, holdingsByUnderlying, type Holdings } from './support/contracts/exposure-book.ts';
import type { LadderDays } from './support/contracts/exposure-parts.ts';
import { exposureAcross, exposureOf } from './support/contracts/exposure-reader.ts';
import { profileHedge } from './support/contracts/profile-hedge.ts';
import { marketDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';

const nothingHeld: Holdings = { contracts: [], listed: [] };

/** The market's day, and the day the book is aged to; a day before the market's is refused. */
function ladderDays(read: Readers, asOf: IsoDate | undefined, on: IsoDate | undefined): Result<LadderDays> {
  const day = marketDay(read, asOf);
  if (!day.ok) return day;
  if (on !== undefined && on < day.value) {
    const reason = `the day ${on}, before its market of ${day.value}`;
    return fail(failure('invalid-request', 'exposure.read', { reason }));
  }
  return ok({ marketDate: day.value, on: on ?? day.value });
}

/** What a hedge is asked for: the book, its listed options alone, or what a suggestion would trade. */
function hedgedHoldings(
  read: Readers,
  underlying: string,
  source: HedgeSource,
): Result<{ readonly holdings: Holdings; readonly words: string }> {
  if (source.kind !== 'suggestion') {
    const held = holdingsByUnderlying(read, true).get(underlying) ?? nothingHeld;
    return source.kind === 'book'
      ? ok({ holdings: held, words: 'contracts and listed options held' })
      : ok({ holdings: { ...held, contracts: [] }, words: 'listed options held' });
  }
  const { suggestionId } = source;
  const found = read.suggestions.find(suggestionId);
  if (found === null) return fail(failure('not-found', `Suggestion ${suggestionId}`));
  const listed = found.proposal.legs
    .filter((leg) => leg.symbol === underlying && leg.decision !== 'rejected')
    .map((leg) => ({ contract: leg.contract, quantity: leg.side === 'sell' ? -leg.quantity : leg.quantity }));
  const words = `${listed.length} legs of suggestion ${suggestionId} (${found.state})`;
  return ok({ holdings: { contracts: [], listed }, words });
}

/** Vega and gamma by time slice, by name and across, and the contracts that bring them to a profile. */
export const exposureHandlers = (chains: ChainDesk): HandlersFor<typeof exposureCommands> => ({
  'exposure.read': async ({ underlying, asOf, on, includeListed, vega }, context) => {
    const { read } = context;
    const days = ladderDays(read, asOf, on);
    if (!days.ok) return days;
    if (underlying !== undefined && read.underliers.find(underlying) === null) {
      return fail(failure('not-found', underlying));
    }
    const all = holdingsByUnderlying(read, includeListed);
    const symbols =
      underlying === undefined
        ? [...all.keys()].filter((symbol) => (all.get(symbol)?.contracts.length ?? 0) > 0)
        : [underlying];
    const books = await Promise.all(
      symbols.map((symbol) =>
        exposureBook(symbol, all.get(symbol) ?? nothingHeld, days.value, context, chains),
      ),
    );
    return ok({ underlyings: books.map((book) => exposureOf(book, vega)) });
  },

  'exposure.across': async ({ asOf, on, includeListed, vega }, context) => {
    const { read } = context;
    const days = ladderDays(read, asOf, on);
    if (!days.ok) return days;
    const all = holdingsByUnderlying(read, includeListed);
    const books = await Promise.all(
      [...all].map(([symbol, held]) => exposureBook(symbol, held, days.value, context, chains)),
    );
    return ok(exposureAcross(books, vega, days.value.on, read));
  },

  'exposure.hedge': async (request, context) => {
    const { underlying, asOf, source, cut, targets, targetGammaDollar1Pct, amount } = request;
    const { read } = context;
    const days = ladderDays(read, asOf, undefined);
    if (!days.ok) return days;
    if (read.underliers.find(underlying) === null) return fail(failure('not-found', underlying));
    const hedged = hedgedHoldings(read, underlying, source);
    if (!hedged.ok) return hedged;
    const { holdings, words } = hedged.value;
    const book = await exposureBook(underlying, holdings, days.value, context, chains);
    const found = profileHedge({ book, source: words, cut, targets, targetGammaDollar1Pct, amount });
    return found.ok
      ? found
      : fail(failure('invalid-input', `The hedge of ${underlying}`, { reason: found.error }));
  },
});
