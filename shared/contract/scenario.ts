import { z } from 'zod';
import { finite, isoDate, mutation, nothing, query, symbolName } from './define.ts';
import { scenarioEditRequest, scenarioMarketEdit, scenarioStep } from './scenario-edits.ts';
import { scenarioShock } from './scenario-shock.ts';
import { contractFamily, notValued, scenarioName } from './scenario-value.ts';

const id = z.number().int().positive();
const sessionName = z.string().trim().min(1).max(120);
const note = z.string().max(2000);
const ofSession = z.object({ scenarioId: id });
const freezeId = z.string().min(1).max(80);

/** A session in a list. */
export const scenarioHead = z.object({
  scenarioId: id,
  name: z.string(),
  note: z.string(),
  parentId: id.nullable(),
  parentName: z.string().nullable(),
  /** Of the frozen market, and when it was taken. */
  asOf: isoDate,
  takenAt: z.string(),
  /** The session's own day. */
  date: isoDate,
  /** Whether the working copy differs from what was saved. */
  unsaved: z.boolean(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  marketEdits: z.number(),
  /** The standing shock in words; null: none. */
  shock: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  changedAt: z.string(),
  savedAt: z.string(),
});
export type ScenarioHead = z.infer<typeof scenarioHead>;

/** A row of a session's book. */
export const scenarioRow = z.object({
  positionId: z.string(),
  book: z.string().nullable(),
  symbol: z.string(),
  label: z.string(),
  family: contractFamily,
  quantity: finite,
  /** In the frozen book; null: added here. */
  frozenQuantity: finite.nullable(),
  multiplier: finite.nullable(),
  expiry: isoDate.nullable(),
  strike: finite.nullable(),
  change: z.enum(['same', 'added', 'changed', 'removed']),
});
export type ScenarioRow = z.infer<typeof scenarioRow>;

export const scenarioCommands = {
  /** Sessions by name, and those deleted lately, which can be restored. */
  'scenario.list': query({
    input: nothing,
    output: z.object({
      sessions: z.array(scenarioHead),
      deleted: z.array(z.object({ scenarioId: id, name: z.string(), deletedAt: z.string() })),
    }),
  }),
  'scenario.open': query({
    input: ofSession,
    output: z.object({
      head: scenarioHead,
      rows: z.array(scenarioRow),
      market: z.array(scenarioMarketEdit),
      shock: scenarioShock.nullable(),
      /** Inherited edits are not among them: they cannot be undone here. */
      steps: z.array(scenarioStep),
      /** Held live but left out of the frozen book, with why; and edits that no longer meet a row. */
      notIncluded: z.array(notValued),
      /** What to know of the frozen data before trusting it. */
      quality: z.array(z.string()),
    }),
  }),
  /** The frozen market with the session's overrides in it. */
  'scenario.market': query({ input: ofSession, output: z.object({ names: z.array(scenarioName) }) }),
  /** Freezes the live book and its market, and holds it until it is used. Slow the first time: progress, cancel. */
  'scenario.freeze': query({
    input: z.object({
      asOf: isoDate.optional(),
      /** Names to have in the market beside what is held. */
      symbols: z.array(symbolName).max(1000).default([]),
    }),
    output: z.object({
      freezeId,
      asOf: isoDate,
      takenAt: z.string(),
      positions: z.number(),
      names: z.number(),
      notIncluded: z.array(notValued),
      quality: z.array(z.string()),
    }),
  }),
  'scenario.create': mutation({
    input: z.object({ freezeId, name: sessionName, note: note.default('') }),
    output: scenarioHead,
  }),
  /** A new session from another's working copy, on the same frozen book. */
  'scenario.branch': mutation({
    input: z.object({ scenarioId: id, name: sessionName, note: note.default('') }),
    output: scenarioHead,
  }),
  /** The working copy under another name; the session itself goes back to what was saved. */
  'scenario.saveAs': mutation({
    input: z.object({ scenarioId: id, name: sessionName }),
    output: scenarioHead,
  }),
  /** One step of the log, kept at once. A run of steps with the same `mergeKey` is one undo. */
  'scenario.edit': mutation({
    input: z.object({
      scenarioId: id,
      edits: z.array(scenarioEditRequest).min(1).max(20_000),
      /** Absent: said from the edits. */
      label: z.string().min(1).max(200).optional(),
      mergeKey: z.string().min(1).max(80).nullable().default(null),
    }),
    output: scenarioHead,
  }),
  /** Adds every position of another session's book to this one, or takes them off. One step. */
  'scenario.combine': mutation({
    input: z.object({ scenarioId: id, otherId: id, sign: z.enum(['add', 'subtract']) }),
    output: scenarioHead,
  }),
  'scenario.undo': mutation({ input: ofSession, output: scenarioHead }),
  'scenario.redo': mutation({ input: ofSession, output: scenarioHead }),
  'scenario.save': mutation({ input: ofSession, output: scenarioHead }),
  /** Back to what was saved; a step like any other, so it can be undone. */
  'scenario.revert': mutation({ input: ofSession, output: scenarioHead }),
  'scenario.rename': mutation({
    input: z.object({ scenarioId: id, name: sessionName.optional(), note: note.optional() }),
    output: scenarioHead,
  }),
  'scenario.delete': mutation({ input: ofSession, output: nothing }),
  'scenario.restore': mutation({ input: ofSession, output: scenarioHead }),
  /** Puts the session's edits on a newer frozen book; a step like any other. */
  'scenario.refresh': mutation({ input: z.object({ scenarioId: id, freezeId }), output: scenarioHead }),
  /** The session whole, with its frozen book: one file that opens anywhere. */
  'scenario.export': query({
    input: ofSession,
    output: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  }),
  /** Refuses a file in which a byte was changed, and says where. */
  'scenario.import': mutation({
    input: z.object({
      fileName: z.string().min(1).max(300),
      text: z.string(),
      /** Absent: the name it was exported under. */
      name: sessionName.optional(),
    }),
    output: scenarioHead,
  }),
};
