export { restoreDesk } from './backup.ts';
export { openStore, type MutationEntry, type Store } from './store.ts';
export type * from './rows.ts';
export type * from './types.ts';
