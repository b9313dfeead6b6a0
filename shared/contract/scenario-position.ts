import { z } from 'zod';
import type { ScenarioPosition } from '../quant/scenario/book.ts';
import { finite, isoDate, optionType, symbolName } from './define.ts';

/** A position as a session values it; the types are those of `shared/quant/scenario/book.ts`. */
const held = z.object({
  positionId: z.string().min(1).max(300),
  book: z.string().max(120).nullable(),
  symbol: symbolName,
  label: z.string().max(200),
  quantity: finite,
});

const payoff = z.object({
  optionType: z.enum(['call', 'put', 'straddle']),
  family: z.enum(['relative', 'absolute']),
  power: z.union([z.literal(1), z.literal(2)]),
  strikeMultiplier: finite.optional(),
  strikeOffset: finite.optional(),
  normalizedBy: z.enum(['firstFixing', 'strike']).optional(),
});

const estimator = z.enum([
  'zeroMean',
  'sampleMean',
  'highLow',
  'parkinson',
  'garmanKlass',
  'rogersSatchell',
  'yangZhang',
]);

export const scenarioPosition = z.discriminatedUnion('kind', [
  held.extend({ kind: z.literal('stock'), dividendsReceived: finite }),
  held.extend({ kind: z.literal('cash') }),
  held.extend({
    kind: z.literal('future'),
    multiplier: finite,
    expiry: isoDate,
    timeToExpiry: finite,
    referencePrice: finite,
  }),
  held.extend({
    kind: z.literal('option'),
    optionType,
    strike: finite.positive(),
    multiplier: finite,
    expiryKey: z.string().min(1).max(40),
    delivery: z.enum(['physical', 'cash']),
    vol: finite.min(0).nullable(),
  }),
  held.extend({
    kind: z.literal('forward-start'),
    payoff,
    firstReferenceDate: isoDate,
    secondReferenceDate: isoDate,
    amount: finite,
    fixedStrike: finite.nullable(),
  }),
  held.extend({
    kind: z.literal('realized-vol'),
    startDate: isoDate,
    endDate: isoDate,
    estimator,
    periodsPerYear: finite,
    multiplier: finite,
    months: finite,
    tick: finite,
    progress: z
      .object({ observationsDone: finite, observationsExpected: finite, realizedVol: finite })
      .nullable(),
    progressReason: z.string().nullable(),
    sessionsLeft: z.array(isoDate).max(4000).readonly(),
  }),
  held.extend({
    kind: z.literal('settled'),
    was: z.enum(['option', 'forward-start', 'realized-vol', 'future']),
    cash: finite,
    shares: finite,
    note: z.string(),
  }),
]) satisfies z.ZodType<ScenarioPosition>;
