import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** What can be taken back and done again, of everything a person changed on this desk. */
export interface EditsSlice {
  readonly edits: Remote<OutputOf<'edit.list'>>;
  loadEdits(): Promise<void>;
  /** The newest edit, or the one named. */
  undoEdit(editId?: number): Promise<void>;
  redoEdit(editId?: number): Promise<void>;
}

export const createEditsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], EditsSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'edit.list',
      jobs: get,
      seat: { get: () => get().edits, set: (remote) => set({ edits: remote }) },
    });
    const turn = async (name: 'edit.undo' | 'edit.redo', editId: number | undefined): Promise<void> => {
      const done = await client.request(name, editId === undefined ? {} : { editId });
      if (!done.ok) return get().tell('failed', sentenceOf(done.error));
      get().tell(
        'done',
        `${name === 'edit.undo' ? 'Undone' : 'Done again'}: ${done.value.title}.`,
        name === 'edit.undo'
          ? { label: 'Redo', run: () => void get().redoEdit() }
          : { label: 'Undo', run: () => void get().undoEdit() },
      );
      await list.load({}, 'What can be undone');
    };
    return {
      edits: idle,
      loadEdits: () => list.load({}, 'What can be undone'),
      undoEdit: (editId) => turn('edit.undo', editId),
      redoEdit: (editId) => turn('edit.redo', editId),
    };
  };
