import type { ForwardStartTerms, RealizedVolTerms } from '../../shared/contract/contracts.ts';
import { assertThat } from '../../shared/result.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type { ContractEvent, StoredContract } from './rows.ts';
import type { ContractReader, ContractWriter } from './types.ts';

interface EntryRow {
  readonly kind: StoredContract['kind'];
  readonly entryId: number;
  readonly contractId: string;
  readonly terms: string;
  readonly enteredAt: string;
  readonly batchId: number | null;
}

const tables = [
  ['forward-start', 'forward_start_contract'],
  ['realized-vol', 'realized_vol_contract'],
] as const;

/**
 * The newest standing entry of an id is the contract. A removal hides every entry made before it, so the
 * id can be entered again; events count from the last removal on.
 */
export function createContractReader(db: ReadableDb): ContractReader {
  const entries = db.prepare(
    tables
      .map(
        ([kind, table]) =>
          `SELECT '${kind}' AS kind, underlier, entry_id AS entryId, contract_id AS contractId, terms,
                  entered_at AS enteredAt, batch_id AS batchId
           FROM ${table} LEFT JOIN import_batch USING (batch_id)
           WHERE undone_at IS NULL AND entry_id > coalesce(
             (SELECT max(entry_id) FROM contract_event
              WHERE contract_event.contract_id = ${table}.contract_id AND kind = 'removed'), 0)`,
      )
      .join(' UNION ALL ') + ' ORDER BY underlier, contractId, entryId',
  );
  const events = db.prepare(
    `SELECT kind, happened_at AS happenedAt, actor, level, vol, amount, reason FROM contract_event
     WHERE contract_id = ? AND event_id > coalesce(
       (SELECT max(event_id) FROM contract_event WHERE contract_id = ? AND kind = 'removed'), 0)
     ORDER BY event_id`,
  );

  const contractOf = (row: EntryRow): StoredContract => {
    const shared = {
      contractId: row.contractId,
      enteredAt: row.enteredAt,
      batchId: row.batchId,
      events: events.all(row.contractId, row.contractId) as ContractEvent[],
    };
    return row.kind === 'forward-start'
      ? { ...shared, kind: 'forward-start', terms: JSON.parse(row.terms) as ForwardStartTerms }
      : { ...shared, kind: 'realized-vol', terms: JSON.parse(row.terms) as RealizedVolTerms };
  };
  const newest = (): EntryRow[] => [
    ...new Map((entries.all() as EntryRow[]).map((row) => [row.contractId, row])).values(),
  ];

  return {
    list: () => newest().map(contractOf),
    find: (contractId) => {
      const row = newest().find((one) => one.contractId === contractId);
      return row === undefined ? null : contractOf(row);
    },
  };
}

/** How a contract becomes a row of its table; imports use it too. */
export function createContractInsert(
  db: WritableDb,
): (contract: Parameters<ContractWriter['insert']>[0], enteredAt: string, batchId: number | null) => void {
  const nextEntry = db
    .prepare(
      `SELECT 1 + max(coalesce((SELECT max(entry_id) FROM forward_start_contract), 0),
                      coalesce((SELECT max(entry_id) FROM realized_vol_contract), 0))`,
    )
    .pluck();
  const forwardStart = db.prepare(
    `INSERT INTO forward_start_contract
       (entry_id, contract_id, underlier, first_reference_date, second_reference_date, terms, entered_at, batch_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const realizedVol = db.prepare(
    `INSERT INTO realized_vol_contract
       (entry_id, contract_id, underlier, start_date, end_date, terms, entered_at, batch_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (contract, enteredAt, batchId) => {
    const { contractId, underlying } = contract.terms;
    const [insert, first, last] =
      contract.kind === 'forward-start'
        ? [forwardStart, contract.terms.firstReferenceDate, contract.terms.secondReferenceDate]
        : [realizedVol, contract.terms.startDate, contract.terms.endDate];
    const terms = JSON.stringify(contract.terms);
    // Entries of both tables count together, so that one removal can stand against either.
    insert.run(nextEntry.get(), contractId, underlying, first, last, terms, enteredAt, batchId);
  };
}

export function createContractWriter(
  db: WritableDb,
  read: ContractReader,
): (stamp: { readonly now: string; readonly actor: string }) => ContractWriter {
  const insert = createContractInsert(db);
  const newestEntry = db
    .prepare(
      `SELECT max(entry_id) FROM (
         SELECT entry_id FROM forward_start_contract WHERE contract_id = ?
         UNION ALL SELECT entry_id FROM realized_vol_contract WHERE contract_id = ?)`,
    )
    .pluck();
  const addEvent = db.prepare(
    `INSERT INTO contract_event (contract_id, entry_id, kind, happened_at, actor, level, vol, amount, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ now, actor }) => ({
    insert: (contract) => {
      if (read.find(contract.terms.contractId) !== null) return false;
      insert(contract, now, null);
      return true;
    },
    addEvent: (contractId, event) => {
      assertThat(read.find(contractId) !== null, `contract ${contractId} must be on the desk`);
      const entry = newestEntry.get(contractId, contractId) as number;
      const { kind, level, vol, amount, reason } = event;
      addEvent.run(contractId, entry, kind, now, actor, level, vol, amount, reason);
    },
  });
}
