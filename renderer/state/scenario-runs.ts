import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { ScenarioShock } from '../../shared/contract/scenario-shock.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import { scenarioIdInFront } from './scenario.ts';
import { axisOf, scenarioChoices, type AxisChoice } from './scenario-choices.ts';
import type { WorkstationState } from './store.ts';

/** What the session in front comes to: values, grids, curves, comparisons, stresses, replays. */
export interface ScenarioRunsSlice {
  readonly scenarioValue: Remote<OutputOf<'scenario.value'>>;
  /** With the nodes it was made on: choices may have moved since. */
  readonly scenarioGrid: Remote<OutputOf<'scenario.grid'>>;
  readonly gridAxes: { readonly a: AxisChoice; readonly b: AxisChoice } | null;
  readonly scenarioCurve: Remote<OutputOf<'scenario.curve'>>;
  readonly curveAxis: AxisChoice | null;
  readonly scenarioExplained: Remote<OutputOf<'scenario.explain'>>;
  readonly scenarioCompared: Remote<OutputOf<'scenario.compare'>>;
  readonly scenarioStresses: Remote<OutputOf<'scenario.stresses'>>;
  readonly scenarioReplay: Remote<OutputOf<'scenario.replay'>>;
  loadScenarioValue(): Promise<void>;
  loadScenarioGrid(): Promise<void>;
  cancelScenarioGrid(): void;
  /** `days`: calendar days forward of each line. */
  loadScenarioCurve(days: readonly number[]): Promise<void>;
  cancelScenarioCurve(): void;
  loadScenarioExplained(): Promise<void>;
  loadScenarioCompared(scenarioIds: readonly number[]): Promise<void>;
  loadScenarioStresses(): Promise<void>;
  addScenarioStress(name: string, shock: ScenarioShock): Promise<void>;
  removeScenarioStress(stressId: string, name: string): Promise<void>;
  loadScenarioReplay(from: string, to: string): Promise<void>;
  cancelScenarioReplay(): void;
}

