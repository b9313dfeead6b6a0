import type { z } from 'zod';
import type { HedgeProposal, Suggestion, hedgeCommands, ticketFormat } from '../../shared/contract/hedge.ts';
import { failure, sentenceOf } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { basketTraderCsv } from '../tickets/basket-trader.ts';
import { fixList, fixMultileg } from '../tickets/fix.ts';
import { tradeSheetHtml } from '../tickets/trade-sheet.ts';
import type { Readers } from '../store/index.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { createChainNow } from './support/hedge/chain-now.ts';
import {
  changeLeg,
  changedSnapshot,
  hashOf,
  isAsApproved,
  isOpen,
  nameOf,
  notFound,
} from './support/hedge/change-leg.ts';
import { draftProposal } from './support/hedge/draft.ts';
import { driftSince } from './support/hedge/hedge-drift.ts';
import { reviewedProposal } from './support/hedge/hedge-review.ts';
import { structureOf } from './support/hedge/structures.ts';
import { hedgeCase, suggestHedge } from './support/hedge/hedge-suggester.ts';

/** How each order format is written. */
const tickets: Readonly<
  Record<
    z.infer<typeof ticketFormat>,
    {
      readonly write: (suggestion: Suggestion) => string;
      readonly extension: string;
      readonly mediaType: string;
    }
  >
> = {
  baskettrader: { write: basketTraderCsv, extension: 'csv', mediaType: 'text/csv' },
  fix: { write: fixList, extension: 'fix', mediaType: 'text/plain' },
  'fix-multileg': { write: fixMultileg, extension: 'multileg.fix', mediaType: 'text/plain' },
  sheet: { write: tradeSheetHtml, extension: 'html', mediaType: 'text/html' },
};

/** Approved as it stands, and not withdrawn since. */
const canLeave: ReadonlySet<Suggestion['state']> = new Set(['approved', 'exported', 'part-filled', 'filled']);

/** Where the desk wants two persons, who saved a suggestion; null where one may do both. */
function firstPerson(tx: MutationContext, suggestionId: number): string | null {
  if (tx.read.preferences.read('review.secondPerson') !== 'true') return null;
  const [saved] = tx.read.suggestions.events(suggestionId);
  return saved?.actor ?? null;
}

function approve(
  tx: MutationContext,
  input: {
    readonly suggestionId: number;
    readonly hash?: string | undefined;
    readonly overrideReason: string | null;
    readonly acceptUndecided: boolean;
  },
): Result<Suggestion> {
  const { suggestionId, overrideReason } = input;
  const suggestion = tx.read.suggestions.find(suggestionId);
  if (suggestion === null) return fail(notFound(suggestionId));
  if (!isOpen(suggestion)) {
    return fail(
      failure('wrong-state', nameOf(suggestionId), {
        state: suggestion.state,
        action: 'approved',
        next: 'Only a draft can be approved.',
      }),
    );
  }
  const savedBy = firstPerson(tx, suggestionId);
  if (savedBy !== null && savedBy === tx.actor)
    return fail(failure('second-person', nameOf(suggestionId), { savedBy }));
  if (input.hash !== undefined && input.hash !== suggestion.hash) {
    return fail(failure('changed-since-approval', nameOf(suggestionId)));
  }
  const undecided = suggestion.proposal.legs.filter(({ decision }) => decision === 'undecided').length;
  if (undecided > 0 && !input.acceptUndecided) {
    return fail(
      failure('blocked-by-checks', nameOf(suggestionId), { checks: `${undecided} legs are undecided` }),
    );
  }
  const legs = suggestion.proposal.legs.map((leg) =>
    leg.decision === 'undecided' ? { ...leg, decision: 'accepted' as const } : leg,
  );
  const reviewed = reviewedProposal({ ...suggestion.proposal, legs });
  if (!reviewed.ok) return reviewed;
  if (!legs.some(({ decision, quantity }) => decision === 'accepted' && quantity > 0)) {
    return fail(failure('blocked-by-checks', nameOf(suggestionId), { checks: 'no leg is accepted' }));
  }
  const red = [
    ...reviewed.value.checks.filter(({ severity, passed }) => severity === 'blocking' && !passed),
    ...reviewed.value.constraints.filter(({ met }) => !met),
  ].map(({ sentence }) => sentence);
  if (red.length > 0 && (overrideReason ?? '').trim() === '') {
    return fail(
      failure('blocked-by-checks', nameOf(suggestionId), { checks: red.join(' ').replace(/\.$/, '') }),
    );
  }
  const hash = hashOf(suggestion.version, reviewed.value);
  tx.suggestions.revise(
    suggestionId,
    { proposal: reviewed.value, hash },
    { kind: 'reviewed', detail: { overrideReason } },
  );
  tx.describe({
    subject: nameOf(suggestionId),
    detail: `approved with hash ${hash}${red.length > 0 ? `, overriding: ${red.join(' ')} Reason: ${overrideReason}` : ''}`,
  });
  tx.announce({ type: 'suggestions.changed', suggestionId });
  return ok(
    tx.suggestions.advance(suggestionId, 'approved', { kind: 'approved', detail: { overrideReason } }),
  );
}

