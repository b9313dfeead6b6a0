import { z } from 'zod';
import { finite, isoDate, mutation, nothing, query, symbolName } from './define.ts';
import { scenarioShock, shockAxis } from './scenario-shock.ts';
import {
  contractFamily,
  notValued,
  scenarioCurve,
  scenarioExplanation,
  scenarioGrid,
  scenarioMeasures,
  scenarioValuation,
} from './scenario-value.ts';

const id = z.number().int().positive();
const stressName = z.string().trim().min(1).max(120);
const note = z.string().max(2000);
const positionIds = z.array(z.string()).min(1).max(100_000);

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

export const scenarioRunCommands = {
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
  /**
   * A file of shocks, or an exported session, run on the live book or a session of the desk; stores nothing. Money is
   * plain: parts and residual sum to the change to the cent. The file's form is in docs/formats.md.
   */
  'scenario.run': query({
    input: z.object({ fileName: z.string().max(300), text: z.string(), asOf: isoDate.optional() }),
    output: z.object({
      name: z.string(),
      asOf: isoDate,
      base: finite,
      rows: z.array(
        z.object({
          shock: z.string(),
          words: z.string().nullable(),
          value: finite,
          change: finite,
          explained: z.object({
            delta: finite,
            gamma: finite,
            vega: finite,
            theta: finite,
            vanna: finite,
            volga: finite,
            carry: finite,
            trades: finite,
            fixings: finite,
          }),
          residual: finite,
          notes: z.array(z.string()),
        }),
      ),
      notValued: z.array(notValued),
    }),
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
  /** The library as shocks on a book, and one's own. Absent `of`: on the indexes of the desk. */
  'scenario.stresses': query({
    input: z.object({ of: scenarioSource.optional(), index: symbolName.optional() }),
    output: z.object({ stresses: z.array(stress) }),
  }),
  'scenario.addStress': mutation({
    input: z.object({ name: stressName, note: note.default(''), shock: scenarioShock }),
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
