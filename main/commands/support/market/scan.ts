import type { ScanRow } from '../../../../shared/contract/chain.ts';
import type { SkewMeasure } from '../../../../shared/contract/surface.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import { readHistory } from '../../../../shared/quant/dispersion/timing.ts';
import type { ChainAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import { referenceExpiry } from '../../../../shared/quant/surface/skew-day.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay } from './as-of.ts';
import type { ChainDesk } from './chain-desk.ts';
import { historicalVol } from './prices.ts';
import type { SkewHistories } from './skew-histories.ts';

/** Sessions that rank and percentile look back over: a year. */
const rankSessions = 252;
const rankTermDays = 30;
/** Fewer days of history than this give no rank. */
const fewestRankDays = 20;

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
  histories: SkewHistories | null,
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
  const days =
    dated.ok && histories !== null
      ? await histories.of(context, symbol, dated.value, rankSessions + 1, () => undefined)
      : [];
  const [history] = await chains.volHistories(context, [symbol], day, rankTermDays, rankSessions);
  const past = history?.values ?? [];
  const reading = iv30 == null || past.length < fewestRankDays ? null : readHistory(iv30, past);
  const analysis = chain.ok ? chain.value.analysis : null;
  const expiry = analysis === null ? null : referenceExpiry(analysis);
  const readings = histories?.read(days, dated.ok ? dated.value : day) ?? [];
  const stands = (measure: SkewMeasure): { percentile: number | null; rank: number | null } => {
    const found = readings.find((one) => one.measure === measure)?.reading;
    return { percentile: found?.percentile ?? null, rank: found?.rank ?? null };
  };
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
    riskReversal25OverAtm: expiry?.skew.riskReversal25OverAtm ?? null,
    skew90110OverAtm: expiry?.skew.skew90110OverAtm ?? null,
    skew90110RootTime: expiry?.skew.skew90110RootTime ?? null,
    slopeRootTime: expiry?.skew.slopeRootTime ?? null,
    skewHistoryDays: Math.max(0, days.length - 1),
    standing: {
      iv30: stands('iv30'),
      riskReversal25: stands('riskReversal25'),
      skew90110: stands('skew90110'),
      slope: stands('slope'),
      ivMinusHv: stands('ivMinusHv'),
    },
    openInterest: analysis === null ? null : total(analysis, 'openInterest'),
    volume: analysis === null ? null : total(analysis, 'volume'),
    reason: chain.ok ? hv20.reason : sentenceOf(chain.error),
  };
}
