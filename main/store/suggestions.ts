import type { HedgeProposal, Suggestion, SuggestionState } from '../../shared/contract/hedge.ts';
import { assertThat } from '../../shared/result.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type { SuggestionEvent, SuggestionFill } from './rows.ts';
import type { SuggestionReader, SuggestionWriter } from './types.ts';

type Row = Omit<Suggestion, 'proposal'> & { readonly snapshot: string };

/** What happened after the export stands beside the frozen row. */
const columns = `suggestion_id AS suggestionId,
  coalesce((SELECT state FROM suggestion_progress AS progress
            WHERE progress.suggestion_id = suggestion.suggestion_id
            ORDER BY progress_id DESC LIMIT 1), state) AS state, created_at AS createdAt, approved_at AS approvedAt,
  approved_by AS approvedBy, exported_at AS exportedAt, version, hash, note, snapshot`;

const afterExport: ReadonlySet<SuggestionState> = new Set(['part-filled', 'filled', 'cancelled', 'expired']);

/** Null where the text was changed from outside so that it says no proposal any more. */
function proposalIn(snapshot: string): HedgeProposal | null {
  try {
    const read = JSON.parse(snapshot) as Partial<HedgeProposal> | null;
    const isWhole =
      Array.isArray(read?.legs) && typeof read.basket === 'string' && typeof read.asOf === 'string';
    return isWhole ? (read as HedgeProposal) : null;
  } catch {
    return null;
  }
}

export function createSuggestionReader(db: ReadableDb): SuggestionReader {
  const all = db.prepare(`SELECT ${columns} FROM suggestion ORDER BY suggestion_id DESC`);
  const one = db.prepare(`SELECT ${columns} FROM suggestion WHERE suggestion_id = ?`);
  const events = db.prepare(
    'SELECT at, actor, kind, detail, hash FROM suggestion_event WHERE suggestion_id = ? ORDER BY event_id',
  );
  const fills = db.prepare(
    `SELECT fill_id AS fillId, leg_id AS legId, contract, side, quantity, price, commission,
            traded_at AS tradedAt, fill_key AS key, file_name AS fileName, source_line AS line,
            imported_at AS importedAt, imported_by AS importedBy
     FROM suggestion_fill WHERE suggestion_id = ? ORDER BY fill_id`,
  );
  const shaped = ({ snapshot, ...row }: Row): Suggestion | null => {
    const proposal = proposalIn(snapshot);
    return proposal === null ? null : { ...row, proposal };
  };
  return {
    list: () =>
      (all.all() as Row[]).flatMap((row) => {
        const suggestion = shaped(row);
        return suggestion === null ? [] : [suggestion];
      }),
    find: (suggestionId) => {
      const row = one.get(suggestionId) as Row | undefined;
      return row === undefined ? null : shaped(row);
    },
    damaged: () => (all.all() as Row[]).flatMap((row) => (shaped(row) === null ? [row.suggestionId] : [])),
    fills: (suggestionId) => fills.all(suggestionId) as SuggestionFill[],
    events: (suggestionId) =>
      (events.all(suggestionId) as (Omit<SuggestionEvent, 'detail'> & { readonly detail: string })[]).map(
        (event) => ({ ...event, detail: JSON.parse(event.detail) as unknown }),
      ),
  };
}

export function createSuggestionWriter(
  db: WritableDb,
  read: SuggestionReader,
): (stamp: { readonly now: string; readonly actor: string }) => SuggestionWriter {
  const insert = db.prepare(
    `INSERT INTO suggestion
       (state, basket, as_of_date, expiry_date, created_at, created_by, version, snapshot, hash, note)
     VALUES ('draft', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const revise = db.prepare('UPDATE suggestion SET snapshot = ?, hash = ? WHERE suggestion_id = ?');
  const advance = db.prepare(
    `UPDATE suggestion SET state = :state,
       approved_at = CASE :state WHEN 'approved' THEN :now ELSE approved_at END,
       approved_by = CASE :state WHEN 'approved' THEN :actor ELSE approved_by END,
       exported_at = CASE :state WHEN 'exported' THEN :now ELSE exported_at END
     WHERE suggestion_id = :suggestionId`,
  );
  const addEvent = db.prepare(
    'INSERT INTO suggestion_event (suggestion_id, at, actor, kind, detail, hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const progress = db.prepare(
    'INSERT INTO suggestion_progress (suggestion_id, state, at, actor) VALUES (?, ?, ?, ?)',
  );
  const addFill = db.prepare(
    `INSERT INTO suggestion_fill
       (suggestion_id, leg_id, contract, side, quantity, price, commission, traded_at, fill_key, file_name,
        source_line, imported_at, imported_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const found = (suggestionId: number): Suggestion => {
    const suggestion = read.find(suggestionId);
    assertThat(suggestion !== null, `suggestion ${suggestionId} must be on the desk`);
    return suggestion;
  };

  return ({ now, actor }) => {
    const record = (suggestion: Suggestion, kind: string, detail: unknown): Suggestion => {
      const text = JSON.stringify(detail ?? null);
      addEvent.run(suggestion.suggestionId, now, actor, kind, text, suggestion.hash);
      return suggestion;
    };
    return {
      insert: ({ proposal, version, hash, note }) => {
        const { basket, asOf, expiry } = proposal;
        const snapshot = JSON.stringify(proposal);
        const { lastInsertRowid } = insert.run(
          basket,
          asOf,
          expiry,
          now,
          actor,
          version,
          snapshot,
          hash,
          note,
        );
        return record(found(Number(lastInsertRowid)), 'saved', null);
      },
      revise: (suggestionId, { proposal, hash }, event) => {
        revise.run(JSON.stringify(proposal), hash, suggestionId);
        return record(found(suggestionId), event.kind, event.detail);
      },
      note: (suggestionId, event) => record(found(suggestionId), event.kind, event.detail),
      addFills: (suggestionId, fileName, fills) => {
        for (const fill of fills) {
          const { legId, contract, side, quantity, price, commission, tradedAt, key, line } = fill;
          addFill.run(
            suggestionId,
            legId,
            contract,
            side,
            quantity,
            price,
            commission,
            tradedAt,
            key,
            fileName,
            line,
            now,
            actor,
          );
        }
      },
      advance: (suggestionId, state, event) => {
        if (afterExport.has(state)) progress.run(suggestionId, state, now, actor);
        else advance.run({ state, now, actor, suggestionId });
        return record(found(suggestionId), event.kind, event.detail);
      },
    };
  };
}
