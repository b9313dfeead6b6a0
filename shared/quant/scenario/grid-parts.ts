import type { GridRequest } from './operations.ts';
import type { ScenarioPosition } from './book.ts';
import { addColumns, groupColumns } from './grid.ts';
import type { GridColumns, GridGroup, GridResult } from './result.ts';

/** Rough work of a position at a node: European options are the unit. */
function workOf(position: ScenarioPosition, american: ReadonlySet<string>): number {
  switch (position.kind) {
    case 'option':
      return american.has(position.symbol) ? 12 : 1;
    case 'forward-start':
    case 'realized-vol':
      return 60;
    case 'stock':
    case 'future':
    case 'cash':
    case 'settled':
      return 3;
  }
}

/**
 * A grid cut into so many of about equal work, the options of one expiry kept together: they share
 * boundaries. Parts without positions are left out.
 *
 * Proof: test/unit/quant/scenario/grid.test.ts
 */
export function gridParts(request: GridRequest, parts: number): readonly GridRequest[] {
  const { book, positionIds } = request;
  const american = new Set(
    book.names.filter(({ exercise }) => exercise === 'american').map(({ symbol }) => symbol),
  );
  const wanted = positionIds === undefined ? null : new Set(positionIds);
  const groups = new Map<string, { readonly positions: ScenarioPosition[]; work: number }>();
  for (const position of book.positions) {
    if (wanted !== null && !wanted.has(position.positionId)) continue;
    const key = position.kind === 'option' ? `${position.symbol} ${position.expiryKey}` : position.positionId;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { positions: [], work: 0 }));
    group.positions.push(position);
    group.work += workOf(position, american);
  }
  const bins = Array.from({ length: parts }, () => ({ positions: [] as ScenarioPosition[], work: 0 }));
  for (const group of [...groups.values()].sort((a, b) => b.work - a.work)) {
    const least = bins.reduce((a, b) => (b.work < a.work ? b : a));
    least.positions.push(...group.positions);
    least.work += group.work;
  }
  const { shock, axisA, axisB } = request;
  return bins
    .filter(({ positions }, i) => positions.length > 0 || (i === 0 && groups.size === 0))
    .map(({ positions }) => ({ book: { ...book, positions }, shock, axisA, axisB }));
}

/** The whole from its parts, in any order. */
export function mergeGrids(parts: readonly GridResult[]): GridResult {
  const [first] = parts;
  if (first === undefined) throw new Error('a grid has at least one part');
  const count = first.aCount * first.bCount;
  const emptied = groupColumns([{ group: '', columns: first.total }], count)[0]!;
  const { group: _, ...total } = emptied;
  for (const part of parts.slice(1)) addColumns(total satisfies GridColumns, part.total);
  const merged = (of: (part: GridResult) => readonly GridGroup[]): readonly GridGroup[] =>
    groupColumns(
      parts.flatMap((part) => of(part).map((one) => ({ group: one.group, columns: one }))),
      count,
    );
  return {
    aCount: first.aCount,
    bCount: first.bCount,
    baseValue: parts.reduce((sum, { baseValue }) => sum + baseValue, 0),
    total,
    byName: merged(({ byName }) => byName),
    byRole: merged(({ byRole }) => byRole),
    byFamily: merged(({ byFamily }) => byFamily),
    notValued: parts.flatMap(({ notValued }) => notValued),
    notes: [...new Set(parts.flatMap(({ notes }) => notes))],
    valuations: parts.reduce((sum, { valuations }) => sum + valuations, 0),
  };
}
