import { z } from 'zod';
import { finite, isoDate, symbolName } from './define.ts';
import { forwardStartTerms } from './forward-starts.ts';
import { scenarioPosition } from './scenario-position.ts';
import { scenarioShock } from './scenario-shock.ts';
import { realizedVolTerms } from './vol-contracts.ts';

const id = z.number().int().positive();
const book = z.string().min(1).max(120).default('What-if');
const quantity = finite;

/** A trade to add to a session, as a person names it; the desk finds the rest in the frozen market. */
export const scenarioItem = z.discriminatedUnion('instrument', [
  z.object({
    instrument: z.literal('option'),
    book,
    /** In any style a chain or broker writes it, for example `SPXW 2026-03-20 5000 P`. */
    contract: z.string().min(1).max(64),
    /** The underlying; absent: the name whose chain lists the root. */
    symbol: symbolName.optional(),
    /** Contracts, signed. */
    quantity,
    /** Absent: that of the root's listed contracts. */
    multiplier: finite.positive().optional(),
  }),
  z.object({ instrument: z.literal('stock'), book, symbol: symbolName, quantity }),
  z.object({
    instrument: z.literal('future'),
    book,
    symbol: symbolName,
    expiry: isoDate,
    quantity,
    multiplier: finite.positive().default(1),
  }),
  z.object({ instrument: z.literal('cash'), book, symbol: symbolName.default('Cash'), quantity }),
  z.object({ instrument: z.literal('forward-start'), book, terms: forwardStartTerms }),
  z.object({ instrument: z.literal('realized-vol'), book, terms: realizedVolTerms }),
]);
export type ScenarioItem = z.infer<typeof scenarioItem>;

const positionId = z.string().min(1).max(300);

/** A market input of a session in place of the frozen one; null takes it back. */
export const scenarioMarketKind = z.enum(['spot', 'vol', 'volShift', 'dividendYield', 'rate']);
export const scenarioMarketEdit = z.object({
  kind: z.literal('market'),
  symbol: symbolName,
  /**
   * spot: underlier currency. vol: at-the-money volatility, decimal, the smile keeping its shape. volShift: added
   * to every volatility, decimal. dividendYield and rate: decimal, continuously compounded.
   */
  input: scenarioMarketKind,
  /** One expiry of `vol` and `volShift`; null: the whole name. */
  expiry: isoDate.nullable().default(null),
  value: finite.nullable(),
});
export type ScenarioMarketEdit = z.infer<typeof scenarioMarketEdit>;

/** What an edit may be asked as; the desk gives added rows their ids. */
export const scenarioEditRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), item: scenarioItem }),
  z.object({ kind: z.literal('remove'), positionId }),
  /** Signed, in the row's own unit; the rest of a row is its contract and cannot change. */
  z.object({ kind: z.literal('change'), positionId, quantity: finite }),
  /** Takes back every edit of one row. */
  z.object({ kind: z.literal('restore'), positionId }),
  scenarioMarketEdit,
  /** The session's own day, on or after the frozen one; null: the frozen one. */
  z.object({ kind: z.literal('date'), asOf: isoDate.nullable() }),
  /** The shock a session stands under; null: none. */
  z.object({ kind: z.literal('shock'), shock: scenarioShock.nullable() }),
]);
export type ScenarioEditRequest = z.infer<typeof scenarioEditRequest>;

/** An edit as the log keeps it. */
export const scenarioEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), position: scenarioPosition }),
  z.object({ kind: z.literal('remove'), positionId }),
  z.object({ kind: z.literal('change'), positionId, quantity: finite }),
  z.object({ kind: z.literal('restore'), positionId }),
  scenarioMarketEdit,
  z.object({ kind: z.literal('date'), asOf: isoDate.nullable() }),
  z.object({ kind: z.literal('shock'), shock: scenarioShock.nullable() }),
  /** From here on the session stands on another frozen book. */
  z.object({ kind: z.literal('refresh'), snapshotId: id }),
  /** Everything before is taken back, inherited edits included. */
  z.object({ kind: z.literal('reset') }),
]);
export type ScenarioEdit = z.infer<typeof scenarioEdit>;

/** One step of the log: one undo. */
export const scenarioStep = z.object({
  step: z.number(),
  label: z.string(),
  edits: z.array(scenarioEdit),
  madeAt: z.string(),
  madeBy: z.string(),
  /** False: undone, and can be redone. */
  inForce: z.boolean(),
});
export type ScenarioStep = z.infer<typeof scenarioStep>;
