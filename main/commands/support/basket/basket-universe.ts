import type { BasketUniverse } from '../../../../shared/contract/basket-desk.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import { compositionOf } from '../market/composition.ts';

/** The names of an index on a day with their sectors, and the sectors with what they hold of it. */
export function basketUniverseOf(index: string, day: IsoDate, read: Readers): Result<BasketUniverse> {
  const composition = compositionOf(read, index, day);
  if (!composition.ok) return composition;
  const { components, asOf, note } = composition.value;
  const sectors = new Map<string, { readonly sector: string; names: number; weight: number }>();
  for (const { sector, weight } of components) {
    if (sector === null) continue;
    const found = sectors.get(sector) ?? { sector, names: 0, weight: 0 };
    sectors.set(sector, { sector, names: found.names + 1, weight: found.weight + weight });
  }
  return ok({
    index,
    asOf,
    note,
    names: components
      .map(({ symbol, sector, weight }) => ({
        symbol,
        name: read.underliers.find(symbol)?.name ?? symbol,
        sector,
        weight,
        prices: read.prices.upTo(symbol, day).rows,
      }))
      .sort((a, b) => b.weight - a.weight),
    sectors: [...sectors.values()].sort((a, b) => b.weight - a.weight),
  });
}
