import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../../shared/canonical.ts';
import type { HedgeLeg, HedgeProposal, Suggestion } from '../../../../shared/contract/hedge.ts';
import { failure, type Failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { MutationContext } from '../../handlers.ts';
import { reviewedProposal } from './hedge-review.ts';
import type { StepKind } from './review-trail.ts';

export const nameOf = (suggestionId: number): string => `Suggestion ${suggestionId}`;
export const notFound = (suggestionId: number): Failure =>
  failure('not-found', nameOf(suggestionId), { next: 'List the suggestions to see what there is.' });

/** SHA-256 of the canonical snapshot: every input, leg, decision and setting, and the version that made it. */
export const hashOf = (version: string, proposal: HedgeProposal): string =>
  createHash('sha256').update(canonicalJson({ version, proposal })).digest('hex');

export const isOpen = ({ state }: Suggestion): boolean => state === 'draft' || state === 'reviewed';

export const changedSnapshot = (suggestionId: number): Failure =>
  failure('snapshot-changed', nameOf(suggestionId));

/** Whether the snapshot is the one whose hash was approved; what is still open changes with every edit. */
export const isAsApproved = (suggestion: Suggestion): boolean =>
  isOpen(suggestion) || hashOf(suggestion.version, suggestion.proposal) === suggestion.hash;

/** A suggestion whose legs may still be changed. */
export function openSuggestion(tx: MutationContext, suggestionId: number): Result<Suggestion> {
  const suggestion = tx.read.suggestions.find(suggestionId);
  if (suggestion === null) return fail(notFound(suggestionId));
  if (isOpen(suggestion)) return ok(suggestion);
  return fail(
    failure('wrong-state', nameOf(suggestionId), {
      state: suggestion.state,
      action: 'changed',
      next: 'Suggest the hedge again to work on a new draft.',
    }),
  );
}

/** Puts a leg in the place of another, finds everything that rests on it again, and keeps the event. */
export function putLeg(
  tx: MutationContext,
  suggestion: Suggestion,
  change: { readonly from: HedgeLeg; readonly to: HedgeLeg },
  event: {
    readonly kind: StepKind | 'undone' | 'redone';
    readonly says: string;
    readonly detail: Readonly<Record<string, unknown>>;
  },
): Result<Suggestion> {
  const { suggestionId, proposal, version } = suggestion;
  const legs = proposal.legs.map((one) => (one.legId === change.from.legId ? change.to : one));
  const reviewed = reviewedProposal({ ...proposal, legs });
  if (!reviewed.ok) return reviewed;
  tx.describe({
    subject: `${nameOf(suggestionId)}, ${change.from.contract}`,
    detail: `${event.kind}: ${event.says}`,
  });
  tx.announce({ type: 'suggestions.changed', suggestionId });
  const content = { proposal: reviewed.value, hash: hashOf(version, reviewed.value) };
  return ok(tx.suggestions.revise(suggestionId, content, { kind: event.kind, detail: event.detail }));
}

/** Changes one leg of an open suggestion; the leg before and after stay in its event, for undo. */
export function changeLeg(
  tx: MutationContext,
  suggestionId: number,
  legId: string,
  kind: StepKind,
  change: (leg: HedgeLeg, suggestion: Suggestion) => Result<HedgeLeg>,
): Result<Suggestion> {
  const suggestion = openSuggestion(tx, suggestionId);
  if (!suggestion.ok) return suggestion;
  const before = suggestion.value.proposal.legs.find((one) => one.legId === legId);
  if (before === undefined) return fail(failure('not-found', `Leg ${legId}`));
  const changed = change(before, suggestion.value);
  if (!changed.ok) return changed;
  const after = changed.value;
  const { decision, decisionReason, quantity, price, contract } = after;
  // What is as it was is no step: undo would take back nothing.
  if (canonicalJson(before) === canonicalJson(after)) {
    tx.describe({ subject: `${nameOf(suggestionId)}, ${contract}`, detail: `${kind}: as it was` });
    return suggestion;
  }
  const into = contract === before.contract ? '' : ` by ${contract}`;
  return putLeg(
    tx,
    suggestion.value,
    { from: before, to: after },
    {
      kind,
      says: `${decision}${into}, ${quantity} at ${price}${decisionReason === null ? '' : ` (${decisionReason})`}`,
      detail: { legId, decision, decisionReason, quantity, price, before, after },
    },
  );
}
