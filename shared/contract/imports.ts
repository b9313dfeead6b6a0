import { z } from 'zod';
import { isoDate, mutation, nothing, query, symbolName } from './define.ts';

export const importFormat = z.enum([
  'cboe-quote-table',
  'nse-bhavcopy',
  'daily-prices',
  'index-weights',
  'positions',
  'forward-start-contracts',
  'realized-vol-contracts',
  'volatility-history',
  'orats-strikes',
  'optionsdx',
  'deltaneutral',
  'cboe-datashop',
  'ivolatility',
]);
export type ImportFormat = z.infer<typeof importFormat>;

export const rejection = z.object({
  /** 1-based line of the file. */
  line: z.number(),
  reason: z.string(),
  /** The raw line, cut at 300 characters. */
  text: z.string(),
});
export type Rejection = z.infer<typeof rejection>;

export const importPreview = z.object({
  stagingId: z.string(),
  fileName: z.string(),
  format: importFormat,
  formatReason: z.string(),
  /** What it covers in a line: symbols, days, expiries. */
  summary: z.string(),
  asOf: isoDate.nullable(),
  quotedAt: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  accepted: z.number(),
  changed: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
  /** At most 1,000; `rejected` says how many there are. */
  rejections: z.array(rejection),
  /** The first rows as they will be stored. */
  sample: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  }),
  warnings: z.array(z.string()),
  /** Set where the same bytes are on the desk already. */
  sameFileAsBatch: z.number().nullable(),
  seconds: z.number(),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importBatch = z.object({
  batchId: z.number(),
  fileName: z.string(),
  format: importFormat,
  importedAt: z.string(),
  summary: z.string(),
  accepted: z.number(),
  changed: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
  undoneAt: z.string().nullable(),
});
export type ImportBatch = z.infer<typeof importBatch>;

export const importCommands = {
  /** Reads a file that the host was given (`fileId`), parses it away from the service's thread, and holds it for a look. */
  'imports.stage': query({
    input: z.object({
      fileId: z.string(),
      format: importFormat.optional(),
      symbol: symbolName.optional(),
      index: symbolName.optional(),
      asOf: isoDate.optional(),
    }),
    output: importPreview,
  }),
  'imports.commit': mutation({ input: z.object({ stagingId: z.string() }), output: importBatch }),
  'imports.discard': query({ input: z.object({ stagingId: z.string() }), output: nothing }),
  'imports.list': query({ input: nothing, output: z.object({ batches: z.array(importBatch) }) }),
  'imports.rejections': query({
    input: z.object({ batchId: z.number() }),
    output: z.object({ rejections: z.array(rejection) }),
  }),
  'imports.undo': mutation({ input: z.object({ batchId: z.number() }), output: importBatch }),
  'imports.redo': mutation({ input: z.object({ batchId: z.number() }), output: importBatch }),
  /** Stages every file of the synthetic market; commit them one by one. Refused on a desk that holds data. */
  'demo.files': query({
    input: nothing,
    output: z.object({ fileIds: z.array(z.object({ fileId: z.string(), fileName: z.string() })) }),
  }),
};
