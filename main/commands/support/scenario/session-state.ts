import { canonicalJson } from '../../../../shared/canonical.ts';
import type { ScenarioEdit, ScenarioMarketEdit } from '../../../../shared/contract/scenario-edits.ts';
import type { ScenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';

/** A row of a session beside the frozen one it comes from; `frozen` null: added. */
export interface SessionRow {
  readonly position: ScenarioPosition;
  readonly frozen: ScenarioPosition | null;
  readonly change: 'same' | 'added' | 'changed' | 'removed';
}

/** Everything that edits say, without the order they were made in. */
export interface SessionState {
  /** The frozen book it stands on; null: the one it was made from. */
  readonly snapshotId: number | null;
  readonly added: ReadonlyMap<string, ScenarioPosition>;
  readonly removed: ReadonlySet<string>;
  readonly quantities: ReadonlyMap<string, number>;
  /** By `marketKey`. */
  readonly market: ReadonlyMap<string, ScenarioMarketEdit>;
  readonly asOf: IsoDate | null;
  readonly shock: ScenarioShock | null;
}

const marketKey = ({ symbol, input, expiry }: ScenarioMarketEdit): string =>
  `${symbol}|${input}|${expiry ?? ''}`;

const blank = () => ({
  snapshotId: null as number | null,
  added: new Map<string, ScenarioPosition>(),
  removed: new Set<string>(),
  quantities: new Map<string, number>(),
  market: new Map<string, ScenarioMarketEdit>(),
  asOf: null as IsoDate | null,
  shock: null as ScenarioShock | null,
});

/** What a log of edits comes to. Edits of rows that are not there change nothing. */
export function stateOf(edits: readonly ScenarioEdit[]): SessionState {
  let state = blank();
  for (const edit of edits) {
    switch (edit.kind) {
      case 'add':
        state.removed.delete(edit.position.positionId);
        state.quantities.delete(edit.position.positionId);
        state.added.set(edit.position.positionId, edit.position);
        break;
      case 'remove':
        state.quantities.delete(edit.positionId);
        if (!state.added.delete(edit.positionId)) state.removed.add(edit.positionId);
        break;
      case 'change':
        state.removed.delete(edit.positionId);
        state.quantities.set(edit.positionId, edit.quantity);
        break;
      case 'restore':
        state.removed.delete(edit.positionId);
        state.quantities.delete(edit.positionId);
        break;
      case 'market':
        state.market.delete(marketKey(edit));
        if (edit.value !== null) state.market.set(marketKey(edit), edit);
        break;
      case 'date':
        state.asOf = edit.asOf;
        break;
      case 'shock':
        state.shock = edit.shock;
        break;
      case 'refresh':
        state.snapshotId = edit.snapshotId;
        break;
      case 'reset':
        state = blank();
        break;
    }
  }
  return state;
}

/** The rows of a session: the frozen ones in their order, removed ones among them, then those added. */
export function sessionRows(frozen: readonly ScenarioPosition[], state: SessionState): SessionRow[] {
  const rows = frozen.map((position): SessionRow => {
    const quantity = state.quantities.get(position.positionId) ?? position.quantity;
    if (state.removed.has(position.positionId)) return { position, frozen: position, change: 'removed' };
    return quantity === position.quantity
      ? { position, frozen: position, change: 'same' }
      : { position: { ...position, quantity }, frozen: position, change: 'changed' };
  });
  const added = [...state.added.values()].map((position): SessionRow => {
    const quantity = state.quantities.get(position.positionId) ?? position.quantity;
    return { position: { ...position, quantity }, frozen: null, change: 'added' };
  });
  return [...rows, ...added];
}

/** Rows that count, as a book holds them. */
export const heldRows = (rows: readonly SessionRow[]): readonly ScenarioPosition[] =>
  rows.flatMap(({ position, change }) => (change === 'removed' ? [] : [position]));

const sorted = <T>(entries: Iterable<readonly [string, T]>): [string, T][] =>
  [...entries].map(([key, value]): [string, T] => [key, value]).sort(([a], [b]) => (a < b ? -1 : 1));

/** The shortest log that says the same: what a branch inherits, what is saved, and what a file carries. */
export function editsOf(state: SessionState): ScenarioEdit[] {
  const { snapshotId, added, removed, quantities, market, asOf, shock } = state;
  return [
    ...(snapshotId === null ? [] : [{ kind: 'refresh', snapshotId } as const]),
    ...[...added.values()].map(
      (position) =>
        ({
          kind: 'add',
          position: { ...position, quantity: quantities.get(position.positionId) ?? position.quantity },
        }) as const,
    ),
    ...[...removed].sort().map((positionId) => ({ kind: 'remove', positionId }) as const),
    ...sorted(quantities)
      .filter(([positionId]) => !added.has(positionId))
      .map(([positionId, quantity]) => ({ kind: 'change', positionId, quantity }) as const),
    ...sorted(market).map(([, edit]) => edit),
    ...(asOf === null ? [] : [{ kind: 'date', asOf } as const]),
    ...(shock === null ? [] : [{ kind: 'shock', shock } as const]),
  ];
}

/** One text for what a log of edits says; the same text is the same session. */
export const stateText = (edits: readonly ScenarioEdit[]): string => canonicalJson(editsOf(stateOf(edits)));
