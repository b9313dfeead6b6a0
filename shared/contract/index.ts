import type { z } from 'zod';
import { backupCommands } from './backups.ts';
import { basketDeskCommands } from './basket-desk.ts';
import { basketCommands } from './basket.ts';
import { chainCommands } from './chain.ts';
import { contractCommands, positionCommands } from './contracts.ts';
import { exposureCommands } from './exposure.ts';
import { forwardStartCommands } from './forward-starts.ts';
import { volContractCommands } from './vol-contracts.ts';
import type { Mutation, Query } from './define.ts';
import { deskCommands } from './desk.ts';
import { dispersionDeskCommands } from './dispersion-desk.ts';
import { dispersionCommands } from './dispersion.ts';
import { editCommands } from './edits.ts';
import { expiryCommands } from './expiry-day.ts';
import { fillCommands } from './fills.ts';
import { hedgeCommands } from './hedge.ts';
import { importCommands } from './imports.ts';
import { ledgerCommands } from './ledger.ts';
import { overrideCommands } from './overrides.ts';
import { pnlCommands } from './pnl.ts';
import { scenarioRunCommands } from './scenario-run.ts';
import { scenarioCommands } from './scenario.ts';
import { surfaceCommands } from './surface.ts';
import { reassessCommands } from './reassess.ts';
import { reviewCommands } from './review.ts';

/** Every command of the application, once. Hosts, windows and the command line carry these names and know no others. */
export const commands = {
  ...deskCommands,
  ...importCommands,
  ...backupCommands,
  ...editCommands,
  ...chainCommands,
  ...surfaceCommands,
  ...overrideCommands,
  ...dispersionCommands,
  ...dispersionDeskCommands,
  ...basketCommands,
  ...basketDeskCommands,
  ...hedgeCommands,
  ...reviewCommands,
  ...reassessCommands,
  ...fillCommands,
  ...expiryCommands,
  ...ledgerCommands,
  ...contractCommands,
  ...forwardStartCommands,
  ...volContractCommands,
  ...exposureCommands,
  ...positionCommands,
  ...scenarioCommands,
  ...scenarioRunCommands,
  ...pnlCommands,
};

export type Commands = typeof commands;
export type CommandName = keyof Commands;
/** What a caller may leave out is left out. */
export type InputOf<Name extends CommandName> = z.input<Commands[Name]['input']>;
/** What the handler receives: defaults filled in. */
export type ParsedInputOf<Name extends CommandName> = z.output<Commands[Name]['input']>;
export type OutputOf<Name extends CommandName> = z.output<Commands[Name]['output']>;
export type QueryName = { [N in CommandName]: Commands[N] extends Query ? N : never }[CommandName];
export type MutationName = { [N in CommandName]: Commands[N] extends Mutation ? N : never }[CommandName];

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name);
