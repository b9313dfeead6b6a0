import type { AuditEntry } from '../../shared/contract/desk.ts';
import type { DeskEvent } from '../../shared/contract/messages.ts';
import type { Failure } from '../../shared/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createAuditReader, createAuditWriter } from './audit.ts';
import { createBackupShelf, type BackupShelf } from './backup-shelf.ts';
import { createBasketReader, createBasketWriter } from './baskets.ts';
import { createBatchReader } from './batches.ts';
import { createClassifier } from './classify.ts';
import { createContractReader, createContractWriter } from './contracts.ts';
import { createDerivedDays } from './derived.ts';
import { createDeskReader } from './desk.ts';
import { createEditReader, createEditWriter, type CommandCall } from './edits.ts';
import { createExclusionWriter } from './exclusions.ts';
import { createExpiryReader, createExpiryWriter } from './expiries.ts';
import { createImportWriter } from './imports.ts';
import { openDesk, type OpenRequest } from './open.ts';
import { createOverrideReader, createOverrideWriter } from './overrides.ts';
import { createPositionReader } from './positions.ts';
import { createPreferenceReader, createPreferenceWriter } from './preferences.ts';
import { createPriceReader } from './prices.ts';
import { createQuoteReader } from './quotes.ts';
import { createReassessmentReader, createReassessmentWriter } from './reassessments.ts';
import { createScenarioReader, createScenarioWriter } from './scenarios.ts';
import { failureOfStoreError } from './sqlite-failures.ts';
import { createSuggestionReader, createSuggestionWriter } from './suggestions.ts';
import type { DerivedDays, Readers, Transaction } from './types.ts';
import { createUnderlierReader } from './underliers.ts';
import { createVolReader } from './vols.ts';
import { createWeightReader } from './weights.ts';

/** A mutation as the log will have it. */
export interface MutationEntry {
  readonly at: string;
  readonly actor: string;
  readonly command: string;
  readonly subject: string;
  readonly detail: string;
  /** What was asked, so that it can be done again after an undo. */
  readonly input: unknown;
}

export interface MutationOutcome<T> {
  readonly result: Result<T>;
  /** What to tell every window; empty for a refusal. */
  readonly events: readonly DeskEvent[];
}

export interface Store {
  readonly read: Readers;
  readonly derived: DerivedDays;
  readonly shelf: BackupShelf;
  /**
   * One transaction with its audit row. A refused one is rolled back and leaves a row of its own; a thrown
   * error rolls back and goes on to the caller.
   */
  readonly mutate: <T>(
    entry: MutationEntry,
    work: (tx: Transaction) => Result<T>,
    sentenceOf: (error: Failure) => string,
  ) => MutationOutcome<T>;
  /** An audit row for something that was refused before a transaction began. */
  readonly recordRefusal: (entry: MutationEntry) => void;
  /** Whether another process changed the file since this was last asked. */
  readonly changedElsewhere: () => boolean;
  /** The failure that a thrown error of SQLite stands for; null for a bug. */
  readonly failureOf: (error: unknown) => Failure | null;
  readonly close: () => void;
}

/** Carries a refusal out of the transaction so that SQLite rolls it back. */
class Refused extends Error {}

/** Opens a desk and prepares everything that reads and writes it. */
export function openStore(request: OpenRequest): Result<Store> {
  const opened = openDesk(request);
  if (!opened.ok) return opened;
  const { db, file, close } = opened.value;

  const desk = createDeskReader(db, file);
  const contracts = createContractReader(db);
  const suggestions = createSuggestionReader(db);
  const scenarios = createScenarioReader(db);
  const classify = createClassifier(db, contracts, desk.dataRevision);
  const batches = createBatchReader(db, classify);
  const read: Readers = {
    desk,
    contracts,
    suggestions,
    reassessments: createReassessmentReader(db),
    expiries: createExpiryReader(db),
    scenarios,
    edits: createEditReader(db),
    batches,
    underliers: createUnderlierReader(db, desk.dataRevision),
    quotes: createQuoteReader(db),
    overrides: createOverrideReader(db),
    prices: createPriceReader(db),
    weights: createWeightReader(db),
    vols: createVolReader(db),
    positions: createPositionReader(db),
    baskets: createBasketReader(db),
    audit: createAuditReader(db),
    preferences: createPreferenceReader(db),
  };

  const imports = createImportWriter(db, batches, desk.dataRevision);
  const contractWriter = createContractWriter(db, contracts);
  const basketWriter = createBasketWriter(db);
  const reassessmentWriter = createReassessmentWriter(db);
  const expiryWriter = createExpiryWriter(db, batches);
  const suggestionWriter = createSuggestionWriter(db, suggestions);
  const exclusions = createExclusionWriter(db);
  const overrides = createOverrideWriter(db);
  const scenarioWriter = createScenarioWriter(db, scenarios);
  const preferences = createPreferenceWriter(db);
  const editWriter = createEditWriter(db);
  const writeAudit = createAuditWriter(db);

  const record = (entry: MutationEntry, outcome: AuditEntry['outcome']): void => {
    writeAudit({ ...entry, outcome });
  };

  const mutate: Store['mutate'] = (entry, work, sentenceOf) => {
    const events: DeskEvent[] = [];
    const described: { subject?: string; detail?: string } = {};
    const reversal: { edit?: { readonly title: string; readonly undo: CommandCall } } = {};
    const stamp = { now: entry.at, actor: entry.actor };
    let result: ReturnType<typeof work> | null = null;
    const run = db.transaction(() => {
      const before = desk.dataRevision();
      const importing = imports(stamp);
      result = work({
        read,
        ...stamp,
        imports: importing,
        reassessments: reassessmentWriter(stamp),
        expiries: expiryWriter(stamp, importing),
        contracts: contractWriter(stamp),
        baskets: basketWriter(stamp),
        suggestions: suggestionWriter(stamp),
        exclusions: exclusions(stamp),
        overrides: overrides(stamp),
        scenarios: scenarioWriter(stamp),
        preferences,
        announce: (event) => events.push(event),
        edits: editWriter(stamp),
        reversible: (edit) => {
          reversal.edit = edit;
        },
        describe: (said) => Object.assign(described, said),
      });
      if (!result.ok) throw new Refused();
      const dataRevision = desk.dataRevision();
      const told = events.some((event) => event.type === 'data.changed');
      if (dataRevision !== before && !told) events.unshift({ type: 'data.changed', dataRevision });
      if (reversal.edit !== undefined) {
        const redo = { command: entry.command, input: entry.input };
        editWriter(stamp).add({ ...reversal.edit, redo });
        events.push({ type: 'edits.changed' });
      }
      record({ ...entry, ...described }, 'done');
      return result;
    });
    try {
      return { result: run.immediate(), events };
    } catch (error) {
      // Only our own refusal ends here; SQLite has rolled back by now.
      if (!(error instanceof Refused) || result === null) throw error;
      const refused = result as ReturnType<typeof work>;
      const reason = refused.ok ? '' : sentenceOf(refused.error);
      record({ ...entry, ...described, detail: reason }, 'refused');
      return { result: refused, events: [] };
    }
  };

  let seen = db.pragma('data_version', { simple: true });
  return ok({
    read,
    derived: createDerivedDays(db, file),
    shelf: createBackupShelf(file, desk.backupTo),
    mutate,
    recordRefusal: (entry) => {
      record(entry, 'refused');
    },
    changedElsewhere: () => {
      const now = db.pragma('data_version', { simple: true });
      const changed = now !== seen;
      seen = now;
      return changed;
    },
    failureOf: (error) => failureOfStoreError(error, file),
    close,
  });
}
