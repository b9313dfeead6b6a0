import { firstDesk } from './0010-first-desk.ts';
import { overrides } from './0020-overrides.ts';
import { fills } from './0030-fills.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** All steps, oldest first. */
export const migrations: readonly Migration[] = [firstDesk, overrides, fills];
