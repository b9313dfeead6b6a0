import { z } from 'zod';
import { scenarioEditRequest } from '../../../../shared/contract/scenario-edits.ts';
import { scenarioShock, type ScenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import { isoDate } from '../../../../shared/contract/define.ts';
import { failure } from '../../../../shared/failure.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';

const finite = z.number();
const bySymbol = z.record(z.string().min(1), finite);
const parts = scenarioShock.shape;

/** A shock as a person writes it: numbers for the usual moves, or the lists of the command. */
const written = z.strictObject({
  name: z.string().min(1).max(120).optional(),
  /** A move of all names, of some, or the command's list. */
  spot: z.union([finite, bySymbol, parts.spot]).optional(),
  /** The index moves, the names by their betas. */
  byBeta: z.strictObject({ index: z.string().min(1), move: finite, own: bySymbol.optional() }).optional(),
  /** A shift of all, shifts by name, or the command's list. */
  vol: z.union([finite, bySymbol, parts.vol]).optional(),
  volTermWeighted: finite.optional(),
  volRelative: finite.optional(),
  skewTilt: finite.optional(),
  /** Added to the implied correlation of every index, of some, or the command's list. */
  correlation: z.union([finite, bySymbol, parts.correlation]).optional(),
  days: z.number().int().min(0).max(3660).optional(),
  daysForward: z.number().int().min(0).max(3660).optional(),
  rates: finite.optional(),
  rateShift: finite.optional(),
  yields: finite.optional(),
  yieldShift: finite.optional(),
  dividends: finite.optional(),
  dividendChange: finite.optional(),
  smileRule: z.union([z.enum(['stickyStrike', 'stickyDelta']), parts.smileRule]).optional(),
  realized: parts.realized.optional(),
});
type Written = z.output<typeof written>;

const shockFile = z.strictObject({
  name: z.string().min(1).max(120).optional(),
  /** A session of the desk by its name; absent: the live book. */
  session: z.string().min(1).max(120).optional(),
  asOf: isoDate.optional(),
  edits: z.array(scenarioEditRequest).max(20_000).default([]),
  /** Whether the stress library runs too. */
  library: z.boolean().default(false),
  shocks: z.array(written).max(500).default([]),
});
export type ShockFile = z.output<typeof shockFile>;

const formatWords = 'scenario file';

/** Reads a file of shocks. Failure: `wrong-content`, saying which field. */
export function readShockFile(fileName: string, text: string): Result<ShockFile> {
  const wrong = (reason: string) => fail(failure('wrong-content', fileName, { format: formatWords, reason }));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A text that is no JSON is an answer, not a bug.
    return wrong('it is not JSON');
  }
  const parsed = shockFile.safeParse(Array.isArray(value) ? { shocks: value } : value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    return wrong(`${path === '' ? 'it' : path}: ${issue?.message ?? 'not valid'}`.replace(/\.$/, ''));
  }
  return parsed.data.shocks.length === 0 && !parsed.data.library
    ? wrong('it names no shocks')
    : ok(parsed.data);
}

const all = { kind: 'all' } as const;
const one = (symbol: string) => ({ kind: 'names', symbols: [symbol] }) as const;

function spotOf({ spot, byBeta }: Written): ScenarioShock['spot'] {
  const moves: ScenarioShock['spot'] =
    spot === undefined
      ? []
      : typeof spot === 'number'
        ? [{ kind: 'move', target: all, move: spot }]
        : Array.isArray(spot)
          ? spot
          : Object.entries(spot).map(([symbol, move]) => ({
              kind: 'move',
              target: { ...one(symbol), symbols: [symbol] },
              move,
            }));
  return byBeta === undefined ? moves : [...moves, { kind: 'byBeta', ...byBeta, own: byBeta.own ?? {} }];
}

function volOf({ vol, volTermWeighted, volRelative, skewTilt }: Written): ScenarioShock['vol'] {
  const shifts: ScenarioShock['vol'] =
    vol === undefined
      ? []
      : typeof vol === 'number'
        ? [{ kind: 'parallel', target: all, change: vol }]
        : Array.isArray(vol)
          ? vol
          : Object.entries(vol).map(([symbol, change]) => ({
              kind: 'parallel',
              target: { ...one(symbol), symbols: [symbol] },
              change,
            }));
  const more = (
    kind: 'termWeighted' | 'relative' | 'skewTilt',
    change: number | undefined,
  ): ScenarioShock['vol'] => (change === undefined ? [] : [{ kind, target: all, change }]);
  return [
    ...more('relative', volRelative),
    ...shifts,
    ...more('termWeighted', volTermWeighted),
    ...more('skewTilt', skewTilt),
  ];
}

function correlationOf({ correlation }: Written, book: ScenarioBook): ScenarioShock['correlation'] {
  if (correlation === undefined) return [];
  if (Array.isArray(correlation)) return correlation;
  const changes =
    typeof correlation === 'number'
      ? book.indexes.map(({ index }) => [index, correlation] as const)
      : Object.entries(correlation);
  return changes.map(([index, change]) => ({
    index,
    change: { kind: 'add', correlation: change },
    moves: 'index',
  }));
}

/** A written shock as the command has it. */
export const shockAsWritten = (from: Written, book: ScenarioBook): ScenarioShock => ({
  spot: spotOf(from),
  vol: volOf(from),
  correlation: correlationOf(from, book),
  daysForward: from.daysForward ?? from.days ?? 0,
  rateShift: from.rateShift ?? from.rates ?? 0,
  yieldShift: from.yieldShift ?? from.yields ?? 0,
  dividendChange: from.dividendChange ?? from.dividends ?? 0,
  smileRule:
    typeof from.smileRule === 'string'
      ? { kind: from.smileRule }
      : (from.smileRule ?? { kind: 'stickyStrike' }),
  realized: from.realized ?? { move: 'jump', vol: null },
});
