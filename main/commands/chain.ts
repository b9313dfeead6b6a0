import type { Chain, ChainSide, chainCommands } from '../../shared/contract/chain.ts';
import { daysBetween } from '../../shared/dates.ts';
import { failure, sentenceOf } from '../../shared/failure.ts';
import { realizedReport } from '../../shared/quant/history/realized-report.ts';
import type { SideAnalysis } from '../../shared/quant/chain/chain-input.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { chainDay, marketDay, newestDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { heldContracts, suggestedContracts } from './support/contracts/held-contracts.ts';
import { adjustedBars, calendarOfSymbol } from './support/market/prices.ts';
import { scanRowOf } from './support/market/scan.ts';
import type { SkewHistories } from './support/market/skew-histories.ts';
import { compositionOf } from './support/market/composition.ts';

const withHoldings = (
  side: SideAnalysis,
  held: ReadonlyMap<string, number>,
  suggested: ReadonlyMap<string, number>,
): ChainSide => ({
  ...side,
  held: side.contract.map((contract) => (contract === null ? null : (held.get(contract) ?? null))),
  suggested: side.contract.map((contract) => (contract === null ? null : (suggested.get(contract) ?? null))),
});

/** Which expiries' rows travel: those asked for, all of them, or the first that has a forward. */
function wantedKeys(
  asked: readonly string[] | undefined,
  expiries: readonly { key: string; forward: number | null }[],
): (key: string) => boolean {
  if (asked?.includes('all') === true) return () => true;
  if (asked !== undefined) return (key) => asked.includes(key);
  const first = (expiries.find(({ forward }) => forward !== null) ?? expiries[0])?.key;
  return (key) => key === first;
}

export const chainHandlers = (
  chains: ChainDesk,
  histories: SkewHistories,
): HandlersFor<typeof chainCommands> => ({
  'chain.read': async ({ symbol, asOf, mark, expiryKeys, clock }, context) => {
    const { read } = context;
    const day = chainDay(read, symbol, asOf);
    if (!day.ok) return day;
    context.progress({ label: `Analyzing ${symbol} of ${day.value}`, done: 0, total: null });
    const found = await chains.analyzed(context, symbol, day.value, mark, clock);
    if (!found.ok) return found;
    const { analysis, source, spot } = found.value;
    const wanted = wantedKeys(expiryKeys, analysis.expiries);
    const held = heldContracts(read, symbol);
    const suggested = suggestedContracts(read, symbol);
    const chain: Chain = {
      underlying: symbol,
      name: source.name,
      currency: source.currency,
      asOf: day.value,
      quotedAt: source.quotedAt,
      ageDays: daysBetween(day.value, asOf ?? newestDay(read) ?? day.value),
      source: source.source,
      spot,
      spotSource: source.spotSource,
      exercise: analysis.exercise,
      mark,
      clock: analysis.clock,
      quoteModel: analysis.quoteModel,
      expiries: analysis.expiries.map(({ fit, rows, calendar: _calendar, ...expiry }) => ({
        ...expiry,
        fit: fit === null ? null : fitOf(fit),
        rows:
          rows === null || !wanted(expiry.key)
            ? null
            : {
                strikes: rows.strikes,
                call: withHoldings(rows.call, held, suggested),
                put: withHoldings(rows.put, held, suggested),
              },
      })),
      ivIndex: analysis.ivIndex,
      modelFreeVol30: analysis.modelFreeVol30,
      quality: analysis.quality,
    };
    return ok(chain);
  },

  'volatility.read': async ({ symbol, asOf }, { read }) => {
    const day = asOf ?? read.prices.newestDate();
    const prices = day === null ? null : read.prices.upTo(symbol, day);
    if (day === null || prices === null || prices.rows === 0) {
      return fail(failure('missing-prices', symbol, { have: 0, need: 11, asOf: day ?? 'any day' }));
    }
    const report = realizedReport({ bars: adjustedBars(prices), calendar: calendarOfSymbol(read, symbol) });
    return ok({
      symbol,
      asOf: prices.date.at(-1) ?? day,
      rows: report.rows.map((row) => ({ ...row })),
      cone: report.cone.map((row) => ({ ...row })),
      warnings: [...report.warnings],
    });
  },

  'skew.read': async ({ symbols, asOf }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const rows = await Promise.all(
      symbols.map(async (symbol) => {
        const dated = chainDay(context.read, symbol, asOf);
        const found = dated.ok ? await chains.analyzed(context, symbol, dated.value, 'mid') : dated;
        if (!found.ok) return { symbol, reason: sentenceOf(found.error), expiries: [], ivIndex: [] };
        const { expiries, ivIndex } = found.value.analysis;
        return {
          symbol,
          reason: null,
          expiries: expiries.map(({ expiry, days, skew, fit }) => ({
            ...skew,
            expiry,
            days,
            fitErrorVolPoints: fit?.rmseVolPoints ?? null,
            arbitrageFree: fit?.arbitrageFree ?? false,
          })),
          ivIndex: ivIndex.map(({ termDays, vol, optionsUsed }) => ({ termDays, vol, optionsUsed })),
        };
      }),
    );
    return ok({ asOf: day.value, symbols: rows });
  },

  'scan.read': async ({ index, asOf, standing }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const { read } = context;
    const composition = index === undefined ? null : compositionOf(read, index, day.value);
    if (composition !== null && !composition.ok) return composition;
    const symbols =
      composition === null
        ? read.underliers.holdings().map(({ symbol }) => symbol)
        : [composition.value.index, ...composition.value.components.map(({ symbol }) => symbol)];
    let done = 0;
    const rows = await Promise.all(
      symbols.map(async (symbol) => {
        const row = await scanRowOf(symbol, day.value, context, chains, standing ? histories : null);
        done += 1;
        context.progress({ label: 'Scanning names', done, total: symbols.length });
        return row;
      }),
    );
    return ok({ asOf: day.value, rows });
  },
});

type Fit = NonNullable<Chain['expiries'][number]['fit']>;

const fitOf = (fit: Fit): Fit => ({
  model: fit.model,
  params: fit.params,
  rmseVolPoints: fit.rmseVolPoints,
  maxErrorVolPoints: fit.maxErrorVolPoints,
  quotesUsed: fit.quotesUsed,
  insideSpreadShare: fit.insideSpreadShare,
  butterflyMin: fit.butterflyMin,
  arbitrageFree: fit.arbitrageFree,
  curve: fit.curve,
  outlierStrikes: fit.outlierStrikes,
  note: fit.note,
});
