import {
  basketRuleNames,
  factsOf,
  judge,
  residualSquaresOf,
  rSquaredOf,
  type BasketFacts,
  type RuleBook,
} from './basket-rules.ts';
import { rankedMoves } from './basket-moves.ts';
import { setsSomeMovesAway } from './basket-pairs.ts';
import { boundedFit, boundsShortfall, type WeightBounds } from '../math/bounded-fit.ts';
import { GrowingFactor, leastSquaresOn, nonNegativeLeastSquares } from '../math/nnls.ts';

export type FitMethod = 'nnls' | 'ols';

/** One set of names with its fit and how it stands with the rules. */
export interface Selection {
  /** Columns with weight, ascending. */
  readonly columns: readonly number[];
  readonly weights: Float64Array;
  readonly facts: BasketFacts;
  readonly broken: number;
  readonly violation: number;
}

export interface Swap {
  readonly out: number | null;
  readonly in: number | null;
  readonly rSquared: number;
}

export interface SearchResult {
  readonly best: Selection | null;
  readonly swaps: readonly Swap[];
  /** Every combination of broken rules that was met on the way. */
  readonly brokenSeen: ReadonlySet<number>;
  readonly evaluated: number;
}

/** Where a search stands, told after every swap. */
export interface SearchStep {
  /** Of `starts`, from 1. */
  readonly start: number;
  readonly starts: number;
  readonly names: number;
  readonly rSquared: number;
}

interface Space {
  readonly book: RuleBook;
  readonly universe: readonly number[];
  readonly maxNames: number;
  readonly method: FitMethod;
}

/** Number of non-empty sets of at most `maxNames` out of `names`; stops counting above `limit`. */
export function countSets(names: number, maxNames: number, limit: number): number {
  let [total, choose] = [0, 1];
  for (let k = 1; k <= Math.min(names, maxNames); k++) {
    choose = (choose * (names - k + 1)) / k;
    total += choose;
    if (total > limit) return total;
  }
  return total;
}

/**
 * Every set of at most `maxNames` names: exact. With `nnls`, a set counts when its least-squares
 * weights are all above 0: those are exactly the supports that non-negative fits can have.
 */
export function enumerateSets(space: Space): SearchResult {
  const { book, universe, maxNames, method } = space;
  const factor = new GrowingFactor(book.sums, Math.min(maxNames, universe.length));
  const brokenSeen = new Set<number>();
  let best: Selection | null = null;
  let evaluated = 0;
  const consider = (found: Selection | null): void => {
    if (found === null) return;
    brokenSeen.add(found.broken);
    if (found.broken === 0 && (best === null || found.facts.rSquared > best.facts.rSquared)) best = found;
  };
  const visit = (from: number): void => {
    for (let i = from; i < universe.length; i++) {
      if (!factor.push(universe[i]!)) continue;
      evaluated++;
      if (book.bounds !== null) consider(refit(space, factor.columns));
      else {
        const weights = factor.weights();
        if (method === 'ols' || weights.every((weight) => weight > 0))
          consider(plainSelection(book, factor.columns, weights, factor.residualSquares));
      }
      if (factor.columns.length < maxNames) visit(i + 1);
      factor.pop();
    }
  };
  visit(0);
  return { best, swaps: [], brokenSeen, evaluated };
}

/**
 * Swaps names in and out and refits until no swap helps, on small universes not even two at once, from several starts that are the same on
 * every run: forward selection, the largest weights of the fit on all names (on large universes, the most explaining names), the most volatile names,
 * the names outside the index, and seeded draws. Less violation of the rules comes before more r².
 */
export function swapSearch(space: Space, seed: number, onStep?: (step: SearchStep) => void): SearchResult {
  const { book, universe, maxNames } = space;
  const brokenSeen = new Set<number>();
  let best: { readonly selection: Selection; readonly swaps: readonly Swap[] } | null = null;
  let evaluated = 0;
  const starts = startsOf(space, seed);
  for (const [at, start] of starts.entries()) {
    const swaps: Swap[] = [];
    let current = refit(space, start);
    if (current !== null) {
      brokenSeen.add(current.broken);
      current.columns.forEach((column, i) => {
        swaps.push({ out: null, in: column, rSquared: rSquaredOn(book, current!.columns.slice(0, i + 1)) });
      });
    }
    for (let round = 0; round < 200; round++) {
      let move = bestMove(space, current, brokenSeen);
      evaluated += move.evaluated;
      if (move.to === null && current !== null) {
        move = bestOfMoves(space, current, brokenSeen);
        evaluated += move.evaluated;
      }
      if (move.to === null) break;
      swaps.push(...stepsBetween(current?.columns ?? [], move.to));
      current = move.to;
      const { columns, facts } = current;
      onStep?.({ start: at + 1, starts: starts.length, names: columns.length, rSquared: facts.rSquared });
    }
    if (current !== null && (best === null || isBetter(current, best.selection)))
      best = { selection: current, swaps };
  }
  // Once more from the best, further away.
  while (best !== null && book.bounds === null) {
    const move = bestOfMoves(space, best.selection, brokenSeen, true);
    evaluated += move.evaluated;
    if (move.to === null) break;
    best = {
      selection: move.to,
      swaps: [...best.swaps, ...stepsBetween(best.selection.columns, move.to)],
    };
  }
  const found = best === null || best.selection.broken !== 0 || universe.length === 0 || maxNames === 0;
  return { best: found ? null : best!.selection, swaps: best?.swaps ?? [], brokenSeen, evaluated };
}

