import type { SmileShape } from '../../shared/quant/surface/smile-shape.ts';
import { butterflyAt, totalVarianceAt } from '../../shared/quant/surface/smile-shape.ts';

/** What is promised, and finer, so that nothing hides between two points. */
const promised = 500;
const finer = 6001;
const deviations = 8;

interface Slice {
  readonly key: string;
  readonly timeToExpiry: number;
  readonly fit: { readonly shape: SmileShape } | null;
}

/** Log-strikes out to eight deviations of a slice. */
const gridOf = (shape: SmileShape, points: number): number[] => {
  const deviation = Math.sqrt(totalVarianceAt(shape, 0));
  return Array.from({ length: points }, (_, i) => deviations * deviation * ((2 * i) / (points - 1) - 1));
};

/**
 * What is wrong with a surface: a line for each slice or pair of slices with arbitrage. Butterflies are looked
 * for on the promised grid and on a finer one, pairs of slices on the promised one or as finely as asked.
 */
export function arbitrageOf(slices: readonly Slice[], pairPoints = promised): string[] {
  const fitted = slices.flatMap(({ key, timeToExpiry, fit }) =>
    fit === null ? [] : [{ key, timeToExpiry, shape: fit.shape }],
  );
  const wrong: string[] = [];
  for (const { key, shape } of fitted) {
    const least = Math.min(
      ...[...gridOf(shape, promised), ...gridOf(shape, finer)].map((k) => butterflyAt(shape, k)),
    );
    if (!(least >= 0)) wrong.push(`${key}: g ${least}`);
  }
  for (const [at, far] of fitted.entries()) {
    for (const near of fitted.slice(0, at)) {
      if (near.timeToExpiry > far.timeToExpiry - 1e-6) continue;
      const drops = [...gridOf(near.shape, pairPoints), ...gridOf(far.shape, pairPoints)].map(
        (k) => totalVarianceAt(near.shape, k) / totalVarianceAt(far.shape, k) - 1,
      );
      const most = Math.max(...drops);
      if (!(most <= 1e-12)) wrong.push(`${near.key} above ${far.key} by ${most}`);
    }
  }
  return wrong;
}
