import { z } from 'zod';
import { finite, isoDate, mutation, nothing, query, symbolName } from './define.ts';
import { scenarioEditRequest, scenarioMarketEdit, scenarioStep } from './scenario-edits.ts';
import { scenarioShock, shockAxis } from './scenario-shock.ts';
import {
  contractFamily,
  notValued,
  scenarioCurve,
  scenarioExplanation,
  scenarioGrid,
  scenarioMeasures,
  scenarioName,
  scenarioValuation,
} from './scenario-value.ts';

const id = z.number().int().positive();
const sessionName = z.string().trim().min(1).max(120);
const note = z.string().max(2000);
const ofSession = z.object({ scenarioId: id });
const freezeId = z.string().min(1).max(80);
const positionIds = z.array(z.string()).min(1).max(100_000);

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

/** The book that a question is about: a session, the live book frozen now, or the live book as it was kept on a day. */
export const scenarioSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session'), scenarioId: id }),
  /** The session's frozen book without any of its edits. */
  z.object({ kind: z.literal('frozen'), scenarioId: id }),
  z.object({ kind: z.literal('live'), asOf: isoDate.optional() }),
]);
export type ScenarioSource = z.infer<typeof scenarioSource>;

/** Absent: the session's standing shock. Null: none. */
const shock = scenarioShock.nullable().optional();

const stress = z.object({
  /** Of the library its word, of one's own its number. */
  stressId: z.string(),
  name: z.string(),
  note: z.string(),
  shock: scenarioShock,
  own: z.boolean(),
});
export type ScenarioStress = z.infer<typeof stress>;

/** A difference between the first session and another, one line each. */
const difference = z.object({
  scenarioId: id,
  kind: z.enum(['position', 'market', 'date', 'shock', 'frozen']),
  subject: z.string(),
  what: z.enum(['added', 'removed', 'changed']),
  /** In words; null: not there. */
  first: z.string().nullable(),
  other: z.string().nullable(),
});
export type ScenarioDifference = z.infer<typeof difference>;

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

  /** Full revaluation under a shock, beside the book without it. */
  'scenario.value': query({
    input: z.object({ of: scenarioSource, shock }),
    output: scenarioValuation.extend({
      /** The same book without the shock. */
      baseValue: finite,
      profit: finite,
      /** By position, in the order of `positions`. */
      profits: z.array(finite.nullable()),
      takenAt: z.string(),
    }),
  }),
  'scenario.grid': query({
    input: z.object({
      of: scenarioSource,
      shock,
      axisA: shockAxis,
      axisB: shockAxis,
      positionIds: positionIds.optional(),
    }),
    output: scenarioGrid,
  }),
  'scenario.curve': query({
    input: z.object({
      of: scenarioSource,
      shock,
      axis: shockAxis,
      /** Days forward of each line. */
      days: z.array(z.number().int().min(0).max(3660)).min(1).max(30),
      positionIds: positionIds.optional(),
    }),
    output: scenarioCurve,
  }),
  /** Where the difference of two books comes from: base and branch, before and under a shock, two dates. */
  'scenario.explain': query({
    input: z.object({
      from: scenarioSource,
      to: scenarioSource,
      fromShock: shock,
      toShock: shock,
      slices: z.array(isoDate).max(200).optional(),
    }),
    output: scenarioExplanation,
  }),
  /** Two or more sessions side by side, each under its own shock or all under one. */
  'scenario.compare': query({
    input: z.object({ scenarioIds: z.array(id).min(2).max(12), shock }),
    output: z.object({
      sessions: z.array(
        z.object({
          scenarioId: id,
          name: z.string(),
          asOf: isoDate,
          date: isoDate,
          shock: z.string().nullable(),
          /** Its frozen book without edits or shock. */
          frozenValue: finite,
          /** With its edits, without a shock. */
          baseValue: finite,
          total: scenarioMeasures,
          notValued: z.array(notValued),
          notes: z.array(z.string()),
        }),
      ),
      /** Positions of any of them; per session in the order of `sessions`, null where it has none or no value. */
      rows: z.array(
        z.object({
          positionId: z.string(),
          symbol: z.string(),
          label: z.string(),
          family: contractFamily,
          quantities: z.array(finite.nullable()),
          values: z.array(finite.nullable()),
        }),
      ),
      byFamily: z.array(z.object({ group: z.string(), values: z.array(finite.nullable()) })),
      byName: z.array(z.object({ group: z.string(), values: z.array(finite.nullable()) })),
      /** Of every other session against the first. */
      differences: z.array(difference),
    }),
  }),
  'scenario.stresses': query({ input: nothing, output: z.object({ stresses: z.array(stress) }) }),
  'scenario.addStress': mutation({
    input: z.object({ name: sessionName, note: note.default(''), shock: scenarioShock }),
    output: stress,
  }),
  'scenario.removeStress': mutation({ input: z.object({ stressId: z.string() }), output: nothing }),
  'scenario.restoreStress': mutation({ input: z.object({ stressId: z.string() }), output: stress }),
  /** The book through the moves of stored days, each from the day before it. */
  'scenario.replay': query({
    input: z.object({ of: scenarioSource, from: isoDate, to: isoDate }),
    output: z.object({
      days: z.array(
        z.object({
          from: isoDate,
          date: isoDate,
          profit: finite.nullable(),
          /** Names that moved, and those held that have no move that day. */
          moved: z.number(),
          missing: z.array(z.string()),
          /** The largest mover among what is held; null: nothing moved. */
          words: z.string(),
          shock: scenarioShock.nullable(),
          reason: z.string().nullable(),
        }),
      ),
      notes: z.array(z.string()),
    }),
  }),
  /** Trades of a session as a draft suggestion, to be reviewed like any other; what cannot be an order is named. */
  'scenario.promote': mutation({
    input: z.object({
      scenarioId: id,
      /** A saved basket the legs belong to; null: free of one. */
      basket: z.string().min(1).nullable().default(null),
      note: z.string().max(400).default(''),
    }),
    output: z.object({
      suggestionId: z.number(),
      legs: z.number(),
      left: z.array(z.object({ label: z.string(), reason: z.string() })),
    }),
  }),
};
