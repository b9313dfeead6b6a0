import { ok } from '../../shared/result.ts';
import { calcTable } from './calc-table.ts';
import { invalid, reported } from './define-calc.ts';
import type { CalcResult } from './define-calc.ts';

/** The answer to one line, as the text of one JSON object. */
export interface CalcResponse {
  readonly text: string;
  readonly failed: boolean;
}

function respond(id: unknown, name: string | null, result: CalcResult): CalcResponse {
  const checked =
    result.ok && !allFinite(result.value) ? invalid('the result is beyond the range of numbers') : result;
  return checked.ok
    ? { text: JSON.stringify({ id, ...checked.value }), failed: false }
    : { text: JSON.stringify({ id, failure: reported(checked.error, name) }), failed: true };
}

function allFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(allFinite);
}

/**
 * Answers one line. A bad one is answered with a failure, and so is one that finds a bug in us: the run
 * goes on in either case.
 *
 * @param lineNumber 1-based, the incident number of a bug
 */
export function answerLine(line: string, lineNumber: number): CalcResponse | Promise<CalcResponse> {
  const parsed = parseLine(line);
  if (!parsed.ok) return respond(null, null, parsed);
  const { id = null, calc: name, ...rest } = parsed.value;
  if (typeof name !== 'string') return respond(id, null, invalid('calc must be the name of a calc'));
  const found = calcTable.get(name);
  if (found === undefined) {
    return respond(id, null, invalid(`there is no calc ${JSON.stringify(name.slice(0, 60))}`));
  }
  // An absent field and a null one are the same.
  const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  try {
    const result = found.run(fields);
    return result instanceof Promise
      ? result.then((settled) => respond(id, name, settled)).catch(() => bug(id, name, lineNumber))
      : respond(id, name, result);
  } catch {
    // A broken precondition is our bug; the next line must still be answered.
    return bug(id, name, lineNumber);
  }
}

const bug = (id: unknown, name: string, lineNumber: number): CalcResponse =>
  respond(id, name, {
    ok: false,
    error: { code: 'internal', detail: { incident: `calc-${name}-line-${lineNumber}` } },
  });

function parseLine(line: string): CalcResult {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return ok(value as Readonly<Record<string, unknown>>);
    }
    return invalid('it is not a JSON object');
  } catch {
    // JSON.parse has no other way to say that a text is not JSON.
    return invalid('it is not JSON');
  }
}
