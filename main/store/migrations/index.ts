import { firstDesk } from './0010-first-desk.ts';
import { overrides } from './0020-overrides.ts';
import { fills } from './0030-fills.ts';
import { hedgeLog } from './0040-hedge-log.ts';
import { contractSteps } from './0050-contract-steps.ts';
import { scenarios } from './0060-scenarios.ts';
import { edits } from './0070-edits.ts';
import { contractObservations } from './0080-contract-observations.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** All steps, oldest first. */
export const migrations: readonly Migration[] = [
  firstDesk,
  overrides,
  fills,
  hedgeLog,
  contractSteps,
  scenarios,
  edits,
  contractObservations,
];
