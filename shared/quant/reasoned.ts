import type { Failure, FailureCode } from '../failure.ts';

/** An expected failure of the core: its code and numbers. The caller adds the subject it knows. */
export interface Reasoned<Code extends FailureCode> {
  readonly code: Code;
  readonly detail: Failure['detail'];
}

export const reasoned = <Code extends FailureCode>(
  code: Code,
  detail: Failure['detail'] = {},
): Reasoned<Code> => ({ code, detail });
