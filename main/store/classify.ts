import { canonicalJson } from '../../shared/canonical.ts';
import type { StagedFeed } from '../feeds/staged-feed.ts';
import type { ReadableDb } from './db.ts';
import type { Classification } from './rows.ts';
import { stagedRowsOf, type StagedRows } from './staged-rows.ts';
import type { ContractReader } from './types.ts';

interface Tally {
  accepted: number;
  changed: number;
  duplicates: number;
}

/**
 * How a staged file stands to the desk. One read for each group of rows that belong together (an
 * underlier's chain of a day, a symbol's prices), and none for a group the desk has nothing of.
 */
export function createClassifier(
  db: ReadableDb,
  contracts: ContractReader,
  dataRevision: () => number,
): (feed: StagedFeed) => Classification {
  const symbolIds = db.prepare('SELECT symbol, underlier_id FROM underlier').raw();
  const sameFile = db
    .prepare('SELECT max(batch_id) FROM import_batch WHERE sha256 = ? AND undone_at IS NULL')
    .pluck();

  return (feed) => {
    const tally: Tally = { accepted: 0, changed: 0, duplicates: 0 };
    const ids = new Map(symbolIds.all() as [string, number][]);
    for (const table of stagedRowsOf(feed)) if (table.counted) compareTable(db, table, ids, tally);
    compareContracts(feed, contracts, tally);
    return {
      ...tally,
      sameFileAsBatch: sameFile.get(feed.sha256) as number | null,
      dataRevision: dataRevision(),
    };
  };
}

function compareTable(
  db: ReadableDb,
  table: StagedRows,
  ids: ReadonlyMap<string, number>,
  tally: Tally,
): void {
  const [head, ...otherSymbols] = table.symbols;
  if (head === undefined) return;
  const groupKeys = table.keys.slice(0, table.groupKeys);
  const restKeys = table.keys.slice(table.groupKeys);
  const idAt = (symbol: (typeof table.symbols)[number], row: number): number | undefined =>
    ids.get(symbol.text.dictionary[symbol.text.codes[row] as number] ?? '');
  const restNames = [...restKeys, ...otherSymbols].map(({ name }) => name);
  const valueNames = table.values.map(({ name }) => name);
  const stored = db
    .prepare(
      `SELECT ${[...restNames, ...valueNames].join(', ')} FROM ${table.table} JOIN import_batch USING (batch_id)
       WHERE ${[head, ...groupKeys].map(({ name }) => `${name} = ?`).join(' AND ')} AND undone_at IS NULL
       ORDER BY batch_id`,
    )
    .raw();

  let group: string | null = null;
  let known = new Map<string, readonly unknown[]>();
  for (const row of table.order) {
    const id = idAt(head, row);
    if (id === undefined) {
      tally.accepted++;
      continue;
    }
    const groupValues = [id, ...groupKeys.map((key) => key.value(row))];
    const name = groupValues.join('|');
    if (name !== group) {
      group = name;
      known = new Map();
      for (const found of stored.iterate(...groupValues) as IterableIterator<unknown[]>) {
        known.set(found.slice(0, restNames.length).join('|'), found);
      }
    }
    if (known.size === 0) {
      tally.accepted++;
      continue;
    }
    const rest = [
      ...restKeys.map((key) => key.value(row)),
      ...otherSymbols.map((symbol) => idAt(symbol, row) ?? -1),
    ];
    const found = known.get(rest.join('|'));
    if (found === undefined) tally.accepted++;
    else if (table.values.every((value, at) => value.value(row) === found[restNames.length + at])) {
      tally.duplicates++;
    } else tally.changed++;
  }
}

function compareContracts(feed: StagedFeed, contracts: ContractReader, tally: Tally): void {
  const staged = [...(feed.tables.forwardStartContracts ?? []), ...(feed.tables.realizedVolContracts ?? [])];
  if (staged.length === 0) return;
  const known = new Map(contracts.list().map((one) => [one.contractId, canonicalJson(one.terms)]));
  for (const { line: _line, ...terms } of staged) {
    const found = known.get(terms.contractId);
    if (found === undefined) tally.accepted++;
    else if (found === canonicalJson(terms)) tally.duplicates++;
    else tally.changed++;
  }
}
