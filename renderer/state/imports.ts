import type { StateCreator } from 'zustand/vanilla';
import type { ImportBatch, ImportFormat, ImportPreview } from '../../shared/contract/imports.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** What a file does not say by itself. */
export interface ImportHints {
  readonly format?: ImportFormat;
  readonly symbol?: string;
  readonly index?: string;
  readonly asOf?: string;
}

/** A file on its way: handed over, staged for a look, and then committed or discarded. */
export interface StagedFile {
  readonly id: number;
  readonly fileName: string;
  readonly fileId: string | null;
  readonly hints: ImportHints;
  readonly state: 'reading' | 'staged' | 'committing' | 'committed' | 'failed';
  readonly progress: { readonly label: string; readonly done: number; readonly total: number | null } | null;
  readonly preview: ImportPreview | null;
  readonly batch: ImportBatch | null;
  readonly error: Failure | null;
}

export interface ImportsSlice {
  readonly batches: Remote<{ batches: ImportBatch[] }>;
  readonly staged: readonly StagedFile[];
  readonly stagedInFront: number | null;
  loadBatches(): Promise<void>;
  addFiles(files: readonly File[]): Promise<void>;
  /** Reads a file again with what the user knows about it. */
  restage(id: number, hints: ImportHints): Promise<void>;
  cancelStaging(id: number): void;
  showStaged(id: number): void;
  commitStaged(id: number): Promise<void>;
  commitAllStaged(): Promise<void>;
  discardStaged(id: number): Promise<void>;
  undoBatch(batchId: number): Promise<void>;
  redoBatch(batchId: number): Promise<void>;
  openDemoMarket(): Promise<void>;
}

export const createImportsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ImportsSlice> =>
  (set, get) => {
    const batches = createLoader({
      client,
      name: 'imports.list',
      jobs: get,
      seat: { get: () => get().batches, set: (remote) => set({ batches: remote }) },
    });
    let nextId = 1;
    const aborts = new Map<number, AbortController>();

    const patch = (id: number, change: Partial<StagedFile>) =>
      set((state) => ({
        staged: state.staged.map((file) => (file.id === id ? { ...file, ...change } : file)),
      }));
    const find = (id: number) => get().staged.find((file) => file.id === id);

    function enlist(fileName: string, fileId: string | null): number {
      const id = nextId++;
      const entry: StagedFile = {
        id,
        fileName,
        fileId,
        hints: {},
        state: 'reading',
        progress: null,
        preview: null,
        batch: null,
        error: null,
      };
      set((state) => ({ staged: [...state.staged, entry], stagedInFront: state.stagedInFront ?? id }));
      return id;
    }

    async function stage(id: number, fileId: string, hints: ImportHints): Promise<void> {
      const controller = new AbortController();
      aborts.set(id, controller);
      patch(id, { fileId, hints, state: 'reading', error: null, preview: null });
      const job = get().startJob(`Reading ${find(id)?.fileName ?? 'file'}`, () => controller.abort());
      const result = await client.request(
        'imports.stage',
        { fileId, ...hints },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            get().progressJob(job, progress);
            patch(id, { progress });
          },
        },
      );
      get().endJob(job);
      aborts.delete(id);
      patch(
        id,
        result.ok
          ? { state: 'staged', preview: result.value, progress: null }
          : { state: 'failed', error: result.error, progress: null },
      );
    }

    async function commit(id: number): Promise<boolean> {
      const file = find(id);
      if (file?.preview == null || file.state !== 'staged') return false;
      patch(id, { state: 'committing' });
      const job = get().startJob(`Storing ${file.fileName}`, null);
      const result = await client.request('imports.commit', { stagingId: file.preview.stagingId });
      get().endJob(job);
      patch(
        id,
        result.ok ? { state: 'committed', batch: result.value } : { state: 'failed', error: result.error },
      );
      return result.ok;
    }

    async function change(name: 'imports.undo' | 'imports.redo', batchId: number): Promise<void> {
      const result = await client.request(name, { batchId });
      const back = name === 'imports.undo' ? 'redoBatch' : 'undoBatch';
      if (!result.ok) get().tell('failed', sentenceOf(result.error));
      else
        get().tell(
          'done',
          `${result.value.fileName} was ${name === 'imports.undo' ? 'taken back' : 'imported again'}.`,
          {
            label: name === 'imports.undo' ? 'Redo' : 'Undo',
            run: () => void get()[back](batchId),
          },
        );
      await Promise.all([get().loadBatches(), get().loadDesk()]);
    }

    return {
      batches: idle,
      staged: [],
      stagedInFront: null,
      loadBatches: () => batches.load({}, 'Reading the list of imports'),
      async addFiles(files) {
        const listed = files.map((file) => ({ file, id: enlist(file.name, null) }));
        if (listed[0] !== undefined) set({ stagedInFront: listed[0].id });
        for (const { file, id } of listed) {
          const added = await client.addFile(file);
          if (added.ok) await stage(id, added.value.fileId, {});
          else patch(id, { state: 'failed', error: added.error });
        }
      },
      async restage(id, hints) {
        const fileId = find(id)?.fileId;
        if (fileId != null) await stage(id, fileId, hints);
      },
      cancelStaging: (id) => aborts.get(id)?.abort(),
      showStaged: (id) => set({ stagedInFront: id }),
      async commitStaged(id) {
        const name = find(id)?.fileName ?? '';
        if (await commit(id)) {
          const batchId = find(id)?.batch?.batchId;
          get().tell(
            'done',
            `${name} is imported.`,
            batchId === undefined ? null : { label: 'Undo', run: () => void get().undoBatch(batchId) },
          );
        }
        await Promise.all([get().loadBatches(), get().loadDesk()]);
      },
      async commitAllStaged() {
        let done = 0;
        for (const file of get().staged) if (await commit(file.id)) done += 1;
        get().tell('done', done === 1 ? 'One file is imported.' : `${done} files are imported.`);
        await Promise.all([get().loadBatches(), get().loadDesk()]);
      },
      async discardStaged(id) {
        const file = find(id);
        aborts.get(id)?.abort();
        if (file?.preview != null && file.state === 'staged')
          await client.request('imports.discard', { stagingId: file.preview.stagingId });
        set((state) => {
          const staged = state.staged.filter((other) => other.id !== id);
          return {
            staged,
            stagedInFront: state.stagedInFront === id ? (staged[0]?.id ?? null) : state.stagedInFront,
          };
        });
      },
      undoBatch: (batchId) => change('imports.undo', batchId),
      redoBatch: (batchId) => change('imports.redo', batchId),
      async openDemoMarket() {
        const result = await client.request('demo.files', {});
        if (!result.ok) {
          get().tell('failed', sentenceOf(result.error));
          return;
        }
        const ids = result.value.fileIds.map((file) => ({ ...file, id: enlist(file.fileName, file.fileId) }));
        const job = get().startJob('Opening the demo market', null);
        for (const [index, file] of ids.entries()) {
          get().progressJob(job, { label: file.fileName, done: index, total: ids.length });
          await stage(file.id, file.fileId, {});
          await commit(file.id);
        }
        get().endJob(job);
        const failed = get().staged.find((file) => ids.some((other) => other.id === file.id) && file.error);
        if (failed?.error) get().tell('failed', sentenceOf(failed.error));
        else {
          const gone = new Set(ids.map((file) => file.id));
          set((state) => ({
            staged: state.staged.filter((file) => !gone.has(file.id)),
            stagedInFront: null,
          }));
          get().tell('done', 'The demo market is open.');
        }
        await Promise.all([get().loadBatches(), get().loadDesk()]);
      },
    };
  };
