/** More sets than this some moves away are not looked at. */
const mostSets = 3000;
const mostSetsOnce = 40_000;

/** No element, each one, each two, … up to `most` of a list. */
function upTo(list: readonly number[], most: number): readonly (readonly number[])[] {
  let last: readonly { readonly from: number; readonly taken: readonly number[] }[] = [
    { from: 0, taken: [] },
  ];
  const found: (readonly number[])[] = [[]];
  for (let size = 1; size <= most; size++) {
    last = last.flatMap(({ from, taken }) =>
      list.slice(from).map((one, i) => ({ from: from + i + 1, taken: [...taken, one] })),
    );
    found.push(...last.map(({ taken }) => taken));
  }
  return found;
}

/** Subsets of up to `most` of `count`. */
function countUpTo(count: number, most: number): number {
  let [total, choose] = [1, 1];
  for (let size = 1; size <= most; size++) {
    choose = (choose * Math.max(0, count - size + 1)) / size;
    total += choose;
  }
  return total;
}

/**
 * Every set with up to two names out and up to two in: what a swap cannot reach when a rule forbids the
 * set halfway. Null where there are more than some thousand of them. `once` looks three away, and at more.
 *
 * Proof: test/property/quant/basket.test.ts (search against enumeration under every rule)
 */
export function setsSomeMovesAway(input: {
  readonly columns: readonly number[];
  readonly outside: readonly number[];
  readonly locked: ReadonlySet<number>;
  readonly maxNames: number;
  readonly once: boolean;
}): readonly (readonly number[])[] | null {
  const { columns, outside, locked, maxNames, once } = input;
  const free = columns.filter((column) => !locked.has(column));
  const [moves, limit] = once ? [3, mostSetsOnce] : [2, mostSets];
  if (countUpTo(free.length, moves) * countUpTo(outside.length, moves) > limit) return null;
  const coming = upTo(outside, moves);
  return upTo(free, moves).flatMap((leaving) => {
    const kept = columns.filter((column) => !leaving.includes(column));
    return coming.flatMap((more) => {
      const size = kept.length + more.length;
      const single = leaving.length <= 1 && more.length <= 1;
      return single || size === 0 || size > maxNames ? [] : [[...kept, ...more]];
    });
  });
}
