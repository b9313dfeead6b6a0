import { z } from 'zod';
import { isoDate, mutation, nothing, query, symbolName } from './define.ts';

export const underlierSummary = z.object({
  symbol: symbolName,
  name: z.string(),
  kind: z.enum(['index', 'stock', 'etf', 'unknown']),
  currency: z.string(),
  /** Market days that hold an option chain, newest first. */
  chainDates: z.array(isoDate),
  priceCount: z.number(),
  firstPriceDate: isoDate.nullable(),
  lastPriceDate: isoDate.nullable(),
  /** Dates of stored index compositions; empty for a name that is not an index. */
  weightDates: z.array(isoDate),
});
export type UnderlierSummary = z.infer<typeof underlierSummary>;

export const deskInfo = z.object({
  deskName: z.string(),
  deskFile: z.string(),
  version: z.string(),
  schemaVersion: z.number(),
  /** Grows with every change of stored market data: what a cached number rests on. */
  dataRevision: z.number(),
  isEmpty: z.boolean(),
  isDemo: z.boolean(),
  /** Every market day that holds a chain or an implied volatility, newest first. */
  marketDates: z.array(isoDate),
  /** When the newest quotes were taken, as the source says; null where it does not. */
  newestQuotedAt: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  underliers: z.array(underlierSummary),
});
export type DeskInfo = z.infer<typeof deskInfo>;

export const healthFinding = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  subject: z.string(),
  rule: z.string(),
  sentence: z.string(),
  count: z.number(),
});
export type HealthFinding = z.infer<typeof healthFinding>;

export const auditEntry = z.object({
  id: z.number(),
  at: z.string(),
  actor: z.string(),
  command: z.string(),
  subject: z.string(),
  outcome: z.enum(['done', 'refused']),
  detail: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const deskCommands = {
  'desk.info': query({ input: nothing, output: deskInfo }),
  'desk.health': query({
    input: z.object({ asOf: isoDate.optional() }),
    output: z.object({ asOf: isoDate.nullable(), findings: z.array(healthFinding) }),
  }),
  'desk.backup': query({
    input: z.object({ file: z.string() }),
    output: z.object({ file: z.string(), bytes: z.number(), checked: z.boolean() }),
  }),
  'audit.list': query({
    input: z.object({
      search: z.string().default(''),
      limit: z.number().int().min(1).max(100_000).default(1000),
    }),
    output: z.object({ total: z.number(), entries: z.array(auditEntry) }),
  }),
  'preference.read': query({
    input: z.object({ key: z.string().max(200) }),
    output: z.object({ value: z.string().nullable() }),
  }),
  'preference.save': mutation({
    input: z.object({ key: z.string().max(200), value: z.string().max(200_000) }),
    output: nothing,
  }),
};
