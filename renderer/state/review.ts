import type { StateCreator } from 'zustand/vanilla';
import type { HedgeLeg, Suggestion } from '../../shared/contract/hedge.ts';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Client } from '../client/client.ts';
import { idle, ready, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** What stands in the middle of the review. */
export type ReviewPane = 'leg' | 'replace' | 'drift' | 'fills' | 'log';
type Trail = OutputOf<'suggestion.trail'>;

export interface ReviewSlice {
  readonly suggestions: Remote<OutputOf<'suggestion.list'>>;
  readonly suggestion: Remote<Suggestion>;
  readonly reviewLegId: string | null;
  readonly reviewPane: ReviewPane;
  /** Whether the legs or all suggestions are listed. */
  readonly reviewList: 'legs' | 'all';
  /** What was done to the suggestion in front, and what undo and redo would do; null until it is known. */
  readonly reviewTrail: Trail | null;
  /** Whether the desk wants another person to approve than who saved. */
  readonly needsSecondPerson: boolean;
  loadSuggestions(): Promise<void>;
  loadSuggestion(suggestionId: number): Promise<void>;
  chooseReviewLeg(legId: string): void;
  /** The next or the previous leg. */
  stepReviewLeg(step: 1 | -1): void;
  decideLeg(decision: HedgeLeg['decision'], reason: string | null): Promise<void>;
  editLeg(quantity: number, price: number): Promise<void>;
  /** Puts another contract of the same name in the place of the leg in front. */
  replaceLeg(contract: string): Promise<void>;
  noteLeg(note: string): Promise<void>;
  undoReview(): Promise<void>;
  redoReview(): Promise<void>;
  openReviewPane(pane: ReviewPane): void;
  openReviewList(list: 'legs' | 'all'): void;
  loadReviewTrail(): Promise<void>;
  loadSecondPerson(): Promise<void>;
  setSecondPerson(isNeeded: boolean): Promise<void>;
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
    const legs = () => get().suggestion.value?.proposal.legs ?? [];
    const readTrail = async () => {
      const suggestionId = get().suggestion.value?.suggestionId;
      if (suggestionId === undefined) return;
      const trail = await client.request('suggestion.trail', { suggestionId });
      if (trail.ok && get().suggestion.value?.suggestionId === suggestionId)
        set({ reviewTrail: trail.value });
    };
    /** Shows what came back with the leg that comes to the front then, at once: the next key may be on its way. */
    const take = async (
      result: Result<Suggestion, Failure>,
      front?: (before: readonly HedgeLeg[], after: readonly HedgeLeg[]) => string | null,
    ): Promise<boolean> => {
      if (!result.ok) {
        get().tell('failed', sentenceOf(result.error));
        return false;
      }
      const next = front?.(legs(), result.value.proposal.legs) ?? null;
      set({ suggestion: ready(result.value), ...(next === null ? {} : { reviewLegId: next }) });
      await readTrail();
      return true;
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
    /** Asks, and brings the leg that became another to the front. */
    const step = (name: 'suggestion.undo' | 'suggestion.redo') =>
      inTurn(async () => {
        const suggestionId = get().suggestion.value?.suggestionId;
        const trail = get().reviewTrail;
        const isPossible = (name === 'suggestion.undo' ? trail?.undo : trail?.redo) != null;
        if (suggestionId === undefined || !isPossible) return;
        await take(await client.request(name, { suggestionId }), changedLeg);
      });
    return {
      suggestions: idle,
      suggestion: idle,
      reviewLegId: null,
      reviewPane: 'leg',
      reviewList: 'legs',
      reviewTrail: null,
      needsSecondPerson: false,
      loadSuggestions: () => list.load({}, 'Reading the suggestions'),
      async loadSuggestion(suggestionId) {
        if (get().suggestion.value?.suggestionId !== suggestionId)
          set({ suggestion: idle, reviewLegId: null, reviewTrail: null });
        await one.load({ suggestionId }, `Reading suggestion ${suggestionId}`);
        await readTrail();
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
          await take(await client.request('suggestion.decide', asked), (_, after) =>
            decision === 'undecided' ? leg.legId : (nextUndecided(after, leg.legId) ?? leg.legId),
          );
        }),
      editLeg: (quantity, price) =>
        inTurn(async () => {
          const at = front();
          if (at === null) return;
          const { suggestionId, leg } = at;
          const asked = { suggestionId, legId: leg.legId, quantity, price };
          set({ reviewLegId: leg.legId });
          await take(await client.request('suggestion.editQuantity', asked));
        }),
      replaceLeg: (contract) =>
        inTurn(async () => {
          const at = front();
          if (at === null) return;
          const { suggestionId, leg } = at;
          const asked = { suggestionId, legId: leg.legId, contract };
          const done = await take(await client.request('suggestion.replaceLeg', asked), changedLeg);
          if (done) set({ reviewPane: 'leg' });
        }),
      noteLeg: (note) =>
        inTurn(async () => {
          const at = front();
          if (at === null) return;
          const { suggestionId, leg } = at;
          set({ reviewLegId: leg.legId });
          await take(await client.request('suggestion.noteLeg', { suggestionId, legId: leg.legId, note }));
        }),
      undoReview: () => step('suggestion.undo'),
      redoReview: () => step('suggestion.redo'),
      openReviewPane: (reviewPane) => set({ reviewPane }),
      openReviewList: (reviewList) => set({ reviewList }),
      loadReviewTrail: readTrail,
      async loadSecondPerson() {
        const kept = await client.request('preference.read', { key: secondPersonKey });
        if (kept.ok) set({ needsSecondPerson: kept.value.value === 'true' });
      },
      async setSecondPerson(isNeeded) {
        const value = String(isNeeded);
        const saved = await client.request('preference.save', { key: secondPersonKey, value });
        if (saved.ok) set({ needsSecondPerson: isNeeded });
        else get().tell('failed', sentenceOf(saved.error));
      },
      async approveSuggestion({ overrideReason, acceptUndecided }) {
        const shown = get().suggestion.value;
        if (shown === null) return;
        const { suggestionId, hash } = shown;
        const done = await take(
          await client.request('suggestion.approve', { suggestionId, hash, overrideReason, acceptUndecided }),
        );
        if (!done) return;
        get().tell('done', `Suggestion ${suggestionId} is approved and frozen.`);
        await get().loadSuggestions();
      },
      async rejectSuggestion(reason) {
        const suggestionId = get().suggestion.value?.suggestionId;
        if (suggestionId === undefined) return;
        if (!(await take(await client.request('suggestion.reject', { suggestionId, reason })))) return;
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

/** Where the desk keeps that two persons are needed; the command line reads it too. */
const secondPersonKey = 'review.secondPerson';

/** The leg that became another by a change, by its place. */
const changedLeg = (before: readonly HedgeLeg[], after: readonly HedgeLeg[]): string | null =>
  after.find((leg, place) => JSON.stringify(leg) !== JSON.stringify(before[place]))?.legId ?? null;

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
