import type { CorrelationMatrix } from '../../../../shared/quant/dispersion/correlation.ts';
import { inPercent } from '../../../../shared/quant/words.ts';
import type { Composition } from '../market/composition.ts';
import { identicalPairs, type LeftOut } from './correlation-names.ts';

interface Known {
  readonly symbol: string;
  readonly weight: number;
  readonly value: number | null;
  readonly reason: string | null;
}

interface Inputs {
  readonly composition: Composition;
  readonly index: { readonly implied: Omit<Known, 'weight'>; readonly realized: Omit<Known, 'weight'> };
  readonly implied: readonly Known[];
  readonly realized: readonly Known[];
  readonly prices: { readonly matrix: CorrelationMatrix | null; readonly leftOut: readonly LeftOut[] };
  readonly vols: { readonly matrix: CorrelationMatrix | null; readonly leftOut: readonly LeftOut[] };
}

/** Names that a sentence lists before it counts the rest. */
const mostNamed = 8;

const listed = (parts: readonly string[]): string =>
  parts.length <= mostNamed
    ? parts.join(' ')
    : `${parts.slice(0, mostNamed).join(' ')} And ${parts.length - mostNamed} more.`;

const counted = (count: number): string => (count === 1 ? '1 name' : `${count} names`);

/** Names without a volatility: who, why, and how much of the index goes with them. */
function without(known: readonly Known[], what: string, measures: string): readonly string[] {
  const missing = known.filter(({ value }) => value === null);
  if (missing.length === 0 || missing.length === known.length) return [];
  const weight = missing.reduce((sum, one) => sum + one.weight, 0);
  const who = missing.map(({ symbol, reason }) => `${symbol}: ${reason ?? `no ${what}.`}`);
  return [
    `${counted(missing.length)}, ${inPercent(weight)} of the weight, without ${what} left out of ${measures}; the other weights are brought to 100%. ${listed(who)}`,
  ];
}

function uncorrelated(
  leftOut: readonly LeftOut[],
  known: readonly Known[],
  measures: string,
): readonly string[] {
  // A name without the volatility is missing from the measure already, and said so.
  const weightOf = new Map(known.flatMap((one) => (one.value === null ? [] : [[one.symbol, one.weight]])));
  const out = leftOut.filter(({ symbol }) => weightOf.has(symbol));
  if (out.length === 0) return [];
  const weight = out.reduce((sum, { symbol }) => sum + (weightOf.get(symbol) ?? 0), 0);
  return [
    `${counted(out.length)}, ${inPercent(weight)} of the weight, left out of ${measures}. ${listed(out.map(({ reason }) => reason))}`,
  ];
}

/** What the numbers of a day leave out or take on trust, a sentence each: the names, why, and the weight. */
export function dispersionConcerns(inputs: Inputs): readonly string[] {
  const { composition, index, implied, realized, prices, vols } = inputs;
  const blank = ({ symbol, value, reason }: Omit<Known, 'weight'>, what: string, measures: string) =>
    value === null ? [`${symbol} has no ${what}, so ${measures} are blank. ${reason ?? ''}`.trim()] : [];
  const same = prices.matrix === null ? [] : identicalPairs(prices.matrix);
  return [
    ...(composition.concern === null ? [] : [composition.concern]),
    ...blank(index.implied, 'implied volatility', 'implied correlation and the ratios to it'),
    ...blank(index.realized, 'realized volatility', 'realized correlation and the ratios to it'),
    ...without(implied, 'an implied volatility', 'the implied measures'),
    ...without(realized, 'a realized volatility', 'the realized measures'),
    ...uncorrelated(prices.leftOut, realized, 'CorrWtdCompHV and HistCorrWtdCompIV'),
    ...uncorrelated(vols.leftOut, implied, 'CorrWtdCompIV'),
    ...same.map(
      ([a, b]) =>
        `${a} and ${b} have the same returns on every day: the prices of one may stand under the name of the other.`,
    ),
  ];
}
