import type { Progress } from '../../shared/contract/messages.ts';
import type { Result } from '../../shared/result.ts';
import type { JobInput, JobName, JobOutput } from './jobs.ts';

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface ComputePool {
  /**
   * Runs a job on a worker. Failures of the job are in its own output; `cancelled` when `signal` aborts
   * (the worker is ended and another takes its place). A thrown error in the job rejects: a bug.
   */
  readonly run: <Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    options?: RunOptions,
  ) => Promise<Result<JobOutput<Name>>>;
  readonly close: () => Promise<void>;
}
