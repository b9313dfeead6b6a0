import type { IsoInstant } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { frozenText, type FrozenDesk, type FrozenText } from './frozen-desk.ts';

/** A book frozen and not yet stored. */
export interface Freeze extends FrozenText {
  /** Of its content: the same book frozen twice is one. */
  readonly freezeId: string;
  readonly desk: FrozenDesk;
  readonly takenAt: IsoInstant;
}

/** Held in memory until a mutation stores it; the oldest go when there are too many. */
export interface Freezes {
  readonly put: (desk: FrozenDesk, takenAt: IsoInstant) => Freeze;
  readonly find: (freezeId: string) => Result<Freeze>;
  /** The refusal of one that is gone, or was never valued. */
  readonly unvalued: () => Result<never>;
}

const keptFreezes = 6;

export function createFreezes(): Freezes {
  const held = new Map<string, Freeze>();
  const unvalued = (): Result<never> =>
    fail(failure('not-found', 'That frozen book', { next: 'Freeze the live book again.' }));
  return {
    unvalued,
    put: (desk, takenAt) => {
      const text = frozenText(desk);
      const freeze = { ...text, freezeId: text.hash, desk, takenAt };
      held.delete(freeze.freezeId);
      held.set(freeze.freezeId, freeze);
      const [oldest] = held.keys();
      if (held.size > keptFreezes && oldest !== undefined) held.delete(oldest);
      return freeze;
    },
    find: (freezeId) => {
      const freeze = held.get(freezeId);
      return freeze === undefined ? unvalued() : ok(freeze);
    },
  };
}
