import type { SavedBasket } from '../../../../shared/contract/basket.ts';
import type { HedgeLeg, Suggestion } from '../../../../shared/contract/hedge.ts';
import { daysBetween, yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import { certainDelta } from '../../../../shared/quant/hedge/certain-delta.ts';
import type { DatedDividend } from '../../../../shared/quant/hedge/expected-dividend.ts';
import type { HedgeSide, HeldHedge, HeldLeg } from '../../../../shared/quant/hedge/reassess.ts';
import { basketReturns, trackingFit } from '../../../../shared/quant/math/regression.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay } from '../market/as-of.ts';
import type { AnalyzedChain, ChainDesk } from '../market/chain-desk.ts';
import { chainOptions } from '../market/chain-option.ts';
import { dispersionOf } from '../dispersion/dispersion-reader.ts';
import { nextDividend } from './dividend-facts.ts';
import { modelMark } from './model-mark.ts';
import { newestApproved, openHedge, type OpenLeg } from './held-legs.ts';
import { matchingWindow } from './hedge-market.ts';
import { closesOf, historicalVol } from '../market/prices.ts';
import { returnPanel } from '../market/return-panel.ts';

/** Term of the dispersion votes, days. */
const votesTerm = 30;

export interface FoundHedge {
  readonly hedge: HeldHedge;
  readonly source: 'positions' | 'suggestion';
  readonly suggestion: Suggestion | null;
  /** Why a leg has no price today, by contract. */
  readonly notes: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

interface Ask {
  readonly basket: SavedBasket;
  readonly asOf: IsoDate;
  readonly withVotes: boolean;
  readonly dividends: readonly (DatedDividend & { readonly symbol: string })[];
}

/** The hedge of a basket as it is on, with today's market: from positions, else from what was approved last. */
export async function heldHedge(
  { basket, asOf, withVotes, dividends }: Ask,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<FoundHedge>> {
  const { read } = context;
  const names = basket.result.names.filter(({ shares }) => shares > 0);
  if (names.length === 0) return fail(failure('basket-without-shares', `Basket ${basket.name}`));
  const suggestion = newestApproved(read, basket.name, asOf);
  const index = suggestion?.proposal.index ?? basket.result.index;
  const { source, legs: open } = openHedge(read, {
    basket: basket.name,
    symbols: new Set([...names.map(({ symbol }) => symbol), index, basket.result.index]),
    day: asOf,
    sentOnly: false,
  });
  if (open.length === 0) {
    return fail(
      failure('not-found', `A hedge of ${basket.name}`, {
        next: 'Import positions that hold options on its names, or approve a suggestion first.',
      }),
    );
  }

  const useBeta = suggestion?.proposal.request.useBeta ?? true;
  const betas = new Map(names.map(({ symbol, beta }) => [symbol, useBeta ? (beta ?? 1) : 1]));
  const warnings: string[] = [];
  const symbols = [...new Set(open.map(({ symbol }) => symbol))];
  let done = 0;
  const markets = new Map<string, Result<AnalyzedChain>>();
  await Promise.all(
    symbols.map(async (symbol) => {
      const day = chainDay(read, symbol, asOf);
      markets.set(symbol, day.ok ? await chains.analyzed(context, symbol, day.value, 'mid') : day);
      done += 1;
      context.progress({ label: 'Reading the chains of the hedge', done, total: symbols.length });
    }),
  );
  const spotOn = (symbol: string, day: IsoDate): number | null =>
    read.quotes.spot(symbol, day)?.spot ?? read.prices.closeOn(symbol, day)?.close ?? null;
  const spotOf = (symbol: string): number | null => {
    const market = markets.get(symbol);
    return (market?.ok === true ? market.value.spot : null) ?? spotOn(symbol, asOf);
  };

  const notes = new Map<string, string>();
  const legs = open.map((leg) => {
    const market = markets.get(leg.symbol);
    const found = heldLeg(leg, {
      read,
      asOf,
      market: market?.ok === true ? market.value : null,
      spot: spotOf(leg.symbol),
      beta: betas.get(leg.symbol) ?? 1,
      isIndex: leg.symbol === index || leg.symbol === basket.result.index,
      reviewed: suggestion?.proposal.legs.find(({ contract }) => contract === leg.contract) ?? null,
      dividends,
    });
    if (market !== undefined && !market.ok) notes.set(leg.contract, sentenceOf(market.error));
    else if (found.mark === null || found.vol === null) {
      const day = market?.value.analysis.asOf ?? asOf;
      const isSure = found.delta !== null && [0, 1].includes(Math.abs(found.delta));
      const counted =
        found.delta === null
          ? ''
          : isSure
            ? `: it is surely ${found.delta === 0 ? 'out of' : 'in'} the money`
            : ': its delta is that of the fitted smile';
      notes.set(leg.contract, `It has no usable price in the chain of ${day}${counted}.`);
    }
    return found;
  });

  let [stockDelta, notional] = [0, 0];
  for (const { symbol, shares, price } of names) {
    const value = shares * (spotOf(symbol) ?? price);
    notional += value;
    stockDelta += value * (betas.get(symbol) ?? 1);
  }
  const live = legs.filter(({ daysToExpiry }) => daysToExpiry >= 0);
  const optionDeltas = live.map((leg) =>
    leg.delta === null || leg.spot === null
      ? null
      : (leg.side === 'sold' ? -1 : 1) * leg.quantity * leg.multiplier * leg.delta * leg.spot * leg.beta,
  );
  const netDelta = optionDeltas.some((delta) => delta === null)
    ? null
    : optionDeltas.reduce<number>((sum, delta) => sum + (delta ?? 0), stockDelta);

  const tradeDate = suggestion?.proposal.asOf ?? null;
  if (tradeDate === null)
    warnings.push('No suggestion of this basket was approved: the day of the trade is not known.');
  const votesOn = async (day: IsoDate | null): Promise<HedgeSide | null> => {
    if (!withVotes || day === null) return null;
    const found = await dispersionOf(
      { index: basket.result.index, termDays: votesTerm, day },
      context,
      chains,
    );
    if (found.ok) return found.value.verdict.side;
    warnings.push(`The dispersion votes of ${day} are not known: ${sentenceOf(found.error)}`);
    return null;
  };
  const votes = await votesOn(asOf);
  const votesThen = tradeDate === asOf ? votes : await votesOn(tradeDate);
  return ok({
    source,
    suggestion,
    notes,
    warnings,
    hedge: {
      legs,
      notional,
      netDelta,
      tradeDate,
      indexLevel: spotOf(index),
      indexLevelThen: suggestion?.proposal.indexLevel ?? null,
      votes,
      votesThen,
      rSquared: rSquaredNow(read, basket, asOf),
      rSquaredThen: basket.result.inSample.rSquared,
    },
  });
}

function heldLeg(
  leg: OpenLeg,
  facts: {
    readonly read: Readers;
    readonly asOf: IsoDate;
    readonly market: AnalyzedChain | null;
    readonly spot: number | null;
    readonly beta: number;
    readonly isIndex: boolean;
    readonly reviewed: HedgeLeg | null;
    readonly dividends: Ask['dividends'];
  },
): HeldLeg {
  const { read, asOf, market } = facts;
  const daysToExpiry = daysBetween(asOf, leg.expiry);
  const quoted =
    market === null ? null : (chainOptions(market).find(({ contract }) => contract === leg.contract) ?? null);
  const historical = historicalVol(read, leg.symbol, matchingWindow(Math.max(1, daysToExpiry)), asOf).vol;
  const { optionType, strike } = leg;
  const model =
    market === null || (quoted !== null && quoted.delta !== null) ? null : modelMark(market, leg.contract);
  const certain =
    facts.spot === null || historical === null || daysToExpiry < 0
      ? null
      : certainDelta({
          optionType,
          strike,
          spot: facts.spot,
          timeToExpiry: yearsBetween(asOf, leg.expiry),
          historicalVol: historical,
          mark: quoted?.mark ?? null,
        });
  return {
    leg: leg.contract,
    symbol: leg.symbol,
    side: leg.quantity < 0 ? 'sold' : 'bought',
    optionType: leg.optionType,
    strike: leg.strike,
    expiry: leg.expiry,
    daysToExpiry,
    quantity: Math.abs(leg.quantity),
    multiplier: leg.multiplier,
    openPrice: leg.openPrice ?? facts.reviewed?.price ?? null,
    mark: quoted?.mark ?? null,
    delta: quoted?.delta ?? certain ?? model?.delta ?? null,
    vol: quoted?.vol ?? null,
    historicalVol: historical,
    impliedToHistoricalThen: facts.reviewed?.impliedToHistorical ?? null,
    spot: facts.spot,
    beta: facts.beta,
    isIndex: facts.isIndex,
    canExerciseEarly:
      market === null
        ? read.underliers.find(leg.symbol)?.kind !== 'index'
        : market.analysis.exercise === 'american',
    nextDividend: nextDividend(read, leg, asOf, facts.dividends),
  };
}

/** The basket's r² against its index over as many returns as it was built on, up to a day. */
function rSquaredNow(read: Readers, basket: SavedBasket, asOf: IsoDate): number | null {
  const { names, index, rules, inSample } = basket.result;
  const held = names.filter(({ weight }) => weight > 0);
  const panel = returnPanel({
    index: closesOf(read, index, asOf),
    names: held.map(({ symbol }) => closesOf(read, symbol, asOf)),
    to: asOf,
    frequency: rules.frequency,
  });
  const used = held.filter(({ symbol }) => panel.stocks[symbol] !== undefined);
  if (used.length < held.length) return null;
  const returns = basketReturns(
    used.map(({ symbol }) => panel.stocks[symbol] ?? []),
    used.map(({ weight }) => weight),
  );
  const fit = trackingFit({
    index: panel.index.slice(-inSample.observations),
    basket: returns.slice(-inSample.observations),
  });
  return fit.ok && fit.value.observations === inSample.observations ? fit.value.rSquared : null;
}