export const createScenarioRunsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ScenarioRunsSlice> =>
  (set, get) => {
    const value = createLoader({
      client,
      name: 'scenario.value',
      jobs: get,
      seat: { get: () => get().scenarioValue, set: (remote) => set({ scenarioValue: remote }) },
    });
    const grid = createLoader({
      client,
      name: 'scenario.grid',
      jobs: get,
      seat: { get: () => get().scenarioGrid, set: (remote) => set({ scenarioGrid: remote }) },
    });
    const curve = createLoader({
      client,
      name: 'scenario.curve',
      jobs: get,
      seat: { get: () => get().scenarioCurve, set: (remote) => set({ scenarioCurve: remote }) },
    });
    const explained = createLoader({
      client,
      name: 'scenario.explain',
      jobs: get,
      seat: { get: () => get().scenarioExplained, set: (remote) => set({ scenarioExplained: remote }) },
    });
    const compared = createLoader({
      client,
      name: 'scenario.compare',
      jobs: get,
      seat: { get: () => get().scenarioCompared, set: (remote) => set({ scenarioCompared: remote }) },
    });
    const stresses = createLoader({
      client,
      name: 'scenario.stresses',
      jobs: get,
      seat: { get: () => get().scenarioStresses, set: (remote) => set({ scenarioStresses: remote }) },
    });
    const replay = createLoader({
      client,
      name: 'scenario.replay',
      jobs: get,
      seat: { get: () => get().scenarioReplay, set: (remote) => set({ scenarioReplay: remote }) },
    });
    const session = () => {
      const scenarioId = scenarioIdInFront(get());
      return scenarioId === null ? null : ({ kind: 'session', scenarioId } as const);
    };
    /** What was shown belongs to another session. */
    let shownFor: number | null = null;
    const forget = (scenarioId: number) => {
      if (shownFor === scenarioId) return;
      shownFor = scenarioId;
      set({
        scenarioValue: idle,
        scenarioGrid: idle,
        scenarioCurve: idle,
        scenarioExplained: idle,
        scenarioReplay: idle,
        gridAxes: null,
        curveAxis: null,
      });
    };
    return {
      scenarioValue: idle,
      scenarioGrid: idle,
      gridAxes: null,
      scenarioCurve: idle,
      curveAxis: null,
      scenarioExplained: idle,
      scenarioCompared: idle,
      scenarioStresses: idle,
      scenarioReplay: idle,
      async loadScenarioValue() {
        const of = session();
        if (of === null) return;
        forget(of.scenarioId);
        await value.load({ of }, 'Valuing the scenario');
      },
      async loadScenarioGrid() {
        const of = session();
        if (of === null) return;
        forget(of.scenarioId);
        const { axisA: a, axisB: b } = scenarioChoices(get());
        const index = firstIndex(get());
        const [axisA, axisB] = [axisOf(a, index), axisOf(b, index)];
        if (axisA === null || axisB === null)
          return get().tell('failed', 'The desk holds no index to move names by: choose another axis.');
        // A grid of another shape is not to be read under the labels of this one.
        set({ scenarioGrid: idle, gridAxes: { a, b } });
        await grid.load({ of, axisA, axisB }, 'Computing the grid');
      },
      cancelScenarioGrid: () => grid.cancel(),
      async loadScenarioCurve(days) {
        const of = session();
        if (of === null) return;
        forget(of.scenarioId);
        const { axisCurve } = scenarioChoices(get());
        const axis = axisOf(axisCurve, firstIndex(get()));
        if (axis === null)
          return get().tell('failed', 'The desk holds no index to move names by: choose another shock.');
        set({ curveAxis: axisCurve });
        await curve.load({ of, axis, days: [...days] }, 'Computing the curves');
      },
      cancelScenarioCurve: () => curve.cancel(),
      async loadScenarioExplained() {
        const to = session();
        if (to === null) return;
        forget(to.scenarioId);
        await explained.load(
          { from: { kind: 'frozen', scenarioId: to.scenarioId }, fromShock: null, to },
          'Explaining the difference from the book',
        );
      },
      async loadScenarioCompared(scenarioIds) {
        if (scenarioIds.length < 2) return set({ scenarioCompared: idle });
        await compared.load({ scenarioIds: [...scenarioIds] }, 'Comparing scenarios');
      },
      async loadScenarioStresses() {
        const of = session();
        await stresses.load(of === null ? {} : { of }, 'Reading the stress library');
      },
      async addScenarioStress(name, shock) {
        const made = await client.request('scenario.addStress', { name, shock });
        if (!made.ok) return get().tell('failed', sentenceOf(made.error));
        get().tell('done', `${made.value.name} is in the stress library.`);
        await get().loadScenarioStresses();
      },
      async removeScenarioStress(stressId, name) {
        const gone = await client.request('scenario.removeStress', { stressId });
        if (!gone.ok) return get().tell('failed', sentenceOf(gone.error));
        get().tell('done', `${name} is out of the stress library.`, {
          label: 'Undo',
          run: () =>
            void client
              .request('scenario.restoreStress', { stressId })
              .then(() => get().loadScenarioStresses()),
        });
        await get().loadScenarioStresses();
      },
      async loadScenarioReplay(from, to) {
        const of = session();
        if (of === null) return;
        forget(of.scenarioId);
        await replay.load({ of, from, to }, 'Replaying stored days');
      },
      cancelScenarioReplay: () => replay.cancel(),
    };
  };

/** The first index that the session's book has, or the desk knows. */
export function firstIndex(state: Pick<WorkstationState, 'desk' | 'scenarioOpen'>): string | null {
  const indexes = (state.desk.value?.underliers ?? []).filter((one) => one.kind === 'index');
  const held = new Set(state.scenarioOpen.value?.rows.map((row) => row.symbol));
  return (indexes.find((one) => held.has(one.symbol)) ?? indexes[0])?.symbol ?? null;
}
