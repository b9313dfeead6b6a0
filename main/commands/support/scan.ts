import type { ScanRow } from '../../../shared/contract/chain.ts';
import type { IsoDate } from '../../../shared/dates.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { readHistory } from '../../../shared/quant/timing.ts';
import type { ChainAnalysis, ExpiryAnalysis } from '../../../shared/quant/chain-analysis.ts';
import type { QueryContext } from '../handlers.ts';
import { chainDay } from './as-of.ts';
import type { ChainDesk } from './chain-desk.ts';
import { historicalVol } from './prices.ts';

/** Sessions that rank and percentile look back over: a year. */
const rankSessions = 252;
const rankTermDays = 30;
/** Fewer days of history than this give no rank. */
const fewestRankDays = 20;

/** The expiry whose skew stands for a name: the one nearest 30 days among those with a smile. */
const referenceExpiry = (analysis: ChainAnalysis): ExpiryAnalysis | null =>
  analysis.expiries
    .filter(({ fit, days }) => fit !== null && days > 2)
    .reduce<ExpiryAnalysis | null>(
      (best, expiry) =>
        best === null || Math.abs(expiry.days - rankTermDays) < Math.abs(best.days - rankTermDays)
          ? expiry
          : best,
      null,
    );

const total = (analysis: ChainAnalysis, column: 'openInterest' | 'volume'): number =>
  analysis.expiries.reduce((sum, { rows }) => {
    if (rows === null) return sum;
    const side = (cells: readonly (number | null)[]): number =>
      cells.reduce<number>((part, cell) => part + (cell ?? 0), 0);
    return sum + side(rows.call[column]) + side(rows.put[column]);
  }, 0);

/** One name of the scan: implied against historical volatility, its place in its own history, skew, liquidity. */
export async function scanRowOf(
  symbol: string,
  day: IsoDate,
  asker: QueryContext,
  chains: ChainDesk,
): Promise<ScanRow> {
  // The scan counts names; what one name needs would only make the count jump.
  const context: QueryContext = { ...asker, progress: () => undefined };
  const { read } = context;
  const underlier = read.underliers.find(symbol);
  // First, so that the volatilities below come from the same analysis.
  const dated = chainDay(read, symbol, day);
  const chain = dated.ok ? await chains.analyzed(context, symbol, dated.value, 'mid') : dated;
  const hv20 = historicalVol(read, symbol, 20, day);
  const hv60 = historicalVol(read, symbol, 60, day);
  const vols = await Promise.all([30, 60].map((term) => chains.impliedVols(context, [symbol], day, term)));
  const [iv30, iv60] = vols.map((found) => found.get(symbol)?.vol ?? null);
  const [history] = await chains.volHistories(context, [symbol], day, rankTermDays, rankSessions);
  const past = history?.values ?? [];
  const reading = iv30 == null || past.length < fewestRankDays ? null : readHistory(iv30, past);
  const analysis = chain.ok ? chain.value.analysis : null;
  const expiry = analysis === null ? null : referenceExpiry(analysis);
  return {
    symbol,
    name: underlier?.name ?? symbol,
    kind: underlier?.kind ?? 'unknown',
    spot: (chain.ok ? chain.value.spot : null) ?? read.prices.closeOn(symbol, day)?.close ?? null,
    iv30: iv30 ?? null,
    iv60: iv60 ?? null,
    hv20: hv20.vol,
    hv60: hv60.vol,
    ivMinusHv: iv30 == null || hv20.vol === null ? null : iv30 - hv20.vol,
    ivRank:
      reading === null || reading.max === reading.min || iv30 == null
        ? null
        : (iv30 - reading.min) / (reading.max - reading.min),
    ivPercentile: reading?.percentile ?? null,
    historyDays: past.length,
    atmVol: expiry?.skew.atmVol ?? null,
    riskReversal25: expiry?.skew.riskReversal25 ?? null,
    butterfly25: expiry?.skew.butterfly25 ?? null,
    skew90110: expiry?.skew.skew90110 ?? null,
    slope: expiry?.skew.slope ?? null,
    openInterest: analysis === null ? null : total(analysis, 'openInterest'),
    volume: analysis === null ? null : total(analysis, 'volume'),
    reason: chain.ok ? hv20.reason : sentenceOf(chain.error),
  };
}
