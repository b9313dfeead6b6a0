import { GrowingFactor, type Gram } from '../math/nnls.ts';

export interface RankedMove {
  /** Null: nothing leaves. */
  readonly out: number | null;
  readonly coming: number;
  /** Of plain least squares on the set after the move: no fit with weights ≥ 0 is better. */
  readonly residualSquares: number;
}

/**
 * Every swap and addition with the residual it reaches in plain least squares, the smallest first.
 *
 * From the fit on the present set (inverse B of its Gram matrix, weights w) each move costs a few
 * operations: leaving r adds w_r²/B_rr to the residual; coming j takes cross²/pivot away, both taken
 * against the names that stay. Null where the present names depend on each other.
 *
 * Source: the sweep operator, Goodnight (1979), The American Statistician 33.
 * Proof:  test/unit/quant/basket.test.ts (against refits)
 */
export function rankedMoves(input: {
  readonly sums: Gram;
  readonly columns: readonly number[];
  readonly outside: readonly number[];
  /** Who may leave; null stands for nobody. */
  readonly removals: readonly (number | null)[];
  readonly maxNames: number;
}): readonly RankedMove[] | null {
  const { sums, columns, outside, removals, maxNames } = input;
  const { size, gram, cross } = sums;
  const k = columns.length;
  const factor = new GrowingFactor(sums, k);
  if (!columns.every((column) => factor.push(column))) return null;
  const weights = factor.weights();
  const inverse = factor.inverse();
  const moves: RankedMove[] = [];
  const along = new Float64Array(k);
  for (const coming of outside) {
    let pivot = gram[coming * size + coming]!;
    const own = pivot;
    let left = cross[coming]!;
    for (let i = 0; i < k; i++) {
      let value = 0;
      for (let j = 0; j < k; j++) value += inverse[i * k + j]! * gram[columns[j]! * size + coming]!;
      along[i] = value;
      pivot -= value * gram[columns[i]! * size + coming]!;
      left -= weights[i]! * gram[columns[i]! * size + coming]!;
    }
    for (const out of removals) {
      if (out === null && k >= maxNames) continue;
      const r = out === null ? -1 : columns.indexOf(out);
      const spread = r < 0 ? 1 : inverse[r * k + r]!;
      const [h, w] = r < 0 ? [0, 0] : [along[r]!, weights[r]!];
      const against = pivot + (h * h) / spread;
      if (!(against > 1e-12 * own)) continue;
      const residualSquares =
        factor.residualSquares + (w * w) / spread - (left + (h * w) / spread) ** 2 / against;
      moves.push({ out, coming, residualSquares });
    }
  }
  return moves.sort((a, b) => a.residualSquares - b.residualSquares);
}
