import { storedForwardStartTerms, type FixingPrice } from '../../shared/contract/forward-starts.ts';
import { storedRealizedVolTerms, type ContractObservation } from '../../shared/contract/vol-contracts.ts';
import { assertThat } from '../../shared/result.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type { ContractEvent, ContractStep, StoredContract, StoredObservation } from './rows.ts';
import type { ContractReader, ContractWriter } from './types.ts';

interface EntryRow {
  readonly kind: StoredContract['kind'];
  readonly entryId: number;
  readonly contractId: string;
  readonly terms: string;
  readonly enteredAt: string;
  readonly batchId: number | null;
}

type EventRow = Omit<ContractEvent, 'prices'> & {
  readonly eventId: number;
  readonly entryId: number;
  readonly contractId: string;
};
type StepRow = Pick<ContractStep, 'kind' | 'happenedAt' | 'actor' | 'reason'> & {
  readonly entryId: number;
  readonly contractId: string;
  readonly detail: string;
};
/** What happened to every contract since its last removal, oldest first. */
interface History {
  readonly events: Map<string, ContractEvent[]>;
  readonly steps: Map<string, ContractStep[]>;
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

const tables = [
  ['forward-start', 'forward_start_contract'],
  ['realized-vol', 'realized_vol_contract'],
] as const;

/** Removals that stand: those not taken back. */
const standingRemoval = `kind = 'removed' AND NOT EXISTS
  (SELECT 1 FROM contract_restoration WHERE contract_restoration.event_id = contract_event.event_id)`;

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
              WHERE contract_event.contract_id = ${table}.contract_id AND ${standingRemoval}), 0)`,
      )
      .join(' UNION ALL ') + ' ORDER BY underlier, contractId, entryId',
  );
  // All at once: a book of thousands asks for every contract's events together.
  const events = db.prepare(
    `SELECT event_id AS eventId, entry_id AS entryId, contract_id AS contractId, kind,
            happened_at AS happenedAt, actor, level, vol, amount, reason
     FROM contract_event WHERE kind <> 'removed' OR (${standingRemoval}) ORDER BY event_id`,
  );
  const prices = db.prepare(
    `SELECT event_id AS eventId, observed_on AS date, what, price FROM contract_fixing_price
     ORDER BY event_id, place`,
  );
  const steps = db.prepare(
    `SELECT contract_id AS contractId, entry_id AS entryId, kind, happened_at AS happenedAt, actor, detail, reason
     FROM contract_step ORDER BY step_id`,
  );

  const told = db.prepare(
    `SELECT observed_on AS date, observed_at AS time, status, mark, open, high, low, reason,
            happened_at AS happenedAt, actor
     FROM contract_observation WHERE contract_id = @contractId AND entry_id > coalesce(
       (SELECT max(entry_id) FROM contract_event WHERE contract_id = @contractId AND ${standingRemoval}), 0)
     ORDER BY observation_id`,
  );
  const lines = db
    .prepare(
      `SELECT lines FROM contract_settlement_table JOIN contract_event USING (event_id)
       WHERE contract_id = @contractId AND entry_id > coalesce(
         (SELECT max(entry_id) FROM contract_event WHERE contract_id = @contractId AND ${standingRemoval}), 0)
       ORDER BY event_id DESC LIMIT 1`,
    )
    .pluck();

  function history(): History {
    const pricesOf = new Map<number, FixingPrice[]>();
    for (const { eventId, ...price } of prices.all() as (FixingPrice & { readonly eventId: number })[]) {
      push(pricesOf, eventId, price);
    }
    const past: History = { events: new Map(), steps: new Map() };
    const removed = new Map<string, number>();
    for (const { eventId, entryId, contractId, ...event } of events.all() as EventRow[]) {
      if (event.kind === 'removed') {
        past.events.delete(contractId);
        removed.set(contractId, entryId);
      } else push(past.events, contractId, { ...event, prices: pricesOf.get(eventId) ?? [] });
    }
    for (const { entryId, contractId, ...step } of steps.all() as StepRow[]) {
      // A contract entered anew begins without the steps of the one removed.
      if (entryId <= (removed.get(contractId) ?? 0)) continue;
      push(past.steps, contractId, { ...step, detail: JSON.parse(step.detail) });
    }
    return past;
  }

  const contractOf = (row: EntryRow, past: History): StoredContract => {
    const shared = {
      contractId: row.contractId,
      enteredAt: row.enteredAt,
      batchId: row.batchId,
      events: past.events.get(row.contractId) ?? [],
      steps: past.steps.get(row.contractId) ?? [],
    };
    return row.kind === 'forward-start'
      ? { ...shared, kind: 'forward-start', terms: storedForwardStartTerms(JSON.parse(row.terms)) }
      : { ...shared, kind: 'realized-vol', terms: storedRealizedVolTerms(JSON.parse(row.terms)) };
  };
  const newest = (): EntryRow[] => [
    ...new Map((entries.all() as EntryRow[]).map((row) => [row.contractId, row])).values(),
  ];

  return {
    list: () => {
      const past = history();
      return newest().map((row) => contractOf(row, past));
    },
    find: (contractId) => {
      const row = newest().find((one) => one.contractId === contractId);
      return row === undefined ? null : contractOf(row, history());
    },
    observations: (contractId) => told.all({ contractId }) as StoredObservation[],
    settlementLines: (contractId) => {
      const found = lines.get({ contractId }) as string | undefined;
      return found === undefined ? null : (JSON.parse(found) as ContractObservation[]);
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
  const addPrice = db.prepare(
    `INSERT INTO contract_fixing_price (event_id, place, observed_on, what, price) VALUES (?, ?, ?, ?, ?)`,
  );
  const addStep = db.prepare(
    `INSERT INTO contract_step (contract_id, entry_id, kind, happened_at, actor, detail, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const addObservation = db.prepare(
    `INSERT INTO contract_observation
       (contract_id, entry_id, observed_on, observed_at, status, mark, open, high, low, reason, happened_at, actor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addLines = db.prepare('INSERT INTO contract_settlement_table (event_id, lines) VALUES (?, ?)');
  const newestRemoval = db
    .prepare(`SELECT max(event_id) FROM contract_event WHERE contract_id = ? AND ${standingRemoval}`)
    .pluck();
  const addRestoration = db.prepare(
    'INSERT INTO contract_restoration (event_id, happened_at, actor, reason) VALUES (?, ?, ?, ?)',
  );
  return ({ now, actor }) => ({
    restore: (contractId, reason) => {
      const removal = newestRemoval.get(contractId) as number | null;
      if (removal === null || read.find(contractId) !== null) return false;
      addRestoration.run(removal, now, actor, reason);
      return read.find(contractId) !== null;
    },
    addObservation: (contractId, { date, time, status, mark, open, high, low, reason }) => {
      const entry = newestEntry.get(contractId, contractId) as number;
      const prices = [mark, open, high, low];
      addObservation.run(contractId, entry, date, time, status, ...prices, reason, now, actor);
    },
    insert: (contract) => {
      if (read.find(contract.terms.contractId) !== null) return false;
      insert(contract, now, null);
      return true;
    },
    addEvent: (contractId, event) => {
      assertThat(read.find(contractId) !== null, `contract ${contractId} must be on the desk`);
      const entry = newestEntry.get(contractId, contractId) as number;
      const { kind, level, vol, amount, reason } = event;
      const { lastInsertRowid } = addEvent.run(
        contractId,
        entry,
        kind,
        now,
        actor,
        level,
        vol,
        amount,
        reason,
      );
      (event.prices ?? []).forEach(({ date, what, price }, place) => {
        addPrice.run(lastInsertRowid, place, date, what, price);
      });
      if (event.lines !== undefined) addLines.run(lastInsertRowid, JSON.stringify(event.lines));
    },
    addStep: (contractId, { kind, detail, reason }) => {
      assertThat(read.find(contractId) !== null, `contract ${contractId} must be on the desk`);
      const entry = newestEntry.get(contractId, contractId) as number;
      addStep.run(contractId, entry, kind, now, actor, JSON.stringify(detail), reason);
    },
  });
}
