import type { IsoDate } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { blackGreeksColumns } from '../european/black-columns.ts';
import { reasoned } from '../reasoned.ts';
import type { ListedOptionPosition, NameMarket, ScenarioBook, ScenarioPosition } from './book.ts';
import type { GridRequest, ScenarioFailure } from './operations.ts';
import { expiryNodes } from './expiry-nodes.ts';
import type { ExpiryNodes } from './expiry-nodes.ts';
import {
  addEuropean,
  forwardSums,
  inSpotMoney,
  nodeColumns,
  optionRoom,
  writeAmerican,
} from './option-nodes.ts';
import type { ForwardSums, GreeksKernel, NodeColumns } from './option-nodes.ts';
import type { GridColumns, GridGroup, GridResult, NotValued } from './result.ts';
import { rolledPosition } from './roll.ts';
import type { RollContext } from './roll.ts';
import { axisShock, combineShocks, noShock } from './shock.ts';
import type { Shock, ShockAxis } from './shock.ts';
import { shockMarket } from './shock-market.ts';
import type { ShockedMarket } from './shock-market.ts';
import { roleOf } from './value-book.ts';
import { familyOf, marketView, valuePosition } from './value-position.ts';
import type { MarketView } from './value-position.ts';

/** What a caller may bring: a faster kernel for columns, an ear for progress. */
export interface GridTools {
  readonly greeks?: GreeksKernel;
  /** Positions done and to do. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The shock of every node, row by row, and no shock as the last: the value that profits are against. */
export function nodeShocks(request: Pick<GridRequest, 'shock' | 'axisA' | 'axisB'>): readonly Shock[] {
  const { shock, axisA, axisB } = request;
  const nodes = axisA.values.flatMap((a) =>
    axisB.values.map((b) => combineShocks(combineShocks(shock, axisShock(axisA, a)), axisShock(axisB, b))),
  );
  return [...nodes, noShock];
}

const movesSpot = (axis: ShockAxis): boolean => axis.kind === 'spot' || axis.kind === 'byBeta';

/**
 * Nodes with the spot running innermost: its neighbors share volatilities, and so boundaries. The unshocked
 * node, the last, follows the line where the other axis is 0: what it shares a solve with differs from it by
 * nothing where nothing is shocked.
 */
function nodeOrder(axisA: ShockAxis, axisB: ShockAxis): Int32Array {
  const [aCount, bCount] = [axisA.values.length, axisB.values.length];
  const base = aCount * bCount;
  const byColumn = movesSpot(axisA);
  const lines = (byColumn ? axisB : axisA).values;
  const zero = Math.max(0, lines.indexOf(0));
  const nodes = lines.flatMap((_, line) => {
    const length = byColumn ? aCount : bCount;
    const along = Array.from({ length }, (__, i) => (byColumn ? i * bCount + line : line * bCount + i));
    return line === zero ? [...along, base] : along;
  });
  return Int32Array.from(nodes);
}

/** Names whose market must move for these positions: their own, and all of an index whose correlation moves. */
function namesNeeded(
  book: ScenarioBook,
  positions: readonly ScenarioPosition[],
  shocks: readonly Shock[],
): readonly NameMarket[] {
  const needed = new Set(positions.map(({ symbol }) => symbol));
  const indexes = new Set(shocks.flatMap(({ correlation }) => correlation.map(({ index }) => index)));
  for (const membership of book.indexes) {
    if (!indexes.has(membership.index)) continue;
    needed.add(membership.index);
    for (const { symbol } of membership.members) needed.add(symbol);
  }
  return book.names.filter(({ symbol }) => needed.has(symbol));
}

interface Sums {
  readonly columns: GridColumns;
  readonly symbol: string;
  readonly family: string;
  baseValue: number;
}

const gridColumns = (count: number): GridColumns => ({
  profit: new Float64Array(count),
  deltaDollar: new Float64Array(count),
  gammaDollar1Pct: new Float64Array(count),
  vegaPerVolPoint: new Float64Array(count),
  thetaPerDay: new Float64Array(count),
});

const members = ['profit', 'deltaDollar', 'gammaDollar1Pct', 'vegaPerVolPoint', 'thetaPerDay'] as const;

/** Adds columns in place. */
export function addColumns(into: GridColumns, from: GridColumns): void {
  for (const member of members) {
    const [sum, more] = [into[member], from[member]];
    for (let at = 0; at < sum.length; at++) sum[at]! += more[at]!;
  }
}

/** Groups by their key, in order of appearance. */
export function groupColumns(
  parts: readonly { readonly group: string; readonly columns: GridColumns }[],
  count: number,
): readonly GridGroup[] {
  const groups = new Map<string, GridColumns>();
  for (const { group, columns } of parts) {
    let sum = groups.get(group);
    if (sum === undefined) groups.set(group, (sum = gridColumns(count)));
    addColumns(sum, columns);
  }
  return [...groups].map(([group, columns]) => ({ group, ...columns }));
}

/** Adds one position's nodes to its bucket. */
function addPosition(sums: Sums, from: NodeColumns): void {
  const { profit, deltaDollar, gammaDollar1Pct, vegaPerVolPoint, thetaPerDay } = sums.columns;
  const count = profit.length;
  const base = from.value[count]!;
  sums.baseValue += base;
  for (let at = 0; at < count; at++) {
    profit[at]! += from.value[at]! - base;
    deltaDollar[at]! += from.deltaDollar[at]!;
    gammaDollar1Pct[at]! += from.gammaDollar1Pct[at]!;
    vegaPerVolPoint[at]! += from.vegaPerVolPoint[at]!;
    thetaPerDay[at]! += from.thetaPerDay[at]!;
  }
}

interface Node {
  readonly shock: Shock;
  readonly market: ShockedMarket;
  readonly names: ReadonlyMap<string, NameMarket>;
  readonly view: MarketView;
}

/** Everything but listed options, node by node. */
function valueNodes(
  position: ScenarioPosition,
  book: ScenarioBook,
  before: ReadonlyMap<string, NameMarket>,
  nodes: readonly Node[],
  into: NodeColumns,
): Result<true, string> {
  for (const [at, { shock, market, names, view }] of nodes.entries()) {
    const context: RollContext = { from: book, asOf: market.asOf, shock, before, after: names };
    const measured = valuePosition(rolledPosition(position, context), view);
    if (!measured.ok) return measured;
    into.value[at] = measured.value.value;
    into.deltaDollar[at] = measured.value.deltaDollar;
    into.gammaDollar1Pct[at] = measured.value.gammaDollar1Pct;
    into.vegaPerVolPoint[at] = measured.value.vegaPerVolPoint;
    into.thetaPerDay[at] = measured.value.thetaPerDay;
  }
  return ok(true);
}

const invalid = (reason: string): Result<never, ScenarioFailure> =>
  fail(reasoned('invalid-input', { reason }));

/** The market at every node; a shock that is none at one of them refuses the grid. */
function nodesOf(book: ScenarioBook, shocks: readonly Shock[]): Result<readonly Node[], ScenarioFailure> {
  const nodes: Node[] = [];
  for (const shock of shocks) {
    const market = shockMarket({ book, shock });
    if (!market.ok) return market;
    const { asOf, names } = market.value;
    nodes.push({
      shock,
      market: market.value,
      names: new Map(names.map((name) => [name.symbol, name])),
      view: marketView({ ...book, asOf, names, positions: [] }),
    });
  }
  return ok(nodes);
}

/** An expiry whose options are being added up. */
interface OpenExpiry {
  readonly nodes: ExpiryNodes;
  /** Of European options; null before the first. */
  sums: ForwardSums | null;
  readonly bucket: Sums;
}

function closeExpiry({ nodes, sums, bucket }: OpenExpiry, into: NodeColumns): void {
  if (sums === null) return;
  inSpotMoney(sums, nodes, into);
  addPosition(bucket, into);
}

/**
 * Every node of two axes in full, with greeks, totals by name, by index and names, and by family.
 *
 * @returns profits against the unshocked book; a position that some node cannot value is left out of all and
 *   listed with its reason
 *
 * Failures: `invalid-input` where an axis is empty or the shock of some node is none.
 * Limits: the same numbers as `revalue` at each node to rounding; American options with cash dividends in
 * their life within 3e-5 of the spot, one finite-difference solve for a row of spots.
 * Source: math §12. Proof: test/unit/quant/scenario/grid.test.ts, test/property/quant/scenario.test.ts
 */
export function revalueGrid(
  request: GridRequest,
  tools: GridTools = {},
): Result<GridResult, ScenarioFailure> {
  const { axisA, axisB, positionIds } = request;
  const [aCount, bCount] = [axisA.values.length, axisB.values.length];
  const count = aCount * bCount;
  if (count === 0) return invalid('an axis has no values');
  const wanted = positionIds === undefined ? null : new Set(positionIds);
  const positions = request.book.positions.filter(({ positionId }) => wanted?.has(positionId) ?? true);
  const shocks = nodeShocks(request);
  const book = { ...request.book, names: namesNeeded(request.book, positions, shocks) };
  const found = nodesOf(book, shocks);
  if (!found.ok) return found;
  const nodes = found.value;
  const before = new Map(book.names.map((name) => [name.symbol, name]));
  const order = nodeOrder(axisA, axisB);
  const room = optionRoom(count + 1);
  const into = nodeColumns(count + 1);
  const greeks = tools.greeks ?? blackGreeksColumns;
  const notValued: NotValued[] = [];
  const sums = new Map<string, Sums>();
  let valuations = 0;
  const bucketOf = (position: ScenarioPosition): Sums => {
    const family = familyOf(position);
    const key = `${family} ${position.symbol}`;
    let bucket = sums.get(key);
    if (bucket === undefined) {
      bucket = { columns: gridColumns(count), symbol: position.symbol, family, baseValue: 0 };
      sums.set(key, bucket);
    }
    return bucket;
  };
  // By name, so that one name's expiries are laid out at a time.
  const byName = [...positions].sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
  let name: NameMarket | undefined;
  let after: readonly { readonly asOf: IsoDate; readonly name: NameMarket }[] = [];
  let expiries = new Map<string, OpenExpiry>();
  const openName = (symbol: string): void => {
    for (const open of expiries.values()) closeExpiry(open, into);
    expiries = new Map();
    name = before.get(symbol);
    after = nodes.flatMap(({ market: { asOf }, names }) => {
      const moved = names.get(symbol);
      return moved === undefined ? [] : [{ asOf, name: moved }];
    });
  };
  const expiryOf = (market: NameMarket, position: ListedOptionPosition): OpenExpiry | null => {
    const known = expiries.get(position.expiryKey);
    if (known !== undefined) return known;
    const expiry = market.expiries.find(({ key }) => key === position.expiryKey);
    if (expiry === undefined) return null;
    const made = { nodes: expiryNodes(expiry, after), sums: null, bucket: bucketOf(position) };
    expiries.set(position.expiryKey, made);
    return made;
  };
  const valueOne = (position: ScenarioPosition): Result<true, string> => {
    const open = position.kind === 'option' && name !== undefined ? expiryOf(name, position) : null;
    if (position.kind === 'option' && open !== null && open.nodes.american.length === 0) {
      open.sums ??= forwardSums(count + 1);
      return addEuropean({ position, expiry: open.nodes, greeks, room, sums: open.sums });
    }
    const valued =
      position.kind === 'option' && open !== null
        ? writeAmerican({ position, expiry: open.nodes, order, greeks, room, into })
        : valueNodes(position, book, before, nodes, into);
    if (valued.ok) addPosition(bucketOf(position), into);
    return valued;
  };
  for (const [done, position] of byName.entries()) {
    if (done === 0 || position.symbol !== byName[done - 1]!.symbol) openName(position.symbol);
    const valued = valueOne(position);
    const { positionId, label, kind } = position;
    if (!valued.ok) notValued.push({ positionId, label, reason: valued.error });
    else if (kind !== 'stock' && kind !== 'cash') valuations += count;
    tools.onProgress?.(done + 1, byName.length);
  }
  openName('');
  const parts = [...sums.values()];
  const total = gridColumns(count);
  for (const { columns } of parts) addColumns(total, columns);
  const by = (groupOf: (part: Sums) => string): readonly GridGroup[] =>
    groupColumns(
      parts.map((part) => ({ group: groupOf(part), columns: part.columns })),
      count,
    );
  return ok({
    aCount,
    bCount,
    baseValue: parts.reduce((sum, { baseValue }) => sum + baseValue, 0),
    total,
    byName: by(({ symbol }) => symbol),
    byRole: by(({ symbol }) => roleOf(request.book, symbol)),
    byFamily: by(({ family }) => family),
    notValued,
    notes: [...new Set(nodes.flatMap(({ market }) => market.notes))],
    valuations,
  });
}
