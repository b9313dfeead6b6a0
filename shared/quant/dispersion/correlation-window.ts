import { assertThat, fail, ok, type Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { reasoned, type Reasoned } from '../reasoned.ts';

/** The correlations of a stretch of days, known by what they make of a portfolio: no matrix is built. */
export interface CorrelationWindow {
  /** Names that are complete in the stretch and vary in it. */
  readonly names: readonly string[];
  /** √(xᵀρx) with x = weight × vol, over names of `names`. */
  readonly portfolioVol: (portfolio: {
    readonly symbols: readonly string[];
    readonly weights: readonly number[];
    readonly vols: readonly Vol[];
  }) => Result<Vol, Reasoned<'invalid-input'>>;
}

/** A stretch as numbers, for many portfolios on many days. Good until the next stretch is asked for. */
export interface Stretch {
  /** How many columns are in it. */
  readonly count: number;
  /** 1 for a column that is complete and varies, by its place. */
  readonly isIn: Uint8Array;
  /** √(xᵀρx) of two portfolios at once, x by the column's place; columns that are not in it count nothing. */
  readonly vols: (x: Float64Array, y: Float64Array) => readonly [number, number];
}

/** Below this share of all squares so far, a difference of running sums is taken again from the rows. */
const cancelled = 1e-6;
/** A spread below this share of the values is rounding: the column does not vary. */
const still = 1e-12;

/**
 * Stretches of rows of some columns in turn, each in time proportional to rows × columns of the stretch.
 *
 * With unit vectors u_i of the centered observations ρ_ij = u_i·u_j, so xᵀρx = |Σ x_i u_i|²: one vector is
 * summed instead of a matrix. Running sums give means and norms. The stretch [from, to] counts both ends;
 * rows without a value are NaN.
 *
 * Source: math §7 (ρ as Pearson's). Proof: test/unit/quant/correlation-window.test.ts (against the matrices)
 */
export function rollingStretches(columns: readonly Float64Array[]): (from: number, to: number) => Stretch {
  const count = columns.length;
  const rows = columns[0]?.length ?? 0;
  assertThat(
    columns.every((column) => column.length === rows),
    'columns are equally long',
  );
  // All columns behind each other, less their first known value; running entry t is over the rows before t.
  const values = new Float64Array(count * rows);
  const known = new Int32Array(count * (rows + 1));
  const sums = new Float64Array(count * (rows + 1));
  const squares = new Float64Array(count * (rows + 1));
  for (let i = 0; i < count; i++) {
    const raw = columns[i]!;
    let first = 0;
    while (first < rows && !Number.isFinite(raw[first]!)) first++;
    const base = first < rows ? raw[first]! : 0;
    const [at, running] = [i * rows, i * (rows + 1)];
    for (let t = 0; t < rows; t++) {
      const isKnown = Number.isFinite(raw[t]!);
      const value = isKnown ? raw[t]! - base : 0;
      values[at + t] = value;
      known[running + t + 1] = known[running + t]! + (isKnown ? 1 : 0);
      sums[running + t + 1] = sums[running + t]! + value;
      squares[running + t + 1] = squares[running + t]! + value * value;
    }
  }
  const isIn = new Uint8Array(count);
  const [means, norms] = [new Float64Array(count), new Float64Array(count)];
  const [a, b] = [new Float64Array(rows), new Float64Array(rows)];

  /** Mean and norm about it of a column's rows; whether it varies. */
  function measure(i: number, from: number, to: number): boolean {
    const [at, running, n] = [i * rows, i * (rows + 1), to - from + 1];
    const all = squares[running + to + 1]!;
    let mean = (sums[running + to + 1]! - sums[running + from]!) / n;
    let square = all - squares[running + from]! - n * mean * mean;
    if (square <= cancelled * all) {
      let total = 0;
      for (let t = at + from; t <= at + to; t++) total += values[t]!;
      mean = total / n;
      square = 0;
      for (let t = at + from; t <= at + to; t++) square += (values[t]! - mean) ** 2;
    }
    means[i] = mean;
    norms[i] = Math.sqrt(square);
    return norms[i] > still * Math.sqrt(all);
  }

  /** The columns times their portfolio's numbers, added up row by row: four columns a pass. */
  function addUp(x: Float64Array, into: Float64Array, from: number, n: number): number {
    into.fill(0, 0, n);
    let shift = 0;
    const place = [0, 0, 0, 0];
    const scale = [0, 0, 0, 0];
    let held = 0;
    for (let i = 0; i < count; i++) {
      if (isIn[i] === 0 || x[i] === 0) continue;
      scale[held] = x[i]! / norms[i]!;
      place[held] = i * rows + from;
      shift += scale[held]! * means[i]!;
      held += 1;
      if (held === 4) {
        addFour(values, into, n, place, scale);
        held = 0;
      }
    }
    for (let k = 0; k < held; k++) {
      const [at, by] = [place[k]!, scale[k]!];
      for (let t = 0; t < n; t++) into[t]! += by * values[at + t]!;
    }
    return shift;
  }

  return (from, to) => {
    const n = to - from + 1;
    assertThat(from >= 0 && n > 0 && to < rows, 'a stretch has rows');
    let complete = 0;
    for (let i = 0; i < count; i++) {
      const running = i * (rows + 1);
      const found = known[running + to + 1]! - known[running + from]!;
      isIn[i] = found === n && measure(i, from, to) ? 1 : 0;
      complete += isIn[i]!;
    }
    const volOf = (x: Float64Array, into: Float64Array): number => {
      const shift = addUp(x, into, from, n);
      let variance = 0;
      for (let t = 0; t < n; t++) variance += (into[t]! - shift) ** 2;
      return Math.sqrt(variance);
    };
    return { count: complete, isIn, vols: (x, y) => [volOf(x, a), x === y ? Number.NaN : volOf(y, b)] };
  };
}

function addFour(
  values: Float64Array,
  into: Float64Array,
  n: number,
  place: readonly number[],
  scale: readonly number[],
): void {
  const [p, q, r, s] = [place[0]!, place[1]!, place[2]!, place[3]!];
  const [f, g, h, k] = [scale[0]!, scale[1]!, scale[2]!, scale[3]!];
  for (let t = 0; t < n; t++) {
    into[t]! += f * values[p + t]! + g * values[q + t]! + (h * values[r + t]! + k * values[s + t]!);
  }
}

/**
 * The same by name: the correlations of a stretch, for one portfolio at a time.
 *
 * Limits: a name that is not complete in the stretch, or does not vary in it, is left out; null for fewer
 *   than two names. Proof: test/unit/quant/correlation-window.test.ts, test/reference/quant/dow.test.ts
 */
export function rollingCorrelations(
  columns: readonly { readonly symbol: string; readonly values: Float64Array }[],
): (from: number, to: number) => CorrelationWindow | null {
  const stretchAt = rollingStretches(columns.map(({ values }) => values));
  const at = new Map(columns.map(({ symbol }, i) => [symbol, i]));
  return (from, to) => {
    const { isIn } = stretchAt(from, to);
    const names = columns.flatMap(({ symbol }, i) => (isIn[i] === 1 ? [symbol] : []));
    if (names.length < 2) return null;
    return {
      names,
      portfolioVol: ({ symbols, weights, vols }) => {
        const stretch = stretchAt(from, to);
        const x = new Float64Array(columns.length);
        for (let k = 0; k < symbols.length; k++) {
          const i = at.get(symbols[k]!);
          if (i === undefined || stretch.isIn[i] === 0) {
            return fail(reasoned('invalid-input', { reason: `${symbols[k]!} is not in the stretch` }));
          }
          x[i] = weights[k]! * vols[k]!;
        }
        return ok(stretch.vols(x, x)[0]);
      },
    };
  };
}