/** The ticket of a suggestion that is approved as it stands. */
function ticketOf(read: Readers, suggestionId: number, format: z.infer<typeof ticketFormat>) {
  const suggestion = read.suggestions.find(suggestionId);
  if (suggestion === null) return fail(notFound(suggestionId));
  if (!canLeave.has(suggestion.state)) {
    return fail(failure('not-approved', nameOf(suggestionId), { state: suggestion.state }));
  }
  if (!isAsApproved(suggestion)) return fail(changedSnapshot(suggestionId));
  const { write, extension, mediaType } = tickets[format];
  return ok({
    suggestion,
    fileName: `voldesk-${suggestionId}-${suggestion.hash.slice(0, 8)}.${extension}`,
    mediaType,
    text: write(suggestion),
    drift: driftSince(read, suggestion),
  });
}

/** Keeps a reviewed proposal as a draft. */
function keep(tx: MutationContext, proposal: HedgeProposal, note: string): Suggestion {
  const hash = hashOf(tx.version, proposal);
  const saved = tx.suggestions.insert({ proposal, version: tx.version, hash, note });
  const what =
    (proposal.origin ?? 'hedge') === 'hedge' ? `${proposal.status} hedge` : `legs (${proposal.origin})`;
  tx.describe({
    subject: nameOf(saved.suggestionId),
    detail: `${what} of ${proposal.basket}, ${proposal.legs.length} legs, hash ${saved.hash}`,
  });
  tx.announce({ type: 'suggestions.changed', suggestionId: saved.suggestionId });
  return saved;
}

