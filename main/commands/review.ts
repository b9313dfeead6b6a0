import type { reviewCommands } from '../../shared/contract/review.ts';
import { failure } from '../../shared/failure.ts';
import { conventionsOf } from '../../shared/option-roots.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Suggestion } from '../../shared/contract/hedge.ts';
import { parseOptionSymbol, readableSymbol } from '../../shared/symbols.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import { changeLeg, notFound, openSuggestion, putLeg } from './support/hedge/change-leg.ts';
import { createChainNow } from './support/hedge/chain-now.ts';
import { legFromChain } from './support/hedge/leg-from-chain.ts';
import { changedLegs, eventSentence, reviewTrail, stepSentence } from './support/hedge/review-trail.ts';

/** Steps over the trail of changes, one way or the other. */
function step(tx: MutationContext, suggestionId: number, way: 'undo' | 'redo'): Result<Suggestion> {
  const found = openSuggestion(tx, suggestionId);
  if (!found.ok) return found;
  const last = reviewTrail(tx.read.suggestions.events(suggestionId))[way].at(-1);
  if (last === undefined) {
    const next = way === 'undo' ? 'Nothing was changed since it was saved.' : 'Nothing was taken back.';
    return fail(failure('not-found', `A change of suggestion ${suggestionId} to ${way}`, { next }));
  }
  const [from, to] = way === 'undo' ? [last.after, last.before] : [last.before, last.after];
  const sentence = stepSentence(last);
  return putLeg(
    tx,
    found.value,
    { from, to },
    { kind: way === 'undo' ? 'undone' : 'redone', says: sentence, detail: { sentence } },
  );
}

export const reviewHandlers = (chainNow = createChainNow()): HandlersFor<typeof reviewCommands> => ({
  'suggestion.replaceLeg': ({ suggestionId, legId, contract, quantity, price }, tx) =>
    changeLeg(tx, suggestionId, legId, 'replaced', (leg, { proposal }) => {
      const option = parseOptionSymbol(contract);
      if (!option.ok) return fail(failure('not-found', `The option ${contract}`));
      if (conventionsOf(option.value.root).adjusted)
        return fail(failure('adjusted-contract', readableSymbol(option.value)));
      const chain = chainNow(tx.read, leg.symbol, proposal.asOf);
      if (!chain.ok) return chain;
      const made = legFromChain(tx.read, chain.value, option.value, {
        side: leg.side,
        quantity: quantity ?? leg.quantity,
        limit: price,
        spreadShare: proposal.request.spreadShare,
        reason: `Chosen by hand in place of ${leg.contract}.`,
      });
      if (!made.ok) return made;
      const next = made.value;
      const isTwice = proposal.legs.some((one) => one.legId === next.legId);
      if (isTwice) {
        const reason =
          next.contract === leg.contract ? 'it is the contract that is there' : 'it is a leg already';
        return fail(failure('invalid-input', next.contract, { reason }));
      }
      if (next.multiplier !== leg.multiplier) {
        const reason = `its multiplier is ${next.multiplier}, not ${leg.multiplier}`;
        return fail(failure('invalid-input', next.contract, { reason }));
      }
      // What it does to what is held, and what was said of it, stay with the place.
      return ok({
        ...next,
        ...(leg.effect === undefined ? {} : { effect: leg.effect }),
        ...(leg.note === undefined ? {} : { note: leg.note }),
      });
    }),

  'suggestion.noteLeg': ({ suggestionId, legId, note }, tx) =>
    changeLeg(tx, suggestionId, legId, 'noted', ({ note: _before, ...leg }) => {
      const said = note.trim();
      return ok(said === '' ? leg : { ...leg, note: said });
    }),

  'suggestion.undo': ({ suggestionId }, tx) => step(tx, suggestionId, 'undo'),
  'suggestion.redo': ({ suggestionId }, tx) => step(tx, suggestionId, 'redo'),

  'suggestion.trail': async ({ suggestionId }, { read }) => {
    if (read.suggestions.find(suggestionId) === null) return fail(notFound(suggestionId));
    const events = read.suggestions.events(suggestionId);
    const { undo, redo } = reviewTrail(events);
    const [last, next] = [undo.at(-1), redo.at(-1)];
    return ok({
      suggestionId,
      events: events.map((event) => ({
        at: event.at,
        actor: event.actor,
        kind: event.kind,
        sentence: eventSentence(event),
        hash: event.hash,
      })),
      undo: last === undefined ? null : stepSentence(last),
      redo: next === undefined ? null : stepSentence(next),
      changed: changedLegs(undo),
    });
  },
});
