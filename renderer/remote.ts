import type { Progress } from '../shared/contract/messages.ts';
import type { Failure } from '../shared/failure.ts';

/**
 * Something asked of the desk. While it is asked again, and where asking again failed, the value that
 * was there stays at hand, so that nothing jumps.
 */
export type Remote<T> =
  | { readonly status: 'idle'; readonly value: null }
  | { readonly status: 'loading'; readonly value: T | null; readonly progress: Progress | null }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly value: T | null; readonly error: Failure };

export const idle: Remote<never> = { status: 'idle', value: null };
export const ready = <T>(value: T): Remote<T> => ({ status: 'ready', value });
