import type { fillCommands, FillReport } from '../../shared/contract/fills.ts';
import type { Suggestion } from '../../shared/contract/hedge.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import {
  fillReport,
  matchFills,
  type FillMatch,
  type FillRow,
  type RefusedFill,
  type SentLeg,
} from '../../shared/quant/hedge/fills.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Readers } from '../store/index.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import { compareProposals } from './support/hedge/hedge-compare.ts';
import { driftSince } from './support/hedge/hedge-drift.ts';

const nameOf = (suggestionId: number): string => `Suggestion ${suggestionId}`;
/** Refused rows that a sentence names. */
const shownReasons = 5;
const notFound = (suggestionId: number): Failure =>
  failure('not-found', nameOf(suggestionId), { next: 'List the suggestions to see what there is.' });

const sentLegs = ({ proposal }: Suggestion): readonly SentLeg[] =>
  proposal.legs
    .filter(({ decision, quantity }) => decision === 'accepted' && quantity > 0)
    .map(({ price, quote, ...leg }) => ({
      ...leg,
      limit: price,
      mid:
        quote.bid !== null && quote.ask !== null && quote.ask >= quote.bid
          ? (quote.bid + quote.ask) / 2
          : quote.mark,
    }));

/** Where a suggestion stands by its fills; one that is cancelled stays so. */
function reportOf(read: Readers, suggestion: Suggestion): FillReport {
  const { suggestionId } = suggestion;
  const { legs, ...totals } = fillReport(sentLegs(suggestion), read.suggestions.fills(suggestionId));
  return { ...totals, suggestionId, state: suggestion.state, legs: [...legs] };
}

interface Taken {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: readonly RefusedFill[];
}

const refuseAll = (fills: readonly FillRow[], reason: string): Taken => ({
  accepted: 0,
  duplicates: 0,
  refused: fills.map(({ line, contract }) => ({ line, contract, reason })),
});

/** The executions of one suggestion against what was sent and what is known already. */
function matchOf(
  read: Readers,
  suggestionId: number,
  fills: readonly FillRow[],
): FillMatch & { readonly suggestion: Suggestion | null; readonly legs: readonly SentLeg[] } {
  const suggestion = read.suggestions.find(suggestionId);
  const none = (reason: string) => ({ ...refuseAll(fills, reason), matched: [], suggestion, legs: [] });
  if (suggestion === null) return none(`suggestion ${suggestionId} is not on this desk`);
  const isOpen = suggestion.state === 'exported' || suggestion.state === 'part-filled';
  // A filled one may be told again what it knows; anything more is refused as more than is open.
  if (!isOpen && suggestion.state !== 'filled')
    return none(`suggestion ${suggestionId} is ${suggestion.state}: nothing was sent or is open`);
  const known = read.suggestions.fills(suggestionId);
  const filled = new Map<string, number>();
  for (const { legId, quantity } of known) filled.set(legId, (filled.get(legId) ?? 0) + quantity);
  const legs = sentLegs(suggestion);
  const knownKeys = new Set(known.map(({ key }) => key));
  return { suggestion, legs, ...matchFills({ legs, fills, filled, knownKeys }) };
}

/** Rows by the suggestion they are of; what names none, or another than the one asked for, is refused. */
function sortFills(
  fills: readonly (FillRow & { readonly suggestionId: number | null })[],
  suggestionId: number | null,
): { readonly bySuggestion: ReadonlyMap<number, FillRow[]>; readonly refused: RefusedFill[] } {
  const bySuggestion = new Map<number, FillRow[]>();
  const refused: RefusedFill[] = [];
  for (const { suggestionId: said, ...fill } of fills) {
    const { line, contract } = fill;
    const id = said ?? suggestionId;
    if (id === null) refused.push({ line, contract, reason: 'the row names no suggestion' });
    else if (suggestionId !== null && id !== suggestionId)
      refused.push({ line, contract, reason: `the row is of suggestion ${id}, not of ${suggestionId}` });
    else bySuggestion.set(id, [...(bySuggestion.get(id) ?? []), fill]);
  }
  return { bySuggestion, refused };
}

/** Counts the executions of one suggestion, with an event that keeps what was refused too. */
function takeFills(
  tx: MutationContext,
  suggestionId: number,
  fills: readonly FillRow[],
  fileName: string,
): Taken {
  const { suggestion, legs, matched, duplicates, refused } = matchOf(tx.read, suggestionId, fills);
  if (suggestion !== null && matched.length > 0) {
    tx.suggestions.addFills(suggestionId, fileName, matched);
    const { state } = fillReport(legs, tx.read.suggestions.fills(suggestionId));
    const event = { kind: 'fills', detail: { fileName, fills: matched, refused } };
    if (state !== 'exported' && state !== suggestion.state)
      tx.suggestions.advance(suggestionId, state, event);
    else tx.suggestions.note(suggestionId, event);
    tx.announce({ type: 'suggestions.changed', suggestionId });
  }
  return { accepted: matched.length, duplicates, refused };
}

