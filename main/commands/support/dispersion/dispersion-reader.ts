import type { Dispersion, DispersionTiming } from '../../../../shared/contract/dispersion.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { dispersionMeasures } from '../../../../shared/quant/dispersion/dispersion.ts';
import {
  ownHedgeAgainst,
  timingRules,
  timingVerdict,
  timingVotes,
  usualTiming,
  verdictsByMaturity,
} from '../../../../shared/quant/dispersion/timing.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { closesOf, historicalVol } from '../market/prices.ts';
import { correlationOfNames } from './correlation-names.ts';
import { dispersionConcerns } from './dispersion-concerns.ts';
import { keptTiming } from './kept-timing.ts';

/** Sessions of implied-volatility history that names are correlated over, at most. */
const volHistoryDays = 252;

interface Request {
  readonly index: string;
  readonly termDays: number;
  readonly day: IsoDate;
  readonly timing?: DispersionTiming | undefined;
}

/** Everything of math §7 for one index, term and day, from the desk's own chains, prices and weights. */
export async function dispersionOf(
  { index, termDays, day, ...asked }: Request,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<Dispersion>> {
  const { read } = context;
  const timing = asked.timing ?? keptTiming(read);
  const composition = compositionOf(read, index, day);
  if (!composition.ok) return composition;
  const { components, asOf: weightsAsOf, note: weightsNote } = composition.value;
  const symbols = components.map(({ symbol }) => symbol);

  const implied = await chains.impliedVols(context, [index, ...symbols], day, termDays);
  const historical = new Map(
    [index, ...symbols].map((symbol) => [symbol, historicalVol(read, symbol, termDays, day)]),
  );
  // A name whose prices cannot be trusted for a volatility is not correlated by them either.
  const prices = correlationOfNames(
    symbols
      .filter((symbol) => (historical.get(symbol)?.vol ?? null) !== null)
      .map((symbol) => closesOf(read, symbol, day, termDays + 1)),
    'logReturns',
    'prices',
  );
  const volSeries = await chains.volHistories(context, symbols, day, termDays, volHistoryDays);
  const vols = correlationOfNames(volSeries, 'levels', 'implied volatilities');

  const rows = components.map(({ symbol, weight }) => ({
    symbol,
    weight,
    vol: implied.get(symbol)?.vol ?? null,
    historicalVol: historical.get(symbol)?.vol ?? null,
  }));
  const indexVol = implied.get(index)?.vol ?? null;
  const indexHistoricalVol = historical.get(index)?.vol ?? null;
  const found = dispersionMeasures({
    components: rows,
    indexVol,
    indexHistoricalVol,
    priceCorrelations: prices.matrix,
    volCorrelations: vols.matrix,
  });
  const { measures } = found;
  const past = await chains.measureHistory(context, {
    index,
    termDays,
    day,
    composition: composition.value,
    sessions: timing.historyDays,
  });
  const histories = Object.fromEntries(
    timingRules.map((rule) => [
      rule,
      past.map(({ measures: then }) => then[rule]).filter((value) => value !== null),
    ]),
  );
  const votes = timingVotes({
    values: measures,
    histories,
    thresholds: timing.rules,
    minHistoryDays: timing.minHistoryDays,
  });
  const verdict = timingVerdict(votes, timing.minVotes);
  const reasons: Record<string, string> = { ...found.reasons };
  if (indexVol === null)
    reasons['indexVol'] = implied.get(index)?.reason ?? 'The index has no implied volatility.';
  if (indexHistoricalVol === null)
    reasons['indexHistoricalVol'] = historical.get(index)?.reason ?? 'The index has no prices.';
  if (prices.reason !== null) reasons['priceCorrelations'] = prices.reason;
  if (vols.reason !== null) reasons['volCorrelations'] = vols.reason;

  return ok({
    index,
    name: read.underliers.find(index)?.name ?? index,
    asOf: day,
    termDays,
    weightsAsOf,
    weightsNote,
    ...measures,
    impliedCorrelationNote: found.impliedCorrelationNote,
    reasons,
    coverage: { ...found.coverage, missing: [...found.coverage.missing] },
    ivHistoryDays: vols.matrix?.observations ?? 0,
    concerns: [
      ...dispersionConcerns({
        composition: composition.value,
        index: {
          implied: { symbol: index, value: indexVol, reason: implied.get(index)?.reason ?? null },
          realized: {
            symbol: index,
            value: indexHistoricalVol,
            reason: historical.get(index)?.reason ?? null,
          },
        },
        implied: rows.map(({ symbol, weight, vol }) => ({
          symbol,
          weight,
          value: vol,
          reason: implied.get(symbol)?.reason ?? null,
        })),
        realized: rows.map(({ symbol, weight, historicalVol: value }) => ({
          symbol,
          weight,
          value,
          reason: historical.get(symbol)?.reason ?? null,
        })),
        prices,
        vols,
      }),
    ],
    timing: {
      historyDays: timing.historyDays ?? usualTiming.historyDays,
      minHistoryDays: timing.minHistoryDays ?? usualTiming.minHistoryDays,
      minVotes: timing.minVotes ?? usualTiming.minVotes,
      isUsual: Object.keys(timing).length === 0,
    },
    votes: votes.map((vote) => ({ ...vote })),
    verdict,
    verdictByMaturity: verdictsByMaturity(votes, timing.minVotes),
    ownHedge: ownHedgeAgainst(verdict.side),
    components: rows.map((row) => ({
      ...row,
      name: read.underliers.find(row.symbol)?.name ?? row.symbol,
      impliedToHistorical:
        row.vol === null || row.historicalVol === null || row.historicalVol === 0
          ? null
          : row.vol / row.historicalVol,
      varianceContribution: found.varianceContributions?.get(row.symbol) ?? null,
      optionsUsed: implied.get(row.symbol)?.optionsUsed ?? null,
      reason:
        row.vol === null
          ? (implied.get(row.symbol)?.reason ?? null)
          : (historical.get(row.symbol)?.reason ?? null),
    })),
  });
}
