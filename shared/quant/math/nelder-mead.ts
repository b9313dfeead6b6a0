interface Corner {
  point: Float64Array;
  value: number;
}

/**
 * Downhill simplex minimum of a function of a few variables. Derivative-free and deterministic: the same
 * start gives the same answer to the last digit.
 *
 * @param search.start first corner; search.steps edge of the first simplex along each axis
 * @param search.tolerance stops when the corners' values agree to this, relative to the best
 * @returns the best point met; never worse than the start
 * Source: Nelder & Mead (1965), Computer J. 7, with the dimension-adapted factors of Gao & Han (2012).
 * Proof: test/unit/quant/nelder-mead.test.ts
 */
export function minimize(search: {
  readonly of: (point: Float64Array) => number;
  readonly start: readonly number[];
  readonly steps: readonly number[];
  readonly maxEvaluations: number;
  readonly tolerance?: number;
}): { readonly point: Float64Array; readonly value: number } {
  const { of, start, steps, maxEvaluations, tolerance = 1e-10 } = search;
  const n = start.length;
  const expand = 1 + 2 / n;
  const contract = 0.75 - 1 / (2 * n);
  const shrink = 1 - 1 / n;
  const corners: Corner[] = Array.from({ length: n + 1 }, (_, corner) => {
    const point = Float64Array.from(start);
    if (corner > 0) point[corner - 1]! += steps[corner - 1]!;
    return { point, value: of(point) };
  });
  let evaluations = n + 1;
  const center = new Float64Array(n);
  const along = (factor: number): Corner => {
    const worst = corners[n]!.point;
    const point = new Float64Array(n);
    for (let i = 0; i < n; i += 1) point[i] = center[i]! + factor * (worst[i]! - center[i]!);
    evaluations += 1;
    return { point, value: of(point) };
  };
  while (evaluations < maxEvaluations) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0]!;
    const worst = corners[n]!;
    if (worst.value - best.value <= tolerance * Math.abs(best.value) + Number.MIN_VALUE) break;
    center.fill(0);
    for (let corner = 0; corner < n; corner += 1)
      for (let i = 0; i < n; i += 1) center[i]! += corners[corner]!.point[i]! / n;
    const reflected = along(-1);
    if (reflected.value < best.value) {
      const expanded = along(-expand);
      corners[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[n - 1]!.value) {
      corners[n] = reflected;
    } else {
      const inner = along(reflected.value < worst.value ? -contract : contract);
      if (inner.value < Math.min(reflected.value, worst.value)) {
        corners[n] = inner;
      } else {
        for (let corner = 1; corner <= n; corner += 1) {
          const point = corners[corner]!.point;
          for (let i = 0; i < n; i += 1) point[i] = best.point[i]! + shrink * (point[i]! - best.point[i]!);
          corners[corner]!.value = of(point);
          evaluations += 1;
        }
      }
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return corners[0]!;
}
