import type { IsoDate } from '../../../../shared/dates.ts';
import { inPercent } from '../../../../shared/quant/words.ts';
import { failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';

export interface Composition {
  readonly index: string;
  readonly asOf: IsoDate;
  /** Symbol, weight renormalized to sum 1, sector. */
  readonly components: readonly {
    readonly symbol: string;
    readonly weight: number;
    readonly sector: string | null;
  }[];
  /** How the weights were found and what was done to them, in words. */
  readonly note: string;
  /** Said where the weights are not what one would expect: of a later day, estimated, or far from 100 %. */
  readonly concern: string | null;
}

/** Weights may sum to this much off 1 without a word. */
const roundingOfWeights = 0.02;

/**
 * The composition of an index for a day: the newest on or before it, else the oldest there is, said so.
 * Weights are renormalized. Failure: `missing-weights`.
 */
export function compositionOf(read: Readers, index: string, day: IsoDate): Result<Composition> {
  const dated = read.weights.asOf(index, day);
  const found = dated ?? read.weights.oldest(index);
  const weighted = found?.components.filter((component) => (component.weightFraction ?? 0) > 0) ?? [];
  const total = weighted.reduce((sum, component) => sum + (component.weightFraction ?? 0), 0);
  if (found === null || total <= 0) return fail(failure('missing-weights', index, { asOf: day }));
  const notes = [
    `${weighted.length} weights of ${found.asOf}, summing to ${inPercent(total, 2)} before renormalizing`,
    ...(dated === null ? [`${index} has no weights on or before ${day}: later ones stand in`] : []),
    ...new Set(weighted.flatMap(({ method }) => (method === null ? [] : [`found by ${method}`]))),
  ];
  return ok({
    index,
    asOf: found.asOf,
    components: weighted.map(({ symbol, weightFraction, sector }) => ({
      symbol,
      weight: (weightFraction ?? 0) / total,
      sector,
    })),
    note: `${notes.slice(0, 3).join('; ')}.`,
    concern:
      notes.length > 1 || Math.abs(total - 1) > roundingOfWeights ? `${notes.slice(0, 3).join('; ')}.` : null,
  });
}
