import { sentenceOf } from '../../shared/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { StagedFeed } from '../../main/feeds/staged-feed.ts';
import { openStore, type Store, type Transaction } from '../../main/store/index.ts';
import { valueOf } from './service.ts';

export const testMoment = '2026-03-27T18:00:00Z';

export const openTestStore = (file = ':memory:', use: 'window' | 'command' = 'command'): Store =>
  valueOf(openStore({ file, use, now: () => testMoment }));

/** One mutation by a test's own hand. */
export const mutate = <T>(store: Store, work: (tx: Transaction) => Result<T>): Result<T> =>
  store.mutate(
    { at: testMoment, actor: 'tester', command: 'test', subject: '', detail: '', input: null },
    work,
    sentenceOf,
  ).result;

/** Commits a staged file; answers its batch. */
export const commit = (store: Store, feed: StagedFeed): number =>
  valueOf(
    mutate(store, (tx) =>
      ok(tx.imports.commit({ feed, classification: store.read.batches.classify(feed), origin: 'user' })),
    ),
  ).batchId;

export const undo = (store: Store, batchId: number): boolean =>
  valueOf(mutate(store, (tx) => ok(tx.imports.undo(batchId)))) !== null;

export const redo = (store: Store, batchId: number): boolean =>
  valueOf(mutate(store, (tx) => ok(tx.imports.redo(batchId)))) !== null;
