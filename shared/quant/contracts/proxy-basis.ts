/** How a proxy moved beside what it stands for. */
export interface ProxySpread {
  /** Of proxy less own. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** Of day-to-day changes; null where one of them does not vary. */
  readonly correlation: number | null;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * Spread of two series over the same days and correlation of their changes: the basis risk of a proxy hedge.
 *
 * @param pairs oldest first; null for fewer than three
 * Source: features G9. Proof: test/unit/quant/ladder-rules.test.ts
 */
export function pairedSpread(
  pairs: readonly { readonly own: number; readonly proxy: number }[],
): ProxySpread | null {
  if (pairs.length < 3) return null;
  const spreads = pairs.map(({ own, proxy }) => proxy - own);
  const center = mean(spreads);
  const squares = spreads.reduce((sum, spread) => sum + (spread - center) ** 2, 0);
  const changes = (pick: (pair: { readonly own: number; readonly proxy: number }) => number) => {
    const moves = pairs.slice(1).map((pair, i) => pick(pair) - pick(pairs[i]!));
    const middle = mean(moves);
    return moves.map((move) => move - middle);
  };
  const [own, proxy] = [changes((pair) => pair.own), changes((pair) => pair.proxy)];
  const [ownSquares, proxySquares, product] = own.reduce(
    ([a, b, c], x, i) => [a + x * x, b + proxy[i]! ** 2, c + x * proxy[i]!],
    [0, 0, 0] as readonly [number, number, number],
  );
  const scale = Math.sqrt(ownSquares * proxySquares);
  return {
    mean: center,
    standardDeviation: Math.sqrt(squares / (spreads.length - 1)),
    correlation: scale > 0 ? Math.max(-1, Math.min(1, product / scale)) : null,
  };
}
