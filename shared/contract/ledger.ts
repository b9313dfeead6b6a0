import { z } from 'zod';
import { finite, fraction, isoDate, optionType, query, symbolName } from './define.ts';

export const ledgerLine = z.object({
  contract: z.string(),
  symbol: symbolName,
  type: optionType,
  expiry: isoDate,
  strike: finite,
  side: z.enum(['sold', 'bought']),
  /** Contracts. */
  opened: finite,
  closed: finite,
  ended: finite,
  open: finite,
  outcome: z.string().nullable(),
  /** Per unit. */
  openPrice: finite,
  closePrice: finite.nullable(),
  /** Money, received (+) or paid (−). */
  openMoney: finite,
  closeMoney: finite,
  endMoney: finite,
  fees: finite,
  /** Of what is open still, at its mark. */
  openValue: finite.nullable(),
  result: finite.nullable(),
  from: isoDate,
  to: isoDate.nullable(),
  openVol: finite.nullable(),
  /** Why a number is blank, or what is to be done. */
  note: z.string().nullable(),
});
export type LedgerLine = z.infer<typeof ledgerLine>;

export const ledgerSums = z.object({
  sold: finite,
  boughtBack: finite,
  paid: finite,
  recovered: finite,
  settledOnSold: finite,
  settledOnBought: finite,
  fees: finite,
  /** Of premium sold on what is no longer open: left after buying back and endings. */
  kept: finite,
  keptShare: fraction.nullable(),
  realized: finite,
  openValue: finite.nullable(),
  result: finite.nullable(),
});
export type LedgerSums = z.infer<typeof ledgerSums>;

/** What the volatility sold or bought on a name was, and what came. */
export const ledgerName = z.object({
  symbol: symbolName,
  isIndex: z.boolean(),
  from: isoDate.nullable(),
  to: isoDate,
  contracts: finite,
  /** Opening premium, received (+) or paid (−). */
  premium: finite,
  result: finite.nullable(),
  /** Weighted by contracts, decimal. */
  impliedVol: finite.nullable(),
  /** Zero mean, from the first trade to the end or the day. */
  realizedVol: finite.nullable(),
  sessions: z.number(),
  /** Implied less realized of what was sold, realized less implied of what was bought, decimal. */
  captured: finite.nullable(),
  reason: z.string().nullable(),
});
export type LedgerName = z.infer<typeof ledgerName>;

export const ledgerCycle = z.object({
  /** The basket, or what the package is called. */
  basket: z.string(),
  /** A cycle ends with the expiry of its options; a roll begins another. */
  expiry: isoDate,
  currency: z.string(),
  /** Executions read from files, tickets as they were sent, or positions at their cost. */
  source: z.enum(['fills', 'sent', 'positions']),
  state: z.enum(['open', 'to-post', 'closed']),
  from: isoDate.nullable(),
  to: isoDate.nullable(),
  sums: ledgerSums,
  lines: z.array(ledgerLine),
  names: z.array(ledgerName),
});
export type LedgerCycle = z.infer<typeof ledgerCycle>;

export const ledgerCommands = {
  /** Premium by hedge cycle, newest first: sold, paid, kept, bought back, fees; implied against realized by name. */
  'ledger.read': query({
    input: z.object({ basket: z.string().optional(), asOf: isoDate.optional() }),
    output: z.object({
      asOf: isoDate.nullable(),
      cycles: z.array(ledgerCycle),
      /** Over all cycles of one currency. */
      totals: z.array(z.object({ currency: z.string(), sums: ledgerSums })),
    }),
  }),
};
