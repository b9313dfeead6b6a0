import type { OptionValuation } from '../../../../shared/contract/hedge-package.ts';
import type { HedgeRequest, HedgeHolding } from '../../../../shared/contract/hedge.ts';
import { daysBetween, daysPerYear, sessionsPerYear, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import type { ChainAnalysis, ExpiryAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import type { SideAnalysis } from '../../../../shared/quant/chain/chain-input.ts';
import type { OptionRow } from '../../../../shared/quant/hedge/candidates.ts';
import { conventionsOf } from '../../../../shared/option-roots.ts';
import { realizedWindows } from '../../../../shared/quant/history/realized-report.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { OptionType } from '../../../../shared/units.ts';
import type { SavedBasket } from '../../../../shared/contract/basket.ts';
import type { QueryContext } from '../../handlers.ts';
import type { AnalyzedChain, ChainDesk } from '../market/chain-desk.ts';
import { chainDay } from '../market/as-of.ts';
import { historicalVol } from '../market/prices.ts';
import { existingOn, type HeldOption } from './existing-options.ts';
import { valuationOf } from './hedge-scenarios.ts';
import { openHedge } from './held-legs.ts';
import { levelOn, productNotes } from './index-product.ts';

/** An option with what a leg shows beside the programme's numbers. Greeks per unit of one long option. */
export interface MarketOption extends OptionRow {
  readonly mark: number | null;
  readonly gammaDollar1Pct: number;
  readonly vegaPerVolPoint: number;
  readonly thetaPerDay: number;
  readonly multiplier: number;
  readonly quotedAt: string | null;
  readonly source: string;
  readonly isModelQuote: boolean;
  readonly valuation: OptionValuation | null;
}

export interface HedgeMarket {
  readonly asOf: IsoDate;
  readonly expiry: IsoDate;
  readonly index: string;
  readonly indexLevel: number;
  readonly indexMultiplier: number;
  readonly currency: string;
  readonly holdings: readonly HedgeHolding[];
  readonly calls: readonly MarketOption[];
  readonly puts: readonly MarketOption[];
  /** Of options held already on the basket's names and on the index, money. */
  readonly existingNetDelta: number;
  readonly existingProtection: number;
  readonly held: readonly HeldOption[];
  readonly quoteModel: string;
  readonly warnings: readonly string[];
}

/** Days to expiry that a hedge looks for by itself. */
const expiryWindow = { from: 20, to: 60 } as const;
/** A name whose expiry lies this many days from the index's still hedges with it. */
const nearbyDays = 4;
const staleAfterDays = 5;

/** The window of historical volatility that matches a maturity. */
export function matchingWindow(days: number): number {
  const sessions = (days / daysPerYear) * sessionsPerYear;
  return realizedWindows.reduce<number>(
    (best, window) => (Math.abs(window - sessions) < Math.abs(best - sessions) ? window : best),
    realizedWindows[0],
  );
}

/** The expiry of a chain nearest a date, within reach, none of adjusted contracts; the fullest root where several share the day. */
function expiryNear(analysis: ChainAnalysis, date: IsoDate): ExpiryAnalysis | null {
  const near = analysis.expiries
    .filter(
      ({ expiry, forward, root }) =>
        Math.abs(daysBetween(expiry, date)) <= nearbyDays &&
        forward !== null &&
        !conventionsOf(root).adjusted,
    )
    .sort(
      (a, b) =>
        Math.abs(daysBetween(a.expiry, date)) - Math.abs(daysBetween(b.expiry, date)) ||
        b.rowCount - a.rowCount,
    );
  return near[0] ?? null;
}

/** The first expiry in the usual window that the index and most names share. */
function sharedExpiry(index: ChainAnalysis, names: readonly ChainAnalysis[]): IsoDate | null {
  const counted = index.expiries
    .filter(({ days, forward }) => days >= expiryWindow.from && days <= expiryWindow.to && forward !== null)
    .map(({ expiry }) => ({
      expiry,
      names: names.filter((name) => expiryNear(name, expiry) !== null).length,
    }));
  const most = Math.max(0, ...counted.map(({ names: count }) => count));
  return counted.find(({ names: count }) => count > 0 && count >= most * 0.8)?.expiry ?? null;
}

function optionsOf(
  chain: AnalyzedChain,
  expiry: ExpiryAnalysis,
  optionType: OptionType,
  facts: { readonly historicalVol: number | null; readonly isStale: boolean },
): MarketOption[] {
  const { rows } = expiry;
  if (rows === null) return [];
  const side: SideAnalysis = rows[optionType];
  const isModelQuote = chain.analysis.quoteModel.kind === 'spread-model';
  return rows.strikes.flatMap((strike, at) => {
    const id = side.contract[at] ?? null;
    if (id === null) return [];
    return [
      {
        id,
        symbol: chain.analysis.symbol,
        optionType,
        expiry: expiry.expiry,
        strike,
        bid: side.bid[at] ?? null,
        ask: side.ask[at] ?? null,
        mark: side.mark[at] ?? null,
        vol: side.markVol[at] ?? null,
        delta: side.delta[at] ?? null,
        gammaDollar1Pct: side.gammaDollar1Pct[at] ?? 0,
        vegaPerVolPoint: side.vegaPerVolPoint[at] ?? 0,
        thetaPerDay: side.thetaPerDay[at] ?? 0,
        atmVol: expiry.skew.atmVol,
        fitVol: side.fitVol[at] ?? null,
        historicalVol: facts.historicalVol,
        openInterest: side.openInterest[at] ?? null,
        isStale: facts.isStale,
        isAdjusted: conventionsOf(expiry.root).adjusted,
        isExcluded: side.excluded[at] ?? false,
        multiplier: expiry.multiplier,
        quotedAt: chain.source.quotedAt,
        source: chain.source.source,
        isModelQuote,
        valuation: valuationOf(chain, expiry, side.markVol[at] ?? null),
      },
    ];
  });
}

/** Gathers what a hedge is chosen from: holdings, calls on the names, puts on the index, what is on already. */
export async function hedgeMarket(
  request: HedgeRequest,
  basket: SavedBasket,
  asOf: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<HedgeMarket>> {
  const { read } = context;
  const index = request.indexProduct ?? basket.result.index;
  const held = basket.result.names.filter(({ shares }) => shares > 0);
  if (held.length === 0) return fail(failure('basket-without-shares', `Basket ${basket.name}`));
  const warnings: string[] = [];

  const analyzedOn = async (symbol: string): Promise<Result<AnalyzedChain>> => {
    const day = chainDay(read, symbol, asOf);
    return day.ok ? chains.analyzed(context, symbol, day.value, 'mid') : day;
  };
  const indexChain = await analyzedOn(index);
  if (!indexChain.ok) return indexChain;
  const indexLevel = indexChain.value.spot;
  if (indexLevel === null) return fail(failure('no-forward', index, { reason: 'its level is not known' }));
  let done = 0;
  const nameChains = await Promise.all(
    held.map(async (name) => {
      const chain = await analyzedOn(name.symbol);
      done += 1;
      context.progress({ label: 'Reading the chains of the basket', done, total: held.length });
      if (!chain.ok) warnings.push(sentenceOf(chain.error));
      return { name, chain: chain.ok ? chain.value : null };
    }),
  );
  const old = nameChains.flatMap(({ name, chain }) => {
    const close = chain === null ? read.prices.closeOn(name.symbol, asOf) : null;
    const pricedOn = close?.date ?? basket.result.asOf;
    const days = daysBetween(pricedOn, indexChain.value.analysis.asOf);
    return chain === null && days > staleAfterDays ? [{ symbol: name.symbol, pricedOn, days }] : [];
  });
  const [oldest] = [...old].sort((a, b) => b.days - a.days);
  if (oldest !== undefined) {
    return fail(
      failure('stale-prices', old.map(({ symbol }) => symbol).join(', '), {
        date: oldest.pricedOn,
        days: oldest.days,
        asOf: indexChain.value.analysis.asOf,
      }),
    );
  }
  const usable = nameChains.flatMap(({ name, chain }) => (chain === null ? [] : [{ name, chain }]));

  const expiry =
    request.expiry ??
    sharedExpiry(
      indexChain.value.analysis,
      usable.map(({ chain }) => chain.analysis),
    );
  const indexExpiry = expiry === null ? null : expiryNear(indexChain.value.analysis, expiry);
  if (expiry === null || indexExpiry === null) {
    const have = indexChain.value.analysis.expiries.map((one) => one.expiry).join(', ');
    const wanted = expiry ?? `${expiryWindow.from} to ${expiryWindow.to} days`;
    return fail(
      failure('no-candidates', `The hedge with ${index}`, {
        reason: `it has no expiry at ${wanted} but ${have}`,
      }),
    );
  }

  const { currency } = indexChain.value.source;
  const { exercise } = indexChain.value.analysis;
  const ownIndex = basket.result.index;
  warnings.push(
    ...productNotes(
      { symbol: index, multiplier: indexExpiry.multiplier, level: indexLevel, currency, exercise },
      { symbol: ownIndex, level: levelOn(read, ownIndex, asOf) },
    ),
  );
  const factsOf = (symbol: string, chain: AnalyzedChain, days: number) => ({
    historicalVol: historicalVol(read, symbol, matchingWindow(days), chain.analysis.asOf).vol,
    isStale: daysBetween(chain.analysis.asOf, asOf) > staleAfterDays,
  });
  const open = openHedge(read, {
    basket: basket.name,
    symbols: new Set([...held.map(({ symbol }) => symbol), index]),
    day: asOf,
    sentOnly: true,
  });
  const heldOptions: HeldOption[] = [];
  let [existingNetDelta, existingProtection] = [0, 0];
  const calls: MarketOption[] = [];
  const holdings = nameChains.map(({ name, chain }): HedgeHolding => {
    const beta = request.useBeta ? (name.beta ?? 1) : 1;
    const spot = chain?.spot ?? read.prices.closeOn(name.symbol, asOf)?.close ?? name.price;
    const chosen = chain === null ? null : expiryNear(chain.analysis, expiry);
    if (chain === null || chosen === null) {
      if (chain !== null)
        warnings.push(`${name.symbol} has no expiry near ${expiry}: no calls are sold on it.`);
      return { symbol: name.symbol, shares: name.shares, spot, beta, multiplier: 100, shortCalls: 0 };
    }
    calls.push(...optionsOf(chain, chosen, 'call', factsOf(name.symbol, chain, chosen.days)));
    const existing = existingOn(chain, open.legs, { beta, asOf });
    heldOptions.push(...existing.held);
    existingNetDelta += existing.deltaUnits * spot * beta;
    for (const contract of existing.unknown) {
      warnings.push(`${contract} is held but has no delta on ${chain.analysis.asOf}: it is not counted.`);
    }
    return {
      symbol: name.symbol,
      shares: name.shares,
      spot,
      beta,
      multiplier: chosen.multiplier,
      shortCalls: existing.shortCalls,
    };
  });
  const onIndex = existingOn(indexChain.value, open.legs, { beta: 1, asOf });
  heldOptions.push(...onIndex.held);
  existingNetDelta += onIndex.deltaUnits * indexLevel;
  existingProtection += onIndex.putUnits * indexLevel;
  const alreadyShort = holdings.reduce((sum, { shortCalls }) => sum + shortCalls, 0);
  if (alreadyShort > 0 || onIndex.putUnits !== 0) {
    warnings.push(
      `A hedge is on already and counted: ${alreadyShort} calls short on the names, puts on ${(onIndex.putUnits / indexExpiry.multiplier).toFixed(0)} contracts of ${index}. Only the rest is suggested.`,
    );
  }
  const puts = optionsOf(
    indexChain.value,
    indexExpiry,
    'put',
    factsOf(index, indexChain.value, indexExpiry.days),
  );
  return ok({
    asOf,
    expiry: indexExpiry.expiry,
    index,
    indexLevel,
    indexMultiplier: indexExpiry.multiplier,
    currency,
    holdings,
    calls,
    puts,
    existingNetDelta,
    existingProtection,
    held: heldOptions,
    quoteModel: indexChain.value.analysis.quoteModel.note,
    warnings,
  });
}
