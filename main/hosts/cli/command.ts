import type { Failure } from '../../../shared/failure.ts';
import type { Result } from '../../../shared/result.ts';
import type { Ask } from '../ask.ts';
import type { KnownFile } from '../port.ts';

/** What an option takes; `flag` takes nothing, `list` takes `A,B,C`, `range` takes `A:B`. */
export type OptionKind = 'flag' | 'text' | 'number' | 'integer' | 'date' | 'list' | 'range';
export type OptionKinds = Readonly<Record<string, OptionKind>>;

interface KindValues {
  readonly flag: boolean;
  readonly text: string;
  readonly number: number;
  readonly integer: number;
  readonly date: string;
  readonly list: readonly string[];
  readonly range: readonly [number, number];
}
export type ValuesOf<Options extends OptionKinds> = {
  readonly [Name in keyof Options]?: KindValues[Options[Name]];
};

/** The desk as a command sees it. */
export interface CliDesk {
  readonly file: string;
  readonly asOf: string | undefined;
  readonly ask: Ask;
  /** Makes a file of this machine known to the service. */
  readonly register: (path: string) => Promise<KnownFile>;
}

/** A done command: one JSON value for programs, a text for people. */
export interface CliOutput {
  readonly json: unknown;
  readonly text: string;
  /** What ended it before all was done: said after what was done. */
  readonly refusal?: Failure;
}

export interface CliArguments<Options extends OptionKinds> {
  readonly positionals: readonly string[];
  readonly values: ValuesOf<Options>;
}

export interface CliCommand {
  /** `['basket', 'build']`. */
  readonly words: readonly string[];
  /** What follows the words. */
  readonly usage: string;
  readonly summary: string;
  readonly options: OptionKinds;
  readonly positionals: { readonly least: number; readonly most: number };
  /** A command that only reads makes no desk where there is none. */
  readonly writes: boolean;
  readonly run: (args: CliArguments<OptionKinds>, desk: CliDesk) => Promise<Result<CliOutput, Failure>>;
}

/** A command with its options' types known inside `run`. */
export function cliCommand<const Options extends OptionKinds>(
  command: Omit<CliCommand, 'options' | 'run'> & {
    readonly options: Options;
    readonly run: (args: CliArguments<Options>, desk: CliDesk) => Promise<Result<CliOutput, Failure>>;
  },
): CliCommand {
  return command as unknown as CliCommand;
}
