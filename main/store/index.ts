export { restoreDesk } from './backup.ts';
export type { BackupShelf } from './backup-shelf.ts';
export { openStore, type MutationEntry, type Store } from './store.ts';
export type * from './expiries.ts';
export type * from './reassessments.ts';
export type * from './rows.ts';
export type * from './scenario-rows.ts';
export type { CommandCall, StoredEdit } from './edits.ts';
export type * from './types.ts';