/** r² of some columns: under the bounds where there are any, else of plain least squares; 0 without a fit. */
function rSquaredOn(book: RuleBook, columns: readonly number[]): number {
  if (book.bounds !== null) {
    const fit = boundedFit({ sums: book.gram, columns, bounds: book.bounds, total: 1 });
    return fit === null ? 0 : rSquaredOf(book, fit.residualSquares);
  }
  const fit = leastSquaresOn(book.sums, columns);
  return fit === null ? 0 : rSquaredOf(book, residualSquaresOf(book, fit.residualSquares));
}

/** The names that leave and come between two sets, paired. */
export function stepsBetween(from: readonly number[], to: Selection): readonly Swap[] {
  const leaving = from.filter((column) => !to.columns.includes(column));
  const coming = to.columns.filter((column) => !from.includes(column));
  const steps = Math.max(leaving.length, coming.length);
  return Array.from({ length: steps }, (_, i) => ({
    out: leaving[i] ?? null,
    in: coming[i] ?? null,
    rSquared: to.facts.rSquared,
  }));
}

/** The fit of a set of columns with its standing; null for an empty support. */
export function refit(space: Pick<Space, 'book' | 'method'>, columns: readonly number[]): Selection | null {
  const { book, method } = space;
  if (book.bounds !== null) return boundedSelection(book, book.bounds, columns);
  if (method === 'ols') {
    const sorted = [...columns].sort((a, b) => a - b);
    const fit = leastSquaresOn(book.sums, sorted);
    return fit === null || sorted.length === 0
      ? null
      : plainSelection(book, sorted, fit.weights, fit.residualSquares);
  }
  // Where plain least squares has only weights above 0 it is the non-negative fit.
  const plain = leastSquaresOn(book.sums, columns);
  if (columns.length > 0 && plain !== null && plain.weights.every((weight) => weight > 0)) {
    return plainSelection(book, columns, plain.weights, plain.residualSquares);
  }
  const fit = nonNegativeLeastSquares(book.sums, columns);
  return fit.support.length === 0
    ? null
    : plainSelection(book, fit.support, fit.weights, fit.residualSquares);
}

/** The fit of a set under its bounds with weights that sum to 1; equal weights where none can. */
function boundedSelection(
  book: RuleBook,
  bounds: WeightBounds,
  columns: readonly number[],
): Selection | null {
  if (columns.length === 0) return null;
  const short = boundsShortfall(bounds, columns);
  if (short > 0) {
    const equal = new Float64Array(columns.length).fill(1 / columns.length);
    return selectionOf(book, columns, equal, book.gram.targetSquares, short);
  }
  const fit = boundedFit({ sums: book.gram, columns, bounds, total: 1 });
  return fit === null ? null : selectionOf(book, fit.support, fit.weights, fit.residualSquares);
}

/** Bounded fits cost more: of a round's moves only so many are tried, the most promising first. */
const boundedTries = 24;
const onlyRSquared = 1 << basketRuleNames.indexOf('minR2');

/**
 * The best of all sets one name in, one out, or one swapped away. From a set that meets the rules, moves
 * are tried in the order of the r² they could reach at most, and no further than that can win.
 */
function bestMove(
  space: Space,
  current: Selection | null,
  brokenSeen: Set<number>,
): { readonly to: Selection | null; readonly evaluated: number } {
  const { book, universe, maxNames, method } = space;
  const columns = current?.columns ?? [];
  const inside = new Set(columns);
  const outside = universe.filter((column) => !inside.has(column));
  let to: Selection | null = null;
  let evaluated = 0;
  const consider = (candidate: Selection | null): void => {
    if (candidate === null) return;
    brokenSeen.add(candidate.broken);
    const bar = to ?? current;
    if (bar === null || isBetter(candidate, bar)) to = candidate;
  };
  const removals: readonly (number | null)[] = [
    null,
    ...columns.filter((column) => !book.locked.has(column)),
  ];
  // Short only of the r² asked for, more r² is still what counts.
  const meets = current !== null && (current.broken & ~onlyRSquared) === 0;
  const moves = meets ? rankedMoves({ sums: book.sums, columns, outside, removals, maxNames }) : null;
  if (moves !== null) {
    for (const { out, coming, residualSquares } of moves) {
      const bar: Selection = to ?? current!;
      if (rSquaredOf(book, residualSquaresOf(book, residualSquares)) <= bar.facts.rSquared) break;
      if (book.bounds !== null && evaluated >= boundedTries) break;
      evaluated++;
      consider(refit(space, [...columns.filter((column) => column !== out), coming]));
    }
    return { to, evaluated };
  }
  for (const out of removals) {
    const kept = columns.filter((column) => column !== out);
    const factor = new GrowingFactor(book.sums, kept.length + 1);
    if (!kept.every((column) => factor.push(column))) continue;
    if (out !== null && kept.length > 0) consider(refit(space, kept));
    if (kept.length >= maxNames) continue;
    for (const column of outside) {
      if (!factor.push(column)) continue;
      evaluated++;
      const bar: Selection | null = to ?? current;
      const hopeless =
        bar !== null &&
        bar.broken === 0 &&
        rSquaredOf(book, residualSquaresOf(book, factor.residualSquares)) <= bar.facts.rSquared;
      if (!hopeless) {
        const weights = factor.weights();
        if (book.bounds === null && (method === 'ols' || weights.every((weight) => weight > 0))) {
          consider(plainSelection(book, factor.columns, weights, factor.residualSquares));
        } else consider(refit(space, factor.columns));
      }
      factor.pop();
    }
  }
  return { to, evaluated };
}

