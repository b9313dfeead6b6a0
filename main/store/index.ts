export type * from './rows.ts';
export type * from './types.ts';
