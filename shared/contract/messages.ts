import type { Failure } from '../failure.ts';
import type { Result } from '../result.ts';

/** How far a slow request is. `total` null: not known. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
}

/** Facts announced to every window. */
export type DeskEvent =
  | { readonly type: 'data.changed'; readonly dataRevision: number }
  | { readonly type: 'suggestions.changed'; readonly suggestionId: number }
  | { readonly type: 'baskets.changed' }
  | { readonly type: 'reassessments.changed' }
  | { readonly type: 'contracts.changed' }
  | { readonly type: 'edits.changed' }
  /** The desk behind the windows is another now: everything is to be read anew. */
  | { readonly type: 'desk.replaced' }
  | { readonly type: 'scenarios.changed' };

/** From a window to the service. */
export type ClientMessage =
  | { readonly type: 'request'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number };

/** From the service to a window. */
export type ServiceMessage =
  | { readonly type: 'response'; readonly id: number; readonly result: Result<unknown, Failure> }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'event'; readonly event: DeskEvent };
