import { z } from 'zod';
import { sentenceOf } from '../../shared/failure.ts';
import type { Failure, FailureCode } from '../../shared/failure.ts';
import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** What a calc answers with, beside the line's id. */
export type CalcAnswer = Readonly<Record<string, unknown>>;
/** A failure of the core: the ones that know no subject get the calc's name. */
export type CalcFailure = Pick<Failure, 'code' | 'detail'> & { readonly subject?: string };
export type CalcResult = Result<CalcAnswer, CalcFailure>;

/** One calc: what it reads is parsed first, so `run` sees only what its schema lets through. */
export interface Calc {
  readonly run: (fields: Readonly<Record<string, unknown>>) => CalcResult | Promise<CalcResult>;
}

export const calc = <Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (input: z.output<z.ZodObject<Shape>>) => CalcResult | Promise<CalcResult>,
): Calc => {
  const schema = z.object(shape);
  const known = new Map(Object.keys(shape).map((name) => [lettersOf(name), name]));
  return {
    run(fields) {
      const misspelled = Object.keys(fields).find(
        (name) => !Object.hasOwn(shape, name) && known.has(lettersOf(name)),
      );
      if (misspelled !== undefined) {
        return invalid(`${misspelled} is not a field; write ${known.get(lettersOf(misspelled))}`);
      }
      const parsed = schema.safeParse(fields);
      return parsed.success ? run(parsed.data) : invalid(parsed.error.issues.map(describe).join('; '));
    },
  };
};

/** discount_factor and DiscountFactor are slips of discountFactor; a field of another name is let by. */
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

export const invalid = (reason: string): { readonly ok: false; readonly error: CalcFailure } =>
  fail({ code: 'invalid-input', detail: { reason } });

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const field = where === '' ? 'the line' : where.replace(/^\./, '');
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('undefined')
      ? `${field} is missing`
      : `${field} must be ${article(issue.expected)}`;
  }
  if (issue.code === 'too_small' && issue.origin === 'number') {
    return `${field} must be ${issue.inclusive === true ? 'at least' : 'above'} ${issue.minimum}`;
  }
  if (issue.code === 'too_big' && issue.origin === 'number')
    return `${field} must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `${field} must be ${issue.values.map(String).join(' or ')}`;
  return `${field}: ${issue.message}`;
}

const article = (type: string): string =>
  type === 'number' ? 'a finite number' : `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;

/** Code and sentence as they leave the process. */
export function reported(
  error: CalcFailure,
  calcName: string | null,
): { readonly code: FailureCode; readonly message: string } {
  const { code, detail, subject = calcName === null ? 'The line' : `The calc ${calcName}` } = error;
  return { code, message: sentenceOf({ code, subject, detail }) };
}

// Fields that many calcs share.
export const number = z.number();
export const aboveZero = z.number().positive();
export const zeroOrMore = z.number().nonnegative();
/** Prices and quantities where products of several are taken: far beyond any market, far below overflow. */
export const amount = z.number().nonnegative().max(1e15);
export const optionType = z.enum(['call', 'put']);
export const discountFactor = aboveZero.default(1);
