import type { StateCreator } from 'zustand/vanilla';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { ScenarioShock } from '../../shared/contract/scenario-shock.ts';
import type { ScenarioHead } from '../../shared/contract/scenario.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import { scenarioChoices, type ScenarioChoices } from './scenario-choices.ts';
import type { WorkstationState } from './store.ts';

/** An edit as it may be asked for: what is usual may be left out. */
export type ScenarioEditAsked = InputOf<'scenario.edit'>['edits'][number];

/** Sessions, the one in front, and everything that changes one. Each change is kept on the desk at once. */
export interface ScenarioSlice {
  readonly scenarios: Remote<OutputOf<'scenario.list'>>;
  readonly scenarioOpen: Remote<OutputOf<'scenario.open'>>;
  readonly scenarioMarket: Remote<OutputOf<'scenario.market'>>;
  /** The day that is being frozen, for a new session. */
  readonly scenarioFreeze: Remote<OutputOf<'scenario.freeze'>>;
  chooseScenarioView(change: Partial<ScenarioChoices>): void;
  loadScenarios(): Promise<void>;
  loadScenario(): Promise<void>;
  loadScenarioMarket(): Promise<void>;
  cancelFreeze(): void;
  /** Freezes the live book as it stands on the day in front and opens a session on it. */
  newScenario(name: string, note: string): Promise<void>;
  openScenario(scenarioId: number): void;
  branchScenario(name: string, note: string): Promise<void>;
  saveScenario(): Promise<void>;
  saveScenarioAs(name: string): Promise<void>;
  renameScenario(change: { readonly name?: string; readonly note?: string }): Promise<void>;
  revertScenario(): Promise<void>;
  refreshScenario(): Promise<void>;
  deleteScenario(): Promise<void>;
  restoreScenario(scenarioId: number): Promise<void>;
  combineScenario(otherId: number, sign: 'add' | 'subtract'): Promise<void>;
  editScenario(edits: readonly ScenarioEditAsked[], mergeKey?: string): Promise<void>;
  /** Shown at once; a run of changes of one field is one undo. */
  shockScenario(shock: ScenarioShock | null, mergeKey?: string): Promise<void>;
  undoScenario(): Promise<void>;
  redoScenario(): Promise<void>;
  exportScenario(): Promise<void>;
  importScenario(fileName: string, text: string): Promise<void>;
  promoteScenario(note: string): Promise<OutputOf<'scenario.promote'> | null>;
}

