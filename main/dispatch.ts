import type { z } from 'zod';
import { canonicalJson } from '../shared/canonical.ts';
import { commands, isCommandName, type CommandName } from '../shared/contract/index.ts';
import type { DeskEvent, Progress } from '../shared/contract/messages.ts';
import { failure, sentenceOf, type Failure } from '../shared/failure.ts';
import { assertThat, fail, type Result } from '../shared/result.ts';
import type { MutationContext, MutationHandler, QueryContext, QueryHandler } from './commands/handlers.ts';
import type { Log } from './log.ts';
import type { MutationEntry, Transaction } from './store/index.ts';

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The one way in: a name and an input from outside, a result that can travel as JSON. */
export type Dispatch = (name: string, input: unknown, options?: RequestOptions) => Promise<Result<unknown>>;

export interface DispatchParts {
  readonly handlers: Readonly<Record<CommandName, unknown>>;
  readonly contextOf: (
    request: Omit<RequestOptions, 'signal'> & { readonly signal: AbortSignal },
  ) => QueryContext;
  readonly mutationContextOf: (tx: Transaction) => MutationContext;
  readonly mutate: (
    entry: MutationEntry,
    work: (tx: Transaction) => Result<unknown>,
    sentence: (error: Failure) => string,
  ) => { readonly result: Result<unknown>; readonly events: readonly DeskEvent[] };
  readonly recordRefusal: (entry: MutationEntry) => void;
  readonly failureOfStore: (error: unknown) => Failure | null;
  readonly announce: (event: DeskEvent) => void;
  readonly now: () => string;
  readonly actor: string;
  readonly log: Log;
  /** On in development and tests: a handler that breaks its own contract is a bug found early. */
  readonly checkOutputs: boolean;
}

/** validate → handle → validate → audit. The only place that catches what nobody expected. */
export function createDispatch(parts: DispatchParts): Dispatch {
  const { handlers, now, actor, log } = parts;

  const runMutation = (name: CommandName, input: unknown): Result<unknown> => {
    const entry: MutationEntry = { at: now(), actor, command: name, input, ...wordsOf(input) };
    const handler = handlers[name] as MutationHandler<unknown, unknown>;
    try {
      const { result, events } = parts.mutate(
        entry,
        (tx) => checked(name, handler(input, parts.mutationContextOf(tx))),
        sentenceOf,
      );
      for (const event of events) parts.announce(event);
      return result;
    } catch (error) {
      const result = fail(failureOf(name, error));
      try {
        parts.recordRefusal({ ...entry, detail: sentenceOf(result.error) });
      } catch (second) {
        // On a full disk or a desk one may only read, the refusal cannot be written down either: the user knows why.
        if (parts.failureOfStore(second) === null) {
          log.incident(`${name}: its refusal could not be recorded`, second);
        }
      }
      return result;
    }
  };

  const checked = (name: CommandName, result: Result<unknown>): Result<unknown> => {
    if (!parts.checkOutputs || !result.ok) return result;
    const parsed = commands[name].output.safeParse(result.value);
    assertThat(parsed.success, `${name} must answer as its contract says: ${parsed.error?.message ?? ''}`);
    return result;
  };

  const failureOf = (name: string, error: unknown): Failure =>
    parts.failureOfStore(error) ??
    failure('internal', name, { incident: log.incident(`${name} threw`, error) });

  return async (name, input, options = {}) => {
    if (!isCommandName(name)) return fail(failure('unknown-command', name));
    const command = commands[name];
    const parsed = command.input.safeParse(input ?? {});
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const reason = issue === undefined ? 'a value that is not valid' : reasonOf(issue);
      return fail(failure('invalid-request', name, { reason }));
    }
    const signal = options.signal ?? new AbortController().signal;
    if (signal.aborted) return fail(failure('cancelled', name));
    if (command.kind === 'mutation') return runMutation(name, parsed.data);
    const handler = handlers[name] as QueryHandler<unknown, unknown>;
    try {
      const result = checked(name, await handler(parsed.data, parts.contextOf({ ...options, signal })));
      // A handler that says itself what was cancelled says it better.
      return signal.aborted && (result.ok || result.error.code !== 'cancelled')
        ? fail(failure('cancelled', name))
        : result;
    } catch (error) {
      return fail(failureOf(name, error));
    }
  };
}

/** What is wrong with a field, in a few words. */
function reasonOf(issue: z.core.$ZodIssue): string {
  const field = issue.path.length === 0 ? 'its input' : issue.path.join('.');
  if (issue.code === 'too_small' && issue.origin === 'number') {
    return `${field} below ${issue.minimum}`;
  }
  if (issue.code === 'too_big' && issue.origin === 'number') {
    return `${field} above ${issue.maximum}`;
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('undefined')) return `no ${field}`;
  return `${field}: ${issue.message}`;
}

const subjectKeys = ['name', 'suggestionId', 'contractId', 'batchId', 'stagingId', 'key'] as const;
const longestDetail = 500;

/** The audit row's own words where the handler gives none: what it was about, and the short values asked with. */
function wordsOf(input: unknown): Pick<MutationEntry, 'subject' | 'detail'> {
  const members = Object.entries(input as Record<string, unknown>);
  const subject = subjectKeys.map((key) => members.find(([name]) => name === key)?.[1]).find(isShort) ?? '';
  const said = Object.fromEntries(members.filter(([, value]) => isShort(value)));
  return { subject: String(subject), detail: canonicalJson(said).slice(0, longestDetail) };
}

const isShort = (value: unknown): value is string | number | boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.length <= 200);
