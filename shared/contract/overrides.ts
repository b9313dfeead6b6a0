import { z } from 'zod';
import { finite, isoDate, mutation, query, symbolName } from './define.ts';

const reason = z.string().trim().min(1).max(500);
const id = z.number().int().positive();

export const quoteExclusion = z.object({
  exclusionId: id,
  symbol: symbolName,
  /** As `chain.read` names it. */
  contract: z.string(),
  /** The one day it holds for; null: every day. */
  tradeDate: isoDate.nullable(),
  reason: z.string(),
  excludedAt: z.string(),
  excludedBy: z.string(),
});

export const overrideKind = z.enum(['forward', 'rate', 'yield', 'price']);

export const marketOverride = z.object({
  overrideId: id,
  symbol: symbolName,
  /** Forward and price in underlier currency; rate and yield decimal, continuously compounded. */
  kind: overrideKind,
  /** An expiry's date, or its key (date and root); null: the whole name. */
  expiry: z.string().nullable(),
  tradeDate: isoDate.nullable(),
  value: finite,
  reason: z.string(),
  setAt: z.string(),
  setBy: z.string(),
});

export const overrideCommands = {
  /** Takes a quote out of forwards, fits and suggestions, on one day or on all. */
  'quotes.exclude': mutation({
    input: z.object({
      symbol: symbolName,
      contract: z.string().min(1).max(100),
      tradeDate: isoDate.nullable(),
      reason,
    }),
    output: z.object({ exclusionId: id }),
  }),
  /** By its number, or by what it leaves out: only one of a contract and day can be in force. */
  'quotes.restore': mutation({
    input: z.union([
      z.object({ exclusionId: id }),
      z.object({ symbol: symbolName, contract: z.string(), tradeDate: isoDate.nullable() }),
    ]),
    output: quoteExclusion,
  }),
  /** Those in force, of all days. */
  'quotes.exclusions': query({
    input: z.object({ symbol: symbolName }),
    output: z.object({ exclusions: z.array(quoteExclusion) }),
  }),
  /** A market input by hand, in force until cleared; one of the same kind, expiry and day gives way to it. */
  'override.set': mutation({
    input: z.object({
      symbol: symbolName,
      kind: overrideKind,
      expiry: z.string().min(1).max(80).nullable().default(null),
      tradeDate: isoDate.nullable().default(null),
      value: finite,
      reason,
    }),
    output: z.object({ overrideId: id }),
  }),
  /** By its number, or by what it sets: only one of a kind, expiry and day can be in force. */
  'override.clear': mutation({
    input: z.union([
      z.object({ overrideId: id }),
      z.object({
        symbol: symbolName,
        kind: overrideKind,
        expiry: z.string().nullable(),
        tradeDate: isoDate.nullable(),
      }),
    ]),
    output: marketOverride,
  }),
  'override.list': query({
    input: z.object({ symbol: symbolName.optional() }),
    output: z.object({ overrides: z.array(marketOverride) }),
  }),
};