export const createScenarioSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ScenarioSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'scenario.list',
      jobs: get,
      seat: { get: () => get().scenarios, set: (remote) => set({ scenarios: remote }) },
    });
    const open = createLoader({
      client,
      name: 'scenario.open',
      jobs: get,
      seat: { get: () => get().scenarioOpen, set: (remote) => set({ scenarioOpen: remote }) },
    });
    const market = createLoader({
      client,
      name: 'scenario.market',
      jobs: get,
      seat: { get: () => get().scenarioMarket, set: (remote) => set({ scenarioMarket: remote }) },
    });
    const freeze = createLoader({
      client,
      name: 'scenario.freeze',
      jobs: get,
      seat: { get: () => get().scenarioFreeze, set: (remote) => set({ scenarioFreeze: remote }) },
    });
    const inFront = (): number | null => scenarioIdInFront(get());
    /** Changes reach the desk one after the other, in the order they were made. */
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
      const next = last.then(work, work);
      last = next;
      return next;
    };
    /** Reads what a change has left, or says why there was none. */
    const done = async (
      result: Result<ScenarioHead, Failure>,
      said: ((head: ScenarioHead) => string) | null,
      isOther = false,
    ): Promise<void> => {
      if (!result.ok) {
        get().tell('failed', sentenceOf(result.error));
        await get().loadScenario();
        return;
      }
      if (isOther) get().openScenario(result.value.scenarioId);
      await Promise.all([get().loadScenarios(), get().loadScenario()]);
      if (said !== null) get().tell('done', said(result.value));
    };
    const frozen = async (): Promise<OutputOf<'scenario.freeze'> | null> => {
      const { asOf } = get();
      set({ scenarioFreeze: idle });
      await freeze.load(asOf === null ? {} : { asOf }, 'Freezing the book and its market');
      const { scenarioFreeze } = get();
      if (scenarioFreeze.status === 'failed' && scenarioFreeze.error.code !== 'cancelled')
        get().tell('failed', sentenceOf(scenarioFreeze.error));
      return scenarioFreeze.value;
    };
    const chosen = (change: Partial<ScenarioChoices>) =>
      get().remember('scenario', { ...scenarioChoices(get()), ...change });
    return {
      scenarios: idle,
      scenarioOpen: idle,
      scenarioMarket: idle,
      scenarioFreeze: idle,
      chooseScenarioView: chosen,
      async loadScenarios() {
        await list.load({}, 'Reading the scenarios');
      },
      async loadScenario() {
        const scenarioId = inFront();
        if (scenarioId === null) return set({ scenarioOpen: idle });
        if (get().scenarioOpen.value?.head.scenarioId !== scenarioId)
          set({ scenarioOpen: idle, scenarioMarket: idle });
        await open.load({ scenarioId }, 'Opening the scenario');
      },
      async loadScenarioMarket() {
        const scenarioId = inFront();
        if (scenarioId !== null) await market.load({ scenarioId }, 'Reading the market of the scenario');
      },
      cancelFreeze: () => freeze.cancel(),
      async newScenario(name, note) {
        const held = await frozen();
        if (held === null) return;
        const made = await client.request('scenario.create', { freezeId: held.freezeId, name, note });
        await done(
          made,
          (head) => `${head.name} holds the book of now: nothing done in it touches the live one.`,
          true,
        );
      },
      openScenario(scenarioId) {
        if (scenarioId !== scenarioChoices(get()).scenarioId) chosen({ scenarioId, part: 'all' });
      },
      async branchScenario(name, note) {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        await last;
        const made = await client.request('scenario.branch', { scenarioId, name, note });
        await done(made, (head) => `${head.name} branches from ${head.parentName ?? 'the book'}.`, true);
      },
      async saveScenario() {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        await last;
        await done(await client.request('scenario.save', { scenarioId }), (head) => `${head.name} is saved.`);
      },
      async saveScenarioAs(name) {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        await last;
        const made = await client.request('scenario.saveAs', { scenarioId, name });
        await done(made, (head) => `Saved as ${head.name}.`, true);
      },
      async renameScenario(change) {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        await done(await client.request('scenario.rename', { scenarioId, ...change }), null);
      },
      async revertScenario() {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        await done(
          await client.request('scenario.revert', { scenarioId }),
          (head) => `${head.name} is as it was saved.`,
        );
      },
      async refreshScenario() {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        const held = await frozen();
        if (held === null) return;
        await done(
          await client.request('scenario.refresh', { scenarioId, freezeId: held.freezeId }),
          (head) => `${head.name} stands on the book of now.`,
        );
      },
      async deleteScenario() {
        const scenarioId = inFront();
        const name = get().scenarioOpen.value?.head.name ?? 'The scenario';
        if (scenarioId === null) return;
        const gone = await client.request('scenario.delete', { scenarioId });
        if (!gone.ok) return get().tell('failed', sentenceOf(gone.error));
        chosen({ scenarioId: null });
        set({ scenarioOpen: idle });
        await get().loadScenarios();
        await get().loadScenario();
        get().tell('done', `${name} is deleted.`, {
          label: 'Undo',
          run: () => void get().restoreScenario(scenarioId),
        });
      },
      async restoreScenario(scenarioId) {
        const back = await client.request('scenario.restore', { scenarioId });
        await done(back, (head) => `${head.name} is back.`, true);
      },
      async combineScenario(otherId, sign) {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        const made = await client.request('scenario.combine', { scenarioId, otherId, sign });
        await done(made, (head) => `${head.name}: ${sign === 'add' ? 'added' : 'subtracted'}.`);
      },
      async editScenario(edits, mergeKey) {
        const scenarioId = inFront();
        if (scenarioId === null || edits.length === 0) return;
        await inTurn(async () => {
          const made = await client.request('scenario.edit', {
            scenarioId,
            edits: [...edits],
            mergeKey: mergeKey ?? null,
          });
          await done(made, null);
        });
      },
      async shockScenario(shock, mergeKey) {
        const opened = get().scenarioOpen;
        if (opened.value === null) return;
        set({ scenarioOpen: { ...opened, value: { ...opened.value, shock } } });
        await get().editScenario([{ kind: 'shock', shock }], mergeKey);
      },
      async undoScenario() {
        const scenarioId = inFront();
        if (scenarioId === null || get().scenarioOpen.value?.head.canUndo === false) return;
        await inTurn(async () => done(await client.request('scenario.undo', { scenarioId }), null));
      },
      async redoScenario() {
        const scenarioId = inFront();
        if (scenarioId === null || get().scenarioOpen.value?.head.canRedo === false) return;
        await inTurn(async () => done(await client.request('scenario.redo', { scenarioId }), null));
      },
      async exportScenario() {
        const scenarioId = inFront();
        if (scenarioId === null) return;
        const made = await client.request('scenario.export', { scenarioId });
        if (!made.ok) return get().tell('failed', sentenceOf(made.error));
        await get().saveText(made.value.fileName, made.value.mediaType, made.value.text);
      },
      async importScenario(fileName, text) {
        await done(
          await client.request('scenario.import', { fileName, text }),
          (head) => `${head.name} is imported.`,
          true,
        );
      },
      async promoteScenario(note) {
        const scenarioId = inFront();
        if (scenarioId === null) return null;
        await last;
        const made = await client.request('scenario.promote', { scenarioId, note });
        if (!made.ok) {
          get().tell('failed', sentenceOf(made.error));
          return null;
        }
        get().focus({ suggestionId: made.value.suggestionId });
        return made.value;
      },
    };
  };

/** The session that is open: the one chosen, or the newest changed of those there are. */
export function scenarioIdInFront(state: Pick<WorkstationState, 'scenarios' | 'preferences'>): number | null {
  const { scenarioId } = scenarioChoices(state);
  const sessions = state.scenarios.value?.sessions;
  if (sessions === undefined) return scenarioId;
  if (sessions.some((one) => one.scenarioId === scenarioId)) return scenarioId;
  const [newest] = sessions.toSorted((a, b) => b.changedAt.localeCompare(a.changedAt));
  return newest?.scenarioId ?? null;
}

/** Changes whenever the numbers of the session in front may have. */
export const scenarioRevision = (state: Pick<WorkstationState, 'scenarioOpen'>): string => {
  const open = state.scenarioOpen.value;
  if (open === null) return '';
  const inForce = open.steps.filter((step) => step.inForce).length;
  return `${open.head.scenarioId}:${open.head.changedAt}:${open.steps.length}:${inForce}`;
};
