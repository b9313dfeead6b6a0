import { basketRuleNames, residualSquaresOf, rSquaredOf, type RuleBook } from './basket-rules.ts';
import { rankedMoves } from './basket-moves.ts';
import { setsSomeMovesAway } from './basket-pairs.ts';
import { isBetter, plainSelection, refit, type Selection, type Space } from './basket-selection.ts';
import { GrowingFactor } from '../math/nnls.ts';

/** Bounded fits cost more: of a round's moves only so many are tried, the most promising first. */
const boundedTries = 24;
const onlyRSquared = 1 << basketRuleNames.indexOf('minR2');

/**
 * The best of all sets one name in, one out, or one swapped away. From a set that meets the rules, moves
 * are tried in the order of the r² they could reach at most, and no further than that can win.
 */
export function bestMove(
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
  const isLarge = universe.length > largeUniverse;
  for (const out of isLarge ? byBurden(book, removals) : removals) {
    const kept = columns.filter((column) => column !== out);
    const factor = new GrowingFactor(book.sums, kept.length + 1);
    if (!kept.every((column) => factor.push(column))) continue;
    if (out !== null && kept.length > 0) consider(refit(space, kept));
    if (kept.length >= maxNames) continue;
    const promising: { readonly column: number; readonly residual: number }[] = [];
    for (const column of outside) {
      if (!factor.push(column)) continue;
      evaluated++;
      const bar: Selection | null = to ?? current;
      const hopeless =
        bar !== null &&
        bar.broken === 0 &&
        rSquaredOf(book, residualSquaresOf(book, factor.residualSquares)) <= bar.facts.rSquared;
      if (!hopeless) {
        if (isLarge && book.bounds !== null) {
          const eases = out === null || burdenOf(book, column) < burdenOf(book, out);
          if (eases) promising.push({ column, residual: factor.residualSquares });
        } else {
          const weights = factor.weights();
          if (book.bounds === null && (method === 'ols' || weights.every((weight) => weight > 0))) {
            consider(plainSelection(book, factor.columns, weights, factor.residualSquares));
          } else if (!isLarge) consider(refit(space, factor.columns));
        }
      }
      factor.pop();
    }
    promising.sort((a, b) => a.residual - b.residual);
    for (const { column } of promising.slice(0, boundedTries)) consider(refit(space, [...kept, column]));
    // A large universe is walked by the first name whose leaving helps, not by the best of all.
    if (isLarge && to !== null) break;
  }
  return { to, evaluated };
}

/** The best of the sets some moves away, where they are few. */
export function bestOfMoves(
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

/** Universes above this size are walked in shorter steps while they break a rule. */
export const largeUniverse = 150;

/** How much a name stands in the way of the rules on overlap and differentials. */
const burdenOf = (book: RuleBook, column: number): number =>
  (book.indexWeight[column] ?? 0) +
  (book.rules.minVolDifferential != null && book.meetsDifferential[column] !== true ? 1 : 0);

/** Nobody first, then the heaviest burden. */
const byBurden = (book: RuleBook, removals: readonly (number | null)[]): readonly (number | null)[] =>
  removals.toSorted((a, b) =>
    a === null ? -1 : b === null ? 1 : burdenOf(book, b) - burdenOf(book, a) || a - b,
  );
