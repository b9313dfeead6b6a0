import { z } from 'zod';
import { finite, isoDate, mutation, query } from './define.ts';
import { suggestion, suggestionDrift, suggestionState } from './hedge.ts';
import { rejection } from './imports.ts';

const side = z.enum(['sell', 'buy']);

const fillRow = z.object({
  line: z.number(),
  suggestionId: z.number().nullable(),
  contract: z.string(),
  side,
  quantity: z.number().int().min(1),
  price: finite,
  commission: finite,
  tradedAt: z.string(),
});

const legFills = z.object({
  legId: z.string(),
  contract: z.string(),
  side,
  ordered: z.number(),
  filled: z.number(),
  open: z.number(),
  averagePrice: finite.nullable(),
  limit: finite,
  mid: finite.nullable(),
  /** Per unit, worse than the reference (+). */
  slippageToLimit: finite.nullable(),
  slippageToMid: finite.nullable(),
  slippageToLimitMoney: finite,
  slippageToMidMoney: finite.nullable(),
  commission: finite,
});

export const fillReport = z.object({
  suggestionId: z.number(),
  state: suggestionState,
  legs: z.array(legFills),
  slippageToLimitMoney: finite,
  slippageToMidMoney: finite,
  commission: finite,
  /** Received (+) or paid (−) before commissions. */
  premium: finite,
});
export type FillReport = z.infer<typeof fillReport>;

const comparedLeg = z.object({
  contract: z.string(),
  side,
  quantityA: z.number(),
  quantityB: z.number(),
  priceA: finite.nullable(),
  priceB: finite.nullable(),
  change: z.enum(['same', 'changed', 'only-a', 'only-b']),
});

const previewedFill = fillRow.extend({
  /** Counted already; fits no leg, is more than is open, or is of a suggestion that was not sent. */
  state: z.enum(['matched', 'duplicate', 'refused']),
  /** Per unit, worse than the reviewed limit (+). */
  slippageToLimit: finite.nullable(),
  reason: z.string().nullable(),
});
export type PreviewedFill = z.infer<typeof previewedFill>;

export const fillCommands = {
  /** What `fills.import` would do with each row; stores nothing. */
  'fills.preview': query({
    input: z.object({
      suggestionId: z.number().int().nullable().default(null),
      fills: z.array(fillRow).max(100_000),
    }),
    output: z.object({ rows: z.array(previewedFill) }),
  }),
  /** Reads a file of executions; stores nothing. */
  'fills.stage': query({
    input: z.object({ fileId: z.string() }),
    output: z.object({
      fileName: z.string(),
      format: z.enum(['fills', 'ibkr-statement']),
      fills: z.array(fillRow),
      rejections: z.array(rejection),
    }),
  }),
  /** Matches executions to the legs of exported suggestions. What does not match is refused by name; the rest counts. */
  'fills.import': mutation({
    input: z.object({
      fileName: z.string().min(1),
      /** Where rows do not say theirs; rows of another one are refused. */
      suggestionId: z.number().int().nullable().default(null),
      fills: z.array(fillRow).min(1).max(100_000),
      rejections: z.array(rejection).default([]),
    }),
    output: z.object({
      accepted: z.number(),
      duplicates: z.number(),
      refused: z.array(z.object({ line: z.number(), contract: z.string(), reason: z.string() })),
      suggestions: z.array(fillReport),
    }),
  }),
  'fills.list': query({
    input: z.object({ suggestionId: z.number() }),
    output: z.object({
      report: fillReport,
      fills: z.array(
        z.object({
          fillId: z.number(),
          legId: z.string(),
          contract: z.string(),
          side,
          quantity: z.number(),
          price: finite,
          commission: finite,
          tradedAt: z.string(),
          fileName: z.string(),
          line: z.number(),
          importedAt: z.string(),
          importedBy: z.string(),
        }),
      ),
    }),
  }),
  /** Withdraws what is open of an exported suggestion; its fills stay. */
  'suggestion.cancel': mutation({
    input: z.object({ suggestionId: z.number(), reason: z.string().max(500) }),
    output: suggestion,
  }),
  /** The reviewed quotes against those of a later day. */
  'suggestion.drift': query({
    input: z.object({ suggestionId: z.number(), asOf: isoDate.optional() }),
    output: suggestionDrift,
  }),
  /** Two cases side by side: what differs between their legs and totals. */
  'suggestion.compare': query({
    input: z.object({ a: z.number(), b: z.number() }),
    output: z.object({
      a: z.object({ suggestionId: z.number(), state: suggestionState, note: z.string() }),
      b: z.object({ suggestionId: z.number(), state: suggestionState, note: z.string() }),
      legs: z.array(comparedLeg),
      totals: z.array(z.object({ name: z.string(), a: finite, b: finite, difference: finite })),
      /** Settings of the request that differ. */
      settings: z.array(z.object({ name: z.string(), a: z.string(), b: z.string() })),
    }),
  }),
};
