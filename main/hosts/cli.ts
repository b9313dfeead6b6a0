import { basename, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import type { Progress } from '../../shared/contract/messages.ts';
import { failure, sentenceOf, type Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import { askOf } from './ask.ts';
import { findCommand, parseArguments } from './cli/arguments.ts';
import { basketDeskCliCommands } from './cli/basket-desk.ts';
import { basketCliCommands } from './cli/basket.ts';
import type { CliCommand, CliDesk, CliOutput } from './cli/command.ts';
import { contractCliCommands } from './cli/contracts.ts';
import { deskCliCommands } from './cli/desk.ts';
import { dispersionCliCommands } from './cli/dispersion.ts';
import { fillCliCommands } from './cli/fills.ts';
import { hedgeCliCommands } from './cli/hedge.ts';
import { importCliCommands } from './cli/imports.ts';
import { ledgerCliCommands } from './cli/ledger.ts';
import { marketCliCommands } from './cli/market.ts';
import { markCliCommands } from './cli/marks.ts';
import { reassessLogCliCommands } from './cli/reassess-log.ts';
import { pnlCliCommands } from './cli/pnl.ts';
import { reassessCliCommands } from './cli/reassess.ts';
import { scenarioCliCommands } from './cli/scenario.ts';
import type { OpenOrder, ServicePort } from './port.ts';

/** What the command line needs of its surroundings. */
export interface CliParts {
  readonly defaultDesk: string;
  readonly open: (order: OpenOrder) => Promise<Result<ServicePort>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether standard error is a terminal: progress goes nowhere else. */
  readonly showsProgress: boolean;
  /** Aborted by an interrupt. */
  readonly signal: AbortSignal;
  /** Commands that need more than the service: `serve`, `restore`. */
  readonly ownCommands: readonly OwnCommand[];
}

/** A command that opens the desk by itself, or none. */
export interface OwnCommand extends Omit<CliCommand, 'run' | 'writes'> {
  readonly run: (
    args: Parameters<CliCommand['run']>[0],
    deskFile: string,
  ) => Promise<Result<CliOutput | null>>;
}

export const done = 0;
export const refused = 1;
export const wrong = 2;

const serviceCommands: readonly CliCommand[] = [
  ...importCliCommands,
  ...marketCliCommands,
  ...markCliCommands,
  ...dispersionCliCommands,
  ...basketCliCommands,
  ...basketDeskCliCommands,
  ...hedgeCliCommands,
  ...fillCliCommands,
  ...reassessLogCliCommands,
  ...ledgerCliCommands,
  ...reassessCliCommands,
  ...contractCliCommands,
  ...scenarioCliCommands,
  ...pnlCliCommands,
  ...deskCliCommands,
];

/** Runs one command line; answers with its exit status. */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<number> {
  const own = parts.ownCommands.map((command): CliCommand => ({ ...command, writes: true, run: never }));
  const all = [...serviceCommands, ...own];
  if (argv.length === 0 || ['help', '--help', '-h'].includes(argv[0] ?? '')) {
    parts[argv.length === 0 ? 'err' : 'out'](helpText(all));
    return argv.length === 0 ? wrong : done;
  }
  const found = findCommand(argv, all);
  if (!found.ok) return say(found.error, parts);
  const { command, rest } = found.value;
  if (rest.includes('--help')) {
    parts.out(`voldesk ${command.words.join(' ')} ${command.usage}\n${command.summary}`);
    return done;
  }
  const parsed = parseArguments(command, rest);
  if (!parsed.ok) return say(parsed.error, parts);
  const { values } = parsed.value;
  const deskFile = typeof values['desk'] === 'string' ? resolve(values['desk']) : parts.defaultDesk;

  const ownCommand = parts.ownCommands.find(({ words }) => words.join(' ') === command.words.join(' '));
  const result =
    ownCommand === undefined
      ? await runOnDesk(command, parsed.value, deskFile, parts)
      : await ownCommand.run(parsed.value, deskFile);
  if (!result.ok) return say(asUsage(result.error, command), parts);
  const output = result.value;
  if (output !== null) parts.out(values['json'] === true ? JSON.stringify(output.json) : output.text);
  return output?.refusal === undefined ? done : say(asUsage(output.refusal, command), parts);
}

async function runOnDesk(
  command: CliCommand,
  args: Parameters<CliCommand['run']>[0],
  deskFile: string,
  parts: CliParts,
): Promise<Result<CliOutput>> {
  // A command that only reads leaves no file behind where there was none.
  const file = command.writes || existsSync(deskFile) ? deskFile : ':memory:';
  const opened = await parts.open({ deskFile: file, use: 'command' });
  if (!opened.ok) return opened;
  const port = opened.value;
  const { asOf, ...progress } = { asOf: args.values['as-of'], onProgress: progressLine(parts) };
  const desk: CliDesk = {
    file: deskFile,
    asOf: typeof asOf === 'string' ? asOf : undefined,
    ask: askOf(port, { signal: parts.signal, ...progress }),
    register: (path) => port.registerFile(resolve(path), basename(path)),
  };
  const result = await command.run(args, desk);
  if (parts.showsProgress) parts.err('\r\u001b[K');
  await port.close();
  return result;
}

const progressLine =
  ({ showsProgress, err }: CliParts) =>
  ({ label, done: sofar, total }: Progress): void => {
    if (!showsProgress) return;
    const share = total === null || total === 0 ? '' : ` ${Math.floor((100 * sofar) / total)}%`;
    err(`\r\u001b[K${label}${share}`);
  };

/** A value that the contract does not allow is one that was typed: wrong usage, in the words of the line. */
const asUsage = (error: Failure, { words }: CliCommand): Failure =>
  error.code === 'invalid-request'
    ? failure('wrong-usage', `voldesk ${words.join(' ')}`, {
        reason: `it cannot take ${error.detail['reason'] ?? 'that value'}`,
      })
    : error;

function say(error: Failure, parts: CliParts): number {
  parts.err(`${sentenceOf(error)}\n`);
  return error.code === 'wrong-usage' ? wrong : refused;
}

function helpText(commands: readonly CliCommand[]): string {
  const lines = commands.map(
    ({ words, usage, summary }) => `  voldesk ${words.join(' ')} ${usage}\n      ${summary}`,
  );
  return [
    'voldesk COMMAND [--desk FILE] [--as-of DATE] [--json]',
    '',
    ...lines,
    '  voldesk calc',
    '      the quant library over newline-delimited JSON',
  ].join('\n');
}

const never = (): never => {
  throw new Error('an own command runs itself');
};
