import type { z } from 'zod';
import type { Mutation, Query } from '../../shared/contract/define.ts';
import type { Progress } from '../../shared/contract/messages.ts';
import type { IsoInstant } from '../../shared/dates.ts';
import type { Result } from '../../shared/result.ts';
import type { ComputePool } from '../compute/pool.ts';
import type { StagedFeed } from '../feeds/staged-feed.ts';
import type { BackupShelf, Classification, DerivedDays, Readers, Transaction } from '../store/index.ts';

/** A file the host was given, by an id that says nothing about where it lies. */
export interface RegisteredFile {
  readonly fileId: string;
  readonly path: string;
  readonly fileName: string;
  readonly origin: 'user' | 'demo';
}

export interface Files {
  readonly find: (fileId: string) => RegisteredFile | null;
  readonly register: (file: Omit<RegisteredFile, 'fileId'>) => RegisteredFile;
  /** The files of the synthetic market that ships in `resources/demo`, in the order to import them. */
  readonly demo: () => readonly RegisteredFile[];
}

/** A file read and compared, waiting for a yes. */
export interface StagedFile {
  readonly stagingId: string;
  readonly feed: StagedFeed;
  readonly classification: Classification;
  readonly origin: 'user' | 'demo';
}

/** Held in memory; the oldest go when there are too many. */
export interface Staging {
  readonly put: (file: Omit<StagedFile, 'stagingId'>) => StagedFile;
  readonly find: (stagingId: string) => StagedFile | null;
  readonly discard: (stagingId: string) => void;
}

/** What a query gets: everything to read and compute with, nothing to write with but what it computed. */
export interface QueryContext {
  readonly read: Readers;
  readonly derived: DerivedDays;
  readonly compute: ComputePool;
  readonly files: Files;
  readonly staging: Staging;
  readonly shelf: BackupShelf;
  /** Puts a backup, by its path, in the desk's place and opens it. */
  readonly restore: (backup: string) => Promise<Result<{ readonly restored: string; readonly kept: string }>>;
  /** Aborted when the asker cancels; pass it on to `compute.run`. */
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  readonly now: () => IsoInstant;
  /** The program's version, as suggestions record it. */
  readonly version: string;
}

/** What a mutation gets: the transaction, and the files that wait. */
export interface MutationContext extends Transaction {
  readonly staging: Staging;
  readonly version: string;
}

export type QueryHandler<In, Out> = (input: In, context: QueryContext) => Promise<Result<Out>>;
/** Synchronous by type: one transaction, and its audit row commits with it. */
export type MutationHandler<In, Out> = (input: In, tx: MutationContext) => Result<Out>;

/** A missing or misspelled handler does not compile. */
export type HandlersFor<Commands> = {
  readonly [Name in keyof Commands]: Commands[Name] extends Query<infer In, infer Out>
    ? QueryHandler<z.output<In>, z.input<Out>>
    : Commands[Name] extends Mutation<infer In, infer Out>
      ? MutationHandler<z.output<In>, z.input<Out>>
      : never;
};
