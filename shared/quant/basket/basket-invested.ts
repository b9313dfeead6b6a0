import type { Gram } from '../math/nnls.ts';

/** Added to each name's own square, against the mean of them: sets that repeat the index exactly stay solvable. */
const ridge = 1e-10;

/**
 * The sums of a fit whose weights sum to 1, for the same routines that fit freely.
 *
 * With Σw = 1 the residual is Σw_i(x_i − y), so Σ(y − fit)² = wᵀCw with C the products of the differences
 * x_i − y. Its least value on Σw = 1 lies at w = u/Σu of the free fit u of C against a cross product of 1
 * for each name, and is 1/Σu: the more that fit explains, the less is left. Bounds below at 0 keep their
 * sense, as u and w have the same signs.
 *
 * Limits: a ridge of 1e-10 of the mean square moves r² by less than 1e-9.
 * Source: math §8 (fully invested); Lagrange's condition of the minimum, C·w = μ·1.
 * Proof:  test/unit/quant/basket-invested.test.ts (closed form, optimality conditions)
 */
export function investedSums({ size, gram, cross, targetSquares }: Gram): Gram {
  const differences = new Float64Array(size * size);
  let trace = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      differences[i * size + j] = gram[i * size + j]! - cross[i]! - cross[j]! + targetSquares;
    }
    trace += differences[i * size + i]!;
  }
  for (let i = 0; i < size; i++) differences[i * size + i]! += (ridge * trace) / size;
  return { size, gram: differences, cross: new Float64Array(size).fill(1), targetSquares: 0 };
}

/** Σ(y − fit)² of weights that sum to 1, from the residual of the fit on `investedSums`; infinite for no names. */
export const investedResidualSquares = (found: number): number => (found < 0 ? -1 / found : Infinity);
