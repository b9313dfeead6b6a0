import type { CsvRecord, Detection } from './feed-format.ts';

/** A header name without case, spaces and punctuation: `[C_BID]` and ` c bid` are the same. */
export const headerKey = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Where each wanted column stands; −1 where the file has none. The first alias found wins. */
export function columnIndexes<Name extends string>(
  header: readonly string[],
  aliases: Readonly<Record<Name, readonly string[]>>,
): Readonly<Record<Name, number>> {
  const keys = header.map(headerKey);
  const entries = Object.entries<readonly string[]>(aliases).map(([name, names]) => [
    name,
    names.map((alias) => keys.indexOf(headerKey(alias))).find((index) => index >= 0) ?? -1,
  ]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** True where every group has at least one of its names in the header. */
export function hasColumns(
  header: readonly string[],
  groups: readonly (string | readonly string[])[],
): boolean {
  const keys = new Set(header.map(headerKey));
  return groups.every((group) =>
    (typeof group === 'string' ? [group] : group).some((name) => keys.has(headerKey(name))),
  );
}

/** Finds the header among the first records by the columns it must have. */
export function detectHeader(
  head: readonly CsvRecord[],
  groups: readonly (string | readonly string[])[],
  reason: string,
  searched = 3,
): Detection | null {
  const headerIndex = head.slice(0, searched).findIndex((record) => hasColumns(record.fields, groups));
  return headerIndex < 0 ? null : { headerIndex, reason };
}

/** What the user gives fills in what a file does not say; a file that says it is believed. */
export const unusedSymbol = (symbol: string | null): readonly string[] =>
  symbol === null
    ? []
    : [`The file names its symbols itself; the symbol ${symbol} that was given is not used.`];

/** The header's fields of a detection. */
export const headerOf = (head: readonly CsvRecord[], detection: Detection): readonly string[] =>
  head[detection.headerIndex]?.fields ?? [];
