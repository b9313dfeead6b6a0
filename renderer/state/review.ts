import type { StateCreator } from 'zustand/vanilla';
import type { HedgeLeg, Suggestion } from '../../shared/contract/hedge.ts';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Client } from '../client/client.ts';
import { idle, ready, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** A leg as it was before a change, so that the change can be taken back. */
type Before = Pick<HedgeLeg, 'legId' | 'decision' | 'decisionReason' | 'quantity' | 'price'>;

export interface ReviewSlice {
  readonly suggestions: Remote<OutputOf<'suggestion.list'>>;
  readonly suggestion: Remote<Suggestion>;
  readonly reviewLegId: string | null;
  /** What was changed in this window, the last on top; for undo. */
  readonly reviewTrail: readonly Before[];
  loadSuggestions(): Promise<void>;
  loadSuggestion(suggestionId: number): Promise<void>;
  chooseReviewLeg(legId: string): void;
  /** The next or the previous leg. */
  stepReviewLeg(step: 1 | -1): void;
  decideLeg(decision: HedgeLeg['decision'], reason: string | null): Promise<void>;
  editLeg(quantity: number, price: number): Promise<void>;
  undoReview(): Promise<void>;
  approveSuggestion(choice: {
    readonly overrideReason: string | null;
    readonly acceptUndecided: boolean;
  }): Promise<void>;
  rejectSuggestion(reason: string): Promise<void>;
  exportSuggestion(
    format: InputOf<'suggestion.export'>['format'],
  ): Promise<{ readonly mediaType: string; readonly text: string } | null>;
}

export const createReviewSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ReviewSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'suggestion.list',
      jobs: get,
      seat: { get: () => get().suggestions, set: (remote) => set({ suggestions: remote }) },
    });
    const one = createLoader({
      client,
      name: 'suggestion.read',
      jobs: get,
      seat: { get: () => get().suggestion, set: (remote) => set({ suggestion: remote }) },
    });
    const take = (result: Result<Suggestion, Failure>): boolean => {
      if (result.ok) set({ suggestion: ready(result.value) });
      else get().tell('failed', sentenceOf(result.error));
      return result.ok;
    };
    const remember = (leg: HedgeLeg) => {
      const { legId, decision, decisionReason, quantity, price } = leg;
      set((state) => ({
        reviewTrail: [...state.reviewTrail, { legId, decision, decisionReason, quantity, price }],
      }));
    };
    // One change after the other: a key pressed while one is under way means the leg that comes in front then.
    let last: Promise<void> = Promise.resolve();
    const inTurn = (change: () => Promise<void>): Promise<void> => {
      last = last.then(change);
      return last;
    };
    const front = () => {
      const suggestion = get().suggestion.value;
      const leg = legInFront(get());
      return suggestion === null || leg === null ? null : { suggestionId: suggestion.suggestionId, leg };
    };
    const undo = async () => {
      const suggestionId = get().suggestion.value?.suggestionId;
      const before = get().reviewTrail.at(-1);
      if (suggestionId === undefined || before === undefined) return;
      const { legId, decision, decisionReason, quantity, price } = before;
      const now = get().suggestion.value?.proposal.legs.find((leg) => leg.legId === legId);
      if (now === undefined) return;
      const done =
        now.quantity !== quantity || now.price !== price
          ? await client.request('suggestion.editQuantity', { suggestionId, legId, quantity, price })
          : await client.request('suggestion.decide', {
              suggestionId,
              legId,
              decision,
              reason: decisionReason,
            });
      if (!take(done)) return;
      set((state) => ({ reviewTrail: state.reviewTrail.slice(0, -1), reviewLegId: legId }));
    };
    return {
      suggestions: idle,
      suggestion: idle,
      reviewLegId: null,
      reviewTrail: [],
      loadSuggestions: () => list.load({}, 'Reading the suggestions'),
      async loadSuggestion(suggestionId) {
        if (get().suggestion.value?.suggestionId !== suggestionId)
          set({ suggestion: idle, reviewLegId: null, reviewTrail: [] });
        await one.load({ suggestionId }, `Reading suggestion ${suggestionId}`);
      },
      chooseReviewLeg: (legId) => set({ reviewLegId: legId }),
      stepReviewLeg(step) {
        const legs = get().suggestion.value?.proposal.legs ?? [];
        const at = legs.findIndex((leg) => leg.legId === legInFront(get())?.legId);
        const next = legs[Math.min(legs.length - 1, Math.max(0, at + step))];
        if (next !== undefined) set({ reviewLegId: next.legId });
      },
      decideLeg: (decision, reason) =>
        inTurn(async () => {
          const at = front();
          if (at === null) return;
          const { suggestionId, leg } = at;
          const asked = { suggestionId, legId: leg.legId, decision, reason };
          if (!take(await client.request('suggestion.decide', asked))) return;
          remember(leg);
          const undecided = nextUndecided(get().suggestion.value?.proposal.legs ?? [], leg.legId);
          if (decision !== 'undecided' && undecided !== null) set({ reviewLegId: undecided });
        }),
      editLeg: (quantity, price) =>
        inTurn(async () => {
          const at = front();
          if (at === null) return;
          const { suggestionId, leg } = at;
          const asked = { suggestionId, legId: leg.legId, quantity, price };
          if (take(await client.request('suggestion.editQuantity', asked))) remember(leg);
        }),
      undoReview: () => inTurn(undo),
      async approveSuggestion({ overrideReason, acceptUndecided }) {
        const shown = get().suggestion.value;
        if (shown === null) return;
        const { suggestionId, hash } = shown;
        const done = take(
          await client.request('suggestion.approve', { suggestionId, hash, overrideReason, acceptUndecided }),
        );
        if (!done) return;
        set({ reviewTrail: [] });
        get().tell('done', `Suggestion ${suggestionId} is approved and frozen.`);
        await get().loadSuggestions();
      },
      async rejectSuggestion(reason) {
        const suggestionId = get().suggestion.value?.suggestionId;
        if (suggestionId === undefined) return;
        if (!take(await client.request('suggestion.reject', { suggestionId, reason }))) return;
        set({ reviewTrail: [] });
        await get().loadSuggestions();
      },
      async exportSuggestion(format) {
        const shown = get().suggestion.value;
        if (shown === null) return null;
        const { suggestionId } = shown;
        const made = await client.request('suggestion.export', { suggestionId, format });
        if (!made.ok) {
          get().tell('failed', sentenceOf(made.error));
          return null;
        }
        await get().saveText(made.value.fileName, made.value.mediaType, made.value.text);
        get().tell('done', `${made.value.fileName} is exported.`);
        await Promise.all([get().loadSuggestion(suggestionId), get().loadSuggestions()]);
        return made.value;
      },
    };
  };

/** The leg under review: the one chosen, or the first undecided, or the first. */
export function legInFront(state: Pick<ReviewSlice, 'suggestion' | 'reviewLegId'>): HedgeLeg | null {
  const legs = state.suggestion.value?.proposal.legs ?? [];
  return (
    legs.find((leg) => leg.legId === state.reviewLegId) ??
    legs.find((leg) => leg.decision === 'undecided') ??
    legs[0] ??
    null
  );
}

/** The next leg nobody decided on, after the one given and then from the top. */
function nextUndecided(legs: readonly HedgeLeg[], legId: string): string | null {
  const at = legs.findIndex((leg) => leg.legId === legId);
  const ordered = [...legs.slice(at + 1), ...legs.slice(0, Math.max(0, at))];
  return ordered.find((leg) => leg.decision === 'undecided')?.legId ?? null;
}
