import type { StateCreator } from 'zustand/vanilla';
import type { PreviewedFill } from '../../shared/contract/fills.ts';
import type { SuggestionDrift } from '../../shared/contract/hedge.ts';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, ready, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

type Staged = OutputOf<'fills.stage'>;

/** A file of executions that was read, with what would become of each row. */
export interface StagedFills {
  readonly fileName: string;
  /** Where rows do not say theirs. */
  readonly suggestionId: number | null;
  readonly fills: Staged['fills'];
  readonly rejections: Staged['rejections'];
  readonly rows: readonly PreviewedFill[];
}

/** After the approval: prices since then, what came back from the market, what is withdrawn. */
export interface FillsSlice {
  readonly drift: Remote<SuggestionDrift>;
  readonly fills: Remote<OutputOf<'fills.list'>>;
  readonly stagedFills: Remote<StagedFills>;
  loadDrift(suggestionId: number): Promise<void>;
  loadFills(suggestionId: number): Promise<void>;
  stageFills(suggestionId: number, file: File): Promise<void>;
  discardFills(): void;
  commitFills(): Promise<void>;
  cancelSuggestion(suggestionId: number, reason: string): Promise<void>;
}

export const createFillsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], FillsSlice> =>
  (set, get) => {
    const drift = createLoader({
      client,
      name: 'suggestion.drift',
      jobs: get,
      seat: { get: () => get().drift, set: (remote) => set({ drift: remote }) },
    });
    const fills = createLoader({
      client,
      name: 'fills.list',
      jobs: get,
      seat: { get: () => get().fills, set: (remote) => set({ fills: remote }) },
    });
    const failed = (error: Failure) => set({ stagedFills: { status: 'failed', value: null, error } });
    return {
      drift: idle,
      fills: idle,
      stagedFills: idle,
      async loadDrift(suggestionId) {
        if (get().drift.value?.suggestionId !== suggestionId) set({ drift: idle });
        const { asOf } = get();
        await drift.load(
          { suggestionId, ...(asOf === null ? {} : { asOf }) },
          `Prices since the review of suggestion ${suggestionId}`,
        );
      },
      async loadFills(suggestionId) {
        if (get().fills.value?.report.suggestionId !== suggestionId) set({ fills: idle });
        await fills.load({ suggestionId }, `Fills of suggestion ${suggestionId}`);
      },
      async stageFills(shown, file) {
        set({ stagedFills: { status: 'loading', value: null, progress: null } });
        const added = await client.addFile(file);
        if (!added.ok) return failed(added.error);
        const staged = await client.request('fills.stage', { fileId: added.value.fileId });
        if (!staged.ok) return failed(staged.error);
        const { fileName, fills: rows, rejections } = staged.value;
        // A file may hold fills of several suggestions; only rows that name none are of the one in front.
        const suggestionId = rows.every((row) => row.suggestionId !== null) ? null : shown;
        const preview = await client.request('fills.preview', { suggestionId, fills: rows });
        if (!preview.ok) return failed(preview.error);
        const value = { fileName, suggestionId, fills: rows, rejections, rows: preview.value.rows };
        set({ stagedFills: ready(value) });
      },
      discardFills: () => set({ stagedFills: idle }),
      async commitFills() {
        const staged = get().stagedFills.value;
        if (staged === null) return;
        const { fileName, suggestionId, fills: rows, rejections } = staged;
        const input: InputOf<'fills.import'> = { fileName, suggestionId, fills: rows, rejections };
        const taken = await client.request('fills.import', input);
        if (!taken.ok) return get().tell('failed', sentenceOf(taken.error));
        set({ stagedFills: idle });
        const { accepted, duplicates, refused } = taken.value;
        const rest = [
          duplicates === 0 ? '' : `, ${duplicates} were known`,
          refused.length === 0 ? '' : `, ${refused.length} were refused`,
        ].join('');
        get().tell('done', `${fileName}: ${accepted} fills are counted${rest}.`);
        const shown = get().suggestion.value?.suggestionId;
        await get().loadSuggestions();
        if (shown !== undefined) await Promise.all([get().loadSuggestion(shown), get().loadFills(shown)]);
      },
      async cancelSuggestion(suggestionId, reason) {
        const done = await client.request('suggestion.cancel', { suggestionId, reason });
        if (!done.ok) return get().tell('failed', sentenceOf(done.error));
        get().tell('done', `What was open of suggestion ${suggestionId} is cancelled; its fills stay.`);
        await Promise.all([get().loadSuggestion(suggestionId), get().loadSuggestions()]);
      },
    };
  };
