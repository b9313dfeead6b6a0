import { z } from 'zod';
import { scenarioPosition } from '../../../../shared/contract/scenario-position.ts';
import { notValued } from '../../../../shared/contract/scenario-value.ts';

// The content of a frozen book as a file from elsewhere must have it; our own is trusted.

const finite = z.number();
const numbers = z.array(finite);
const text = z.string().max(2000);

const wing = z.object({ k: numbers, w: numbers, slope: numbers, curvature: numbers }).nullable();
const smileShape = z.object({
  a: finite,
  b: finite,
  rho: finite,
  m: finite,
  sigma: finite,
  forward: finite.positive(),
  timeToExpiry: finite.positive(),
  knots: numbers,
  coefficients: numbers,
  wings: z.object({ left: wing, right: wing }).optional(),
  get floors() {
    return z.array(smileShape).optional();
  },
  floorBlend: finite.optional(),
});

const layer = z.object({
  forwardBefore: finite,
  forwardAfter: finite,
  timeBefore: finite,
  timeAfter: finite,
  stickiness: finite,
  relative: finite,
  shift: finite,
  tilt: finite,
  surface: z.object({ logMoneyness: numbers, changes: numbers }).nullable(),
  addedVariance: finite,
  factor: finite,
});

const expiry = z.object({
  key: text,
  expiry: z.iso.date(),
  settlement: z.enum(['AM', 'PM']),
  timeToExpiry: finite.positive(),
  forward: finite.positive(),
  discountFactor: finite.positive(),
  smile: smileShape.nullable(),
  smileReason: text.nullable(),
  layers: z.array(layer),
});

const name = z.object({
  symbol: text,
  spot: finite.positive(),
  exercise: z.enum(['european', 'american']),
  calendar: z.enum(['NYSE', 'NSE', 'none']),
  expiries: z.array(expiry),
  rate: finite,
  dividends: z.array(z.object({ exDate: z.iso.date(), amount: finite })),
  dividendTreatment: z.enum(['yield', 'cash']),
  betas: z.record(z.string(), finite),
});

const listed = z.object({
  key: text,
  root: text,
  expiry: z.iso.date(),
  multiplier: finite,
  strikes: numbers,
});

export const frozenDesk = z.object({
  format: z.literal(1),
  book: z.object({
    asOf: z.iso.date(),
    names: z.array(name),
    indexes: z.array(z.object({ index: text, members: z.array(z.object({ symbol: text, weight: finite })) })),
    positions: z.array(scenarioPosition),
  }),
  listed: z.record(z.string(), z.array(listed)),
  costs: z.record(z.string(), finite),
  notIncluded: z.array(notValued),
  quality: z.array(text),
});
