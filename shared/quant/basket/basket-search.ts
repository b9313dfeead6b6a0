import {
  isBetter,
  plainSelection,
  refit,
  rSquaredOn,
  type Selection,
  type Space,
} from './basket-selection.ts';
import { bestMove, bestOfMoves } from './basket-steps.ts';
import { GrowingFactor, nonNegativeLeastSquares } from '../math/nnls.ts';

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
