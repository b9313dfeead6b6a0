import type { z } from 'zod';
import type { BasketResult, BasketRules, basketFit } from '../../../../shared/contract/basket.ts';
import { addDays, sessionsPerYear, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import { investedWeights } from '../../../../shared/quant/basket/basket-invested.ts';
import { basketShares } from '../../../../shared/quant/basket/basket-shares.ts';
import { basketReturns, trackingFit } from '../../../../shared/quant/math/regression.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { marketDay } from '../market/as-of.ts';
import { basketChecks } from './basket-checks.ts';
import { lotSizeOf, priceOf } from './basket-lots.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { closesOf, historicalVol } from '../market/prices.ts';
import { returnPanel, type ReturnPanel } from '../market/return-panel.ts';

const weeksPerYear = 52;
type Fit = z.output<typeof basketFit>;

/** The volatility of the index and of each name that the differential rule looks at. */
async function differentialVols(
  rules: BasketRules,
  symbols: readonly string[],
  day: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<ReadonlyMap<string, number | null>> {
  if (rules.volDifferentialKind === 'implied') {
    const implied = await chains.impliedVols(context, symbols, day, rules.termDays);
    return new Map(symbols.map((symbol) => [symbol, implied.get(symbol)?.vol ?? null]));
  }
  return new Map(
    symbols.map((symbol) => [symbol, historicalVol(context.read, symbol, rules.termDays, day).vol]),
  );
}

const weightsAreBounded = ({ nameBounds, boundsBySymbol, sectorBounds }: BasketRules): boolean =>
  nameBounds?.min !== undefined ||
  nameBounds?.max !== undefined ||
  Object.keys(boundsBySymbol ?? {}).length > 0 ||
  Object.keys(sectorBounds ?? {}).length > 0;

function fitOf(
  panel: ReturnPanel,
  weights: ReadonlyMap<string, number>,
  frequency: BasketRules['frequency'],
): Result<Fit> {
  const symbols = [...weights.keys()];
  const basket = basketReturns(
    symbols.map((symbol) => panel.stocks[symbol] ?? []),
    symbols.map((symbol) => weights.get(symbol) ?? 0),
  );
  const periodsPerYear = frequency === 'weekly' ? weeksPerYear : sessionsPerYear;
  const fit = trackingFit({ index: panel.index, basket, periodsPerYear });
  const [from, to] = [panel.dates[0] ?? '', panel.dates.at(-1) ?? ''];
  if (!fit.ok) return fail(failure('invalid-input', 'The fit of the basket', { ...fit.error.detail }));
  const { rSquared, beta, alphaPerYear, trackingError, observations } = fit.value;
  return ok({ rSquared, beta, alpha: alphaPerYear, trackingError, observations, from, to });
}

function cumulative(returns: ArrayLike<number>): number[] {
  let level = 1;
  return Array.from({ length: returns.length }, (_, t) => (level *= 1 + (returns[t] ?? 0)) - 1);
}

const betaOf = (panel: ReturnPanel, symbol: string): number | null => {
  const fit = trackingFit({ index: panel.index, basket: panel.stocks[symbol] ?? [] });
  return fit.ok ? fit.value.beta : null;
};

/**
 * A basket for an index by the rules of math §8: estimation window and holdout cut apart, names chosen in
 * the pool, whole lots for the capital, and the fit of what would really be held, in both windows.
 */
export async function buildBasket(
  rules: BasketRules,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<BasketResult>> {
  const { read, compute, signal, progress } = context;
  const day = marketDay(read, rules.asOf);
  if (!day.ok) return day;
  const asOf = day.value;
  const composition = compositionOf(read, rules.index, asOf);
  if (!composition.ok) return composition;
  const lastDay = rules.to ?? (rules.holdoutFrom === undefined ? asOf : addDays(rules.holdoutFrom, -1));
  const weightOf = new Map(composition.value.components.map(({ symbol, weight }) => [symbol, weight]));
  const sectors = new Map(composition.value.components.map(({ symbol, sector }) => [symbol, sector]));
  // A name locked in by hand may stand outside the index.
  const wanted = rules.names ?? [...new Set([...weightOf.keys(), ...rules.lock])];
  if (rules.from !== undefined && rules.from >= lastDay) {
    return fail(
      failure('invalid-input', `The basket for ${rules.index}`, {
        reason: `its window starts on ${rules.from}, not before its end on ${lastDay}`,
      }),
    );
  }

  const index = closesOf(read, rules.index, asOf);
  if (index.dates.length < 30) {
    return fail(failure('missing-prices', rules.index, { have: index.dates.length, need: 30, asOf }));
  }
  const series = wanted.map((symbol) => closesOf(read, symbol, asOf));
  const whole = returnPanel({ index, names: series, from: rules.from, to: asOf, frequency: rules.frequency });
  const usable = series.filter(({ name }) => Object.hasOwn(whole.stocks, name));
  const { frequency } = rules;
  const inSample = returnPanel({ index, names: usable, from: rules.from, to: lastDay, frequency });
  const symbols = Object.keys(inSample.stocks);
  const [alone] = symbols.length === 0 ? wanted : [];
  if (alone !== undefined) {
    const have = series.find(({ name }) => name === alone)?.dates.length ?? 0;
    return fail(failure('missing-prices', alone, { have, need: 21, asOf: lastDay }));
  }
  if (inSample.index.length < 20) {
    return fail(
      failure('missing-prices', `The window of ${rules.index}'s names`, {
        have: inSample.index.length,
        need: 20,
        asOf: lastDay,
      }),
    );
  }

  const unusable = rules.lock.find((symbol) => !symbols.includes(symbol));
  if (unusable !== undefined && rules.names === undefined) {
    const have = series.find(({ name }) => name === unusable)?.dates.length ?? 0;
    return fail(
      failure('missing-prices', unusable, { have, need: inSample.index.length + 1, asOf: lastDay }),
    );
  }

  progress({ label: 'Volatilities', done: 0, total: null });
  const vols = await differentialVols(rules, [rules.index, ...symbols], lastDay, context, chains);
  const indexVol = vols.get(rules.index) ?? null;
  progress({ label: `Choosing among ${symbols.length} names`, done: 0, total: null });
  const typedIn = rules.names !== undefined;
  const chosen = await compute.run(
    'trackingBasket',
    {
      index: inSample.index,
      stocks: inSample.stocks,
      periodsPerYear: frequency === 'weekly' ? weeksPerYear : sessionsPerYear,
      indexWeights: Object.fromEntries(weightOf),
      indexSize: weightOf.size,
      vols: Object.fromEntries(symbols.map((symbol) => [symbol, vols.get(symbol) ?? null])),
      indexVol,
      nameBounds: rules.nameBounds,
      boundsBySymbol: rules.boundsBySymbol,
      sectorBounds: rules.sectorBounds,
      sectors: Object.fromEntries(sectors),
      ...(typedIn
        ? {}
        : {
            maxNames: rules.maxNames,
            minR2: rules.minRSquared,
            maxNameShare: rules.maxIndexShare,
            maxWeightOverlap: rules.maxWeightOverlap,
            minVolDifferential: rules.minVolDifferential,
            volDifferentialShare: rules.volDifferentialShare,
            lock: rules.lock,
            exclude: rules.exclude,
          }),
    },
    { signal },
  );
  if (!chosen.ok) return chosen;
  if (!chosen.value.ok) return fail({ ...chosen.value.error, subject: `The basket for ${rules.index}` });
  const basket = chosen.value.value;

  // The names are chosen by the free fit; the capital is spent whole, so their weights are fitted to sum 1.
  const free = {
    index: inSample.index,
    columns: basket.names.map((symbol) => inSample.stocks[symbol] ?? []),
    start: basket.names.map((symbol) => basket.weights[symbol] ?? 0),
  };
  // Bounded weights sum to 1 already.
  const invested = weightsAreBounded(rules) ? free.start : investedWeights(free);
  const priced = basket.names.map((symbol, at) => ({
    symbol,
    weight: invested[at] ?? 0,
    price: priceOf(read, symbol, asOf),
    lotSize: lotSizeOf(rules, read, symbol, asOf),
  }));
  const withoutPrice = priced.find(({ price }) => price === null);
  if (withoutPrice !== undefined)
    return fail(failure('missing-prices', withoutPrice.symbol, { have: 0, need: 1, asOf }));
  const held = basketShares({
    targets: priced.map(({ price, ...target }) => ({ ...target, price: price ?? 0 })),
    capital: rules.capital,
    lotSize: rules.lotSize,
  });
  if (!held.ok) return fail({ ...held.error, subject: `The basket for ${rules.index}` });

  const heldWeights = new Map(held.value.holdings.map(({ symbol, weight }) => [symbol, weight]));
  const fit = fitOf(inSample, heldWeights, frequency);
  if (!fit.ok) return fit;
  const after = rules.holdoutFrom ?? (rules.to === undefined ? undefined : addDays(rules.to, 1));
  const kept = usable.filter(({ name }) => heldWeights.has(name));
  const holdoutPanel =
    after === undefined || after > asOf
      ? null
      : returnPanel({ index, names: kept, from: lastDay, to: asOf, frequency });
  const holdout =
    holdoutPanel === null || holdoutPanel.index.length < 3
      ? null
      : fitOf(holdoutPanel, heldWeights, frequency);

  const line = returnPanel({ index, names: kept, from: rules.from, to: asOf, frequency });
  const names = [...heldWeights.keys()];
  const lineReturns = basketReturns(
    names.map((symbol) => line.stocks[symbol] ?? []),
    names.map((symbol) => heldWeights.get(symbol) ?? 0),
  );
  const rows = held.value.holdings.map((holding, at) => {
    const { symbol } = holding;
    const vol = vols.get(symbol) ?? null;
    const differential = vol === null || indexVol === null ? null : vol - indexVol;
    return {
      symbol,
      name: read.underliers.find(symbol)?.name ?? symbol,
      weight: holding.weight,
      indexWeight: weightOf.get(symbol) ?? null,
      price: priced[at]?.price ?? 0,
      shares: holding.shares,
      value: holding.value,
      beta: betaOf(inSample, symbol),
      vol,
      volDifferential: differential,
      meetsDifferential:
        rules.minVolDifferential === null || differential === null
          ? null
          : differential >= rules.minVolDifferential,
    };
  });
  const empty = rows.filter(({ shares }) => shares === 0).map(({ symbol }) => symbol);
  const result: BasketResult = {
    index: rules.index,
    asOf,
    rules,
    names: rows.sort((a, b) => b.value - a.value),
    notional: held.value.invested,
    inSample: fit.value,
    holdout: holdout === null || !holdout.ok ? null : holdout.value,
    indexShareByName: rows.filter(({ indexWeight }) => indexWeight !== null).length / weightOf.size,
    indexShareByWeight: rows.reduce((sum, { indexWeight }) => sum + (indexWeight ?? 0), 0),
    indexVol,
    basketVol: volOfReturns(inSample, heldWeights, frequency),
    swaps: [...basket.swaps],
    checks: [],
    series: {
      dates: [...line.dates],
      index: cumulative(line.index),
      basket: cumulative(lineReturns),
      holdoutFrom: after ?? null,
    },
    leftOut: [...whole.leftOut, ...basket.leftOut],
    warnings: [
      ...(composition.value.concern === null ? [] : [composition.value.concern]),
      ...(empty.length > 0
        ? [`The capital buys no lot of ${empty.join(', ')}: raise it or lower the lot size.`]
        : []),
      ...(holdout !== null && !holdout.ok ? [sentenceOf(holdout.error)] : []),
    ],
  };
  return ok({ ...result, checks: basketChecks(result, sectors) });
}

function volOfReturns(
  panel: ReturnPanel,
  weights: ReadonlyMap<string, number>,
  frequency: BasketRules['frequency'],
): number | null {
  const symbols = [...weights.keys()];
  const returns = basketReturns(
    symbols.map((symbol) => panel.stocks[symbol] ?? []),
    symbols.map((symbol) => weights.get(symbol) ?? 0),
  );
  if (returns.length < 2) return null;
  const periodsPerYear = frequency === 'weekly' ? weeksPerYear : sessionsPerYear;
  const squares = returns.reduce((sum, value) => sum + Math.log1p(value) ** 2, 0);
  return Math.sqrt((squares / returns.length) * periodsPerYear);
}
