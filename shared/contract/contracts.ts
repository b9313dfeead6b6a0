import { z } from 'zod';
import { finite, isoDate, mutation, nothing, optionType, query, symbolName } from './define.ts';
import { forwardStartValue } from './forward-starts.ts';
import { realizedVolValue } from './vol-contracts.ts';

/** A date on which something of the book happens. */
const deskDate = z.object({
  date: isoDate,
  kind: z.enum([
    'option-expiry',
    'first-fixing',
    'second-fixing',
    'observation-start',
    'observation-end',
    'contract-option-expiry',
    're-assessment',
    'ex-dividend',
  ]),
  subject: z.string(),
  underlying: z.string(),
  note: z.string(),
  /** `due`: reached and waiting for a person. */
  status: z.enum(['due', 'coming', 'done']),
});
export type DeskDate = z.infer<typeof deskDate>;

export const contractCommands = {
  'contracts.list': query({
    input: z.object({ asOf: isoDate.optional(), underlying: symbolName.optional() }),
    output: z.object({
      asOf: isoDate.nullable(),
      forwardStarts: z.array(forwardStartValue),
      realizedVols: z.array(realizedVolValue),
    }),
  }),
  'contracts.remove': mutation({
    input: z.object({ contractId: z.string(), reason: z.string().max(500) }),
    output: nothing,
  }),
  'contracts.settle': mutation({
    input: z.object({ contractId: z.string(), level: finite.optional(), vol: finite.optional() }),
    output: z.object({ contractId: z.string(), amount: finite }),
  }),
  /** Expiries, fixings, observation periods, re-assessments and ex-dividend days, ascending. */
  'contracts.calendar': query({
    input: z.object({
      asOf: isoDate.optional(),
      /** Calendar days ahead. */
      days: z.number().int().min(1).max(3660).default(370),
    }),
    output: z.object({ asOf: isoDate.nullable(), dates: z.array(deskDate) }),
  }),
};

export const position = z.object({
  positionId: z.number(),
  book: z.string(),
  symbol: symbolName,
  instrument: z.enum(['stock', 'option', 'future', 'cash']),
  contract: z.string(),
  type: optionType.nullable(),
  expiry: isoDate.nullable(),
  strike: finite.nullable(),
  quantity: finite,
  multiplier: finite,
  costPrice: finite.nullable(),
  mark: finite.nullable(),
  value: finite.nullable(),
  delta: finite.nullable(),
  deltaDollar: finite.nullable(),
  vegaPerVolPoint: finite.nullable(),
  gammaDollar1Pct: finite.nullable(),
  thetaPerDay: finite.nullable(),
  reason: z.string().nullable(),
});
export type Position = z.infer<typeof position>;

export const positionCommands = {
  'positions.list': query({
    input: z.object({ asOf: isoDate.optional() }),
    output: z.object({ asOf: isoDate.nullable(), positions: z.array(position) }),
  }),
};
