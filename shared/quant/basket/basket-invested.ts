import { assertThat } from '../../result.ts';
import { gramOf, nonNegativeLeastSquares } from '../math/nnls.ts';

/** How much harder the sum of the weights is held to 1 than the returns are fitted. */
const sumHardness = 1e4;

/**
 * Weights ≥ 0 that sum to 1 and follow the index best: the fit of a capital that is spent whole. The free
 * fit of the search may leave part of it in cash, and scaling that up would scale its beta too.
 *
 * Every column keeps a weight above 0: where the fit would drop one, the free weights are scaled instead.
 *
 * @param input.index    returns of the index
 * @param input.columns  returns of each name over the same periods
 * @param input.start    weights of the free fit, each above 0, in the order of the columns
 * Limits: the sum is held by weighting and then scaled out; what that costs the fit is below 1e-6 of it.
 * Source: math §8 (fully invested); Lawson, Hanson (1974), Solving Least Squares Problems, ch. 22.
 * Proof:  test/unit/quant/basket-invested.test.ts
 */
export function investedWeights(input: {
  readonly index: ArrayLike<number>;
  readonly columns: readonly ArrayLike<number>[];
  readonly start: readonly number[];
}): readonly number[] {
  const { index, columns, start } = input;
  const total = start.reduce((sum, weight) => sum + weight, 0);
  assertThat(start.length === columns.length && total > 0, 'each column has a weight and some are above 0');
  const scaled = start.map((weight) => weight / total);
  const sums = gramOf(columns, index);
  const { size, gram, cross } = sums;
  let trace = 0;
  for (let i = 0; i < size; i++) trace += gram[i * size + i]!;
  const pull = sumHardness * trace;
  for (let i = 0; i < size; i++) {
    cross[i]! += pull;
    for (let j = 0; j < size; j++) gram[i * size + j]! += pull;
  }
  const fitted = nonNegativeLeastSquares(
    { size, gram, cross, targetSquares: sums.targetSquares + pull },
    columns.map((_, i) => i),
  );
  if (fitted.support.length < size) return scaled;
  const sum = fitted.weights.reduce((a, b) => a + b, 0);
  return Array.from(fitted.weights, (weight) => weight / sum);
}
