/** More sets than this two moves away are not looked at. */
const mostSets = 3000;

const pairs = (count: number): number => 1 + count + (count * (count - 1)) / 2;

/** No element, each one, and each two of a list. */
function upToTwo(list: readonly number[]): readonly (readonly number[])[] {
  return [[], ...list.map((one) => [one]), ...list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]))];
}

/**
 * Every set with up to two names out and up to two in: what a swap cannot reach when a rule forbids the
 * set halfway. Null where there are more than some thousand of them.
 *
 * Proof: test/property/quant/basket.test.ts (search against enumeration under every rule)
 */
export function setsTwoMovesAway(input: {
  readonly columns: readonly number[];
  readonly outside: readonly number[];
  readonly locked: ReadonlySet<number>;
  readonly maxNames: number;
}): readonly (readonly number[])[] | null {
  const { columns, outside, locked, maxNames } = input;
  const free = columns.filter((column) => !locked.has(column));
  if (pairs(free.length) * pairs(outside.length) > mostSets) return null;
  const coming = upToTwo(outside);
  return upToTwo(free).flatMap((leaving) => {
    const kept = columns.filter((column) => !leaving.includes(column));
    return coming.flatMap((more) => {
      const size = kept.length + more.length;
      const single = leaving.length <= 1 && more.length <= 1;
      return single || size === 0 || size > maxNames ? [] : [[...kept, ...more]];
    });
  });
}