export const fillHandlers: HandlersFor<typeof fillCommands> = {
  'fills.stage': async ({ fileId }, { files, compute, signal }) => {
    const file = files.find(fileId);
    if (file === null) return fail(failure('file-not-found', 'The file'));
    const { path, fileName } = file;
    const outcome = await compute.run('readFills', { path, fileName }, { signal });
    if (!outcome.ok) return outcome;
    if (!outcome.value.ok) return outcome.value;
    const { format, fills, rejections } = outcome.value.value;
    return ok({ fileName, format, fills: [...fills], rejections: [...rejections] });
  },

  'fills.preview': async ({ suggestionId, fills }, { read }) => {
    const { bySuggestion, refused } = sortFills(fills, suggestionId);
    const reasons = new Map(refused.map(({ line, reason }) => [line, reason]));
    const matches = new Map<number, number | null>();
    for (const [id, own] of bySuggestion) {
      const { legs, matched, refused: not } = matchOf(read, id, own);
      for (const { line, reason } of not) reasons.set(line, reason);
      for (const { line, legId, side, price } of matched) {
        const limit = legs.find((leg) => leg.legId === legId)?.limit ?? null;
        matches.set(line, limit === null ? null : (side === 'sell' ? 1 : -1) * (limit - price));
      }
    }
    return ok({
      rows: fills.map((fill) => {
        const reason = reasons.get(fill.line) ?? null;
        const isMatched = matches.has(fill.line);
        return {
          ...fill,
          state:
            reason !== null
              ? ('refused' as const)
              : isMatched
                ? ('matched' as const)
                : ('duplicate' as const),
          slippageToLimit: matches.get(fill.line) ?? null,
          reason: reason ?? (isMatched ? null : 'counted already'),
        };
      }),
    });
  },

  'fills.import': ({ fileName, suggestionId, fills, rejections }, tx) => {
    if (suggestionId !== null && tx.read.suggestions.find(suggestionId) === null)
      return fail(notFound(suggestionId));
    const { bySuggestion, refused } = sortFills(fills, suggestionId);
    let [accepted, duplicates] = [0, 0];
    for (const [id, own] of bySuggestion) {
      const taken = takeFills(tx, id, own, fileName);
      accepted += taken.accepted;
      duplicates += taken.duplicates;
      refused.push(...taken.refused);
    }
    refused.sort((a, b) => a.line - b.line);
    const named = refused
      .slice(0, shownReasons)
      .map(({ line, contract, reason }) => `line ${line}, ${contract}: ${reason}`);
    if (refused.length > shownReasons) named.push(`and ${refused.length - shownReasons} more`);
    const why = named.join('; ');
    if (accepted + duplicates === 0) return fail(failure('no-valid-rows', fileName, { reason: why }));
    const because = why === '' ? '' : ` (${why})`;
    tx.describe({
      subject: [...bySuggestion.keys()].map(nameOf).join(', '),
      detail: `${fileName}: ${accepted} fills, ${duplicates} known already, ${refused.length} refused${because}, ${rejections.length} unreadable`,
    });
    return ok({
      accepted,
      duplicates,
      refused,
      suggestions: [...bySuggestion.keys()].flatMap((id) => {
        const suggestion = tx.read.suggestions.find(id);
        return suggestion === null ? [] : [reportOf(tx.read, suggestion)];
      }),
    });
  },

  'fills.list': async ({ suggestionId }, { read }) => {
    const suggestion = read.suggestions.find(suggestionId);
    if (suggestion === null) return fail(notFound(suggestionId));
    const fills = read.suggestions.fills(suggestionId).map((fill) => {
      const { key: _, ...shown } = fill;
      return shown;
    });
    return ok({ report: reportOf(read, suggestion), fills });
  },

  'suggestion.cancel': ({ suggestionId, reason }, tx) => {
    const suggestion = tx.read.suggestions.find(suggestionId);
    if (suggestion === null) return fail(notFound(suggestionId));
    if (reason.trim() === '')
      return fail(failure('reason-required', nameOf(suggestionId), { action: 'cancelled' }));
    if (suggestion.state !== 'exported' && suggestion.state !== 'part-filled') {
      return fail(
        failure('wrong-state', nameOf(suggestionId), {
          state: suggestion.state,
          action: 'cancelled',
          next: 'Only what was exported and is open can be cancelled; a draft is rejected.',
        }),
      );
    }
    tx.describe({ subject: nameOf(suggestionId), detail: `cancelled: ${reason}` });
    tx.announce({ type: 'suggestions.changed', suggestionId });
    return ok(tx.suggestions.advance(suggestionId, 'cancelled', { kind: 'cancelled', detail: { reason } }));
  },

  'suggestion.drift': async ({ suggestionId, asOf }, { read }) => {
    const suggestion = read.suggestions.find(suggestionId);
    return suggestion === null ? fail(notFound(suggestionId)) : ok(driftSince(read, suggestion, asOf));
  },

  'suggestion.compare': async ({ a, b }, { read }) => {
    const [first, second] = [read.suggestions.find(a), read.suggestions.find(b)];
    if (first === null) return fail(notFound(a));
    if (second === null) return fail(notFound(b));
    const headOf = ({ suggestionId, state, note }: Suggestion) => ({ suggestionId, state, note });
    return ok({
      a: headOf(first),
      b: headOf(second),
      ...compareProposals(first.proposal, second.proposal),
    });
  },
};
