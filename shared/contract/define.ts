import { z } from 'zod';
import { isIsoDate } from '../dates.ts';

/** Reads; may be slow, may be cancelled, changes nothing. */
export interface Query<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'query';
  readonly input: Input;
  readonly output: Output;
}

/** Changes the desk in one transaction, with its audit row. Synchronous and short. */
export interface Mutation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'mutation';
  readonly input: Input;
  readonly output: Output;
}

export const query = <I extends z.ZodType, O extends z.ZodType>(schemas: {
  input: I;
  output: O;
}): Query<I, O> => ({
  kind: 'query',
  ...schemas,
});

export const mutation = <I extends z.ZodType, O extends z.ZodType>(schemas: {
  input: I;
  output: O;
}): Mutation<I, O> => ({ kind: 'mutation', ...schemas });

// Words that many commands share.
export const isoDate = z.string().refine(isIsoDate, 'must be a date such as 2026-03-27');
export const symbolName = z.string().min(1).max(64);
export const optionType = z.enum(['call', 'put']);
export const finite = z.number();
export const fraction = z.number();
/** A column of numbers; null where there is none. */
export const column = z.array(z.number().nullable());
export const textColumn = z.array(z.string().nullable());
export const nothing = z.object({});
