import { z } from 'zod';
import type { Shock, ShockAxis } from '../quant/scenario/shock.ts';
import { finite, fraction, symbolName } from './define.ts';

/** Whom a shock moves: everything, some symbols, or the members of an index without it. */
export const shockTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('names'), symbols: z.array(symbolName).min(1).max(2000) }),
  z.object({ kind: z.literal('members'), index: symbolName }),
]);

const spotShock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), target: shockTarget, move: fraction }),
  z.object({
    kind: z.literal('byBeta'),
    index: symbolName,
    move: fraction,
    own: z.record(z.string(), fraction).default({}),
  }),
]);

const changed = <Kind extends string>(kind: Kind) =>
  z.object({ kind: z.literal(kind), target: shockTarget, change: finite });
const volShock = z.discriminatedUnion('kind', [
  changed('relative'),
  changed('parallel'),
  changed('termWeighted'),
  changed('skewTilt'),
  changed('slice').extend({ fromDays: finite.min(0), toDays: finite.min(0) }),
  z.object({
    kind: z.literal('surface'),
    symbol: symbolName,
    times: z.array(finite).min(1).max(400),
    standardMoneyness: z.array(finite).min(1).max(400),
    changes: z.array(finite).min(1),
  }),
]);

const smileRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stickyStrike') }),
  z.object({ kind: z.literal('stickyDelta') }),
  z.object({ kind: z.literal('skewStickiness'), ratio: finite }),
]);

const correlationShock = z.object({
  index: symbolName,
  change: z.object({ kind: z.enum(['add', 'level']), correlation: finite }),
  moves: z.enum(['index', 'members']),
});

/** One scenario, everything that may change at once; what is left out does not move. See `shared/quant/scenario/shock.ts`. */
export const scenarioShock = z.object({
  spot: z.array(spotShock).max(2000).default([]),
  daysForward: z.number().int().min(0).max(3660).default(0),
  rateShift: fraction.default(0),
  yieldShift: fraction.default(0),
  dividendChange: fraction.default(0),
  smileRule: smileRule.default({ kind: 'stickyStrike' }),
  vol: z.array(volShock).max(2000).default([]),
  correlation: z.array(correlationShock).max(50).default([]),
  realized: z
    .object({ move: z.enum(['jump', 'spread', 'ignored']), vol: finite.min(0).nullable() })
    .default({ move: 'jump', vol: null }),
}) satisfies z.ZodType<Shock>;
export type ScenarioShock = z.output<typeof scenarioShock>;
/** As it may be asked: what does not move may be left out. */
export type ScenarioShockInput = z.input<typeof scenarioShock>;

/** The most nodes of one direction of a grid. */
const mostNodes = 101;
const values = z.array(finite).min(1).max(mostNodes);
const days = z.array(z.number().int().min(0).max(3660)).min(1).max(mostNodes);

/** One direction of a grid or curve; values ascending, in the unit of the shock they make. */
export const shockAxis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('spot'), target: shockTarget, values }),
  z.object({ kind: z.literal('byBeta'), index: symbolName, values }),
  z.object({ kind: z.literal('volRelative'), target: shockTarget, values }),
  z.object({ kind: z.literal('volParallel'), target: shockTarget, values }),
  z.object({ kind: z.literal('volTermWeighted'), target: shockTarget, values }),
  z.object({ kind: z.literal('skewTilt'), target: shockTarget, values }),
  z.object({
    kind: z.literal('correlation'),
    index: symbolName,
    moves: z.enum(['index', 'members']),
    values,
  }),
  z.object({ kind: z.literal('days'), values: days }),
  z.object({ kind: z.literal('rate'), values }),
  z.object({ kind: z.literal('yield'), values }),
  z.object({ kind: z.literal('dividends'), values }),
]) satisfies z.ZodType<ShockAxis>;
export type ScenarioAxis = z.output<typeof shockAxis>;
