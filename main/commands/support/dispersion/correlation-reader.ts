import type { CorrelationTable } from '../../../../shared/contract/dispersion-desk.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { clusterOrder } from '../../../../shared/quant/math/cluster-order.ts';
import {
  averageCorrelation,
  alignSeries,
  subMatrix,
  weightedAverageCorrelation,
  type DatedSeries,
} from '../../../../shared/quant/dispersion/correlation.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { closesOf, historicalVol } from '../market/prices.ts';
import { correlationOfNames } from './correlation-names.ts';

/** Sessions of implied-volatility history, at most. */
const volSessions = 252;

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
  const window = request.sessions ?? termDays;
  // Prices with a gap, or with a split that is not taken out, make correlations that are not there.
  const distrusted =
    kind === 'returns'
      ? symbols.flatMap((symbol) => {
          const { vol, reason } = historicalVol(context.read, symbol, window, day);
          return vol === null ? [{ symbol, reason: reason ?? `${symbol} has too few prices.` }] : [];
        })
      : [];
  const apart = new Set(distrusted.map(({ symbol }) => symbol));
  const series: readonly DatedSeries[] =
    kind === 'returns'
      ? symbols
          .filter((symbol) => !apart.has(symbol))
          .map((symbol) => closesOf(context.read, symbol, day, window + 1))
      : await chains.volHistories(context, symbols, day, termDays, request.sessions ?? volSessions);
  const observed = kind === 'returns' ? ('logReturns' as const) : request.observed;
  const what = kind === 'returns' ? 'prices' : 'implied volatilities';
  const found = correlationOfNames(series, observed, what);
  const { usable } = found;
  const base = {
    index,
    asOf: day,
    termDays,
    kind,
    observed,
    sort,
    leftOut: [...distrusted, ...found.leftOut],
  };
  const none = {
    names: [],
    weights: [],
    values: [],
    observations: 0,
    from: null,
    to: null,
    average: null,
    weightedAverage: null,
    weightUsed: 0,
  };
  if (usable.length < 2) {
    return ok({ ...base, ...none, reason: `Fewer than two names of ${index} have the history.` });
  }
  if (found.matrix === null) return ok({ ...base, ...none, reason: found.reason });
  const names = sort === 'cluster' ? [...clusterOrder(found.matrix).order] : [...found.matrix.names];
  const matrix = subMatrix(found.matrix, names) ?? found.matrix;
  const { dates } = alignSeries(usable);
  const weights = names.map((name) => weightOf.get(name) ?? 0);
  const rows = names.map((_, row) => [
    ...matrix.values.subarray(row * names.length, (row + 1) * names.length),
  ]);
  return ok({
    ...base,
    names,
    weights,
    values: rows,
    observations: matrix.observations,
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
    average: averageCorrelation(matrix),
    weightedAverage: weightedAverageCorrelation(matrix, weights),
    weightUsed: weights.reduce((sum, weight) => sum + weight, 0),
    reason: null,
  });
}
