import type { z } from 'zod';
import type { BasketResult, BasketRules, basketFit } from '../../../../shared/contract/basket.ts';
import { sessionsPerYear } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import { basketShares } from '../../../../shared/quant/basket/basket-shares.ts';
import type { TrackingBasket } from '../../../../shared/quant/basket/basket.ts';
import { basketReturns, trackingFit } from '../../../../shared/quant/math/regression.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import { returnPanel, type ReturnPanel } from '../market/return-panel.ts';
import { basketChecks } from './basket-checks.ts';
import type { BasketInputs } from './basket-inputs.ts';
import { lotSizeOf, priceOf } from './basket-lots.ts';

export const weeksPerYear = 52;
type Fit = z.output<typeof basketFit>;

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

/** What is bought for the capital in whole lots, how it fits in both windows, and how it stands with the rules. */
export function basketOutcome(
  rules: BasketRules,
  inputs: BasketInputs,
  basket: TrackingBasket,
  read: Readers,
): Result<BasketResult> {
  const { asOf, holdoutFrom, weightOf, index, inSample, vols, indexVol } = inputs;
  const { frequency } = rules;
  const subject = `The basket for ${rules.index}`;
  const priced = basket.names.map((symbol) => ({
    symbol,
    weight: basket.weights[symbol] ?? 0,
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
  if (!held.ok) return fail({ ...held.error, subject });

  const heldWeights = new Map(held.value.holdings.map(({ symbol, weight }) => [symbol, weight]));
  const fit = fitOf(inSample, heldWeights, frequency);
  if (!fit.ok) return fit;
  const kept = inputs.usable.filter(({ name }) => heldWeights.has(name));
  // The first return of the holdout ends on its first day: it starts from the close before.
  const eve = holdoutFrom === null ? undefined : index.dates.findLast((date) => date < holdoutFrom);
  const holdoutPanel =
    eve === undefined ? null : returnPanel({ index, names: kept, from: eve, to: asOf, frequency });
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
      lotSize: priced[at]?.lotSize ?? rules.lotSize,
      value: holding.value,
      beta: betaOf(inSample, symbol),
      vol,
      volDifferential: differential,
      meetsDifferential:
        rules.minVolDifferential === null || differential === null
          ? null
          : differential >= rules.minVolDifferential - 1e-12,
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
      holdoutFrom,
    },
    leftOut: [...inputs.leftOut, ...basket.leftOut],
    warnings: [
      ...inputs.warnings,
      ...(empty.length > 0
        ? [`The capital buys no lot of ${empty.join(', ')}: raise it or lower the lot size.`]
        : []),
      ...(holdoutPanel !== null && holdout === null
        ? [
            `The holdout from ${holdoutFrom ?? ''} has ${holdoutPanel.index.length} returns: too few for a fit.`,
          ]
        : []),
      ...(holdout !== null && !holdout.ok ? [sentenceOf(holdout.error)] : []),
    ],
  };
  return ok({ ...result, checks: basketChecks(result, inputs.sectors) });
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
