import type { ScenarioEdit } from '../../../../shared/contract/scenario-edits.ts';
import type { ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { heldRows, type SessionRow } from './session-state.ts';

/** What a row is, wherever it is held: rows of one kind and label are the same contract. */
const sameThing = ({ kind, label }: ScenarioPosition): string => `${kind}|${label}`;

/**
 * The edits that add another session's book to this one, or take it off: quantities of what both hold are summed,
 * in the same book where it holds it; what comes to nothing is removed, what is only there is added.
 */
export function combiningEdits(
  rows: readonly SessionRow[],
  other: readonly SessionRow[],
  sign: 1 | -1,
  freeId: (label: string) => string,
): ScenarioEdit[] {
  const held = new Map<string, ScenarioPosition[]>();
  for (const position of heldRows(rows)) {
    const key = sameThing(position);
    held.set(key, [...(held.get(key) ?? []), position]);
  }
  const quantities = new Map<string, number>();
  const added: ScenarioEdit[] = [];
  for (const theirs of heldRows(other)) {
    const here = held.get(sameThing(theirs)) ?? [];
    const mine = here.find(({ book }) => book === theirs.book) ?? here[0];
    if (mine === undefined) {
      const position = { ...theirs, quantity: sign * theirs.quantity, positionId: freeId(theirs.label) };
      added.push({ kind: 'add', position });
      continue;
    }
    const now = quantities.get(mine.positionId) ?? mine.quantity;
    quantities.set(mine.positionId, now + sign * theirs.quantity);
  }
  const frozen = new Map(rows.map((row) => [row.position.positionId, row.frozen?.quantity ?? null]));
  const changed = [...quantities].map(([positionId, quantity]): ScenarioEdit => {
    if (quantity === 0) return { kind: 'remove', positionId };
    return quantity === frozen.get(positionId)
      ? { kind: 'restore', positionId }
      : { kind: 'change', positionId, quantity };
  });
  return [...changed, ...added];
}
