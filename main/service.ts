import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeskEvent } from '../shared/contract/messages.ts';
import { failure, sentenceOf } from '../shared/failure.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { watchBackups } from './backup-watch.ts';
import type { Files, RegisteredFile, StagedFile, Staging } from './commands/handlers.ts';
import { createHandlers } from './commands/index.ts';
import { createComputePool } from './compute/pool.ts';
import { keepDailySnapshots, type DailySnapshots } from './daily-snapshots.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { entryUrl, isBundled } from './entries.ts';
import { keepPastDays, type KeptDays } from './kept-days.ts';
import { createLog, type LogEntry } from './log.ts';
import { createReassessWatch, type ReassessWatch } from './reassess-watch.ts';
import { openStore } from './store/index.ts';

/** A backup put in the desk's place, and the name under which what was there is kept. */
export interface Restored {
  readonly restored: string;
  readonly kept: string;
}

export interface ServiceOptions {
  /** A path, or `:memory:`. */
  readonly deskFile: string;
  /** A window holds its desk alone; a single command works beside it. */
  readonly use: 'window' | 'command';
  readonly onEvent?: (event: DeskEvent) => void;
  readonly writeLog?: (entry: LogEntry) => void;
  readonly now?: () => string;
  readonly randomId?: () => string;
  readonly actor?: string;
  readonly version?: string;
  readonly checkOutputs?: boolean;
  /** Puts a backup, by its path, in the desk's place; absent: this service cannot. */
  readonly restore?: (backup: string) => Promise<Result<Restored>>;
  /** Written into the audit log as the desk is opened. */
  readonly note?: { readonly command: string; readonly subject: string; readonly detail: string };
}

export interface Service {
  readonly request: Dispatch;
  /** Makes a file of this machine known to commands, by an id that tells nothing. */
  readonly registerFile: (
    path: string,
    fileName: string,
  ) => { readonly fileId: string; readonly fileName: string };
  readonly close: () => Promise<void>;
}

const mostStagedFiles = 200;
const watchMilliseconds = 1000;

/** Store, dispatcher and compute pool as one. The failures are those of opening a desk. */
export function createService(options: ServiceOptions): Result<Service> {
  const now = options.now ?? (() => `${new Date().toISOString().slice(0, 19)}Z`);
  const randomId = options.randomId ?? randomUUID;
  const log = createLog({ now, randomId, write: options.writeLog ?? writeToStandardError });
  const opened = openStore({ file: options.deskFile, use: options.use, now });
  if (!opened.ok) return opened;
  const store = opened.value;
  const compute = createComputePool({ worker: entryUrl('compute-worker') });
  const files = createFiles(randomId);
  const staging = createStaging(randomId);
  const version = options.version ?? '0.1.0';
  let looks: ReassessWatch | null = null;
  let daily: DailySnapshots | null = null;
  let past: KeptDays | null = null;
  const announce = (event: DeskEvent): void => {
    options.onEvent?.(event);
    looks?.onEvent(event);
    daily?.heard(event);
    past?.heard(event);
  };

  const actor = options.actor ?? userInfo().username;
  const restore =
    options.restore ??
    (async () => fail(failure('refused', 'The restore', { reason: 'no window holds this desk' })));
  const { note } = options;
  if (note !== undefined)
    store.mutate({ at: now(), actor, input: null, ...note }, () => ok(null), sentenceOf);

  const request = createDispatch({
    handlers: createHandlers(),
    contextOf: ({ signal, onProgress }) => ({
      read: store.read,
      derived: store.derived,
      compute,
      files,
      staging,
      shelf: store.shelf,
      restore,
      signal,
      progress: onProgress ?? (() => undefined),
      now,
      version,
    }),
    mutationContextOf: (tx) => ({ ...tx, staging, version }),
    mutate: store.mutate,
    recordRefusal: store.recordRefusal,
    failureOfStore: store.failureOf,
    announce,
    now,
    actor,
    log,
    checkOutputs: options.checkOutputs ?? !isBundled(),
  });

  if (options.use === 'window') {
    looks = createReassessWatch({ request });
    daily = keepDailySnapshots({ read: store.read, request });
    past = keepPastDays({ request });
  }

  // The command line may change a desk beside an open window: look once a second, tell the windows.
  const watch =
    options.use === 'window'
      ? setInterval(() => {
          if (!store.changedElsewhere()) return;
          announce({ type: 'data.changed', dataRevision: store.read.desk.dataRevision() });
          announce({ type: 'baskets.changed' });
          announce({ type: 'contracts.changed' });
          announce({ type: 'scenarios.changed' });
        }, watchMilliseconds).unref()
      : null;

  const backups = options.use === 'window' ? watchBackups({ shelf: store.shelf, now, log }) : null;

  return ok({
    request,
    registerFile: (path, fileName) => {
      const { fileId } = files.register({ path, fileName, origin: 'user' });
      return { fileId, fileName };
    },
    close: async () => {
      if (watch !== null) clearInterval(watch);
      daily?.stop();
      past?.stop();
      looks?.close();
      backups?.close();
      await compute.close();
      store.close();
    },
  });
}

function writeToStandardError(entry: LogEntry): void {
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

function createFiles(randomId: () => string): Files {
  const known = new Map<string, RegisteredFile>();
  const register: Files['register'] = (file) => {
    const registered = { ...file, fileId: randomId() };
    known.set(registered.fileId, registered);
    return registered;
  };
  return {
    register,
    find: (fileId) => known.get(fileId) ?? null,
    demo: () => demoPaths().map((path) => register({ path, fileName: basename(path), origin: 'demo' })),
  };
}

/** Prices and weights first: what comes later is read against them. */
const demoFirst = ['prices', 'index_weights', 'iv_history'];

function demoPaths(): string[] {
  // `main/` in a checkout, `dist/main/` once built.
  const folder = fileURLToPath(
    new URL(isBundled() ? '../../resources/demo' : '../resources/demo', import.meta.url),
  );
  const rank = (path: string): number => {
    const at = demoFirst.findIndex((start) => basename(path).startsWith(start));
    return at < 0 ? demoFirst.length : at;
  };
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.csv(\.gz)?$/.test(name))
    .map((name) => join(folder, name))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function createStaging(randomId: () => string): Staging {
  const held = new Map<string, StagedFile>();
  return {
    put: (file) => {
      const staged = { ...file, stagingId: randomId() };
      held.set(staged.stagingId, staged);
      const [oldest] = held.keys();
      if (held.size > mostStagedFiles && oldest !== undefined) held.delete(oldest);
      return staged;
    },
    find: (stagingId) => held.get(stagingId) ?? null,
    discard: (stagingId) => {
      held.delete(stagingId);
    },
  };
}
