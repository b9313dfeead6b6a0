import { parseArgs } from 'node:util';
import { isIsoDate } from '../../../shared/dates.ts';
import { failure, type Failure } from '../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { CliArguments, CliCommand, OptionKind, OptionKinds } from './command.ts';

/** Options of every command. */
export const commonOptions = { desk: 'text', 'as-of': 'date', json: 'flag' } as const satisfies OptionKinds;

export const wrongUsage = (
  subject: string,
  reason: string,
): { readonly ok: false; readonly error: Failure } => fail(failure('wrong-usage', subject, { reason }));

/** The command that the first words name, and what is left of the line. */
export function findCommand(
  argv: readonly string[],
  commands: readonly CliCommand[],
): Result<{ readonly command: CliCommand; readonly rest: readonly string[] }> {
  const [longest] = commands
    .filter(({ words }) => words.every((word, at) => argv[at] === word))
    .sort((a, b) => b.words.length - a.words.length);
  if (longest !== undefined) return ok({ command: longest, rest: argv.slice(longest.words.length) });
  const [first = ''] = argv;
  const siblings = commands.filter(({ words }) => words[0] === first && words.length > 1);
  if (siblings.length === 0) return wrongUsage('voldesk', `"${first}" is not a command`);
  const choices = siblings.map(({ words }) => words[1]).join(', ');
  return wrongUsage(`voldesk ${first}`, `it needs one of ${choices} after it`);
}

/** Splits and checks what follows a command's words. */
export function parseArguments(
  command: CliCommand,
  rest: readonly string[],
): Result<CliArguments<OptionKinds>> {
  const name = `voldesk ${command.words.join(' ')}`;
  const kinds: OptionKinds = { ...commonOptions, ...command.options };
  const options = Object.fromEntries(
    Object.entries(kinds).map(([option, kind]) => [
      option,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: withNegatives(rest, kinds), options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node tells an unknown option or a missing value by throwing: what a user typed is expected.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.(?=\s|$)/);
    return wrongUsage(name, sentence);
  }
  const { least, most } = command.positionals;
  const { positionals } = parsed;
  if (positionals.length < least) return wrongUsage(name, `it needs ${command.usage.trim()}`);
  if (positionals.length > most) return wrongUsage(name, `"${positionals[most] ?? ''}" is too much`);
  const values: Record<string, boolean | string | number | readonly unknown[]> = {};
  for (const [option, given] of Object.entries(parsed.values)) {
    if (typeof given === 'boolean') values[option] = given;
    if (typeof given !== 'string') continue;
    const value = valueOf(kinds[option] ?? 'text', given);
    if (value === null) {
      return wrongUsage(name, `--${option} takes ${expected[kinds[option] ?? 'text']}, not "${given}"`);
    }
    values[option] = value;
  }
  return ok({ positionals, values: values as CliArguments<OptionKinds>['values'] });
}

/** `--min-credit -500` is a number below 0, where Node would see an option without its value. */
function withNegatives(rest: readonly string[], kinds: OptionKinds): string[] {
  const joined: string[] = [];
  for (const word of rest) {
    const before = joined.at(-1) ?? '';
    const kind = before.startsWith('--') ? kinds[before.slice(2)] : undefined;
    if (kind !== undefined && kind !== 'flag' && /^-[\d.]/.test(word)) {
      joined[joined.length - 1] = `${before}=${word}`;
    } else joined.push(word);
  }
  return joined;
}

const expected: Readonly<Record<OptionKind, string>> = {
  flag: 'nothing',
  text: 'a word',
  number: 'a number',
  integer: 'a whole number',
  date: 'a date such as 2026-03-27',
  list: 'words with commas between them',
  range: 'two numbers such as 0.1:0.4',
};

function valueOf(kind: OptionKind, given: string): string | number | readonly unknown[] | null {
  switch (kind) {
    case 'flag':
    case 'text':
      return given === '' ? null : given;
    case 'number':
      return numberOf(given);
    case 'integer': {
      const value = numberOf(given);
      return value !== null && Number.isInteger(value) ? value : null;
    }
    case 'date':
      return isIsoDate(given) ? given : null;
    case 'list': {
      const words = given.split(',').map((word) => word.trim());
      return words.includes('') ? null : words;
    }
    case 'range': {
      const [from, to, ...more] = given.split(':').map(numberOf);
      return from === undefined || to === undefined || from === null || to === null || more.length > 0
        ? null
        : [from, to];
    }
  }
}

function numberOf(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
