import type { HedgeProposal, Suggestion } from '../../shared/contract/hedge.ts';
import { assertThat } from '../../shared/result.ts';
import type { ReadableDb, WritableDb } from './db.ts';
import type { SuggestionEvent } from './rows.ts';
import type { SuggestionReader, SuggestionWriter } from './types.ts';

type Row = Omit<Suggestion, 'proposal'> & { readonly snapshot: string };

const columns = `suggestion_id AS suggestionId, state, created_at AS createdAt, approved_at AS approvedAt,
  approved_by AS approvedBy, exported_at AS exportedAt, version, hash, note, snapshot`;

export function createSuggestionReader(db: ReadableDb): SuggestionReader {
  const all = db.prepare(`SELECT ${columns} FROM suggestion ORDER BY suggestion_id DESC`);
  const one = db.prepare(`SELECT ${columns} FROM suggestion WHERE suggestion_id = ?`);
  const events = db.prepare(
    'SELECT at, actor, kind, detail, hash FROM suggestion_event WHERE suggestion_id = ? ORDER BY event_id',
  );
  const shaped = ({ snapshot, ...row }: Row): Suggestion => ({
    ...row,
    proposal: JSON.parse(snapshot) as HedgeProposal,
  });
  return {
    list: () => (all.all() as Row[]).map(shaped),
    find: (suggestionId) => {
      const row = one.get(suggestionId) as Row | undefined;
      return row === undefined ? null : shaped(row);
    },
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
      advance: (suggestionId, state, event) => {
        advance.run({ state, now, actor, suggestionId });
        return record(found(suggestionId), event.kind, event.detail);
      },
    };
  };
}
