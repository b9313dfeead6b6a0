import type { Progress } from '../../shared/contract/messages.ts';
import type { JobName } from './jobs.ts';

export interface ToWorker {
  readonly name: JobName;
  readonly input: unknown;
}

export type FromWorker =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly output: unknown }
  | { readonly type: 'broke'; readonly message: string; readonly stack: string };
