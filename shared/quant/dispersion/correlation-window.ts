import { assertThat, fail, ok, type Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { reasoned, type Reasoned } from '../reasoned.ts';

/** The correlations of a stretch of days, known by what they make of a portfolio: no matrix is built. */
export interface CorrelationWindow {
  /** Names that are complete in the stretch. */
  readonly names: readonly string[];
  /** √(xᵀρx) with x = weight × vol, over names of `names`. */
  readonly portfolioVol: (portfolio: {
    readonly symbols: readonly string[];
    readonly weights: readonly number[];
    readonly vols: readonly Vol[];
  }) => Result<Vol, Reasoned<'invalid-input'>>;
}

interface Column {
  readonly symbol: string;
  /** Less the first known value; 0 where there is none. */
  readonly values: Float64Array;
  /** Running counts and sums: entry t is over the rows before t. */
  readonly known: Int32Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Below this share of all squares so far, a difference of running sums is taken again from the rows. */
const cancelled = 1e-6;

function columnOf(symbol: string, raw: Float64Array): Column {
  const n = raw.length;
  const base = raw.find(Number.isFinite) ?? 0;
  const values = new Float64Array(n);
  const known = new Int32Array(n + 1);
  const [sums, squares] = [new Float64Array(n + 1), new Float64Array(n + 1)];
  for (let t = 0; t < n; t++) {
    const finite = Number.isFinite(raw[t]!);
    const value = finite ? raw[t]! - base : 0;
    values[t] = value;
    known[t + 1] = known[t]! + (finite ? 1 : 0);
    sums[t + 1] = sums[t]! + value;
    squares[t + 1] = squares[t]! + value * value;
  }
  return { symbol, values, known, sums, squares };
}

/** Mean and norm about it of the rows [from, to]. */
function momentsOf(
  column: Column,
  from: number,
  to: number,
): { readonly mean: number; readonly norm: number } {
  const { values, sums, squares } = column;
  const n = to - from + 1;
  const mean = (sums[to + 1]! - sums[from]!) / n;
  let square = squares[to + 1]! - squares[from]! - n * mean * mean;
  if (square <= cancelled * squares[to + 1]!) {
    let exact = 0;
    for (let t = from; t <= to; t++) exact += values[t]!;
    const center = exact / n;
    square = 0;
    for (let t = from; t <= to; t++) square += (values[t]! - center) ** 2;
    return { mean: center, norm: Math.sqrt(square) };
  }
  return { mean, norm: Math.sqrt(square) };
}

/**
 * Correlations of every stretch of rows of some columns, in time proportional to rows × names a stretch.
 *
 * With unit vectors u_i of the centered observations ρ_ij = u_i·u_j, so xᵀρx = |Σ x_i u_i|²: one vector is
 * summed instead of a matrix. The stretch [from, to] counts both ends; rows without a value are NaN.
 *
 * Limits: null for fewer than two complete names, or where a complete one does not vary.
 * Source: math §7 (ρ as Pearson's). Proof: test/unit/quant/correlation-window.test.ts (against the matrices)
 */
export function rollingCorrelations(
  columns: readonly { readonly symbol: string; readonly values: Float64Array }[],
): (from: number, to: number) => CorrelationWindow | null {
  const prepared = columns.map(({ symbol, values }) => columnOf(symbol, values));
  const at = new Map(prepared.map((column, i) => [column.symbol, i]));
  return (from, to) => {
    const n = to - from + 1;
    assertThat(from >= 0 && n > 0, 'a stretch has rows');
    const names: string[] = [];
    const moments = new Map<number, { readonly mean: number; readonly norm: number }>();
    for (let i = 0; i < prepared.length; i++) {
      const column = prepared[i]!;
      if (column.known[to + 1]! - column.known[from]! < n) continue;
      const found = momentsOf(column, from, to);
      if (!(found.norm > 1e-12 * Math.sqrt(column.squares[to + 1]!)) || found.norm === 0) return null;
      moments.set(i, found);
      names.push(column.symbol);
    }
    if (names.length < 2) return null;
    return {
      names,
      portfolioVol: ({ symbols, weights, vols }) => {
        const sum = new Float64Array(n);
        let shift = 0;
        for (let k = 0; k < symbols.length; k++) {
          const i = at.get(symbols[k]!);
          const moment = i === undefined ? undefined : moments.get(i);
          if (i === undefined || moment === undefined) {
            return fail(reasoned('invalid-input', { reason: `${symbols[k]!} is not in the stretch` }));
          }
          const scale = (weights[k]! * vols[k]!) / moment.norm;
          const { values } = prepared[i]!;
          for (let t = 0; t < n; t++) sum[t]! += scale * values[from + t]!;
          shift += scale * moment.mean;
        }
        let variance = 0;
        for (let t = 0; t < n; t++) variance += (sum[t]! - shift) ** 2;
        return ok(Math.sqrt(variance));
      },
    };
  };
}