/** The best of the sets some moves away, where they are few. */
function bestOfMoves(
  space: Space,
  current: Selection,
  brokenSeen: Set<number>,
  once = false,
): { readonly to: Selection | null; readonly evaluated: number } {
  const { book, universe, maxNames } = space;
  const inside = new Set(current.columns);
  const outside = universe.filter((column) => !inside.has(column));
  const { columns } = current;
  const sets = setsSomeMovesAway({ columns, outside, locked: book.locked, maxNames, once }) ?? [];
  let to: Selection | null = null;
  for (const candidateColumns of sets) {
    const candidate = refit(space, candidateColumns);
    if (candidate === null) continue;
    brokenSeen.add(candidate.broken);
    if (isBetter(candidate, to ?? current)) to = candidate;
  }
  return { to, evaluated: sets.length };
}

/** Less violation first, then more r²; a hair's difference is none, so that the search ends. */
function isBetter(a: Selection, b: Selection): boolean {
  if (Math.abs(a.violation - b.violation) > 1e-12) return a.violation < b.violation;
  return a.facts.rSquared > b.facts.rSquared + 1e-12;
}

/** From a fit on `book.sums`, where weights may still have to be scaled to sum to 1. */
function plainSelection(
  book: RuleBook,
  columns: readonly number[],
  found: Float64Array,
  residual: number,
): Selection {
  const sum = book.invested ? found.reduce((a, b) => a + b, 0) : 1;
  const weights = book.invested ? found.map((weight) => weight / sum) : found;
  return selectionOf(book, columns, weights, residualSquaresOf(book, residual));
}

function selectionOf(
  book: RuleBook,
  columns: readonly number[],
  weights: Float64Array,
  residualSquares: number,
  short = 0,
): Selection {
  const facts = factsOf(book, columns, weights, residualSquares);
  const { broken, violation } = judge(book, columns, facts, short);
  const order = columns.map((_, i) => i).sort((a, b) => columns[a]! - columns[b]!);
  return {
    columns: order.map((i) => columns[i]!),
    weights: Float64Array.from(order, (i) => weights[i]!),
    facts,
    broken,
    violation,
  };
}

function startsOf(space: Space, seed: number): readonly (readonly number[])[] {
  const { book, universe, maxNames } = space;
  const locked = [...book.locked];
  const free = universe.filter((column) => !book.locked.has(column));
  const room = Math.max(0, Math.min(maxNames, universe.length) - locked.length);
  const take = (ordered: readonly number[]): readonly number[] => [...locked, ...ordered.slice(0, room)];
  const weightOf = universeWeights(space);
  const by = (key: (column: number) => number): readonly number[] =>
    free.toSorted((a, b) => key(b) - key(a) || a - b);
  const starts = [
    locked,
    take(by((column) => weightOf.get(column) ?? 0)),
    take(by((column) => book.vol[column] ?? 0)),
    take(by((column) => (book.inIndex[column]! ? 0 : 1) + (weightOf.get(column) ?? 0))),
  ];
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const draws = universe.length <= smallUniverse ? manyDraws : fewDraws;
  for (let i = 0; i < draws; i++) {
    const keys = new Map(free.map((column) => [column, draw()]));
    const order = by((column) => keys.get(column)!);
    // The first fill the basket; the others are of any size, as a rule may stand between sizes.
    starts.push(
      i < fewDraws ? take(order) : [...locked, ...order.slice(0, 1 + (draw() % Math.max(1, room)))],
    );
  }
  return starts;
}

/** Seeded starts; small universes cost little and have rules that cut them up. */
const fewDraws = 4;
const manyDraws = 12;
const smallUniverse = 24;

/** Universes up to this size are fitted whole; beyond, each name is weighed by what it explains alone. */
const fittedWhole = 150;

function universeWeights({ book, universe }: Space): ReadonlyMap<number, number> {
  const { size, gram, cross } = book.gram;
  if (universe.length > fittedWhole) {
    return new Map(universe.map((column) => [column, cross[column]! ** 2 / gram[column * size + column]!]));
  }
  const all = nonNegativeLeastSquares(book.sums, universe);
  return new Map(all.support.map((column, i) => [column, all.weights[i]!]));
}
