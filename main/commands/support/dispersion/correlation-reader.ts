import type { CorrelationTable } from '../../../../shared/contract/dispersion-desk.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import { clusterOrder } from '../../../../shared/quant/math/cluster-order.ts';
import {
  averageCorrelation,
  alignSeries,
  correlationOfSeries,
  subMatrix,
  type DatedSeries,
} from '../../../../shared/quant/dispersion/correlation.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { closesOf } from '../market/prices.ts';

/** Sessions of implied-volatility history, at most. */
const volSessions = 252;
const fewestObservations = 10;
/** A name with less than this share of the longest history would shorten everybody's. */
const fullEnough = 0.9;

interface Request {
  readonly index: string;
  readonly termDays: number;
  readonly kind: CorrelationTable['kind'];
  readonly observed: 'levels' | 'changes';
  readonly sort: CorrelationTable['sort'];
  readonly sessions?: number | undefined;
  readonly day: IsoDate;
}

/** The correlations between an index's names, of price returns or of implied volatilities, in cluster or weight order. */
export async function correlationTableOf(
  request: Request,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<CorrelationTable>> {
  const { index, termDays, kind, sort, day } = request;
  const composition = compositionOf(context.read, index, day);
  if (!composition.ok) return composition;
  const weightOf = new Map(composition.value.components.map(({ symbol, weight }) => [symbol, weight]));
  const symbols = [...weightOf.keys()].sort((a, b) => (weightOf.get(b) ?? 0) - (weightOf.get(a) ?? 0));
  const series: readonly DatedSeries[] =
    kind === 'returns'
      ? symbols.map((symbol) => closesOf(context.read, symbol, day, (request.sessions ?? termDays) + 1))
      : await chains.volHistories(context, symbols, day, termDays, request.sessions ?? volSessions);
  const longest = Math.max(0, ...series.map(({ dates }) => dates.length));
  const need = Math.max(fewestObservations, Math.ceil(longest * fullEnough));
  const still = (values: readonly number[]): boolean => values.every((value) => value === values[0]);
  const reasonOf = ({ dates, values }: DatedSeries): string | null =>
    dates.length < need
      ? `has ${dates.length} days of ${kind === 'returns' ? 'prices' : 'implied volatilities'}; ${need} are needed`
      : still(values)
        ? 'does not vary'
        : null;
  const usable = series.filter((one) => reasonOf(one) === null);
  const leftOut = series.flatMap((one) => {
    const reason = reasonOf(one);
    return reason === null ? [] : [{ symbol: one.name, reason }];
  });
  const observed = kind === 'returns' ? ('logReturns' as const) : request.observed;
  const base = { index, asOf: day, termDays, kind, observed, sort, leftOut };
  const none = { names: [], weights: [], values: [], observations: 0, from: null, to: null, average: null };
  if (usable.length < 2) {
    return ok({ ...base, ...none, reason: `Fewer than two names of ${index} have the history.` });
  }
  const found = correlationOfSeries({ series: usable, observed, minObservations: fewestObservations });
  if (!found.ok) return ok({ ...base, ...none, reason: sentenceOf(found.error) });
  const names = sort === 'cluster' ? [...clusterOrder(found.value).order] : [...found.value.names];
  const matrix = subMatrix(found.value, names) ?? found.value;
  const { dates } = alignSeries(usable);
  const rows = names.map((_, row) => [
    ...matrix.values.subarray(row * names.length, (row + 1) * names.length),
  ]);
  return ok({
    ...base,
    names,
    weights: names.map((name) => weightOf.get(name) ?? 0),
    values: rows,
    observations: matrix.observations,
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
    average: averageCorrelation(matrix),
    reason: null,
  });
}
