import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Progress } from '../../shared/contract/messages.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { JobInput, JobName, JobOutput } from './jobs.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

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

const mostWorkers = 4;

interface Job {
  readonly message: ToWorker;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly finish: (outcome: Result<unknown>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A few worker threads, started when first needed. An idle one does not keep the process alive; a busy one
 * does. Jobs wait in the order they came.
 */
export function createComputePool(options: {
  /** Where a worker starts: `worker.ts`, or its bundle. */
  readonly worker: URL;
  /** How many at once; the machine's cores, at most four, where nothing is said. */
  readonly size?: number;
}): ComputePool {
  const size = options.size ?? Math.min(mostWorkers, Math.max(1, availableParallelism()));
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const waiting: Job[] = [];
  let closed = false;

  const start = (): Worker => {
    const worker = new Worker(options.worker);
    worker.on('message', (message: FromWorker) => {
      const job = busy.get(worker);
      if (job === undefined) return;
      if (message.type === 'progress') {
        job.onProgress?.(message.progress);
        return;
      }
      busy.delete(worker);
      worker.unref();
      idle.push(worker);
      if (message.type === 'done') job.finish(ok(message.output));
      else job.reject(Object.assign(new Error(message.message), { stack: message.stack }));
      next();
    });
    // A worker that dies by itself (out of memory, say) breaks its job, not the service.
    const died = (error: Error): void => {
      const job = busy.get(worker);
      drop(worker);
      job?.reject(error);
      next();
    };
    worker.on('error', died);
    worker.on('exit', (code) => {
      died(new Error(`a compute worker ended by itself (${code})`));
    });
    return worker;
  };

  const drop = (worker: Worker): void => {
    busy.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    void worker.terminate();
  };

  const next = (): void => {
    while (waiting.length > 0 && busy.size < size) {
      const job = waiting.shift() as Job;
      const worker = idle.pop() ?? start();
      busy.set(worker, job);
      worker.ref();
      worker.postMessage(job.message);
    }
  };

  const cancel = (job: Job): void => {
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
    for (const [worker, running] of busy) if (running === job) drop(worker);
    next();
  };

  return {
    run: async <Name extends JobName>(name: Name, input: JobInput<Name>, options: RunOptions = {}) => {
      const { signal, onProgress } = options;
      const cancelled = fail(failure('cancelled', 'The request'));
      if (signal?.aborted === true || closed) return cancelled;
      return new Promise<Result<JobOutput<Name>>>((resolve, reject) => {
        const settle = (): void => signal?.removeEventListener('abort', abort);
        const job: Job = {
          message: { name, input },
          onProgress,
          finish: (outcome) => {
            settle();
            resolve(outcome as Result<JobOutput<Name>>);
          },
          reject: (error) => {
            settle();
            reject(error);
          },
        };
        const abort = (): void => {
          cancel(job);
          job.finish(cancelled);
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.push(job);
        next();
      });
    },
    close: async () => {
      closed = true;
      const workers = [...idle, ...busy.keys()];
      const stopped = [...waiting.splice(0), ...busy.values()];
      idle.length = 0;
      busy.clear();
      for (const job of stopped) job.finish(fail(failure('cancelled', 'The request')));
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
