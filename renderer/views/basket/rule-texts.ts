import type { BasketRulesInput } from '../../../shared/contract/basket.ts';
import { integer, parsePercent, percent } from '../../format.ts';

type BoundsBySymbol = NonNullable<BasketRulesInput['boundsBySymbol']>;
/** Least and most of the basket; absent is open. */
export type ShareLimits = BoundsBySymbol[string];

/** Names typed with spaces, commas or semicolons, in capitals, each once. */
export const namesFrom = (text: string): string[] => [
  ...new Set(
    text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  ),
];

const entriesOf = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .split(/[,;]/)
    .map((entry) => entry.trim())
    .filter(Boolean);

/** undefined: open; null: not a weight. */
const share = (text: string | undefined): number | undefined | null => {
  if (text === undefined || text === '') return undefined;
  const fraction = parsePercent(text);
  return fraction === null || fraction < 0 || fraction > 1 ? null : fraction;
};

/** `AVLN 2–8, BLZA –5` as least and most weights; null where an entry cannot be read. */
export function boundsFrom(text: string): BoundsBySymbol | null {
  const bounds: Record<string, ShareLimits> = {};
  for (const entry of entriesOf(text)) {
    const found = /^(\S+)\s+([\d.]*)\s*%?\s*[-–]\s*([\d.]*)\s*%?$/.exec(entry);
    const [min, max] = [share(found?.[2]), share(found?.[3])];
    if (found === null || min === null || max === null) return null;
    if ((min === undefined && max === undefined) || (min ?? 0) > (max ?? 1)) return null;
    bounds[found[1] ?? ''] = {
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    };
  }
  return bounds;
}

const shortPercent = (fraction: number): string => percent(fraction, 2).replace(/\.?0+$/, '');

/** What `boundsFrom` reads, from what it gave. */
export const textOfBounds = (bounds: BoundsBySymbol): string =>
  Object.entries(bounds)
    .map(
      ([symbol, { min, max }]) =>
        `${symbol} ${min === undefined ? '' : shortPercent(min)}–${max === undefined ? '' : shortPercent(max)}`,
    )
    .join(', ');

/** `AVLN 50, BLZA 25` as shares a lot; null where an entry cannot be read. */
export function lotsFrom(text: string): Record<string, number> | null {
  const lots: Record<string, number> = {};
  for (const entry of entriesOf(text)) {
    const found = /^(\S+)\s+(\d+)$/.exec(entry);
    const shares = Number(found?.[2] ?? 0);
    if (found === null || shares < 1) return null;
    lots[found[1] ?? ''] = shares;
  }
  return lots;
}

/** What `lotsFrom` reads, from what it gave. */
export const textOfLots = (lots: Readonly<Record<string, number>>): string =>
  Object.entries(lots)
    .map(([symbol, shares]) => `${symbol} ${integer(shares).replaceAll(',', '')}`)
    .join(', ');
