import type { Failure } from './failure.ts';

/** The outcome of something that can fail in an expected way. A thrown error is a bug, never an outcome. */
export type Result<T, E = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** The outcome of many things, some of which failed. */
export interface Batch<T, E = Failure> {
  readonly values: readonly T[];
  readonly failures: readonly E[];
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** Throws when a precondition is broken: the caller's bug, never the user's. */
export function assertThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`precondition broken: ${message}`);
}
