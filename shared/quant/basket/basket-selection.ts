import {
  factsOf,
  judge,
  residualSquaresOf,
  rSquaredOf,
  type BasketFacts,
  type RuleBook,
} from './basket-rules.ts';
import { boundedFit, boundsShortfall, type WeightBounds } from '../math/bounded-fit.ts';
import { leastSquaresOn, nonNegativeLeastSquares } from '../math/nnls.ts';

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

/** Whom a search may choose from, and how it fits. */
export interface Space {
  readonly book: RuleBook;
  readonly universe: readonly number[];
  readonly maxNames: number;
  readonly method: FitMethod;
}

/** r² of some columns: under the bounds where there are any, else of plain least squares; 0 without a fit. */
export function rSquaredOn(book: RuleBook, columns: readonly number[]): number {
  if (book.bounds !== null) {
    const fit = boundedFit({ sums: book.gram, columns, bounds: book.bounds, total: 1 });
    return fit === null ? 0 : rSquaredOf(book, fit.residualSquares);
  }
  const fit = leastSquaresOn(book.sums, columns);
  return fit === null ? 0 : rSquaredOf(book, residualSquaresOf(book, fit.residualSquares));
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

/** Less violation first, then more r²; a hair's difference is none, so that the search ends. */
export function isBetter(a: Selection, b: Selection): boolean {
  if (Math.abs(a.violation - b.violation) > 1e-12) return a.violation < b.violation;
  return a.facts.rSquared > b.facts.rSquared + 1e-12;
}

/** From a fit on `book.sums`, where weights may still have to be scaled to sum to 1. */
export function plainSelection(
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
