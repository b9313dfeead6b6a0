import { z } from 'zod';
import { finite, isoDate, mutation, query } from './define.ts';
import { notValued, scenarioExplanation, scenarioMeasures } from './scenario-value.ts';

const group = z.object({ group: z.string(), positions: z.number() }).extend(scenarioMeasures.shape);

/** Value and risk of the live book on a market day, as it was kept. */
export const dailySnapshot = z.object({
  asOf: isoDate,
  takenAt: z.string(),
  reason: z.enum(['start', 'import', 'hand']),
  positions: z.number(),
  total: scenarioMeasures,
  byBook: z.array(group),
  byName: z.array(group),
  byFamily: z.array(group),
  notValued: z.array(notValued),
});
export type DailySnapshot = z.infer<typeof dailySnapshot>;

export const reportSection = z.enum([
  'book',
  'risk',
  'explain',
  'stresses',
  'scenarios',
  'history',
  'premium',
  'contracts',
  'not-valued',
  'quality',
]);
export type ReportSection = z.infer<typeof reportSection>;

/** How a column's cells read: `money` and `cents` in the account currency, `vol` and `fraction` decimal. */
const cellKind = z.enum(['text', 'date', 'money', 'cents', 'quantity', 'count', 'vol', 'fraction', 'price']);
const reportTable = z.object({
  title: z.string(),
  columns: z.array(z.object({ heading: z.string(), kind: cellKind })),
  rows: z.array(z.array(z.union([z.string(), finite, z.null()]))),
  /** Whether the last row is a total. */
  totals: z.boolean(),
});
export type ReportTable = z.infer<typeof reportTable>;

export const report = z.object({
  title: z.string(),
  asOfLine: z.string(),
  qualityLine: z.string(),
  sections: z.array(
    z.object({
      section: reportSection,
      heading: z.string(),
      tables: z.array(reportTable),
      notes: z.array(z.string()),
    }),
  ),
});
export type Report = z.infer<typeof report>;

export const pnlCommands = {
  /** The days that were kept, oldest first; one a day, its newest. */
  'snapshot.list': query({
    input: z.object({ from: isoDate.optional(), to: isoDate.optional() }),
    output: z.object({ days: z.array(dailySnapshot) }),
  }),
  /** Freezes and values the live book of a day and holds it for `snapshot.keep`; `known` where it is kept already. */
  'snapshot.take': query({
    input: z.object({
      asOf: isoDate.optional(),
      /** One name at a time, so that whoever works meanwhile is not kept waiting. */
      inBackground: z.boolean().default(false),
    }),
    output: z.object({ freezeId: z.string(), asOf: isoDate, known: z.boolean(), total: scenarioMeasures }),
  }),
  'snapshot.keep': mutation({
    input: z.object({
      freezeId: z.string().min(1).max(80),
      reason: z.enum(['start', 'import', 'hand']).default('hand'),
    }),
    output: dailySnapshot,
  }),
  /**
   * Where the live book's profit between two stored days comes from, cent by cent. Positions of each day are
   * those kept on it; of a day that was not kept, those of today, said so.
   */
  'pnl.explain': query({
    input: z.object({
      /** Absent: the last stored day before `to`. */
      from: isoDate.optional(),
      /** Absent: the newest market day. */
      to: isoDate.optional(),
      /** One book alone; absent: all. */
      book: z.string().optional(),
    }),
    output: scenarioExplanation.extend({
      books: z.array(z.string()),
      /** What each day's positions rest on, and what was left out. */
      basis: z.array(z.string()),
    }),
  }),
  /** Chosen sections as data; the window prints them. Slow: progress, cancel. */
  'report.build': query({
    input: z.object({
      title: z.string().trim().min(1).max(200).default('Book report'),
      from: isoDate.optional(),
      to: isoDate.optional(),
      sections: z.array(reportSection).min(1).max(20),
      scenarioIds: z.array(z.number().int().positive()).max(12).default([]),
    }),
    output: report,
  }),
};