export const hedgeHandlers = (
  chains: ChainDesk,
  chainNow = createChainNow(),
): HandlersFor<typeof hedgeCommands> => ({
  'hedge.suggest': (request, context) => suggestHedge(request, context, chains),

  'hedge.frontier': async ({ request, limits }, context) => {
    const made = await hedgeCase(request, context, chains);
    if (!made.ok) return made;
    let done = 0;
    const points = await Promise.all(
      [...limits]
        .sort((a, b) => a - b)
        .map(async (netDeltaLimit) => {
          const outcome = await context.compute.run(
            'solveHedge',
            { ...made.value.input, netDeltaLimit, objective: ['credit'], timeLimitSeconds: 2 },
            { signal: context.signal },
          );
          done += 1;
          context.progress({ label: 'Net delta against net premium', done, total: limits.length });
          if (!outcome.ok) return outcome;
          // A limit so tight that the time ends without a proof leaves a gap, not an empty frontier.
          if (!outcome.value.ok && outcome.value.error.code === 'no-convergence')
            return ok({ netDeltaLimit, netDeltaFraction: null, netPremium: null, status: 'unproven' });
          if (!outcome.value.ok) return outcome.value;
          const { status, netDeltaFraction, netPremium } = outcome.value.value;
          const none = status === 'infeasible';
          return ok({
            netDeltaLimit,
            netDeltaFraction: none ? null : netDeltaFraction,
            netPremium: none ? null : netPremium,
            status,
          });
        }),
    );
    const failed = points.find((point) => !point.ok);
    if (failed !== undefined && !failed.ok) return failed;
    return ok({ points: points.flatMap((point) => (point.ok ? [point.value] : [])) });
  },

  'hedge.structure': (request, context) => structureOf(request, context, chains),

  'hedge.shadows': async ({ request }, context) => {
    const made = await hedgeCase(request, context, chains);
    if (!made.ok) return made;
    context.progress({ label: 'Loosening each limit by a step', done: 0, total: null });
    const outcome = await context.compute.run('hedgeShadows', made.value.input, { signal: context.signal });
    return outcome.ok ? ok({ shadows: outcome.value.map((shadow) => ({ ...shadow })) }) : outcome;
  },

  'suggestion.save': ({ proposal, note }, tx) => {
    const reviewed = reviewedProposal(proposal);
    if (!reviewed.ok) return reviewed;
    return ok(keep(tx, reviewed.value, note));
  },

  'suggestion.draft': (request, tx) => {
    const drafted = draftProposal(tx.read, request, chainNow);
    return drafted.ok ? ok(keep(tx, drafted.value, request.note)) : drafted;
  },

  'suggestion.list': async (_, { read }) => {
    const found = read.suggestions.list();
    const whole = found.filter(isAsApproved);
    const changed = found.filter((one) => !whole.includes(one)).map(({ suggestionId }) => suggestionId);
    return ok({
      suggestions: whole.map(({ suggestionId, state, createdAt, hash, proposal }) => ({
        suggestionId,
        state,
        createdAt,
        hash,
        basket: proposal.basket,
        asOf: proposal.asOf,
        expiry: proposal.expiry,
        legs: proposal.legs.length,
        netPremium: proposal.netPremium,
        netDeltaFraction: proposal.netDeltaFraction,
      })),
      refused: [...changed, ...read.suggestions.damaged()]
        .toSorted((a, b) => b - a)
        .map((suggestionId) => ({ suggestionId, sentence: sentenceOf(changedSnapshot(suggestionId)) })),
    });
  },

  'suggestion.read': async ({ suggestionId }, { read }) => {
    const suggestion = read.suggestions.find(suggestionId);
    if (suggestion === null)
      return fail(
        read.suggestions.damaged().includes(suggestionId)
          ? changedSnapshot(suggestionId)
          : notFound(suggestionId),
      );
    return isAsApproved(suggestion) ? ok(suggestion) : fail(changedSnapshot(suggestionId));
  },

  'suggestion.decide': ({ suggestionId, legId, decision, reason }, tx) =>
    changeLeg(tx, suggestionId, legId, 'decided', (leg) => {
      const said = (reason ?? '').trim();
      if (decision === 'rejected' && said === '') {
        return fail(failure('reason-required', leg.contract, { action: 'rejected' }));
      }
      return ok({ ...leg, decision, decisionReason: said === '' ? null : said });
    }),

  'suggestion.editQuantity': ({ suggestionId, legId, quantity, price }, tx) =>
    changeLeg(tx, suggestionId, legId, 'edited', (leg) =>
      ok({ ...leg, quantity, price: price ?? leg.price }),
    ),

  'suggestion.approve': (input, tx) => approve(tx, input),

  'suggestion.reject': ({ suggestionId, reason }, tx) => {
    const suggestion = tx.read.suggestions.find(suggestionId);
    if (suggestion === null) return fail(notFound(suggestionId));
    if (reason.trim() === '')
      return fail(failure('reason-required', nameOf(suggestionId), { action: 'rejected' }));
    if (!isOpen(suggestion)) {
      return fail(
        failure('wrong-state', nameOf(suggestionId), {
          state: suggestion.state,
          action: 'rejected',
          next: 'Only a draft can be rejected.',
        }),
      );
    }
    tx.describe({ subject: nameOf(suggestionId), detail: `rejected: ${reason}` });
    tx.announce({ type: 'suggestions.changed', suggestionId });
    return ok(tx.suggestions.advance(suggestionId, 'rejected', { kind: 'rejected', detail: { reason } }));
  },

  'suggestion.ticket': async ({ suggestionId, format }, { read }) => {
    const made = ticketOf(read, suggestionId, format);
    if (!made.ok) return made;
    const { suggestion: _, ...ticket } = made.value;
    return ok(ticket);
  },

  'suggestion.export': ({ suggestionId, format }, tx) => {
    const made = ticketOf(tx.read, suggestionId, format);
    if (!made.ok) return made;
    const { suggestion, ...ticket } = made.value;
    const isFirst = suggestion.state === 'approved';
    const { money, sentence } = ticket.drift;
    if (isFirst) {
      const detail = { format, drift: { money, sentence } };
      tx.suggestions.advance(suggestionId, 'exported', { kind: 'exported', detail });
    }
    tx.describe({
      subject: nameOf(suggestionId),
      detail: `exported as ${format}, hash ${suggestion.hash}. ${sentence}`,
    });
    tx.announce({ type: 'suggestions.changed', suggestionId });
    return ok({ ...ticket, state: isFirst ? ('exported' as const) : suggestion.state });
  },
});
