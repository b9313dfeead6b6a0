import { firstDesk } from './0010-first-desk.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** All steps, oldest first. */
export const migrations: readonly Migration[] = [firstDesk];
