import type { CorrelationMatrix } from '../dispersion/correlation.ts';

/** One merge of two groups, in the order they were made. */
export interface ClusterMerge {
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** Mean of 1 − ρ between the members of the two. */
  readonly distance: number;
}

interface Group {
  readonly members: readonly number[];
}

/**
 * Names of a correlation matrix by likeness: groups are joined, the nearest two first, by the mean of
 * 1 − ρ between their members (average linkage), and each join turns its two groups so that the names
 * most alike meet in the middle.
 *
 * @returns `order`: every name once; `merges`: names − 1 of them, distances not falling
 * Limits: names³ / 6 operations, for some hundreds of names. Ties go to the earlier name.
 * Source: Sokal & Michener (1958), average linkage. Proof: test/unit/quant/cluster-order.test.ts
 */
export function clusterOrder(matrix: CorrelationMatrix): {
  readonly order: readonly string[];
  readonly merges: readonly ClusterMerge[];
} {
  const { names, values } = matrix;
  const n = names.length;
  const distance = Float64Array.from(values, (rho) => 1 - rho);
  const groups: (Group | null)[] = names.map((_, i) => ({ members: [i] }));
  const merges: ClusterMerge[] = [];
  const namesOf = (members: readonly number[]): string[] => members.map((member) => names[member]!);
  for (let step = 1; step < n; step++) {
    let [a, b, nearest] = [-1, -1, Infinity];
    for (let i = 0; i < n; i++) {
      if (groups[i] === null) continue;
      for (let j = i + 1; j < n; j++) {
        if (groups[j] !== null && distance[i * n + j]! < nearest)
          [a, b, nearest] = [i, j, distance[i * n + j]!];
      }
    }
    const [left, right] = turned(groups[a]!.members, groups[b]!.members, values, n);
    merges.push({ left: namesOf(left), right: namesOf(right), distance: nearest });
    const [sizeA, sizeB] = [groups[a]!.members.length, groups[b]!.members.length];
    for (let k = 0; k < n; k++) {
      if (groups[k] === null || k === a || k === b) continue;
      const joined = (sizeA * distance[a * n + k]! + sizeB * distance[b * n + k]!) / (sizeA + sizeB);
      distance[a * n + k] = distance[k * n + a] = joined;
    }
    groups[a] = { members: [...left, ...right] };
    groups[b] = null;
  }
  return { order: namesOf(groups.find((group) => group !== null)?.members ?? []), merges };
}

/** The two groups, either turned round, so that the pair that meets is the most alike. */
function turned(
  a: readonly number[],
  b: readonly number[],
  values: Float64Array,
  n: number,
): readonly [readonly number[], readonly number[]] {
  let best: readonly [readonly number[], readonly number[]] = [a, b];
  let closest = -Infinity;
  for (const left of [a, a.toReversed()]) {
    for (const right of [b, b.toReversed()]) {
      const rho = values[left.at(-1)! * n + right[0]!]!;
      if (rho > closest) [best, closest] = [[left, right], rho];
    }
  }
  return best;
}
