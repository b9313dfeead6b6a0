import { z } from 'zod';
import { finite, isoDate, mutation, nothing, optionType, query, symbolName } from './define.ts';

export const expiryOutcome = z.enum(['exercise', 'assignment', 'cash-settlement', 'worthless']);
export type ExpiryOutcome = z.infer<typeof expiryOutcome>;

const ended = {
  /** Where it is held, or where what it leaves is posted. */
  book: z.string(),
  /** Of a basket's suggestions rather than of positions. */
  basket: z.string().nullable(),
  contract: z.string(),
  symbol: symbolName,
  type: optionType,
  expiry: isoDate,
  strike: finite,
  /** Signed contracts. */
  quantity: finite,
  multiplier: finite,
  /** Per unit. */
  settlementPrice: finite.nullable(),
  settlementSource: z.string(),
  /** Shares received (+) or delivered (−). */
  stockQuantity: finite,
  /** Money received (+) or paid (−). */
  cash: finite,
  openPrice: finite.nullable(),
};

export const expiryProposal = z.object({
  /** Names the row when it is posted. */
  key: z.string(),
  ...ended,
  exercise: z.enum(['european', 'american']),
  delivery: z.enum(['physical', 'cash']),
  settlement: z.enum(['AM', 'PM']),
  /** The session that its price is taken from: the expiry, or the one before a holiday. */
  settlesOn: isoDate,
  /** Null where the settlement price is not known: a person says what happened. */
  outcome: expiryOutcome.nullable(),
  allowed: z.array(expiryOutcome),
  intrinsic: finite.nullable(),
  /** `pinned`, `early`, `adjusted`, `holiday`. */
  flags: z.array(z.string()),
  reason: z.string(),
});
export type ExpiryProposal = z.infer<typeof expiryProposal>;

export const expiryPosting = z.object({
  postingId: z.number(),
  /** The layer of positions that it brought. */
  batchId: z.number(),
  asOf: isoDate,
  postedAt: z.string(),
  postedBy: z.string(),
  note: z.string(),
  undoneAt: z.string().nullable(),
  rows: z.array(z.object({ ...ended, outcome: expiryOutcome })),
});
export type ExpiryPosting = z.infer<typeof expiryPosting>;

export const expiryCommands = {
  /** What is at or past its expiry and not posted, with how it ends by price, style and calendar. */
  'expiry.propose': query({
    input: z.object({
      asOf: isoDate.optional(),
      /** Contracts held that were assigned or exercised before their expiry. */
      early: z.array(z.string()).max(500).default([]),
    }),
    output: z.object({
      asOf: isoDate.nullable(),
      rows: z.array(expiryProposal),
      /** The next expiry of what is held. */
      nextExpiry: isoDate.nullable(),
      warnings: z.array(z.string()),
    }),
  }),
  /** Posts the rows a person confirmed: options go, stock and cash come, as one layer of positions. */
  'expiry.post': mutation({
    input: z.object({
      asOf: isoDate.optional(),
      rows: z
        .array(
          z.object({
            key: z.string(),
            outcome: expiryOutcome,
            /** In place of the one proposed. */
            settlementPrice: finite.min(0).optional(),
            /** Contracts that were exercised or assigned where not all were; the rest ends worthless. */
            contracts: z.number().int().min(1).optional(),
          }),
        )
        .min(1)
        .max(2000),
      note: z.string().max(500).default(''),
    }),
    output: expiryPosting,
  }),
  /** Takes a posting back, exactly. Refused while a later layer holds the same book. */
  'expiry.undo': mutation({ input: z.object({ postingId: z.number() }), output: expiryPosting }),
  'expiry.redo': mutation({ input: z.object({ postingId: z.number() }), output: expiryPosting }),
  /** Newest first. */
  'expiry.list': query({ input: nothing, output: z.object({ postings: z.array(expiryPosting) }) }),
};
